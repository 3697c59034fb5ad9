"""A library whose folder goes away while it is looked through loses nothing of what its index knows."""

import contextlib
import errno
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


@contextlib.contextmanager
def unreadable(name: str, number: int) -> Iterator[None]:
    """Files of that name cannot be opened, as on a disk that fails or a share that is away for a moment."""
    open_it = os.open

    def opening(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if Path(path).name == name and not flags & os.O_WRONLY:
            raise OSError(number, os.strerror(number), path)
        return open_it(path, flags, mode, dir_fd=dir_fd)

    with mock.patch.object(os, "open", opening):
        yield


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ETIMEDOUT, errno.EMFILE])
def test_boards_whose_files_cannot_be_read_for_a_while_stay_what_they_are(
    bench: Bench, filled: Library, number: int
) -> None:
    acme = next(board for board in filled.boards() if board.name == "Acme")
    filled.set_up_board(acme.id, {"client_safe": True, "order": ["a cat 0002.png"]})
    filled.synchronise()
    before, boards = contents(filled._index._path), filled.boards()
    with unreadable("board.json", number):
        filled.synchronise()
        filled.look(["Acme", "Acme/.seedream"])
        assert problem_of(lambda: filled.set_up_board(acme.id, {"client_safe": False}))
        assert problem_of(lambda: filled.board_folders.remove(acme.id))
        assert contents(filled._index._path) == before
        assert filled.boards() == boards
        new = filled.add(bench.new(9, acme.id, "Other"))
    assert new.board_id == acme.id
    filled.synchronise()
    assert [board.id for board in filled.boards()] == [board.id for board in boards]
    assert filled.board_settings(acme.id).is_client_safe
    assert filled.board_settings(acme.id).order == ("a cat 0002.png",)


def test_a_new_index_knows_a_board_whose_file_could_not_be_read_as_soon_as_it_can(
    bench: Bench, filled: Library
) -> None:
    known = filled.boards()
    with unreadable("board.json", errno.EIO):
        again = bench.open(index=bench.folder / "another.sqlite3")
        again.synchronise()
    again.synchronise()
    assert again.boards() == known
    assert contents(bench.folder / "another.sqlite3") == contents(filled._index._path)
