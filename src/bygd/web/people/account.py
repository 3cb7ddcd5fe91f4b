"""The account: what people see and change about themselves, one thing a page."""

import json
from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports import Translator
from bygd.web.people import log, membership, organisation, owndata, tokens
from bygd.web.people.gate import PersonRequest, signed_in
from bygd.web.people.models import Person
from bygd.web.people.words import Scope

LASTS = (30, 90, 365)
"""Days that a token may hold."""


class Profile(forms.ModelForm[Person]):
    """What one is called."""

    class Meta:
        """One field; the address is that of the invitation and stays."""

        model = Person
        fields = ("name",)

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = translate("Your name, as your colleagues know it")
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class NewToken(forms.Form):
    """What a token is for, what it may do, and how long."""

    name = forms.CharField(max_length=100)
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = translate("What it is for")
        self.fields["scopes"].label = translate("What it may do")
        self.fields["scopes"].choices = [(scope.value, translate.word(scope)) for scope in Scope]  # type: ignore[attr-defined]
        self.fields["days"].label = translate("How long it holds")
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, translate.ngettext("{number} day", "{number} days", days)) for days in LASTS
        ]
        self.initial = {"scopes": [Scope.READ.value], "days": 90}


@signed_in
@never_cache
def account(request: PersonRequest) -> HttpResponse:
    """All of it, with where each is changed."""
    me, translate = request.user, request.translate
    sessions = max(1, len(UserSession.objects.purge_and_list(me)))
    held: dict[Any, list[Any]] = {}
    for one in me.memberships.select_related("place").order_by("place__name", "role", "anchor"):
        held.setdefault(one.place, []).append(one)
    return render(
        request,
        "people/account.html",
        {
            "held": held,
            "second": is_mfa_enabled(me),
            "provider": organisation.provider(request),
            "connected": SocialAccount.objects.filter(user=me).exists(),
            "sessions": translate.ngettext("in {number} place", "in {number} places", sessions),
            "tokens": me.tokens.filter(expires_at__gt=timezone.now()).count(),
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Change one's name."""
    form = Profile(
        request.POST if request.method == "POST" else None, instance=request.user, translate=request.translate
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, request.translate("Your name is changed."))
        return redirect("account")
    return render(request, "people/profile.html", {"form": form})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def sessions(request: PersonRequest) -> HttpResponse:
    """Where one is signed in; end all but this."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        log.record(request, log.ENDED_SESSIONS)
        messages.success(request, request.translate("You are signed in here only."))
        return redirect("sessions")
    found = UserSession.objects.purge_and_list(request.user)
    return render(
        request, "people/sessions.html", {"sessions": sorted(found, key=lambda one: one.created_at, reverse=True)}
    )


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def own_tokens(request: PersonRequest) -> HttpResponse:
    """One's tokens; make one, whose secret is shown this once."""
    me, translate = request.user, request.translate
    form = NewToken(request.POST if request.method == "POST" else None, translate=translate)
    secret = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        secret = tokens.make(me, asked["name"], map(Scope, asked["scopes"]), timedelta(days=asked["days"]))
        log.record(request, log.MADE_TOKEN, secret[: tokens.SHOWN])
        form = NewToken(translate=translate)
    return render(
        request,
        "people/tokens.html",
        {"form": form, "secret": secret, "tokens": me.tokens.all(), "now": timezone.now(), "Scope": Scope},
    )


@signed_in
@require_POST
def end_token(request: PersonRequest, token: int) -> HttpResponse:
    """End a token of one's own."""
    found = get_object_or_404(request.user.tokens, pk=token)
    log.record(request, log.ENDED_TOKEN, found.prefix)
    found.delete()
    messages.success(request, request.translate("The token is ended."))
    return redirect("tokens")


@signed_in
@never_cache
def own_data(request: PersonRequest) -> HttpResponse:
    """All data about oneself, as a file."""
    log.record(request, log.FETCHED_OWN)
    text = json.dumps(owndata.everything(request.user), ensure_ascii=False, indent=2)
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": 'attachment; filename="my-data.json"'}
    )


@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def erase(request: PersonRequest) -> HttpResponse:
    """Take one's account away for good, after being told what goes and what stays."""
    me = request.user
    with transaction.atomic():
        places = [one.place for one in me.memberships.filter(role="administrator").select_related("place")]
        membership.lock(*places)
        needed = [one.name for one in places if membership.is_last_administrator(me, one)]
        goes = request.method == "POST" and not needed
        if goes:
            log.record(request, log.ERASED, whom=me)
            owndata.erase(me)
    if goes:
        logout(request)
        return render(request, "people/erased.html")
    return render(request, "people/erase.html", {"needed": needed})
