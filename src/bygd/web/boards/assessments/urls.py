"""Addresses of self-assessment: below those of the plan, and outside below the secret of a round."""

from django.urls import path

from bygd.web.boards.assessments import public, views

urlpatterns = [
    path("", views.listing, name="assessments"),
    path("new", views.new, name="assessment-new"),
    path("questions", views.ask, name="own-questions"),
    path("<int:number>/", views.one, name="assessment"),
    path("<int:number>/fill", views.fill, name="assessment-fill"),
    path("<int:number>/close", views.close, name="assessment-close"),
    path("<int:number>/address", views.renew, name="assessment-renew"),
    path("<int:number>/card/<slug:question>", views.card, name="assessment-card"),
]

outside = [path("assess/<slug:secret>/", public.fill, name="assess-outside")]
"""Below the root: for whoever has the address."""
