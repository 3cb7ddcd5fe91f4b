"""Addresses of the place."""

from django.urls import path

from bygd.web.pages.place import (
    areas,
    compare,
    files,
    indicator,
    map,
    own,
    portrait,
    postcodes,
    refreshing,
    sheet,
    views,
    villages,
)

urlpatterns = [
    path("", views.place, name="place"),
    path("compare/", compare.compare, name="place-compare"),
    path("portrait/<slug:kind>/", portrait.portrait, name="place-portrait"),
    path("indicator/<slug:id>/", indicator.indicator, name="place-indicator"),
    path("map/", map.map_, name="place-map"),
    path("sheet/", sheet.sheet, name="place-sheet"),
    path("sheet/print", sheet.printed, name="place-sheet-print"),
    path("villages/", villages.listing, name="place-villages"),
    path("villages/new", villages.village, name="place-village-new"),
    path("villages/postcodes", postcodes.by_postcodes, name="place-village-postcodes"),
    path("villages/postcodes/<int:number>", postcodes.looked_up, name="place-village-looked-up"),
    path("villages/<slug:id>/", villages.village, name="place-village"),
    path("villages/<slug:id>/remove", villages.remove, name="place-village-remove"),
    path("areas/", areas.listing, name="place-areas"),
    path("areas/<slug:level>/out", areas.move, {"way": "out"}, name="place-areas-out"),
    path("areas/<slug:level>/back", areas.move, {"way": "back"}, name="place-areas-back"),
    path("divisions/<str:name>/out", areas.move_list, {"way": "out"}, name="place-division-out"),
    path("divisions/<str:name>/back", areas.move_list, {"way": "back"}, name="place-division-back"),
    path("own/", own.listing, name="place-own"),
    path("own/bring", own.bring, name="place-own-bring"),
    path("own/write", own.write, name="place-own-write"),
    path("own/define", own.define, name="place-own-define"),
    path("own/<slug:name>/remove", own.remove, name="place-own-remove"),
    path("fetch/", refreshing.refreshing, name="place-refresh"),
    path("fetch/start", refreshing.start, name="place-refresh-start"),
    path("picture/<slug:section>/<slug:name>.<drawn:ending>", files.picture, name="place-picture"),
    path("table/<slug:section>/<int:number>.<listed:ending>", files.table, name="place-table"),
]
