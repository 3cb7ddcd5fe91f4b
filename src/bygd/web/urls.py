"""Addresses of the web: each part of it names its own."""

from django.urls import include, path

from bygd.web import health
from bygd.web.boards.assessments.urls import outside as assessments
from bygd.web.boards.cases.urls import outside as cases
from bygd.web.boards.circles.urls import outside as circles
from bygd.web.boards.meetings.urls import outside as meetings
from bygd.web.boards.plans.urls import opened as plans
from bygd.web.pages import help, home, public
from bygd.web.pages.place import sheet as place_sheet
from bygd.web.procurements.contracts import calendars
from bygd.web.procurements.forums.urls import opened as forums
from bygd.web.procurements.guide.urls import opened as guide
from bygd.web.procurements.tenders import appendices, receiving

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help.contents, name="help"),
    path("help/accessibility", help.accessibility, name="accessibility"),
    path("help/words", help.words, name="help-words"),
    path("help/image/<path:path>", help.image, name="help-image"),
    path("help/<path:name>", help.page, name="help-page"),
    path("account/", include("bygd.web.people.urls")),
    path("p/<slug:place>/", include("bygd.web.pages.urls")),
    path("p/<slug:place>/", include("bygd.web.people.place_urls")),
    path("health", health.live, name="health"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("bygd.web.api.urls")),
    path("report/", include("bygd.web.procurements.promises.outside_urls")),
    path("open/calendar/<str:secret>.ics", calendars.feed, name="contracts-feed"),
    *assessments,
    *cases,
    path("open/fact-sheet.css", place_sheet.style, name="sheet-style"),
    path("open/", public.places, name="open"),
    *forums,
    *plans,
    *circles,
    *meetings,
    *guide,
    path("open/<slug:slug>/", public.home, name="open-place"),
    path("open/<slug:slug>/<path:path>", public.file, name="open-file"),
    path("bid/<str:secret>", receiving.outside, name="bid-outside"),
    path("bid/<str:secret>/appendix/<int:key>/download", appendices.outside, name="bid-appendix"),
    path("bid/<str:secret>/template.<slug:kind>", receiving.outside_template, name="bid-template"),
    path("reconcile-<slug:place>", include("bygd.web.reconciliation.urls")),
    path("reconcile", include("bygd.web.reconciliation.urls")),
]

handler403 = "bygd.web.pages.errors.forbidden"
handler404 = "bygd.web.pages.errors.missing"
handler500 = "bygd.web.pages.errors.fault"
