"""Starts the stand-in as a child process and ends it; for the application's demo mode and for tests.

DemoProblem: a demo that could not be started, with its kind.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

DEMO_KEY = "sk-demo-00000000000000000000000000000000"
MODULE = "seedream_desktop.demo"
SOURCE_ROOT = Path(__file__).parents[2]
START_TIMEOUT_S = 15.0
STOP_TIMEOUT_S = 2.0
PRIVATE_VARIABLES = ("COMETAPI_KEY", "COMETAPI_BASE_URL")


class DemoProblemKind(Enum):
    """Why there is no demo."""

    PORT_IN_USE = "port_in_use"
    PORT_DENIED = "port_denied"
    TIMED_OUT = "timed_out"
    NOT_STARTED = "not_started"


class DemoProblem(Exception):
    """The demo could not be started; `port` is the one that was asked for."""

    def __init__(self, kind: DemoProblemKind, port: int) -> None:
        super().__init__(f"{kind.value} (port {port})")
        self.kind = kind
        self.port = port


@dataclass(frozen=True, slots=True)
class DemoWishes:
    """How the demo is started: `port` 0 takes a free one, `key` None accepts any key that begins with sk-."""

    port: int = 0
    delay_s: float = 0.0
    key: str | None = None
    control: bool = False

    def arguments(self) -> tuple[str, ...]:
        """The command line that says the same."""
        key = () if self.key is None else ("--key", self.key)
        control = ("--control",) if self.control else ()
        always = ("--port", str(self.port), "--delay", str(self.delay_s), "--until-stdin-closes")
        return (*always, *key, *control)


class DemoServer:
    """A running demo; ends with `stop`, at the end of a `with` block, and when this process ends.

    The constructor takes over a child that said it is ready: use `start`.
    """

    def __init__(self, child: "subprocess.Popen[bytes]", base_url: str, port: int, key: str) -> None:
        self._child = child
        self.base_url = base_url
        self.port = port
        self.key = key

    @classmethod
    def start(
        cls,
        executable_args: Sequence[str] | None = None,
        *,
        port: int = 0,
        delay_s: float = 0.0,
        key: str | None = None,
        control: bool = False,
        timeout_s: float = START_TIMEOUT_S,
    ) -> Self:
        """Starts the demo and waits until it listens. Blocks, some 0.2 s: not for the GUI thread.

        `executable_args` is what runs `seedream_desktop.demo`, by default this Python. Raises DemoProblem.
        """
        command = tuple(executable_args or (sys.executable, "-m", MODULE))
        wishes = DemoWishes(port, delay_s, key, control)
        child = _spawn((*command, *wishes.arguments()), port)
        try:
            ready = _read_ready_line(child, port, timeout_s)
        except BaseException:
            _end(child)
            raise
        return cls(child, *ready, key or DEMO_KEY)

    @property
    def is_running(self) -> bool:
        """Whether the child is still there."""
        return self._child.poll() is None

    @property
    def process_id(self) -> int:
        """The child's id."""
        return self._child.pid

    def stop(self) -> None:
        """Ends the demo, at the latest after a few seconds by force; may be called twice."""
        _end(self._child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for the child: no key in it, and this package found from any working directory."""
    kept = {name: value for name, value in environment.items() if name not in PRIVATE_VARIABLES}
    if SOURCE_ROOT.name not in ("site-packages", "dist-packages"):
        before = kept.get("PYTHONPATH")
        kept["PYTHONPATH"] = str(SOURCE_ROOT) + (os.pathsep + before if before else "")
    return kept


def _spawn(command: Sequence[str], port: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(os.environ),
            start_new_session=True,  # Ctrl+C in a terminal is for the application, which then ends the demo
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise DemoProblem(DemoProblemKind.NOT_STARTED, port) from error


def _read_ready_line(child: "subprocess.Popen[bytes]", port: int, timeout_s: float) -> tuple[str, int]:
    """Base URL and port from the child's first line; raises DemoProblem for any other line."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_line, args=(child, lines), daemon=True).start()
    try:
        line = lines.get(timeout=timeout_s)
    except queue.Empty as error:
        raise DemoProblem(DemoProblemKind.TIMED_OUT, port) from error
    match _parse_line(line):
        case {"base_url": str(base_url), "port": int(ready_port)}:
            return base_url, ready_port
        case {"error": DemoProblemKind.PORT_IN_USE.value | DemoProblemKind.PORT_DENIED.value as kind}:
            raise DemoProblem(DemoProblemKind(kind), port)
    raise DemoProblem(DemoProblemKind.NOT_STARTED, port)


def _parse_line(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _read_line(child: "subprocess.Popen[bytes]", lines: "queue.SimpleQueue[bytes]") -> None:
    lines.put(child.stdout.readline() if child.stdout else b"")


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()
