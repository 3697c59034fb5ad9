"""What a child process that decodes is limited to, as far as the operating system can do that."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import IO

_PIPE_BYTES = 1 << 20


def widen(pipe: IO[bytes]) -> None:
    """Let a picture through with fewer turns between the two processes."""
    if sys.platform == "linux":
        import fcntl  # late: only there

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def limit_memory(memory_mb: int) -> None:
    """Have this process get no more memory than that."""
    if sys.platform != "win32":
        import resource  # late: only there

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory_mb << 20
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        with suppress(OSError, ValueError):  # macOS knows the limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (limit, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_after(seconds: float) -> None:
    """Make the operating system end a child that hangs after its parent is gone; 0: no longer."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
