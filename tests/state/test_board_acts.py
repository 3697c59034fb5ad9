"""What is done to boards is one step each: taken back, done again, and true to board and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Size
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Board, Query
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.board_acts import BoardActs, BoardGone
from seedream_desktop.state.board_defaults import BoardDefaults
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.library.conftest import Bench


@dataclass(slots=True)
class Stage:
    """An open library with what is done to its boards."""

    qtbot: QtBot
    bench: Bench
    pictures: Pictures
    boards: BoardActs
    steps: UndoStack
    runner: TaskRunner
    gone: list[BoardGone] = field(default_factory=list)

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    @property
    def paths(self) -> list[str]:
        return [board.path for board in self.library.boards()]

    def after(self, act: Callable[[], object]) -> None:
        """Do it, and wait for what it leads to."""
        act()
        for _ in range(6):
            ended: list[None] = []
            self.runner.call(lambda: None, ended.append)
            self.qtbot.waitUntil(lambda ended=ended: bool(ended))  # type: ignore[misc]

    def with_pictures(self, name: str, count: int, parent: str = "") -> Board:
        board = self.library.create_board(name, parent)
        for number in range(count):
            self.library.add(self.bench.new(len(self.library.ids(Query())) + number, board.id))
        found = self.library.board(board.id)
        assert found is not None
        return found


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    runner, steps, activities = TaskRunner(1), UndoStack(), Activities()

    def opened(root: Path) -> Library:
        return open_library(root, tmp_path / f"{root.name}.sqlite3", "m" * 32, settle_s=0.0)

    pictures = Pictures(opened, runner, steps, activities)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    boards = BoardActs(pictures, activities, steps)
    stage = Stage(qtbot, Bench(tmp_path), pictures, boards, steps, runner)
    boards.gone.connect(stage.gone.append)
    yield stage
    assert runner.close(60_000)
    pictures.the_library().close()


def standing(stage: Stage) -> list[tuple[object, ...]]:
    """Every board and picture as a designer sees them."""
    boards = [(one.id, one.path, one.count, one.rank, one.is_client_safe) for one in stage.library.boards()]
    seen = stage.library.pictures(stage.library.ids(Query()))
    return [*boards, *sorted((one.id, one.board_id, one.sha256) for one in seen)]


ACTS: dict[str, Callable[[Stage, Board, Board], None]] = {
    "make_board": lambda stage, acme, _: stage.boards.create("Round 3", acme.id),
    "rename_board": lambda stage, acme, _: stage.boards.rename(acme.id, "Acme 2026"),
    "move_board": lambda stage, acme, zine: stage.boards.move(acme.id, zine.id),
    "order_boards": lambda stage, acme, zine: stage.boards.place(zine.id, "", acme.id),
    "set_up_board": lambda stage, acme, _: stage.boards.set_up(acme.id, {"client_safe": True, "rank": 2}),
    "trash_board": lambda stage, acme, _: stage.boards.trash(acme),
}


@pytest.mark.parametrize("kind", ACTS)
def test_what_is_done_to_a_board_is_taken_back_and_done_again(stage: Stage, kind: str) -> None:
    acme, zine = stage.with_pictures("Acme", 3), stage.with_pictures("Zine", 1)
    stage.with_pictures("Round 2", 2, acme.id)
    before = standing(stage)
    stage.after(lambda: ACTS[kind](stage, acme, zine))
    done = standing(stage)
    assert done != before
    step = stage.steps.next_undo
    assert step is not None
    assert step.kind == kind
    stage.after(stage.steps.undo)
    assert standing(stage) == before
    stage.after(stage.steps.redo)
    assert standing(stage) == done
    stage.after(stage.steps.undo)
    assert standing(stage) == before


def test_a_step_that_is_taken_back_while_under_way_is_taken_back(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 1)
    before = standing(stage)

    def there_and_back() -> None:
        stage.boards.rename(acme.id, "Other")
        stage.steps.undo()

    stage.after(there_and_back)
    assert standing(stage) == before
    stage.after(stage.steps.redo)
    assert stage.paths == ["Inbox", "Other"]


def test_a_trashed_board_says_what_went_with_it_and_whether_it_stays(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 3)
    (stage.library.root / "Acme" / "sketch.psd").write_bytes(b"x")
    stage.after(lambda: stage.boards.trash(acme))
    assert [(one.pictures, one.stays) for one in stage.gone] == [(3, True)]
    (stage.library.root / "Acme" / "sketch.psd").unlink()
    stage.after(lambda: stage.boards.trash(acme))
    assert stage.gone[-1].stays is False
    assert stage.library.counts().trash == 3


def test_what_comes_to_nothing_is_no_step(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 0)
    stage.after(lambda: stage.boards.rename(acme.id, "Acme"))
    stage.after(lambda: stage.boards.move(acme.id, acme.id))
    stage.after(lambda: stage.boards.set_up(acme.id, {"client_safe": None}))
    assert stage.steps.next_undo is None


def test_a_problem_is_told_and_leaves_no_step(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 0)
    stage.library.close()
    with stage.qtbot.waitSignal(stage.pictures.failed):
        stage.boards.rename(acme.id, "Other")
    assert stage.steps.next_undo is None


def test_pictures_are_ordered_by_hand_as_one_step(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 3)
    ids = stage.library.ids(Query(board_id=acme.id))
    stage.after(lambda: stage.pictures.acts.arrange((ids[2],), acme.id, ids[0]))
    names = [picture_id.rpartition("/")[2] for picture_id in (ids[2], ids[0], ids[1])]
    assert list(stage.library.board_settings(acme.id).order) == names
    stage.after(stage.steps.undo)
    assert stage.library.board_settings(acme.id).order == ()
    stage.after(stage.steps.redo)
    assert list(stage.library.board_settings(acme.id).order) == names


def test_a_tag_is_renamed_or_merged_on_every_picture_and_back(stage: Stage) -> None:
    stage.with_pictures("Acme", 3)
    ids = stage.library.ids(Query())
    stage.library.mark(ids[:2], add_tags=["heroe"])
    stage.library.mark(ids[1:], add_tags=["hero"])
    stage.after(lambda: stage.pictures.acts.rename_tag("heroe", " hero "))
    assert stage.library.tags_of(ids) == {"hero": 3}
    stage.after(stage.steps.undo)
    assert stage.library.tags_of(ids[:1]) == {"heroe": 1}
    assert stage.library.tags_of(ids[1:2]) == {"heroe": 1, "hero": 1}
    assert stage.library.tags_of(ids[2:]) == {"hero": 1}


def test_a_tag_is_renamed_in_the_trash_too(stage: Stage) -> None:
    stage.with_pictures("Acme", 2)
    ids = stage.library.ids(Query())
    stage.library.mark(ids, add_tags=["heroe"])
    (entry,) = stage.library.trash(ids[:1])
    stage.after(lambda: stage.pictures.acts.rename_tag("heroe", "hero"))
    assert stage.library.tags_of((entry.picture.id,)) == {"hero": 1}
    assert stage.library.trashed()[0].trashed_ms == entry.trashed_ms
    stage.after(stage.steps.undo)
    assert stage.library.tags_of((entry.picture.id,)) == {"heroe": 1}
    stage.after(stage.steps.redo)
    (back,) = stage.library.restore((entry.id,))
    assert stage.library.record(back.id).marks.tag_names == ("hero",)


def test_a_boards_defaults_become_part_of_the_draft_in_one_step(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 0)
    stage.library.set_up_board(acme.id, {"defaults": {"watermark": False, "output_format": "png"}})
    draft = Draft(load_catalog(resource_path("models.toml")), Recipe(prompt="a cat"))
    before = draft.recipe
    told: list[Recipe] = []
    defaults = BoardDefaults(draft, stage.pictures)
    defaults.applied.connect(told.append)
    stage.after(lambda: draft.set_board(acme.id))
    assert (draft.recipe.watermark, draft.recipe.prompt) == (False, "a cat")
    assert len(told) == 1
    draft.undo()
    assert draft.recipe == before
    stage.after(lambda: draft.set_board(stage.library.inbox.id))
    assert draft.recipe == before
    assert len(told) == 1


def test_reset_gives_what_the_board_wants_and_keeps_the_words_as_one_step(stage: Stage) -> None:
    acme = stage.with_pictures("Acme", 0)
    stage.library.set_up_board(acme.id, {"defaults": {"watermark": False}})
    draft = Draft(load_catalog(resource_path("models.toml")), Recipe(prompt="a {red|blue} cat", is_set=True))
    defaults = BoardDefaults(draft, stage.pictures)
    draft.set_size(Size(width_px=1600, height_px=2848))
    draft.set_board(acme.id)
    stage.qtbot.waitUntil(lambda: draft.recipe.watermark is False)
    draft.set_watermark(True)
    before = draft.recipe
    defaults.reset()
    stage.qtbot.waitUntil(lambda: draft.recipe.watermark is False)
    assert (draft.recipe.prompt, draft.recipe.is_set) == ("a {red|blue} cat", False)
    assert draft.recipe.size == draft.model.default_size
    draft.undo()
    assert draft.recipe == before
