"""The colour profile of a screen, from Windows itself; elsewhere there is none."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.platforms.screens import ScreenPlace

_PATH_CHARACTERS = 1024
_DEVICE_CHARACTERS = 32  # CCHDEVICENAME, Windows SDK


class _MonitorInfo(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("monitor", ctypes.c_int32 * 4),
        ("work", ctypes.c_int32 * 4),
        ("flags", ctypes.c_uint32),
        ("device", ctypes.c_wchar * _DEVICE_CHARACTERS),
    )


class _Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_int32), ("y", ctypes.c_int32))


def screen_profile_path(place: ScreenPlace) -> str:
    """The path of the ICC profile of the screen at that place; empty: it has none that can be had."""
    if sys.platform == "win32":
        user, graphics = ctypes.windll.user32, ctypes.windll.gdi32
        handle = ctypes.c_void_p
        user.MonitorFromPoint.argtypes, user.MonitorFromPoint.restype = (_Point, ctypes.c_uint32), handle
        user.GetMonitorInfoW.argtypes = (handle, ctypes.POINTER(_MonitorInfo))
        graphics.CreateDCW.argtypes = (ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_wchar_p, handle)
        graphics.CreateDCW.restype = handle
        graphics.GetICMProfileW.argtypes = (handle, ctypes.POINTER(ctypes.c_uint32), ctypes.c_wchar_p)
        graphics.DeleteDC.argtypes = (handle,)
        info = _MonitorInfo(size=ctypes.sizeof(_MonitorInfo))
        monitor = user.MonitorFromPoint(_Point(place.x + 1, place.y + 1), 0)
        if not monitor or not user.GetMonitorInfoW(monitor, ctypes.byref(info)):
            return ""
        context = graphics.CreateDCW(info.device, info.device, None, None)
        if not context:
            return ""
        path, length = ctypes.create_unicode_buffer(_PATH_CHARACTERS), ctypes.c_uint32(_PATH_CHARACTERS)
        found = graphics.GetICMProfileW(context, ctypes.byref(length), path)
        graphics.DeleteDC(context)
        return path.value if found else ""
    else:  # noqa: RET505 - as on macOS
        return ""
