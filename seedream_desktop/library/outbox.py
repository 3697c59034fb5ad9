"""Files on their way into somebody's folder: under passing names there until they are whole.

Where they are written is noted on this machine before the first of them is, so that what a kill or a power
cut leaves in a client's folder is removed by the next start.

<notes>/<id>.json    {"folder": where it is written to}
<that folder>/.<id>-<any>.part
"""

from __future__ import annotations

import contextlib
import json
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError

KEPT_S = 90 * 24 * 3600.0  # a disk that was unplugged in the middle may come back so late


class Passing:
    """Passing names in one folder."""

    def __init__(self, folder: Path, token: str = "") -> None:
        """``token`` is in every name; empty: one that nobody has."""
        self.folder = folder
        self._token = token or uuid.uuid4().hex

    def new(self) -> Path:
        """A name that nothing has yet."""
        return self.folder / f".{self._token}-{uuid.uuid4().hex[:12]}.part"

    def clear(self) -> None:
        """Remove what bears one of the names."""
        with contextlib.suppress(OSError):
            for left in tuple(self.folder.glob(f".{self._token}-*.part")):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    files.discard(left)


class Outbox:
    """Remembers where something is written. Any thread; blocks."""

    def __init__(self, notes: Path) -> None:
        """``notes`` is a folder of ours alone; it need not exist."""
        self._notes = notes
        self._open: set[str] = set()

    @contextlib.contextmanager
    def passing(self, folder: Path) -> Iterator[Passing]:
        """Passing names in ``folder``; what bears one at the end is removed.

        What cannot be noted is written all the same.
        """
        token = uuid.uuid4().hex
        note = self._notes / f"{token}.json"
        self._open.add(token)
        with contextlib.suppress(ProblemError):
            files.make_folder(self._notes)
            files.write_over(note, json.dumps({"folder": str(folder)}).encode(), self._notes, 0o600)
        passing = Passing(folder, token)
        try:
            yield passing
        finally:
            passing.clear()
            files.discard(note)
            self._open.discard(token)

    def sweep(self) -> None:
        """Remove what earlier runs left; the note of a folder that is away is kept for a while."""
        for note in tuple(self._notes.glob("*.json")):
            if note.stem in self._open:
                continue
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                folder = Path(json.loads(note.read_bytes())["folder"])
                if not folder.is_dir() and time.time() - note.stat().st_mtime < KEPT_S:
                    continue
                if note.stem.isalnum():
                    Passing(folder, note.stem).clear()
            files.discard(note)
