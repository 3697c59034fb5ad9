"""Text from elsewhere as it may be shown: in its own order, only signs, no longer than anybody reads."""

from __future__ import annotations

import re

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # a name that reads .png and ends in .exe
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain(text: str, characters: int) -> str:
    """``text`` without what turns its order around or is no sign, cut to that many characters."""
    if len(text) > characters:
        text = f"{text[:characters]}…"
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("\ufffd", _TURNING.sub("", text))
