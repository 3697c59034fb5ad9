"""A desktop of one's own for programs under test: display, session bus, unlocked keyring, accessibility bus.

Nothing of the person who runs it is touched: home, data and run-time folders are temporary and go with it.
Runs on Linux, in the environment of the project.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

import system_packages

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 5.0
LOOK_AGAIN_S = 0.02
KEYRING_PASSWORD = b"private desktop"
FOLDERS = {
    "HOME": ".",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_PICTURES_DIR": "Pictures",
    "XDG_RUNTIME_DIR": "run",
}
# What would lead a program back to the desktop of the person, or to another language.
FOREIGN = (
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XAUTHORITY",
    "LANGUAGE",
    "COMETAPI_KEY",
    "COMETAPI_BASE_URL",
)
BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")


def missing_programs() -> tuple[str, ...]:
    """The programs that a private desktop needs and this system does not have."""
    return tuple(
        name for name in system_packages.DESKTOP_PROGRAMS if system_packages.find_program(name) is None
    )


@contextmanager
def private_desktop(width_px: int = 1440, height_px: int = 900) -> Iterator[Mapping[str, str]]:
    """The environment variables that put a program onto a desktop of its own; it ends with the block."""
    with ExitStack() as stack:
        home = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True))
        )
        environment = _environment(home)
        display = stack.enter_context(_display(environment, width_px, height_px))
        environment["DISPLAY"] = f":{display}"
        environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(_session_bus(environment))
        stack.enter_context(_keyring(environment))
        stack.enter_context(_accessibility(environment))
        yield environment


def _environment(home: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    for name, folder in FOLDERS.items():
        path = home / folder
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        environment[name] = str(path.resolve())
    return environment | {
        "LC_ALL": "C.UTF-8",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
        "XDG_SESSION_TYPE": "x11",
    }


@contextmanager
def _display(environment: Mapping[str, str], width_px: int, height_px: int) -> Iterator[str]:
    with _pipe() as (reader, writer):
        screen = f"{width_px}x{height_px}x24"
        server = ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
        with _running(server, environment, told=writer):
            yield _first_line(reader)


@contextmanager
def _session_bus(environment: Mapping[str, str]) -> Iterator[str]:
    address = f"unix:dir={environment['XDG_RUNTIME_DIR']}"
    with _pipe() as (reader, writer):
        bus = [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--nosyslog",
            f"--address={address}",
            f"--print-address={writer}",
        ]
        with _running(bus, environment, told=writer):
            yield _first_line(reader)


@contextmanager
def _keyring(environment: Mapping[str, str]) -> Iterator[None]:
    daemon = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    with _running(daemon, environment, said=KEYRING_PASSWORD):
        _wait_for_name(environment, "org.freedesktop.secrets")
        yield


@contextmanager
def _accessibility(environment: Mapping[str, str]) -> Iterator[None]:
    with _running(["at-spi-bus-launcher", "--launch-immediately"], environment):
        _wait_for_name(environment, "org.a11y.Bus")
        yield


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    try:
        yield reader, writer
    finally:
        os.close(reader)


def _first_line(reader: int) -> str:
    """The line by which a server says that it is ready, and where."""
    with os.fdopen(os.dup(reader), encoding="utf-8") as lines:
        line = lines.readline().strip()
    if not line:
        raise RuntimeError("a server of the private desktop ended before it was ready")
    return line


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], *, told: int | None = None, said: bytes = b""
) -> Iterator[None]:
    """A server that runs during the block; `told` is the pipe end it writes to, `said` what it reads."""
    program = system_packages.find_program(command[0])
    if program is None:
        raise FileNotFoundError(command[0])
    process = subprocess.Popen(
        [*_ends_with_parent(), program, *command[1:]],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=() if told is None else (told,),
    )
    try:
        if told is not None:
            os.close(told)
        if process.stdin:
            process.stdin.write(said)
            process.stdin.close()
        yield
    finally:
        _stop(process)


def _ends_with_parent() -> list[str]:
    """A prefix that ends the server also when this process is killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for_name(environment: Mapping[str, str], name: str) -> None:
    """Wait until a service is on the session bus."""
    question = new_method_call(BUS, "NameHasOwner", "s", (name,))
    with open_dbus_connection(bus=environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        end = time.monotonic() + START_TIMEOUT_S
        while not connection.send_and_get_reply(question, timeout=START_TIMEOUT_S).body[0]:
            if time.monotonic() > end:
                raise TimeoutError(f"{name} did not come up on the private session bus")
            time.sleep(LOOK_AGAIN_S)
