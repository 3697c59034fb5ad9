"""Diagnostics: how things stand on this machine, as text that can be read before it is handed to anybody.

Counts, kinds and versions, picked one by one; never a prompt, a name, a path, an address or the key.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.files import disk_problems
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library.values import Query
from seedream_desktop.logs import log_files, redacted
from seedream_desktop.settings import DEFAULT_BASE_URL, Settings
from seedream_desktop.state.about import versions

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job
    from seedream_desktop.state.session import Session

LOG_BYTES = 200_000  # of each log, from its end
_TOLD_SETTINGS = (
    "schema",
    "theme",
    "language",
    "jobs_at_once",
    "daily_limit_usd",
    "trash_days",
    "variations",
    "panels",
    "sidebar_shown",
    "tile_px",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the diagnostics."""

    name: str
    text: str


class Diagnostics(QObject):
    """Collects them and writes them into one file."""

    collected = Signal(object)  # tuple[Part, ...]
    saved = Signal(object)  # Path
    failed = Signal(object)  # Problem

    def __init__(self, session: Session, settings: Callable[[], Settings]) -> None:
        """``settings`` gives them as they are now; it is called on the GUI thread."""
        super().__init__()
        self._session = session
        self._settings = settings

    def collect(self) -> None:
        """Find out how things stand; the answer comes as ``collected``."""
        settings, jobs = self._settings(), self._session.queue.jobs
        self._session.reading.call(
            lambda: _parts(self._session, settings, jobs), self.collected.emit, self.failed.emit
        )

    def save(self, parts: tuple[Part, ...], path: Path) -> None:
        """Write ``parts`` into the zip file at ``path``, over what lies there."""

        def write() -> Path:
            with disk_problems(path.parent):
                path.write_bytes(zipped(parts))
            return path

        self._session.reading.call(write, self.saved.emit, self.failed.emit)


def as_text(parts: tuple[Part, ...]) -> str:
    """All of it, to be read at once."""
    return "\n".join(f"=== {part.name} ===\n{part.text}\n" for part in parts)


def zipped(parts: tuple[Part, ...]) -> bytes:
    """The bytes of the one file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part.name, part.text)
    return held.getvalue()


def _parts(session: Session, settings: Settings, jobs: tuple[Job, ...]) -> tuple[Part, ...]:
    """Blocks."""
    facts: dict[str, object] = {
        "versions": versions(),
        "settings": {name: getattr(settings, name) for name in _TOLD_SETTINGS},
        "provider": _provider(session, settings),
        "key": {"from": session.account.state.source.value, "keyring": session.account.state.backend},
        "journal": {
            "open jobs by state": Counter(job.state.value for job in jobs),
            "their problems": Counter(job.problem.kind.value for job in jobs if job.problem),
            "rows": len(session.journal.known_ids()),
            "was set aside": session.journal.set_aside is not None,
            "could not be read": session.journal.unreadable_count,
        },
        "library": _library(session),
        "places": _places(session),
    }
    text = json.dumps(facts, indent=1, ensure_ascii=True, default=str)
    return (Part("diagnostics.json", redacted(text)), *_logs(session.places.logs))


def _provider(session: Session, settings: Settings) -> dict[str, object]:
    chosen = settings.proxy.partition("://")[0] if "://" in settings.proxy else settings.proxy
    return {
        "address": "the usual" if session.provider.base_url == DEFAULT_BASE_URL else "another",
        "scheme": session.provider.base_url.partition("://")[0],
        "is demo": session.provider.is_demo,
        "proxy": chosen if chosen in {"", "direct", "http", "https", "socks5", "socks5h"} else "another",
    }


def _library(session: Session) -> dict[str, object]:
    library = session.pictures.library
    if library is None:
        return {"is open": False}
    try:
        counts = library.counts()
        return {
            "is open": True,
            "is read-only": library.is_read_only,
            "problem": library.problem.kind.value if library.problem else "",
            "index is being rebuilt": library.needs_rebuild,
            "index answers": len(library.ids(Query())) == counts.all,
            "boards": len(library.boards()),
            "pictures": counts.all,
            "rated": counts.rated,
            "in the trash": counts.trash,
        }
    except ProblemError as error:
        return {"is open": True, "problem": error.problem.kind.value}


def _places(session: Session) -> dict[str, object]:
    places, library = session.places, session.pictures.library
    folders = {"data": places.data_dir, "cache": places.cache_dir}
    if library is not None:
        folders["library"] = library.root
    told: dict[str, object] = {name: _disk(folder) for name, folder in folders.items()}
    told["jobs in the spool"] = len(list(places.spool.glob("*")))
    told["thumbnails"] = len(list(places.thumbnails.glob("??/*")))
    return told


def _disk(folder: Path) -> dict[str, int] | str:
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return type(error).__name__
    return {"free MB": usage.free >> 20, "of MB": usage.total >> 20}


def _logs(folder: Path) -> tuple[Part, ...]:
    parts = []
    for path in log_files(folder):
        try:
            text = path.read_bytes()[-LOG_BYTES:].decode("utf-8", "replace")
        except OSError as error:
            text = type(error).__name__
        parts.append(Part(path.name, redacted(text)))
    return tuple(parts)
