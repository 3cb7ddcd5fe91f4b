"""Addresses of promises, below those of procurement."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from bygd.web.procurements.promises import editing, evidence, linking, sheets, social, takes, views


class What(StringConverter):
    """What a spreadsheet holds."""

    regex = "promises|reports"


register_converter(What, "brought")

urlpatterns = [
    path("", views.overview, name="promises"),
    path("due", views.due, name="promises-due"),
    path("table/<slug:by>.<slug:ending>", sheets.table, name="promises-table"),
    path("contract/<slug:key>/", views.contract, name="promises-contract"),
    path("contract/<slug:key>/add", editing.add, name="promises-add"),
    path("contract/<slug:key>/bring/<brought:what>", sheets.bring, name="promises-bring"),
    path("contract/<slug:key>/form.xlsx", sheets.form, name="promises-form"),
    path("contract/<slug:key>/promises.xlsx", sheets.listed, name="promises-list"),
    path("contract/<slug:key>/link", linking.make, name="promises-link"),
    path("contract/<slug:key>/social-return", social.social_return, name="social-return"),
    path("contract/<slug:key>/social-return/agree", social.agree, name="social-return-agree"),
    path("link/<int:number>/end", linking.revoke, name="promises-link-end"),
    path("promise/<slug:key>/", views.promise, name="promise"),
    path("promise/<slug:key>/change", editing.change, name="promise-change"),
    path("promise/<slug:key>/withdraw", editing.withdraw, name="promise-withdraw"),
    path("promise/<slug:key>/remedy", editing.remedy, name="promise-remedy"),
    path("promise/<slug:key>/report", takes.report, name="promise-report"),
    path("report/<slug:key>/judge", editing.judge, name="promise-judge"),
    path("remedy/<slug:key>/back", editing.remedy_back, name="remedy-back"),
    path("evidence/<int:number>", evidence.download, name="evidence"),
]
