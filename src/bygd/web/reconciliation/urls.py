"""Addresses of the reconciliation service; those of the draft of 1.0 stand under its own endpoint.

The two versions' manifests contradict each other, so each has an endpoint of its own.
"""

from django.urls import path, re_path

from bygd.web.reconciliation import draft, views

DRAFT = "1.0-draft"

urlpatterns = [
    re_path(r"^/?$", views.endpoint),
    path("/suggest/<str:kind>", views.suggest),
    path("/flyout/<str:kind>", views.flyout),
    path("/properties", views.properties),
    path("/preview", views.preview),
    path("/view", views.view),
    path("/style.css", views.style),
    re_path(rf"^/{DRAFT}/?$", draft.endpoint),
    path(f"/{DRAFT}/match", draft.match),
    # The name of this route in earlier texts of the draft.
    path(f"/{DRAFT}/reconcile", draft.match),
    path(f"/{DRAFT}/suggest/<str:kind>", draft.suggest),
    path(f"/{DRAFT}/preview", views.preview),
    path(f"/{DRAFT}/view", views.view),
    path(f"/{DRAFT}/extend", draft.extend),
    path(f"/{DRAFT}/extend/propose", views.properties),
    re_path(r"^/.*$", views.missing),
]
