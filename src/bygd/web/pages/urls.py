"""Addresses of the pages of a place."""

from django.urls import include, path

from bygd.web.pages import embed, snapshots, start

urlpatterns = [
    path("review/", include("bygd.web.pages.review.urls")),
    path("", include("bygd.web.pages.suppliers.urls")),
    path("", start.start, name="start"),
    path("money/", include("bygd.web.pages.money.urls")),
    path("procurement/", include("bygd.web.procurements.urls")),
    path("place/", include("bygd.web.pages.place.urls")),
    path("plan/", include("bygd.web.boards.urls")),
    path("embed/<slug:chart>", embed.embed, name="embed"),
    path("embed/<slug:chart>.<drawn:ending>", embed.embed, name="embed-picture"),
    path("", include("bygd.web.work.urls")),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("snapshots/take-back", snapshots.take_back, name="snapshot-take-back"),
    path("snapshots/<slug:name>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<slug:name>/manifest.json", snapshots.manifest, name="snapshot-manifest"),
    path("snapshots/<slug:name>/publish", snapshots.publish, name="snapshot-publish"),
]
