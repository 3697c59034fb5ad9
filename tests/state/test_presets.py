"""Presets fill just what they hold, as one step; what is done to them can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_parts import RecipePart
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.presets import Applied, SavedPresets
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import catalog
from tests.library.conftest import Bench


@dataclass(slots=True)
class Stage:
    """An open library, its presets and a draft."""

    qtbot: QtBot
    bench: Bench
    pictures: Pictures
    draft: Draft
    presets: SavedPresets
    steps: UndoStack
    applied: list[Applied] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    @property
    def names(self) -> list[str]:
        return [preset.name for preset in self.presets.presets]

    def save(self, name: str, recipe: Recipe) -> str:
        preset_id = self.presets.save(name, recipe)
        self.wait(lambda: self.presets.find(preset_id) is not None)
        return preset_id


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    bench = Bench(tmp_path)
    runner, other = TaskRunner(1), TaskRunner(1)
    steps, activities = UndoStack(), Activities()

    def open_it(root: Path) -> Library:
        return open_library(root, bench.folder / f"{root.name}.sqlite3", "1" * 32, settle_s=0.0)

    pictures = Pictures(open_it, runner, steps, activities)
    draft = Draft(catalog(), Recipe(prompt="a cat"))
    presets = SavedPresets(draft, pictures, activities, steps, other)
    stage = Stage(qtbot, bench, pictures, draft, presets, steps)
    presets.applied.connect(stage.applied.append)
    presets.refused.connect(stage.refused.append)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(bench.root)
    yield stage
    assert other.close(60_000)
    assert runner.close(60_000)
    pictures.the_library().close()


def test_saving_renaming_changing_and_removing_can_be_taken_back(stage: Stage) -> None:
    preset_id = stage.save("Look", Recipe(prompt="grain"))
    stage.presets.rename(preset_id, "Film")
    stage.wait(lambda: stage.names == ["Film"])
    stage.presets.change(preset_id, Recipe(prompt="grey"))
    stage.wait(lambda: stage.presets.presets[0].recipe.prompt == "grey")
    stage.presets.remove(preset_id)
    stage.wait(lambda: stage.names == [])
    stage.steps.undo()
    stage.wait(lambda: stage.names == ["Film"])
    stage.steps.undo()
    stage.wait(lambda: stage.presets.presets[0].recipe.prompt == "grain")
    stage.steps.undo()
    stage.wait(lambda: stage.names == ["Look"])
    stage.steps.undo()
    stage.wait(lambda: stage.names == [])
    stage.steps.redo()
    stage.wait(lambda: stage.names == ["Look"])


def test_a_preset_fills_what_it_holds_and_is_one_step(stage: Stage) -> None:
    before = stage.draft.recipe
    preset_id = stage.save("Seeded", Recipe(seed=42, watermark=False))
    stage.presets.apply(preset_id)
    stage.wait(lambda: bool(stage.applied))
    assert stage.applied == [Applied("Seeded", (RecipePart.OPTIONS,))]
    assert (stage.draft.recipe.prompt, stage.draft.recipe.seed) == ("a cat", 42)
    stage.draft.undo()
    assert stage.draft.recipe == before


def test_variables_come_with_the_prompt(stage: Stage) -> None:
    preset_id = stage.save("Mood", Recipe(prompt="{mood} light", variables=(("mood", "calm|loud"),)))
    stage.presets.apply(preset_id)
    stage.wait(lambda: bool(stage.applied))
    assert stage.draft.requests_count() == 2


def test_references_that_are_gone_are_left_out_and_told(stage: Stage) -> None:
    content = stage.bench.bytes_of(3)
    there = stage.library.add_reference(
        stage.bench.source(content), stage.bench.checked(content), "there.png"
    )
    gone = Reference("ab" * 32, "image/png", 10, 10, 100, "gone.png")
    preset_id = stage.save("Mood", Recipe(references=(gone, there), prompt="mood"))
    stage.presets.apply(preset_id)
    stage.wait(lambda: bool(stage.applied))
    assert stage.draft.recipe.references == (there,)
    assert stage.applied == [Applied("Mood", (RecipePart.PROMPT, RecipePart.REFERENCES), missing=1)]


def test_where_all_references_are_gone_the_tray_stays(stage: Stage) -> None:
    own = Reference("cd" * 32, "image/png", 10, 10, 100, "own.png")
    stage.draft.add_references((own,))
    gone = Reference("ab" * 32, "image/png", 10, 10, 100, "gone.png")
    preset_id = stage.save("Mood", Recipe(references=(gone,), size=Size(preset="4K")))
    stage.presets.apply(preset_id)
    stage.wait(lambda: bool(stage.applied))
    assert stage.draft.recipe.references == (own,)
    assert stage.applied[0].missing == 1


def test_one_of_a_newer_version_leaves_the_draft_as_it_was(stage: Stage) -> None:
    preset_id = stage.save("Look", Recipe(prompt="grain"))
    path = stage.library.root / ".seedream" / "presets" / f"{preset_id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 7}))
    before = stage.draft.recipe
    stage.presets.apply(preset_id)
    stage.wait(lambda: stage.refused == ["Look"])
    assert stage.draft.recipe == before
    assert not stage.draft.can_undo


def test_what_another_machine_brought_is_there_when_it_is_read(stage: Stage) -> None:
    stage.library.recipe_presets.save("Theirs", Recipe(seed=1))
    stage.presets.read()
    stage.wait(lambda: stage.names == ["Theirs"])
    assert stage.presets.is_taken("theirs")
    assert not stage.presets.is_taken("theirs", stage.presets.presets[0].id)
