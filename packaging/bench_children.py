"""The processes of the benches: their environment, how they are started, what they report."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
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


def timed(script: str, *arguments: str) -> tuple[float, int]:
    """Seconds from the start of a process to its end, and the KiB of memory that it reports."""
    started_s = time.perf_counter()
    printed = output_of(script, *arguments)
    return time.perf_counter() - started_s, int(printed.split()[-1])


def compared(moment: str, folder: Path, runs: int) -> tuple[list[float], list[float], list[int], list[int]]:
    """Turn by turn: seconds of the application and of the bare window, KiB of both."""
    ours, bare = [], []
    for _ in range(runs):
        bare.append(timed("bench_bare.py"))
        ours.append(timed("bench_start.py", moment, str(folder / "data"), str(folder / "library")))
    return [o[0] for o in ours], [b[0] for b in bare], [o[1] for o in ours], [b[1] for b in bare]


def say_ratio(what: str, ours: list[float], bare: list[float], unit: str, goal: str) -> None:
    """One line: median of the application, of the bare window, their ratio turn by turn."""
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    print(
        f"{what:<52} {statistics.median(ours):8.3f} {unit}  bare {statistics.median(bare):8.3f} {unit}"
        f"  ratio {statistics.median(ratios):5.2f}  (goal {goal})",
        flush=True,
    )
