"""Export presets: ``.seedream/presets/<name>.json``, one JSON object each; they go wherever the library goes.

format   1
kind     "export"
name     as the designer wrote it; of two files with one name the later one counts
export   what the export is told, as ``imaging.export_form.ExportWish``
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.file_names import folded, legal_name
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import HIDDEN

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.imaging.export_form import ExportWish
    from seedream_desktop.library.folder import LibraryFolder

FORMAT = 1
_KIND = "export"
_FOLDER = "presets"
_NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Preset:
    """An export under a name."""

    name: str
    wish: ExportWish


class Presets:
    """The presets of a library. Any thread; every method may wait for the disk."""

    def __init__(self, folder: LibraryFolder) -> None:
        """Read nothing yet."""
        self._library = folder
        self._folder = folder.root / HIDDEN / _FOLDER

    def all(self) -> tuple[Preset, ...]:
        """By name; what is no preset, or one of a newer version, is left out."""
        found = {folded(preset.name): preset for _, preset in sorted(self._read(), key=lambda one: one[0])}
        return tuple(sorted(found.values(), key=lambda preset: folded(preset.name)))

    def save(self, name: str, wish: ExportWish) -> None:
        """Keep ``wish`` under ``name``, in the place of one that is called so. Raises ProblemError."""
        shown = " ".join(name.split())[:_NAME_CHARACTERS]
        held = {"format": FORMAT, "kind": _KIND, "name": shown, "export": encode(wish)}
        with self._library.writing():
            files.make_folder(self._folder)
            path = self._path_of(shown) or self._folder / f"{legal_name(shown, 100)}.json"
            content = json.dumps(held, ensure_ascii=False, indent=1).encode()
            files.write_over(path, content, self._library.temporary)

    def remove(self, name: str) -> None:
        """Forget all that are called so. Raises ProblemError."""
        with self._library.writing(), files.disk_problems(self._folder):
            while (path := self._path_of(name)) is not None:
                files.remove(path)

    def _path_of(self, name: str) -> Path | None:
        for path in self._paths():
            preset = _preset_at(path)
            if preset is not None and folded(preset.name) == folded(name):
                return path
        return None

    def _read(self) -> list[tuple[float, Preset]]:
        found = []
        for path in self._paths():
            preset = _preset_at(path)
            if preset is not None:
                found.append((_changed_s(path), preset))
        return found

    def _paths(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("*.json"))
        except OSError:
            return []


def _changed_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _preset_at(path: Path) -> Preset | None:
    from seedream_desktop.imaging.export_form import ExportWish  # late: when one exports

    try:
        held = read_document(path)
        if not isinstance(held, dict) or held.get("format") != FORMAT or held.get("kind") != _KIND:
            return None
        name = held.get("name")
        return (
            Preset(name, decode(ExportWish, held.get("export"))) if isinstance(name, str) and name else None
        )
    except (OSError, ValueError):
        return None
