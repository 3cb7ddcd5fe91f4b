"""Addresses about the people of a place."""

from django.urls import path

from bygd.web.people import logbook, members

urlpatterns = [
    path("people/", members.people, name="people"),
    path("people/invite", members.invite, name="invite"),
    path("people/invited/<int:link>/revoke", members.revoke, name="revoke"),
    path("people/<int:person>/", members.person, name="person"),
    path("people/<int:person>/remove", members.remove, name="remove"),
    path("people/<int:person>/link", members.let_in_again, name="let_in_again"),
    path("log/", logbook.page, name="log"),
    path("log/csv", logbook.download, name="log_csv"),
]
