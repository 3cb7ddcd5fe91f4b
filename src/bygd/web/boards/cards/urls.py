"""Addresses of the board, below those of the plan."""

from django.urls import path

from bygd.web.boards.cards import board, bringing, one

urlpatterns = [
    path("", board.board, name="board"),
    path("print", board.paper, name="board-print"),
    path("bring", bringing.bring, name="board-bring"),
    path("new", one.new, name="card-new"),
    path("<slug:card>", one.card, name="card"),
    path("<slug:card>/change", one.change, name="card-change"),
    path("<slug:card>/move", board.move, name="card-move"),
    path("<slug:card>/undo", one.undo, name="card-undo"),
    path("<slug:card>/switch", one.switch, name="card-switch"),
    path("<slug:card>/comment", one.comment, name="card-comment"),
    path("<slug:card>/comment/<int:number>/take-back", one.take_back, name="card-comment-take-back"),
]
