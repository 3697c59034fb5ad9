"""Connections: who is connected to, and a byte stream that never loses an early answer.

Servers refuse a request while it is still being sent (413, 401) and close. What has arrived by then is kept
and handed over, because every connection is read eagerly, also while it is being written to.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import itertools
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import httpcore

from seedream_desktop.api.addresses import Address
from seedream_desktop.api.limits import INTERIM_ANSWERS

Allow = Callable[[Address, str], bool]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
_HEAD_START_S = 0.25  # of one address over the next, RFC 8305
_PIECE_BYTES = 64 * 1024
_UNREAD_BYTES = 512 * 1024  # read ahead at most
_CLOSE_S = 1.0
_STEP_S = 5.0  # of waiting for an answer
_LAST_LOOK_S = 0.05
_INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d ")
_INTERIM_BYTES = 13  # of which it can be told


class AddressRefusedError(httpcore.ConnectError):
    """The name leads to an address that must not be connected to."""


class Wire(asyncio.Protocol):
    """Both directions of one connection."""

    def __init__(self, plain: socket.socket) -> None:
        """Serve the connected socket ``plain``."""
        self._plain: socket.socket | None = plain
        self.transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._changed = asyncio.Event()
        self._is_full = False
        self._is_blocked = False
        self._is_over = False
        self._error: Exception | None = None
        self._lost = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; writing waits until all is with the system."""
        self._use(transport)

    def encrypt(self, transport: asyncio.BaseTransport) -> None:
        """Go on over ``transport``, which is TLS over the connection so far."""
        self._plain = None
        self._use(transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came until it is read."""
        self._received += data
        if len(self._received) > _UNREAD_BYTES and self.transport is not None:
            self._is_full = True
            self.transport.pause_reading()
        self._changed.set()

    def eof_received(self) -> bool:
        """The other side said all; the transport closes."""
        self._is_over = True
        self._changed.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more comes or goes."""
        if exc is not None and self._plain is not None:
            self._received += _left_in(self._plain)
        self._is_over = True
        self._error = exc
        self._changed.set()
        self._lost.set()

    def pause_writing(self) -> None:
        """The system takes no more for now."""
        self._is_blocked = True

    def resume_writing(self) -> None:
        """The system has taken all."""
        self._is_blocked = False
        self._changed.set()

    async def read(self, max_bytes: int) -> bytes:
        """What has come, empty at the end. Raises OSError when the connection broke."""
        await self.until_news()
        if not self._received and self._error is not None:
            raise ConnectionResetError(str(self._error)) from self._error
        taken = bytes(self._received[:max_bytes])
        del self._received[:max_bytes]
        if self._is_full and not self._is_over and self.transport is not None:
            self._is_full = False
            self.transport.resume_reading()
        return taken

    async def until_news(self) -> None:
        """Return when there is something to read, or the end."""
        while not self.has_news():
            await self._change()

    async def write(self, piece: bytes) -> None:
        """Hand ``piece`` over. Raises OSError when the connection broke or its answer came early."""
        await asyncio.sleep(0)  # what has arrived is read before a failing write closes the connection
        self._must_be_writable()
        assert self.transport is not None  # noqa: S101  written to after connecting only
        self.transport.write(piece)
        while self._is_blocked:
            await self._change()
            self._must_be_writable()

    async def close(self) -> None:
        """Hang up at once."""
        if self.transport is not None:
            self.transport.abort()
            async with asyncio.timeout(_CLOSE_S):
                await self._lost.wait()

    def has_news(self) -> bool:
        """Whether an idle connection has something to read or is over."""
        return bool(self._received) or self._is_over

    def _use(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  asyncio's promise for TCP
        transport.set_write_buffer_limits(high=1, low=0)
        self.transport = transport

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _must_be_writable(self) -> None:
        if self._is_over or self.transport is None or self.transport.is_closing():
            raise ConnectionResetError("closed while it was written to") from self._error
        if self._received and not _INTERIM.match(self._received):
            raise ConnectionAbortedError("answered before all was sent")


class Stream(httpcore.AsyncNetworkStream):
    """A connection as httpcore wants it."""

    def __init__(self, wire: Wire) -> None:
        """Serve ``wire``."""
        self._wire = wire
        self._interim = _Interim()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come. Raises httpcore's errors.

        ``timeout`` is counted in steps: of the time that the computer was asleep none counts for more. What
        has come by its end is taken, also by a process that was stopped until then.
        """
        try:
            for step_s in _steps(timeout):
                if self._wire.has_news():
                    break
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(step_s):
                        await self._wire.until_news()
            if timeout is not None and not self._wire.has_news():
                raise httpcore.ReadTimeout
            came = await self._wire.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._interim.take(came)
        return came

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Hand ``buffer`` over piece by piece; ``timeout`` counts from piece to piece."""
        view = memoryview(buffer)
        self._interim = _Interim()
        try:
            for start in range(0, len(view), _PIECE_BYTES):
                async with asyncio.timeout(timeout):
                    await self._wire.write(bytes(view[start : start + _PIECE_BYTES]))
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Hang up."""
        try:
            await self._wire.close()
        except TimeoutError:  # the socket is closed all the same
            return

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted and verified. Raises httpcore's errors."""
        assert self._wire.transport is not None  # noqa: S101  connected streams only
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(
                    self._wire.transport, self._wire, ssl_context, server_hostname=server_hostname
                )
        except BaseException as error:
            await self.aclose()
            _raise_connect_error(error)
            raise
        assert transport is not None  # noqa: S101  None only when the transport was closed, which raises
        self._wire.encrypt(transport)
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: the TLS object, the socket, whether an idle connection is readable."""
        if info == "is_readable":
            return self._wire.has_news()
        transport = self._wire.transport
        return transport.get_extra_info(info) if transport is not None else None


class _Interim:
    """Counts the interim answers (102, 103) to a request, of which each would count as a sign of life."""

    def __init__(self) -> None:
        self._count = 0
        self._is_over = False
        self._head = b""

    def take(self, came: bytes) -> None:
        """Look at what came. Raises httpcore.RemoteProtocolError once there were too many."""
        if self._is_over:
            return
        self._head += came
        while _INTERIM.match(self._head):
            _, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return  # h11 limits how long one may be
            self._head = rest
            self._count += 1
            if self._count > INTERIM_ANSWERS:
                raise httpcore.RemoteProtocolError("interim answers without end")
        self._is_over = len(self._head) > _INTERIM_BYTES


class Backend(httpcore.AsyncNetworkBackend):
    """Connects where it is allowed: the addresses are judged, then connected to, never looked up again."""

    def __init__(self, allow: Allow | None) -> None:
        """Ask ``allow(address, host)`` about every address; None: all are fine (the user's own choice)."""
        self._allow = allow

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  httpcore's signature
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. Raises httpcore's errors, AddressRefusedError."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                addresses = await _addresses(host, port)
                self._must_be_allowed(host, addresses)
                connected = await _first_connected(addresses, tuple(socket_options or ()))
        except (OSError, UnicodeError) as error:
            _raise_connect_error(error)
            raise
        try:
            _, wire = await loop.create_connection(lambda: Wire(connected), sock=connected)
        except BaseException:
            connected.close()
            raise
        return Stream(wire)

    async def sleep(self, seconds: float) -> None:
        """Pause."""
        await asyncio.sleep(seconds)

    def _must_be_allowed(self, host: str, addresses: Sequence[_SocketAddress]) -> None:
        if self._allow is None:
            return
        for _, place in addresses:
            if not self._allow(ipaddress.ip_address(str(place[0]).partition("%")[0]), host):
                raise AddressRefusedError(f"address not allowed: {host}")


def _steps(timeout: float | None) -> Iterator[float]:
    """The seconds of a wait, and a last look: who was stopped is told of the time before the bytes."""
    left_s = timeout or 0.0
    while left_s > 0:
        yield min(left_s, _STEP_S)
        left_s -= _STEP_S
    if timeout is not None:
        yield _LAST_LOOK_S


_SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]


async def _addresses(host: str, port: int) -> Sequence[_SocketAddress]:
    """The addresses of ``host``, the two families in turn."""
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        family = socket.AF_INET if literal.version == 4 else socket.AF_INET6
        return [(family, (host, port))]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [(socket.AddressFamily(entry[0]), entry[4]) for entry in found]
    first = [address for address in addresses if address[0] == addresses[0][0]]
    second = [address for address in addresses if address[0] != addresses[0][0]]
    pairs = itertools.zip_longest(first, second)
    return [address for pair in pairs for address in pair if address is not None]


async def _first_connected(
    addresses: Sequence[_SocketAddress], options: tuple[SocketOption, ...]
) -> socket.socket:
    """A socket connected to the first address that answers; each has a head start over the next."""
    waiting = list(addresses)
    running: set[asyncio.Task[socket.socket]] = set()
    error: BaseException | None = None
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.create_task(_connected(*waiting.pop(0), options)))
            head_start_s = _HEAD_START_S if waiting else None
            done, _ = await asyncio.wait(running, timeout=head_start_s, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                running.discard(task)
                error = task.exception()
                if error is None:
                    running |= done - {task}
                    return task.result()
    finally:
        await _discard(running)
    raise error or OSError("no address")


async def _connected(
    family: socket.AddressFamily, place: tuple[Any, ...], options: tuple[SocketOption, ...]
) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        for option in (*options, (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)):
            opened.setsockopt(*option)
        await asyncio.get_running_loop().sock_connect(opened, place)
    except BaseException:
        opened.close()
        raise
    return opened


async def _discard(tasks: set[asyncio.Task[socket.socket]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled() and task.exception() is None:
            task.result().close()


def _left_in(plain: socket.socket) -> bytes:
    """What came before a failing write: asyncio closes the socket without reading it."""
    left = b""
    with contextlib.suppress(OSError):
        while len(left) < _UNREAD_BYTES and (chunk := plain.recv(_PIECE_BYTES)):
            left += chunk
    return left


def _raise_connect_error(error: BaseException) -> None:
    """Raise httpcore's error for what went wrong while connecting; return when it is none of that."""
    if isinstance(error, TimeoutError):
        raise httpcore.ConnectTimeout from error
    if isinstance(error, OSError | UnicodeError):
        raise httpcore.ConnectError(str(error)) from error
