"""A network that wants a sign-in first: found out by asking who answers at the API's plain address.

The question is a GET without a key, a prompt or a path. What comes back is looked at, never followed.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

from seedream_desktop.api.addresses import Link, is_near
from seedream_desktop.api.breaks import TRANSPORT_ERRORS
from seedream_desktop.api.download import read_start
from seedream_desktop.api.transport import answer_to, link_request
from seedream_desktop.api.words_said import is_page
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.limits import Limits
    from seedream_desktop.api.transport import Connections

_REDIRECTS = (301, 302, 303, 307, 308)
_OK, _SIGN_IN = 200, 511
_NOT_REACHED = (ProblemKind.UNREACHABLE, ProblemKind.CERTIFICATE_REFUSED)
_ODD_ANSWERS = (ProblemKind.MOVED, ProblemKind.NOT_THE_API, ProblemKind.SIGN_IN_NEEDED)
_PAGE_LIMIT = 2000  # characters of an address


class Portal:
    """Asks who answers in the API's place."""

    def __init__(
        self, connections: Connections, base_url: str, limits: Limits, probe_url: str | None
    ) -> None:
        """Ask ``probe_url``; None: port 80 of the API's host, unless that is on this computer or near it."""
        base = Link.parse(base_url)
        self._connections = connections
        self._limits = limits
        self._is_encrypted = base.scheme == "https"
        host = f"[{base.host}]" if ":" in base.host else base.host
        self._probe_url = probe_url or ("" if is_near(base.host) else f"http://{host}/")

    def may_explain(self, problem: Problem) -> bool:
        """Whether ``problem`` is one that a sign-in page may be behind."""
        return bool(self._probe_url) and problem.kind in (*_NOT_REACHED, *_ODD_ANSWERS)

    async def explained(self, problem: Problem) -> Problem:
        """``problem``, or SIGN_IN_NEEDED with the page's address where something else answers for the API."""
        page = await self.page_behind(problem) if self.may_explain(problem) else ""
        if not page:
            return problem
        return replace(problem, kind=ProblemKind.SIGN_IN_NEEDED, billed=Billed.NO, said="", page=page)

    async def page_behind(self, problem: Problem) -> str:
        """The address of the sign-in page that is behind ``problem``; empty where nothing is.

        What answered over a proven connection was the API or a company's gateway: then a page at the plain
        address proves nothing, being sent elsewhere does.
        """
        is_proven = problem.status is not None and self._is_encrypted
        return await self._page(is_page_enough=not is_proven)

    async def _page(self, *, is_page_enough: bool) -> str:
        link = Link.parse(self._probe_url)
        request = link_request(link, {"Accept": "text/html"}, httpx.Timeout(self._limits.probe_s))
        try:
            async with asyncio.timeout(self._limits.probe_s), self._connections.to_probe(link) as client:
                answered = await answer_to(client, request)
                try:
                    start = await read_start(answered)
                finally:
                    await answered.aclose()
        except (ProblemError, *TRANSPORT_ERRORS):
            return ""
        if answered.status_code in _REDIRECTS:
            return _foreign(self._probe_url, link, answered.headers.get("location", ""))
        is_sign_in = answered.status_code == _SIGN_IN
        if (is_sign_in or (is_page_enough and answered.status_code == _OK)) and is_page(start):
            return self._probe_url
        return ""


def _foreign(asked: str, link: Link, location: str) -> str:
    """Where a redirect leads, if that is another's place; empty for the API's own."""
    try:
        target = urljoin(asked, location.strip())
        moved = Link.parse(target)
    except ValueError:
        return ""
    is_own = _site(moved.host) == _site(link.host) and (moved.scheme == "https" or moved.port == link.port)
    return "" if is_own or len(target) > _PAGE_LIMIT or not target.isprintable() else target


def _site(host: str) -> str:
    """What belongs to one owner: the last two names; of an address all."""
    last = host.rpartition(".")[2]
    return host if ":" in host or last.isdecimal() else ".".join(host.split(".")[-2:])
