"""The trash keeps a picture, its record, where it was and when."""

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench, files_below
from tests.library.faults import failing_at


def contents(bench: Bench) -> list[bytes]:
    return sorted(content for name, content in files_below(bench.root).items() if name.endswith(".png"))


def test_what_is_trashed_is_only_in_the_trash(bench: Bench, library: Library) -> None:
    kept, gone = (library.add(bench.new(number)) for number in range(2))
    (entry,) = library.trash([gone.id, "gone/x.png"])
    assert library.ids(Query()) == (kept.id,)
    assert library.ids(Query(trash=True)) == (entry.picture.id,)
    assert library.trashed() == (entry,)
    assert (entry.picture.sha256, entry.picture.trash_id) == (gone.sha256, entry.id)
    assert library.ids(Query(text="cat")) == (kept.id,)
    assert library.by_sha256(gone.sha256) == ()


def test_the_entry_says_where_it_was_without_a_path_of_this_machine(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    (entry,) = library.trash([picture.id])
    said = json.loads((bench.root / ".seedream" / "trash" / entry.id / "entry.json").read_text())
    assert said == {
        "format": 1,
        "id": entry.id,
        "picture": picture.id,
        "board_id": picture.board_id,
        "trashed_ms": entry.trashed_ms,
    }


def test_restoring_brings_everything_back(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    picture = library.add(bench.new(1, board.id))
    (picture,) = library.mark([picture.id], rating=4, title="Hero")
    record = library.record(picture.id)
    (entry,) = library.trash([picture.id])
    assert library.restore([entry.id]) == (picture,)
    assert library.record(picture.id) == record
    assert library.trashed() == ()
    assert list((bench.root / ".seedream" / "trash").iterdir()) == []
    assert library.restore([entry.id]) == ()


def test_a_name_that_is_taken_by_now_becomes_the_next_free_one(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    (entry,) = library.trash([picture.id])
    picture.path.write_bytes(b"another")
    (restored,) = library.restore([entry.id])
    assert restored.path.name == "a cat 0001 (2).png"
    assert picture.path.read_bytes() == b"another"


def test_a_board_that_is_gone_is_made_again(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    (entry,) = library.trash([library.add(bench.new(1, board.id)).id])
    shutil.rmtree(bench.root / "Acme")
    library.synchronise()
    (restored,) = library.restore([entry.id])
    assert restored.id == "Acme/a cat 0001.png"


def test_purging_deletes_for_good_and_only_what_is_named(bench: Bench, library: Library) -> None:
    first, second = library.trash([library.add(bench.new(number)).id for number in range(2)])
    library.purge([first.id, "../../Inbox", "unknown"])
    assert library.trashed() == (second,)
    assert [path.name for path in (bench.root / ".seedream" / "trash").iterdir()] == [second.id]
    assert (bench.root / "Inbox").is_dir()


def test_a_rebuilt_index_knows_the_trash(bench: Bench, library: Library) -> None:
    entries = library.trash([library.add(bench.new(number)).id for number in range(2)])
    other = bench.open(index=bench.folder / "other.sqlite3")
    other.synchronise()
    assert set(other.trashed()) == set(entries)
    shutil.rmtree(bench.root / ".seedream" / "trash" / entries[0].id)
    assert other.synchronise()
    assert other.trashed() == (entries[1],)


def each_fault(act: Callable[[], object]) -> Iterator[bool]:
    """``act`` with each of its steps failing once; whether it said so. The last time all goes well."""
    for number in range(300):
        with failing_at(number, errno.EIO) as faults:
            is_told = False
            try:
                act()
            except ProblemError:
                is_told = True
        yield is_told
        if not faults.is_past:
            return
    raise AssertionError("it never ends")


def rated(bench: Bench, library: Library) -> Picture:
    (picture,) = library.mark([library.add(bench.new(1)).id], rating=4)
    return picture


def test_no_fault_while_trashing_loses_a_picture_or_its_record(bench: Bench, library: Library) -> None:
    held = [rated(bench, library).id]
    for _ in each_fault(lambda: library.trash(held)):
        library.synchronise()
        library.restore([entry.id for entry in library.trashed()])
        (picture,) = library.pictures(library.ids(Query()))
        assert (picture.rating, contents(bench)) == (4, [bench.bytes_of(1)])
        held[:] = [picture.id]


def test_no_fault_while_restoring_loses_or_doubles_a_picture(bench: Bench, library: Library) -> None:
    (entry,) = library.trash([rated(bench, library).id])
    held = [entry.id]
    for _ in each_fault(lambda: library.restore(held)):
        library.synchronise()
        library.restore([entry.id for entry in library.trashed()])
        (picture,) = library.pictures(library.ids(Query()))
        assert (picture.rating, contents(bench), library.trashed()) == (4, [bench.bytes_of(1)], ())
        held[:] = [entry.id for entry in library.trash([picture.id])]


def test_what_could_not_be_purged_is_still_in_the_trash_or_gone(bench: Bench, library: Library) -> None:
    held = [library.trash([rated(bench, library).id])[0].id]
    for is_told in each_fault(lambda: library.purge(held)):
        library.synchronise()
        assert len(contents(bench)) == len(library.trashed())
        assert is_told or contents(bench) == []
        if not contents(bench):
            held[:] = [library.trash([library.add(bench.new(1)).id])[0].id]


def test_an_end_between_picture_and_entry_is_mended(bench: Bench, library: Library) -> None:
    picture = rated(bench, library)
    (entry,) = library.trash([picture.id])
    record = library._folder.record_path(entry.picture.id)
    shutil.copy(record, library._folder.record_path(picture.id))
    os.link(entry.picture.path, picture.path)
    library.synchronise()
    assert (library.trashed(), library.ids(Query())) == ((), (picture.id,))


def test_an_end_between_picture_and_record_is_mended(bench: Bench, library: Library) -> None:
    picture = rated(bench, library)
    (entry,) = library.trash([picture.id])
    library._folder.record_path(entry.picture.id).rename(library._folder.record_path(picture.id))
    other = bench.open(index=bench.folder / "other.sqlite3")
    other.synchronise()
    assert [found.picture.rating for found in other.trashed()] == [4]


def test_what_a_clock_that_is_years_behind_trashed_has_its_days(library: Library, bench: Bench) -> None:
    (entry,) = library.trash([library.add(bench.new(1)).id])
    told = bench.root / ".seedream" / "trash" / entry.id / "entry.json"
    told.write_text(json.dumps({**json.loads(told.read_bytes()), "trashed_ms": 1}))
    other = bench.open("other", bench.folder / "other.sqlite3")
    other.synchronise()
    now_ms = int(time.time() * 1000)
    assert other.outdated(now_ms - 30 * 86_400_000) == ()
    assert other.outdated(now_ms + 86_400_000) == (entry.id,)
