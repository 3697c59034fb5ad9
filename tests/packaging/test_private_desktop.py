"""The private desktop: whole, the user's own left alone, and gone without a trace."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a private desktop needs Linux")

STORE_AND_READ = """
from keyring.backends.SecretService import Keyring
keyring = Keyring()
keyring.set_password("desktop", "someone", "a secret")
print(keyring.get_password("desktop", "someone"))
"""


def children() -> set[str]:
    """The servers that this process has started."""
    listed = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    names = {Path(line.split()[0]).name for line in listed.stdout.splitlines() if line.split()}
    return names & {"Xvfb", "dbus-daemon", "gnome-keyring-daemon", "at-spi-bus-launcher"}


def test_its_keyring_keeps_a_secret(private_desktop: Mapping[str, str]) -> None:
    stored = subprocess.run(
        [sys.executable, "-c", STORE_AND_READ],
        env=private_desktop,
        capture_output=True,
        text=True,
        check=False,
    )
    assert stored.stdout == "a secret\n", stored.stderr


def test_it_is_nobody_elses(private_desktop: Mapping[str, str]) -> None:
    home = Path(private_desktop["HOME"])
    assert home != Path.home()
    assert all(
        Path(private_desktop[name]).is_relative_to(home) for name in ("XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    )


def test_it_leaves_nothing_behind(private_desktop: Mapping[str, str]) -> None:
    from private_desktop import private_desktop as start  # late: Linux only

    before = children()
    with start() as environment:
        home = Path(environment["HOME"])
        display = environment["DISPLAY"].removeprefix(":")
    assert not home.exists()
    assert not Path(f"/tmp/.X11-unix/X{display}").exists()
    assert children() == before
