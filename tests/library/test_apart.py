"""What one machine says of a picture follows it when another one has moved or trashed it meanwhile."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library.folder import SETTLE_S
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench


def rated_elsewhere(library: Library, picture: Picture, act: Callable[[], object]) -> Path:
    """Another machine rates a picture while ``act`` is done to it here; its record as it comes back."""
    record = library._folder.record_path(picture.id)
    before = record.read_bytes()
    library.mark([picture.id], rating=4)
    rated = record.read_bytes()
    record.write_bytes(before)
    library.synchronise()
    act()
    record.write_bytes(rated)
    return record


def test_what_is_said_elsewhere_follows_a_picture_that_was_moved_here(bench: Bench, library: Library) -> None:
    picture, board = library.add(bench.new(1)), library.create_board("Acme")
    library.synchronise()
    stray = rated_elsewhere(library, picture, lambda: library.move([picture.id], board.id))
    library.close()
    again = bench.open()
    again.synchronise()
    (moved,) = again.pictures(again.ids(Query()))
    assert (moved.board_id, moved.rating, stray.exists()) == (board.id, 4, False)


def test_what_is_said_elsewhere_follows_a_picture_into_the_trash_and_back(
    bench: Bench, library: Library
) -> None:
    picture = library.add(bench.new(1))
    library.synchronise()
    rated_elsewhere(library, picture, lambda: library.trash([picture.id]))
    library.synchronise()
    (entry,) = library.trashed()
    assert entry.picture.rating == 4
    assert library.restore([entry.id])[0].rating == 4


@pytest.mark.parametrize("is_full", [False, True])
def test_a_picture_that_comes_back_takes_the_place_of_nothing_that_was_said(
    bench: Bench, library: Library, is_full: bool
) -> None:
    picture = library.add(bench.new(1))
    library.synchronise()
    stray = rated_elsewhere(library, picture, lambda: library.trash([picture.id]))
    (entry,) = library.trashed()
    if is_full:
        full = mock.patch.object(files, "create", side_effect=OSError(errno.ENOSPC, "full"))
        with full, pytest.raises(ProblemError):
            library.restore([entry.id])
        assert stray.exists()
    assert library.restore([entry.id])[0].rating == 4


def test_the_record_of_a_picture_that_is_moved_back_elsewhere_waits_for_it(bench: Bench) -> None:
    library = bench.open(settle_s=SETTLE_S)
    picture, board = library.add(bench.new(1)), library.create_board("Acme")
    library.synchronise()
    stray = rated_elsewhere(library, picture, lambda: library.move([picture.id], board.id))
    with mock.patch.object(time, "time", return_value=time.time() + 10 * SETTLE_S):
        library.synchronise()
    (moved,) = library.pictures(library.ids(Query()))
    assert (moved.rating, stray.exists()) == (4, True)
