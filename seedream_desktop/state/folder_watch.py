"""The library's folders, watched for what others do in them: told by the system, and by their times.

It lives on a thread of its own, for a network drive may keep whoever asks it waiting. The system tells at
once where it can; a network drive is silent about what other machines do, so the times of all folders are
compared every few seconds as well.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

HIDDEN = ".seedream"
POLL_MS = 3_000
_SHARE = 20  # of the time, at most one part goes into asking for times
_SLOWEST_MS = 120_000
_SETTLING_MS = 250  # a change seldom comes alone
_LONGEST_S = 2.0  # but one that goes on and on is told now and then
_WATCHES = 0 if sys.platform == "win32" else 2_000  # there a watched folder cannot be renamed
_SLOW_S = 0.05  # to tell a folder's time: there the system is not asked to watch
_FOLDERS_MOST = 20_000
_DEPTH_MOST = 18
_OF_ALL = (f"{HIDDEN}/trash", f"{HIDDEN}/spend", f"{HIDDEN}/searches")


class FolderWatch(QObject):
    """Watches one library at a time. Everything happens on the thread that it is moved to."""

    changed = Signal(object)  # tuple[str, ...]: folders by their paths in the library, "" is its own
    presence_changed = Signal(bool)  # whether the library is there
    polled = Signal()

    def __init__(self) -> None:
        """Watch nothing yet."""
        super().__init__()
        self._root: Path | None = None
        self._is_there = True
        self._times: dict[str, int] = {}  # of the folders
        self._pending: set[str] = set()
        self._pending_since_s = 0.0
        self._system: QFileSystemWatcher | None = None
        self._settling: QTimer | None = None
        self._polling: QTimer | None = None

    @Slot(object)
    def follow(self, root: Path) -> None:
        """Watch the library in ``root`` from now on."""
        self.stop()
        self._root, self._is_there = root, True
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._tell)
        self._polling = QTimer(self, singleShot=True, interval=POLL_MS)
        self._polling.timeout.connect(self._poll)
        self._take_in("")
        self._polling.start()

    @Slot()
    def stop(self) -> None:
        """Watch nothing any more."""
        for part in (self._settling, self._polling, self._system):
            if part is not None:
                part.deleteLater()
        self._settling = self._polling = self._system = None
        self._root = None
        self._times.clear()
        self._pending.clear()

    @Slot()
    def end(self) -> None:
        """Watch nothing any more, and end the thread."""
        self.stop()
        self.thread().quit()

    @Slot()
    def _poll(self) -> None:
        if self._root is None or self._polling is None:
            return
        began_s = time.monotonic()
        if self._look_whether_there(self._root):
            for folder, time_ns in tuple(self._times.items()):
                if _time_ns(self._root / folder) != time_ns:
                    self._note(folder)
        self.polled.emit()
        took_ms = round((time.monotonic() - began_s) * 1000)
        self._polling.start(min(max(POLL_MS, _SHARE * took_ms), _SLOWEST_MS))

    def _look_whether_there(self, root: Path) -> bool:
        """An unmounted drive leaves an empty folder, which is no empty library."""
        is_there = os.path.isfile(root / HIDDEN / "library.json")  # noqa: PTH113 - no, where nothing can be asked
        if is_there and not self._is_there:
            self._times.clear()
            self._drop_system()
            self._take_in("")
            self._note("")
        if is_there != self._is_there:
            self._is_there = is_there
            self.presence_changed.emit(is_there)
        return is_there

    @Slot(str)
    def _on_told(self, path: str) -> None:
        if self._root is not None:
            with contextlib.suppress(ValueError):
                folder = Path(path).relative_to(self._root).as_posix()
                self._note("" if folder == "." else folder)

    def _note(self, folder: str) -> None:
        if self._settling is None:
            return
        now_s = time.monotonic()
        if not self._pending:
            self._pending_since_s = now_s
        self._pending.add(folder)
        if not self._settling.isActive() or now_s - self._pending_since_s < _LONGEST_S:
            self._settling.start()

    @Slot()
    def _tell(self) -> None:
        pending, self._pending = self._pending, set()
        if self._root is None or not self._look_whether_there(self._root):
            return
        for folder in sorted(pending):
            if folder in self._times and _time_ns(self._root / folder) is None:
                self._forget(folder)
            else:
                pending |= self._take_in(folder)
        self.changed.emit(tuple(sorted(pending)))

    def _take_in(self, first: str) -> set[str]:
        """Watch a folder with all that are new in it; gives those."""
        root, waiting, fresh, prompt = self._root, [first], set[str](), set[str]()
        while waiting and root is not None and len(self._times) < _FOLDERS_MOST:
            folder = waiting.pop()
            began_s = time.monotonic()
            time_ns = _time_ns(root / folder)
            if time_ns is None:
                continue
            if folder not in self._times:
                fresh.add(folder)
                if time.monotonic() - began_s < _SLOW_S:
                    prompt.add(folder)
            self._times[folder] = time_ns
            if folder.count("/") < _DEPTH_MOST:
                waiting += [inside for inside in _folders_in(root, folder) if inside not in self._times]
        self._add_to_system(prompt)
        return fresh

    def _forget(self, folder: str) -> None:
        for known in [one for one in self._times if one == folder or one.startswith(f"{folder}/")]:
            del self._times[known]

    def _add_to_system(self, folders: set[str]) -> None:
        """Where the system cannot watch so many the times have to do; and where the disk is slow.

        For Qt looks at each, and Python stands still meanwhile, on the GUI thread, too.
        """
        if self._root is None or not folders:
            return
        if self._system is None:
            self._system = QFileSystemWatcher(self)
            self._system.directoryChanged.connect(self._on_told)
        room = _WATCHES - len(self._system.directories())
        paths = [str(self._root / folder) for folder in sorted(folders)][: max(0, room)]
        if paths:
            self._system.addPaths(paths)

    def _drop_system(self) -> None:
        if self._system is not None:
            self._system.deleteLater()
            self._system = None


def _time_ns(folder: Path) -> int | None:
    """When something last came, went or was renamed in the folder; None: it is not there."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return None


def _folders_in(root: Path, folder: str) -> list[str]:
    """The folders in ``folder`` that say something: boards, their hidden ones, and a few of the library's."""
    try:
        with os.scandir(root / folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    if folder == HIDDEN:
        return [place for place in _OF_ALL if place.rpartition("/")[2] in names]
    if folder.startswith(f"{HIDDEN}/trash"):
        return []  # what is in an entry does not change
    start = f"{folder}/" if folder else ""
    return [start + name for name in names if name == HIDDEN or not name.startswith(".")]
