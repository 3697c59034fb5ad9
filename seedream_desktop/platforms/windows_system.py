"""The calls of Windows itself, apart from what is decided with them; elsewhere each says that it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

STARTED_AFTER_S = 3.0  # Explorer still runs by then when it opened the first window
_LOCKED_BYTE = 1 << 30  # far behind the end: nobody who reads the file is in the way


class WindowsSystem:
    """What ``windows.System`` asks for, from the real Windows."""

    def known_folder(self, identifier: str) -> str:
        """The path of a Known Folder, empty when there is none."""
        if sys.platform == "win32":
            import ctypes  # late: only there
            import uuid  # late: only there

            folder = (ctypes.c_byte * 16).from_buffer_copy(uuid.UUID(identifier).bytes_le)
            path = ctypes.c_wchar_p()
            result = ctypes.windll.shell32.SHGetKnownFolderPath(folder, 0, None, ctypes.byref(path))
            found = path.value or ""
            ctypes.windll.ole32.CoTaskMemFree(path)
            return found if result == 0 else ""
        else:  # noqa: RET505 - the type checker knows what is unreachable where
            return ""

    def run(self, command_line: str) -> bool:
        """Start a program by its command line; False when that failed."""
        try:
            process = subprocess.Popen(command_line)  # noqa: S603 - no shell; a path cannot hold quotes there
            process.wait(STARTED_AFTER_S)  # the code says nothing: Explorer answers 1 when all went well
        except subprocess.TimeoutExpired:
            return True
        except OSError:
            return False
        return True

    def open_file(self, path: str) -> bool:
        """Open a file as a double click does; False when nothing can."""
        if sys.platform == "win32":
            try:
                os.startfile(path)  # noqa: S606 - what a double click does
            except OSError:
                return False
            return True
        else:  # noqa: RET505 - as above
            return False

    def registry_values(self, key: str) -> Mapping[str, str]:
        """The texts in a key of the registry by their names, its default by none; empty: no such key."""
        if sys.platform == "win32":
            import winreg  # late: only there

            root, _, below = key.partition("\\")
            found: dict[str, str] = {}
            try:
                with winreg.OpenKey(getattr(winreg, root), below) as opened:
                    for number in range(winreg.QueryInfoKey(opened)[1]):
                        name, value, kind = winreg.EnumValue(opened, number)
                        is_text = kind in {winreg.REG_SZ, winreg.REG_EXPAND_SZ}
                        found[name] = winreg.ExpandEnvironmentStrings(value) if is_text else ""
            except OSError:
                return found
            return found
        else:  # noqa: RET505 - as above
            return {}

    def add_attribute(self, path: str, attribute: int) -> None:
        """Add a file attribute. Raises OSError."""
        if sys.platform == "win32":
            import ctypes  # late: only there

            kernel = ctypes.windll.kernel32
            present = kernel.GetFileAttributesW(path)
            if present == -1 or not kernel.SetFileAttributesW(path, present | attribute):
                raise ctypes.WinError()
        else:
            raise OSError("no such attributes here")

    def require(self, states: int) -> bool:
        """Set what the calling thread requires of the system; it ends with the thread. False: refused."""
        if sys.platform == "win32":
            import ctypes  # late: only there

            return bool(ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint32(states)))
        else:  # noqa: RET505 - as above
            return False

    def lock(self, descriptor: int) -> bool:
        """Lock one byte far behind the end of the file; False: another process has it."""
        if sys.platform == "win32":
            import msvcrt  # late: only there

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True
        raise OSError("no such lock here")
