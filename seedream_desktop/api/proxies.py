"""Which proxy a request takes: the chosen or the system's; odd settings are a problem instead of a crash."""

from __future__ import annotations

import ipaddress
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from seedream_desktop.api.addresses import Link, written_address
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind

DIRECT = "direct"  # the choice of no proxy at all
_DEFAULT_PORTS = {"http": 80, "https": 443}


class ProxySettingError(ProblemError):
    """The setting itself names no proxy that can be used: another try gives the same."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that understands HTTP. Its password stays out of the ``repr``."""

    scheme: str
    host: str
    port: int
    login: tuple[bytes, bytes] | None = field(default=None, repr=False)


def proxy_for(link: Link, chosen: str = "") -> Proxy | None:
    """The proxy for ``link``, or None. Raises ProxySettingError.

    ``chosen`` as in the settings: empty takes the system's with its exceptions, ``direct`` none, anything
    else is the address of one that serves everything but this computer. Plain http goes directly: it is used
    on this computer and in its own network only, and a proxy could read the key.
    """
    if link.scheme != "https" or _is_own(link) or chosen == DIRECT:
        return None
    if chosen:
        return parse_proxy(chosen)
    if _is_exempt(link, urllib.request.getproxies().get("no", "")):
        return None
    return system_proxy()


def system_proxy() -> Proxy | None:
    """The proxy that system or environment name, or None. Raises ProxySettingError."""
    settings = urllib.request.getproxies()
    text = settings.get("https") or settings.get("all")
    return parse_proxy(text) if text else None


def parse_proxy(text: str) -> Proxy:
    """The proxy that ``text`` names, with or without a scheme. Raises ProxySettingError."""
    cleaned = text.strip()
    try:
        parts = urlsplit(cleaned if "://" in cleaned else f"http://{cleaned}")
        host, port = parts.hostname or "", parts.port
        host.encode("ascii")
    except ValueError as error:
        raise _unusable("") from error
    if parts.scheme not in _DEFAULT_PORTS or not host or not host.isprintable() or " " in host:
        raise _unusable(f"{parts.scheme}://{host}" if host else "")
    login = None
    if parts.username is not None:
        login = (unquote(parts.username).encode(), unquote(parts.password or "").encode())
    return Proxy(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], login)


def _is_own(link: Link) -> bool:
    address = written_address(link.host)
    return address is not None and address.is_loopback


def _is_exempt(link: Link, exempt: str) -> bool:
    if any(_matches(entry.strip(), link) for entry in exempt.split(",")):
        return True
    return bool(urllib.request.proxy_bypass(link.host))


def _matches(entry: str, link: Link) -> bool:
    name = entry.lower().lstrip(".").removeprefix("*.")
    if name in ("", "*"):
        return name == "*"
    try:
        return ipaddress.ip_address(link.host) in ipaddress.ip_network(name.strip("[]"), strict=False)
    except ValueError:
        pass
    host, _, port = name.partition(":")
    if port and port != str(link.port):
        return False
    return link.host == host or link.host.endswith("." + host)


def _unusable(subject: str) -> ProxySettingError:
    return ProxySettingError(Problem(ProblemKind.PROXY_UNUSABLE, Billed.NO, subject=subject[:200]))
