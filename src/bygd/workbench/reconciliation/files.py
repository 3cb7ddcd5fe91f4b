"""Files: a spreadsheet in, the same with the organisations behind its rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.workbench import project
from bygd.workbench.bench import Progress, quiet
from bygd.workbench.reconciliation.columns import Spreadsheet, read
from bygd.workbench.reconciliation.filled import fill
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.written import writable, write

TEXTS = (".csv", ".txt", ".tsv", ".tab", ".skv")


@dataclass(frozen=True)
class Task:
    """What to do with a spreadsheet.

    `columns` names columns by field: supplier, org_number, place. `folder` is that of the project whose key
    masks persons; outside a project they are masked under a key that nobody keeps. A file that is there already is
    written over only where `overwrite` says so.
    """

    file: Path
    out: Path | None = None
    columns: Mapping[str, Sequence[str]] | None = None
    sheet: str = ""
    best: int = 1
    language: str = "en"
    folder: Path = Path()
    overwrite: bool = False

    @property
    def target(self) -> Path:
        """Where to write: beside the file where nothing is said, as text or as a workbook like it."""
        ending = ".csv" if self.file.suffix.lower() in TEXTS else ".xlsx"
        return self.out or self.file.with_name(f"{self.file.stem}.matched{ending}")


def check(task: Task) -> None:
    """Raises InputError for what cannot be written, before a register is opened for it."""
    Translator(task.language)
    writable(task.target)
    if task.target.resolve() == task.file.resolve():
        raise InputError("{file} would be overwritten. Choose another name with --out.", file=task.target.name)
    if task.target.exists() and not task.overwrite:
        raise InputError(
            "{file} is there already, and somebody may have worked in it. Choose another name with --out, "
            "or write over it with --overwrite.",
            file=task.target,
        )


def opened(task: Task, register: Register) -> Spreadsheet:
    """The table of the file with its columns chosen. Raises InputError for what cannot be read or written."""
    check(task)
    return read(task.file, register.conventions, task.columns or {}, task.sheet)


def reconcile(task: Task, sheet: Spreadsheet, register: Register, progress: Progress = quiet) -> Mapping[str, int]:
    """Look the rows up and write them; gives how many are 'linked', 'unresolved', 'none' and 'masked'."""
    filled = fill(register, sheet, task.best, task.language, _key(task.folder), progress)
    # A single column has no delimiter of its own: that of spreadsheets in the language.
    delimiter = sheet.delimiter if len(sheet.names) > 1 else "," if task.language == "en" else ";"
    write(filled, task.target, sheet.sheet, delimiter)
    return filled.counts


def _key(folder: Path) -> bytes | None:
    try:
        return project.find(folder).key()
    except InputError:
        return None
