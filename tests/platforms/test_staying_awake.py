"""On Linux a program of the system holds us awake through a pipe: until it is closed, or we are no more."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from seedream_desktop.platforms.linux import Linux

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
ROOT = Path(__file__).parents[2]
HOLDS = """#!/bin/sh
printf '%s\\n' "$@" > {seen}
echo held > {state}
cat
echo released > {state}
"""
REFUSES = "#!/bin/sh\nexit 1\n"


class Programs:
    """Programs on a search path of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bin"
        self.folder.mkdir()
        self.seen = folder / "arguments"
        self.state = folder / "state"
        (self.folder / "cat").symlink_to("/bin/cat")

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": f"{self.folder}:/bin:/usr/bin", "HOME": "/nowhere", "COMETAPI_KEY": "sk-canary"}

    def put(self, name: str, text: str) -> None:
        program = self.folder / name
        program.write_text(text.format(seen=self.seen, state=self.state), encoding="utf-8")
        program.chmod(0o755)

    def wait_for(self, state: str) -> None:
        wait_until(lambda: self.state.exists() and self.state.read_text(encoding="utf-8") == f"{state}\n")


def wait_until(is_so: Callable[[], bool]) -> None:
    until_s = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until_s


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    programs = Programs(tmp_path)
    for name in ("systemd-inhibit", "gnome-session-inhibit", "kde-inhibit"):
        programs.put(name, REFUSES)
    monkeypatch.setenv("PATH", programs.environment["PATH"])  # by which a program is found
    return programs


def test_the_login_manager_is_asked_and_let_go_of(programs: Programs) -> None:
    programs.put("systemd-inhibit", HOLDS)
    release = Linux(programs.environment).stay_awake("Pictures are being made")
    assert release is not None
    programs.wait_for("held")
    assert programs.seen.read_text(encoding="utf-8").splitlines() == [
        "--what=idle:sleep",
        "--who=Seedream Desktop",
        "--why=Pictures are being made",
        "--mode=block",
        "cat",
    ]
    begun_s = time.monotonic()
    release()
    programs.wait_for("released")
    assert time.monotonic() - begun_s < 1


@pytest.mark.parametrize("name", ["gnome-session-inhibit", "kde-inhibit"])
def test_where_the_login_manager_refuses_the_desktop_is_asked(programs: Programs, name: str) -> None:
    programs.put(name, HOLDS)
    release = Linux(programs.environment).stay_awake("Pictures are being made")
    assert release is not None
    programs.wait_for("held")
    assert programs.seen.read_text(encoding="utf-8").splitlines()[-1] == "cat"
    release()
    programs.wait_for("released")


def test_where_nothing_can_be_asked_nothing_is_said(programs: Programs) -> None:
    assert Linux(programs.environment).stay_awake("Pictures are being made") is None
    for program in programs.folder.iterdir():
        program.unlink()
    bare = {"PATH": str(programs.folder)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", bare["PATH"])
        assert Linux(bare).stay_awake("Pictures are being made") is None


def test_a_process_that_is_killed_lets_the_computer_sleep(programs: Programs) -> None:
    programs.put("systemd-inhibit", HOLDS)
    code = (
        "import os\n"
        "from seedream_desktop.platforms.linux import Linux\n"
        "release = Linux(os.environ).stay_awake('x')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=programs.environment, check=False)
    programs.wait_for("released")
