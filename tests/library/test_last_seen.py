"""What was seen last comes back as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.last_seen import (
    LastSeen,
    SeenRow,
    forget_last_seen,
    keep_last_seen,
    read_last_seen,
)
from seedream_desktop.library.library import open_library
from seedream_desktop.library.values import Order, Query
from tests.gallery_stage import a_picture

Spoil = Callable[[dict[str, Any]], object]
SPOILED: dict[str, Spoil] = {
    "of a newer version": lambda value: value.update(version=3),
    "of a library elsewhere": lambda value: value.update(root="/elsewhere"),
    "of another library": lambda value: value.update(library="another"),
    "of no rows": lambda value: value.update(rows=[]),
    "a row is none": lambda value: value["rows"].append(7),
    "a picture outside": lambda value: value["rows"][0].__setitem__(0, "../secret.png"),
    "a picture with a path": lambda value: value["rows"][0].__setitem__(0, "/etc/secret.png"),
    "no such day": lambda value: value["rows"][0].__setitem__(2, 20261399),
    "a huge thumbnail": lambda value: value["rows"][0].__setitem__(4, 1 << 40),
    "a hash that leads elsewhere": lambda value: value["rows"][0].__setitem__(5, "../../secret"),
    "no such order": lambda value: value.update(order="backwards"),
}


@pytest.fixture
def seen(tmp_path: Path) -> LastSeen:
    root = tmp_path / "library"
    library = open_library(root, tmp_path / "index.sqlite3", "0" * 32)
    library.close()
    pictures = [replace(a_picture(n), path=root / f"Inbox/a cat {n:04}.jpeg", rating=n % 6) for n in range(5)]
    rows = [SeenRow(one.id, True, 20261122, 1024, 3, 193, one) for one in pictures]
    hidden = SeenRow("Inbox/hidden.jpeg", False, 20261122, 512, 1, 0, None)
    return LastSeen(library.id, root, Query("board", order=Order.OLDEST), True, (*rows, hidden))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "last-seen.json"


def test_it_comes_back_without_a_word_of_a_prompt(seen: LastSeen, path: Path) -> None:
    keep_last_seen(path, seen)
    assert path.stat().st_mode & 0o077 == 0
    assert b"number" not in path.read_bytes()  # a word of every prompt
    again = read_last_seen(path, seen.root)
    assert again is not None
    assert again._replace(rows=()) == seen._replace(rows=())
    assert (again.ids, again.facts) == (seen.ids, seen.facts)
    for now, before in zip(again.rows, seen.rows, strict=True):
        shown = before.picture and replace(
            before.picture, board_id="", prompt="", model="", media_type="", size_bytes=0, number=0
        )
        assert now == before._replace(picture=shown)


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_makes_no_sense_or_is_of_another_library_is_none(
    seen: LastSeen, path: Path, spoil: Spoil
) -> None:
    keep_last_seen(path, seen)
    value = json.loads(path.read_bytes())
    spoil(value)
    path.write_text(json.dumps(value))
    assert read_last_seen(path, seen.root) is None


@given(st.data())
def test_no_damage_is_more_than_nothing_known(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    path = tmp_path_factory.mktemp("damage") / "last-seen.json"
    path.write_bytes(
        data.draw(st.binary(max_size=64) | st.sampled_from((b"{}", b"[]", b"null", b'{"version": 1}')))
    )
    assert read_last_seen(path, path.parent) is None


def test_it_is_not_of_a_library_that_another_one_took_the_place_of(
    seen: LastSeen, path: Path, tmp_path: Path
) -> None:
    keep_last_seen(path, seen)
    seen.root.rename(tmp_path / "away")
    assert read_last_seen(path, seen.root) is None
    open_library(seen.root, tmp_path / "another.sqlite3", "0" * 32).close()
    assert read_last_seen(path, seen.root) is None


def test_it_shows_only_where_it_was(seen: LastSeen) -> None:
    assert seen.holds("")
    assert seen.holds(seen.ids[2])
    assert not seen.holds("Inbox/elsewhere.jpeg")
    assert not seen._replace(is_top=False).holds("")


def test_nothing_is_left_of_it(seen: LastSeen, path: Path) -> None:
    keep_last_seen(path, seen)
    path.with_name("last-seen.json.part").write_bytes(b"half")
    forget_last_seen(path)
    assert not list(path.parent.glob("last-seen*"))


def test_a_disk_that_refuses_is_nothing_to_speak_of(seen: LastSeen, tmp_path: Path) -> None:
    keep_last_seen(tmp_path / "no such folder" / "last-seen.json", seen)
