"""Addresses of issue forums: for the buyer below those of a place, and public ones below /open."""

from django.urls import path

from bygd.web.procurements import tables  # noqa: F401 — registers the endings of tables
from bygd.web.procurements.forums import public, views

urlpatterns = [
    path("", views.every, name="forums"),
    path("new", views.new, name="forum-new"),
    path("<int:number>/", views.desk, name="forum"),
    path("<int:number>/change", views.change, name="forum-change"),
    path("<int:number>/open", views.publish, name="forum-open"),
    path("<int:number>/finish", views.finish, name="forum-finish"),
    path("<int:number>/proposal/<int:proposal>", views.judge, name="forum-judge"),
    path("<int:number>/proposal/<int:proposal>/nameless", views.nameless, name="forum-nameless"),
    path("<int:number>/matter/<int:matter>", views.matter, name="forum-matter"),
    path("<int:number>/proposals.<table:ending>", views.table, name="forum-table"),
]
opened = [
    path("open/<slug:slug>/forums/", public.every, name="open-forums"),
    path("open/<slug:slug>/forums/<slug:key>/", public.forum, name="open-forum"),
    path("open/<slug:slug>/forums/<slug:key>/sent", public.sent, name="open-forum-sent"),
    path("open/<slug:slug>/forums/<slug:key>/proposals.<table:ending>", public.table, name="open-forum-table"),
]
