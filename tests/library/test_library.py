"""Pictures come in, are found again, and are the same after a restart."""

import hashlib
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.job import now_ms
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from seedream_desktop.library.library import Library
from seedream_desktop.library.query import today_ms
from seedream_desktop.library.record import AnswerFacts
from seedream_desktop.library.values import Counts, Query
from seedream_desktop.state.tiles import shows_picture
from tests.library.conftest import MACHINE, Bench, files_below


def test_a_picture_is_the_providers_bytes_under_a_readable_name(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme rebrand")
    picture = library.add(bench.new(7, board.id))
    assert picture.id == "Acme rebrand/a cat 0001.png"
    assert picture.path.read_bytes() == bench.bytes_of(7)
    assert stat.S_IMODE(picture.path.stat().st_mode) == 0o444
    assert hashlib.sha256(picture.path.read_bytes()).hexdigest() == picture.sha256


def test_numbers_rise_through_the_library_and_after_a_restart(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    numbers = [library.add(bench.new(number, board.id if number else "")).number for number in range(3)]
    library.close()
    assert [*numbers, bench.open().add(bench.new(3)).number] == [1, 2, 3, 4]


def test_everything_is_there_after_a_restart(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.mark([picture.id], rating=5, title="Hero")
    library.synchronise()
    before = library.pictures(library.ids(Query()))
    library.close()
    again = bench.open()
    assert again.pictures(again.ids(Query())) == before
    assert not again.needs_rebuild


def test_the_record_says_what_made_the_picture(bench: Bench, library: Library) -> None:
    new = bench.new(1, answer=AnswerFacts(model="seedream", request_id="r-1"), price_usd=0.035)
    record = library.record(library.add(new).id)
    assert record.made == replace(new.made, number=1)


def test_the_same_picture_of_the_same_job_is_added_once(bench: Bench, library: Library) -> None:
    first = library.add(bench.new(1))
    again = library.add(bench.new(1))
    other = library.add(bench.new(1, set_index=1))
    assert again == first
    assert other.id != first.id
    assert library.counts().all == 2


def test_a_spool_file_that_is_cut_is_not_kept(bench: Bench, library: Library) -> None:
    new = bench.new(1)
    new.source.write_bytes(bench.bytes_of(1)[:-1])
    before = files_below(bench.root)
    with pytest.raises(ProblemError) as caught:
        library.add(new)
    assert caught.value.problem.kind is ProblemKind.PICTURE_DAMAGED
    assert files_below(bench.root) == before


def test_a_picture_whose_board_is_gone_goes_to_one_of_its_name(bench: Bench, library: Library) -> None:
    assert library.add(bench.new(1, "gone", "Acme")).id == "Acme/a cat 0001.png"
    assert library.add(bench.new(2, "gone too", "acme")).id == "Acme/a cat 0002.png"
    assert library.add(bench.new(3, "", "")).id == "Inbox/a cat 0003.png"


def test_a_name_that_another_file_has_is_not_taken(bench: Bench, library: Library) -> None:
    (bench.root / "Inbox" / "A CAT 0001.png").write_bytes(b"someone else's")
    picture = library.add(bench.new(1))
    assert picture.path.name == "a cat 0001 (2).png"
    assert (bench.root / "Inbox" / "A CAT 0001.png").read_bytes() == b"someone else's"


def test_a_record_whose_picture_is_away_is_not_overwritten(bench: Bench, library: Library) -> None:
    left = bench.root / "Inbox" / ".seedream" / "a cat 0001.png.json"
    left.write_bytes(b'{"its picture": "comes back"}')
    assert library.add(bench.new(1)).path.name == "a cat 0001 (2).png"
    assert left.read_bytes() == b'{"its picture": "comes back"}'


def test_threads_add_side_by_side(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    new = [bench.new(number, board.id) for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(library.add, new))
    assert sorted(picture.number for picture in pictures) == list(range(1, 25))
    assert len(library.ids(Query())) == len({picture.id for picture in pictures}) == 24


def test_reading_never_waits_for_a_writer(bench: Bench, library: Library) -> None:
    library.add(bench.new(1))
    with library._folder.writing(), ThreadPoolExecutor(1) as pool:
        found = pool.submit(lambda: (library.ids(Query()), library.boards(), library.counts())).result(5)
    assert len(found[0]) == 1


def test_pictures_come_in_the_order_asked_for_without_those_that_are_gone(
    bench: Bench, library: Library
) -> None:
    ids = [library.add(bench.new(number)).id for number in range(3)]
    asked = (ids[2], "gone/x.png", ids[0])
    assert [picture.id for picture in library.pictures(asked)] == [ids[2], ids[0]]
    assert library.pictures(()) == ()


def test_more_ids_than_a_statement_takes_are_fetched(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    assert library.pictures((*(f"gone/{n}.png" for n in range(2000)), picture.id)) == (picture,)


def test_lineage_is_found_both_ways(bench: Bench, library: Library) -> None:
    source = library.add(bench.new(1))
    reference = Reference(source.sha256, "image/png", 30, 20, 40)
    request = GenerationRequest("seedream-5-0-lite", "now at night", Size(preset="2K"), (reference,))
    edited = library.add(bench.new(2, made_from=(source.sha256,), request=request))
    assert library.led_to(source.sha256) == (edited,)
    assert library.made_with(source.sha256) == (edited,)
    assert library.by_sha256(edited.sha256) == (edited,)
    assert library.led_to(edited.sha256) == ()


def test_foreign_pictures_are_copied_in_without_a_request(bench: Bench, library: Library) -> None:
    source = bench.source(bench.bytes_of(5))
    picture = library.import_picture(source, bench.checked(bench.bytes_of(5)), library.inbox.id)
    assert picture.path.name == f"{source.stem} 0001.png"
    assert source.read_bytes() == picture.path.read_bytes()
    assert stat.S_IMODE(source.stat().st_mode) != 0o444
    assert (library.record(picture.id).made.request, picture.width_px, picture.prompt) == (None, 30, "")


def test_marks_change_only_what_they_name(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.mark([picture.id], rating=4, title="Hero", add_tags=["blue", "night"])
    (changed,) = library.mark([picture.id], rejected=True, note="too dark", remove_tags=["night"])
    marks = library.record(picture.id).marks
    assert (changed.rating, changed.rejected, changed.title) == (4, True, "Hero")
    assert (marks.note.value, marks.tag_names, marks.rating.by) == ("too dark", ("blue",), MACHINE)


def test_marking_a_picture_that_is_gone_is_no_error(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    picture.path.unlink()
    assert library.mark([picture.id, "gone/x.png"], rating=3) == ()


def test_a_record_that_cannot_be_read_is_kept_beside_the_new_one(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    record = library._folder.record_path(picture.id)
    record.write_bytes(b'{"half')
    (marked,) = library.mark([picture.id], rating=2)
    assert marked.rating == 2
    assert record.with_name(f"{record.name}.damaged").read_bytes() == b'{"half'


def test_counts_tell_all_today_rated_and_trash(bench: Bench, library: Library) -> None:
    at_ms = now_ms()
    ids = [library.add(bench.new(number, made_ms=at_ms if number == 1 else 5)).id for number in range(4)]
    library.mark(ids[:2], rating=1)
    library.trash(ids[3:])
    assert library.counts() == Counts(all=3, today=1, rated=2, trash=1, trash_bytes=33)


def test_today_ends_at_midnight_whatever_a_wrong_clock_said(bench: Bench, library: Library) -> None:
    day_ms = 86_400_000
    now = library.add(bench.new(1, made_ms=now_ms()))
    ahead = library.add(bench.new(2, made_ms=now_ms() + 3 * day_ms))
    today = Query(since_ms=today_ms()[0])
    assert library.ids(today) == (now.id,)
    assert library.counts().today == 1
    assert [shows_picture(today, picture) for picture in (now, ahead)] == [True, False]


def test_no_path_of_this_machine_is_in_the_library(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    ids = [library.add(bench.new(number, board.id)).id for number in range(3)]
    library.mark(ids, rating=2)
    library.trash(ids[:1])
    library.add_reference(bench.source(b"reference"), bench.checked(b"reference"), "mood.png")
    place = str(bench.folder).encode()
    assert [name for name, content in files_below(bench.root).items() if place in content] == []


def test_nothing_temporary_is_left(bench: Bench, library: Library) -> None:
    library.mark([library.add(bench.new(1)).id], rating=1)
    assert list((bench.root / ".seedream" / "tmp").rglob("*.part")) == []


def test_many_threads_may_use_one_library(bench: Bench, library: Library) -> None:
    ids = [library.add(bench.new(number)).id for number in range(6)]
    barrier = threading.Barrier(6)

    def use(number: int) -> None:
        barrier.wait()
        for step in range(5):
            library.mark([ids[number]], rating=step)
            library.pictures(library.ids(Query(text="cat")))
            library.synchronise()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(use, range(6)))
    assert {picture.rating for picture in library.pictures(ids)} == {4}


def test_while_the_library_is_away_it_is_that_which_is_missing(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.root.rename(library.root.with_name("elsewhere"))
    with pytest.raises(ProblemError) as refused:
        library.record(picture.id)
    library.root.with_name("elsewhere").rename(library.root)
    assert refused.value.problem.kind is ProblemKind.LIBRARY_AWAY


def test_a_picture_outside_the_library_has_no_record(library: Library) -> None:
    with pytest.raises(ProblemError):
        library.record(str(Path("Inbox") / "never.png"))
