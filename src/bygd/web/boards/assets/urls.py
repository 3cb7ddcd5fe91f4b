"""Addresses of the map, below those of the plan."""

from django.urls import path

from bygd.web.boards.assets import bringing, entering, leaving, listing, network

urlpatterns = [
    path("", listing.listing, name="assets"),
    path("network", network.network, name="assets-network"),
    path("network/tie", network.tie, name="relation-new"),
    path("network/<slug:relation>/out", network.untie, name="relation-out"),
    path("leaving", leaving.leaving, name="assets-leaving"),
    path("new", entering.new, name="asset-new"),
    path("bring", bringing.bring, name="assets-bring"),
    path("bring/<slug:token>", bringing.look, name="assets-look"),
    path("bring/<slug:token>/take", bringing.take, name="assets-take"),
    path("<slug:asset>", entering.asset, name="asset"),
    path("<slug:asset>/change", entering.change, name="asset-change"),
    path("<slug:asset>/seen", entering.seen, name="asset-seen"),
    path("<slug:asset>/withdraw", entering.withdraw, name="asset-withdraw"),
    path("<slug:asset>/undo", entering.undo, name="asset-undo"),
]
