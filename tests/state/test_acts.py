"""Every act on pictures is one step: taken back, done again, stopped half-way, and true to each picture."""

from __future__ import annotations

import dataclasses
import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.state import acts as acts_module
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.acts import Acts, Done, entry_of
from seedream_desktop.state.pictures import LibraryChange, Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.library.conftest import Bench, files_below
from tests.library.faults import failing_at


@dataclass(slots=True)
class Stage:
    """An open library with its acts, and what they said."""

    qtbot: QtBot
    bench: Bench
    pictures: Pictures
    activities: Activities
    steps: UndoStack
    runner: TaskRunner
    said: list[Done] = field(default_factory=list)

    @property
    def acts(self) -> Acts:
        return self.pictures.acts

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    def add(self, count: int, first: int = 0, board: str = "") -> tuple[str, ...]:
        return tuple(self.library.add(self.bench.new(first + number, board)).id for number in range(count))

    def after(self, act: Callable[[], object]) -> Done:
        """What is said once ``act`` is done."""
        count = len(self.said)
        act()
        self.qtbot.waitUntil(lambda: len(self.said) > count)
        self.settle()
        return self.said[-1]

    def settle(self) -> None:
        """Wait for what was asked of the runner before."""
        ended: list[None] = []
        for _ in range(3):
            self.runner.call(lambda: None, ended.append)
            self.qtbot.waitUntil(lambda: bool(ended))
            ended.clear()

    def all(self) -> tuple[Picture, ...]:
        return self.library.pictures(self.library.ids(Query()))

    def tags(self, picture: Picture) -> tuple[str, ...]:
        return self.library.record(picture.id).marks.tag_names


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(acts_module, "AT_ONCE", 3)
    runner, steps, activities = TaskRunner(1), UndoStack(), Activities()

    def opened(root: Path) -> Library:
        return open_library(root, tmp_path / f"{root.name}.sqlite3", "m" * 32)

    pictures = Pictures(opened, runner, steps, activities)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    stage = Stage(qtbot, Bench(tmp_path), pictures, activities, steps, runner)
    pictures.acts.done.connect(stage.said.append)
    yield stage
    assert runner.close(60_000)
    pictures.the_library().close()


def visible(root: Path) -> dict[str, bytes]:
    """The pictures and records on boards; marks are given anew by an undo, so records are read elsewhere."""
    return {name: held for name, held in files_below(root).items() if name.endswith(".png")}


ACTS: dict[str, Callable[[Stage, tuple[str, ...]], None]] = {
    "rate": lambda stage, ids: stage.acts.rate(ids, 5),
    "tag": lambda stage, ids: stage.acts.tag(ids, add=("red", "hero"), remove=("old",)),
    "rename": lambda stage, ids: stage.acts.rename(ids, "Hero shot"),
    "move": lambda stage, ids: stage.acts.move(ids, stage.library.boards()[1].id),
    "trash": lambda stage, ids: stage.acts.trash(ids),
}


def standing(stage: Stage) -> list[tuple[object, ...]]:
    """What a designer can see of every picture, in the library and on disk."""
    seen = [
        (one.id, one.sha256, one.rating, one.title, stage.tags(one), one.board_id, one.path.read_bytes())
        for one in stage.all()
    ]
    return sorted(seen)


@pytest.mark.parametrize("kind", ACTS)
def test_each_act_is_one_step_taken_back_and_done_again(stage: Stage, kind: str) -> None:
    board = stage.library.create_board("Acme")
    ids = stage.add(7)
    stage.library.mark(ids[:2], rating=3, title="Before", add_tags=["old", "red"])
    ids = stage.library.ids(Query())
    assert board.id == stage.library.boards()[1].id
    before = standing(stage)
    said = stage.after(lambda: ACTS[kind](stage, ids))
    assert (said.kind, said.count, said.wanted) == (kind, 7, 7)
    done = standing(stage)
    assert done != before
    step = stage.steps.next_undo
    assert step is not None
    assert (step.kind, step.count) == (kind, 7)
    for _ in range(2):
        stage.after(stage.steps.undo)
        assert standing(stage) == before
        stage.after(stage.steps.redo)
        assert standing(stage) == done
    assert not stage.library.synchronise()


def test_a_picture_put_back_by_hand_can_be_trashed_again_by_undo(stage: Stage) -> None:
    (picture_id,) = stage.add(1)
    stage.after(lambda: stage.acts.trash((picture_id,)))
    (trashed,) = stage.library.ids(Query(trash=True))
    assert entry_of(trashed) == stage.library.trashed()[0].id
    stage.after(lambda: stage.acts.restore((trashed,)))
    assert stage.library.ids(Query()) == (picture_id,)
    stage.after(stage.steps.undo)
    assert stage.library.ids(Query()) == ()


def test_mixed_ratings_come_back_each_as_it_was(stage: Stage) -> None:
    ids = stage.add(5)
    for rating, picture_id in enumerate(ids):
        stage.library.mark([picture_id], rating=rating)
    stage.after(lambda: stage.acts.rate(ids, 5))
    stage.after(stage.steps.undo)
    assert [one.rating for one in stage.library.pictures(ids)] == [0, 1, 2, 3, 4]


def test_a_move_is_undone_under_the_names_from_before(stage: Stage) -> None:
    acme, posters = stage.library.create_board("Acme"), stage.library.create_board("Posters")
    ids = (*stage.add(1, 1, acme.id), *stage.add(1, 2, posters.id))
    other = stage.library.root / "Posters" / "a cat 0001.png"
    (stage.library.root / ids[1]).rename(other)
    stage.library.synchronise()
    ids = tuple(sorted(stage.library.ids(Query())))
    stage.after(lambda: stage.acts.move(ids, stage.library.inbox.id))
    assert sorted(stage.library.ids(Query())) == ["Inbox/a cat 0001 (2).png", "Inbox/a cat 0001.png"]
    stage.after(stage.steps.undo)
    assert tuple(sorted(stage.library.ids(Query()))) == ids


def test_what_was_moved_meanwhile_is_found_and_what_is_gone_is_counted(stage: Stage) -> None:
    acme = stage.library.create_board("Acme")
    ids = stage.add(4)
    stage.after(lambda: stage.acts.rate(ids, 4))
    (moved,) = stage.library.move(ids[:1], acme.id)
    (stage.library.root / ids[1]).unlink()
    said = stage.after(stage.steps.undo)
    assert stage.library.pictures([moved.id])[0].rating == 0
    assert (said.count, said.wanted) == (3, 4)


def test_an_undone_trashing_makes_the_renamed_board_its_home(stage: Stage) -> None:
    acme = stage.library.create_board("Acme")
    ids = stage.add(2, 0, acme.id)
    stage.after(lambda: stage.acts.trash(ids))
    (stage.library.root / "Acme").rename(stage.library.root / "Acme Ltd")
    stage.library.synchronise()
    stage.after(stage.steps.undo)
    assert {one.path.parent.name for one in stage.all()} == {"Acme Ltd"}


def test_a_later_rating_of_another_machine_is_taken_back_to_what_it_was_here(stage: Stage) -> None:
    (picture_id,) = stage.add(1)
    stage.after(lambda: stage.acts.rate((picture_id,), 4))
    at_once = stage.library.record(picture_id).marks.rating
    stage.after(stage.steps.undo)
    again = stage.library.record(picture_id).marks.rating
    assert (again.value, again.at >= at_once.at, again.by) == (0, True, "m" * 32)


def test_what_is_done_before_a_stop_is_the_step(stage: Stage) -> None:
    ids = stage.add(20)
    stop_after(stage, 2)
    said = stage.after(lambda: stage.acts.trash(ids))
    assert said.is_stopped
    assert 0 < said.count < 20
    assert len(stage.library.trashed()) == said.count
    step = stage.steps.next_undo
    assert step is not None
    assert step.count == said.count
    stage.after(stage.steps.undo)
    assert sorted(stage.library.ids(Query())) == sorted(ids)
    stage.after(stage.steps.redo)
    assert len(stage.library.trashed()) == said.count


def stop_after(stage: Stage, pieces: int) -> None:
    """Cancel the newest activity once so many pieces were told."""
    told: list[LibraryChange] = []

    def on_change(change: LibraryChange) -> None:
        told.append(change)
        if len(told) == pieces:
            stage.activities.cancel(max(stage.activities._activities))

    stage.pictures.library_changed.connect(on_change)


def test_undo_while_it_is_under_way_stops_it_and_takes_back_what_it_did(stage: Stage) -> None:
    ids = stage.add(20)
    stage.acts.trash(ids)
    with stage.qtbot.waitSignal(stage.pictures.library_changed):
        pass
    stage.after(stage.steps.undo)
    assert sorted(stage.library.ids(Query())) == sorted(ids)
    assert stage.library.trashed() == ()
    stage.after(stage.steps.redo)
    assert len(stage.library.trashed()) == 20


def test_another_act_comes_in_between(stage: Stage) -> None:
    ids = stage.add(30)
    stage.acts.trash(ids[:29])
    stage.acts.rate(ids[29:], 5)
    stage.qtbot.waitUntil(lambda: bool(stage.said))
    assert stage.said[0].kind == "rate"
    assert len(stage.library.trashed()) < 29
    stage.qtbot.waitUntil(lambda: len(stage.said) == 2)


def test_another_library_ends_it_and_forgets_the_steps(stage: Stage, tmp_path: Path) -> None:
    before = stage.library
    stage.acts.trash(stage.add(30))
    stage.pictures.open(tmp_path / "other")
    stage.qtbot.waitUntil(lambda: stage.pictures.library is not before)
    stage.settle()
    assert stage.steps.next_undo is None
    assert stage.said == []
    assert stage.activities._activities == {}


def test_an_act_on_nothing_that_is_there_is_no_step(stage: Stage) -> None:
    (picture_id,) = stage.add(1)
    board = stage.library.pictures([picture_id])[0].board_id
    assert stage.after(lambda: stage.acts.move((picture_id,), board)).count == 0
    assert stage.steps.next_undo is None


@pytest.mark.parametrize("kind", ACTS)
def test_a_disk_that_fails_in_the_middle_leaves_a_step_that_can_be_taken_back(
    stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts_module, "AT_ONCE", 100)
    stage.library.create_board("Acme")
    ids = stage.add(6)
    stage.library.mark(ids, rating=2)
    before = standing(stage)
    problems: list[object] = []
    stage.pictures.failed.connect(problems.append)
    for number in (9, 20, 40):
        with failing_at(number, errno.ENOSPC) as faults:
            stage.after(lambda: ACTS[kind](stage, ids))
        assert bool(problems) == faults.is_past
        problems.clear()
        if stage.steps.next_undo is not None:
            stage.after(stage.steps.undo)
        assert standing(stage) == before


def test_a_rename_names_title_and_file_and_keeps_the_number(stage: Stage) -> None:
    ids = stage.add(2)
    numbers = [one.number for one in stage.library.pictures(ids)]
    stage.after(lambda: stage.acts.rename(ids, "  Hero:  shot / <final>. "))
    renamed = sorted(stage.all(), key=lambda one: one.number)
    assert [one.path.name for one in renamed] == [f"Hero shot final {number:04d}.png" for number in numbers]
    assert {one.title for one in renamed} == {"Hero: shot / <final>."}
    stage.after(lambda: stage.acts.rename(tuple(one.id for one in renamed), ""))
    assert sorted(one.id for one in stage.all()) == sorted(ids)


def test_a_picture_that_is_not_read_is_not_forgotten_when_it_moves(stage: Stage) -> None:
    """A record that the disk does not give is not taken for one that is not there."""
    (picture_id,) = stage.add(1)
    stage.library.mark([picture_id], rating=4)
    stage.after(lambda: stage.acts.trash((picture_id,)))
    (entry,) = stage.library.trashed()
    record = next(entry.picture.path.parent.glob("*.png.json"))
    kept = record.with_suffix(".kept")
    shutil.move(record, kept)
    record.mkdir()  # cannot be read, and is there
    said = stage.after(stage.steps.undo)
    assert (said.count, len(stage.library.trashed())) == (0, 1)
    record.rmdir()
    shutil.move(kept, record)
    stage.steps.redo()
    stage.settle()
    stage.after(stage.steps.undo)
    assert dataclasses.asdict(stage.all()[0])["rating"] == 4
