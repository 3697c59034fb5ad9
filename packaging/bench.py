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
from pathlib import Path

import bench_endpoint
import bench_library
import bench_thumbnails
from bench_children import compared, output_of, report_of, say_ratio, timed

PICTURES = 1000
RUNS = 9
MEMORY_RUNS = 3


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


def measure_compose() -> None:
    """Keys in a long prompt, and a matrix of 1,000 requests, in the live window."""
    keys = sorted(report_of("bench_compose.py", "typing")["typed"])
    p99 = keys[int(len(keys) * 0.99)]
    print(
        f"{'key to paint, 2,000 characters with 14 chips':<52} {statistics.median(keys):8.1f} ms"
        f"  p99   {p99:6.1f} ms  ratio to goal {p99 / 16:5.2f}  (goal p99 <= 16 ms)",
        flush=True,
    )
    report = report_of("bench_compose.py", "matrix")
    goals = (("priced", "counted and priced", 100), ("queued", "queued, on disk", 1000))
    for name, label, goal in (
        *goals,
        ("cancelled", "cancelled, on disk", 1000),
        ("gaps", "GUI thread away", 50),
    ):
        times = report[name]
        print(
            f"{f'a matrix of 1,000 requests, {label}':<52} {statistics.median(times):8.1f} ms"
            f"  worst {max(times):6.0f} ms  ratio to goal {max(times) / goal:5.2f}  (goal <= {goal} ms)",
            flush=True,
        )


USUAL = {
    "start": measure_start,
    "jobs": measure_jobs,
    "compose": measure_compose,
    **bench_endpoint.MEASURES,
    "thumbnails": bench_thumbnails.measure_thumbnails,
    "library": bench_library.measure_library,
}
MEASURES = {**USUAL, "million": bench_library.measure_million}


def main() -> int:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measures the application.")
    parser.add_argument(
        "measures", nargs="*", metavar="WHAT", help=f"{', '.join(MEASURES)} (default: all but million)"
    )
    chosen = parser.parse_args().measures or list(USUAL)
    if unknown := [name for name in chosen if name not in MEASURES]:
        parser.error(f"not known: {', '.join(unknown)}; known are {', '.join(MEASURES)}")
    for name in chosen:
        MEASURES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
