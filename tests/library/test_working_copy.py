"""A working copy stands beside its original, may be saved over, and stays in one stack with it."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, ProblemError
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench, files_below


@pytest.fixture
def original(library: Library, bench: Bench) -> Picture:
    facts = bench.new(1, library.inbox.id, press_index=1, set_count=3, price_usd=0.035, billed=Billed.YES)
    return library.add(facts)


def stacks(library: Library) -> bytes:
    """Where the stacks begin, newest first."""
    return library.arranging.facts(library.ids(Query()), is_by_date=True, is_stacked=True).begins


def test_it_is_named_after_its_original_and_the_original_stays(library: Library, original: Picture) -> None:
    before = files_below(library.root)
    first, second = library.working_copy(original.id), library.working_copy(original.id)
    stem = original.path.stem
    assert [one.path.name for one in (first, second)] == [f"{stem} edit 1.png", f"{stem} edit 2.png"]
    assert library.working_copy(first.id).path.name == f"{stem} edit 3.png"
    assert before.items() <= files_below(library.root).items()


@pytest.mark.skipif(os.name != "posix", reason="permissions are read")
def test_other_programs_may_save_over_it_and_not_over_the_original(
    library: Library, original: Picture
) -> None:
    copy = library.working_copy(original.id)
    assert copy.path.stat().st_mode & stat.S_IWUSR
    assert not original.path.stat().st_mode & stat.S_IWUSR


def test_it_stands_in_the_stack_of_its_original_and_costs_nothing(
    library: Library, original: Picture, bench: Bench
) -> None:
    library.add(bench.new(2, library.inbox.id, press_id="another press", made_ms=5000))
    copy = library.working_copy(original.id)
    made = library.record(copy.id).made
    assert made.made_from == (original.sha256,)
    assert (made.price_usd, made.billed, made.job_id) == (None, Billed.NO, "")
    assert made.request == library.record(original.id).made.request
    assert stacks(library) == b"\x01\x01\x00"
    assert copy.id in {one.id for one in library.relations.of(original).press}


def test_a_picture_from_elsewhere_becomes_the_first_of_a_stack(library: Library, bench: Bench) -> None:
    content = bench.bytes_of(7)
    picture = library.import_picture(bench.source(content), bench.checked(content), library.inbox.id)
    library.mark([picture.id], rating=4)
    library.working_copy(picture.id)
    library.working_copy(picture.id)
    assert stacks(library) == b"\x01\x00\x00"
    assert library.record(picture.id).marks.rating.value == 4


def test_what_is_saved_over_it_is_taken_up_and_leads_back_to_the_original(
    library: Library, original: Picture, bench: Bench
) -> None:
    copy = library.working_copy(original.id)
    copy.path.write_bytes(bench.bytes_of(99))
    past_s = time.time() - 60
    os.utime(copy.path, (past_s, past_s))
    assert library.synchronise()
    made = library.record(copy.id).made
    assert (made.edited_from, made.made_from) == (original.sha256, (original.sha256,))
    assert made.press_id == library.record(original.id).made.press_id
    assert library.record(original.id).made.sha256 == original.sha256
    assert stacks(library) == b"\x01\x00"


def test_on_a_client_safe_board_its_name_tells_nothing(library: Library, original: Picture) -> None:
    library.set_up_board(library.inbox.id, {"client_safe": True})
    assert library.working_copy(original.id).path.name == "Inbox 0001 edit 1.png"


def test_a_picture_that_is_gone_has_no_copy_and_leaves_nothing(library: Library, original: Picture) -> None:
    original.path.unlink()
    before = files_below(library.root)
    with pytest.raises(ProblemError):
        library.working_copy(original.id)
    assert files_below(library.root) == before


def test_a_long_name_is_cut_for_it(library: Library, bench: Bench) -> None:
    picture = library.add(bench.new(3, library.inbox.id, prompt="狐" * 200))
    name = library.working_copy(picture.id).path.name
    assert len(name.encode()) <= 120
    assert Path(name).stem.endswith(" edit 1")
