"""Fingerprints take hours to be made: a new version of the index takes them over, from one that is whole."""

from __future__ import annotations

import contextlib
import random
import sqlite3

import pytest

from seedream_desktop.imaging.fingerprint import SIZE_BYTES
from seedream_desktop.library.library import Library
from seedream_desktop.library.seal import seal
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench


@pytest.fixture
def fingerprints(bench: Bench) -> dict[str, str]:
    """Of three pictures, by their SHA-256; the library is closed again."""
    library, chance = bench.open(), random.Random(5)
    pictures = [library.add(bench.new(number)) for number in range(3)]
    kept = {one.sha256: chance.randbytes(SIZE_BYTES).hex() for one in pictures}
    library.likeness.keep(kept)
    library.synchronise()
    library.close()
    return kept


def change(bench: Bench, sql: str, *, is_sealed: bool = True) -> None:
    with contextlib.closing(sqlite3.connect(bench.index)) as connection:
        connection.executescript(sql)
    if is_sealed:
        seal(bench.index)


def known(library: Library, fingerprints: dict[str, str]) -> dict[str, str]:
    """Shape and detail of what is known."""
    found = {sha256: library.likeness.fingerprint(sha256) for sha256 in fingerprints}
    return {sha256: value for sha256, value in found.items() if value}


def test_another_version_takes_them_over(bench: Bench, fingerprints: dict[str, str]) -> None:
    change(bench, "PRAGMA user_version = 99")
    library = bench.open()
    assert library.needs_rebuild
    library.synchronise()
    assert known(library, fingerprints) == fingerprints
    assert library.likeness.unknown_count() == 0
    sha256, like = next(iter(fingerprints.items()))
    (first, *_) = library.ids(Query(like=like, order=Order.LIKENESS))
    assert library.pictures([first])[0].sha256 == sha256
    assert not [path for path in bench.index.parent.iterdir() if ".damaged" in path.name]
    library.close()
    again = bench.open()
    assert not again.needs_rebuild
    assert known(again, fingerprints) == fingerprints


def test_colours_come_with_them(bench: Bench, fingerprints: dict[str, str]) -> None:
    sql = "SELECT colour, sha256 FROM colours JOIN pictures USING (pk) ORDER BY 1, 2"

    def coloured(library: Library) -> list[object]:
        return library._index.read(lambda connection: connection.execute(sql).fetchall())

    library = bench.open()
    before = coloured(library)
    library.close()
    change(bench, "PRAGMA user_version = 99")
    after = bench.open()
    after.synchronise()
    assert before
    assert coloured(after) == before


def test_those_of_an_index_that_was_changed_by_others_are_not_trusted(
    bench: Bench, fingerprints: dict[str, str]
) -> None:
    change(bench, "PRAGMA user_version = 99", is_sealed=False)
    library = bench.open()
    library.synchronise()
    assert not known(library, fingerprints)


@pytest.mark.parametrize(
    "sql", ["ALTER TABLE looks ADD COLUMN mood TEXT", "DROP TABLE details", "DROP TABLE looks"]
)
def test_those_of_another_form_are_made_anew(bench: Bench, fingerprints: dict[str, str], sql: str) -> None:
    change(bench, f"{sql}; PRAGMA user_version = 99")
    library = bench.open()
    library.synchronise()
    assert library.likeness.unknown_count() == 3
    assert len(library.ids(Query())) == 3
