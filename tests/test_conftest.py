"""The stage on which every test stands."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKIPPED = "import pytest\n\ndef test_nothing() -> None:\n    pytest.skip('no such thing here')\n"
COPYING = """from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

def test_copying(qapp) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
"""


def run_test(folder: Path, test: str, ci: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a test on this very stage."""
    (folder / "stage").mkdir()
    shutil.copy(HERE / "conftest.py", folder / "stage")
    (folder / "stage" / "test_alone.py").write_text(test, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(HERE.parent / "pyproject.toml"),
        "--rootdir",
        str(folder),
    ]
    return subprocess.run(
        [*command, str(folder / "stage")],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skip_is_a_failure_in_ci(tmp_path: Path) -> None:
    finished = run_test(tmp_path, SKIPPED, ci="true")
    assert finished.returncode == 1
    assert "no such thing here" in finished.stdout


def test_a_skip_elsewhere_names_what_is_missing(tmp_path: Path) -> None:
    finished = run_test(tmp_path, SKIPPED)
    assert finished.returncode == 0
    assert "no such thing here" in finished.stdout


def test_what_a_test_copies_does_not_crash_the_end(tmp_path: Path) -> None:
    finished = run_test(tmp_path, COPYING)
    assert "1 passed" in finished.stdout
    assert finished.returncode == 0


def test_the_outside_network_is_out_of_reach() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="outside network"):
        client.connect(("192.0.2.1", 80))


def test_loopback_is_within_reach() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_home_is_an_empty_one() -> None:
    assert Path.home().name.startswith("seedream-tests-")
    assert "COMETAPI_KEY" not in os.environ
