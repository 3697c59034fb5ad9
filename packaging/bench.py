"""Measures the application; called as ``dev.py bench [WHAT ...]``. Prints figures, judges nothing.

Every figure of time and memory of the whole process is also a ratio to a bare PySide6 window measured in the
same run, turn by turn, so that a slow or a busy machine does not change it. ``bench_endpoint.py`` has what is
measured of the endpoint's client.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import bench_endpoint
from bench_children import output_of, report_of

PICTURES = 1000
RUNS = 9
MEMORY_RUNS = 3


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


def fill(folder: Path) -> None:
    """A library of 1,000 pictures with its thumbnails, as it is after it was looked at once."""
    output_of("bench_fill.py", str(folder), str(PICTURES))


def measure_start() -> None:
    """Time and memory of the whole process."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name:
        folder = Path(name)
        fill(folder)
        timed("bench_start.py", "settled", str(folder / "data"), str(folder / "library"))
        ours, bare, _, _ = compared("paint", folder, RUNS)
        say_ratio(f"start to first paint, {PICTURES} pictures", ours, bare, "s", "<= 2.5")
        ours, bare, _, _ = compared("pictures", folder, RUNS)
        say_ratio("start to every picture in view painted", ours, bare, "s", "none")
        _, _, our_kib, bare_kib = compared("settled", folder, MEMORY_RUNS)
    ours_mib, bare_mib = [kib / 1024 for kib in our_kib], [kib / 1024 for kib in bare_kib]
    say_ratio(f"memory after start, {PICTURES} pictures", ours_mib, bare_mib, "MiB", "<= 2.2")


def measure_jobs() -> None:
    """What happens while jobs run."""
    report = report_of("bench_jobs.py")
    goals = {"2048 JPEG": 100, "2048 PNG": 250, "4096 PNG": 600}
    for label, times in report["arrivals"].items():
        median = statistics.median(times) if times else float("nan")
        worst = max(times, default=float("nan"))
        print(
            f"{'last byte to painted tile, ' + label:<52} {median:8.0f} ms  worst {worst:6.0f} ms"
            f"  ratio to goal {median / goals[label]:5.2f}  (goal <= {goals[label]} ms)",
            flush=True,
        )
    gaps = sorted(report["stalls"])
    p99, worst = gaps[int(len(gaps) * 0.99)], gaps[-1]
    print(
        f"{'GUI thread away while 3 jobs run':<52} {worst:8.0f} ms  p99   {p99:6.1f} ms"
        f"  ratio to goal {worst / 50:5.2f}  (goal <= 50 ms)"
    )


MEASURES = {"start": measure_start, "jobs": measure_jobs, **bench_endpoint.MEASURES}


def main() -> int:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measures the application.")
    parser.add_argument(
        "measures", nargs="*", metavar="WHAT", help=f"{', '.join(MEASURES)} (default: all of them)"
    )
    chosen = parser.parse_args().measures or list(MEASURES)
    if unknown := [name for name in chosen if name not in MEASURES]:
        parser.error(f"not known: {', '.join(unknown)}; known are {', '.join(MEASURES)}")
    for name in chosen:
        MEASURES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
