"""Ways to a provider on loopback: plain, by name, encrypted, through a proxy; to be damaged and mended."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from tests.api.certificates import Authority
from tests.api.fault_server import Connection, FaultServer, raw_answer
from tests.api.forward_proxy import ForwardProxy
from tests.api.provider import Provider

API, LINK = "api", "link"  # the places that can be broken
API_HOST, LINK_HOST = "api.example.com", "pictures.example"
HANGING_S = 5.0


class Network:
    """Leads to a provider: its API on one port, its object store on another."""

    scheme, host = "http", "127.0.0.1"
    tls: ssl.SSLContext | None = None

    def __init__(self, provider: Provider) -> None:
        self._stack = ExitStack()
        self._provider = provider
        self.servers = {place: self._serve(place) for place in (API, LINK)}
        self.proxy = ""

    @property
    def base_url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.servers[API].port}/v1"

    @property
    def link_origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.servers[LINK].port}"

    def damage(self, place: str, how: str) -> None:
        """Nobody listens there any more."""
        assert how == "refused"
        self.servers[place].__exit__()

    def mend(self) -> None:
        """Everything is whole again."""
        for place, server in self.servers.items():
            if server.closing.is_set():
                self.servers[place] = self._serve(place, server.port)

    def close(self) -> None:
        self.mend()
        self._stack.close()

    def _serve(self, place: str, port: int = 0) -> FaultServer:
        return self._stack.enter_context(FaultServer(self._provider, tls=self.tls, port=port))


class NamedNetwork(Network):
    """By a name that has to be looked up."""

    host = "localhost"

    def __init__(self, provider: Provider, patch: pytest.MonkeyPatch) -> None:
        super().__init__(provider)
        self._lookup = socket.getaddrinfo
        self._broken: dict[int, str] = {}
        self._mended = threading.Event()
        patch.setattr(socket, "getaddrinfo", self._look_up)

    def damage(self, place: str, how: str) -> None:
        """The name is "unknown", or the look-up is "hanging"."""
        self._mended.clear()
        self._broken[self.servers[place].port] = how

    def mend(self) -> None:
        self._broken.clear()
        self._mended.set()

    def _look_up(self, host: str, port: int, *rest: Any, **named: Any) -> Any:
        how = self._broken.get(port)
        if how == "hanging":
            self._mended.wait(HANGING_S)
        if how is not None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self._lookup(host, port, *rest, **named)


class EncryptedNetwork(Network):
    """With certificates."""

    scheme, host = "https", "localhost"

    def __init__(self, provider: Provider, authority: Authority, stranger: Authority) -> None:
        self.tls = authority.server()
        self._bad = {
            "expired": authority.server(shifted_days=-10),
            "for another host": authority.server(names=("other.example",)),
            "of a stranger": stranger.server(),
        }
        super().__init__(provider)

    def damage(self, place: str, how: str) -> None:
        """Another certificate is shown."""
        self.servers[place]._tls = self._bad[how]

    def mend(self) -> None:
        for server in self.servers.values():
            server._tls = self.tls


class ProxyNetwork(Network):
    """Through a proxy, which can refuse, die and be away."""

    scheme = "https"

    def __init__(self, provider: Provider, authority: Authority) -> None:
        self.tls = authority.server(names=(API_HOST, LINK_HOST))
        super().__init__(provider)
        ports = {API: self.servers[API].port, LINK: self.servers[LINK].port}
        self._leads = ForwardProxy({f"{API_HOST}:443": ports[API], f"{LINK_HOST}:443": ports[LINK]})
        self._how: dict[str, str] = {}
        self._front = self._stack.enter_context(FaultServer(self._pass_on))
        self.proxy = self._front.origin

    @property
    def base_url(self) -> str:
        return f"https://{API_HOST}/v1"

    @property
    def link_origin(self) -> str:
        return f"https://{LINK_HOST}"

    def damage(self, place: str, how: str) -> None:
        """It "refuses", "wants a password", "dies at once", "dies" in the tunnel, or "is away"."""
        self._how[API_HOST if place == API else LINK_HOST] = how

    def mend(self) -> None:
        self._how.clear()

    def _pass_on(self, connection: Connection) -> None:
        start = connection.socket.recv(65536, socket.MSG_PEEK)
        host = start.partition(b":")[0].partition(b" ")[2].decode()
        how = self._how.get(host)
        if how is None:
            self._leads(connection)
        elif how == "is away":
            connection.reset()
        else:
            connection.read_head()
            connection.send(_REFUSALS[how])


_REFUSALS = {
    "refuses": raw_answer(b"", 403),
    "wants a password": raw_answer(b"", 407, {"Proxy-Authenticate": 'Basic realm="all"'}),
    "dies at once": b"",
    "dies": b"HTTP/1.1 200 Connection established\r\n\r\n",
}


@contextmanager
def networks(
    provider: Provider, authority: Authority, stranger: Authority, patch: pytest.MonkeyPatch
) -> Iterator[dict[str, Network]]:
    """One of each kind."""
    with ExitStack() as stack:
        made = {
            "plain": Network(provider),
            "named": NamedNetwork(provider, patch),
            "encrypted": EncryptedNetwork(provider, authority, stranger),
            "through a proxy": ProxyNetwork(provider, authority),
        }
        for network in made.values():
            stack.callback(network.close)
        yield made
