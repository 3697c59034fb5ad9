"""`python -m seedream_desktop.demo --port N`: runs the stand-in until it is stopped.

When it is ready it prints one line of JSON, {"port", "base_url"}; a port that it cannot have gives
{"error": "port_in_use" | "port_denied", "port"} and exit code 2.
"""

import argparse
import asyncio
import contextlib
import errno
import json
import os
import socket
import sys
import threading
from collections.abc import Sequence

from seedream_desktop.demo.server import LOOPBACK, DemoHttpServer, Wishes

EXIT_NO_PORT = 2
BACKLOG = 128
MOST_DELAY_S = 3600.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the server; returns the exit code."""
    options = _parse(arguments)
    try:
        listener = _listen(options.port)
    except (OSError, OverflowError) as error:
        return _no_port(options.port, error)
    wishes = Wishes(options.port, options.delay, options.key, options.control)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(wishes, listener, options.until_stdin_closes))
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m seedream_desktop.demo",
        description="A stand-in for CometAPI's Seedream endpoint on this machine: no key, no cost.",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="port on 127.0.0.1; 0, the default, takes a free one"
    )
    parser.add_argument(
        "--delay", type=_seconds, default=0.0, metavar="SECONDS", help="how long a generation takes at least"
    )
    parser.add_argument("--key", help="the one key that is accepted; by default any that begins with sk-")
    parser.add_argument(
        "--control", action="store_true", help="open /control/ for tests: faults, requests, delay"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when standard input ends")
    return parser.parse_args(arguments)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= MOST_DELAY_S:
        raise ValueError(text)
    return seconds


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _no_port(port: int, error: OSError | OverflowError) -> int:
    in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    _say({"error": "port_in_use" if in_use else "port_denied", "port": port})
    reason = "another program is using it" if in_use else "the system does not allow it"
    sys.stderr.write(
        f"The demo cannot have port {port} on {LOOPBACK}: {reason}. Choose another, or 0 for any.\n"
    )
    return EXIT_NO_PORT


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def _serve(wishes: Wishes, listener: socket.socket, until_stdin_closes: bool) -> None:
    server = DemoHttpServer(wishes, listener)
    stopped = asyncio.Event()
    if until_stdin_closes:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_watch_stdin, args=(loop, stopped), daemon=True).start()
    _say({"port": server.port, "base_url": server.base_url})
    await server.run(stopped)


def _watch_stdin(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):  # not sys.stdin.read: its lock would outlive the program
        pass
    loop.call_soon_threadsafe(stopped.set)


if __name__ == "__main__":
    sys.exit(main())
