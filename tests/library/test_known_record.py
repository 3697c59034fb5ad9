"""What a record said is not lost with its file as long as the index remembers it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from seedream_desktop.library.items import foreign_record
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench


def unlink(record: Path) -> None:
    record.unlink()


def damage(record: Path) -> None:
    record.write_bytes(b"\0" * 50)


def look(library: Library, _: Picture) -> None:
    library.synchronise()


def check(library: Library, _: Picture) -> None:
    library.check(None, lambda _done, _total: True)


def tag(library: Library, picture: Picture) -> None:
    library.mark([picture.id], add_tags=["seen"])


def move(library: Library, picture: Picture) -> None:
    library.move([picture.id], library.create_board("Acme").id)


def trash_and_restore(library: Library, picture: Picture) -> None:
    (entry,) = library.trash([picture.id])
    library.restore([entry.id])


@pytest.mark.parametrize("act", [look, check, tag, move, trash_and_restore])
@pytest.mark.parametrize("lose", [unlink, damage])
def test_prompt_and_rating_outlive_the_file(
    bench: Bench, library: Library, lose: Callable[[Path], None], act: Callable[[Library, Picture], None]
) -> None:
    picture = library.add(bench.new(1))
    library.mark([picture.id], rating=4)
    library.synchronise()
    lose(library._folder.record_path(picture.id))
    act(library, picture)
    library.synchronise()
    check(library, picture)
    (now,) = library.pictures(library.ids(Query()))
    made = library.record(now.id).made
    assert (now.rating, now.prompt, made.job_id, library.record(now.id).marks.rating.value) == (
        4,
        "a cat",
        "job-1",
        4,
    )


@pytest.mark.parametrize("act", [look, tag, check])
def test_a_record_that_was_made_up_over_the_real_one_is_filled_again(
    bench: Bench, library: Library, act: Callable[[Library, Picture], None]
) -> None:
    picture = library.add(bench.new(1))
    library.synchronise()
    record = library._folder.record_path(picture.id)
    made_up = foreign_record(picture.path, 5).marked({"rating": 4}, {}, 6, "another machine")
    record.write_bytes(made_up.content)
    act(library, picture)
    library.synchronise()
    held = library.record(picture.id)
    assert (held.made.job_id, held.marks.rating.value) == ("job-1", 4)
    assert [(one.prompt, one.rating) for one in library.pictures([picture.id])] == [("a cat", 4)]
    before = record.read_bytes()
    library.synchronise()
    assert record.read_bytes() == before
