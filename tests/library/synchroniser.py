"""A synchroniser as Syncthing is one: version vectors, whole files in any order, conflict copies."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

Version = dict[str, int]  # changes by machine
File = tuple[bytes, int]  # content and time of change in ns


@dataclass(slots=True)
class Folder:
    """One machine's folder and what is known of it; the content of a deleted file is None."""

    machine: str
    root: Path
    known: dict[str, tuple[bytes | None, Version]] = field(default_factory=dict)
    conflicts: int = 0

    def scan(self) -> None:
        """Note what changed here since the last look."""
        there = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}
        for name in there | self.known.keys():
            self.look(name)

    def look(self, name: str) -> None:
        """Note whether this file changed here."""
        path = self.root / name
        content = path.read_bytes() if path.is_file() else None
        before, version = self.known.get(name, (None, {}))
        if content != before:
            self.known[name] = (content, {**version, self.machine: version.get(self.machine, 0) + 1})

    def mtime_ns(self, name: str) -> int:
        """When the file was changed, wherever that was."""
        return (self.root / name).stat().st_mtime_ns

    def put(self, name: str, content: bytes, mtime_ns: int) -> None:
        """Write the whole file at once."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".syncthing.{path.name}.tmp")
        part.write_bytes(content)
        os.utime(part, ns=(mtime_ns, mtime_ns))
        part.replace(path)

    def remove(self, name: str) -> None:
        """Remove the file, and the folders that are empty then."""
        path = self.root / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self.root or any(parent.iterdir()):
                break
            parent.rmdir()


class Synchroniser:
    """Brings files from folder to folder."""

    def __init__(self, folders: list[Folder], chance: random.Random) -> None:
        self.folders = folders
        self._chance = chance
        self._numbers = count(1)

    def bring_some(self, share: float) -> None:
        """A part of what is new, between two folders, in an order of chance."""
        source, target = self._chance.sample(self.folders, 2)
        source.scan()
        names = sorted(source.known)
        self._chance.shuffle(names)
        for name in names:
            if self._chance.random() < share:
                self._bring(source, target, name)

    def bring_all(self) -> None:
        """All that is new everywhere, to everybody."""
        for source in self.folders:
            source.scan()
            for target in self.folders:
                if target is not source:
                    names = sorted(source.known)
                    self._chance.shuffle(names)
                    for name in names:
                        self._bring(source, target, name)

    def _bring(self, source: Folder, target: Folder, name: str) -> None:
        source.look(name)  # it may have been removed since
        target.look(name)
        content, version = source.known[name]
        held, held_version = target.known.get(name, (None, {}))
        both = {
            machine: max(version.get(machine, 0), held_version.get(machine, 0))
            for machine in version.keys() | held_version.keys()
        }
        if both == held_version:
            return
        if content == held:
            target.known[name] = (content, both)
        elif both == version or held is None or self._wins(source, target, name):
            if both != version and content is None:
                return  # what was changed there is not deleted
            if both != version and held is not None:
                self._set_aside(target, name)
            if content is None:
                target.remove(name)
            else:
                target.put(name, content, source.mtime_ns(name))
            target.known[name] = (content, both)

    def _wins(self, source: Folder, target: Folder, name: str) -> bool:
        if source.known[name][0] is None:
            return False
        ours, theirs = source.mtime_ns(name), target.mtime_ns(name)
        return (ours, source.machine) > (theirs, target.machine)

    def _set_aside(self, target: Folder, name: str) -> None:
        path = target.root / name
        copy = f"{path.stem}.sync-conflict-20261122-{next(self._numbers):06d}-ABCDEFG{path.suffix}"
        path.rename(path.with_name(copy))
        target.conflicts += 1
        target.look(path.with_name(copy).relative_to(target.root).as_posix())
