"""How right are the links? What people said about a random sample of them."""

from bygd.reports.review import audited
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.tools import audit


def section(subject: Subject) -> Section:
    """The audited precision by count and by money, or that nobody has looked yet."""
    _ = subject.translate
    found = audit.precisions(subject.engine)
    asked = sum(precision.asked for precision in found.values())
    intro = audited(found, _)
    if asked:
        intro.append(
            _.ngettext(
                "That is what people said about {number} draw from the links, half of them by the money that runs "
                "over them; with 95% confidence.",
                "That is what people said about {number} draws from the links, half of them by the money that runs "
                "over them; with 95% confidence.",
                asked,
            )
        )
    else:
        intro.append(
            _(
                "Nobody has judged a sample of the links yet, so how many of them are right is not known for this "
                "place. The command 'bygd review audit' draws one."
            )
        )
    figures = [figure for id in audit.IDS.values() if (figure := subject.figure(id)) is not None]
    return Section("accuracy", _("How right are the links?"), intro, figures=figures if asked else [])
