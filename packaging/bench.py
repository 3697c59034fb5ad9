"""Measures the application; called as ``python3 packaging/dev.py bench``. Prints figures, judges nothing.

Every figure of time and memory of the whole process is also a ratio to a bare PySide6 window measured in the
same run, turn by turn, so that a slow or a busy machine does not change it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
PICTURES = 1000
RUNS = 9
MEMORY_RUNS = 3


def child_environment() -> dict[str, str]:
    """The environment of an installed application: compiled modules are kept, here in a folder of our own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(Path(tempfile.gettempdir()) / "seedream-bench-compiled")
    return {
        **kept,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": compiled,
    }


def timed(script: str, *arguments: str) -> tuple[float, int]:
    """Seconds from the start of a process to its end, and the KiB of memory that it reports."""
    started_s = time.perf_counter()
    result = subprocess.run(
        [sys.executable, str(FOLDER / script), *arguments],
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=60,
    )
    return time.perf_counter() - started_s, int(result.stdout.split()[-1])


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
    command = [sys.executable, str(FOLDER / "bench_fill.py"), str(folder), str(PICTURES)]
    subprocess.run(command, env=child_environment(), check=True)


def measure_start(folder: Path) -> None:
    """Time and memory of the whole process."""
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
    result = subprocess.run(
        [sys.executable, str(FOLDER / "bench_jobs.py")],
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=300,
    )
    report = json.loads(result.stdout.splitlines()[-1])
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


def main() -> int:
    """Measure everything."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as folder:
        measure_start(Path(folder))
    measure_jobs()
    return 0


if __name__ == "__main__":
    sys.exit(main())
