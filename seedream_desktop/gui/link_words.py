"""How long the link of a picture still lives that was paid for and is nowhere else; when it was tried."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.job import JobState, now_ms

if TYPE_CHECKING:
    from seedream_desktop.generation.job import Job

translate = QCoreApplication.translate
URGENT_MS = 3_600_000
_MINUTE_MS = 60_000


def is_counting(job: Job) -> bool:
    """Whether a picture of ``job`` waits behind a link."""
    return job.state is JobState.ANSWERED and job.problem is not None and job.links_die_ms is not None


def link_words(job: Job, at_ms: int | None = None) -> str:
    """``link dies in 3 h 12 min``; empty where no picture waits behind one."""
    if not is_counting(job) or job.links_die_ms is None:
        return ""
    left_ms = job.links_die_ms - (now_ms() if at_ms is None else at_ms)
    if left_ms <= 0:
        return translate("link", "link has died, by this computer's clock")
    hours, minutes = divmod(left_ms // _MINUTE_MS, 60)
    if hours:
        return translate("link", "link dies in {hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("link", "link dies in {minutes} min").format(minutes=minutes)
    return translate("link", "link dies in less than a minute")


def tried_words(job: Job) -> str:
    """``tried at 14:03:59``; empty where nothing was, or there is nothing to fetch any more."""
    if job.tried_ms is None or job.state is not JobState.ANSWERED:
        return ""
    at = dt.datetime.fromtimestamp(job.tried_ms / 1000).astimezone()
    return translate("link", "tried at {time}").format(time=f"{at:%H:%M:%S}")


def is_urgent(job: Job, at_ms: int | None = None) -> bool:
    """Whether less than an hour is left."""
    if not is_counting(job) or job.links_die_ms is None:
        return False
    return job.links_die_ms - (now_ms() if at_ms is None else at_ms) < URGENT_MS
