"""The command line: ``seedream-desktop``, the same as ``python -m seedream_desktop``."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import __version__
from seedream_desktop.settings import DEFAULT_BASE_URL

if TYPE_CHECKING:
    from seedream_desktop.app import Application


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
    from seedream_desktop.app import Options, run  # late: Qt, which --help and --version do without

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
