"""By postcode: a village given as a list of postcodes becomes areas, each with the share of its people who belong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bygd import countries
from bygd.countries.catalogue import postcode_source
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.statistics import people as residents
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import villages
from bygd.workbench.place.drawn import LEAST, WHOLE
from bygd.workbench.place.villages import Village
from bygd.workbench.project import Project

PEOPLE, POSTCODES = "residents by postcode", "postcodes in use"
"""What shares rest on: a table of people, or the number of postcodes (addresses, where the directory counts them)."""

SHARED = "CASE WHEN SUM(a.weight) OVER same > 0 THEN a.weight / SUM(a.weight) OVER same ELSE 1 / COUNT(*) OVER same END"
"""What of a postcode's people lives in one of several areas that it lies in: as many as of its addresses."""

AREAS = """
    SELECT p.level, p.vintage, p.code, CAST(SUM(p.weight) AS DOUBLE) AS everyone,
           CAST(SUM(CASE WHEN w.postcode IS NULL THEN 0 ELSE p.weight END) AS DOUBLE) AS ours
    FROM ({places}) AS p LEFT JOIN wanted AS w ON w.postcode = p.postcode
    GROUP BY p.level, p.vintage, p.code HAVING COUNT(w.postcode) > 0
    ORDER BY ours DESC, p.code
"""


@dataclass(frozen=True)
class Laid:
    """One area that some of the postcodes lie in.

    `share` is how much of the area belongs, `part` how much of the village lies in it; both of what `basis` says.
    """

    level: Level
    vintage: str
    code: str
    share: float
    part: float


@dataclass(frozen=True)
class LookedUp:
    """The areas of a list of postcodes, largest part first, postcodes that no file knows, and what shares are of."""

    areas: tuple[Laid, ...]
    unknown: tuple[str, ...]
    basis: str

    def of(self, level: Level, vintage: str = "") -> list[Laid]:
        """The areas of a level, in that division or the newest."""
        here = [one for one in self.areas if one.level is level]
        chosen = vintage or max((one.vintage for one in here), default="")
        return [one for one in here if one.vintage == chosen]


def directories(project: Project) -> dict[str, list[Path]]:
    """The project's own files of postcodes that tell the small areas of each, by the name of the first."""
    found = {}
    for entry in project.postcodes:
        try:
            module = countries.source(entry.source).module
        except InputError:
            continue
        paths = [project.path(file) for file in entry.files]
        if hasattr(module, "places") and all(path.exists() for path in paths):
            found[paths[0].name] = paths
    return found


def look_up(
    project: Project,
    listed: Path,
    directory: Sequence[Path],
    people: Path | None = None,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
) -> LookedUp:
    """Where the postcodes of a list lie: in which small areas, districts and municipalities, and with what shares.

    `directory` is a file of postcodes that tells the areas of each, `people` one with their number; without it each
    postcode in use counts alike. Raises InputError where no postcode of the list is known.
    """
    name = postcode_source(directory[0], project.country)
    described = countries.source(name)
    if not hasattr(described.module, "places"):
        raise InputError("{name} does not tell the small areas of postcodes.", name=name)
    wanted = _postcodes(listed)
    with DuckEngine() as engine:
        progress("Reading where postcodes lie", 0, 3)
        described.module.places(engine, list(directory), "places")
        engine.execute("CREATE TABLE wanted (postcode VARCHAR)")
        if wanted:
            values = ", ".join(f"('{code}')" for code in sorted(wanted))
            engine.execute(f"INSERT INTO wanted VALUES {values}")
        known = engine.rows("SELECT DISTINCT w.postcode AS code FROM wanted w JOIN places p ON p.postcode = w.postcode")
        source = "SELECT postcode, level, vintage, code, weight FROM places"
        if people is not None:
            progress("Reading how many people live in each", 1, 3)
            residents.gather(engine, people, "people")
            source = (
                f"SELECT a.postcode, a.level, a.vintage, a.code, COALESCE(b.weight, 0) * {SHARED} AS weight "
                "FROM places AS a LEFT JOIN people AS b ON b.postcode = a.postcode "
                "WINDOW same AS (PARTITION BY a.postcode, a.level, a.vintage)"
            )
        progress("Adding up by area", 2, 3)
        rows = engine.rows(AREAS.format(places=source))
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (row["level"], row["vintage"])
        sums[key] = sums.get(key, 0.0) + row["ours"]
    if not known:
        raise InputError("None of the {number} postcodes in {file} is known.", number=len(wanted), file=listed.name)
    laid = tuple(
        Laid(
            Level(row["level"]), row["vintage"], row["code"], row["ours"] / row["everyone"],
            row["ours"] / sums[row["level"], row["vintage"]],
        )
        for row in rows
        if row["everyone"] and row["ours"]
    )  # fmt: skip
    unknown = sorted(wanted - {row["code"] for row in known})
    return LookedUp(laid, tuple(unknown), POSTCODES if people is None else PEOPLE)


def put_together(
    project: Project, id: str, name: str, found: LookedUp, level: Level = Level.SMALL_AREA, vintage: str = ""
) -> Village:
    """A village of the areas of that level that the postcodes lie in, by their shares. InputError without any."""
    areas = found.of(level, vintage)
    parts = [one.code if one.share >= WHOLE else f"{one.code}={one.share:.3f}" for one in areas if one.share >= LEAST]
    if not parts:
        raise InputError("The postcodes lie in no area of the level {level}.", level=level.value)
    return villages.add(project, id, name, parts, vintage=areas[0].vintage, basis=found.basis)


def _postcodes(listed: Path) -> set[str]:
    """Letters and digits of the first cell of each line, upper case; a line with a heading has no digit."""
    lines = listed.read_text(encoding="utf-8-sig").splitlines()
    first = (line.replace(";", ",").split(",")[0] for line in lines)
    plain = ("".join(sign for sign in cell.upper() if sign.isalnum() and sign.isascii()) for cell in first)
    return {code for code in plain if any(sign.isdigit() for sign in code)}
