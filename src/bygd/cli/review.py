"""`bygd review`: the doubtful suppliers one after the other, those first that narrow the range most."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bygd.cli.tables import show

if TYPE_CHECKING:
    from bygd.linkage.cases import Candidate
    from bygd.reports import Translator
    from bygd.tools.spend import Item
    from bygd.vocabulary.words import Judgement
    from bygd.workbench.review import Session


@click.group("review", invoke_without_command=True)
@click.option("--by", default="", help="Who decides. Default: the name you are logged in with.")
@click.option("--batch", type=click.IntRange(1), default=10, help="After how many judgements to say what was gained.")
@click.option("--all", "everything", is_flag=True, help="Also cases that narrow nothing.")
@click.option("--lang", default="en", help="Language: en, sv or nl.")
@click.pass_context
def review_command(context: click.Context, by: str, batch: int, everything: bool, lang: str) -> None:
    """Judge doubtful suppliers at the terminal, those first that narrow the range most.

    Every judgement is stored at once in decisions/link_decisions.csv; taking one back adds another
    row. For a spreadsheet instead: bygd decisions export FILE.xlsx.
    """
    if context.invoked_subcommand is not None:
        return
    from bygd import reports
    from bygd.reports import review as words
    from bygd.workbench import project
    from bygd.workbench.review import Session

    translate = reports.Translator(lang)
    with Session(project.find(context.obj), by, everything) as session:
        start, judged = session.now, 0
        for line in words.opening(start, len(session.returned), translate):
            click.echo(line)
        while (item := session.item()) is not None:
            done = _ask(session, item, translate)
            if done is None:
                break
            judged = max(0, judged + done)
            if done > 0 and judged % batch == 0:
                click.echo("")
                for line in words.progress(*session.end_batch(), translate):
                    click.echo(line)
        session.end_batch()
        click.echo("")
        for line in words.progress(start, session.now, translate):
            click.echo(line)
        click.echo(translate(words.BUILD_NEXT))


def _ask(session: "Session", item: "Item", translate: "Translator") -> int | None:
    """Show a case and take answers until it is settled: 1 judged, 0 skipped, -1 taken back, None to quit."""
    from bygd.reports import review as words
    from bygd.vocabulary.words import Judgement

    lines, said = words.case_lines(
        item, session.left, session.now.currency, translate, session.back(item), session.year_starts
    )
    click.echo("\n" + "─" * 78)
    for line in lines:
        click.echo(line)
    if said.candidates:
        show(said.candidates, translate.language)
    offered: list[Candidate] = list(item.case.options)
    while True:
        try:
            answer = click.prompt("", prompt_suffix="> ", default="", show_default=False).strip()
        except click.Abort:  # Ctrl-D, or Ctrl-C: what was judged is kept, and what it came to is said
            return None
        letter, _, rest = answer.partition(" ")
        letter = letter.lower()
        if answer.startswith("/"):
            if found := session.search(answer[1:]):
                offered = found
                show(words.found(offered, translate), translate.language)
            else:
                click.echo(translate(words.NOTHING_FOUND))
        elif letter == "s" and offered:
            return _judged(session, item, Judgement.SAME, offered[0])
        elif letter.isdigit() and 1 <= int(letter) <= len(offered):
            return _judged(session, item, Judgement.SAME, offered[int(letter) - 1])
        elif letter == "d" and offered and (rest or "1").isdigit() and 1 <= int(rest or "1") <= len(offered):
            return _judged(session, item, Judgement.DIFFERENT, offered[int(rest or "1") - 1])
        elif letter == "a":
            return _judged(session, item, Judgement.ABSENT)
        elif letter == "u":
            return _judged(session, item, Judgement.UNSURE, offered[0] if offered else None)
        elif letter == "x" and len(item.doubts) > 1:
            session.split(item)
            return 0
        elif letter == "k":
            session.skip(item)
            return 0
        elif letter == "b":
            if session.undo():
                return -1
            click.echo(translate(words.NOTHING_JUDGED))
        elif letter == "q":
            return None
        else:
            for line in words.answers(translate):
                click.echo(line)


def _judged(session: "Session", item: "Item", judgement: "Judgement", candidate: "Candidate | None" = None) -> int:
    session.judge(item, judgement, candidate)
    return 1


@review_command.command("audit")
@click.option("--size", type=click.IntRange(2), default=50, help="How many draws, half of them by money.")
@click.option("--seed", type=int, default=1, help="Another number draws another sample.")
@click.option("--by", default="", help="Who judges. Default: the name you are logged in with.")
@click.option("--lang", default="en", help="Language: en, sv or nl.")
@click.pass_obj
def audit_command(folder: Path, size: int, seed: int, by: str, lang: str) -> None:
    """Judge a random sample of the links made by machine, to tell how many are right.

    The result stands in the report and in figures.json. Stop when you like: the same size and seed
    go on where you stopped.
    """
    from bygd import reports
    from bygd.reports import review as words
    from bygd.vocabulary.words import AuditJudgement
    from bygd.workbench import project
    from bygd.workbench.review.audit import Audit

    translate = reports.Translator(lang)
    letters = {"r": AuditJudgement.RIGHT, "w": AuditJudgement.WRONG, "u": AuditJudgement.UNSURE}
    with Audit(project.find(folder), size, seed, by) as audit:
        if not audit.asked:
            click.echo(translate(words.NO_LINKS))
            return
        while (case := audit.case()) is not None:
            lines, said = words.link_lines(case, len(audit.left), translate)
            click.echo("\n" + "─" * 78)
            for line in lines:
                click.echo(line)
            if said.candidates:
                show(said.candidates, lang)
            answer = ""
            while answer not in (*letters, "q"):
                answer = (
                    click.prompt(translate(words.AUDIT_ANSWERS), prompt_suffix=" > ", default="", show_default=False)
                    .strip()
                    .lower()
                )
            if answer == "q":
                break
            audit.judge(case, letters[answer])
        click.echo("")
        for line in words.audited(audit.precisions(), translate):
            click.echo(line)
        click.echo(translate(words.BUILD_NEXT))
