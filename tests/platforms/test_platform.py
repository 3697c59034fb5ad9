"""The right operating system is picked, and each can do everything that is asked of one."""

import sys

import pytest

from seedream_desktop.platforms.linux import Linux
from seedream_desktop.platforms.macos import MacOS
from seedream_desktop.platforms.platform import Platform, current
from seedream_desktop.platforms.windows import Windows


@pytest.mark.parametrize(
    ("name", "kind"), [("linux", Linux), ("darwin", MacOS), ("win32", Windows), ("freebsd14", Linux)]
)
def test_each_system_is_known_by_its_name(
    name: str, kind: type[Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", name)
    assert type(current()) is kind
