"""Views about who signs in: links that let in once, a forgotten password, the language chosen."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bygd.web import languages
from bygd.web.people import links
from bygd.web.people.gate import open_to_all
from bygd.web.people.models import Person
from bygd.web.start import OWNER


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a link that lets in once; pressing the button uses it, a preview of the mail does not.

    Who has a second factor is asked for it; who has no password yet, for one, where others reach this web. Who has
    an account that the link does not open is asked to sign in, and then gets what it gives.
    """
    link = links.find(secret)
    if link is None:
        return render(request, "people/spent.html", status=410)
    is_theirs = request.user == link.person
    if not is_theirs and not links.lets_in(link):
        return render(request, "people/known.html", {"link": link, "signing_in": _signing_in(request)})
    if request.method == "GET":
        return render(request, "people/enter.html", {"link": link})
    if request.user.is_authenticated and (link.starts_anew or not is_theirs):
        logout(request)
    person = links.use(link)
    if person is None:
        return render(request, "people/spent.html", status=410)
    if request.user.is_authenticated:
        return redirect("home")
    lacking = settings.ADDRESS and person.email != OWNER and not person.has_usable_password()
    onward = reverse("account_set_password" if lacking else "home")
    record_authentication(request, person, "link")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=onward))
    return answer


def _signing_in(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


@open_to_all
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link for a new password by mail; where no mail can be sent, whom to ask instead."""
    if settings.MAILS:
        asked: HttpResponseBase = password_reset(request)
        return asked
    return render(request, "people/no_mail.html")


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, with the person where one is signed in, else in a cookie."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if chosen in languages.SPOKEN:
        if isinstance(request.user, Person):
            Person.objects.filter(pk=request.user.pk).update(language=chosen)
        response.set_cookie(
            languages.COOKIE, chosen, max_age=31_536_000, samesite="Lax", secure=settings.IS_SECURE, httponly=True
        )
    return response
