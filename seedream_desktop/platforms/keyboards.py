"""Which letter or figure stands on a key of the plain Latin keyboard, whatever layout is active."""

from __future__ import annotations

import sys

_LINUX_ROWS = ((10, "1234567890"), (24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
_LINUX = {start + place: sign for start, row in _LINUX_ROWS for place, sign in enumerate(row)}
_MAC_ROWS = ((0, "ASDFHGZXCV"), (11, "BQWERYT123465"), (25, "9"), (26, "7"), (28, "8"), (29, "0"))
_MAC = {start + place: sign for start, row in _MAC_ROWS for place, sign in enumerate(row)} | dict(
    zip((31, 32, 34, 35, 37, 38, 40, 45, 46), "OUIPLJKNM", strict=True)
)  # "virtual key codes" of HIToolbox, Events.h


def sign_on_key(scan_code: int, virtual_key: int, system: str = sys.platform) -> str:
    """A capital or a figure; empty: another key, or it is not known.

    Linux tells the place as X11's keycode, under Wayland too; macOS as its virtual key. The virtual key of
    Windows follows Latin layouts and means the place on all others.
    """
    if system == "darwin":
        return _MAC.get(virtual_key, "")
    if system == "win32":
        sign = chr(virtual_key) if 0x30 <= virtual_key <= 0x5A else ""
        return sign if sign.isalnum() else ""
    return _LINUX.get(scan_code, "")
