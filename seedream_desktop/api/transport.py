"""HTTP clients that are safe by construction: two kinds, made for one request each.

The one with the key talks to the base URL's origin only; the one for downloads carries nothing. Neither
follows redirects, reads settings from the environment, keeps cookies or asks for compressed answers. httpx
is given a transport of our own because it offers no public way to choose the connections (read 2026-11).
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import certifi
import httpcore
import httpx
import truststore

from seedream_desktop import __version__
from seedream_desktop.api.addresses import AddressRule, Link
from seedream_desktop.api.proxies import Proxy, proxy_for
from seedream_desktop.api.stream import Allow, Backend, SocketOption

TARGET = "seedream_target"  # extension of a request: the bytes of its request line, never rewritten
_PLAIN_WORDS = re.compile(r"[\w .,()-]*", re.ASCII)
_USER_AGENT = f"seedream-desktop/{__version__}"
_KEEPALIVE_IDLE_S = 30
_KEEPALIVE_PROBE_S = 15
_KEEPALIVE_PROBES = 4
_OTHER_ROOTS = (  # where distributions keep their certificates, as truststore 0.10 looks for them
    "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/ca-bundle.pem",
)


class Connections:
    """Makes clients; holds the one TLS context that they share. Thread-safe."""

    def __init__(self, base_url: str, proxy: Callable[[], str] = lambda: "") -> None:
        """Serve the base URL ``base_url`` and the links of its answers.

        ``proxy`` gives the proxy that was chosen, for each request anew, as ``proxies.proxy_for`` takes it.
        """
        self._proxy = proxy
        self._base = Link.parse(base_url)
        self.rule = AddressRule.for_base(base_url)
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None

    def to_api(self) -> httpx.AsyncClient:
        """A client for one request to the base URL. Raises ProblemError(PROXY_UNUSABLE)."""
        return self._client(self._base, None)

    def to_link(self, link: Link) -> httpx.AsyncClient:
        """A client for one download from ``link``. Raises ProblemError(PROXY_UNUSABLE)."""
        return self._client(link, self.rule.allows_address)

    def to_probe(self, link: Link) -> httpx.AsyncClient:
        """A client for one question to a plain ``link``, wherever this network leads it; always direct."""
        return self._client(link, None)

    def proxy_name(self, link: Link | None = None) -> str:
        """The proxy on the way to ``link`` (None: to the API), empty when there is none."""
        proxy = proxy_for(link or self._base, self._proxy())
        return f"{proxy.host}:{proxy.port}" if proxy is not None else ""

    def _client(self, link: Link, allow: Allow | None) -> httpx.AsyncClient:
        proxy = proxy_for(link, self._proxy())
        backend = Backend(None if proxy is not None else allow)  # a proxy looks names up itself
        pool = _proxied(proxy, self._context(), backend) if proxy else _direct(self._context(), backend)
        return httpx.AsyncClient(transport=Transport(pool), trust_env=False, follow_redirects=False)

    def _context(self) -> ssl.SSLContext:
        with self._lock:
            if self._tls is None:
                self._tls = _tls_context()
            return self._tls


class OddRedirectError(httpcore.RemoteProtocolError):
    """The answer sends on to something that is no address."""


async def answer_to(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """What is answered to ``request``, its body still to come. Raises httpcore's errors, OddRedirectError.

    httpx makes a request of every redirect, also where it is not to follow it (0.28.1), and fails with an
    error of its own where that leads nowhere.
    """
    try:
        return await client.send(request, stream=True)
    except (httpx.RemoteProtocolError, httpx.InvalidURL, ValueError) as error:
        raise OddRedirectError("sent on to no address") from error


class Transport(httpx.AsyncBaseTransport):
    """Hands requests to httpcore with the request line as it was given, and lets its errors through."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        """Use ``pool`` and close it in the end."""
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``. Raises httpcore's errors."""
        assert isinstance(request.stream, httpx.AsyncByteStream)  # noqa: S101  httpx's promise
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.extensions.get(TARGET, request.url.raw_path),
        )
        sent = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        answered, said = None, ""
        try:
            answered = await self._pool.handle_async_request(sent)
        except httpcore.ProtocolError as error:
            said = _unquoted(error)
        if answered is None:
            raise httpcore.RemoteProtocolError(said)
        return httpx.Response(
            answered.status,
            headers=[(name, value) for name, value in answered.headers if name.lower() != b"set-cookie"],
            stream=_AnswerStream(answered),
            extensions=answered.extensions,
        )

    async def aclose(self) -> None:
        """Hang up."""
        await self._pool.aclose()


class _AnswerStream(httpx.AsyncByteStream):
    def __init__(self, answered: httpcore.Response) -> None:
        self._answered = answered

    async def __aiter__(self) -> AsyncIterator[bytes]:
        said = None
        try:
            async for chunk in self._answered.aiter_stream():
                yield chunk
        except httpcore.ProtocolError as error:
            said = _unquoted(error)
        if said is not None:
            raise httpcore.RemoteProtocolError(said)

    async def aclose(self) -> None:
        await self._answered.aclose()


def request_headers(link: Link) -> dict[str, str]:
    """What every request says about itself. ``Host`` is ours: httpx fails to spell some names (0.28.1)."""
    host = link.origin.partition("://")[2]
    return {
        "Host": host,
        "User-Agent": _USER_AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def link_request(link: Link, headers: dict[str, str], timeout: httpx.Timeout) -> httpx.Request:
    """A GET of exactly ``link``."""
    extensions = {TARGET: link.target, "timeout": timeout.as_dict()}
    return httpx.Request("GET", link.origin, headers=request_headers(link) | headers, extensions=extensions)


def _unquoted(error: httpcore.ProtocolError) -> str:
    """The words of ``error``, unless they quote what was sent, which may hold the key.

    For the same reason it is not chained to the error that is raised in its place.
    """
    said = str(error)
    return said if _PLAIN_WORDS.fullmatch(said) else "not as HTTP has it"


def _direct(context: ssl.SSLContext, backend: Backend) -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=1,
        max_keepalive_connections=0,
        network_backend=backend,
        socket_options=_keepalive(),
    )


def _proxied(proxy: Proxy, context: ssl.SSLContext, backend: Backend) -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncHTTPProxy(
        httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target=b"/"),
        proxy_auth=proxy.login,
        ssl_context=context,
        proxy_ssl_context=context if proxy.scheme == "https" else None,
        max_connections=1,
        max_keepalive_connections=0,
        network_backend=backend,
        socket_options=_keepalive(),
    )


def _keepalive() -> list[SocketOption]:
    """So that a silently dead connection is noticed; the system's own first probe is after two hours."""
    options: list[SocketOption] = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    idle = getattr(socket, "TCP_KEEPIDLE", getattr(socket, "TCP_KEEPALIVE", None))
    for name, value in (
        (idle, _KEEPALIVE_IDLE_S),
        (getattr(socket, "TCP_KEEPINTVL", None), _KEEPALIVE_PROBE_S),
        (getattr(socket, "TCP_KEEPCNT", None), _KEEPALIVE_PROBES),
    ):
        if name is not None:
            options.append((socket.IPPROTO_TCP, name, value))
    return options


def _tls_context() -> ssl.SSLContext:
    """The operating system's certificates, a company's own authority among them; else the bundled ones.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are honoured where they name something that is there: on Linux in
    the place of the system's file or folder, as OpenSSL does it, elsewhere beside the system's own. What is
    not there, or holds no certificate, is passed over. There is no way to switch the check off.
    """
    if sys.platform == "linux" and not _has_roots():
        bundled = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # create_default_context would obey SSLKEYLOGFILE
        bundled.load_verify_locations(cafile=certifi.where())
        return bundled
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.platform != "linux":
        _add_named_roots(context)
    return context


def _add_named_roots(context: ssl.SSLContext) -> None:
    paths = ssl.get_default_verify_paths()
    for name, argument, is_there in (
        (os.environ.get(paths.openssl_cafile_env), "cafile", Path.is_file),
        (os.environ.get(paths.openssl_capath_env), "capath", Path.is_dir),
    ):
        if name and is_there(Path(name)):
            with contextlib.suppress(OSError):  # ssl.SSLError among them
                context.load_verify_locations(**{argument: name})


def _has_roots() -> bool:
    paths = ssl.get_default_verify_paths()
    if paths.cafile or any(Path(other).is_file() for other in _OTHER_ROOTS):
        return True
    with contextlib.suppress(OSError):
        return bool(paths.capath) and any(Path(paths.capath).iterdir())
    return False
