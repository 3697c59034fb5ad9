"""Uses a started application as a screen reader does: over the accessibility bus, by names and roles."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

REPLY_TIMEOUT_S = 60.0
FIND_TIMEOUT_S = 60.0
LOOK_AGAIN_S = 0.05
MAX_CHILDREN = 500
ATSPI = "org.a11y.atspi"
ROOT = "/org/a11y/atspi/accessible/root"
NOBODY = "/org/a11y/atspi/null"
STATE_ENABLED = 8  # AtspiStateType, AT-SPI 2
STATE_SHOWING = 25

Found = TypeVar("Found")


class AccessibilityError(Exception):
    """The other side refused, or what was looked for is not there."""


def wait_for(look: Callable[[], Found | None], what: str, timeout_s: float = FIND_TIMEOUT_S) -> Found:
    """Look until there is something to see; raises AccessibilityError that names `what` after `timeout_s`."""
    end = time.monotonic() + timeout_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AccessibilityError(f"no {what} within {timeout_s:g} s")
        time.sleep(LOOK_AGAIN_S)


@dataclass(frozen=True, slots=True)
class Bus:
    """An open connection to the accessibility bus."""

    connection: DBusConnection

    def ask(
        self, address: DBusAddress, method: str, signature: str = "", arguments: tuple[Any, ...] = ()
    ) -> Any:
        """Call a method; its first value, or None when it gives none."""
        return self._send(new_method_call(address, method, signature or None, arguments))

    def read(self, address: DBusAddress, name: str) -> Any:
        """The value of a property."""
        return self._send(Properties(address).get(name))[1]

    def application(self, pid: int, timeout_s: float = FIND_TIMEOUT_S) -> "Node":
        """The application of a process, as soon as it has a window."""
        return wait_for(lambda: self._application(pid), f"window of process {pid}", timeout_s)

    def _application(self, pid: int) -> "Node | None":
        if _has_ended(pid):
            raise AccessibilityError(f"process {pid} ended before it had a window")
        registry = Node(self, f"{ATSPI}.Registry", ROOT)
        for application in registry.children():
            if self._pid(application.owner) == pid and application.children():
                return application
        return None

    def _pid(self, owner: str) -> int | None:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        try:
            return int(self.ask(bus, "GetConnectionUnixProcessID", "s", (owner,)))
        except AccessibilityError:
            return None

    def _send(self, message: Any) -> Any:
        reply = self.connection.send_and_get_reply(message, timeout=REPLY_TIMEOUT_S)
        if reply.header.message_type is MessageType.error:
            raise AccessibilityError(str(reply.body))
        return reply.body[0] if reply.body else None


@dataclass(frozen=True, slots=True)
class Node:
    """Something on the screen."""

    bus: Bus
    owner: str
    path: str

    @property
    def name(self) -> str:
        """The accessible name, without a mnemonic's sign."""
        return str(self.bus.read(self._at("Accessible"), "Name")).replace("&", "")

    @property
    def role(self) -> str:
        """The role's name, such as `push button`."""
        return str(self.bus.ask(self._at("Accessible"), "GetRoleName"))

    @property
    def is_enabled(self) -> bool:
        """Whether it can be used now."""
        return self._has_state(STATE_ENABLED)

    @property
    def is_showing(self) -> bool:
        """Whether it is on the screen."""
        return self._has_state(STATE_SHOWING)

    @property
    def text(self) -> str:
        """What is written in a text."""
        return str(self.bus.ask(self._at("Text"), "GetText", "ii", (0, -1)))

    @property
    def value(self) -> float:
        """The number in a spin box."""
        return float(self.bus.read(self._at("Value"), "CurrentValue"))

    def children(self) -> tuple["Node", ...]:
        """The first few hundred of what it holds."""
        held = self.bus.ask(self._at("Accessible"), "GetChildren")[:MAX_CHILDREN]
        return tuple(Node(self.bus, owner, path) for owner, path in held if path != NOBODY)

    def walk(self) -> Iterator["Node"]:
        """Itself and everything below it; what vanishes on the way is left out."""
        yield self
        try:
            children = self.children()
        except AccessibilityError:
            return
        for child in children:
            yield from child.walk()

    def find(self, name: str, role: str = "", timeout_s: float = FIND_TIMEOUT_S) -> "Node":
        """What bears a name, and a role if one is given, as soon as it is there."""
        what = f"{role or 'thing'} called {name!r}"
        return wait_for(
            lambda: next((node for node in self.walk() if node._is(name, role)), None), what, timeout_s
        )

    def press(self, timeout_s: float = FIND_TIMEOUT_S) -> None:
        """Do the first action: press the button, tick the box; waits until that is possible."""
        wait_for(lambda: self.is_enabled, f"chance to press {self.name!r}", timeout_s)
        if not self.bus.ask(self._at("Action"), "DoAction", "i", (0,)):
            raise AccessibilityError(f"{self.name!r} did not do its action")

    def type(self, text: str) -> None:
        """Replace what is written in a text."""
        if not self.bus.ask(self._at("EditableText"), "SetTextContents", "s", (text,)):
            raise AccessibilityError(f"{self.name!r} took no text")

    def _is(self, name: str, role: str) -> bool:
        try:
            return self.name == name and role in {"", self.role}
        except AccessibilityError:
            return False

    def _has_state(self, state: int) -> bool:
        low, high = self.bus.ask(self._at("Accessible"), "GetState")
        return bool((low | high << 32) >> state & 1)

    def _at(self, interface: str) -> DBusAddress:
        return DBusAddress(self.path, self.owner, f"{ATSPI}.{interface}")


def _has_ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in {"Z", "X"}


@contextmanager
def accessibility_bus(session_bus: str) -> Iterator[Bus]:
    """The accessibility bus that belongs to a session bus."""
    launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    with open_dbus_connection(bus=session_bus) as session:
        address = Bus(session).ask(launcher, "GetAddress")
    with open_dbus_connection(bus=address) as connection:
        yield Bus(connection)
