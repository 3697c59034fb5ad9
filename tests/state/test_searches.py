"""Saved searches are listed and counted as they are, seldom, and what is done to them can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.lookup import Lookup
from seedream_desktop.library.values import Query
from seedream_desktop.state import searches as searches_module
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.picture_rows import stands_by_date, stands_in_stacks
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.searches import SavedSearches
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.library.conftest import Bench

CATS = Query(text="cat")


@dataclass(slots=True)
class Stage:
    """An open library, its saved searches, and how often they were counted."""

    qtbot: QtBot
    bench: Bench
    pictures: Pictures
    saved: SavedSearches
    steps: UndoStack
    counted: list[int]

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def is_now(self, state: str) -> bool:
        """Whether these are the searches: name and text of each."""
        return ", ".join(f"{one.name} {one.query.text}" for one in self.saved.searches) == state

    @property
    def shown(self) -> dict[str, int | None]:
        """How many pictures each finds, by its name."""
        return {search.name: self.saved.counts.get(search.id) for search in self.saved.searches}


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    bench = Bench(tmp_path)
    monkeypatch.setattr(searches_module, "READ_AFTER_MS", 20)
    counted: list[int] = []
    counts = Lookup.counts

    def noted(lookup: Lookup, queries: Sequence[Query]) -> tuple[int, ...]:
        counted.append(len(queries))
        return counts(lookup, queries)

    monkeypatch.setattr(Lookup, "counts", noted)
    runner, other = TaskRunner(1), TaskRunner(1)
    steps, activities = UndoStack(), Activities()

    def open_it(root: Path) -> Library:
        return open_library(root, bench.folder / f"{root.name}.sqlite3", "1" * 32, settle_s=0.0)

    pictures = Pictures(open_it, runner, steps, activities)
    saved = SavedSearches(pictures, activities, steps, other)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(bench.root)
    yield Stage(qtbot, bench, pictures, saved, steps, counted)
    assert other.close(60_000)
    assert runner.close(60_000)
    pictures.the_library().close()


def test_what_is_saved_is_listed_with_its_count(stage: Stage) -> None:
    stage.library.add(stage.bench.new(1, prompt="a cat"))
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: stage.shown == {"Cats": 1})
    stage.pictures.saved(stage.library.add(stage.bench.new(2, prompt="another cat")))
    stage.wait(lambda: stage.shown == {"Cats": 2})


def test_every_act_is_taken_back_and_done_again(stage: Stage) -> None:
    saved = stage.saved
    search_id = saved.save("Cats", CATS)
    stage.wait(lambda: list(stage.shown) == ["Cats"])
    saved.rename(search_id, "Kittens")
    stage.wait(lambda: list(stage.shown) == ["Kittens"])
    saved.change(search_id, Query(text="kitten"))
    stage.wait(lambda: saved.searches[0].query.text == "kitten")
    saved.remove(search_id)
    stage.wait(lambda: not saved.searches)
    for state in ("Kittens kitten", "Kittens cat", "Cats cat", ""):
        stage.steps.undo()
        stage.wait(partial(stage.is_now, state))
    for state in ("Cats cat", "Kittens cat", "Kittens kitten", ""):
        stage.steps.redo()
        stage.wait(partial(stage.is_now, state))


def test_ten_thousand_changes_are_counted_a_few_times(stage: Stage) -> None:
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: stage.shown == {"Cats": 0})
    before = len(stage.counted)
    pictures = [stage.library.add(stage.bench.new(number, prompt="a cat")) for number in range(5)]
    for number in range(10_000):
        stage.pictures.library_changed.emit(number)
    stage.library.mark([pictures[0].id], rating=3)
    stage.wait(lambda: stage.shown == {"Cats": 5})
    assert len(stage.counted) - before <= 3


def test_what_changes_no_picture_is_not_counted(stage: Stage) -> None:
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: stage.shown == {"Cats": 0} and not stage.saved._is_reading)
    before = len(stage.counted)
    for _ in range(3):
        stage.saved.read()
        stage.wait(lambda: not stage.saved._is_reading)
    assert len(stage.counted) == before


def test_nothing_is_counted_again_at_once_after_it_took_long(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: stage.shown == {"Cats": 0} and not stage.saved._is_reading)
    stage.wait(lambda: not stage.saved._reading.isActive() and not stage.saved._is_reading)
    monkeypatch.setattr(stage.saved, "_quiet_until_s", time.monotonic() + 5)
    stage.library.mark([stage.library.add(stage.bench.new(1)).id], rating=1)
    before = len(stage.counted)
    stage.saved.read()
    stage.wait(lambda: not stage.saved._is_reading)
    assert len(stage.counted) == before
    stage.pictures.library_changed.emit(None)
    assert 4_000 < stage.saved._reading.remainingTime() < 5_500


def test_what_changes_bit_by_bit_is_counted_later_unless_more_changes(stage: Stage) -> None:
    saved = stage.saved
    stage.wait(lambda: not saved._reading.isActive() and not saved._is_reading)
    saved.read_later()
    assert saved._reading.remainingTime() > 1_000
    stage.pictures.library_changed.emit(None)
    assert saved._reading.remainingTime() <= 50


def test_a_name_is_taken_whatever_its_letters(stage: Stage) -> None:
    search_id = stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    assert stage.saved.is_taken("cATS")
    assert not stage.saved.is_taken("cATS", search_id)
    assert not stage.saved.is_taken("Dogs")


def test_a_damaged_file_is_told_once_and_stays(stage: Stage) -> None:
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    damaged = stage.bench.root / ".seedream" / "searches" / "ab.json"
    damaged.write_bytes(b'{"id": ')
    told: list[tuple[str, ...]] = []
    stage.saved.damaged.connect(told.append)
    for _ in range(2):
        stage.saved.read()
        stage.wait(lambda: not stage.saved._is_reading)
    assert told == [("ab.json",)]
    assert damaged.exists()
    assert list(stage.shown) == ["Cats"]


def test_a_change_that_is_taken_back_keeps_the_name_that_was_given_since(stage: Stage) -> None:
    search_id = stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    stage.saved.change(search_id, Query(text="kitten"))
    stage.wait(partial(stage.is_now, "Cats kitten"))
    stage.library.searches.rename(search_id, "Felines")
    stage.steps.undo()
    stage.wait(partial(stage.is_now, "Felines cat"))


def test_what_could_not_be_taken_back_while_the_library_is_away_can_be_once_it_is_there(
    stage: Stage,
) -> None:
    search_id = stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    stage.saved.remove(search_id)
    stage.wait(lambda: not stage.saved.searches)
    away = stage.bench.folder / "away"
    stage.library.root.rename(away)
    for act in (stage.steps.undo, stage.steps.undo):
        with stage.qtbot.waitSignal(stage.pictures.failed):
            act()
    away.rename(stage.library.root)
    stage.steps.undo()
    stage.wait(partial(stage.is_now, "Cats cat"))
    stage.library.root.rename(away)
    with stage.qtbot.waitSignal(stage.pictures.failed):
        stage.steps.redo()
    away.rename(stage.library.root)
    stage.steps.redo()
    stage.wait(lambda: not stage.saved.searches)
    assert stage.steps.next_redo is None


def test_a_search_that_is_gone_elsewhere_is_no_step(stage: Stage) -> None:
    search_id = stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    stage.library.searches.remove(search_id)
    stage.saved.rename(search_id, "Dogs")
    stage.wait(lambda: not stage.saved.searches)
    stage.wait(lambda: stage.steps.next_undo is not None and stage.steps.next_undo.kind == "save_search")


def test_another_library_brings_its_own_searches(stage: Stage) -> None:
    stage.saved.save("Cats", CATS)
    stage.wait(lambda: bool(stage.saved.searches))
    library = stage.library
    stage.pictures.open(stage.bench.folder / "another")
    stage.wait(lambda: stage.pictures.library is not library and not stage.saved.searches)


def test_copies_stand_side_by_side_without_days_and_stacks() -> None:
    copies, others = Query(text="cat is:duplicate"), Query(text="cat -is:duplicate")
    assert not stands_by_date(copies)
    assert not stands_in_stacks(copies)
    assert stands_by_date(others)
    assert stands_in_stacks(others)
