"""Addresses of open meetings: below those of a place, and for phones below the meeting's secret."""

from django.urls import path

from bygd.web.boards.meetings import drawing, keeping, public, running, views

urlpatterns = [
    path("", views.every, name="meetings"),
    path("new", views.plan, name="meeting-new"),
    path("<int:number>/", views.overview, name="meeting"),
    path("<int:number>/plan", views.plan, name="meeting-plan"),
    path("<int:number>/phase", views.move, name="meeting-phase"),
    path("<int:number>/address", views.renew, name="meeting-renew"),
    path("<int:number>/invitation", views.invitation, name="meeting-invitation"),
    path("<int:number>/paper", views.paper, name="meeting-paper"),
    path("<int:number>/run", running.desk, name="meeting-run"),
    path("<int:number>/worker.js", keeping.worker, name="meeting-worker"),
    path("<int:number>/live", running.live, name="meeting-live"),
    path("<int:number>/act", running.act, name="meeting-act"),
    path("<int:number>/screen", running.screen, name="meeting-screen"),
    path("<int:number>/screen/live", running.screen_live, name="meeting-screen-live"),
    path("<int:number>/result", running.result, name="meeting-result"),
    path("<int:number>/result.<slug:ending>", running.document, name="meeting-document"),
    path("<int:number>/meeting.json", running.backup, name="meeting-backup"),
    path("<int:number>/board", running.to_board, name="meeting-board"),
    path("<int:number>/lottery", drawing.lottery, name="meeting-lottery"),
    path("<int:number>/lottery/refill", drawing.refill, name="meeting-refill"),
    path("<int:number>/lottery/discard", drawing.discard, name="meeting-discard"),
]

outside = [
    path("meeting/<slug:secret>/", public.home, name="meeting-outside"),
    path("meeting/<slug:secret>/panel", public.panel, name="meeting-outside-panel"),
]
