"""A reference is marked up on a copy: undoable, the original untouched, its number kept, nothing lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.imaging.markup import Crop, Mark, Markup
from seedream_desktop.tasks import TaskRunner
from tests.markup_stage import ARROW, BOX, SIZE, MarkupStage


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[MarkupStage]:
    runner = TaskRunner(1)
    stage = MarkupStage(tmp_path, runner, qtbot)
    yield stage
    assert runner.close(60_000)
    stage.library.close()


def markup_of(*marks: Mark) -> Markup:
    return Markup(*SIZE, None, marks)


def test_the_marked_copy_takes_the_place_and_the_number(stage: MarkupStage) -> None:
    first, second = stage.references
    stage.open(1)
    stage.draw(BOX)
    used = stage.use()
    assert (used.index, used.markup.marks) == (1, (BOX,))
    assert stage.references[0] == first
    copy = stage.references[1]
    assert copy != second
    assert (copy.name, copy.width_px, copy.height_px) == (second.name, *SIZE)
    assert stage.library.reference_path(copy).is_file()


def test_it_is_one_step_of_the_draft(stage: MarkupStage) -> None:
    before = stage.draft.recipe
    stage.open(0)
    stage.draw(BOX)
    stage.draw(ARROW)
    stage.use()
    stage.draft.undo()
    assert stage.draft.recipe == before
    stage.draft.redo()
    assert stage.references[0] != (before.references or ())[0]


def test_the_original_stays_as_it_was(stage: MarkupStage) -> None:
    original = stage.references[0]
    path = stage.library.reference_path(original)
    before = path.read_bytes()
    stage.open(0)
    stage.draw(BOX, crop=Crop(0, 0, 60, 60))
    stage.use()
    assert path.read_bytes() == before
    assert hashlib.sha256(before).hexdigest() == original.sha256


def test_a_marked_copy_is_gone_on_with_from_its_original(stage: MarkupStage) -> None:
    original = stage.references[0]
    stage.open(0)
    stage.draw(BOX, crop=Crop(0, 0, 60, 60))
    drawn = stage.marking.markup
    stage.use()
    marking = stage.open(0)
    assert (marking.base, marking.markup, marking.is_original) == (original, drawn, True)
    assert not marking.is_new
    stage.draw(ARROW)
    assert stage.use().markup.marks == (BOX, ARROW)


def test_a_marked_copy_can_be_drawn_on_as_it_is(stage: MarkupStage) -> None:
    stage.open(0)
    stage.draw(BOX, crop=Crop(0, 0, 60, 60))
    stage.use()
    copy = stage.references[0]
    marking = stage.open(0)
    marking.draw_on_copy()
    assert (marking.base, marking.markup) == (copy, Markup(60, 60))
    marking.draw_on_original()
    assert marking.markup.marks == (BOX,)


def test_without_any_stroke_left_the_original_comes_back(stage: MarkupStage) -> None:
    original = stage.references[0]
    stage.open(0)
    stage.draw(BOX)
    stage.use()
    stage.open(0).reset()
    stage.use()
    assert stage.references[0] == original


def test_an_original_that_is_gone_leaves_the_copy_to_be_drawn_on(stage: MarkupStage) -> None:
    path = stage.library.reference_path(stage.references[0])
    stage.open(0)
    stage.draw(BOX)
    stage.use()
    path.unlink()
    marking = stage.open(0)
    assert (marking.base, marking.has_original) == (stage.references[0], False)


def test_what_was_not_used_is_there_again_with_its_steps(stage: MarkupStage) -> None:
    stage.open(0)
    stage.draw(BOX)
    stage.draw(ARROW)
    stage.marking.leave()
    stage.open(1)
    assert stage.marking.markup.is_empty
    marking = stage.open(0)
    assert marking.markup == markup_of(BOX, ARROW)
    marking.undo()
    assert marking.markup.marks == (BOX,)


def test_every_change_is_a_step_and_those_of_one_name_are_one(stage: MarkupStage) -> None:
    marking = stage.open(0)
    stage.draw(BOX)
    for by in range(1, 4):
        shifted = replace(BOX, points=((20.0 + by, 10.0), (60.0 + by, 40.0)))
        marking.change(marking.markup.with_mark_at(0, shifted), "move")
    marking.undo()
    assert marking.markup.marks == (BOX,)
    marking.undo()
    assert marking.markup.is_empty
    assert not marking.can_undo
    marking.redo()
    marking.redo()
    assert marking.markup.marks[0].points[0] == (23.0, 10.0)
    assert not marking.can_redo


def test_a_reference_that_is_moved_meanwhile_keeps_its_copy(stage: MarkupStage) -> None:
    other = stage.references[1]
    marking = stage.open(0)
    stage.draw(BOX)
    stage.draft.move_reference(0, 1)
    assert marking.index == 1
    assert stage.use().index == 1
    assert stage.references[0] == other


def test_a_copy_of_a_reference_that_was_taken_out_comes_last(stage: MarkupStage) -> None:
    other = stage.references[1]
    marking = stage.open(0)
    stage.draw(BOX)
    stage.draft.remove_reference(0)
    assert marking.index == -1
    assert stage.use().index == 1
    assert stage.references[0] == other


def test_a_picture_that_changed_meanwhile_is_said_to_be_gone_by_its_name(stage: MarkupStage) -> None:
    before = stage.references
    path = stage.library.reference_path(before[0])
    marking = stage.open(0)
    stage.draw(BOX)
    path.chmod(0o644)
    path.write_bytes(stage.library.reference_path(before[1]).read_bytes())
    with stage.qtbot.waitSignal(marking.failed) as told:
        marking.use()
    assert told.args is not None
    assert (told.args[0].kind, told.args[0].subject) == (ProblemKind.REFERENCE_GONE, before[0].name)
    assert stage.references == before


def test_a_full_disk_leaves_draft_and_strokes_as_they_were(stage: MarkupStage) -> None:
    before = stage.references
    marking = stage.open(0)
    stage.draw(BOX)
    stage.worker.error = OSError(28, "No space left on device")
    assert stage.fail() is ProblemKind.DISK_FULL
    assert stage.references == before
    assert (marking.markup.marks, marking.is_keeping) == ((BOX,), False)
    stage.worker.error = None
    stage.use()
    assert stage.references != before


def test_a_copy_that_is_stopped_takes_no_place(stage: MarkupStage) -> None:
    before = stage.references
    marking = stage.open(0)
    stage.draw(BOX)
    marking.use()
    assert marking.is_keeping
    marking.change(replace(marking.markup, marks=(ARROW,)))
    assert marking.markup.marks == (BOX,)
    marking.stop_keeping()
    stage.open(1)
    assert stage.references == before


@pytest.mark.parametrize(
    ("crop", "kind"),
    [(Crop(0, 0, 5, 60), ProblemKind.PICTURE_TOO_SMALL), (Crop(0, 0, 40, 40), None), (None, None)],
)
def test_a_crop_that_the_model_does_not_take_is_known_before(
    stage: MarkupStage, crop: Crop | None, kind: ProblemKind | None
) -> None:
    marking = stage.open(0)
    stage.draw(BOX, crop=crop)
    problem = marking.unfit()
    assert (problem.kind if problem else None) is kind


def test_the_thumbnail_of_the_copy_is_there_at_once(stage: MarkupStage) -> None:
    stage.open(0)
    stage.draw(BOX)
    stage.use()
    assert (stage.folder / "thumbnails" / stage.references[0].sha256).is_file()
