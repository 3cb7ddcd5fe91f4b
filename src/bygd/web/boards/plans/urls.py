"""Addresses of action plans, below those of the plan; public ones below /open."""

from django.urls import path

from bygd.web.boards.plans import answers, files, following, listing, mails, one, parts, public, versions

urlpatterns = [
    path("", listing.listing, name="plans"),
    path("new", listing.new, name="action-plan-new"),
    path("mails", mails.mails, name="plan-mails"),
    path("<slug:plan>/", one.plan, name="action-plan"),
    path("<slug:plan>/facts", one.facts, name="action-plan-facts"),
    path("<slug:plan>/decide", one.decide, name="action-plan-decide"),
    path("<slug:plan>/withdraw", one.withdraw, name="action-plan-withdraw"),
    path("<slug:plan>/follow-up", following.follow, name="action-plan-follow"),
    path("<slug:plan>/versions", versions.versions, name="action-plan-versions"),
    path("<slug:plan>/answers", answers.answers, name="action-plan-answers"),
    path("<slug:plan>/answers/<int:number>", answers.judge, name="action-plan-answer"),
    path("<slug:plan>/new/<slug:kind>", parts.new, name="action-plan-part-new"),
    path("<slug:plan>/part/<slug:part>", parts.change, name="action-plan-part"),
    path("<slug:plan>/part/<slug:part>/undo", parts.undo, name="action-plan-part-undo"),
    path("<slug:plan>/part/<slug:part>/take-out", parts.take_out, name="action-plan-part-out"),
    path("<slug:plan>/plan.<slug:ending>", files.file, name="action-plan-file"),
]
opened = [
    path("open/<slug:slug>/plans/", public.every, name="open-plans"),
    path("open/<slug:slug>/plans/<slug:plan>/", public.plan, name="open-plan"),
    path("open/<slug:slug>/plans/<slug:plan>/sent", public.sent, name="open-plan-sent"),
]
