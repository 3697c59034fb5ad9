"""The command line: ``seedream-desktop``, the same as ``python -m seedream_desktop``."""

from __future__ import annotations

import argparse
import builtins
import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import __version__
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.logs import begin_logging, heed_crashes, note_crash
from seedream_desktop.platforms.posix import leave_no_core
from seedream_desktop.settings import DEFAULT_BASE_URL, DirectoryLock, Places, places

if TYPE_CHECKING:
    from seedream_desktop.app import Application, Options

FINDING_S = 10.0  # a process that has the data directory may still be starting, or be about to end
LOOK_AGAIN_S = 0.05
DEFECT = 70  # the exit code of a program that found an error of its own (sysexits.h)


def main(
    arguments: Sequence[str] | None = None,
    after_first_paint: Callable[[Application], None] | None = None,
) -> int:
    """Start what the command line asks for; returns the exit code, or ends the process with it.

    ``after_first_paint`` is for whoever measures.
    """
    options = _parser().parse_args(arguments)
    if options.worker:
        from seedream_desktop.worker import main as work  # late: a child of a bundle, without Qt

        return work()
    gc.disable()  # nothing to collect while starting; the application collects on its GUI thread
    environment_key = os.environ.pop("COMETAPI_KEY", None)  # no child of ours inherits it
    if options.self_check:
        from seedream_desktop.self_check import self_check  # late: only for whoever asks

        return self_check()
    leave_no_core()
    try:
        _load_qt()
        from seedream_desktop.app import Options  # late: Qt, which --help and --version do without

        return run(
            Options(
                library=options.library,
                data_dir=options.data_dir,
                base_url=options.base_url,
                environment_key=environment_key,
                is_demo=options.demo,
                files=tuple(options.files),
            ),
            after_first_paint,
        )
    except Exception as error:  # noqa: BLE001 - before there is a window: logged, never shown with its words
        return _say_it_broke(error, places(options.data_dir).logs)


def _load_qt() -> None:
    """Load Qt for Python without the way to import that it puts in place of Python's own.

    That one reads and keeps the source of every module that is imported, for a feature (``__feature__``) that
    nobody here asks for: a tenth of the time to the first paint, twice that after it, and 10 MB.
    """
    own_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401  # late: as above

    builtins.__import__ = own_import


def run(options: Options, after_first_paint: Callable[[Application], None] | None = None) -> int:
    """Run the application to its end; returns the exit code, or ends the process with it."""
    from seedream_desktop.app import Application  # late: Qt, as above

    where = places(options.data_dir)
    lock = DirectoryLock(where.data_dir)
    if not _has_display():
        sys.stderr.write("There is no display to show a window on; --self-check does without.\n")
        return 1
    try:
        if not _acquire(lock) and (code := _hand_over(lock, where, options)) is not None:
            return code
        begin_logging(where.logs)
        crashes = heed_crashes()
        application = Application(options, where, after_first_paint)
        application.report_crashes(crashes)
    except ProblemError as error:
        from seedream_desktop.gui.problem_words import problem_words  # late: nothing went wrong so far

        sys.stderr.write(problem_words(error.problem).without_money + "\n")
        return 1
    try:
        code = application.exec()
    except BaseException as error:  # noqa: BLE001 - whatever it is, no thread may hold the process
        note_crash(type(error), error, error.__traceback__)
        code = DEFECT
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # a thread that hangs in looking up a name must not hold the process


def _say_it_broke(error: Exception, logs: Path) -> int:
    """Keep what ended the start in the log. Returns the exit code."""
    if not logging.getLogger().handlers:
        begin_logging(logs)
    note_crash(type(error), error, error.__traceback__)
    sys.stderr.flush()
    return DEFECT


def _has_display() -> bool:
    """Whether Qt can begin; without this it would end the process itself, as if that had crashed."""
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, names))


def _acquire(lock: DirectoryLock) -> bool:
    """Whether the data directory is ours. Raises ProblemError: nothing can be kept there."""
    try:
        return lock.acquire()
    except ProblemError as error:  # no library is meant
        raise ProblemError(replace(error.problem, kind=ProblemKind.FOLDER_NOT_WRITABLE)) from error


def _hand_over(lock: DirectoryLock, where: Places, options: Options) -> int | None:
    """Let the process that has the lock do what is asked for; None: it has ended, and the lock is ours."""
    from seedream_desktop.state.handover import Handed, address_of, hand_over  # late: a second start

    files = tuple(str(path.resolve()) for path in options.files)
    library = str(options.library.resolve()) if options.library else ""
    until_s = time.monotonic() + FINDING_S
    while time.monotonic() < until_s:
        if hand_over(address_of(where.data_dir), Handed(files, library)):
            return 0
        if _acquire(lock):
            return None
        threading.Event().wait(LOOK_AGAIN_S)
    sys.stderr.write(f"Another process is using {where.data_dir} and does not answer.\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="seedream-desktop", description="Make pictures with Seedream and keep them in a local library."
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="PICTURE", help="pictures to use as references"
    )
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library to open; created if need be")
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where this computer's own files are kept"
    )
    parser.add_argument(
        "--base-url",
        metavar="URL",
        default=os.environ.get("COMETAPI_BASE_URL") or DEFAULT_BASE_URL,
        help="the API to use (default: %(default)s); http:// only on this computer or a private network",
    )
    parser.add_argument("--demo", action="store_true", help="try everything without a key or a network")
    parser.add_argument(
        "--self-check", action="store_true", help="make a picture in the demo, without a window; prints JSON"
    )
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
