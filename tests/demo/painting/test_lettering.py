from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from seedream_desktop.demo.painting import lettering
from seedream_desktop.demo.painting.lettering import font_for, printable, set_lines

PILLOWS_OWN = ImageFont.load_default(20)
WIDTH_PX = 200.0


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "font_paths", dict)


def test_a_machine_without_fonts_still_letters(no_fonts: None) -> None:
    font = font_for("a cat", 20)
    assert printable("a  cat\n", font) == "a cat"


def test_what_the_font_lacks_is_left_out_rather_than_boxed(no_fonts: None) -> None:
    font = font_for("围巾 a cat 🐱", 20)
    assert printable("围巾 a cat 🐱", font) == "a cat"
    assert printable("围巾", font) == ""


def test_a_broken_font_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "DejaVuSans.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(lettering, "font_paths", lambda: {"DejaVuSans.ttf": broken})
    assert printable("a cat", font_for("a cat", 20)) == "a cat"


def test_control_and_direction_characters_are_left_out() -> None:
    assert printable("a\x00\u202ecat\u200b", PILLOWS_OWN) == "acat"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200), st.integers(1, 4))
def test_lines_keep_to_their_width_and_number(text: str, most: int) -> None:
    lines = set_lines(printable(text, PILLOWS_OWN), PILLOWS_OWN, WIDTH_PX, most)
    assert len(lines) <= most
    assert all(PILLOWS_OWN.getlength(line) <= WIDTH_PX for line in lines)


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), max_size=40))
def test_lines_break_between_words_and_lose_none_unless_cut(words: list[str]) -> None:
    lines = set_lines(" ".join(words), PILLOWS_OWN, WIDTH_PX, 100)
    assert " ".join(lines).split() == words


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    lines = set_lines("word, " * 50, PILLOWS_OWN, WIDTH_PX, 2)
    assert len(lines) == 2
    assert lines[1].endswith("word…")


def test_chinese_breaks_anywhere() -> None:
    assert set_lines("春眠不觉晓", PILLOWS_OWN, PILLOWS_OWN.getlength("春眠") + 1, 3) == (
        "春眠",
        "不觉",
        "晓",
    )
