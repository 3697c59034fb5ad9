"""The listening side: connections, the faults that a connection shows, start and end of the server."""

import asyncio
import contextlib
import itertools
import socket
import ssl
import struct
import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import TypeVar

from seedream_desktop.demo.control import CONTROL_ROOT, Control, ShiftedClock
from seedream_desktop.demo.exchanges import Exchange, ExchangeLog, Phase
from seedream_desktop.demo.fault_answers import end_of_item, faulty_answer, replaces_answer
from seedream_desktop.demo.faults import Fault, FaultKind, FaultQueue
from seedream_desktop.demo.links import LinkStore
from seedream_desktop.demo.refusal import Refusal
from seedream_desktop.demo.service import API_ROOT, Service, place_of
from seedream_desktop.demo.wire import (
    ClientGone,
    MalformedRequest,
    Response,
    WatchedReader,
    encode_head,
    read_body,
    read_head,
)

LOOPBACK = "127.0.0.1"
DRIP_INTERVAL_S = 0.02
SERVER_HEADER = ("Server", "seedream-demo")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the server is started; `key` None takes any key of the shape sk-..., `port` 0 any free port.

    `tls` encrypts every connection. `origin` is what links begin with; empty: the server's own address.
    """

    port: int = 0
    delay_s: float = 0.0
    key: str | None = None
    control: bool = False
    tls: ssl.SSLContext | None = None
    origin: str = ""


class DemoHttpServer:
    """The stand-in on one loopback port."""

    def __init__(self, wishes: Wishes, listener: socket.socket) -> None:
        self._listener = listener
        self._clock = ShiftedClock(time.time)
        self.port: int = listener.getsockname()[1]
        self._tls = wishes.tls
        self._links = LinkStore(wishes.origin or self._own_origin, self._clock)
        self._service = Service(self._links, wishes.key, wishes.delay_s, self._clock)
        self._faults = FaultQueue()
        self._log = ExchangeLog()
        self._control = (
            Control(self._service, self._faults, self._log, self._clock) if wishes.control else None
        )
        self._connections = itertools.count(1)

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL."""
        return self._own_origin + API_ROOT

    @property
    def _own_origin(self) -> str:
        return f"{'http' if self._tls is None else 'https'}://{LOOPBACK}:{self.port}"

    async def run(self, stopped: asyncio.Event) -> None:
        """Serves until `stopped` is set, then hangs up on everyone."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._protocol, sock=self._listener, ssl=self._tls)
        try:
            await stopped.wait()
        finally:
            server.close()
            self._service.close()
            self._links.close()

    def _protocol(self) -> asyncio.StreamReaderProtocol:
        loop = asyncio.get_running_loop()
        reader = WatchedReader(loop)
        return asyncio.StreamReaderProtocol(reader, lambda _, writer: self._serve(reader, writer), loop=loop)

    async def _serve(self, reader: WatchedReader, writer: asyncio.StreamWriter) -> None:
        number = next(self._connections)
        try:
            while await self._serve_one(number, reader, writer):
                pass
        except MalformedRequest as malformed:
            response = Refusal(malformed.status, malformed.reason).response()
            with contextlib.suppress(ConnectionError):
                await _send(writer, response, keep_alive=False, is_head=False)
        except (ClientGone, ConnectionError):
            pass
        finally:
            writer.close()

    async def _serve_one(self, number: int, reader: WatchedReader, writer: asyncio.StreamWriter) -> bool:
        """Handles the next request of a connection; False when the connection is to be closed."""
        head = await read_head(reader)
        if head is None:
            return False
        if self._control and head.path.startswith(CONTROL_ROOT):
            answer = self._control.answer(head, await read_body(reader, writer, head))
            await _send(writer, answer, head.keeps_alive, is_head=False)
            return head.keeps_alive
        exchange = self._log.open(number, head) if self._control else Exchange(0, number, head, time.time())
        reader.on_gone = exchange.close_by_client
        fault = self._faults.take(place_of(head))
        keeps_alive = await self._exchange(exchange, fault, reader, writer)
        exchange.finish()
        return keeps_alive

    async def _exchange(
        self, exchange: Exchange, fault: Fault | None, reader: WatchedReader, writer: asyncio.StreamWriter
    ) -> bool:
        head = exchange.head
        if fault and fault.kind is FaultKind.DROP_BEFORE_BODY:
            return await _drop(fault, reader, writer)
        body = await read_body(reader, writer, head)
        exchange.take_body(body)
        if self._control:
            exchange.note_fields(body)
        if fault and fault.kind is FaultKind.DROP_AFTER_BODY:
            if fault.billed:
                await _unless_gone(self._service.answer(exchange, body, None), reader)
            return await _drop(fault, reader, writer)
        response = await _unless_gone(self._answer(exchange, body, fault), reader)
        exchange.phase = Phase.ANSWERING
        exchange.status = response.status
        if fault and fault.kind in {FaultKind.CUT, FaultKind.CUT_AFTER}:
            return await _send_cut(writer, response, fault)
        if fault and fault.kind is FaultKind.DRIP:
            await _unless_gone(_send_slowly(writer, response, fault.bytes_per_s, head.keeps_alive), reader)
        else:
            await _send(writer, response, head.keeps_alive, is_head=head.method == "HEAD")
        return head.keeps_alive

    async def _answer(self, exchange: Exchange, body: bytes, fault: Fault | None) -> Response:
        if fault is None:
            return await self._service.answer(exchange, body, None)
        await asyncio.sleep(fault.delay_s)
        if fault.kind is FaultKind.SILENCE:
            await asyncio.Event().wait()
        if replaces_answer(fault):
            return faulty_answer(fault, Response(200))
        return faulty_answer(fault, await self._service.answer(exchange, body, fault))


async def _unless_gone(work: Coroutine[object, object, T], reader: WatchedReader) -> T:
    """Awaits `work`, but gives it up the moment the client hangs up."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(reader.gone.wait())
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        working.cancel()
        gone.cancel()


async def _send(writer: asyncio.StreamWriter, response: Response, keep_alive: bool, is_head: bool) -> None:
    response = replace(response, headers=(SERVER_HEADER, *response.headers))
    writer.write(encode_head(response, keep_alive))
    if not is_head:
        writer.write(response.body)
    await writer.drain()


async def _send_slowly(
    writer: asyncio.StreamWriter, response: Response, bytes_per_s: int, keep_alive: bool
) -> None:
    writer.write(encode_head(response, keep_alive))
    step = max(1, round(bytes_per_s * DRIP_INTERVAL_S))
    for start in range(0, len(response.body), step):
        writer.write(response.body[start : start + step])
        await writer.drain()
        await asyncio.sleep(DRIP_INTERVAL_S)


async def _send_cut(writer: asyncio.StreamWriter, response: Response, fault: Fault) -> bool:
    """Promises the whole body, sends its beginning, and closes."""
    at_byte = len(response.body) // 2 if fault.at_byte is None else fault.at_byte
    if fault.kind is FaultKind.CUT_AFTER:
        at_byte = end_of_item(response.body, fault.count)
    writer.write(encode_head(response, keep_alive=False) + response.body[:at_byte])
    await writer.drain()
    _close(writer, fault)
    return False


async def _drop(fault: Fault, reader: WatchedReader, writer: asyncio.StreamWriter) -> bool:
    await _unless_gone(asyncio.sleep(fault.delay_s), reader)
    _close(writer, fault)
    return False


def _close(writer: asyncio.StreamWriter, fault: Fault) -> None:
    if fault.reset:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    writer.close()
