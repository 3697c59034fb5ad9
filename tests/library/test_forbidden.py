"""Folders that may not be read, or that a disk does not give just now, hide nothing else and lose nothing."""

import contextlib
import errno
from collections.abc import Callable

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench
from tests.library.faults import forbidden
from tests.library.index_contents import contents


@pytest.fixture
def filled(bench: Bench, library: Library) -> Library:
    """Three boards, one in another, with a picture each."""
    acme = library.create_board("Acme")
    drafts = library.create_board("Drafts", acme.id)
    for number, board in enumerate((library.inbox, acme, drafts), 1):
        library.add(bench.new(number, board.id, board.name))
    library.synchronise()
    return library


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
@pytest.mark.parametrize("place", ["Acme", "Acme/.seedream", "Acme/Drafts"])
def test_a_board_that_may_not_be_read_stays_and_so_do_all_others(
    filled: Library, place: str, number: int
) -> None:
    before, boards = contents(filled._index._path), filled.boards()
    with forbidden(filled.root / place, number):
        filled.synchronise()
        with contextlib.suppress(ProblemError):
            filled.look(["Acme", "Acme/Drafts", "Inbox"])
        assert filled.boards() == boards
        assert contents(filled._index._path) == before
    filled.synchronise()
    assert contents(filled._index._path) == before


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EACCES, ProblemKind.FOLDER_NOT_WRITABLE),
        (errno.EIO, ProblemKind.LIBRARY_AWAY),
        (errno.EHOSTDOWN, ProblemKind.LIBRARY_AWAY),
    ],
)
def test_a_library_that_may_not_be_read_says_so_and_keeps_what_its_index_knows(
    filled: Library, number: int, kind: ProblemKind
) -> None:
    before = contents(filled._index._path)
    (picture, *_) = filled.pictures(filled.ids(Query()))
    acts: tuple[Callable[[], object], ...] = (
        filled.synchronise,
        filled.check_present,
        lambda: filled.mark([picture.id], rating=2),
        lambda: filled.trash([picture.id]),
        lambda: filled.create_board("New"),
    )
    with forbidden(filled.root, number):
        for act in acts:
            with pytest.raises(ProblemError) as raised:
                act()
            assert (raised.value.problem.kind, raised.value.problem.subject) == (kind, str(filled.root))
        assert contents(filled._index._path) == before
    filled.synchronise()
    assert contents(filled._index._path) == before
