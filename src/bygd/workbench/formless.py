"""Formless: a register without legal forms leaves ownership unknown; the build says so, and what to do."""

from bygd.engine import Engine
from bygd.vocabulary.said import Said

FORMS = """
    SELECT o.source AS register, COUNT(*) AS linked, COUNT(o.legal_form) AS told, COUNT(f.legal_form) AS known,
           MIN(o.legal_form) AS example
    FROM (SELECT org_id FROM links WHERE state = 'linked' GROUP BY org_id) AS l
    JOIN organisations AS o ON o.org_id = l.org_id AND NOT o.is_masked
    LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
    GROUP BY o.source ORDER BY o.source
"""


def warnings(engine: Engine) -> list[Said]:
    """One for each register of whose linked organisations no legal form is told, or none that the country knows.

    Reads links, organisations, legal_forms.
    """
    found = []
    for row in engine.rows(FORMS):
        if not row["told"]:
            found.append(
                Said(
                    "{register} tells the legal form of none of the {number} organisations that were found among "
                    "suppliers, so whose they are stays unknown unless an owner, a number or a finding tells it. Where "
                    "the file has such a column, take it out under Files, bring it again and choose the column as "
                    "'Legal form', at the terminal with --map legal_form=COLUMN; else bring a register that has them.",
                    register=row["register"],
                    number=row["linked"],
                )
            )
        elif not row["known"]:
            found.append(
                Said(
                    "None of the legal forms in {register}, such as '{form}', is known in this country, so ownership "
                    "stays unknown unless an owner, a number or a finding tells it. Write them as the country's "
                    "legal_forms.csv has them, or add them there.",
                    register=row["register"],
                    form=row["example"],
                )
            )
    return found
