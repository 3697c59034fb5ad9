"""A real disk of a few megabytes that fills up at random, under the library, the spool and the journal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("library", "spool", "data")
DISK_BYTES = 12_000_000  # the write-ahead logs of journal and index may take 4 MB each
CHILD = """
import json, os, random, subprocess, sys, threading
from pathlib import Path
from seedream_desktop.pipeline import asking
from tests.pipeline.saving_bench import Saving

folder, size_bytes, jobs, seed, *places = sys.argv[1:]
asking.JOURNAL_AGAIN_S = 0.01
chance = random.Random(int(seed))
folder = Path(folder)
for place in places:  # in a name space of our own: nobody else sees them, and they end with us
    (folder / place).mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", folder / place], check=True)
hogs = [folder / place / ".hog" for place in places]


def fill():
    for hog in hogs:
        there = os.statvfs(hog.parent)
        wanted = max(0, there.f_bavail * there.f_frsize - chance.choice([0, 4096, chance.randrange(150_000)]))
        try:
            hog.write_bytes(bytes(wanted))
        except OSError:
            pass


def free():
    for hog in hogs:
        hog.unlink(missing_ok=True)


def run(step, job):
    # Somebody makes room after a moment: an answer waits for the journal for as long as it takes.
    freeing = threading.Timer(0.1, free)
    freeing.start()
    job = step(job)
    freeing.cancel()
    freeing.join()
    return job


saving = Saving(folder / "library", folder / "data" / "journal.sqlite3", folder / "spool", 20_000)
tried = 0
for _ in range(int(jobs)):
    free()
    job = saving.job()
    fill()
    job = run(saving.run, job)
    for _ in range(4):
        if job.is_settled:
            break
        tried += 1
        free()
        if chance.random() < 0.5:
            fill()
        job = run(saving.again, job)
    free()
    if not job.is_settled:
        tried += 1
        job = saving.again(job)
    assert job.is_settled, (job.state, job.problem)
free()
lost, doubled = saving.check()
left = saving.left()
left = [one for one in left if not one.endswith(".hog")]
print(json.dumps({"tried": tried, "lost": lost, "doubled": doubled, "left": left}))
"""


def name_space() -> list[str] | None:
    """How a program is given mounts of its own here; None: it cannot be."""
    for options in (["-m"], ["-Urm"]):
        command = ["unshare", *options]
        is_there = shutil.which("unshare") is not None
        if is_there and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return None


@pytest.mark.endurance
@pytest.mark.parametrize("places", [*([place] for place in PLACES), list(PLACES)], ids=" ".join)
def test_a_disk_that_fills_up_at_random_loses_nothing(
    tmp_path: Path, places: list[str], say_figures: Callable[[str], None]
) -> None:
    command = name_space()
    if command is None:
        pytest.skip("no mount can be made here")
    arguments = [str(tmp_path), str(DISK_BYTES), "40", "7", *places]
    said = subprocess.run(
        [*command, sys.executable, "-c", CHILD, *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=200,
    ).stdout
    found = json.loads(said.splitlines()[-1])
    tried, lost, doubled = found["tried"], found["lost"], found["doubled"]
    where = ", ".join(places)
    say_figures(f"disk harness, {where} full: {tried} tried, survived, {lost} lost, {doubled} doubled")
    assert (lost, doubled, found["left"]) == (0, 0, [])
    assert tried > 10
