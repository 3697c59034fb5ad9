"""The processes of the benches: their environment, how they are started, what they report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
PATIENCE_S = 300


def child_environment() -> dict[str, str]:
    """The environment of an installed application: compiled modules are kept, here in a folder of our own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(Path(tempfile.gettempdir()) / "seedream-bench-compiled")
    return {
        **kept,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(FOLDER.parent),
        "PYTHONPYCACHEPREFIX": compiled,
    }


def output_of(script: str, *arguments: str) -> str:
    """What a script beside this file prints. Raises CalledProcessError, TimeoutExpired."""
    result = subprocess.run(
        [sys.executable, str(FOLDER / script), *arguments],
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return result.stdout


def report_of(script: str, *arguments: str) -> Any:
    """The JSON in the last line that a script prints."""
    return json.loads(output_of(script, *arguments).splitlines()[-1])


@contextmanager
def serving(manner: str) -> Iterator[str]:
    """A server of the endpoint in a process of its own; gives its port."""
    command = [sys.executable, str(FOLDER / "bench_server.py"), manner]
    with subprocess.Popen(
        command, env=child_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()
