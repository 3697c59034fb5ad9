"""The client of the endpoint: generates, downloads, lists the models, proves the key.

httpx is imported at the first use, and its objects live for one request, inside the event loop that makes it:
every pool thread has a loop of its own, and all of them share one client.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop.api.account import Balance, KeyTest, balance_of, model_ids
from seedream_desktop.api.addresses import Link, check_base_url
from seedream_desktop.api.failures import Asked
from seedream_desktop.api.limits import Limits
from seedream_desktop.api.pace import Pace
from seedream_desktop.api.payload import body_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.exchange import Exchange
    from seedream_desktop.api.portal import Portal
    from seedream_desktop.api.reports import Sending
    from seedream_desktop.api.transport import Connections
    from seedream_desktop.generation.answer import Answer
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
        proxy: Callable[[], str] = lambda: "",
        silence_s: Callable[[GenerationRequest], float] | None = None,
        probe_url: str | None = None,
    ) -> None:
        """Ask ``base_url`` with what ``key()`` returns by then. Raises ProblemError(BASE_URL_REFUSED).

        ``proxy`` gives the chosen proxy (empty: the system's), for each request anew. ``silence_s`` says how
        long an answer may keep silent; None: as ``limits`` has it. ``probe_url`` is where a sign-in page of
        the network is looked for; None: at the plain address of the API's host.
        """
        self._base_url = check_base_url(base_url)
        self._host = Link.parse(self._base_url).host
        self._key = key
        self._reference_path = reference_path
        self._limits = limits or Limits()
        self._proxy = proxy
        self._silence_s = silence_s or self._limits.silence_s
        self._probe_url = probe_url
        self._pace = Pace()
        self._lock = threading.Lock()
        self._connections: Connections | None = None

    def __repr__(self) -> str:
        return f"Client({self._host})"

    async def generate(
        self, request: GenerationRequest, job_id: str, spool: Path, progress: Callable[[Sending], None]
    ) -> Answer:
        """Ask for ``request`` and read the answer; its inline pictures go to ``spool/picture-<index>.bin``.

        Sends again only what the server cannot have started, and waits as long as the network is away; both
        are told to ``progress`` before anything else happens. Raises ProblemError; ``billed`` says what it
        may have cost.
        """
        from seedream_desktop.api.exchange import Order  # late: httpx costs 140 ms at the start
        from seedream_desktop.api.proxies import ProxySettingError  # late: as above
        from seedream_desktop.api.waiting import Waiting  # late: as above

        self._usable_key()  # before anything is waited for
        body, silence_s = body_of(request, self._reference_path), self._silence_s(request)
        waiting = Waiting(self._pace, self._portal(), self._limits, body.size_bytes, progress)
        while True:
            await waiting.for_turn()
            key = self._usable_key()  # another may have been chosen meanwhile
            order = Order(body, job_id, Asked(request, self._host, (key,)), silence_s)
            try:
                return await self._exchange(key).post(order, spool, progress)
            except ProxySettingError:
                raise
            except ProblemError as error:
                problem = error.problem
            await waiting.after(problem)

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
        listed = model_ids(await self._get("models", key))
        if listed is None:
            raise ProblemError(Problem(ProblemKind.NOT_THE_API, Billed.NO, subject=self._host))
        return listed

    async def balance(self) -> Balance:
        """What the account may spend and has spent; only a right key sees it. Raises ProblemError."""
        key = self._usable_key()
        subscription = await self._get("dashboard/billing/subscription", key)
        usage = await self._get("dashboard/billing/usage", key)
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

        return Exchange(self._connected(), self._base_url, key, self._limits, self._pace)

    async def _get(self, path: str, key: str) -> Any:
        """The JSON at ``path``. Raises ProblemError; a network that wants a sign-in is said to be one."""
        try:
            return await self._exchange(key).get(path, self._asked(key))
        except ProblemError as error:
            raise ProblemError(await self._portal().explained(error.problem)) from error

    def _portal(self) -> Portal:
        from seedream_desktop.api.portal import Portal  # late: httpx costs 140 ms at the start

        return Portal(self._connected(), self._base_url, self._limits, self._probe_url)

    def _connected(self) -> Connections:
        from seedream_desktop.api.transport import Connections  # late: httpx costs 140 ms at the start

        with self._lock:
            if self._connections is None:
                for name in ("httpx", "httpcore"):  # they write whole links, signatures included
                    logging.getLogger(name).setLevel(logging.WARNING)
                self._connections = Connections(self._base_url, self._proxy)
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
