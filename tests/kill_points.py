"""Where a driven application can be killed: around every commit, and before every change to the disk.

For the process of ``driven_application.py`` alone; the product knows nothing of it.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from seedream_desktop.generation.job import Job
from seedream_desktop.journal import Journal
from seedream_desktop.library.index import Index

KILL = "SEEDREAM_TEST_KILL"  # "journal recover, after:1": the first time; "*:17": whichever is the 17th
ACTS = ("add", "store", "store_answer", "forget_link", "dismiss", "recover")
CHANGES = frozenset({"os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})
_UNSTEADY = re.compile(r"[0-9a-f]{8}[0-9a-f-]*|\d+")
ANY = "*"


class KillPoints:
    """Counts the points that are passed; at the one that is armed the process is killed."""

    def __init__(self) -> None:
        self.passed: list[tuple[str, int]] = []  # since it was armed; which time it was
        self._counts: Counter[str] = Counter()
        self._armed = ("", 0)
        self._lock = threading.Lock()
        self._roots: tuple[str, ...] = ()

    def arm(self, name: str, nth: int) -> None:
        """Be killed when ``name`` is passed for the ``nth`` time from now; "" for never."""
        with self._lock:
            self._armed = (name, nth)
            self._counts.clear()
            self.passed.clear()

    def pass_by(self, name: str) -> None:
        """This is the point ``name``."""
        with self._lock:
            self._counts.update((name, ANY))
            self.passed.append((name, self._counts[name]))
            armed, nth = self._armed
            if nth and self._counts[armed] == nth and armed in {name, ANY}:
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()  # it comes at once

    def watch(self, *roots: Path) -> None:
        """Count from now on what happens to the journal, the index and the files below ``roots``."""
        self._roots = tuple(map(str, roots))
        for act in ACTS:
            self._wrap(Journal, act, f"journal {act}")
        self._wrap(Index, "write", "index write")
        self._wrap_commit()
        sys.addaudithook(self._hear)

    def _wrap(self, kind: type[Any], act: str, name: str) -> None:
        method: Callable[..., object] = getattr(kind, act)

        @functools.wraps(method)
        def around(instance: object, *arguments: object) -> object:
            job = arguments[0] if arguments else None
            state = f" {job.state.value}" if isinstance(job, Job) else ""
            self.pass_by(f"{name}{state}, before")
            result = method(instance, *arguments)
            self.pass_by(f"{name}{state}, after")
            return result

        setattr(kind, act, around)

    def _wrap_commit(self) -> None:
        transaction = Journal._transaction

        @contextlib.contextmanager
        def until_commit(journal: Journal) -> Iterator[Any]:
            with transaction(journal) as connection:
                yield connection
                self.pass_by("journal, before the commit")

        Journal._transaction = until_commit  # type: ignore[method-assign,assignment]

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES or (event == "open" and _is_for_writing(arguments)):
            path = os.fsdecode(arguments[0]) if isinstance(arguments[0], bytes) else str(arguments[0])
            if path.startswith(self._roots):
                self.pass_by(f"{event} {self._shape(path)}")

    def _shape(self, path: str) -> str:
        root = next(root for root in self._roots if path.startswith(root))
        return _UNSTEADY.sub("#", Path(root).name + path.removeprefix(root))


def _is_for_writing(arguments: tuple[Any, ...]) -> bool:
    path, _, flags = arguments
    return isinstance(path, (str, os.PathLike)) and bool((flags or 0) & (os.O_WRONLY | os.O_RDWR))


POINTS = KillPoints()


def watch_as_told(arguments: list[str]) -> None:
    """Watch, if the environment says so; the roots are those on the command line."""
    wish = os.environ.get(KILL)
    if wish is None:
        return
    named = dict(itertools.pairwise(arguments))
    POINTS.watch(Path(named["--library"]), Path(named["--data-dir"]))
    name, _, nth = wish.rpartition(":")
    POINTS.arm(name, int(nth or 0))
