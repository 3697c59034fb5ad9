"""Opening: a new library, one that is away, one of a newer version, and one that cannot be written."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from seedream_desktop.generation.errors import Billed, ProblemError, ProblemKind
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.folder import library_id
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench, files_below
from tests.library.faults import failing_at

SPEND = Spend("job", 0, "board", "model", 1, 1, 0, 0.03, "2026-11-01", Billed.YES)


def kind_of(act: Callable[[], object]) -> ProblemKind:
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.kind


def change_library_file(bench: Bench, **changes: object) -> None:
    path = bench.root / ".seedream" / "library.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def each_change(bench: Bench, library: Library, picture_id: str) -> tuple[Callable[[], object], ...]:
    return (
        lambda: library.add(bench.new(9)),
        lambda: library.import_picture(bench.source(b"x"), bench.checked(b"x"), ""),
        lambda: library.create_board("Acme"),
        lambda: library.mark([picture_id], rating=1),
        lambda: library.trash([picture_id]),
        lambda: library.restore(["x"]),
        lambda: library.purge(["x"]),
        lambda: library.add_reference(bench.source(b"x"), bench.checked(b"x"), "x"),
        lambda: library.record_spend(SPEND),
        lambda: library.set_up_board(library.inbox.id, {"client_safe": True}),
    )


def test_a_new_library_is_begun_whole(bench: Bench, library: Library) -> None:
    hidden = bench.root / ".seedream"
    described = json.loads((hidden / "library.json").read_text())
    assert (described["format"], described["id"]) == (1, library.id)
    assert described["created"].endswith("+00:00")
    assert {"references", "spend", "searches", "presets", "trash", "tmp"} <= {
        p.name for p in hidden.iterdir()
    }
    assert [board.name for board in library.boards()] == ["Inbox"]
    assert not library.is_read_only


def test_the_id_stays_and_is_told_without_opening(bench: Bench) -> None:
    assert library_id(bench.root) is None
    first = bench.open()
    assert bench.open().id == first.id == library_id(bench.root)


def test_a_library_that_is_expected_elsewhere_is_away_and_nothing_is_begun(bench: Bench) -> None:
    bench.root.mkdir()  # an empty mount point
    assert kind_of(lambda: bench.open(expected_id="of the drive")) is ProblemKind.LIBRARY_AWAY
    assert files_below(bench.folder) == {}


def test_another_library_at_that_place_is_not_the_expected_one(bench: Bench, library: Library) -> None:
    assert kind_of(lambda: bench.open(expected_id="another")) is ProblemKind.LIBRARY_AWAY


def test_a_file_in_the_place_of_the_folder_is_refused(bench: Bench) -> None:
    bench.root.write_bytes(b"a file")
    assert kind_of(bench.open) is ProblemKind.FOLDER_NOT_WRITABLE


def test_a_damaged_description_is_not_written_over(bench: Bench, library: Library) -> None:
    path = bench.root / ".seedream" / "library.json"
    path.write_bytes(b'{"form')
    assert kind_of(bench.open) is ProblemKind.FILE_UNREADABLE
    assert path.read_bytes() == b'{"form'


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.EROFS, ProblemKind.FOLDER_NOT_WRITABLE), (errno.ENOSPC, ProblemKind.DISK_FULL)]
)
def test_a_folder_where_none_can_be_begun_is_refused(bench: Bench, code: int, kind: ProblemKind) -> None:
    with mock.patch.object(os, "mkdir", side_effect=OSError(code, "no")):
        assert kind_of(bench.open) is kind


def test_a_newer_library_can_be_looked_at_and_not_changed(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.close()
    change_library_file(bench, format=2)
    before = files_below(bench.root)
    newer = bench.open(index=bench.folder / "other.sqlite3")
    assert newer.synchronise()
    assert newer.pictures(newer.ids(Query())) == (picture,)
    changes = each_change(bench, newer, picture.id)
    assert {kind_of(change) for change in changes} == {ProblemKind.LIBRARY_NEWER}
    assert files_below(bench.root) == before


def test_a_library_that_cannot_be_written_can_be_looked_at(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    (bench.root / "Inbox" / "foreign.png").write_bytes(bench.bytes_of(2))
    library.close()
    before = files_below(bench.root)
    with mock.patch.object(Path, "touch", side_effect=OSError(errno.EROFS, "Read-only file system")):
        fixed = bench.open(index=bench.folder / "other.sqlite3")
    fixed.synchronise()
    assert {shown.sha256 for shown in fixed.pictures(fixed.ids(Query()))} > {picture.sha256}
    assert fixed.counts().all == 2
    assert not fixed.synchronise()
    changes = each_change(bench, fixed, picture.id)
    assert {kind_of(change) for change in changes} == {ProblemKind.FOLDER_NOT_WRITABLE}
    assert files_below(bench.root) == before


def test_a_library_that_vanishes_while_open_is_away_and_forgets_nothing(
    bench: Bench, library: Library
) -> None:
    picture = library.add(bench.new(1))
    bench.root.rename(bench.folder / "unplugged")
    bench.root.mkdir()
    assert {kind_of(change) for change in each_change(bench, library, picture.id)} == {
        ProblemKind.LIBRARY_AWAY
    }
    assert kind_of(library.synchronise) is ProblemKind.LIBRARY_AWAY
    assert library.ids(Query()) == (picture.id,)
    bench.root.rmdir()
    (bench.folder / "unplugged").rename(bench.root)
    assert not library.synchronise()


def test_a_library_moves_with_everything_in_it(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.mark([picture.id], rating=4)
    library.close()
    moved = Bench(bench.folder / "elsewhere")
    moved.folder.mkdir()
    bench.root.rename(moved.root)
    again = moved.open(machine_id="new laptop")
    again.synchronise()
    (found,) = again.pictures(again.ids(Query()))
    assert (again.id, found.id, found.rating) == (library.id, picture.id, 4)
    again.close()


def test_beginning_a_library_fails_as_a_problem_at_every_step(bench: Bench) -> None:
    for number in range(200):
        place = Bench(bench.folder / str(number))
        place.folder.mkdir()
        with failing_at(number, errno.ENOSPC) as faults:
            problem = None
            try:
                place.open()
            except ProblemError as error:
                problem = error.problem.kind
        assert problem in {None, ProblemKind.DISK_FULL}
        assert place.open().inbox.name == "Inbox"
        place.opened[-1].close()
        if not faults.is_past:
            return
    raise AssertionError("it never ends")
