"""The log says what happened and never what opens a door."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop import logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that was begun, and everything as it was afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    before = list(root.handlers), root.level
    logs.begin_logging(tmp_path)
    yield tmp_path / logs.LOG_NAME
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = True
    for handler in set(root.handlers) - set(before[0]):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])


@pytest.mark.parametrize(
    "secret",
    [
        "Authorization: Bearer abcdef123",
        "key sk-abcdef1234567890",
        "https://host/path?X-Tos-Signature=deadbeef&x=1",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_secrets_never_reach_the_file(log: Path, secret: str) -> None:
    logging.getLogger("seedream_desktop.t").warning("before %s after", secret)
    text = log.read_text(encoding="utf-8")
    assert "before" in text
    assert "after" in text
    for piece in ("abcdef", "deadbeef", "iVBOR"):
        assert piece not in text


def test_secrets_in_a_traceback_are_taken_out_too(log: Path) -> None:
    try:
        raise ValueError("Illegal header value b'Bearer sk-abcdef'")
    except ValueError:
        logging.getLogger("seedream_desktop.t").exception("failed")
    text = log.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "abcdef" not in text


def test_a_prompt_in_the_name_of_a_file_stays_out_of_the_log(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "Acme rebrand" / "a red fox.jpeg"
    words = f"while saving {path}"
    try:
        try:
            path.read_bytes()
        except OSError as error:
            raise RuntimeError(words) from error
    except RuntimeError:
        logging.getLogger("seedream_desktop.t").exception("failed")
    text = log.read_text(encoding="utf-8")
    assert text.index("FileNotFoundError 2") < text.index("RuntimeError")
    assert "read_bytes" in text
    assert "red fox" not in text
    assert "Acme" not in text


def test_what_a_library_says_is_not_written_but_where_it_said_it(log: Path) -> None:
    words = "Task exception was never retrieved: ValueError('a red fox')"
    try:
        raise ValueError("a red fox")
    except ValueError:
        logging.getLogger("asyncio").exception(words, stack_info=True)
    text = log.read_text(encoding="utf-8")
    assert "asyncio: test_logs, line" in text
    assert "ValueError" in text
    assert "red fox" not in text


def test_the_folders_of_this_machine_stay_out_of_traces(log: Path) -> None:
    file = Path.home() / "secret client" / "a.py"
    code = compile("def fail():\n    raise KeyError('x')", str(file), "exec")
    names: dict[str, Any] = {}
    exec(code, names)
    try:
        names["fail"]()
    except KeyError:
        logging.getLogger("seedream_desktop.t").exception("in %s", Path.home() / "x")
    text = log.read_text(encoding="utf-8")
    assert "  tests/test_logs.py, line" in text
    assert "  a.py, line 2, in fail" in text
    assert "in ~" in text
    assert "secret client" not in text
    assert str(Path.home()) not in text


def crash(hook: logs.CrashHook, error: Exception, logger: str = "seedream_desktop.t") -> None:
    """Have ``error`` logged from always the same place."""
    try:
        raise error
    except type(error):
        record = logging.getLogger(logger).makeRecord(logger, logging.ERROR, "", 1, "", (), sys.exc_info())
        hook.handle(record)


def test_a_crash_is_handed_on_once_for_each_kind() -> None:
    hook, heard = logs.CrashHook(), list[str]()
    crash(hook, ValueError("kept until somebody listens"))
    hook.listen(heard.append)
    for _ in range(3):
        crash(hook, ValueError("again"))
    crash(hook, KeyError("another"))
    assert [trace.splitlines()[-1] for trace in heard] == ["ValueError", "KeyError"]
    assert "again" not in "".join(heard)


def test_a_connection_that_a_library_gave_up_is_no_crash() -> None:
    hook, heard = logs.CrashHook(), list[str]()
    hook.listen(heard.append)
    crash(hook, ConnectionResetError(), "asyncio")
    assert heard == []
    crash(hook, ConnectionResetError())
    assert len(heard) == 1


@pytest.mark.parametrize("place", ["thread", "destructor", "nobody"])
def test_what_nobody_caught_is_told_wherever_it_was(log: Path, place: str, capfd: Any) -> None:
    heard: list[str] = []
    logs.heed_crashes().listen(heard.append)

    class Broken:
        def __del__(self) -> None:
            fail()

    def fail() -> None:
        raise ZeroDivisionError("a red fox")

    if place == "thread":
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    elif place == "destructor":
        Broken()
    else:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("a red fox"), None)
    assert [trace.splitlines()[-1] for trace in heard] == ["ZeroDivisionError"]
    assert capfd.readouterr().err == "ZeroDivisionError; see the log.\n"
    assert "red fox" not in log.read_text(encoding="utf-8") + heard[0]


def test_a_line_that_cannot_be_written_is_not_shown_either(log: Path, capfd: Any) -> None:
    logging.getLogger("seedream_desktop.t").warning("%d", "a red fox")
    assert "red fox" not in "".join(capfd.readouterr())


def test_what_is_no_warning_is_not_written(log: Path) -> None:
    logging.getLogger("httpx").info("a link")
    assert log.read_text(encoding="utf-8") == ""


def test_what_nobody_caught_is_logged(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    error = ZeroDivisionError("nobody")
    logs.note_crash(ZeroDivisionError, error, None)
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "nobody" not in text


def test_a_long_log_makes_room(tmp_path: Path) -> None:
    path = tmp_path / logs.LOG_NAME
    for content in ("oldest", "older", "old"):
        path.write_text(content + "x" * logs.LONGEST_BYTES, encoding="utf-8")
        logs._rotate(path)
    kept = [path.with_name(f"{path.name}.{number}").read_text(encoding="utf-8")[:6] for number in (1, 2, 3)]
    assert kept == ["oldxxx", "olderx", "oldest"]
