"""Addresses of tenders, below those of procurement."""

from django.urls import path

from bygd.web.procurements.tenders import awarding, concluding, measuring, preparing, receiving, scoring, staffing

urlpatterns = [
    path("", preparing.tenders, name="tenders"),
    path("new", preparing.new, name="tender-new"),
    path("<int:number>/", preparing.tender, name="tender"),
    path("<int:number>/about", preparing.about, name="tender-about"),
    path("<int:number>/policy", measuring.policy, name="tender-policy"),
    path("<int:number>/measures", measuring.measures, name="tender-measures"),
    path("<int:number>/criteria", preparing.criteria, name="tender-criteria"),
    path("<int:number>/price", preparing.price, name="tender-price"),
    path("<int:number>/publish", preparing.publish, name="tender-publish"),
    path("<int:number>/cancel", preparing.cancel, name="tender-cancel"),
    path("<int:number>/team", staffing.team, name="tender-team"),
    path("<int:number>/conflict", staffing.conflict, name="tender-conflict"),
    path("<int:number>/clear", staffing.clear, name="tender-clear"),
    path("<int:number>/take-over", staffing.take_over, name="tender-take-over"),
    path("<int:number>/template.<slug:kind>", receiving.template, name="tender-template"),
    path("<int:number>/invite", receiving.invite, name="tender-invite"),
    path("<int:number>/bring", receiving.bring, name="tender-bring"),
    path("<int:number>/opening", receiving.opening, name="tender-opening"),
    path("<int:number>/bids", scoring.bids, name="tender-bids"),
    path("<int:number>/bids/<int:bid>", scoring.bid, name="tender-bid"),
    path("<int:number>/bids/<int:bid>/download", scoring.file, name="tender-bid-file"),
    path("<int:number>/bids/<int:bid>/moderate", scoring.moderate, name="tender-moderate"),
    path("<int:number>/bids/<int:bid>/exclude", scoring.exclude, name="tender-exclude"),
    path("<int:number>/lock", scoring.lock, name="tender-lock"),
    path("<int:number>/moderation", scoring.begin, name="tender-moderation"),
    path("<int:number>/ranking", awarding.ranking, name="tender-ranking"),
    path("<int:number>/award", awarding.award, name="tender-award"),
    path("<int:number>/contract", concluding.conclude, name="tender-contract"),
    path("<int:number>/report", awarding.report, name="tender-report"),
    path("<int:number>/report/download", awarding.report_file, name="tender-report-file"),
    path("<int:number>/log", awarding.entries, name="tender-log"),
]
