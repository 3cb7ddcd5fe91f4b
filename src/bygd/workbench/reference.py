"""Reference pages made from the declarations: the data dictionary and the glossary."""

from bygd.vocabulary import contract_words, forum_words, mapping, place_words, planning, tables, words
from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import Word

WORDS = (words, contract_words, place_words, mapping, planning, forum_words)


def pages() -> dict[str, str]:
    """Reference pages by file name, as Markdown."""
    return {"tables.md": _tables(), "words.md": _words()}


def _tables() -> str:
    parts = ["# Tables\n\nEvery table of a snapshot, made from `bygd.vocabulary.tables`. Do not edit.\n"]
    for table in tables.ALL:
        grain = ", ".join(f"`{name}`" for name in table.one_row_per) or "a list; the latest row of a case counts"
        prose = "\n".join(line.strip() for line in (table.__doc__ or "").strip().splitlines())
        parts.append(f"## {table.__name__}\n\n{prose}\n\nOne row per: {grain}.\n\n{_columns(table)}")
    return "\n".join(parts)


def _columns(table: type[Table]) -> str:
    rows = [f"| `{name}` | {_type(column)} | {column.about} |" for name, column in table.columns().items()]
    return "\n".join(["| column | type | what it holds |", "|---|---|---|", *rows]) + "\n"


def _type(column: Column) -> str:
    kind = "money" if column.type.__name__ == "Decimal" else column.type.__name__
    kind = f"one of {column.one_of.__name__}" if column.one_of else kind
    return f"{kind}, may be empty" if column.optional else kind


def _words() -> str:
    """Closed lists of words, each where it is declared."""
    parts = ["# Words\n\nThe closed lists of words, made from `bygd.vocabulary`. Do not edit.\n"]
    for module in WORDS:
        for word in (value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Word)):
            if word.__module__ != module.__name__ or word is Word:
                continue
            rows = [f"| `{value}` | {label} |" for value, label in word.choices()]
            about = (word.__doc__ or "").strip()
            parts.append(
                "\n".join([f"## {word.__name__}\n\n{about}\n", "| stored | label |", "|---|---|", *rows]) + "\n"
            )
    return "\n".join(parts)
