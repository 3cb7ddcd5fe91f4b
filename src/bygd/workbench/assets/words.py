"""Words: how columns, layers and sorts are called in files from elsewhere, in the languages of bygd."""

from functools import cache

from bygd.reports.translate import LANGUAGES, Translator
from bygd.vocabulary.mapping import AssetLayer, OrganisationSort
from bygd.vocabulary.words import Word

COLUMNS = {
    "asset_key": ("key",),
    "layer": ("lager", "laag", "type", "typ", "soort", "category", "kategori", "categorie"),
    "name": ("namn", "naam", "title", "titel", "rubrik"),
    "sort": ("sorts", "slag", "organisationsslag", "soort organisatie"),
    "place_name": ("place", "plats", "plaats", "address", "adress", "adres", "where", "var", "waar"),
    "longitude": ("lon", "lng", "long", "x", "longitud", "lengtegraad"),
    "latitude": ("lat", "y", "latitud", "breedtegraad"),
    "owner": ("ägare", "eigenaar", "owned by", "ägs av", "eigendom van"),
    "used_by": ("users", "used by", "användare", "används av", "gebruikt door", "gebruikers"),
    "hours_unused": ("unused hours", "hours", "lediga timmar", "timmar", "ongebruikte uren", "vrije uren", "uren"),
    "last_seen": ("seen", "senast sedd", "sedd", "laatst gezien", "gezien", "date", "datum"),
    "note": ("description", "beskrivning", "beschrijving", "anteckning", "notitie", "comment", "kommentar"),
    "source": ("källa", "bron"),
}  # fmt: skip
"""Our own names stand first; the others are what people and programs write."""


def column(heading: str) -> str | None:
    """The column that a heading means, or None."""
    said = " ".join(heading.replace("_", " ").casefold().split())
    return next((name for name, more in COLUMNS.items() if said in (name.replace("_", " "), *more)), None)


def layer(text: str) -> AssetLayer | None:
    """The layer that a cell or the name of a map's layer means, or None."""
    return _meant(AssetLayer).get(" ".join(text.casefold().split()))  # type: ignore[return-value]


def sort(text: str) -> OrganisationSort | None:
    """The sort of organisation that a cell means, or None."""
    return _meant(OrganisationSort).get(" ".join(text.casefold().split()))  # type: ignore[return-value]


@cache
def _meant(kind: type[Word]) -> dict[str, Word]:
    speakers = [Translator(language) for language in LANGUAGES]
    labels = {speak.word(word).casefold(): word for word in kind for speak in speakers}
    return {**labels, **{word.value: word for word in kind}}
