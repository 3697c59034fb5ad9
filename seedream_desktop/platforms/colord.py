"""What colord's own program says of the profiles of screens."""

from __future__ import annotations

import re

COMMAND = ("colormgr", "get-devices-by-kind", "display")
_OUTPUT = re.compile(r"^\s*Metadata:\s*XRANDR_name=(\S+)\s*$", re.MULTILINE)
_PROFILE = re.compile(r"^\s*Profile 1:\s*\S*[^\S\n]*\n\s*(/.+?)\s*$", re.MULTILINE)


def profile_path(said: str, connector: str) -> str:
    """The path of the profile in use on the screen at ``connector``; empty: it has none, or is not known."""
    for device in re.split(r"^Object Path:", said, flags=re.MULTILINE):
        output, profile = _OUTPUT.search(device), _PROFILE.search(device)
        if output and profile and output[1] == connector:
            return profile[1]
    return ""
