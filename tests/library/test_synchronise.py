"""What other programs, people and machines do to the files is taken in, with ratings and recipes intact."""

import json
import os
import shutil
from pathlib import Path
from unittest import mock

import pytest

from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Proceed, Query
from tests.library.conftest import Bench, files_below

COPY_NAMES = (
    "a cat 0001.sync-conflict-20261122-101010-ABCDEFG.png.json",
    "a cat 0001.png.sync-conflict-20261122-101010-ABCDEFG.json",
    "a cat 0001.png (conflicted copy).json",
    "a cat 0001.png (1).json",
    "a cat 0001.png-LAPTOP.json",
)


@pytest.fixture
def picture(bench: Bench, library: Library) -> Picture:
    """A picture with four stars, in a library that is held against its files."""
    (rated,) = library.mark([library.add(bench.new(1)).id], rating=4, add_tags=["blue"])
    library.synchronise()
    return rated


def record_of(library: Library, picture: Picture) -> Path:
    return library._folder.record_path(picture.id)


def only(library: Library) -> Picture:
    (picture,) = library.pictures(library.ids(Query()))
    return picture


def age(path: Path) -> None:
    """Let the file look as if it had changed a minute ago."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - 60 * 10**9))


def noting(said: list[tuple[int, int]]) -> Proceed:
    """Goes on, and remembers what it was told."""

    def proceed(done: int, total: int) -> bool:
        said.append((done, total))
        return True

    return proceed


def change(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)
    age(path)


def test_with_nothing_changed_nothing_is_read_and_nothing_is_said(library: Library, picture: Picture) -> None:
    said: list[tuple[int, int]] = []
    assert not library.synchronise(noting(said))
    assert said == []


def test_a_renamed_picture_keeps_its_record(library: Library, picture: Picture) -> None:
    renamed = picture.path.with_name("hero.png")
    picture.path.rename(renamed)
    assert library.synchronise()
    found = only(library)
    assert (found.path, found.rating, found.number) == (renamed, 4, 1)
    assert (record_of(library, found).is_file(), record_of(library, picture).exists()) == (True, False)
    assert not library.synchronise()


def test_a_picture_moved_to_another_board_keeps_its_record(library: Library, picture: Picture) -> None:
    board = library.create_board("Acme")
    picture.path.rename(library.root / "Acme" / picture.path.name)
    assert library.synchronise()
    found = only(library)
    assert (found.board_id, found.rating, found.prompt) == (board.id, 4, "a cat")


def test_a_copied_picture_gets_a_copy_of_the_record(library: Library, picture: Picture) -> None:
    shutil.copy(picture.path, picture.path.with_name("copy.png"))
    assert library.synchronise()
    assert [found.rating for found in library.pictures(library.ids(Query()))] == [4, 4]
    assert not library.synchronise()


def test_a_removed_picture_leaves_the_index_and_its_record_waits(library: Library, picture: Picture) -> None:
    kept = library.root.parent / "kept.png"
    picture.path.rename(kept)
    assert library.synchronise()
    assert (library.counts().all, record_of(library, picture).is_file()) == (0, True)
    kept.rename(library.root / "Inbox" / "back again.png")
    assert library.synchronise()
    assert (only(library).rating, only(library).prompt) == (4, "a cat")


def test_a_foreign_picture_is_adopted(bench: Bench, library: Library) -> None:
    (library.root / "Inbox" / "photo.png").write_bytes(bench.bytes_of(7))
    assert library.synchronise()
    found = only(library)
    assert (found.width_px, found.height_px, found.media_type) == (30, 20, "image/png")
    assert library.record(found.id).made.request is None
    assert not library.synchronise()


@pytest.mark.parametrize("name", [".hidden.png", "notes.txt", "half.png.part", "empty.png"])
def test_what_is_no_picture_is_left_alone(library: Library, name: str) -> None:
    (library.root / "Inbox" / name).write_bytes(b"" if name == "empty.png" else b"text")
    assert not library.synchronise()
    assert (library.root / "Inbox" / name).exists()


@pytest.mark.parametrize("extra", [b"", b" and longer"])
def test_an_edited_picture_says_so_and_keeps_its_marks(
    bench: Bench, library: Library, picture: Picture, extra: bytes
) -> None:
    change(picture.path, bench.bytes_of(2) + extra)
    assert library.synchronise()
    made = library.record(picture.id).made
    assert (only(library).rating, made.edited_from, made.sha256) == (4, picture.sha256, only(library).sha256)
    assert made.sha256 != picture.sha256
    assert not library.synchronise()


def test_a_picture_that_is_still_arriving_is_not_taken_for_edited(
    bench: Bench, library: Library, picture: Picture
) -> None:
    content = picture.path.read_bytes()
    picture.path.chmod(0o644)
    picture.path.write_bytes(content[:20])
    library.synchronise()
    assert library.record(picture.id).made.edited_from == ""
    picture.path.write_bytes(content)
    library.synchronise()
    assert (library.record(picture.id).made.edited_from, only(library).sha256) == ("", picture.sha256)


def test_touching_a_picture_changes_nothing(library: Library, picture: Picture) -> None:
    age(picture.path)
    library.synchronise()
    assert (only(library), library.record(picture.id).made.edited_from) == (picture, "")


def test_marks_from_another_machine_are_seen(bench: Bench, library: Library, picture: Picture) -> None:
    other = bench.open("machine-2", bench.folder / "machine 2" / "index.sqlite3")
    other.synchronise()
    other.mark([picture.id], rating=2, title="from the other one")
    assert library.synchronise()
    assert (only(library).rating, only(library).title) == (2, "from the other one")


def test_pictures_and_boards_from_another_machine_are_seen(bench: Bench, library: Library) -> None:
    other = bench.open("machine-2", bench.folder / "machine 2" / "index.sqlite3")
    board = other.create_board("Acme")
    added = other.add(bench.new(5, board.id))
    assert library.synchronise()
    assert (only(library), library.board(board.id) is not None) == (added, True)
    assert library.add(bench.new(6)).number == added.number + 1


@pytest.mark.parametrize("name", COPY_NAMES)
def test_a_synchronisers_copy_of_a_record_is_merged_and_removed(
    library: Library, picture: Picture, name: str
) -> None:
    record = record_of(library, picture)
    before = record.read_bytes()
    library.mark([picture.id], title="here", remove_tags=["blue"])
    copy = record.with_name(name)
    copy.write_bytes(before.replace(b'"value": 4', b'"value": 5').replace(b'"at": 1', b'"at": 9'))
    assert library.synchronise()
    marks = library.record(picture.id).marks
    assert (only(library).rating, marks.title.value, copy.exists()) == (5, "here", False)
    assert marks.tag_names == ("blue",)  # given at a later time there than taken away here


def test_a_record_before_its_picture_waits(bench: Bench, library: Library, picture: Picture) -> None:
    record, content = record_of(library, picture), picture.path.read_bytes()
    away = record.with_name("later.png.json")
    record.rename(away)
    picture.path.unlink()
    library.synchronise()
    assert away.is_file()
    (library.root / "Inbox" / "later.png").write_bytes(content)
    library.synchronise()
    assert (only(library).path.name, only(library).rating) == ("later.png", 4)


def test_a_half_written_record_is_left_alone_until_it_is_whole(library: Library, picture: Picture) -> None:
    record = record_of(library, picture)
    whole = record.read_bytes()
    record.write_bytes(whole[:30])
    library.synchronise()
    assert (record.read_bytes(), only(library).sha256) == (whole[:30], picture.sha256)
    record.write_bytes(whole)
    library.synchronise()
    assert (only(library).rating, only(library).prompt) == (4, "a cat")


def test_only_leftovers_of_an_earlier_run_of_this_machine_are_swept(bench: Bench, library: Library) -> None:
    temporary = library.root / ".seedream" / "tmp"
    ours, others = temporary / "machine-1" / "a.part", temporary / "machine-2" / "b.part"
    others.parent.mkdir()
    for path in (ours, others):
        path.write_bytes(b"x")
    again = bench.open()
    staged = temporary / "machine-1" / "c.part"
    staged.write_bytes(b"under way")
    again.synchronise()
    assert (ours.exists(), others.exists(), staged.exists()) == (False, True, True)


def test_progress_counts_every_difference(bench: Bench, library: Library) -> None:
    for number in range(5):
        (library.root / "Inbox" / f"{number}.png").write_bytes(bench.bytes_of(number))
    said: list[tuple[int, int]] = []
    library.synchronise(noting(said))
    assert said[-1] == (5, 5)


def test_a_folder_that_cannot_be_listed_is_not_taken_for_empty(library: Library, picture: Picture) -> None:
    with mock.patch("seedream_desktop.library.synchronise.scan_board", side_effect=PermissionError):
        assert not library.synchronise()
    assert only(library) == picture


def test_two_pictures_of_one_name_keep_their_own_records(bench: Bench, library: Library) -> None:
    """A synchroniser renamed the picture of one machine and the record of the other."""
    ours = library.add(bench.new(1, prompt="ours"))
    theirs = library.add(bench.new(222, prompt="theirs"))
    library.synchronise()
    folder, hidden = library.root / "Inbox", library.root / "Inbox" / ".seedream"
    theirs.path.rename(folder / "ours 0001.sync-conflict-20261122-101010-ABCDEFG.png")
    record_of(library, ours).rename(hidden / "ours 0001.png.sync-conflict-20261122-101010-ABCDEFG.json")
    record_of(library, theirs).rename(record_of(library, ours))
    library.synchronise()
    found = {picture.sha256: picture.prompt for picture in library.pictures(library.ids(Query()))}
    assert found == {ours.sha256: "ours", theirs.sha256: "theirs"}
    assert all(library.record(picture_id).made.edited_from == "" for picture_id in library.ids(Query()))
    assert len([name for name in files_below(hidden) if name != "board.json"]) == 2
    assert not library.synchronise()


def test_odd_records_and_names_do_not_stop_the_others(
    bench: Bench, library: Library, picture: Picture
) -> None:
    folder, hidden = library.root / "Inbox", library.root / "Inbox" / ".seedream"
    whole = json.loads(record_of(library, picture).read_text())
    odd: tuple[dict[str, object], ...] = (
        {"made_ms": 10**40, "number": -(10**30)},
        {"request": {"model": "\ud800", "prompt": "half \udfff a character", "size": None}},
        {"press_id": "\x00", "made_from": ["\ud800"]},
    )
    for number, changes in enumerate(odd):
        (folder / f"{number}.png").write_bytes(picture.path.read_bytes())
        changed = {**whole, "made": whole["made"] | changes}
        (hidden / f"{number}.png.json").write_text(json.dumps(changed))
    (hidden / "deep.png.json").write_text("[" * 100_000)
    (folder / "deep.png").write_bytes(bench.bytes_of(3))
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.png")).write_bytes(bench.bytes_of(4))
    Path(os.fsdecode(os.fsencode(library.root) + b"/\xff")).mkdir()
    library.synchronise()
    assert library.counts().all == 5
    assert library.add(bench.new(5)).number == 2


def test_costs_that_a_synchroniser_left_twice_are_no_news(library: Library) -> None:
    library.record_spend(Spend("job", 0, "board", "model", 1, 1, 0, 0.5, "2026-11-01", Billed.YES))
    (path,) = (library.root / ".seedream" / "spend").glob("*/*.json")
    shutil.copy(path, path.with_name("job.sync-conflict-20261122-101010-ABCDEFG.json"))
    assert not library.synchronise()
    assert library.spent(None, "1970-01").billed_usd == 0.5
