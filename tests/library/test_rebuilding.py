"""An index that is gone is made anew from the records alone, in the order in which it files them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench

COUNT = 12
_heard: list[list[str]] = []  # a hook can never be taken away: it is deaf unless somebody listens


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _heard:
        _heard[-1].append(str(arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def opened() -> Iterator[list[str]]:
    """The paths of all files that are opened meanwhile."""
    _heard.append([])
    try:
        yield _heard[-1]
    finally:
        _heard.pop()


def rebuilt(bench: Bench) -> tuple[Library, list[str]]:
    """A library of some pictures on two boards whose index was lost, and what was opened to make it anew."""
    library = bench.open()
    boards = (library.inbox, library.create_board("Acme"))
    for number in range(COUNT):
        library.add(bench.new(number, boards[number % 2].id))
    library.close()
    bench.index.unlink()
    anew = bench.open()
    assert anew.needs_rebuild
    with opened() as paths:
        anew.synchronise()
    assert not anew.needs_rebuild
    assert len(anew.ids(Query())) == COUNT
    return anew, paths


def test_no_picture_is_read(bench: Bench) -> None:
    _, paths = rebuilt(bench)
    assert sum(path.endswith(".png.json") for path in paths) == COUNT
    assert not [path for path in paths if path.endswith(".png")]


def test_pictures_are_put_in_by_name(bench: Bench) -> None:
    library, _ = rebuilt(bench)
    sql = "SELECT id FROM pictures ORDER BY pk"
    ids = [found for (found,) in library._index.read(lambda held: held.execute(sql).fetchall())]
    assert ids == sorted(ids)
