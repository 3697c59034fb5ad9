"""The log says what happened and never what opens a door."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop import logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that was begun, and everything as it was afterwards."""
    root, hook = logging.getLogger(), sys.excepthook
    before = list(root.handlers), root.level
    logs.begin_logging(tmp_path)
    yield tmp_path / logs.LOG_NAME
    sys.excepthook = hook
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
    logging.getLogger("t").warning("before %s after", secret)
    text = log.read_text(encoding="utf-8")
    assert "before" in text
    assert "after" in text
    for piece in ("abcdef", "deadbeef", "iVBOR"):
        assert piece not in text


def test_secrets_in_a_traceback_are_taken_out_too(log: Path) -> None:
    try:
        raise ValueError("Illegal header value b'Bearer sk-abcdef'")
    except ValueError:
        logging.getLogger("t").exception("failed")
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
        logging.getLogger("t").exception("failed")
    text = log.read_text(encoding="utf-8")
    assert text.index("FileNotFoundError 2") < text.index("RuntimeError")
    assert "read_bytes" in text
    assert "red fox" not in text
    assert "Acme" not in text


def test_what_is_no_warning_is_not_written(log: Path) -> None:
    logging.getLogger("httpx").info("a link")
    assert log.read_text(encoding="utf-8") == ""


def test_what_nobody_caught_is_logged(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    error = ZeroDivisionError("nobody")
    logs._on_uncaught(ZeroDivisionError, error, None)
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
