"""The presets of the open library: put into the draft as one step; what is done to them can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.file_names import folded
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_parts import RecipePart, parts_changed
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.library_step import LibraryStep, Way

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.recipe_presets import RecipePreset
    from seedream_desktop.library.values import Proceed
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.pictures import LibraryChange, Pictures
    from seedream_desktop.state.undo import UndoStack
    from seedream_desktop.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a preset that was put into the draft."""

    name: str
    changed: tuple[RecipePart, ...]  # of the draft; (): it was so already
    missing: int = 0  # references whose files are gone


class SavedPresets(QObject):
    """Knows the presets, acts on them, and puts them into the draft. GUI thread."""

    changed = Signal()
    applied = Signal(object)  # Applied
    refused = Signal(str)  # name of a preset that this version cannot read; the draft is as it was
    _touched = Signal()

    def __init__(
        self,
        draft: Draft,
        pictures: Pictures,
        activities: Activities,
        steps: UndoStack,
        runner: TaskRunner,
    ) -> None:
        """Follow what ``pictures`` has open; read on ``runner``."""
        super().__init__()
        self._draft = draft
        self._pictures = pictures
        self._activities = activities
        self._steps = steps
        self._runner = runner
        self.presets: tuple[RecipePreset, ...] = ()  # in the order of their names
        self._library: Library | None = None
        self._latest = 0  # which reading is the newest
        pictures.library_changed.connect(self._on_library_changed)
        self._touched.connect(self.read)

    def find(self, preset_id: str) -> RecipePreset | None:
        """The one with that id; None: there is none."""
        return next((preset for preset in self.presets if preset.id == preset_id), None)

    def is_taken(self, name: str, but_id: str = "") -> bool:
        """Whether another preset than ``but_id`` is called so."""
        return any(folded(preset.name) == folded(name) for preset in self.presets if preset.id != but_id)

    def read(self, then: Callable[[], None] = lambda: None) -> None:
        """Read what there is now, also what other machines brought; ``then`` is called in any case."""
        library = self._pictures.library
        if library is None:
            then()
            return
        self._library = library
        self._latest += 1
        number = self._latest

        def on_read(presets: tuple[RecipePreset, ...]) -> None:
            if number == self._latest and library is self._pictures.library and presets != self.presets:
                self.presets = presets
                self.changed.emit()
            then()

        self._runner.call(library.recipe_presets.all, on_read, lambda _: then())

    def save(self, name: str, recipe: Recipe) -> str:
        """Keep parts of a recipe under a name; gives the id that it will have."""
        preset_id = uuid.uuid4().hex
        self._step(ActivityKind.SAVE_PRESET, _putting(preset_id, name, recipe))
        return preset_id

    def rename(self, preset_id: str, name: str) -> None:
        """Give a preset another name."""
        held = self.find(preset_id)
        if held is not None and not held.is_newer and name.strip() and name != held.name:
            self._step(ActivityKind.RENAME_PRESET, _renaming(preset_id, name))

    def change(self, preset_id: str, recipe: Recipe) -> None:
        """Let a preset hold something else under its name."""
        held = self.find(preset_id)
        if held is not None and not held.is_newer and recipe != held.recipe:
            self._step(ActivityKind.CHANGE_PRESET, _changing(preset_id, recipe))

    def remove(self, preset_id: str) -> None:
        """Let a preset go."""
        held = self.find(preset_id)
        if held is not None and not held.is_newer:
            self._step(ActivityKind.REMOVE_PRESET, _removing(preset_id))

    def apply(self, preset_id: str) -> None:
        """Put what the preset holds into the draft, as one step; references that are gone are left out."""
        library = self._pictures.library
        if library is None:
            return

        def look() -> tuple[RecipePreset | None, Recipe, int]:
            preset = library.recipe_presets.find(preset_id)
            recipe = preset.recipe if preset is not None else Recipe()
            return (preset, *without_missing(recipe, library))

        def on_found(found: tuple[RecipePreset | None, Recipe, int]) -> None:
            preset, recipe, missing = found
            if preset is None or library is not self._pictures.library:
                self.read()
            elif preset.is_newer:
                self.refused.emit(preset.name)
            else:
                before = self._draft.recipe
                self._draft.apply(recipe)
                changed = parts_changed(before, self._draft.recipe)
                self.applied.emit(Applied(preset.name, changed, missing))

        self._runner.call(look, on_found, self._pictures.failed.emit)

    def _on_library_changed(self, _: LibraryChange) -> None:
        if self._pictures.library is not self._library:
            self.presets = ()
            self.read()

    def _step(self, kind: ActivityKind, way: Way) -> None:
        LibraryStep(self._pictures, self._activities, self._steps, kind, self._then_read(way)).begin()

    def _then_read(self, way: Way) -> Way:
        """The same, and what it changed is shown at once, there and back."""

        def go(library: Library, proceed: Proceed) -> Way | None:
            back = way(library, proceed)
            self._touched.emit()
            return None if back is None else self._then_read(back)

        return go


def without_missing(recipe: Recipe, library: Library) -> tuple[Recipe, int]:
    """``recipe`` with the references that are there, none there: it holds none; how many are not. Blocks."""
    asked = recipe.references
    if not asked:
        return recipe, 0
    there = []
    for reference in asked:
        try:
            library.reference_path(reference)
        except ProblemError:
            continue
        there.append(reference)
    return replace(recipe, references=tuple(there) or None), len(asked) - len(there)


def _putting(preset_id: str, name: str, recipe: Recipe) -> Way:
    def put(library: Library, _proceed: Proceed) -> Way:
        held = library.recipe_presets.find(preset_id)
        library.recipe_presets.save(name, recipe, preset_id)
        return _removing(preset_id) if held is None else _putting(preset_id, held.name, held.recipe)

    return put


def _renaming(preset_id: str, name: str) -> Way:
    def rename(library: Library, _proceed: Proceed) -> Way | None:
        held = library.recipe_presets.find(preset_id)
        is_there = library.recipe_presets.rename(preset_id, name) is not None
        return _renaming(preset_id, held.name) if held is not None and is_there else None

    return rename


def _changing(preset_id: str, recipe: Recipe) -> Way:
    """Its name stays what it is by then."""

    def change(library: Library, _proceed: Proceed) -> Way | None:
        held = library.recipe_presets.find(preset_id)
        is_there = library.recipe_presets.change(preset_id, recipe) is not None
        return _changing(preset_id, held.recipe) if held is not None and is_there else None

    return change


def _removing(preset_id: str) -> Way:
    def remove(library: Library, _proceed: Proceed) -> Way | None:
        held = library.recipe_presets.remove(preset_id)
        return _putting(preset_id, held.name, held.recipe) if held is not None else None

    return remove
