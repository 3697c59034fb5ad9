"""What lies on a client-safe board is called by board and number, and nothing else is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.file_names import folded, legal_name
from seedream_desktop.library.leaving import client_safe_ids, plain_name, telling_nothing
from seedream_desktop.library.name_pattern import NameFacts, stem_of, unknown_placeholders, unlike
from seedream_desktop.library.values import Board
from tests.library.conftest import Bench

FACTS = NameFacts(
    board="Acme rebrand",
    number=142,
    title="Hero",
    prompt="a red cat, sitting",
    rating=4,
    width_px=30,
    height_px=20,
    index=3,
    count=12,
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "machine").mkdir()
    return Bench(tmp_path)


def test_new_pictures_of_a_client_safe_board_are_called_by_board_and_number(bench: Bench) -> None:
    library = bench.open()
    board = library.create_board("Acme rebrand")
    library.set_up_board(board.id, {"client_safe": True})
    pictures = [library.add(bench.new(number, board.id, prompt="canary prompt")) for number in (1, 2)]
    assert [picture.path.name for picture in pictures] == ["Acme rebrand 0001.png", "Acme rebrand 0002.png"]
    within = library.create_board("Logos", board.id)
    assert library.add(bench.new(3, within.id)).path.name == "Logos 0003.png"
    assert client_safe_ids(library.boards()) == {board.id, within.id}


def test_a_jpeg_of_it_ends_as_people_expect() -> None:
    assert legal_name("Acme rebrand 0142.jpg") == "Acme rebrand 0142.jpg"


def test_new_pictures_follow_the_pattern_of_their_board(bench: Bench) -> None:
    library = bench.open()
    board = library.create_board("Acme")
    library.set_up_board(board.id, {"name_pattern": "{board}_{number}_{prompt}"})
    assert library.add(bench.new(1, board.id, prompt="a/cat")).path.name == "Acme_0001_a cat.png"


def test_what_a_picture_leaves_as_tells_nothing_and_names_its_secrets(bench: Bench) -> None:
    library = bench.open()
    picture = library.add(bench.new(1, prompt="canary prompt"))
    library.mark([picture.id], note="canary note")
    telling = telling_nothing(library.record(picture.id))
    assert telling.is_stripped
    assert set(telling.secrets) == {"canary prompt", "canary note"}
    assert plain_name(picture, "Acme rebrand") == "Acme rebrand 0001.png"


def test_boards_inside_of_a_client_safe_one_are_client_safe() -> None:
    boards = [
        Board("1", "Acme", "Acme", 0, is_client_safe=True),
        Board("2", "Logos", "Acme/Logos", 0),
        Board("3", "Acme two", "Acme two", 0),
    ]
    assert client_safe_ids(boards) == {"1", "2"}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{board} {number}", "Acme rebrand 0142"),
        ("{index}", "03"),
        ("{index:4} {title}", "0003 Hero"),
        ("{Board} - {note} - {rating}", "Acme rebrand - {note} - 4"),
        ("{width}x{height}", "30x20"),
        ("{date} - {title}", "Hero"),
        ("{title} ({model}) - {name} - {index}", "Hero - 03"),
        ("", "Acme rebrand 0142"),
        ("../{title}", "Hero"),
        ("{title}:{rating}", "Hero 4"),
    ],
)
def test_a_pattern_names_a_picture(pattern: str, name: str) -> None:
    assert stem_of(pattern, FACTS) == name


def test_what_means_nothing_in_a_pattern_is_found() -> None:
    assert unknown_placeholders("{board} {Nummer} {index:2} {Nummer}") == ("Nummer",)


@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=200))
def test_every_pattern_gives_a_legal_name(pattern: str, board: str, prompt: str) -> None:
    stem = stem_of(pattern + "{prompt}", NameFacts(board, 7, prompt=prompt))
    assert stem == legal_name(stem)
    assert stem
    assert len(f"{stem} (123).jpeg".encode()) <= 143


@given(st.lists(st.sampled_from(["A.jpg", "a.jpg", "b.jpg", "a (2).jpg"]), max_size=8))
def test_no_two_names_are_one(names: list[str]) -> None:
    free = list(unlike(names, taken=["b.JPG"]))
    assert len({folded(name) for name in (*free, "b.jpg")}) == len(names) + 1
