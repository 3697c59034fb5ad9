"""The log of this machine: what happened, without keys, links, prompts or names of files; and crashes.

Of an error only its kind and the way that it took are written: its text may quote a path, which is made of a
prompt and a client's name, or whatever a library was given. Of what libraries log only the place is written,
for the same reason.
"""

from __future__ import annotations

import contextlib
import copy
import faulthandler
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import ProblemError

LOG_NAME = "seedream-desktop.log"
LONGEST_BYTES = 1_000_000
KEPT = 3  # older logs beside the one in use
CRASHES_KEPT = 20  # until somebody listens
_OURS = "seedream_desktop"
_ROOT = Path(__file__).parents[1]
_PASSING = (OSError, EOFError, ProblemError)  # of a task that was given up: the network's, not a defect
_SECRETS = (
    (re.compile(r"Bearer\s+\S+"), "Bearer •••"),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{4,}"), "sk-•••"),
    (re.compile(r"(https?://[^\s?\"']+)\?[^\s\"']+"), r"\1?•••"),
    (re.compile(r"data:image/[a-z+.-]+;base64,[A-Za-z0-9+/=]+"), "data:image•••"),
)
_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    _ErrorFacts = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def redacted(text: str) -> str:
    """``text`` without anything that opens a door, and without the name of the user's own folder."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    home = os.path.expanduser("~")  # noqa: PTH111 - never raises
    return text.replace(home, "~") if len(home) > 1 else text


class RedactingFormatter(logging.Formatter):
    """Takes secrets out of the whole line, and the texts of errors out of tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        written = copy.copy(record)
        written.exc_text = written.stack_info = None  # what another handler made of it
        if record.name.partition(".")[0] != _OURS:  # its words may quote anything it was given
            written.msg, written.args = f"{record.module}, line {record.lineno}", ()
        return redacted(super().format(written))

    def formatException(self, facts: _ErrorFacts) -> str:  # noqa: N802 - its name in logging
        """The errors' kinds and where they passed, the first cause first."""
        told = ("\n".join((*_frames(one), f"{type(one).__name__}{_number(one)}")) for one in _chain(facts[1]))
        return "\n".join(told)


class CrashHook(logging.Handler):
    """Hands on what was logged as an error of ours: any thread writes it, whoever reports it listens."""

    def __init__(self) -> None:
        """Keep what comes until somebody listens."""
        super().__init__(logging.ERROR)
        self._listener: Callable[[str], object] | None = None
        self._kept: list[str] = []
        self._seen: set[str] = set()

    def listen(self, listener: Callable[[str], object]) -> None:
        """Call ``listener`` with the redacted trace of each kind of crash, on its thread."""
        with self.lock or contextlib.nullcontext():
            self._listener, kept, self._kept = listener, self._kept, []
        for trace in kept:
            listener(trace)

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on what an error left, the first time that it comes from there."""
        facts = record.exc_info
        if not facts or facts[1] is None or _is_passing(record, facts[1]):
            return
        trace = redacted(RedactingFormatter().formatException(facts))
        kind = "\n".join(trace.splitlines()[-2:])
        if kind in self._seen:
            return
        self._seen.add(kind)
        if self._listener is not None:
            self._listener(trace)
        elif len(self._kept) < CRASHES_KEPT:
            self._kept.append(trace)


def begin_logging(folder: Path) -> None:
    """Write warnings and worse to a file in ``folder``, or to standard error where that cannot be."""
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # it would write what was to be logged to standard error
    logging.captureWarnings(capture=True)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _rotate(folder / LOG_NAME)
        handler: logging.Handler = logging.FileHandler(folder / LOG_NAME, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def heed_crashes() -> CrashHook:
    """Log what nobody caught, on any thread, and go on; a crash below Python leaves its stack on stderr."""
    hook = CrashHook()
    logging.getLogger().addHandler(hook)
    sys.excepthook = note_crash
    threading.excepthook = lambda left: note_crash(left.exc_type, left.exc_value, left.exc_traceback)
    sys.unraisablehook = lambda left: note_crash(left.exc_type, left.exc_value, left.exc_traceback)
    if sys.stderr is not None:
        faulthandler.enable()
    return hook


def note_crash(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> None:
    """Log what nobody caught; its words go nowhere."""
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("uncaught", exc_info=(kind, error or kind(), traceback))
    if sys.stderr is not None:
        sys.stderr.write(f"{kind.__name__}; see the log.\n")


def log_files(folder: Path) -> tuple[Path, ...]:
    """The logs that are there, the oldest first."""
    older = (folder / f"{LOG_NAME}.{number}" for number in range(KEPT, 0, -1))
    return tuple(path for path in (*older, folder / LOG_NAME) if path.is_file())


def last_lines(folder: Path, count: int) -> str:
    """The end of the log; empty where there is none."""
    try:
        text = (folder / LOG_NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return redacted("\n".join(text.splitlines()[-count:]))


def _chain(error: BaseException | None) -> list[BaseException]:
    chain = list[BaseException]()
    while error is not None and error not in chain:
        chain.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _frames(error: BaseException) -> Iterator[str]:
    """Where it passed; not ``traceback.format_tb``, which names whole paths."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {_short(frame.f_code.co_filename)}, line {line}, in {frame.f_code.co_name}"


def _short(file: str) -> str:
    """A file of code, without the folders that it is installed in."""
    path = Path(file)
    for root in (_ROOT, Path(os.__file__).parent):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix().rpartition("site-packages/")[2]
    return path.as_posix().rpartition("site-packages/")[2] if "site-packages" in path.parts else path.name


def _number(error: BaseException) -> str:
    """The system's number of an error that has one."""
    return f" {error.errno}" if isinstance(error, OSError) and error.errno else ""


def _is_passing(record: logging.LogRecord, error: BaseException) -> bool:
    return record.name.partition(".")[0] != _OURS and isinstance(error, _PASSING)


def _rotate(path: Path) -> None:
    if not path.exists() or path.stat().st_size < LONGEST_BYTES:
        return
    for number in range(KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)
