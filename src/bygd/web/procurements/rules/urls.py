"""Addresses of the rules."""

from django.urls import path

from bygd.web.procurements.rules import views

urlpatterns = [
    path("", views.ask, name="rules"),
    path("codes", views.codes, name="rules-codes"),
    path("answer", views.answer, name="rules-answer"),
    path("answer.json", views.answer_json, name="rules-json"),
    path("values", views.by_topic, name="rules-values"),
    path("stale", views.stale, name="rules-stale"),
    path("guidelines", views.own, name="rules-guidelines"),
]
