"""Presets: parts of recipes under names, ``.seedream/presets/<id>.json``; they go where the library goes.

format   1
kind     "recipe" (export presets lie in the same folder)
id       also the name of the file
name     {"value": text, "at": UTC milliseconds, "by": machine id}
recipe   {"value": the parts that it holds, as in a picture's record, ...}

What a newer version wrote is listed under its name and never written or removed.
"""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seedream_desktop import files
from seedream_desktop.file_names import folded
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.job import now_ms
from seedream_desktop.generation.recipe import Recipe, without_links
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.marks import Document, canonical, json_object, later, stamped, unlike, written

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.library.folder import LibraryFolder

FORMAT = 1
_KIND = "recipe"
_FOLDER = "presets"
_ID = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class RecipePreset:
    """Some parts of a recipe under a name."""

    id: str
    name: str
    recipe: Recipe
    is_newer: bool = False  # this version cannot read it; ``recipe`` is empty


class RecipePresets:
    """The presets of one library. Any thread; every method waits for the disk."""

    def __init__(self, folder: LibraryFolder) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._place = folder.hidden / _FOLDER

    def all(self) -> tuple[RecipePreset, ...]:
        """In the order of their names. A file that is no preset is passed over. Raises ProblemError."""
        found = map(_preset_of, self._documents().values())
        return tuple(sorted(found, key=lambda preset: (folded(preset.name), preset.id)))

    def find(self, preset_id: str) -> RecipePreset | None:
        """The one with that id; None: it is gone. Raises ProblemError."""
        document = self._documents().get(preset_id)
        return _preset_of(document) if document is not None else None

    def save(self, name: str, recipe: Recipe, preset_id: str = "") -> RecipePreset | None:
        """Keep a preset under a new id, or anew under the one it has or had. Raises ProblemError."""
        return self._write(preset_id or uuid.uuid4().hex, {"name": name, "recipe": _held(recipe)})

    def rename(self, preset_id: str, name: str) -> RecipePreset | None:
        """Give it another name; None: it is gone, or a newer version's. Raises ProblemError."""
        return self._write(preset_id, {"name": name}) if preset_id in self._documents() else None

    def change(self, preset_id: str, recipe: Recipe) -> RecipePreset | None:
        """Let it hold something else; None: it is gone, or a newer version's. Raises ProblemError."""
        return self._write(preset_id, {"recipe": _held(recipe)}) if preset_id in self._documents() else None

    def remove(self, preset_id: str) -> RecipePreset | None:
        """Let it go, with every copy of it; gives what it was. None: as above. Raises ProblemError."""
        held = self.find(preset_id)
        if held is None or held.is_newer:
            return None
        with self._folder.writing():
            for path, document in self._files():
                if document["id"] == preset_id:
                    files.discard(path)
        return held

    def _write(self, preset_id: str, values: dict[str, Any]) -> RecipePreset | None:
        new = {"format": FORMAT, "kind": _KIND, "id": preset_id}
        with self._folder.writing():
            held = self._documents().get(preset_id, new)
            if _preset_of(held).is_newer and held is not new:
                return None
            document = stamped(held, unlike(held, values), now_ms(), self._folder.machine_id)
            target = self._place / f"{preset_id}.json"
            files.make_folder(self._place)
            files.write_over(target, written(document), self._folder.temporary)
            for path, copy in self._files():  # their values are in what was written
                if copy["id"] == preset_id and path != target:
                    files.discard(path)
        return _preset_of(document)

    def _documents(self) -> dict[str, Document]:
        """By id, copies merged."""
        found: dict[str, Document] = {}
        for _, document in self._files():
            held = found.get(document["id"])
            found[document["id"]] = document if held is None else merge_presets(held, document)
        return found

    def _files(self) -> Iterator[tuple[Path, Document]]:
        with files.disk_problems(self._place):
            paths = sorted(self._place.glob("*.json"))
        for path in paths:
            with contextlib.suppress(OSError, ValueError):
                document = read_document(path)
                if _is_preset(document):
                    yield path, document


def merge_presets(first: Document, second: Document) -> Document:
    """Two copies of one preset's file as one, the same whatever their order; the newer format counts."""
    low, high = sorted((first, second), key=canonical)
    merged = {name: later(low.get(name), high.get(name)) for name in low.keys() | high.keys()}
    return {**merged, "format": max(_format_of(first), _format_of(second)), "kind": _KIND, "id": first["id"]}


def _is_preset(held: Any) -> bool:
    if not isinstance(held, dict) or held.get("kind") != _KIND or _format_of(held) < FORMAT:
        return False
    return isinstance(held.get("id"), str) and _ID.fullmatch(held["id"]) is not None


def _format_of(document: Document) -> int:
    said = document.get("format")
    return said if isinstance(said, int) and not isinstance(said, bool) else 0


def _preset_of(document: Document) -> RecipePreset:
    name = json_object(document.get("name")).get("value")
    held = json_object(document.get("recipe")).get("value", {})
    try:
        recipe, is_newer = decode(Recipe, held), _format_of(document) > FORMAT
    except ValueError:
        recipe, is_newer = Recipe(), True
    recipe = Recipe() if is_newer else without_links(recipe)
    return RecipePreset(document["id"], name if isinstance(name, str) else "", recipe, is_newer)


def _held(recipe: Recipe) -> Any:
    return encode(without_links(recipe))
