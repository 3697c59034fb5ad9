"""What a cloud keeps elsewhere is told from what is here, without reading it."""

import os
from types import SimpleNamespace
from typing import cast

import pytest

from seedream_desktop.platforms.placeholders import is_placeholder


@pytest.mark.parametrize(
    ("status", "is_away"),
    [
        pytest.param({"st_file_attributes": 0x20}, False, id="Windows, here"),
        pytest.param({"st_file_attributes": 0x400020}, True, id="OneDrive"),
        pytest.param({"st_file_attributes": 0x1000}, True, id="Windows, offline"),
        pytest.param({"st_flags": 0, "st_blocks": 0}, False, id="macOS, compressed"),
        pytest.param({"st_flags": 0x40000020, "st_blocks": 0}, True, id="iCloud"),
        pytest.param({"st_blocks": 0}, True, id="Linux, released"),
        pytest.param({"st_blocks": 8}, False, id="Linux, here"),
        pytest.param({"st_blocks": 0, "st_size": 300}, False, id="Linux, within its entry"),
    ],
)
def test_a_placeholder_is_known_by_what_its_system_says(status: dict[str, int], is_away: bool) -> None:
    told = cast(os.stat_result, SimpleNamespace(**{"st_size": 1 << 20} | status))
    assert is_placeholder(told, counts_blocks=True) is is_away


def test_where_no_file_takes_room_none_is_a_placeholder() -> None:
    told = cast(os.stat_result, SimpleNamespace(st_size=1 << 20, st_blocks=0))
    assert not is_placeholder(told, counts_blocks=False)
