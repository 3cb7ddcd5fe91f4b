"""Views about who signs in: links that let in once, and the language chosen."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from bygd.web import languages
from bygd.web.people import links, log
from bygd.web.people.gate import open_to_all, signed_in
from bygd.web.people.models import Person


@open_to_all
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a link that lets in once; pressing the button uses it, a preview of the mail does not."""
    link = links.find(secret)
    if link is None:
        return render(request, "people/spent.html", status=410)
    if request.method == "GET":
        return render(request, "people/enter.html", {"link": link})
    person = links.use(link)
    if person is None:
        return render(request, "people/spent.html", status=410)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    log.record(request, "entered by link", place=link.place)
    return redirect("home")


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


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What the person may change about themselves."""
    return render(request, "people/account.html")
