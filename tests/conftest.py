"""What holds for every test: no home folder, no outside network, no display, and in CI no skip."""

import faulthandler
import gc
import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from pytestqt.qtbot import QtBot

pytest_plugins = ["tests.demo_fixtures"]

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
PERSONAL_VARIABLES = (
    "COMETAPI_KEY",
    "COMETAPI_BASE_URL",
    "DBUS_SESSION_BUS_ADDRESS",
    "PYTHON_KEYRING_BACKEND",
    "XDG_DATA_DIRS",
)
XDG_FOLDERS = {
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_PICTURES_DIR": "Pictures",
    "XDG_RUNTIME_DIR": "run",
}
PATIENCE_MS = 60_000
FIGURES = "figures"
_home = pytest.StashKey[Path]()
_tests_run = pytest.StashKey[int]()
FULL_COLLECTION_EVERY = 50  # tests; a full one takes a tenth of a second


def _enter_empty_home(home: Path) -> None:
    for name in PERSONAL_VARIABLES:
        os.environ.pop(name, None)
    os.environ["HOME"] = str(home)
    for name, folder in XDG_FOLDERS.items():
        (home / folder).mkdir(parents=True, mode=0o700, exist_ok=True)
        os.environ[name] = str(home / folder)


def _enter_empty_temporary_folder(folder: Path) -> None:
    """Collect what killed programs leave; what pytest keeps of failures stays where it always is."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    folder.mkdir()
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None


def _is_loopback(host: object) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_outside_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_loopback(address[0]):
        raise RuntimeError(f"a test reached for the outside network: {address[0]}")


def _wait_patiently() -> None:
    """Let pytest-qt wait for longer than its 5 s, as a busy machine needs; only a failure takes so long."""
    for wait in (QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil, QtBot.waitActive, QtBot.waitExposed):
        assert wait.__kwdefaults__ is not None
        wait.__kwdefaults__["timeout"] = PATIENCE_MS


def _empty_clipboard() -> None:
    """Take back what a test copied: Qt deletes it after Python has ended, which crashes (PySide6 6.11)."""
    if gui := sys.modules.get("PySide6.QtGui"):
        application = gui.QGuiApplication.instance()
        if application is not None:
            application.clipboard().clear()


def pytest_configure(config: pytest.Config) -> None:
    """Set the stage before any test module is imported."""
    gc.disable()  # see pytest_runtest_protocol
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = Path(tempfile.mkdtemp(prefix="seedream-tests-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    config.stash[_home] = home
    _enter_empty_home(home)
    _enter_empty_temporary_folder(home / "tmp")
    sys.addaudithook(_refuse_outside_network)
    _wait_patiently()
    hypothesis.settings.register_profile(
        "project", max_examples=_examples(config), deadline=None, database=None, print_blob=True
    )
    hypothesis.settings.load_profile("project")


def _examples(config: pytest.Config) -> int:
    """How many examples a property is tried on that names no number: more where long runs are wanted."""
    return 500 if "or" in str(config.option.markexpr).split() else 40


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    _empty_clipboard()
    shutil.rmtree(config.stash[_home], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect garbage between tests, on the main thread alone, as the application does.

    A pool thread that collected would end QObjects of the main thread, and now and then crash the process.
    """
    result = yield
    count = item.config.stash.get(_tests_run, 0) + 1
    item.config.stash[_tests_run] = count
    gc.collect(2 if count % FULL_COLLECTION_EVERY == 0 else 1)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI, where everything a test needs has to be there."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the harnesses counted, a line each."""
    passed = terminalreporter.stats.get("passed", [])
    lines = [line for report in passed for name, line in report.user_properties if name == FIGURES]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(map(str, lines)):
            terminalreporter.write_line(line)


@pytest.fixture
def say_figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Has a line of figures printed at the end of the run, from whichever process."""
    return lambda line: record_property(FIGURES, line)


@pytest.fixture
def take_up_to(request: pytest.FixtureRequest) -> Callable[[float], None]:
    """Lets a test take so many seconds before it counts as one that stands still, which ends the run."""

    def take(seconds: float) -> None:
        stderr = request.config.stash.get(fault_handler_stderr_fd_key, sys.__stderr__)
        if stderr is not None:
            faulthandler.dump_traceback_later(seconds, exit=True, file=stderr)

    return take


@pytest.fixture(scope="session")
def private_desktop() -> Iterator[Mapping[str, str]]:
    """Environment variables that give child processes a display, a session bus, a keyring, accessibility."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a private desktop needs Linux")
    import private_desktop as desktop  # late: its libraries are there on Linux only

    missing = desktop.missing_programs()
    if missing:
        pytest.skip(f"a private desktop needs {', '.join(missing)}")
    with desktop.private_desktop() as environment:
        yield environment


@pytest.fixture
def private_session_bus(private_desktop: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The private session bus, with its unlocked keyring, for this very process during one test."""
    address = private_desktop["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    return address
