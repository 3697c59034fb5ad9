"""The client of the endpoint: generates, downloads, lists the models, proves the key.

httpx is imported at the first use, and its objects live for one request, inside the event loop that makes it:
every pool thread has a loop of its own, and all of them share one client.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.api.account import balance_of, model_ids
from seedream_desktop.api.addresses import Link, check_base_url
from seedream_desktop.api.failures import Asked
from seedream_desktop.api.limits import Limits
from seedream_desktop.api.payload import body_of
from seedream_desktop.api.reports import Balance, KeyTest, Sending
from seedream_desktop.api.retry import Patience
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.exchange import Exchange
    from seedream_desktop.api.transport import Connections
    from seedream_desktop.generation.job import Answer
    from seedream_desktop.generation.request import GenerationRequest, Reference

_SAID_BY_THE_API = (
    ProblemKind.KEY_REFUSED,
    ProblemKind.NOT_ALLOWED,
    ProblemKind.QUOTA_SPENT,
    ProblemKind.RATE_LIMITED,
)


class Client:
    """Asks one base URL. Thread-safe; every method may be called from any event loop."""

    def __init__(
        self,
        base_url: str,
        key: Callable[[], str | None],
        reference_path: Callable[[Reference], Path],
        limits: Limits | None = None,
    ) -> None:
        """Ask ``base_url`` with what ``key()`` returns by then. Raises ProblemError(BASE_URL_REFUSED)."""
        self._base_url = check_base_url(base_url)
        self._host = Link.parse(self._base_url).host
        self._key = key
        self._reference_path = reference_path
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._connections: Connections | None = None

    def __repr__(self) -> str:
        return f"Client({self._host})"

    async def generate(
        self, request: GenerationRequest, job_id: str, spool: Path, progress: Callable[[Sending], None]
    ) -> Answer:
        """Ask for ``request`` and read the answer; its inline pictures go to ``spool/picture-<index>.bin``.

        Sends again only what the server cannot have started. Raises ProblemError; ``billed`` says what it
        may have cost.
        """
        key = self._usable_key()
        body = body_of(request, self._reference_path)
        asked = Asked(request, self._host, (key,))
        exchange = self._exchange(key)
        patience = Patience(self._limits)
        while True:
            try:
                return await exchange.post(body, job_id, asked, spool, progress)
            except ProblemError as error:
                wait_s = patience.wait_s(error.problem)
                if wait_s is None:
                    raise
                problem = error.problem
            progress(Sending(0, body.size_bytes, waiting_s=wait_s, problem=problem))
            await asyncio.sleep(wait_s)

    async def download(
        self,
        url: str,
        target: Path,
        progress: Callable[[int, int | None], None],
        expires_ms: int | None = None,
    ) -> None:
        """Fetch the picture at ``url`` into ``target``, whole or not at all; report bytes here and in all.

        ``expires_ms`` is when the link dies, where it does not say so itself. Raises ProblemError.
        """
        from seedream_desktop.api.download import Download  # late: httpx costs 140 ms at the start

        await Download(self._connected(), self._limits, progress).fetch(url, target, expires_ms)

    async def models(self) -> tuple[str, ...]:
        """The ids of the models that the server lists. Raises ProblemError."""
        key = self._usable_key()
        listed = model_ids(await self._exchange(key).get("models", self._asked(key)))
        if listed is None:
            raise ProblemError(Problem(ProblemKind.NOT_THE_API, Billed.NO, subject=self._host))
        return listed

    async def balance(self) -> Balance:
        """What the account may spend and has spent; only a right key sees it. Raises ProblemError."""
        key = self._usable_key()
        exchange, asked = self._exchange(key), self._asked(key)
        subscription = await exchange.get("dashboard/billing/subscription", asked)
        usage = await exchange.get("dashboard/billing/usage", asked)
        balance = balance_of(subscription, usage)
        if balance is None:
            raise ProblemError(Problem(ProblemKind.NOT_THE_API, Billed.NO, subject=self._host))
        return balance

    async def test_key(self) -> KeyTest:
        """Whether the address is right, and whether the key is: listing models does not prove a key."""
        try:
            await self.models()
        except ProblemError as error:
            problem = error.problem
            if problem.kind not in _SAID_BY_THE_API:
                return KeyTest(address_is_right=False, key_is_right=None, problem=problem)
        try:
            balance = await self.balance()
        except ProblemError as error:
            refused = error.problem.kind is ProblemKind.KEY_REFUSED
            return KeyTest(
                address_is_right=True, key_is_right=False if refused else None, problem=error.problem
            )
        return KeyTest(address_is_right=True, key_is_right=True, balance=balance)

    async def close(self) -> None:
        """Forget the certificates; connections live no longer than their request."""
        with self._lock:
            self._connections = None

    def _exchange(self, key: str) -> Exchange:
        from seedream_desktop.api.exchange import Exchange  # late: httpx costs 140 ms at the start

        return Exchange(self._connected(), self._base_url, key, self._limits)

    def _connected(self) -> Connections:
        from seedream_desktop.api.transport import Connections  # late: httpx costs 140 ms at the start

        with self._lock:
            if self._connections is None:
                for name in ("httpx", "httpcore"):  # they write whole links, signatures included
                    logging.getLogger(name).setLevel(logging.WARNING)
                self._connections = Connections(self._base_url)
            return self._connections

    def _asked(self, key: str) -> Asked:
        return replace(Asked(host=self._host), secrets=(key,))

    def _usable_key(self) -> str:
        """The key, or a problem before a library puts a malformed one into the text of an exception."""
        key = self._key()
        if not key:
            raise ProblemError(Problem(ProblemKind.NO_KEY))
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ProblemError(Problem(ProblemKind.KEY_MALFORMED))
        return key
