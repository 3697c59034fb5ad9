"""A look through the library names what is wrong, heals what can be, and gives nothing up."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from seedream_desktop import files
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from seedream_desktop.library import leftovers
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.findings import Checkup, Finding, FindingKind
from seedream_desktop.library.folder import LibraryFolder
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench
from tests.library.index_contents import equals_a_fresh_rebuild


@pytest.fixture
def library(bench: Bench) -> Library:
    """A library in which everything lies still at once."""
    library = bench.open()
    library._folder._settle_s = 0.0
    return library


@pytest.fixture
def picture(bench: Bench, library: Library) -> Picture:
    """A picture with four stars, a tag and a note."""
    added = library.add(bench.new(1, prompt="窗边的猫 in a red scarf"))
    (rated,) = library.mark([added.id], rating=4, add_tags=["blue"], note="给客户看 today")
    library.synchronise()
    return rated


def quick(library: Library) -> Checkup:
    return library.check(None, lambda _done, _total: True)


def thorough(library: Library, look: Callable[[Path], object] = lambda _: None) -> Checkup:
    return library.check(look, lambda _done, _total: True)


def record_of(library: Library, picture: Picture) -> Path:
    return library._folder.record_path(picture.id)


def change(path: Path, content: bytes) -> None:
    """Change the bytes as a failing disk does: no time tells."""
    times = path.stat()
    path.chmod(0o644)
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_in_a_whole_library_nothing_is_found(library: Library, picture: Picture) -> None:
    for found in (quick(library), thorough(library)):
        assert (found.findings, found.pictures, found.is_complete) == ((), 1, True)
    assert thorough(library).size_bytes == picture.size_bytes


def test_a_missing_picture_is_named_until_it_is_forgotten_and_may_come_back(
    library: Library, picture: Picture
) -> None:
    kept = picture.path.with_name("kept.bin")
    picture.path.rename(kept)
    for _ in range(2):
        assert quick(library).missing == (picture.id,)
    kept.rename(picture.path)
    assert quick(library).findings == ()
    (back,) = library.pictures([picture.id])
    assert (back.rating, back.prompt) == (4, picture.prompt)


def test_what_is_forgotten_is_named_no_more_and_what_came_back_is_kept(
    bench: Bench, library: Library, picture: Picture
) -> None:
    other = library.add(bench.new(2))
    for one in (picture, other):
        one.path.rename(one.path.with_suffix(".bin"))
    missing = quick(library).missing
    assert set(missing) == {picture.id, other.id}
    other.path.with_suffix(".bin").rename(other.path)
    assert library.forget_missing(missing) == 1
    assert record_of(library, other).is_file()
    assert quick(library).missing == ()


def test_a_picture_without_a_record_gets_one(library: Library, picture: Picture) -> None:
    record_of(library, picture).unlink()
    assert quick(library).findings == (Finding(FindingKind.RECORD_MISSING, picture.id, is_healed=True),)
    assert record_of(library, picture).is_file()


def test_a_damaged_record_is_set_aside_and_what_is_remembered_takes_its_place(
    library: Library, picture: Picture
) -> None:
    record = record_of(library, picture)
    record.write_bytes(b'{"format": 1, "made"')
    assert quick(library).findings == (Finding(FindingKind.RECORD_DAMAGED, picture.id, is_healed=True),)
    held = library.record(picture.id)
    assert (held.made.sha256, held.made.job_id, held.made.recipe.prompt) == (
        picture.sha256,
        "job-1",
        picture.prompt,
    )
    assert (held.marks.rating.value, held.marks.tag_names, held.marks.note.value) == (
        4,
        ("blue",),
        "给客户看 today",
    )
    assert record.with_name(f"{record.name}.damaged").read_bytes() == b'{"format": 1, "made"'
    assert quick(library).findings == ()


def test_a_damaged_record_that_nobody_remembers_is_said_to_be_lost(bench: Bench, library: Library) -> None:
    path = library.root / "Inbox" / "photo.png"
    path.write_bytes(bench.bytes_of(7))
    library.synchronise()
    library._folder.record_path("Inbox/photo.png").write_bytes(b"{")
    assert quick(library).findings == (Finding(FindingKind.RECORD_DAMAGED, "Inbox/photo.png"),)
    assert quick(library).findings == ()


def test_bytes_that_changed_are_found_by_reading(bench: Bench, library: Library, picture: Picture) -> None:
    change(picture.path, picture.path.read_bytes()[:-1] + b"9")
    assert quick(library).findings == ()
    assert thorough(library).findings == (Finding(FindingKind.PICTURE_CHANGED, picture.id),)
    assert library.record(picture.id).made.sha256 == picture.sha256


def test_what_cannot_be_decoded_is_said(library: Library, picture: Picture) -> None:
    def refuse(path: Path) -> None:
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=path.name))

    assert thorough(library, refuse).findings == (Finding(FindingKind.PICTURE_DAMAGED, picture.id),)


def test_an_index_that_says_something_else_is_set_right(library: Library, picture: Picture) -> None:
    for sql in (
        "UPDATE pictures SET prompt = 'a dog'",
        "UPDATE texts SET plain = 'a dog'",
        "DELETE FROM tags",
        "UPDATE search SET note = 'a dog'",
    ):
        library._index.write(lambda connection, sql=sql: connection.execute(sql))  # type: ignore[misc]
        assert quick(library).of(FindingKind.INDEX_WRONG, is_healed=True) == (picture.id,)
    library.close()
    assert equals_a_fresh_rebuild(library.root, library._index._path)


def test_a_reference_that_is_gone_is_named(bench: Bench, library: Library) -> None:
    reference = Reference("ab" * 32, "image/png", 30, 20, 100, name="sketch.png")
    request = GenerationRequest("seedream-5-0-lite", "a cat", Size(preset="2K"), references=(reference,))
    library.add(bench.new(3, request=request))
    assert quick(library).findings == (Finding(FindingKind.REFERENCE_MISSING, "sketch.png"),)


def test_damaged_costs_and_trash_are_named(library: Library, picture: Picture) -> None:
    library.record_spend(Spend("job", 0, "board", "model", 1, 1, 0, 0.5, "2026-11-01", Billed.YES))
    (path,) = (library.root / ".seedream" / "spend").glob("*/*.json")
    path.write_bytes(b"{")
    (entry,) = library.trash([picture.id])
    (library.root / ".seedream" / "trash" / entry.id / "entry.json").write_bytes(b"{")
    assert {finding.kind for finding in quick(library).findings} == {
        FindingKind.SPEND_DAMAGED,
        FindingKind.TRASH_DAMAGED,
    }


def test_a_copy_that_a_synchroniser_left_is_merged(library: Library, picture: Picture) -> None:
    record = record_of(library, picture)
    held = json.loads(record.read_bytes())
    copy = record.with_name(record.name.replace(".png", ".png.sync-conflict-20261122-101010-ABCDEFG"))
    held["marks"]["rating"] = {"value": 5, "at": 99_999_999_999_999, "by": "other"}
    copy.write_text(json.dumps(held))
    (found,) = quick(library).findings
    assert (found.kind, found.is_healed, copy.exists()) == (FindingKind.COPY_LEFT, True, False)
    assert library.record(picture.id).marks.rating.value == 5


def test_what_a_cloud_keeps_is_never_read(library: Library, picture: Picture) -> None:
    with (
        mock.patch.object(LibraryFolder, "is_elsewhere", return_value=True),
        mock.patch("seedream_desktop.files.sha256_of", side_effect=AssertionError),
    ):
        library.synchronise()
        found = thorough(library, mock.Mock(side_effect=AssertionError))
        assert found.of(FindingKind.PICTURE_ELSEWHERE, is_healed=False) == (picture.id,)
        assert library.pictures(library.ids(Query()))[0].rating == 4
    library.synchronise()
    assert library.pictures(library.ids(Query()))[0] == picture


def test_it_can_be_stopped(bench: Bench, library: Library, picture: Picture) -> None:
    library.add(bench.new(2))
    stopped = library.check(None, lambda done, _: done < 1)
    assert (stopped.pictures, stopped.is_complete) == (1, False)


def test_only_what_is_nobodys_is_swept(
    bench: Bench, library: Library, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = library._folder.temporary.with_name("another machine") / "a.part"
    staged.parent.mkdir()
    staged.write_bytes(b"linked just now from a download of last month")
    ours, theirs = picture.path.with_name("moved 0001.png"), picture.path.with_name("theirs.png")
    ours.touch()
    theirs.touch()
    os.utime(staged, (1, 1))
    os.utime(ours, (files._NAME_HOLDER_S, files._NAME_HOLDER_S))
    assert not quick(library).findings
    monkeypatch.setattr(leftovers, "KEPT_S", -60.0)
    assert {one.name for one in quick(library).findings} == {
        ours.relative_to(bench.root).as_posix(),
        staged.relative_to(bench.root).as_posix(),
    }
    assert (ours.exists(), staged.exists(), theirs.exists()) == (False, False, True)


def test_what_was_damaged_before_is_kept_too(library: Library, picture: Picture) -> None:
    record = record_of(library, picture)
    for content in (b"first", b"second"):
        record.write_bytes(content)
        quick(library)
    kept = sorted(path.read_bytes() for path in record.parent.glob(f"{record.name}*.damaged*"))
    assert kept == [b"first", b"second"]


def test_a_picture_that_two_machines_moved_apart_is_named_and_stays(
    bench: Bench, library: Library, picture: Picture
) -> None:
    boards = [library.create_board(name) for name in ("Acme", "Posters")]
    content, record = picture.path.read_bytes(), record_of(library, picture).read_bytes()
    (moved,) = library.move([picture.id], boards[0].id)
    theirs = bench.root / "Posters" / picture.path.name
    theirs.write_bytes(content)
    (theirs.parent / ".seedream" / f"{theirs.name}.json").write_bytes(record)
    library.synchronise()
    found = quick(library).of(FindingKind.PICTURE_TWICE, is_healed=False)
    assert found == (moved.id, theirs.relative_to(bench.root).as_posix())
    assert library.counts().all == 2
    library.trash(found[1:])
    assert not quick(library).findings
