"""Measures a library of many pictures: start, scrolling, searching, rebuilding, thumbnails, memory.

The synthetic libraries are made once, by ``bench_fill.py``, and kept in the system's temporary folder.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench_children import child_environment, compared, output_of, say_ratio

COUNTS = (1_000, 10_000, 100_000)
RUNS = 5
FILL_PATIENCE_S = 3600
FRAME_GOAL_MS = 16
GIB = 1024**3


def library_of(count: int) -> Path:
    """The folder with ``data`` and ``library`` of so many pictures, made if it is not there yet."""
    folder = Path(tempfile.gettempdir()) / f"seedream-bench-library-{count}"
    if not (folder / "whole").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making a library of {count} pictures in the temporary folder; once", flush=True)
        script = Path(__file__).with_name("bench_fill.py")
        arguments = [sys.executable, str(script), str(folder), str(count)]
        subprocess.run(arguments, env=child_environment(), check=True, timeout=FILL_PATIENCE_S)
        (folder / "whole").touch()
    return folder


def measure_library(counts: tuple[int, ...] = COUNTS) -> None:
    """Everything, for each size of library."""
    for count in counts:
        folder = library_of(count)
        browsed(
            "rescan", folder
        )  # so that what comes is as after a first look: the index as this version has it
        output_of("bench_start.py", "left", str(folder / "data"), str(folder / "library"))
        ours, bare, _, _ = compared("pictures", folder, RUNS)
        say_ratio(f"start to thumbnails in view, {count} pictures", ours, bare, "s", "<= 3")
        say_ms(f"start to thumbnails in view, {count} pictures", [second * 1000 for second in ours], 500, 0.5)
        scrolled = browsed("scroll", folder)
        say_ms(f"frame while scrolling, {count} pictures, p99", scrolled["frames"], FRAME_GOAL_MS, 0.99)
        say_ms(f"frame while scrolling, {count} pictures, worst", scrolled["frames"], 50, 1)
        say_ms(f"GUI thread away meanwhile, {count} pictures, worst", scrolled["gaps"], 50, 1)
        say_ms(f"tiles filled after a stop, {count} pictures, worst", scrolled["filled"], 150, 1)
        mib = scrolled["memory_kib"] / 1024
        print(
            f"{f'memory after 5,000 tiles, {count} pictures':<56} {mib:8.0f} MiB  (goal <= 180 MiB)",
            flush=True,
        )
        searched = browsed("search", folder)
        say_ms(f"key to filtered grid, {count} pictures, p95", searched["keys"], 50, 0.95)
        say_ms(f"back to all of them, {count} pictures, worst", searched["cleared"], 50, 1)
        say_ms(f"blue and a month in all of {count} (goal: in 60000)", searched["months"], 100, 1)
        say_ms(f"GUI thread away meanwhile, {count} pictures, worst", searched["gaps"], FRAME_GOAL_MS, 1)
        rescanned = browsed("rescan", folder)
        say_s(f"rescan with nothing changed, {count} pictures", rescanned["seconds"], 2)
        say_ms(f"GUI thread away meanwhile, {count} pictures, worst", rescanned["gaps"], 50, 1)
        measure_rebuild(folder, count)


def measure_million() -> None:
    """For information: no goal was ever set for it."""
    measure_library((1_000_000,))


def measure_rebuild(folder: Path, count: int) -> None:
    """Of a copy of what the machine keeps; the library itself is only read."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name:
        copied = Path(name) / "data"
        shutil.copytree(folder / "data", copied, ignore=shutil.ignore_patterns("index-*"))
        rebuilt = report("rebuild", copied, folder / "library")
    say_s(f"rebuild of the index, {count} pictures", rebuilt["seconds"], 60)
    say_ms(f"GUI thread away meanwhile, {count} pictures, worst", rebuilt["gaps"], 50, 1)
    read = f"{rebuilt['pictures_read']:8}     {rebuilt['read_bytes'] / GIB:.2f} GiB of all files"
    what = f"pictures read meanwhile, {count} pictures"
    print(f"{what:<56} {read}, the index included  (goal: none but what is in view)", flush=True)


def browsed(what: str, folder: Path) -> dict[str, Any]:
    """What ``bench_browse.py`` reports."""
    return report(what, folder / "data", folder / "library")


def report(what: str, data: Path, library: Path) -> dict[str, Any]:
    """The same, of another data directory."""
    said = output_of("bench_browse.py", what, os.fspath(data), os.fspath(library)).splitlines()[-1]
    result: dict[str, Any] = json.loads(said)
    return result


def say_ms(what: str, times_ms: list[float], goal_ms: float, share: float) -> None:
    """One line: the time that ``share`` of them do not pass."""
    ordered = sorted(times_ms)
    value = ordered[min(len(ordered) - 1, int(len(ordered) * share))]
    print(
        f"{what:<56} {value:8.1f} ms  median {statistics.median(ordered):7.1f} ms of {len(ordered)}"
        f"  ratio to goal {value / goal_ms:5.2f}  (goal <= {goal_ms:g} ms)",
        flush=True,
    )


def say_s(what: str, seconds: float, goal_s: float) -> None:
    """One line."""
    ratio = seconds / goal_s
    print(f"{what:<56} {seconds:8.2f} s  ratio to goal {ratio:5.2f}  (goal <= {goal_s:g} s)", flush=True)
