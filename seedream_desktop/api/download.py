"""Fetching a picture by its signed link: the link byte for byte, free of charge, as often as it takes."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

import httpx

from seedream_desktop.api.addresses import Link
from seedream_desktop.api.breaks import TRANSPORT_ERRORS, connect_problem, is_connect_error
from seedream_desktop.api.expiry import link_expiry_ms
from seedream_desktop.api.limits import ERROR_BYTES, PICTURE_BYTES, REDIRECTS, Limits
from seedream_desktop.api.retry import http_date_s, parse_retry_after, pause_s
from seedream_desktop.api.transport import Connections, answer_to, link_request
from seedream_desktop.api.words_said import fit_to_show, read_refusal
from seedream_desktop.files import problem_of, sync_folder
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

DownloadProgress = Callable[[int, int | None], None]  # bytes here, bytes in all if known
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_NO_PICTURE = re.compile(r"(text/|application/(json|xml|xhtml|problem))", re.IGNORECASE)
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_DENIED = (400, 401, 403, 404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_OK, _PARTIAL, _RANGE_REFUSED, _SERVER_ERRORS = 200, 206, 416, 500
_PASSING = (408, 425, 429)
_LASTING = (  # another try in a few seconds gives the same
    ProblemKind.ADDRESS_NOT_ALLOWED,
    ProblemKind.CERTIFICATE_REFUSED,
    ProblemKind.LINK_EXPIRED,
    ProblemKind.FILE_TOO_LARGE,
)
_TRIES_WHEN_DENIED = 2


@dataclass(frozen=True, slots=True)
class _Validator:
    """What a later part is compared by: it must come from the same file."""

    etag: str
    modified: str
    total: int

    @property
    def header(self) -> str:
        return self.etag or self.modified


class _Part:
    """What has arrived, beside its target."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(target.name + ".part")
        self._target = target
        self._file: BinaryIO = self.path.open("wb")
        self.size_bytes = 0
        self.validator: _Validator | None = None

    def restart(self, validator: _Validator | None) -> None:
        self._file.seek(0)
        self._file.truncate()
        self.size_bytes = 0
        self.validator = validator

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self.size_bytes += len(chunk)

    def publish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.path.replace(self._target)
        sync_folder(self._target.parent)

    def drop(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Download:
    """One picture on its way from its link to a file."""

    def __init__(self, connections: Connections, limits: Limits, progress: DownloadProgress) -> None:
        """Connect through ``connections``; tell ``progress`` after every chunk."""
        self._connections = connections
        self._limits = limits
        self._progress = progress

    async def fetch(self, url: str, target: Path, expires_ms: int | None) -> None:
        """Bring what ``url`` names to ``target``, whole or not at all. Raises ProblemError."""
        link = self._checked_link(url)
        try:
            part = _Part(target)
            try:
                async with asyncio.timeout(self._limits.download_total_s):
                    await self._until_whole(link, part, expires_ms or link_expiry_ms(url))
                part.publish()
            finally:
                part.drop()
        except TimeoutError as error:
            raise _broke(link.host, "") from error
        except OSError as error:
            raise ProblemError(replace(problem_of(error, target), billed=Billed.YES)) from error

    async def _until_whole(self, link: Link, part: _Part, expires_ms: int | None) -> None:
        failures = denials = 0
        while True:
            before = part.size_bytes
            try:
                await self._attempt(link, part, expires_ms)
                return
            except ProblemError as error:
                problem = error.problem
            failures = 1 if part.size_bytes > before else failures + 1
            denials += problem.kind is ProblemKind.LINK_DENIED
            if (
                problem.kind in _LASTING
                or failures >= self._limits.download_tries
                or denials >= _TRIES_WHEN_DENIED
            ):
                raise ProblemError(replace(problem, billed=Billed.YES))
            asked_s = min(problem.limit or 0.0, self._limits.longest_wait_s)
            await asyncio.sleep(max(asked_s, pause_s(failures, self._limits)))

    async def _attempt(self, link: Link, part: _Part, expires_ms: int | None) -> None:
        """Follow redirects from ``link`` and take what comes. Raises ProblemError."""
        for _ in range(REDIRECTS + 1):
            try:
                moved_to = await self._hop(link, part, expires_ms)
            except TRANSPORT_ERRORS as error:
                if is_connect_error(error):
                    proxy_name = self._connections.proxy_name(link)
                    raise ProblemError(connect_problem(error, link.host, proxy_name)) from error
                raise _broke(link.host, str(error)) from error
            if moved_to is None:
                return
            link = self._checked_link(_joined(link, moved_to))
        raise _broke(link.host, "too many redirects")

    async def _hop(self, link: Link, part: _Part, expires_ms: int | None) -> str | None:
        """One request; returns where it was sent on to. Raises ProblemError and httpcore's errors."""
        timeout = httpx.Timeout(self._limits.download_read_s, connect=self._limits.connect_s)
        async with self._connections.to_link(link) as client:
            answered = await answer_to(client, link_request(link, _range(part), timeout))
            try:
                if answered.status_code in _REDIRECTS and answered.headers.get("location"):
                    return str(answered.headers["location"])
                if answered.status_code not in (_OK, _PARTIAL):
                    await self._refuse(answered, link, part, expires_ms)
                await self._take(answered, link, part)
                return None
            finally:
                await answered.aclose()

    async def _take(self, answered: httpx.Response, link: Link, part: _Part) -> None:
        length = _length(answered)
        if answered.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise _broke(link.host, "compressed")
        if answered.status_code == _PARTIAL:
            total = _continued(answered, part)
            if total is None or length not in (None, total - part.size_bytes):
                part.restart(None)
                raise _broke(link.host, "another part than asked for")
        else:
            part.restart(_validator(answered, length))
            total = length
        if (total or 0) > PICTURE_BYTES:
            raise _too_large(total or 0)
        await self._copy(answered, link, part, total)
        if not part.size_bytes or (total is not None and part.size_bytes != total):
            part.restart(
                None
            )  # it came to its end: this is no part of the file, and more would be put behind it
            raise _broke(link.host, "incomplete")

    async def _copy(self, answered: httpx.Response, link: Link, part: _Part, total: int | None) -> None:
        is_first = part.size_bytes == 0
        async for chunk in answered.aiter_raw():
            if is_first and _is_error_page(answered, chunk):
                raise _no_picture(answered, link, chunk)
            is_first = False
            part.write(chunk)
            if part.size_bytes > PICTURE_BYTES:
                raise _too_large(part.size_bytes)
            self._progress(part.size_bytes, total)

    async def _refuse(
        self, answered: httpx.Response, link: Link, part: _Part, expires_ms: int | None
    ) -> None:
        """Raise the problem that a status means."""
        status = answered.status_code
        if status == _RANGE_REFUSED:
            part.restart(None)
        said = fit_to_show(read_refusal(await read_start(answered)).message)
        headers = answered.headers
        if status in _DENIED:
            now_ms = (http_date_s(headers.get("date")) or time.time()) * 1000
            is_expired = expires_ms is not None and now_ms >= expires_ms
            kind = ProblemKind.LINK_EXPIRED if is_expired else ProblemKind.LINK_DENIED
            raise ProblemError(Problem(kind, Billed.YES, said=said, subject=link.host, status=status))
        pause = parse_retry_after(headers.get("retry-after"), headers.get("date"))
        kind = ProblemKind.LINK_BROKE
        if status < _SERVER_ERRORS and status not in (*_PASSING, _RANGE_REFUSED):
            kind = ProblemKind.LINK_DENIED
        raise ProblemError(
            Problem(kind, Billed.YES, said=said, subject=link.host, limit=pause, status=status)
        )

    def _checked_link(self, url: str) -> Link:
        try:
            link = Link.parse(url)
        except ValueError as error:
            raise ProblemError(Problem(ProblemKind.ADDRESS_NOT_ALLOWED, Billed.YES)) from error
        if not self._connections.rule.allows_link(link):
            raise ProblemError(Problem(ProblemKind.ADDRESS_NOT_ALLOWED, Billed.YES, subject=link.host))
        return link


async def read_start(answered: httpx.Response) -> bytes:
    """The beginning of a body that says why; a connection that breaks meanwhile ends it."""
    start = bytearray()
    try:
        async for chunk in answered.aiter_raw():
            start += chunk
            if len(start) >= ERROR_BYTES:
                break
    except TRANSPORT_ERRORS:
        return bytes(start)
    return bytes(start[:ERROR_BYTES])


def _joined(link: Link, location: str) -> str:
    """Where ``location`` leads from ``link``; empty where that is no link at all."""
    try:
        return urljoin(f"{link.origin}{link.target.decode('ascii')}", location)
    except ValueError:
        return ""


def _range(part: _Part) -> dict[str, str]:
    """The headers that ask for the rest, where what is here can be told to be of the same file."""
    if not part.size_bytes or part.validator is None:
        return {}
    return {"Range": f"bytes={part.size_bytes}-", "If-Range": part.validator.header}


def _validator(answered: httpx.Response, length: int | None) -> _Validator | None:
    etag = answered.headers.get("etag", "")
    strong = etag if etag.startswith('"') and etag.isascii() else ""
    modified = answered.headers.get("last-modified", "")
    if length is None or not (strong or http_date_s(modified)):
        return None
    return _Validator(strong, modified, length)


def _continued(answered: httpx.Response, part: _Part) -> int | None:
    """The size of the whole file when the answer goes on where ``part`` ends, else None."""
    match = _CONTENT_RANGE.fullmatch(answered.headers.get("content-range", "").strip())
    known = part.validator
    if match is None or known is None or int(match[1]) != part.size_bytes:
        return None
    if match[3] != str(known.total) or int(match[2]) != known.total - 1:
        return None
    etag = answered.headers.get("etag", known.etag)
    return known.total if not known.etag or etag == known.etag else None


def _length(answered: httpx.Response) -> int | None:
    text = answered.headers.get("content-length", "")
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _is_error_page(answered: httpx.Response, start: bytes) -> bool:
    """Whether it is no picture: the bytes say so, and what they are called only where they do not."""
    if start.startswith(_PICTURE_STARTS):
        return False
    return bool(_NO_PICTURE.match(answered.headers.get("content-type", "").strip())) or start.lstrip(
        b"\xef\xbb\xbf \t\r\n"
    ).startswith((b"<", b"{", b"["))


def _no_picture(answered: httpx.Response, link: Link, start: bytes) -> ProblemError:
    said = read_refusal(start[:ERROR_BYTES])
    words = fit_to_show(said.message or said.code)
    status = answered.status_code
    return ProblemError(
        Problem(ProblemKind.LINK_DENIED, Billed.YES, said=words, subject=link.host, status=status)
    )


def _broke(host: str, said: str) -> ProblemError:
    return ProblemError(Problem(ProblemKind.LINK_BROKE, Billed.YES, said=fit_to_show(said), subject=host))


def _too_large(size_bytes: int) -> ProblemError:
    return ProblemError(
        Problem(ProblemKind.FILE_TOO_LARGE, Billed.YES, limit=PICTURE_BYTES, actual=size_bytes)
    )
