"""What Linux and macOS do alike: file locks, no image of a crash, and starting the desktop's own programs."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

STARTED_AFTER_S = 3.0  # a program that still runs by then is taken to have done what was asked
HELD_AFTER_S = 0.3  # a program that is to go on and still runs by then has not been refused
ENDED_AFTER_S = 1.0  # a program that was told to end


def lock(descriptor: int) -> bool:
    """Take an exclusive lock that ends with the descriptor or the process; False: another one has it."""
    if sys.platform != "win32":
        import fcntl  # late: only there

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
    raise OSError("no such lock here")


def leave_no_core() -> None:
    """Have the system write no image of this process's memory when it crashes: key and prompts are in it.

    Not ``PR_SET_DUMPABLE``: the desktop's portals, such as its file dialogs, could not look at us any more.
    """
    if sys.platform != "win32":
        import resource  # late: only there

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def start(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Start a program that outlives us; False when it is not there or fails within a few seconds."""
    import subprocess  # late: nothing is started at the start
    import threading  # late: as above

    process = _begun(command, environment, subprocess.DEVNULL)
    if process is None:
        return False
    try:
        return process.wait(STARTED_AFTER_S) == 0
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, name="program-started", daemon=True).start()
        return True


def hold(command: Sequence[str], environment: Mapping[str, str]) -> Callable[[], None] | None:
    """Start a program that goes on until its standard input ends, which it does with us at the latest.

    Gives what ends it; None when it is not there or ends by itself at once.
    """
    import subprocess  # late: nothing is started at the start

    process = _begun(command, environment, subprocess.PIPE)
    if process is None:
        return None

    def end() -> None:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(ENDED_AFTER_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(HELD_AFTER_S)
        end()
        return None
    return end


def said(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a program prints; empty when it is not there, fails, or takes more than a few seconds."""
    import subprocess  # late: nothing is started at the start

    try:
        done = subprocess.run(  # noqa: S603 - as below
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            start_new_session=True,
            timeout=STARTED_AFTER_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def _begun(command: Sequence[str], environment: Mapping[str, str], stdin: int) -> Popen[bytes] | None:
    """The program, away from our terminal and our signals; None when it is not there."""
    import subprocess  # late: nothing is started at the start

    try:
        return subprocess.Popen(  # noqa: S603 - fixed programs, arguments never pass a shell
            command,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            start_new_session=True,
        )
    except OSError:
        return None
