"""What synchronisers leave is merged by what it says; what is half arrived is waited for."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.codec import encode
from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.board_file import merge_boards
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.folder import SETTLE_S, merge_libraries
from seedream_desktop.library.library import Library
from seedream_desktop.library.marks import Document, canonical
from seedream_desktop.library.spending import merge_spends
from seedream_desktop.library.trash import later_entry
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench

SUFFIXES = (
    ".sync-conflict-20261122-101500-ABCDEFG",  # Syncthing
    " (Anna's conflicted copy 2026-11-22)",  # Dropbox
    " (In Konflikt stehende Kopie von Anna 2026-11-22)",
    " (Anna 的冲突副本 2026-11-22)",
    "-LAPTOP",  # OneDrive
    "-LAPTOP-2",
    " (1)",  # Google Drive
    " 2",  # iCloud
    " (conflicted copy 2026-11-22 101500)",  # Nextcloud
    ".Conflict",  # Resilio
)
SPEND = Spend("job", 0, "board", "model", 2, 2, 0, 0.5, "2026-11-01", Billed.MAYBE)
times = st.integers(0, 5)
texts = st.sampled_from(("a", "b", "c"))
marks = st.fixed_dictionaries({"value": st.booleans() | texts, "at": times, "by": texts})
boards = st.fixed_dictionaries(
    {"format": st.just(1), "id": texts},
    optional={"also": st.lists(texts), "client_safe": marks, "order": marks | texts, "new": marks | times},
)
libraries = st.fixed_dictionaries(
    {"format": st.sampled_from((1, 2, 10)), "id": texts, "created": texts}, optional={"also": st.lists(texts)}
)
spends = st.builds(
    lambda billed, delivered, generated: encode(
        replace(SPEND, billed=billed, delivered=delivered, generated=generated)
    ),
    st.sampled_from(Billed),
    times,
    st.none() | times,
)
entries = st.fixed_dictionaries(
    {"format": st.just(1), "id": texts, "picture": texts, "board_id": texts, "trashed_ms": times}
)
KINDS = (
    (merge_boards, boards),
    (merge_libraries, libraries),
    (merge_spends, spends),
    (later_entry, entries),
)


@given(st.data())
@pytest.mark.parametrize(("merge", "documents"), KINDS, ids=["boards", "libraries", "spends", "entries"])
def test_who_merges_what_first_makes_no_difference(
    merge: object, documents: st.SearchStrategy[Document], data: st.DataObject
) -> None:
    assert callable(merge)
    first, second, third = (data.draw(documents) for _ in range(3))
    assert canonical(merge(first, second)) == canonical(merge(second, first))
    assert canonical(merge(merge(first, second), third)) == canonical(merge(first, merge(second, third)))
    both = merge(first, second)
    assert canonical(merge(both, first)) == canonical(merge(both, both)) == canonical(both)


def only(library: Library) -> Picture:
    (picture,) = library.pictures(library.ids(Query()))
    return picture


def copied(path: Path, suffix: str, content: bytes) -> Path:
    copy = path.with_name(f"{path.stem}{suffix}{path.suffix}")
    copy.write_bytes(content)
    return copy


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_copies_of_every_synchroniser_are_merged_and_removed(
    bench: Bench, library: Library, suffix: str
) -> None:
    board = library.create_board("Acme")
    picture = library.add(bench.new(1, board.id))
    library.record_spend(replace(SPEND, board_id=board.id))
    hidden = bench.root / "Acme" / ".seedream"
    record, board_file = library._folder.record_path(picture.id), hidden / "board.json"
    (spend,) = (bench.root / ".seedream" / "spend").glob("*/*.json")
    before = record.read_bytes(), board_file.read_bytes(), spend.read_bytes()
    library.mark([picture.id], rating=4)
    library.set_up_board(board.id, {"client_safe": True})
    library.record_spend(replace(SPEND, board_id=board.id, billed=Billed.YES))
    newer = [path.read_bytes() for path in (record, board_file, spend)]
    for path, old in zip((record, board_file, spend), before, strict=True):
        path.write_bytes(old)
    copies = [copied(path, suffix, new) for path, new in zip((record, board_file, spend), newer, strict=True)]
    library.synchronise()
    assert only(library).rating == 4
    assert library.board_settings(board.id).is_client_safe
    assert library.spent(board.id, "1970-01").billed_usd == 1.0
    assert not any(copy.exists() for copy in copies)
    assert not library.synchronise()


def test_a_merge_that_changes_nothing_writes_nothing(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    record = library._folder.record_path(picture.id)
    copy = copied(record, SUFFIXES[0], record.read_bytes())
    library.mark([picture.id], rating=4)
    written_ns = record.stat().st_mtime_ns
    library.synchronise()
    assert (copy.exists(), record.stat().st_mtime_ns) == (False, written_ns)


def test_the_record_of_another_picture_is_never_merged(bench: Bench, library: Library) -> None:
    ours, theirs = (library.add(bench.new(number)) for number in (1, 22))
    record = library._folder.record_path(theirs.id)
    stray = library._folder.record_path(ours.id).with_name("a cat 0001.png (1).json")
    record.rename(stray)
    theirs.path.unlink()
    library.synchronise()
    assert stray.exists()


def test_what_is_told_of_a_cost_wins_over_what_is_not_known(library: Library) -> None:
    maybe, no, yes = (
        encode(replace(SPEND, billed=billed)) for billed in (Billed.MAYBE, Billed.NO, Billed.YES)
    )
    assert merge_spends(maybe, no) is no
    assert merge_spends(yes, no) is yes


def test_a_cut_copy_of_a_cost_waits(bench: Bench, library: Library) -> None:
    library.record_spend(SPEND)
    (path,) = (bench.root / ".seedream" / "spend").glob("*/*.json")
    cut = copied(path, SUFFIXES[0], path.read_bytes()[:40])
    library.synchronise()
    assert cut.exists()


def test_two_machines_that_begin_one_library_agree_on_its_id(bench: Bench, library: Library) -> None:
    path = bench.root / ".seedream" / "library.json"
    copy = copied(path, SUFFIXES[0], json.dumps({**json.loads(path.read_text()), "id": "0"}).encode())
    library.synchronise()
    assert not copy.exists()
    assert library.is_called("0")
    for known in (library.id, "0"):
        assert bench.open(index=bench.folder / "i.sqlite3", expected_id=known).id == "0"


def test_a_board_answers_to_the_id_that_it_had(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    library.add(bench.new(1, board.id))
    library.record_spend(replace(SPEND, board_id=board.id, billed=Billed.YES))
    path = bench.root / "Acme" / ".seedream" / "board.json"
    copied(path, SUFFIXES[0], json.dumps({**json.loads(path.read_text()), "id": "0"}).encode())
    library.synchronise()
    assert library.spent("0", "1970-01").billed_usd == 1.0
    assert len(library.ids(Query(board_id=board.id))) == len(library.ids(Query(board_id="0"))) == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_a_picture_before_its_record_is_shown_and_no_record_is_made_up(bench: Bench, is_first: bool) -> None:
    whole = Bench(bench.folder / "elsewhere")
    whole.folder.mkdir()
    other = whole.open()
    (rated,) = other.mark([other.add(whole.new(1)).id], rating=4)
    library = bench.open(settle_s=SETTLE_S)
    record = library._folder.record_path(rated.id)
    sources = (rated.path, bench.root / rated.id), (other._folder.record_path(rated.id), record)
    other.close()
    for source, target in sources if is_first else reversed(sources):
        shutil.copy2(source, target)
        library.synchronise()
        assert not record.exists() or record.read_bytes() == sources[1][0].read_bytes()
    assert (only(library).rating, library.is_unsettled) == (4, False)


def test_a_picture_without_a_record_is_worth_another_look_and_can_be_rated(bench: Bench) -> None:
    library = bench.open(settle_s=SETTLE_S)
    (library.root / "Inbox" / "photo.png").write_bytes(bench.bytes_of(7))
    assert library.synchronise()
    assert library.is_unsettled
    assert not library.synchronise()  # nothing new to say
    (rated,) = library.mark([only(library).id], rating=3)
    assert library.record(rated.id).marks.rating.value == 3


def test_a_record_that_was_made_up_gives_way_to_the_real_one(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    record = library._folder.record_path(picture.id)
    real = record.read_bytes()
    record.unlink()
    library.synchronise()
    library.mark([picture.id], rating=5)
    copied(record, SUFFIXES[0], real)
    library.synchronise()
    assert (only(library).rating, only(library).prompt) == (5, "a cat")


@pytest.mark.parametrize("content", [None, b'{"format": 1, "i'])
def test_a_board_whose_file_is_on_its_way_gets_no_other(bench: Bench, content: bytes | None) -> None:
    library = bench.open(settle_s=SETTLE_S)
    path = bench.root / "Acme" / ".seedream" / "board.json"
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    library.synchronise()
    assert [board.path for board in library.boards()] == ["Inbox", "Acme"]
    assert (path.read_bytes() if path.exists() else None) == content
    path.write_text('{"format": 1, "id": "real"}')
    library.synchronise()
    assert library.boards()[1].id == "real"


def test_a_board_that_is_renamed_file_by_file_keeps_its_id(bench: Bench) -> None:
    library = bench.open(settle_s=SETTLE_S)
    board = library.create_board("acme")
    shutil.copytree(bench.root / "acme", bench.root / "Acme 2026")
    before = (bench.root / "Acme 2026" / ".seedream" / "board.json").read_bytes()
    library.synchronise()
    assert (bench.root / "Acme 2026" / ".seedream" / "board.json").read_bytes() == before
    shutil.rmtree(bench.root / "acme")
    library.synchronise()
    found = library.board(board.id)
    assert found is not None
    assert found.path == "Acme 2026"


@pytest.mark.parametrize("name", ["@eaDir", "#recycle", ".stversions", ".dropbox.cache", "$RECYCLE.BIN"])
def test_a_systems_own_folder_is_no_board(bench: Bench, library: Library, name: str) -> None:
    (bench.root / name).mkdir()
    (bench.root / name / "small.png").write_bytes(bench.bytes_of(1))
    assert not library.synchronise()


@pytest.mark.parametrize(
    "name",
    [
        *(".syncthing.a.png.tmp", "~syncthing~a.png.tmp", ".a.png.icloud", ".~lock.a.png#", "a.png.!sync"),
        *(".sb-1234-a.png", ".nextcloudsync.log", ".sync_abc.db", "._a.png"),
    ],
)
def test_what_a_synchroniser_is_writing_is_no_picture(bench: Bench, library: Library, name: str) -> None:
    (library.root / "Inbox" / name).write_bytes(bench.bytes_of(1))
    (library.root / "Inbox" / ".seedream" / f"{name}.json").write_bytes(b"{")
    assert not library.synchronise()
    assert (library.root / "Inbox" / name).exists()


def test_a_record_that_is_ahead_of_its_picture_is_no_edit(bench: Bench) -> None:
    library = bench.open(settle_s=SETTLE_S)
    picture = library.add(bench.new(1))
    library.synchronise()
    record = library._folder.record_path(picture.id)
    document = json.loads(record.read_text())
    document["made"] |= {"sha256": "f" * 64, "size_bytes": 5, "edited_from": picture.sha256}
    record.write_text(json.dumps(document))
    before = record.read_bytes()
    library.synchronise()
    assert (record.read_bytes(), only(library).sha256) == (before, picture.sha256)


def test_two_machines_that_trash_one_picture_trash_it_once(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    other = Bench(bench.folder / "other")
    shutil.copytree(bench.root, other.root)
    theirs = other.open("machine-2")
    theirs.synchronise()
    (entry,), (their_entry,) = library.trash([picture.id]), theirs.trash([picture.id])
    theirs.close()
    assert entry.id == their_entry.id
    place = bench.root / ".seedream" / "trash" / entry.id
    their_place = other.root / ".seedream" / "trash" / entry.id
    copied(place / "entry.json", SUFFIXES[0], (their_place / "entry.json").read_bytes())
    copied(
        place / f"{picture.path.name}.json", SUFFIXES[0], next(their_place.glob("*.png.json")).read_bytes()
    )
    library.synchronise()
    assert len([*place.iterdir()]) == 3
    assert len(library.trashed()) == 1


def test_what_was_rated_while_it_was_trashed_is_rated_in_the_trash(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.synchronise()
    record = library._folder.record_path(picture.id)
    (rated,) = library.mark([picture.id], rating=4)
    newer = record.read_bytes()
    library.mark([rated.id], rating=0)
    place = bench.root / ".seedream" / "trash" / "entry"
    place.mkdir()
    picture.path.replace(place / picture.path.name)
    older = json.loads(newer)
    older["marks"] = {}
    (place / f"{picture.path.name}.json").write_text(json.dumps(older))
    entry = {"format": 1, "id": "entry", "picture": picture.id, "board_id": "", "trashed_ms": 1}
    (place / "entry.json").write_text(json.dumps(entry))
    record.write_bytes(newer)
    for _ in range(2):
        library.synchronise()
    (trashed,) = library.trashed()
    assert (library.restore([trashed.id])[0].rating, library.counts().trash) == (4, 0)


def test_a_clock_that_is_ahead_wins_only_until_it_was_seen(bench: Bench, library: Library) -> None:
    day_ms = 86_400_000
    picture = library.add(bench.new(1))
    record = library._folder.record_path(picture.id)
    library.mark([picture.id], rating=1)
    document = json.loads(record.read_text())
    document["marks"]["rating"] |= {"value": 5, "at": document["marks"]["rating"]["at"] + day_ms}
    record.write_text(json.dumps(document))
    library.synchronise()
    library.mark([picture.id], rating=2)
    copied(record, SUFFIXES[0], json.dumps(document).encode())
    library.synchronise()
    assert only(library).rating == 2


@pytest.mark.parametrize("at", [2**62, 10**15, -1, True, 1.5, "now"])
def test_a_moment_that_no_clock_shows_loses(bench: Bench, library: Library, at: object) -> None:
    picture = library.add(bench.new(1))
    record = library._folder.record_path(picture.id)
    library.mark([picture.id], rating=2)
    document = json.loads(record.read_text())
    document["marks"]["rating"] |= {"value": 5, "at": at}
    copied(record, SUFFIXES[0], json.dumps(document).encode())
    library.synchronise()
    assert only(library).rating == 2


def test_searches_presets_and_references_are_left_as_they_are(bench: Bench, library: Library) -> None:
    hidden = bench.root / ".seedream"
    kept = [copied(hidden / place / "a.json", SUFFIXES[0], b'{"a": 1}') for place in ("searches", "presets")]
    reference = library.add_reference(bench.source(b"same"), bench.checked(b"same"), "one")
    assert (
        library.add_reference(bench.source(b"same"), bench.checked(b"same"), "two").sha256 == reference.sha256
    )
    library.synchronise()
    assert all(path.exists() for path in kept)
    assert len([path for path in (hidden / "references").rglob("*") if path.is_file()]) == 1


def test_what_a_request_cost_is_read_anew_where_a_copy_lies_though_its_time_is_the_same(
    bench: Bench, library: Library
) -> None:
    """Two machines settled it in the same tick of a clock; the other one's file took the place of ours."""
    library.record_spend(replace(SPEND, billed=Billed.NO))
    (ours,) = (bench.root / ".seedream" / "spend").glob("*/*.json")
    stat = ours.stat()
    shutil.copy2(ours, ours.with_name(f"{ours.stem}{SUFFIXES[0]}.json"))
    ours.write_text(ours.read_text().replace('"no"', '"yes"'))
    os.utime(ours, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert '"yes"' in ours.read_text()
    library.synchronise()
    assert library.spent(None, "1970-01").billed_usd == 1.0
    assert [path.name for path in ours.parent.iterdir()] == [ours.name]
