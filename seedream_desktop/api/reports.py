"""What a client reports beside answers: how far a request is, what the account holds, what a test showed."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.generation.errors import Problem


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a request is. Once ``body_complete``, it may be billed whatever happens."""

    sent_bytes: int
    total_bytes: int
    body_complete: bool = False
    waiting_s: float | None = None  # until the next try, nothing is under way; None: not waiting
    problem: Problem | None = None  # why it waits
