"""One explanation as an HTML file: no scripts, nothing fetched from elsewhere."""

from bygd.linkage.cases import Case
from bygd.reports.documents.templates import environment, style
from bygd.reports.drawing import draw
from bygd.reports.explanation import Explained
from bygd.reports.grid import Kind, Withheld, shown
from bygd.reports.translate import Translator


def explanation_page(case: Case, said: Explained, translate: Translator) -> str:
    """Sentences, picture, candidates side by side and features of one case."""
    picture = said.picture
    subject = case.shown
    return (
        environment()
        .get_template("explanation.html.j2")
        .render(
            _=translate,
            case=case,
            said=said,
            style=style(),
            picture=[
                draw(spec, f"{picture.name}-{size}", translate)
                for spec, size in ((picture.wide, "wide"), (picture.narrow, "narrow"))
            ]
            if picture
            else None,
            grids=[grid for grid in (said.candidates, said.features) if grid],
            rules=subject.evidence.rules if subject else None,
            cell=lambda value, head: shown(value, head.kind, translate),
            heading=lambda head: head.label,
            is_number=lambda head: head.kind is not Kind.TEXT,
            is_withheld=lambda value: isinstance(value, Withheld),
        )
    )
