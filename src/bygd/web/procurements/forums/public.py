"""Public pages of issue forums: what is asked about, proposed and answered, and a form; no login, no cookies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web import guard
from bygd.web.guard import Turned
from bygd.web.people.gate import open_to_all
from bygd.web.places.models import Place
from bygd.web.procurements import tables
from bygd.web.procurements.forums import told
from bygd.web.procurements.forums.forms import Propose
from bygd.web.procurements.forums.models import Forum, Proposal, today
from bygd.web.procurements.forums.words import Concern, ForumState, Outcome, Sender
from bygd.workbench import forums as library
from bygd.workbench import lawful

SAID = {
    Turned.STALE: N_("The page had been open for too long. Your text is still here: send it again."),
    Turned.QUICK: N_("That was quicker than the page can tell a person from a machine. Send it again."),
    Turned.FLOOD: N_(
        "Many proposals have come in from where you are. Your text is still here: try again in ten minutes."
    ),
    Turned.ELSEWHERE: N_(
        "Your browser does not say that the proposal was sent from this page. Send it again from here."
    ),
}
STATUS = {Turned.FLOOD: 429, Turned.ELSEWHERE: 403}


@open_to_all
@require_safe
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The forums of a place that were opened."""
    place = _place(slug)
    found = Forum.objects.filter(place=place, opened_at__isnull=False)
    if not found:
        raise Http404
    return render(request, "procurements/forums/open_list.html", {"where": place, "forums": list(found)})


@open_to_all
@never_cache
@csrf_exempt  # no cookies here: see `guard`
@require_http_methods(["GET", "HEAD", "POST"])
def forum(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One forum; a POST brings a proposal, which nobody sees before it was read."""
    found = _forum(slug, key)
    translate: Translator = request.translate  # type: ignore[attr-defined]
    if request.method != "POST":
        return _shown(request, found, _fresh(found, translate), 200)
    if found.state is not ForumState.OPEN:
        return redirect(_here(request, found))
    form = Propose(request.POST, translate=translate)
    turned = guard.turned(request, key, str(request.POST.get("token", "")))
    if turned is Turned.AGAIN:
        return redirect(_here(request, found, "open-forum-sent"))
    if turned is not None:
        form.add_error(None, translate(SAID[turned]))
        return _shown(request, found, _again(form, key), STATUS.get(turned, 400))
    if not form.is_valid():
        guard.release(str(request.POST["token"]))
        return _shown(request, found, _again(form, key), 400)
    if not form.cleaned_data["website"]:  # whoever filled in the trap is thanked and forgotten
        _keep(found, form, translate.language)
    return redirect(_here(request, found, "open-forum-sent"))


@open_to_all
@require_safe
def sent(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """That a proposal came in, and what happens with it."""
    found = _forum(slug, key)
    return render(request, "procurements/forums/open_sent.html", {"where": found.place, "forum": found})


@open_to_all
@require_safe
def table(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """What is shown of a forum, as a table."""
    found = _forum(slug, key)
    translate: Translator = request.translate  # type: ignore[attr-defined]
    currency = found.place.project.country.currency
    return tables.answer(told.grid(found, translate), ending, translate, currency, f"{slug}-forum-{key}")


def _shown(request: HttpRequest, found: Forum, form: Propose, status: int) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    speak = Translator(language, lawful.PACKAGE)
    hints = library.hints(found.place.project.law.code, speak, today(), cpv=found.cpv, value=found.value)
    shown = {
        "where": found.place,
        "forum": found,
        "is_open": found.state is ForumState.OPEN,
        "gathered": told.gathered(found),
        "form": form,
        "hints": hints,
        "speak": speak,
        "headings": lawful.HEADINGS,
        "advice": speak(lawful.ADVICE),
        "concern": Concern,
        "sender": Sender,
        "outcome": Outcome,
    }
    return render(request, "procurements/forums/open.html", shown, status=status)


def _fresh(found: Forum, translate: Translator) -> Propose:
    return Propose(translate=translate, initial={"token": guard.token(found.key)})


def _again(form: Propose, key: str) -> Propose:
    """The same form with what was written, and a token that is good again."""
    form.data = {**dict(form.data.items()), "token": guard.token(key)}
    return form


def _keep(found: Forum, form: Propose, language: str) -> None:
    said = form.cleaned_data
    Proposal.objects.create(
        forum=found,
        text=said["text"],
        concern=said["concern"],
        sender_kind=said["sender_kind"],
        sender=said["sender"],
        email=said.get("email", ""),
        language=language,
        sent_on=today(),
    )


def _here(request: HttpRequest, found: Forum, name: str = "open-forum") -> str:
    language: str = request.language  # type: ignore[attr-defined]
    return f"{reverse(name, args=[found.place.slug, found.key])}?lang={language}"


def _place(slug: str) -> Place:
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _forum(slug: str, key: str) -> Forum:
    """The forum of that key; 404 where there is none, or it is not public."""
    found = Forum.objects.select_related("place").filter(place=_place(slug), key=key, opened_at__isnull=False).first()
    if found is None:
        raise Http404
    return found
