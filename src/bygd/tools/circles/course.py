"""Course: meetings, their parts with a script and a question each, tasks, and readings; read from country packs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bygd.countries import Country
from bygd.parameters.strict import ValueFileError, check_keys, read

FOLDER = "boards/courses"
LANGUAGES = ("en", "sv", "nl")
MOST_MEETINGS = 20
"""So many meetings a course has at most."""

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a meeting: what the facilitator says or does, and the question whose answers are written down."""

    key: str
    minutes: int
    title: str
    script: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `efforts`: before it the list of efforts is filled in; `first_steps`: in it they get first steps."""

    key: str
    title: str
    minutes: int
    before: tuple[str, ...]
    parts: tuple[Part, ...]
    bring: tuple[str, ...]
    efforts: bool = False
    first_steps: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read: a link and what is known of its licence. Its text is never copied here."""

    title: str
    href: str
    licence: str
    language: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A course in one language, as a circle may change it. `id` names the template it came from."""

    id: str
    title: str
    about: str
    meetings: tuple[Meeting, ...]
    materials: tuple[Material, ...]
    source: str = ""
    href: str = ""
    verified: bool = False


def courses(country: Country, language: str) -> dict[str, Course]:
    """The courses of a country and the packs behind it, by id, in that language. Raises ValueFileError."""
    found: dict[str, Course] = {}
    for pack in country.lineage():
        for path in sorted((pack.folder / FOLDER).glob("*.yaml")):
            found.setdefault(path.stem, in_language(_checked(path), path.stem, language))
    return found


@cache
def _checked(path: Path) -> Mapping[str, Any]:
    return check(path)


def check(path: Path) -> Mapping[str, Any]:
    """The content of a course's file, whole and in every language. Raises ValueFileError naming file and place."""
    content = read(path)
    check_keys(
        content,
        {"title", "about", "source", "verified", "materials", "meetings"},
        {"title", "about", "source", "verified", "meetings"},
        str(path),
    )
    for where, texts in _texts(content, str(path)):
        if not isinstance(texts, dict) or set(texts) != set(LANGUAGES) or not all(map(str.strip, texts.values())):
            raise ValueFileError(f"{where}: give a text in each of {', '.join(LANGUAGES)}.")
    for number, meeting in enumerate(content["meetings"], 1):
        if sum(part["minutes"] for part in meeting["parts"]) != meeting["minutes"]:
            raise ValueFileError(
                f"{path}, meeting {number}: its parts do not come to its {meeting['minutes']} minutes."
            )
    return dict(content)


def in_language(content: Mapping[str, Any], id: str, language: str) -> Course:
    """A course in one language, as a circle begins with it."""
    meetings = tuple(
        Meeting(
            key=f"m{number}",
            title=meeting["title"][language],
            minutes=meeting["minutes"],
            before=tuple(one[language] for one in meeting["before"]),
            parts=tuple(
                Part(
                    f"m{number}p{place}",
                    part["minutes"],
                    part["title"][language],
                    part["script"][language],
                    (part.get("question") or {}).get(language, ""),
                )
                for place, part in enumerate(meeting["parts"], 1)
            ),
            bring=tuple(one[language] for one in meeting["bring"]),
            efforts=bool(meeting.get("efforts")),
            first_steps=bool(meeting.get("first_steps")),
        )
        for number, meeting in enumerate(content["meetings"], 1)
    )
    materials = tuple(
        Material(one["title"], one["href"], one["licence"][language], one["language"], one["verified"])
        for one in content.get("materials") or ()
    )
    return Course(
        id,
        content["title"][language],
        content["about"][language],
        meetings,
        materials,
        content["source"]["title"][language],
        content["source"]["href"],
        content["verified"],
    )


def plain(course: Course) -> dict[str, Any]:
    """A course as plain values, for JSON."""
    return asdict(course)


def from_plain(said: Mapping[str, Any]) -> Course:
    """A course from plain values again."""
    meetings = tuple(
        Meeting(
            **{
                **one,
                "before": tuple(one["before"]),
                "bring": tuple(one["bring"]),
                "parts": tuple(Part(**part) for part in one["parts"]),
            }
        )
        for one in said["meetings"]
    )
    return Course(**{**said, "meetings": meetings, "materials": tuple(Material(**one) for one in said["materials"])})


def _texts(content: Mapping[str, Any], where: str) -> Sequence[tuple[str, Any]]:
    """Every text of a course and where it stands."""
    found = [(f"{where}, {name}", content[name]) for name in ("title", "about")]
    found.append((f"{where}, source", content["source"]["title"]))
    found += [(f"{where}, {one['title']}", one["licence"]) for one in content.get("materials") or ()]
    for number, meeting in enumerate(content["meetings"], 1):
        at = f"{where}, meeting {number}"
        found.append((at, meeting["title"]))
        found += [(at, text) for name in ("before", "bring") for text in meeting[name]]
        for part in meeting["parts"]:
            found += [(at, part[name]) for name in ("title", "script", "question") if name in part]
    return found
