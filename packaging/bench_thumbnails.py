"""How quickly thumbnails are made, held against one core of Pillow's own draft-mode reduction.

Both look at the same files turn by turn; ours are made by two children, hashed by nobody, fingerprinted and
written, Pillow's are only reduced. Called by ``bench.py``.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench_children import FOLDER

sys.path.insert(0, str(FOLDER.parent))

from PIL import Image

from seedream_desktop.worker import CHILDREN, Worker

SIDE_PX, THUMBNAIL_PX = 2048, 512
PICTURES, TURNS = 24, 5
GOAL = 1.6
_Took = tuple[float, float]  # seconds by the clock, and of processor time


def measure_thumbnails() -> None:
    """Medians and ratios turn by turn, by the clock and by processor time, which others cannot change."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name:
        folder = Path(name)
        paths = [_drawn(folder / f"{number}.jpeg", number) for number in range(PICTURES)]
        worker = Worker()
        with ThreadPoolExecutor(CHILDREN) as threads:
            _ours(worker, threads, paths)  # the children are started
            turns = [(_pillows(paths), _ours(worker, threads, paths)) for _ in range(TURNS)]
        worker.close()
    for number, means in enumerate(("by the clock", "by processor time, shared by two cores")):
        pairs = [(pillow[number], ours[number] / (CHILDREN if number else 1)) for pillow, ours in turns]
        pillow_ms, our_ms = (statistics.median(times) * 1000 / PICTURES for times in zip(*pairs, strict=True))
        ratio = statistics.median(pillow / ours for pillow, ours in pairs)
        what = f"thumbnail of a {SIDE_PX} x {SIDE_PX} JPEG, {means}"
        print(f"{what:<72} {our_ms:6.1f} ms  Pillow, one core {pillow_ms:6.1f} ms", end="", flush=True)
        print(f"  {ratio:5.2f} times as fast  (goal >= {GOAL:g})", flush=True)


def _drawn(path: Path, number: int) -> Path:
    """A picture with as much detail as one of the models': soft shapes under fine grain, about 1.5 MB."""
    chance = random.Random(number)
    shapes = Image.frombytes("RGB", (24, 24), chance.randbytes(24 * 24 * 3))
    soft = shapes.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((SIDE_PX, SIDE_PX), 24).convert("RGB")
    Image.blend(soft, grain, 0.25).save(path, "JPEG", quality=90)
    return path


def _pillows(paths: list[Path]) -> _Took:
    since_s, since_cpu_s = time.perf_counter(), time.process_time()
    for path in paths:
        with Image.open(path) as image:
            image.draft("RGB", (THUMBNAIL_PX, THUMBNAIL_PX))
            image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
            image.load()  # where the draft is small enough by itself nothing was decoded so far
    return time.perf_counter() - since_s, time.process_time() - since_cpu_s


def _ours(worker: Worker, threads: ThreadPoolExecutor, paths: list[Path]) -> _Took:
    """The same, as the gallery makes them."""
    since_s, since_cpu_s = time.perf_counter(), _children_s()
    for path, _ in zip(paths, threads.map(lambda one: _made(worker, one), paths), strict=True):
        path.with_suffix(".thumbnail").unlink()
    return time.perf_counter() - since_s, _children_s() - since_cpu_s


def _children_s() -> float:
    """Processor time of this process's children that run."""
    listed = Path("/proc/self/task").glob("*/children")  # each thread has its own
    pids = [pid for one in listed for pid in one.read_text(encoding="ascii").split()]
    spent = (Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in pids)
    return sum(int(one[11]) + int(one[12]) for one in spent) / os.sysconf("SC_CLK_TCK")


def _made(worker: Worker, path: Path) -> None:
    worker.make_thumbnail(path, path.with_suffix(".thumbnail"))


if __name__ == "__main__":
    measure_thumbnails()
