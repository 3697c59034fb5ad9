"""One request to the API: sent with the key to the base URL's own origin, answered or a problem."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.answer import Received, read_answer
from seedream_desktop.api.breaks import TRANSPORT_ERRORS, connect_problem, is_connect_error, problem_of_break
from seedream_desktop.api.download import read_start
from seedream_desktop.api.failures import Asked, refusal, request_id
from seedream_desktop.api.limits import (
    ANSWER_BYTES_PER_PICTURE,
    ANSWER_PICTURES,
    LIST_BYTES,
    SKELETON_BYTES,
    Limits,
)
from seedream_desktop.api.payload import Body
from seedream_desktop.api.reports import Sending
from seedream_desktop.api.retry import http_date_s
from seedream_desktop.api.spool import IncomingAnswer
from seedream_desktop.api.transport import Connections, OddRedirectError, answer_to, request_headers
from seedream_desktop.files import problem_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.api.pace import Pace
    from seedream_desktop.generation.answer import Answer

_OLDEST_S = 1.6e9  # September 2020; a server's clock that is behind it does not run
_SUCCESS = range(200, 300)
_FOUND = 302


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: its body, on whose behalf, and how long its answer may keep silent."""

    body: Body
    job_id: str
    asked: Asked
    silence_s: float

    def __repr__(self) -> str:
        return f"Order({self.job_id})"  # the body holds a prompt


class Upload:
    """A body on its way: says how far it is, and that it is complete before its last bytes leave."""

    def __init__(self, body: Body, progress: Callable[[Sending], None], on_start: Callable[[], None]) -> None:
        """Send ``body``; ``on_start`` is called when the connection is made."""
        self._chunks = body.chunks()
        self._progress = progress
        self._on_start = on_start
        self._sent_bytes = 0
        self.total_bytes = body.size_bytes
        self.has_begun = False
        self.is_complete = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """The next bytes; whoever asks for them has handed over the ones before. Raises ProblemError."""
        if not self.has_begun:
            self.has_begun = True
            self._on_start()
        chunk = next(self._chunks, None)
        if chunk is None:
            raise StopAsyncIteration
        self.is_complete = self._sent_bytes + len(chunk) >= self.total_bytes
        self._progress(Sending(self._sent_bytes, self.total_bytes, self.is_complete))
        self._sent_bytes += len(chunk)
        return chunk

    def close(self) -> None:
        """Close the file that is being read."""
        self._chunks.close()


class Exchange:
    """Requests to one base URL with one key."""

    def __init__(
        self, connections: Connections, base_url: str, key: str | None, limits: Limits, pace: Pace
    ) -> None:
        """Ask ``base_url`` as the owner of ``key``; None: as nobody. ``pace`` hears of every answer."""
        self._pace = pace
        self._connections = connections
        self._base_url = base_url
        self._key = key
        self._limits = limits

    async def post(self, order: Order, spool: Path, progress: Callable[[Sending], None]) -> Answer:
        """Send the body of ``order`` once and read the answer. Raises ProblemError.

        Once it is being sent there is no limit on the whole: what is slow but alive was paid for.
        """
        body, asked = order.body, order.asked
        deadline = asyncio.timeout(self._limits.connect_s * 2)
        upload = Upload(body, progress, lambda: deadline.reschedule(None))
        request = httpx.Request(
            "POST",
            f"{self._base_url}/images/generations",
            headers=self._headers()
            | {
                "Content-Type": "application/json",
                "Content-Length": str(body.size_bytes),
                "Idempotency-Key": order.job_id,
                "X-Client-Request-Id": order.job_id,
            },
            content=upload,
            extensions={"timeout": self._timeout(order.silence_s)},
        )
        try:
            async with deadline, self._connections.to_api() as client:
                answered = await answer_to(client, request)
                self._pace.note_through()
                try:
                    return await self._answer(answered, asked, spool, body_complete=upload.is_complete)
                finally:
                    await answered.aclose()
        except OddRedirectError as error:
            raise ProblemError(_moved(asked)) from error
        except TRANSPORT_ERRORS as error:
            if is_connect_error(error) or not upload.has_begun:
                raise self._unconnected(error, asked.host) from error
            problem = problem_of_break(error, asked.host, body_complete=upload.is_complete)
            raise ProblemError(problem) from error
        finally:
            upload.close()

    async def get(self, path: str, asked: Asked) -> Any:
        """The JSON at ``path`` below the base URL. Raises ProblemError."""
        request = httpx.Request(
            "GET",
            f"{self._base_url}/{path}",
            headers=self._headers(),
            extensions={"timeout": self._timeout(self._limits.list_s)},
        )
        try:
            async with asyncio.timeout(self._limits.list_s), self._connections.to_api() as client:
                answered = await answer_to(client, request)
                self._pace.note_through()
                try:
                    return await _json(answered, asked)
                finally:
                    await answered.aclose()
        except OddRedirectError as error:
            raise ProblemError(_moved(asked)) from error
        except TRANSPORT_ERRORS as error:
            raise self._unconnected(error, asked.host) from error

    async def _answer(
        self, answered: httpx.Response, asked: Asked, spool: Path, *, body_complete: bool
    ) -> Answer:
        if answered.status_code not in _SUCCESS:
            judged = Asked(asked.request, asked.host, asked.secrets, body_complete)
            raise ProblemError(
                refusal(answered.status_code, answered.headers, await read_start(answered), judged)
            )
        try:
            return await self._success(answered, asked, spool)
        except OSError as error:
            raise ProblemError(_paid_and_lost(error, spool)) from error

    async def _success(self, answered: httpx.Response, asked: Asked, spool: Path) -> Answer:
        """Read an answer that was paid for; what cannot be read, or is waited for no longer, is kept raw."""
        pictures = max(ANSWER_PICTURES, asked.request.pictures_at_most if asked.request is not None else 1)
        incoming = IncomingAnswer(spool, ANSWER_BYTES_PER_PICTURE * pictures, SKELETON_BYTES)
        try:
            return await self._read(answered, incoming, asked)
        except (ProblemError, asyncio.CancelledError) as error:
            is_free = isinstance(error, ProblemError) and error.problem.billed is Billed.NO
            if incoming.size_bytes and not is_free:
                with contextlib.suppress(OSError):  # what it ended in says more
                    incoming.keep_raw()
            raise
        finally:
            incoming.close()

    async def _read(self, answered: httpx.Response, incoming: IncomingAnswer, asked: Asked) -> Answer:
        headers = answered.headers
        is_compressed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
        broken = await _fed(answered, incoming, asked.host)
        start = incoming.start().lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"<") and broken is None:
            problem = Problem(ProblemKind.NOT_THE_API, Billed.NO, subject=asked.host)
            raise ProblemError(replace(problem, status=answered.status_code))
        if is_compressed or incoming.is_too_large:
            unreadable = Problem(ProblemKind.ANSWER_UNREADABLE, Billed.YES, request_id=request_id(headers))
            raise ProblemError(broken or unreadable)
        server_s = max(http_date_s(headers.get("date")) or time.time(), _OLDEST_S)
        shown = Asked(asked.request, asked.host, (*asked.secrets, incoming.token), asked.body_complete)
        answer = read_answer(incoming, Received(shown, request_id(headers), server_s), broken)
        unused = [picture.problem for picture in answer.pictures if picture.problem is not None]
        if answer.rest_count and answer.problem is not None:
            unused.append(answer.problem)
        if any(problem.billed is not Billed.NO for problem in unused):
            incoming.keep_raw()
        return answer

    def _unconnected(self, error: Exception, host: str) -> ProblemError:
        return ProblemError(connect_problem(error, host, self._connections.proxy_name()))

    def _headers(self) -> dict[str, str]:
        headers = request_headers(Link.parse(self._base_url)) | {"Accept": "application/json"}
        return headers | {"Authorization": f"Bearer {self._key}"} if self._key else headers

    def _timeout(self, read_s: float) -> dict[str, float | None]:
        limits = self._limits
        return httpx.Timeout(read_s, connect=limits.connect_s, write=limits.write_s).as_dict()


async def _fed(answered: httpx.Response, incoming: IncomingAnswer, host: str) -> Problem | None:
    """Take the answer in as it comes; why it ended before its end, if it did."""
    try:
        async for chunk in answered.aiter_raw():
            incoming.feed(chunk)
            if incoming.is_too_large:
                break
    except TRANSPORT_ERRORS as error:
        return problem_of_break(error, host, body_complete=True)
    except OSError as error:
        return _paid_and_lost(error, incoming.folder)
    return None


def _paid_and_lost(error: OSError, spool: Path) -> Problem:
    return replace(problem_of(error, spool), billed=Billed.YES)


def _moved(asked: Asked) -> Problem:
    return Problem(ProblemKind.MOVED, Billed.NO, subject=asked.host, status=_FOUND)


async def _json(answered: httpx.Response, asked: Asked) -> Any:
    if answered.status_code not in _SUCCESS:
        raise ProblemError(refusal(answered.status_code, answered.headers, await read_start(answered), asked))
    body = bytearray()
    async for chunk in answered.aiter_raw():
        body += chunk
        if len(body) > LIST_BYTES:
            break
    else:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            pass
    raise ProblemError(Problem(ProblemKind.NOT_THE_API, Billed.NO, subject=asked.host))
