"""Ten thousand pictures at once are one step; a kill in the middle of it loses nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Query
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.acts import Done
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from tests.library.filled import fill

MANY = 10_000
MACHINE = "m" * 32
TRASHED_WITHIN_S, RATED_WITHIN_S = 60.0, 30.0  # of processor time: the disk belongs to others, too
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14" + b"\x00" * 8


def content(number: int) -> bytes:
    return _PNG + str(number).encode()


def pictures_on_disk(root: Path) -> list[bytes]:
    """Their bytes; an empty file only held a name for a picture that was about to get it."""
    return sorted(held for path in root.rglob("*.jpeg") if (held := path.read_bytes()))


def opened_with_many(folder: Path, qtbot: QtBot, steps: UndoStack, activities: Activities) -> Pictures:
    """A library of ten thousand pictures."""
    fill(folder / "library", folder / "index.sqlite3", MANY, content)

    def opened(root: Path) -> Library:
        return open_library(root, folder / "index.sqlite3", MACHINE)

    pictures = Pictures(opened, TaskRunner(1), steps, activities)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(folder / "library")
    return pictures


@pytest.mark.endurance
def test_ten_thousand_are_one_step_that_can_be_stopped_and_taken_back(
    tmp_path: Path, qtbot: QtBot, say_figures: Callable[[str], None]
) -> None:
    steps, activities = UndoStack(), Activities()
    pictures = opened_with_many(tmp_path, qtbot, steps, activities)
    library = pictures.the_library()
    ids = library.ids(Query())

    def timed(act: Callable[[], object]) -> tuple[float, float, Done]:
        """How long it took, how much of that the processor worked, and what was said."""
        at_s, processor_s = time.monotonic(), time.process_time()
        with qtbot.waitSignal(pictures.acts.done, timeout=600_000) as done:
            act()
        assert done.args is not None
        return time.monotonic() - at_s, time.process_time() - processor_s, done.args[0]

    def stop(_change: object) -> None:
        if library.counts().trash >= MANY // 3:
            activities.cancel(max(activities._activities, default=0))

    rated_s, rated_processor_s, rated = timed(lambda: pictures.acts.rate(ids, 5))
    pictures.library_changed.connect(stop)
    _, _, stopped = timed(lambda: pictures.acts.trash(ids))
    pictures.library_changed.disconnect(stop)
    assert stopped.is_stopped
    assert MANY // 3 <= stopped.count < MANY
    assert library.counts().trash == stopped.count
    timed(steps.undo)
    assert sorted(library.ids(Query())) == sorted(ids)
    trashed_s, trashed_processor_s, trashed = timed(lambda: pictures.acts.trash(ids))
    assert (rated.count, trashed.count, library.counts().trash) == (MANY, MANY, MANY)
    assert pictures_on_disk(library.root) == sorted(content(number) for number in range(MANY))
    say_figures(
        f"bulk acts: {MANY} rated in {rated_s:.0f} s, {MANY} trashed in {trashed_s:.0f} s, "
        f"stopped at {stopped.count} and taken back, 0 lost"
    )
    library.close()
    assert rated_processor_s < RATED_WITHIN_S
    assert trashed_processor_s < TRASHED_WITHIN_S


_ACTING = """
import sys
from pathlib import Path
from seedream_desktop.library.library import open_library
from seedream_desktop.library.values import Query
library = open_library(Path(sys.argv[1]), Path(sys.argv[2]), "m" * 32)
print("going", flush=True)
while True:
    ids = library.ids(Query())
    if sys.argv[3] == "trash":
        library.restore([entry.id for entry in library.trash(ids)])
    elif sys.argv[3] == "move":
        for board in library.boards():
            library.move(library.ids(Query()), board.id)
    else:
        library.trash(ids)
        gathered = library.emptying.begin("some")
        entries = [entry.id for entry in library.trashed()]
        library.emptying.gather(gathered, entries)
        library.emptying.put_back(gathered)
        library.restore(entries)
"""


@pytest.mark.endurance
@pytest.mark.parametrize("kind", ["trash", "move", "empty"])
def test_a_kill_in_the_middle_loses_no_picture_and_no_record(
    tmp_path: Path, kind: str, say_figures: Callable[[str], None]
) -> None:
    root, index, count, kills = tmp_path / "library", tmp_path / "index.sqlite3", 60, 12
    fill(root, index, count, content)
    chance = random.Random(20261122)
    for _ in range(kills):
        command = [sys.executable, "-c", _ACTING, str(root), str(index), kind]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as acting:
            assert acting.stdout is not None
            acting.stdout.readline()
            time.sleep(chance.uniform(0.01, 0.6))
            acting.send_signal(signal.SIGKILL)
        library = open_library(root, index, MACHINE)
        library.emptying.put_back_left()
        library.synchronise()
        library.synchronise()
        library.restore([entry.id for entry in library.trashed()])
        held = library.pictures(library.ids(Query()))
        prompts = {library.record(picture.id).made.job_id for picture in held}
        library.close()
        assert (len(held), len(prompts)) == (count, count)
        assert pictures_on_disk(root) == sorted(content(number) for number in range(count))
    say_figures(f"bulk {kind}: killed {kills} times, {count} pictures, 0 lost, 0 doubled")
