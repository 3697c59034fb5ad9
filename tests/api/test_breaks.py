"""Whatever breaks is a known kind, and costs only what can have been started."""

import socket
import ssl

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.breaks import (
    TRANSPORT_ERRORS,
    connect_problem,
    is_connect_error,
    problem_of_break,
)
from seedream_desktop.api.stream import AddressRefusedError
from seedream_desktop.generation.errors import NETWORK_AWAY, Billed, ProblemKind

RAISED = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.ReadError,
    httpcore.ReadTimeout,
    httpcore.WriteError,
    httpcore.WriteTimeout,
    httpcore.RemoteProtocolError,
    httpcore.LocalProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    AddressRefusedError,
    TimeoutError,
)
CAUSES = (
    None,
    OSError(113, "No route to host"),
    ConnectionRefusedError(111, "refused"),
    socket.gaierror(-2, "unknown"),
    UnicodeError("label too long"),
    ssl.SSLCertVerificationError(1, "certificate verify failed"),
    ssl.SSLError(1, "WRONG_VERSION_NUMBER"),
    ssl.SSLEOFError(8, "EOF"),
    TimeoutError(),
)


@given(
    st.sampled_from(RAISED), st.sampled_from(CAUSES), st.text(), st.booleans(), st.sampled_from(["", "p:1"])
)
def test_any_break_is_a_known_kind(
    raised: type[Exception], cause: Exception | None, words: str, is_whole: bool, proxy: str
) -> None:
    error = raised(words)
    error.__cause__ = cause
    assert isinstance(error, TRANSPORT_ERRORS)
    unconnected = connect_problem(error, "api.example.com", proxy)
    assert (unconnected.billed, unconnected.kind in NETWORK_AWAY and bool(proxy)) == (Billed.NO, False)
    if not is_connect_error(error):
        broken = problem_of_break(error, "api.example.com", body_complete=is_whole)
        assert broken.billed is (Billed.MAYBE if is_whole else Billed.NO)
    for text in (unconnected.said, unconnected.subject):
        text.encode()


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (ConnectionRefusedError(111, "refused"), ProblemKind.UNREACHABLE),
        (OSError(101, "Network is unreachable"), ProblemKind.UNREACHABLE),
        (TimeoutError(), ProblemKind.UNREACHABLE),
        (ssl.SSLEOFError(8, "EOF"), ProblemKind.UNREACHABLE),
        (socket.gaierror(-2, "unknown"), ProblemKind.NAME_NOT_FOUND),
        (ssl.SSLCertVerificationError(1, "self-signed"), ProblemKind.CERTIFICATE_REFUSED),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), ProblemKind.CERTIFICATE_REFUSED),
    ],
)
def test_what_kept_a_connection_from_coming_about(cause: Exception, kind: ProblemKind) -> None:
    error = httpcore.ConnectError("no")
    error.__cause__ = cause
    assert connect_problem(error, "api.example.com", "").kind is kind


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (ProblemKind.PROXY_UNUSABLE, ConnectionRefusedError(111, "refused")),
        (ProblemKind.PROXY_UNUSABLE, socket.gaierror(-2, "unknown")),
        (ProblemKind.CERTIFICATE_REFUSED, ssl.SSLCertVerificationError(1, "self-signed")),
    ],
)
def test_behind_a_proxy_it_is_the_proxy_that_is_not_reached(kind: ProblemKind, cause: Exception) -> None:
    error = httpcore.ConnectError("[Errno 111]")
    error.__cause__ = cause
    problem = connect_problem(error, "api.example.com", "proxy:3128")
    assert problem.kind is kind
    assert "Errno" not in problem.said
