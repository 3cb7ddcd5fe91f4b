"""Addresses of action plans, below those of the plan; public ones below /open."""

from django.urls import path

from bygd.web.boards.plans import files, following, listing, one, parts

urlpatterns = [
    path("", listing.listing, name="plans"),
    path("new", listing.new, name="action-plan-new"),
    path("<slug:plan>/", one.plan, name="action-plan"),
    path("<slug:plan>/facts", one.facts, name="action-plan-facts"),
    path("<slug:plan>/decide", one.decide, name="action-plan-decide"),
    path("<slug:plan>/withdraw", one.withdraw, name="action-plan-withdraw"),
    path("<slug:plan>/follow-up", following.follow, name="action-plan-follow"),
    path("<slug:plan>/new/<slug:kind>", parts.new, name="action-plan-part-new"),
    path("<slug:plan>/part/<slug:part>", parts.change, name="action-plan-part"),
    path("<slug:plan>/part/<slug:part>/undo", parts.undo, name="action-plan-part-undo"),
    path("<slug:plan>/part/<slug:part>/take-out", parts.take_out, name="action-plan-part-out"),
    path("<slug:plan>/plan.<slug:ending>", files.file, name="action-plan-file"),
]
