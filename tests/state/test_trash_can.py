"""The trash is emptied into the system's, and what has been there for its days goes by itself."""

from __future__ import annotations

import errno
import itertools
import math
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import now_ms
from seedream_desktop.library.emptying import Emptying
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.trash import Trash
from seedream_desktop.library.values import Query
from seedream_desktop.state.activities import Activities, ActivityKind, Ongoing
from seedream_desktop.state.acts import entry_of
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.system_trash import to_system_trash
from seedream_desktop.state.trash_can import TrashCan
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.library.conftest import Bench, files_below

DAY_MS = 86_400_000


class Stopped(Activities):
    """Ones that somebody stops after so many steps."""

    after: float = math.inf

    def begin(self, kind: ActivityKind, *, can_be_cancelled: bool = True) -> Ongoing:
        ongoing = super().begin(kind, can_be_cancelled=can_be_cancelled)
        steps = itertools.count()

        def proceed(*_: int) -> bool:
            return next(steps) < self.after

        ongoing.proceed = proceed  # type: ignore[method-assign, assignment]
        return ongoing


@dataclass(slots=True)
class Stage:
    """An open library and its trash can, a system's trash that is a folder, a clock moved by hand."""

    qtbot: QtBot
    bench: Bench
    pictures: Pictures
    runner: TaskRunner
    system: Path
    has_system_trash: bool = True
    passed_ms: int = 0
    activities: Stopped = field(default_factory=Stopped)
    can: TrashCan = field(init=False)

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    def to_trash(self, path: Path) -> bool:
        if self.has_system_trash:
            shutil.move(path, self.system / path.name)
        return self.has_system_trash

    def trashed(self, count: int) -> tuple[str, ...]:
        """So many pictures with ratings, in the trash."""
        board = self.library.create_board("Acme")
        ids = [self.library.add(self.bench.new(number, board.id)).id for number in range(count)]
        self.library.mark(ids, rating=4)
        self.library.trash(ids)
        return self.library.ids(Query(trash=True))

    def settle(self) -> None:
        ended: list[None] = []
        for _ in range(4):
            self.runner.call(lambda: None, ended.append)
            self.qtbot.waitUntil(lambda: bool(ended))
            ended.clear()


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    runner = TaskRunner(1)

    def opened(root: Path) -> Library:
        return open_library(root, tmp_path / "index.sqlite3", "m" * 32)

    pictures = Pictures(opened, runner, UndoStack(), Activities())
    (tmp_path / "system").mkdir()
    stage = Stage(qtbot, Bench(tmp_path), pictures, runner, tmp_path / "system")
    stage.can = TrashCan(pictures, stage.activities, stage.to_trash, lambda: now_ms() + stage.passed_ms)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    stage.settle()
    yield stage
    assert runner.close(60_000)
    pictures.the_library().close()


def test_emptying_gives_the_system_one_folder_with_the_pictures_under_their_names(stage: Stage) -> None:
    stage.trashed(3)
    with stage.qtbot.waitSignal(stage.can.emptied) as emptied:
        stage.can.empty("3 pictures from Seedream Desktop")
    assert emptied.args == [3]
    names = [f"a cat {number:04d}.png" for number in (1, 2, 3)]
    (folder,) = stage.system.iterdir()
    assert sorted(path.name for path in folder.glob("*.png")) == names
    assert sorted(path.name for path in folder.glob(".seedream/*")) == [f"{name}.json" for name in names]
    assert stage.library.trashed() == ()
    assert list((stage.library.root / ".seedream" / "trash").iterdir()) == []


def test_the_folder_put_back_into_a_library_is_a_board_with_its_ratings(stage: Stage) -> None:
    stage.trashed(2)
    with stage.qtbot.waitSignal(stage.can.emptied):
        stage.can.empty("Back again")
    shutil.move(stage.system / "Back again", stage.library.root)
    stage.library.synchronise()
    back = stage.library.pictures(stage.library.ids(Query()))
    assert {(one.path.parent.name, one.rating) for one in back} == {("Back again", 4)}
    assert stage.library.record(back[0].id).made.request is not None


@pytest.mark.parametrize("has_system_trash", [True, False])
def test_once_it_is_emptied_no_name_of_a_removed_board_is_kept(stage: Stage, has_system_trash: bool) -> None:
    stage.has_system_trash = has_system_trash
    stage.trashed(2)
    stage.library.board_folders.remove(next(one.id for one in stage.library.boards() if one.name == "Acme"))
    kept = stage.library.root / ".seedream" / "boards"
    assert len(list(kept.iterdir())) == 1
    told = stage.can.emptied if has_system_trash else stage.can.not_taken
    with stage.qtbot.waitSignal(told) as entry_ids:
        stage.can.empty("2 pictures")
    if not has_system_trash:
        assert entry_ids.args is not None
        stage.can.delete(entry_ids.args[0])
    stage.qtbot.waitUntil(lambda: not list(kept.iterdir()))
    assert not [path for path in stage.library.root.rglob("*") if b"Acme" in path.name.encode()]


def test_a_board_of_which_the_trash_holds_something_is_still_known_when_others_go(stage: Stage) -> None:
    first, *_ = stage.trashed(2)
    stage.library.board_folders.remove(next(one.id for one in stage.library.boards() if one.name == "Acme"))
    with stage.qtbot.waitSignal(stage.can.emptied):
        stage.can.purge([first], "one")
    stage.settle()
    assert len(list((stage.library.root / ".seedream" / "boards").iterdir())) == 1


def test_only_what_is_selected_goes(stage: Stage) -> None:
    first, *others = stage.trashed(3)
    with stage.qtbot.waitSignal(stage.can.emptied):
        stage.can.purge((first,), "a cat")
    assert sorted(stage.library.ids(Query(trash=True))) == sorted(others)


def test_without_a_system_trash_nothing_is_deleted_before_it_is_asked(stage: Stage) -> None:
    stage.has_system_trash = False
    ids = stage.trashed(3)
    before = files_below(stage.library.root)
    with stage.qtbot.waitSignal(stage.can.not_taken) as not_taken:
        stage.can.empty("3 pictures")
    assert not_taken.args is not None
    assert (files_below(stage.library.root), stage.library.ids(Query(trash=True))) == (before, ids)
    stage.can.delete(not_taken.args[0])
    stage.settle()
    assert stage.library.trashed() == ()


@pytest.mark.parametrize("has_system_trash", [True, False])
def test_stopped_before_anything_was_gathered_it_leaves_all_and_asks_nothing(
    stage: Stage, has_system_trash: bool
) -> None:
    stage.has_system_trash = has_system_trash
    ids = stage.trashed(3)
    before = files_below(stage.library.root)
    stage.activities.after = 0
    with stage.qtbot.assertNotEmitted(stage.can.not_taken), stage.qtbot.assertNotEmitted(stage.can.emptied):
        stage.can.empty("3 pictures")
        stage.settle()
    assert (files_below(stage.library.root), stage.library.ids(Query(trash=True))) == (before, ids)
    assert list(stage.system.iterdir()) == []


def test_stopped_half_way_only_what_was_gathered_is_asked_about(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.state.trash_can.AT_ONCE", 2)
    stage.has_system_trash = False
    ids = stage.trashed(3)
    stage.activities.after = 1
    with stage.qtbot.waitSignal(stage.can.not_taken) as not_taken:
        stage.can.empty("3 pictures")
    assert not_taken.args == [tuple(entry_of(picture_id) for picture_id in ids[:2])]
    assert sorted(stage.library.ids(Query(trash=True))) == sorted(ids)


def test_what_was_gathered_is_back_in_the_trash_at_once_when_the_rest_cannot_be(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = stage.trashed(3)
    before = files_below(stage.library.root)
    gather_one, seen = Emptying._gather, []

    def gather_two(*arguments: Any) -> bool:
        seen.append(arguments)
        if len(seen) == 3:
            raise OSError(errno.EIO, "a bad disk")
        return gather_one(*arguments)

    monkeypatch.setattr(Emptying, "_gather", gather_two)
    with stage.qtbot.waitSignal(stage.pictures.failed):
        stage.can.empty("3 pictures")
    stage.settle()
    assert (files_below(stage.library.root), stage.library.ids(Query(trash=True))) == (before, ids)


def test_an_end_while_it_is_emptied_leaves_the_pictures_in_the_trash(stage: Stage) -> None:
    stage.trashed(3)
    entries = [entry.id for entry in stage.library.trashed()]
    gathered = stage.library.emptying.begin("3 pictures")
    stage.library.emptying.gather(gathered, entries[:2])
    told = stage.library.root / ".seedream" / "trash" / entries[2] / "entry.json"
    told.rename(gathered.parent / "a cat 0009.png.json")  # it came between the entry and its picture
    with stage.qtbot.waitSignal(stage.pictures.library_changed):
        stage.pictures.open(stage.library.root)
    stage.settle()
    assert sorted(entry.id for entry in stage.library.trashed()) == sorted(entries)
    restored = stage.library.restore(entries)
    assert [one.rating for one in restored] == [4, 4, 4]
    assert list((stage.library.root / ".seedream" / "trash").iterdir()) == []


@pytest.mark.parametrize(("days", "passed", "left"), [(30, 29, 3), (30, 31, 0), (7, 8, 0), (0, 4000, 3)])
def test_the_trash_keeps_pictures_for_its_days(stage: Stage, days: int, passed: int, left: int) -> None:
    stage.trashed(3)
    stage.passed_ms = passed * DAY_MS
    stage.can.keep_days = days
    stage.can.sweep()
    stage.settle()
    assert len(stage.library.trashed()) == left
    assert len([name for name in files_below(stage.library.root) if name.endswith(".png")]) == left


def test_only_what_is_old_enough_is_swept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stage.library.add(stage.bench.new(1)).id
    second = stage.library.add(stage.bench.new(2)).id
    monkeypatch.setattr("seedream_desktop.library.trash.now_ms", lambda: now_ms() - 31 * DAY_MS)
    stage.library.trash([first])
    monkeypatch.undo()
    monkeypatch.setattr(Trash, "_arrived_ms", lambda *_: 0.0)  # the time of arrival cannot be set
    stage.library.trash([second])
    stage.can.keep_days = 30
    stage.can.sweep()
    stage.settle()
    assert [entry.picture.path.name for entry in stage.library.trashed()] == ["a cat 0002.png"]


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname != "Linux", reason="where it goes differs")
def test_the_systems_own_trash_takes_a_folder_with_read_only_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "data"
    home.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    folder = tmp_path / "3 pictures"
    folder.mkdir()
    (folder / "a cat.png").write_bytes(b"a cat")
    (folder / "a cat.png").chmod(0o444)
    assert to_system_trash(folder)
    assert not folder.exists()
    assert (home / "Trash" / "files" / "3 pictures" / "a cat.png").read_bytes() == b"a cat"
    assert not to_system_trash(tmp_path / "nothing")
