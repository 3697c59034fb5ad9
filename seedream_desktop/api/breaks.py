"""What a broken connection means: what failed, and whether the server can have started."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace

import httpcore

from seedream_desktop.api.stream import AddressRefusedError
from seedream_desktop.api.words_said import fit_to_show
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind

TRANSPORT_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    TimeoutError,
)
_CONNECTING = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.ProxyError)
_BLAMED_ON_PROXY = (ProblemKind.UNREACHABLE, ProblemKind.NAME_NOT_FOUND, ProblemKind.PROXY_UNUSABLE)
_STATUS = re.compile(r"^(\d{3})\b")


def problem_of_break(error: Exception, host: str, *, body_complete: bool) -> Problem:
    """The problem that ``error`` means once there was a connection."""
    if not body_complete:
        return Problem(ProblemKind.SENDING_BROKE, Billed.NO, subject=host, said=_words(error))
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return Problem(ProblemKind.NO_ANSWER, Billed.MAYBE, subject=host)
    return Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE, subject=host, said=_words(error))


def is_connect_error(error: Exception) -> bool:
    """Whether no connection came about."""
    return isinstance(error, _CONNECTING)


def connect_problem(error: Exception, host: str, proxy_name: str) -> Problem:
    """The problem that ``error`` means when no connection came about; nothing was sent."""
    problem = _connect_problem(error, host)
    if not proxy_name or problem.kind not in _BLAMED_ON_PROXY:
        return problem
    said = problem.said if problem.status is not None else ""  # its own words, not the system's
    return replace(problem, kind=ProblemKind.PROXY_UNUSABLE, subject=proxy_name, said=said)


def _connect_problem(error: Exception, host: str) -> Problem:
    if isinstance(error, httpcore.ProxyError):
        status = _STATUS.match(str(error))
        number = int(status[1]) if status else None
        return Problem(ProblemKind.PROXY_UNUSABLE, Billed.NO, said=_words(error), subject=host, status=number)
    for cause in _causes(error):
        if isinstance(cause, AddressRefusedError):
            return Problem(ProblemKind.ADDRESS_NOT_ALLOWED, Billed.NO, subject=host)
        if isinstance(cause, ssl.SSLCertVerificationError):
            said = fit_to_show(getattr(cause, "verify_message", "") or str(cause))
            return Problem(ProblemKind.CERTIFICATE_REFUSED, Billed.NO, said=said, subject=host)
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            # It answers, but not as a server that can be proven.
            said = fit_to_show(getattr(cause, "reason", "") or "")
            return Problem(ProblemKind.CERTIFICATE_REFUSED, Billed.NO, said=said, subject=host)
        if isinstance(cause, socket.gaierror | UnicodeError):
            return Problem(ProblemKind.NAME_NOT_FOUND, Billed.NO, said=_words(cause), subject=host)
    return Problem(ProblemKind.UNREACHABLE, Billed.NO, said=_words(error), subject=host)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _words(error: BaseException) -> str:
    return fit_to_show(str(error))
