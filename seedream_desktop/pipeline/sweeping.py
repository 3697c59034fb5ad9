"""What is kept of requests that nobody has to decide about any more, and for how long."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.journal import KEPT_MS

if TYPE_CHECKING:
    from seedream_desktop.journal import Journal


def sweep_spool(spool: Path, journal: Journal, now_s: float | None = None) -> None:
    """Remove the folders of jobs that the journal has forgotten, 30 days after they were last written to.

    Both must hold: a journal that was set aside forgets what was paid for. Raises ProblemError.
    """
    oldest_s = (time.time() if now_s is None else now_s) - KEPT_MS / 1000
    known = journal.known_ids()
    with suppress(OSError):  # nothing was ever kept; a folder that cannot be read stays
        for folder in tuple(spool.iterdir()):
            if folder.name not in known and folder.stat().st_mtime < oldest_s:
                shutil.rmtree(folder, ignore_errors=True)
