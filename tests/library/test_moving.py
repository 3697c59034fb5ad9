"""A picture that goes to another board takes everything along, and is never in two places or in none."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Board, Picture, Query
from tests.library.conftest import MACHINE, Bench, files_below
from tests.library.faults import CHANGES, failing_at
from tests.library.filled import fill

MANY = 1000
REASONABLE_S = 10.0  # it takes a tenth of that


@pytest.fixture
def acme(library: Library) -> Board:
    return library.create_board("Acme")


@pytest.fixture
def picture(bench: Bench, library: Library) -> Picture:
    """In the inbox, with four stars and a tag."""
    (rated,) = library.mark([library.add(bench.new(1)).id], rating=4, add_tags=["blue"])
    return rated


def record_of(library: Library, picture_id: str) -> Path:
    return library._folder.record_path(picture_id)


def pictures_below(root: Path) -> dict[str, bytes]:
    """The pictures on disk by id; what is empty is none."""
    return {name: held for name, held in files_below(root).items() if name.endswith(".png") and held}


def records_below(root: Path) -> dict[str, bytes]:
    """The records on disk, each by the id of the picture that it lies beside."""
    found = ((path.parent.parent / path.stem, path) for path in root.glob("*/.seedream/*.png.json"))
    return {picture.relative_to(root).as_posix(): path.read_bytes() for picture, path in found}


def test_a_picture_keeps_its_bytes_its_record_and_its_protection(
    library: Library, acme: Board, picture: Picture
) -> None:
    content, record = picture.path.read_bytes(), record_of(library, picture.id).read_bytes()
    (moved,) = library.move([picture.id], acme.id)
    assert moved.id == "Acme/a cat 0001.png"
    assert (pictures_below(library.root), records_below(library.root)) == (
        {moved.id: content},
        {moved.id: record},
    )
    assert stat.S_IMODE(moved.path.stat().st_mode) == 0o444


def test_the_index_follows(library: Library, acme: Board, picture: Picture) -> None:
    (moved,) = library.move([picture.id], acme.id)
    assert (moved.board_id, moved.sha256, moved.rating) == (acme.id, picture.sha256, 4)
    assert library.ids(Query(board_id=acme.id)) == library.ids(Query(text="Acme")) == (moved.id,)
    assert library.ids(Query(board_id=picture.board_id)) == ()
    assert library.pictures([picture.id]) == ()
    assert [board.count for board in library.boards()] == [0, 1]
    assert not library.synchronise()


def test_a_name_that_is_taken_becomes_the_next_free_one(
    library: Library, acme: Board, picture: Picture
) -> None:
    taken = library.root / "Acme" / "A cat 0001.png"
    taken.write_bytes(b"another")
    (moved,) = library.move([picture.id], acme.id)
    assert moved.path.name == "a cat 0001 (2).png"
    assert taken.read_bytes() == b"another"


def test_the_record_of_a_picture_that_is_away_is_not_overwritten(
    library: Library, acme: Board, picture: Picture
) -> None:
    away = record_of(library, "Acme/a cat 0001.png")
    away.write_bytes(b"another's")
    (moved,) = library.move([picture.id], acme.id)
    assert moved.path.name == "a cat 0001 (2).png"
    assert away.read_bytes() == b"another's"


def test_a_name_taken_in_the_last_moment_is_not_overwritten(
    library: Library, acme: Board, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library.root / "Acme" / picture.path.name).write_bytes(b"another")
    monkeypatch.setattr("seedream_desktop.library.moving._names_in", lambda _: set())
    (moved,) = library.move([picture.id], acme.id)
    assert moved.path.name == "a cat 0001 (2).png"
    assert (library.root / "Acme" / picture.path.name).read_bytes() == b"another"


def test_two_of_one_name_go_to_one_board_together(bench: Bench, library: Library) -> None:
    first, second, both = (library.create_board(name) for name in ("First", "Second", "Both"))
    ids = [library.add(bench.new(number, board.id)).id for number, board in enumerate((first, second))]
    library._folder.path(ids[1]).rename(library.root / "Second" / "a cat 0001.png")
    library.synchronise()
    moved = library.move(["First/a cat 0001.png", "Second/a cat 0001.png"], both.id)
    assert [picture.id for picture in moved] == ["Both/a cat 0001.png", "Both/a cat 0001 (2).png"]
    assert [library.record(picture.id).made.job_id for picture in moved] == ["job-0", "job-1"]


def test_what_is_unknown_trashed_gone_or_there_already_is_left_alone(
    bench: Bench, library: Library, acme: Board, picture: Picture
) -> None:
    there, gone = library.add(bench.new(2, acme.id)), library.add(bench.new(3))
    (trashed,) = library.trash([library.add(bench.new(4)).id])
    gone.path.unlink()
    before = files_below(library.root)
    assert library.move(["Inbox/x.png", there.id, gone.id, trashed.picture.id], acme.id) == ()
    assert files_below(library.root) == before
    assert len(library.move([picture.id, picture.id], acme.id)) == 1


def test_a_board_that_is_unknown_refuses_and_nothing_moves(library: Library, picture: Picture) -> None:
    before = files_below(library.root)
    with pytest.raises(ProblemError) as refused:
        library.move([picture.id], "unknown")
    assert refused.value.problem.kind is ProblemKind.BOARD_GONE
    assert files_below(library.root) == before


def test_a_board_whose_folder_was_renamed_outside_is_found(
    library: Library, acme: Board, picture: Picture
) -> None:
    (library.root / "Acme").rename(library.root / "Acme Ltd")
    (moved,) = library.move([picture.id], acme.id)
    assert (moved.id, moved.board_id) == ("Acme Ltd/a cat 0001.png", acme.id)


def test_a_library_that_cannot_be_written_refuses(bench: Bench, library: Library, picture: Picture) -> None:
    described = library.root / ".seedream" / "library.json"
    described.write_text(described.read_text().replace('"format": 1', '"format": 2'))
    board = library.create_board("Late")
    other = bench.open()
    with pytest.raises(ProblemError) as refused:
        other.move([picture.id], board.id)
    assert refused.value.problem.kind is ProblemKind.LIBRARY_NEWER
    assert picture.path.is_file()


def test_what_a_picture_led_to_is_still_known(
    bench: Bench, library: Library, acme: Board, picture: Picture
) -> None:
    child = library.add(bench.new(2, made_from=(picture.sha256,)))
    moved = library.move([child.id, picture.id], acme.id)
    assert library.led_to(picture.sha256) == moved[:1]
    assert library.by_sha256(picture.sha256) == moved[1:]


def test_a_moved_picture_comes_back_from_the_trash_to_its_new_board(
    library: Library, acme: Board, picture: Picture
) -> None:
    (moved,) = library.move([picture.id], acme.id)
    (entry,) = library.trash([moved.id])
    assert library.restore([entry.id]) == (moved,)


def test_a_picture_comes_back_from_the_trash_beside_one_that_was_moved_there(
    bench: Bench, library: Library, acme: Board, picture: Picture
) -> None:
    (entry,) = library.trash([picture.id])
    other = library.add(bench.new(2, acme.id))
    renamed = other.path.rename(other.path.with_name(picture.path.name))
    library.synchronise()
    library.move([library._folder.id_of(renamed)], picture.board_id)
    (restored,) = library.restore([entry.id])
    assert (restored.path.name, restored.rating) == ("a cat 0001 (2).png", 4)
    assert library.record(picture.id).made.job_id == "job-2"


def test_a_picture_without_a_readable_record_moves_with_what_it_has(
    library: Library, acme: Board, picture: Picture
) -> None:
    record_of(library, picture.id).write_bytes(b"damaged")
    (moved,) = library.move([picture.id], acme.id)
    assert record_of(library, moved.id).read_bytes() == b"damaged"
    record_of(library, moved.id).unlink()
    (back,) = library.move([moved.id], picture.board_id)
    assert (back.id, back.sha256) == (picture.id, picture.sha256)


def two_rated(bench: Bench, library: Library) -> tuple[str, ...]:
    ids = [library.add(bench.new(number, prompt=f"{number} cats")).id for number in (1, 2)]
    return tuple(library.mark([held], rating=rating)[0].id for held, rating in zip(ids, (4, 5), strict=True))


def assert_each_in_one_place(root: Path, library: Library, records: set[bytes], contents: set[bytes]) -> None:
    """Both pictures are on disk and in the index once, each beside its own record, as it was."""
    on_disk, beside = pictures_below(root), records_below(root)
    assert set(library.ids(Query())) == on_disk.keys() == beside.keys()
    assert (len(on_disk), set(on_disk.values()), set(beside.values())) == (2, contents, records)
    for picture in library.pictures(tuple(on_disk)):
        assert picture.sha256 == hashlib.sha256(on_disk[picture.id]).hexdigest()
        assert library.record(picture.id).made.sha256 == picture.sha256
        assert picture.rating == library.record(picture.id).marks.rating.value


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_no_fault_at_any_step_loses_or_doubles_a_picture(bench: Bench, library: Library, code: int) -> None:
    ids, boards = two_rated(bench, library), (library.create_board("Acme").id, library.inbox.id)
    records, contents = (set(found(library.root).values()) for found in (records_below, pictures_below))
    for number in range(200):
        with failing_at(number, code) as faults, contextlib.suppress(ProblemError):
            library.move(ids, boards[number % 2])
        assert set(library.ids(Query())) == pictures_below(library.root).keys()
        assert not [name for name, held in files_below(library.root).items() if not held]
        library.synchronise()
        assert_each_in_one_place(library.root, library, records, contents)
        library.move(library.ids(Query()), boards[number % 2])
        ids = library.ids(Query(board_id=boards[number % 2]))
        assert len(ids) == 2
        if not faults.is_past:
            return
    raise AssertionError("it never ends")


@contextlib.contextmanager
def before_each_change(act: Callable[[], None]) -> Iterator[None]:
    """``act`` is done before each change that the block makes to the file system."""
    is_acting = False

    def acting(change: Callable[..., Any]) -> Callable[..., Any]:
        def with_act(*arguments: Any, **keywords: Any) -> Any:
            nonlocal is_acting
            if not is_acting:
                is_acting = True
                act()
                is_acting = False
            return change(*arguments, **keywords)

        return with_act

    with contextlib.ExitStack() as patches:
        for name in CHANGES:
            patches.enter_context(mock.patch.object(os, name, acting(getattr(os, name))))
        yield


@pytest.mark.parametrize("has_index", [True, False], ids=["this machine", "another machine"])
def test_an_end_at_any_step_is_mended(bench: Bench, library: Library, has_index: bool) -> None:
    ids, acme = two_rated(bench, library), library.create_board("Acme")
    library.close()
    before = shutil.copy(bench.index, bench.folder / "before.sqlite3") if has_index else None
    library = bench.open()
    records, contents = (set(found(library.root).values()) for found in (records_below, pictures_below))
    ends: list[Path] = []
    with before_each_change(lambda: ends.append(end_now(library.root, len(ends)))):
        library.move(ids, acme.id)
    assert len(ends) >= len(ids) * 3  # the name, the picture, the record
    for root in ends:
        index = root.with_suffix(".sqlite3")
        if before is not None:
            shutil.copy(before, index)
        with contextlib.closing(open_library(root, index, MACHINE)) as mended:
            mended.synchronise()
            assert_each_in_one_place(root, mended, records, contents)
            mended.move(mended.ids(Query()), acme.id)
            assert len(mended.ids(Query(board_id=acme.id))) == len(ids)


def end_now(root: Path, number: int) -> Path:
    """The library as it would be found if everything ended now."""
    return shutil.copytree(root, root.with_name(f"end {number}"))


def test_many_pictures_move_in_reasonable_time_and_sync_each_folder_once(bench: Bench) -> None:
    fill(bench.root, bench.index, MANY, bench.bytes_of, boards=("Acme",))
    library = bench.open()
    target = library.create_board("Posters")
    started_s = time.monotonic()
    with mock.patch("os.fsync", wraps=os.fsync) as synced:
        moved = library.move(library.ids(Query()), target.id)
    assert time.monotonic() - started_s < REASONABLE_S
    assert (len(moved), library.counts().all) == (MANY, MANY)
    assert synced.call_count <= MANY // 20
    assert not any(path.is_file() for path in (bench.root / "Acme").iterdir())
