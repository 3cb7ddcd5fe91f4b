"""Addresses of policies."""

from django.urls import path

from bygd.web.procurements import tables  # noqa: F401 — registers the endings of tables
from bygd.web.procurements.policies import views

urlpatterns = [
    path("", views.every, name="policies"),
    path("bring", views.bring, name="policies-bring"),
    path("<slug:pack>/<slug:name>/", views.one, name="policy"),
    path("<slug:pack>/<slug:name>/compare", views.compare, name="policy-compare"),
    path("<slug:pack>/<slug:name>/choose", views.choose, name="policy-choose"),
    path("<slug:pack>/<slug:name>/chosen.<table:ending>", views.chosen, name="policy-chosen"),
    path("<slug:pack>/<slug:name>/social-return", views.social_return, name="policy-return"),
    path("<slug:pack>/<slug:name>/keep", views.keep, name="policy-keep"),
]
