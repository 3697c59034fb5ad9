"""A record is damaged while the application runs, which is killed then: the prompt outlives both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench, files_below

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

DOES = """
import os, signal, sys
from pathlib import Path
from tests.library.conftest import Bench

library = (bench := Bench(Path(sys.argv[1]))).open()
library.synchronise()
pictures = [library.add(bench.new(number)) for number in range(3)]
library.mark([one.id for one in pictures], rating=4)
look = lambda: library.synchronise()
for picture in pictures:
    record = library._folder.record_path(picture.id)
    DAMAGE
os.kill(os.getpid(), signal.SIGKILL)
"""
DAMAGES = {
    "unseen": "record.write_bytes(bytes(50))",
    "seen": "record.write_bytes(bytes(50)); look()",
    "cut": "record.write_bytes(record.read_bytes()[:20]); look()",
    "gone": "record.unlink()",
    "gone and seen": "record.unlink(); look()",
    "seen after it was saved": "look(); record.write_bytes(bytes(50)); look(); look()",
    "checked": "record.write_bytes(bytes(50)); library.check(None, lambda *_: True)",
}


def check(library: Library) -> None:
    library.check(None, lambda _done, _total: True)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_the_record_said_is_there_after_the_next_start(
    bench: Bench, tmp_path: Path, damage: str
) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    script = [sys.executable, "-c", DOES.replace("DAMAGE", damage), str(tmp_path)]
    ended = subprocess.run(script, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    library = bench.open()
    library.synchronise()
    check(library)
    library.synchronise()
    pictures = library.pictures(library.ids(Query()))
    assert [(one.prompt, one.rating) for one in pictures] == [("a cat", 4)] * 3
    records = [library.record(one.id) for one in pictures]
    assert {one.made.job_id for one in records} == {"job-0", "job-1", "job-2"}
    assert {one.marks.rating.value for one in records} == {4}
    assert b"a cat" in b"".join(files_below(bench.root).values())
