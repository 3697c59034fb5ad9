"""The colour profile of a screen, from macOS itself; elsewhere there is none."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.platforms.screens import ScreenPlace

_FRAMEWORKS = "/System/Library/Frameworks"


class _Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_double), ("y", ctypes.c_double))


def screen_profile(place: ScreenPlace) -> bytes:
    """The ICC profile of the screen at that place; empty: it has none that can be had."""
    if sys.platform == "darwin":
        graphics = ctypes.CDLL(f"{_FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
        foundation = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
        pointer, number = ctypes.c_void_p, ctypes.c_uint32
        at_point = graphics.CGGetDisplaysWithPoint
        at_point.argtypes = (_Point, number, ctypes.POINTER(number), ctypes.POINTER(number))
        copy_space = graphics.CGDisplayCopyColorSpace
        copy_space.argtypes, copy_space.restype = (number,), pointer
        graphics.CGColorSpaceCopyICCData.argtypes = foundation.CFDataGetLength.argtypes = (pointer,)
        foundation.CFDataGetBytePtr.argtypes = foundation.CFRelease.argtypes = (pointer,)
        graphics.CGColorSpaceCopyICCData.restype = foundation.CFDataGetBytePtr.restype = pointer
        foundation.CFDataGetLength.restype, foundation.CFRelease.restype = ctypes.c_long, None
        display, count = number(), number()
        inside = _Point(place.x + 1, place.y + 1)
        if at_point(inside, 1, ctypes.byref(display), ctypes.byref(count)) or not count.value:
            return b""
        space = copy_space(display)
        data = graphics.CGColorSpaceCopyICCData(space) if space else None
        content = b""
        if data:
            content = ctypes.string_at(foundation.CFDataGetBytePtr(data), foundation.CFDataGetLength(data))
            foundation.CFRelease(data)
        if space:
            foundation.CFRelease(space)
        return content
    else:  # noqa: RET505 - the type checker knows what is unreachable where
        return b""
