"""Names that every system takes, whatever was typed, and that no two systems see differently."""

import os
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.file_names import NAME_LIMIT_BYTES, folded, free_names, legal_name, picture_name

RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
APPENDED = " (999).json.damaged"  # all that we ever put behind a name
ECRYPTFS_BYTES, USUAL_UNITS = 143, 255
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
FLAGS = "🇩🇪🇫🇷🇨🇳"
ODD_NAMES = (
    ("../../etc/passwd", "etc passwd"),
    ("CON", "_CON"),
    ("aux .txt", "_aux .txt"),
    ("COM¹", "_COM¹"),
    ("nul.tar.gz", "_nul.tar.gz"),
    ("-rf", "rf"),
    (".hidden", "hidden"),
    ("dots...", "dots"),
    ("a\u202egnp.exe", "agnp.exe"),
    ("a\x00b", "ab"),
    ("one\n two\ttree", "one two tree"),
    ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j"),
    ("Cafe\u0301", "Café"),
    ("....", "untitled"),
    ("", "untitled"),
    ("👩\u200d🎨 paints", "👩\u200d🎨 paints"),
)


def assert_legal(name: str, limit_bytes: int) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert 0 < len(name.encode()) <= limit_bytes
    assert not (set(name) | set(apart)) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in name)
    assert not set(name) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert name[0] not in " .-"
    assert name[-1] not in " ."
    assert name == unicodedata.normalize("NFC", name)
    assert name.split(".", maxsplit=1)[0].rstrip().casefold() not in RESERVED
    assert len(apart.encode()) + len(APPENDED) <= USUAL_UNITS


@pytest.mark.parametrize(("text", "name"), ODD_NAMES)
def test_odd_text_becomes_a_name(text: str, name: str) -> None:
    assert legal_name(text) == name


ODD_MARKS = st.sampled_from(
    tuple(
        ' .-_/\\:*?"<>|\n\r\t\0\u202e\u200f\u2066\ufeff\u200d\u200c\ufe0f\ud83d\udc68'
        "👩🎨🏽🇩🇪\u0301é각≮ﬁİß\u3164猫"
    )
)
ANY_TEXT = st.text(st.characters(), max_size=300) | st.lists(ODD_MARKS, max_size=120).map("".join)
RESERVED_TEXT = st.builds(
    "{}{}{}".format,
    st.sampled_from(sorted(RESERVED)).map(lambda name: name.upper()),
    st.sampled_from(["", " ", ".", " .", ".txt", ". .", "\u200d", "\u202e"]),
    st.sampled_from(["", "x", " "]),
)


@given(ANY_TEXT | RESERVED_TEXT, st.integers(16, 120))
@example("猫" * 400, 120)
@example("aux ." + "x" * 115, 120)
@example("e" + "\u0301" * 300, 17)
def test_any_text_gives_a_legal_name_that_stays_as_it_is(text: str, limit_bytes: int) -> None:
    name = legal_name(text, limit_bytes)
    assert_legal(name, limit_bytes)
    assert legal_name(name, limit_bytes) == name


@given(st.text(max_size=400), st.integers(0, 10**9), st.text(max_size=8))
@example("../" * 40, 142, "jpeg")
@example("a cat", 142, "../x")
def test_any_prompt_gives_a_legal_picture_name_inside_its_folder(
    prompt: str, number: int, extension: str
) -> None:
    name = picture_name(prompt, number, extension)
    assert_legal(name, NAME_LIMIT_BYTES)
    folder = Path("/library/board")
    assert Path(os.path.normpath(folder / name)).parent == folder
    assert f" {number:04d}." in name


def test_a_picture_is_named_by_whole_words_and_its_number() -> None:
    prompt = "a cat wearing a scarf in a window on a snowy street at night, oil on canvas"
    assert picture_name(prompt, 142, "jpeg") == (
        "a cat wearing a scarf in a window on a snowy street at 0142.jpeg"
    )


def test_chinese_is_cut_at_a_character() -> None:
    assert picture_name("窗边的猫" * 40, 7, "png") == "窗边的猫" * 9 + "窗 0007.png"


def test_free_names_count_before_the_extension() -> None:
    names = free_names("cat 0142.jpeg")
    assert [next(names) for _ in range(3)] == ["cat 0142.jpeg", "cat 0142 (2).jpeg", "cat 0142 (3).jpeg"]


@given(ANY_TEXT)
def test_a_name_with_all_that_is_appended_fits_on_every_file_system(prompt: str) -> None:
    name = picture_name(prompt, 10**6, "jpeg") + APPENDED
    assert len(name.encode()) <= ECRYPTFS_BYTES
    assert len(unicodedata.normalize("NFD", name).encode()) <= USUAL_UNITS
    assert len(name.encode("utf-16-le")) // 2 <= USUAL_UNITS


@given(ANY_TEXT, st.sampled_from(["NFC", "NFD", "NFKC"]))
def test_the_same_text_put_together_differently_gives_the_same_name(text: str, form: str) -> None:
    kept = legal_name(text)
    for other in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(other, kept)) == folded(kept)
    assert legal_name(unicodedata.normalize("NFD", kept)) == kept


@given(ANY_TEXT)
def test_every_name_can_be_written_and_read_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        name = picture_name(text, 1, "png")
        (Path(folder) / name).write_bytes(b"1")
        assert [path.name for path in Path(folder).iterdir()] == [name]


@pytest.mark.parametrize("emoji", [FAMILY, "👍🏽", "🏳️\u200d🌈", "🇩🇪", "e\u0323\u0302"])
def test_what_is_seen_as_one_is_never_cut_apart(emoji: str) -> None:
    whole = unicodedata.normalize("NFC", emoji)
    for limit_bytes in range(len(whole.encode()), 120):
        name = legal_name(emoji * 40, limit_bytes)
        assert name.replace(whole, "") == ""


def test_the_words_of_a_prompt_end_at_a_whole_emoji() -> None:
    assert picture_name("a" * 55 + FAMILY, 1, "png") == "a" * 55 + " 0001.png"


def test_flags_are_kept_in_pairs() -> None:
    assert legal_name(FLAGS, 16) == "🇩🇪🇫🇷"


def test_hangul_leaves_room_for_old_macs_that_take_it_apart() -> None:
    name = picture_name("각" * 60, 1, "png")
    assert len(unicodedata.normalize("NFD", name).encode()) <= 230
    assert name.startswith("각" * 20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cat", "cAT"),
        ("é", "e\u0301"),
        ("STRASSE", "straße"),
        ("ΣΑΣ", "σας"),
        ("\u212bngström", "ångström"),
        ("a\u200db", "ab"),
        ("각", "\u1100\u1161\u11a8"),
    ],
)
def test_names_that_some_file_system_takes_for_one_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)
