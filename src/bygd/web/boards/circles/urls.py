"""Addresses of study circles: below those of a place, and for participants below the circle's secret."""

from django.urls import path

from bygd.web.boards.circles import deciding, public, views

urlpatterns = [
    path("", views.every, name="circles"),
    path("new", views.begin, name="circle-begin"),
    path("facts", views.place_facts, name="plan-facts"),
    path("<int:number>/", views.desk, name="circle"),
    path("<int:number>/script", views.script, name="circle-script"),
    path("<int:number>/handout", views.handout, name="circle-handout"),
    path("<int:number>/meeting/<slug:key>", views.meeting, name="circle-meeting"),
    path("<int:number>/meeting/<slug:key>/out", views.shorter, name="circle-shorter"),
    path("<int:number>/longer", views.longer, name="circle-longer"),
    path("<int:number>/address", views.renew, name="circle-renew"),
    path("<int:number>/given/<slug:kind>/<int:given>", deciding.moderate, name="circle-moderate"),
    path("<int:number>/effort/<int:given>", deciding.deepen, name="circle-deepen"),
    path("<int:number>/board", deciding.to_board, name="circle-board"),
    path("<int:number>/conclude", deciding.conclude, name="circle-conclude"),
    path("<int:number>/result", deciding.result, name="circle-result"),
    path("<int:number>/result.<slug:ending>", deciding.document, name="circle-document"),
    path("<int:number>/circle.json", deciding.backup, name="circle-backup"),
]

outside = [
    path("circle/<slug:secret>/", public.home, name="circle-outside"),
    path("circle/<slug:secret>/facts", public.place_facts, name="circle-outside-facts"),
    path("circle/<slug:secret>/sheet", public.sheet, name="circle-outside-sheet"),
    path("circle/<slug:secret>/meeting/<slug:key>", public.meeting, name="circle-outside-meeting"),
    path("circle/<slug:secret>/efforts", public.efforts, name="circle-outside-efforts"),
    path("circle/<slug:secret>/talks", public.talks, name="circle-outside-talks"),
    path("circle/<slug:secret>/result", public.result, name="circle-outside-result"),
]
