"""Addresses of the money pages."""

from django.urls import path, register_converter

from bygd.web.pages.money import files, views
from bygd.web.pages.money.rows import file, rows


class _Drawn:
    regex = "svg|png"
    to_python = to_url = staticmethod(str)


class _Listed:
    regex = "csv|xlsx"
    to_python = to_url = staticmethod(str)


class _Whole:
    regex = "html|xlsx"
    to_python = to_url = staticmethod(str)


for name, converter in (("drawn", _Drawn), ("listed", _Listed), ("whole", _Whole)):
    register_converter(converter, name)

urlpatterns = [
    path("", views.money, name="money"),
    path("rows", rows, name="money-rows"),
    path("rows.<listed:ending>", file, name="money-rows-file"),
    path("report.<whole:ending>", files.report, name="money-report"),
    path("picture/<slug:section>/<slug:name>.<drawn:ending>", files.picture, name="money-picture"),
    path("table/<slug:section>/<int:number>.<listed:ending>", files.table, name="money-table"),
    path("<slug:tab>", views.money, name="money-tab"),
]
