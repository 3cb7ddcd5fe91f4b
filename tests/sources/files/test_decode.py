"""Encodings: each of the closed set is found from the letters, and a file is the same in all of them."""

import pytest

from bygd.sources.errors import InputError
from bygd.sources.files import decode

SWEDISH = (
    "Leverantör;Förvaltning;Belopp\nÅkes Möbler i Växjö;Skolförvaltningen;100,00\nHjälpmedel från Örebro;Äldre;2\n"
)
DUTCH = "Leverancier;Bedrag\nCoöperatie België;1,00\nCafé Één;2,00\nReünie Patiënten;3,00\n"
ENGLISH = "Supplier,Net Amount (£)\nCafé Noir,£10.00\nSmith,£12.00\n"


@pytest.mark.parametrize("text", [SWEDISH, DUTCH, ENGLISH], ids=["sv", "nl", "en"])
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
def test_an_encoding_is_found(tmp_path, text, written, found):
    path, clean = tmp_path / "l.csv", tmp_path / "clean"
    path.write_bytes(text.encode(written, "replace"))
    assert decode.encoding_of(path, "l.csv") == found
    decode.to_utf8(path, found, clean, "l.csv")
    assert clean.read_text(encoding="utf-8-sig") == text.encode(written, "replace").decode(written)


def test_the_two_pages_of_dos_agree_on_the_letters_that_matter(tmp_path):
    path = tmp_path / "l.csv"
    path.write_bytes(SWEDISH.encode("cp437"))
    assert path.read_bytes().decode(decode.encoding_of(path, "l.csv")) == SWEDISH


def test_letters_split_between_two_pieces_are_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "CHUNK", 3)
    path = tmp_path / "l.csv"
    path.write_text("ååååååååå\n" * 5, encoding="utf-8")
    assert decode.encoding_of(path, "l.csv") == "utf-8"
    path.write_bytes("ååååå".encode()[:-1])
    assert decode.encoding_of(path, "l.csv") != "utf-8"


def test_an_encoding_may_be_given(tmp_path):
    path = tmp_path / "l.csv"
    path.write_bytes(SWEDISH.encode("cp437"))
    assert decode.encoding_of(path, "l.csv", "CP437") == "cp437"
    with pytest.raises(InputError, match=r"'klingon' of l\.csv is not known"):
        decode.encoding_of(path, "l.csv", "klingon")
    with pytest.raises(InputError, match="is not utf-8 throughout"):
        decode.to_utf8(path, "utf-8", tmp_path / "clean", "l.csv")


def test_a_few_bytes_of_another_encoding_do_not_spoil_the_rest(tmp_path):
    path, clean = tmp_path / "l.csv", tmp_path / "clean"
    path.write_bytes(SWEDISH.encode() + "Å\n".encode("cp1252"))
    assert decode.encoding_of(path, "l.csv") == decode.MIXED
    decode.to_utf8(path, decode.MIXED, clean, "l.csv")
    assert clean.read_text(encoding="utf-8") == SWEDISH + "Å\n"
