"""Embeds: one picture of what was published, for other sites to show: static, without cookies, from this host alone."""

from base64 import b64encode
from hashlib import sha256

import vl_convert
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bygd.reports import LANGUAGES, Translator
from bygd.reports.section import Picture, Section
from bygd.sources.errors import InputError
from bygd.vocabulary.words import LocalBy, Ring
from bygd.web.languages import PACKAGE
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.asked import Asked, choices
from bygd.web.pages.money.files import SHARP, TYPES
from bygd.web.pages.money.told import TABS, Told
from bygd.web.pages.money.views import written
from bygd.web.people.gate import open_to_all
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.web.places.models import Place

KEPT = 300
"""Seconds for which others may keep an embed before they ask again; a snapshot may be taken back."""

STYLE = (
    "body{margin:0;font:16px/1.4 Arial,Helvetica,sans-serif;color:#1a1a1a;background:#fff}"
    "svg{display:block;max-width:100%;height:auto}p{font-size:.8rem;margin:.3rem 0}"
    "table{border-collapse:collapse;font-size:.8rem}th,td{text-align:left;padding:.2rem .6rem .2rem 0}"
    ".number{text-align:right}.narrow{display:none}"
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    "@media(max-width:30rem){.wide{display:none}.narrow{display:block}}"
)
DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors *; sandbox"
)


@open_to_all
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, place: str, chart: str, ending: str = "html") -> HttpResponse:
    """A picture of the published snapshot of a place: as a page to frame, or as SVG or PNG.

    `lang`, `by` and `within` in the address choose language and definition of local; by default the place's own.
    """
    found = Place.objects.filter(slug=place).exclude(published="").first()
    if found is None:
        raise Http404
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else found.project.country.languages[0]
    asked, opened = _asked(request, found)
    tag = quote_etag(f"{opened.snapshot.id}-{asked.query(lang=language)}-{chart}.{ending}")
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = _answer(request, found, opened, asked, language, chart, ending)
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    answer["Content-Language"] = language
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Content-Security-Policy"] = POLICY
    return answer


def _asked(request: HttpRequest, place: Place) -> tuple[Asked, Held]:
    """The question, by what the address says where the place knows it; raises Http404 where the snapshot is gone."""
    project = place.project
    try:
        opened = held.of(project, place.published)
    except InputError:
        raise Http404 from None
    offered = opened.answer(
        ("money", "choices"), lambda engine: choices(engine, project, opened.snapshot.manifest, is_own=False)
    )
    by, within = request.GET.get("by", ""), request.GET.get("within", "")
    return Asked(
        is_own=False,
        by=LocalBy(by) if by in set(LocalBy) else offered.by,
        within=Ring(within) if within in {ring for ring, _area in offered.rings} else offered.within,
    ), opened


def _answer(
    request: HttpRequest, place: Place, opened: Held, asked: Asked, language: str, chart: str, ending: str
) -> HttpResponse:
    said, section, picture = _find(opened, place, asked, language, chart)
    narrow = request.GET.get("width") == "narrow"
    if ending != "html":
        svg = str(telling.svg(opened, asked, said, picture, "narrow" if narrow else "wide"))
        content = svg if ending == "svg" else vl_convert.svg_to_png(svg, scale=SHARP)
        return HttpResponse(content, content_type=TYPES[ending])
    drawn = [telling.svg(opened, asked, said, picture, size) for size in ("wide", "narrow")]
    context = {
        "translate": Translator(language, PACKAGE),
        "place": place,
        "section": section,
        "drawn": drawn,
        "style": STYLE,
        "lang": language,
        **written(said.subject),
    }
    text = render_to_string("money/embed.html", context)
    return HttpResponse(text, content_type="text/html; charset=utf-8")


def _find(opened: Held, place: Place, asked: Asked, language: str, chart: str) -> tuple[Told, Section, Picture]:
    """The picture of that name among those that everybody may see."""
    for name, tab in TABS.items():
        if tab.is_own:
            continue
        try:
            said = telling.told(opened, place.project, asked, language, name)
        except InputError:
            raise Http404 from None
        for section in said.sections.values():
            for picture in section.pictures:
                if picture.name == chart:
                    return said, section, picture
    raise Http404
