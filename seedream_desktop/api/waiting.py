"""A request that waits: for the service, for the network or for a sign-in, and says so meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from seedream_desktop.api.reports import Sending
from seedream_desktop.api.retry import Patience, asks_to_wait, waits_for_network
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.limits import Limits
    from seedream_desktop.api.pace import Pace
    from seedream_desktop.api.portal import Portal

_TICK_S = 1.0  # how often the seconds that are left are told
_LATE_S = 0.001  # a clock may ring this much early; a hold is over when it is over


class Waiting:
    """The pauses of one request. While it waits nothing of it is under way, and that has been told."""

    def __init__(
        self,
        pace: Pace,
        portal: Portal,
        limits: Limits,
        total_bytes: int,
        progress: Callable[[Sending], None],
    ) -> None:
        """Tell ``progress`` of every pause before anything else happens; its end is the first part sent."""
        self._pace = pace
        self._portal = portal
        self._limits = limits
        self._patience = Patience(limits)
        self._total_bytes = total_bytes
        self._progress = progress

    async def for_turn(self) -> None:
        """Return when the service has asked nobody to wait."""
        while (hold := self._pace.held()) is not None:
            self._tell(hold.left_s, hold.problem)
            await asyncio.sleep((hold.left_s % _TICK_S or _TICK_S) + _LATE_S)  # all count in step
            if hold.left_s <= _TICK_S:  # so that those who waited together do not come together
                await asyncio.sleep(random.uniform(0, self._limits.backoff_s / 4))  # noqa: S311  no secret

    async def after(self, problem: Problem) -> None:
        """Return when the request may be sent again; raises ProblemError when it may not."""
        if self._portal.may_explain(problem) and problem.status is None:
            self._tell(0.0, problem)  # nothing was sent, also while it is found out who answers
        problem = await self._portal.explained(problem)
        wait_s = self._patience.wait_s(problem)
        if asks_to_wait(problem):
            told_s = min(problem.limit or 0.0, self._limits.longest_wait_s)
            self._pace.hold(told_s if wait_s is None else wait_s, problem)
        if wait_s is None:
            raise ProblemError(problem)
        if waits_for_network(problem):
            await self._for_network(problem, wait_s)
        elif not asks_to_wait(problem):  # else the next turn is waited for
            self._tell(wait_s, problem)
            await asyncio.sleep(wait_s)

    async def _for_network(self, problem: Problem, wait_s: float) -> None:
        """Wait until a try makes sense; what was taken by a stranger is not sent again while it is there."""
        while True:
            self._tell(wait_s, problem)
            await self._pace.until_through(wait_s)
            if problem.kind is not ProblemKind.SIGN_IN_NEEDED or problem.status is None:
                return
            if not await self._portal.page_behind(problem):
                return
            wait_s = self._patience.wait_s(problem) or self._limits.network_wait_s

    def _tell(self, left_s: float, problem: Problem) -> None:
        self._progress(Sending(0, self._total_bytes, waiting_s=left_s, problem=problem))
