"""The private desktop: whole, the user's own left alone, and gone without a trace."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a private desktop needs Linux")

SERVERS = 4  # display, session bus, keyring, accessibility bus
STORE_AND_READ = """
from keyring.backends.SecretService import Keyring
keyring = Keyring()
keyring.set_password("desktop", "someone", "a secret")
print(keyring.get_password("desktop", "someone"))
"""


def children() -> set[str]:
    """The processes that this one has started and that have not ended."""
    own = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = process.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            own |= {process.name} if parent == str(os.getpid()) else set()
    return own


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
        assert len(children() - before) == SERVERS
        home = Path(environment["HOME"])
        display = environment["DISPLAY"].removeprefix(":")
    assert not home.exists()
    assert not Path(f"/tmp/.X11-unix/X{display}").exists()
    assert children() == before
