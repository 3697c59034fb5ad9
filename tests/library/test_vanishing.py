"""A library whose folder goes away while it is looked through loses nothing of what its index knows."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from seedream_desktop.generation.errors import Billed, ProblemError, ProblemKind
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench
from tests.library.index_contents import contents

_LISTINGS = ("scandir", "listdir")


@pytest.fixture
def filled(bench: Bench, library: Library) -> Library:
    """Two boards with a picture each, one in the trash, a saved search and a cost."""
    acme = library.create_board("Acme")
    library.add(bench.new(1))
    library.add(bench.new(2, acme.id, acme.name))
    library.trash([library.add(bench.new(3)).id])
    library.searches.save("Blue", Query(text="blue"))
    library.record_spend(Spend("job-1", 1000, acme.id, "m", 1, 1, 0, 0.04, "2026-11-01", Billed.YES))
    library.synchronise()
    return library


@contextlib.contextmanager
def before_listing(number: int, act: Callable[[], object]) -> Iterator[list[int]]:
    """Do ``act`` just before the folder of that number is listed; says how many were."""
    said = [0]

    def counting(name: str) -> Callable[..., Any]:
        list_it = getattr(os, name)

        def listing(*arguments: Any) -> Any:
            said[0] += 1
            if said[0] == number:
                act()
            return list_it(*arguments)

        return listing

    with contextlib.ExitStack() as stack:
        for name in _LISTINGS:
            stack.enter_context(mock.patch.object(os, name, counting(name)))
        yield said


def problem_of(act: Callable[[], object]) -> ProblemKind | None:
    """What went wrong."""
    try:
        act()
    except ProblemError as error:
        return error.problem.kind
    return None


def test_a_library_that_vanishes_at_any_folder_keeps_all_that_its_index_knows(
    bench: Bench, filled: Library, tmp_path: Path
) -> None:
    before = contents(filled._index._path)
    counts = (filled.boards(), filled.counts(), filled.searches.all())
    away = tmp_path / "unplugged"
    with before_listing(0, lambda: None) as listings:
        filled.synchronise()
    assert listings[0] > 10
    for number in range(1, listings[0] + 1):
        with before_listing(number, lambda: filled.root.rename(away)):
            kind = problem_of(filled.synchronise)
        assert kind in {None, ProblemKind.LIBRARY_AWAY}
        assert not filled.root.exists()
        assert contents(filled._index._path) == before, number
        away.rename(filled.root)
        assert (filled.boards(), filled.counts(), filled.searches.all()) == counts
