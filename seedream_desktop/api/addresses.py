"""Which addresses may be asked: the base URL, and where a link that came from outside may lead to."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_DEFAULT_PORTS = {"https": 443, "http": 80}
_FAKE_IP = ipaddress.ip_network("198.18.0.0/15")  # proxies in TUN mode map every public name there
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in ("100.64.0.0/10", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/32", "fec0::/10", "::/96")
)
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NAME_LIMIT = 253
_TARGET_LIMIT = 64_000  # bytes of a request line that servers and h11 still take


@dataclass(frozen=True, slots=True)
class Link:
    """A link taken apart without changing a byte: where to connect, and what the request line says."""

    scheme: str
    host: str  # lower case, IPv6 without brackets
    port: int
    target: bytes

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take ``url`` apart. Raises ValueError on anything but http(s) with a host and no user."""
        text = url.strip()
        scheme, separator, rest = text.partition("://")
        scheme = scheme.lower()
        if not separator or scheme not in _DEFAULT_PORTS:
            raise ValueError("not an http link")
        rest = rest.partition("#")[0]
        cut = min((i for i in map(rest.find, "/?") if i >= 0), default=len(rest))
        host, port = _host_and_port(rest[:cut], _DEFAULT_PORTS[scheme])
        target = rest[cut:] if rest[cut : cut + 1] == "/" else "/" + rest[cut:]
        raw = b"".join(_wire_byte(byte) for byte in target.encode("utf-8", "replace"))
        if len(raw) > _TARGET_LIMIT:
            raise ValueError("too long")
        return cls(scheme, host, port, raw)

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class AddressRule:
    """Where a download may lead, given the base URL: public addresses, and the base URL's own place."""

    base_scheme: str
    base_host: str

    @classmethod
    def for_base(cls, base_url: str) -> Self:
        """The rule that goes with a base URL that ``check_base_url`` returned."""
        link = Link.parse(base_url)
        return cls(link.scheme, link.host)

    def allows_link(self, link: Link) -> bool:
        """Whether the text of ``link`` is fine; where its name leads to is judged on connecting."""
        if link.scheme != "https" and self.base_scheme != "http":
            return False
        address = written_address(link.host)
        return address is None or self.allows_address(address, link.host)

    def allows_address(self, address: Address, host: str) -> bool:
        """Whether ``address``, to which ``host`` leads, may be connected to."""
        real = _embedded(address)
        if _is_public(real):
            return True
        if real.is_loopback:
            return _is_loopback_host(self.base_host)
        return host == self.base_host and not real.is_multicast and not real.is_unspecified


def check_base_url(text: str) -> str:
    """``text`` as a base URL without a slash at its end.

    Plain http is taken on loopback and private addresses only. Raises ProblemError(BASE_URL_REFUSED).
    """
    cleaned = text.strip()
    try:
        link = Link.parse(cleaned if "://" in cleaned else f"https://{cleaned}")
    except ValueError as error:
        raise _refused(cleaned) from error
    if b"?" in link.target or "#" in cleaned or (link.scheme == "http" and not is_near(link.host)):
        raise _refused(link.host)
    return link.origin + link.target.decode("ascii").rstrip("/")


def origin_of(base_url: str) -> str:
    """Scheme, host and port of ``base_url``: what a key belongs to. Raises ProblemError(BASE_URL_REFUSED)."""
    return Link.parse(check_base_url(base_url)).origin


def written_address(host: str) -> Address | None:
    """The address that ``host`` spells, also in old forms (``127.1``, ``0x7f000001``); None for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if host == "localhost" or host.endswith(".localhost"):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def is_near(host: str) -> bool:
    """Whether ``host`` is written as this computer or as an address of its own network."""
    if host != "localhost" and not host.endswith(".localhost"):
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or (address.is_private and not address.is_unspecified)
    return True


def _host_and_port(authority: str, default_port: int) -> tuple[str, int]:
    if "@" in authority or "%" in authority or any(ord(character) <= ord(" ") for character in authority):
        raise ValueError("a user, a zone or a blank in the host")
    parts = urlsplit(f"//{authority}")
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return str(ipaddress.IPv6Address(host)), parts.port or default_port
    host = host.encode("idna").decode("ascii").lower().rstrip(".")
    if len(host) > _NAME_LIMIT or not _NAME.fullmatch(host):
        raise ValueError("no host")
    return host, parts.port or default_port


def _wire_byte(byte: int) -> bytes:
    return bytes((byte,)) if 0x21 <= byte <= 0x7E else b"%%%02X" % byte


def _refused(subject: str) -> ProblemError:
    return ProblemError(Problem(ProblemKind.BASE_URL_REFUSED, Billed.NO, subject=subject[:_NAME_LIMIT]))


def _is_loopback_host(host: str) -> bool:
    address = written_address(host)
    return address is not None and address.is_loopback


def _embedded(address: Address) -> Address:
    """The IPv4 address inside a mapped, NAT64 or 6to4 address, else ``address`` itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: Address) -> bool:
    if address in _FAKE_IP:
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NOT_PUBLIC if network.version == address.version)
    )
