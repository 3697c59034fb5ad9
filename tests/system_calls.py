"""The system calls of a process as strace saw them, in the order in which they began and ended."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TRACED = (
    "openat,write,pwrite64,fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat"  # changes
)
_LINE = re.compile(r"^(?P<thread>\d+) +(?P<rest>.*)$")
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(?P<rest>.*)$")
_CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+|\?)", re.DOTALL)
_HELD = re.compile(r"^\d+<(?P<path>[^>]*)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class SystemCall:
    """One call that did not fail; ``begun`` and ``ended`` are places in the trace."""

    name: str
    arguments: str
    begun: int
    ended: int

    @property
    def path(self) -> str:
        """The file of its descriptor; empty where it has none."""
        held = _HELD.match(self.arguments)
        return held["path"] if held else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The file names among its arguments."""
        return tuple(_QUOTED.findall(self.arguments))

    @property
    def is_sync(self) -> bool:
        """Whether it waits for the disk."""
        return self.name in {"fsync", "fdatasync"}


def trace(command: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path) -> str:
    """What strace says of ``command``, whose end must be good."""
    options = ["-f", "-y", "-qq", "-s", "5000", "-e", f"trace={TRACED}", "-e", "signal=none", "-o", str(log)]
    subprocess.run(["strace", *options, *command], cwd=folder, env=dict(environment), check=True, timeout=300)
    return log.read_text(encoding="utf-8", errors="replace")


def calls_in(text: str) -> tuple[SystemCall, ...]:
    """The calls that did not fail, in the order in which they began."""
    found = sorted(_calls(text), key=lambda call: call.begun)
    return tuple(found)


def without(text: str, is_left_out: Callable[[SystemCall], bool]) -> tuple[SystemCall, ...]:
    """The calls as if some had never been made."""
    return tuple(call for call in calls_in(text) if not is_left_out(call))


def _calls(text: str) -> Iterator[SystemCall]:
    begun: dict[str, tuple[int, str]] = {}  # by thread
    for place, line in enumerate(text.splitlines()):
        parts = _LINE.match(line)
        if parts is None:
            continue
        thread, rest = parts["thread"], parts["rest"]
        if rest.endswith(_UNFINISHED):
            begun[thread] = (place, rest.removesuffix(_UNFINISHED))
            continue
        at, start = place, ""
        if (resumed := _RESUMED.match(rest)) is not None:
            at, start = begun.pop(thread, (place, ""))
            rest = resumed["rest"]
        call = _CALL.match(start + rest)
        if call is not None and not call["result"].startswith("-") and call["result"] != "?":
            yield SystemCall(call["name"], call["arguments"], at, place)
