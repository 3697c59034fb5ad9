"""What is large goes back to the system when it is freed."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# 80 MiB in pieces as large as thumbnails, of which every tenth is kept.
_CHILD = """
import re
from seedream_desktop.platforms.memory import give_back

def held_kib():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])

assert give_back()
before = held_kib()
pieces = [bytearray(b"x" * 81_920) for _ in range(1024)]
most = held_kib() - before
pieces = pieces[::10]
print(most, held_kib() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of glibc")
def test_large_pieces_are_given_back_though_others_between_them_stay() -> None:
    said = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True).stdout
    most_kib, left_kib = map(int, said.split())
    assert most_kib > 60_000
    assert left_kib < most_kib // 4
