"""The log of this machine: what happened, without keys, links, prompts or names of files; and crashes.

Of an error only its kind and the way that it took are written: its text may quote a path, which is made of a
prompt and a client's name, or whatever a library was given.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

LOG_NAME = "seedream-desktop.log"
LONGEST_BYTES = 1_000_000
KEPT = 3  # older logs beside the one in use
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
    """``text`` without anything that opens a door."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Takes secrets out of the whole line, and the texts of errors out of tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        record.exc_text = None  # what another handler made of it
        return redacted(super().format(record))

    def formatException(self, facts: _ErrorFacts) -> str:  # noqa: N802 - its name in logging
        """The errors' kinds and where they passed, the first cause first."""
        error, chain = facts[1], list[BaseException]()
        while error is not None and error not in chain:
            chain.insert(0, error)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(
            "".join(traceback.format_tb(one.__traceback__)) + f"{type(one).__name__}{_number(one)}"
            for one in chain
        )


def begin_logging(folder: Path) -> None:
    """Write warnings and worse to a file in ``folder``, or to standard error where that cannot be."""
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _rotate(folder / LOG_NAME)
        handler: logging.Handler = logging.FileHandler(folder / LOG_NAME, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def heed_crashes() -> None:
    """Log what nobody caught, on any thread, and go on; a crash below Python leaves its stack on stderr."""
    sys.excepthook = _on_uncaught
    threading.excepthook = lambda uncaught: _on_uncaught(
        uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback
    )
    if sys.stderr is not None:
        faulthandler.enable()


def _on_uncaught(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("uncaught", exc_info=(kind, error or kind(), traceback))
    if sys.stderr is not None:
        sys.stderr.write(f"{kind.__name__}; see the log.\n")


def _number(error: BaseException) -> str:
    """The system's number of an error that has one."""
    return f" {error.errno}" if isinstance(error, OSError) and error.errno else ""


def _rotate(path: Path) -> None:
    if not path.exists() or path.stat().st_size < LONGEST_BYTES:
        return
    for number in range(KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)
