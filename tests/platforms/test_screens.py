"""The colour profiles of screens, as each system names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from seedream_desktop.platforms import colord
from seedream_desktop.platforms.linux import Linux
from seedream_desktop.platforms.macos_screens import screen_profile
from seedream_desktop.platforms.screens import ScreenPlace
from seedream_desktop.platforms.windows_screens import screen_profile_path
from seedream_desktop.platforms.x11 import root_property

SAID = """
Object Path:   /org/freedesktop/ColorManager/devices/xrandr_Dell_U2720Q_1000
Owner:         user
Type:          display
Enabled:       Yes
Model:         U2720Q
Metadata:      XRANDR_name=DP-1
Metadata:      OutputEdidMd5=4c
Profile 1:     icc-0f
               {path}

Object Path:   /org/freedesktop/ColorManager/devices/xrandr_other_1000
Type:          display
Metadata:      XRANDR_name=HDMI-1
"""


def linux(path: Path, **environment: str) -> Linux:
    def said(_command: Sequence[str], _environment: Mapping[str, str]) -> str:
        return SAID.format(path=path)

    return Linux(environment, said=said)


def test_colord_names_the_profile_in_use_by_connector(tmp_path: Path) -> None:
    path = tmp_path / "a profile.icc"
    path.write_bytes(b"profile")
    assert linux(path).screen_profile(ScreenPlace(0, "DP-1")) == b"profile"
    assert linux(path).screen_profile(ScreenPlace(1, "HDMI-1")) == b""
    assert linux(tmp_path / "gone.icc").screen_profile(ScreenPlace(0, "DP-1")) == b""


def test_what_colord_does_not_say_is_not_guessed() -> None:
    assert colord.profile_path("", "DP-1") == ""
    assert colord.profile_path("Object Path: /a\nMetadata: XRANDR_name=DP-1\n", "DP-1") == ""


def test_where_nothing_can_be_asked_there_is_no_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":98765")
    assert root_property("_ICC_PROFILE", 1000) == b""
    place = ScreenPlace(0, "")
    assert screen_profile(place) == b""
    assert screen_profile_path(place) == ""
