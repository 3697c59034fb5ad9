"""Whatever ends an export, nothing half stays in the folder that it was to go to."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.library.outbox import Outbox, Passing
from tests.library.conftest import files_below

_KILLED = """
import os, signal, sys
from pathlib import Path
from seedream_desktop.library.outbox import Outbox
with Outbox(Path(sys.argv[1])).passing(Path(sys.argv[2])) as passing:
    passing.new().write_bytes(b"half a picture")
    inside = passing.new()
    inside.mkdir()
    (inside / "one.jpg").write_bytes(b"half a picture")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "客户 client"
    target.mkdir()
    (target / ".hidden.part").write_bytes(b"theirs")
    return target


def test_what_a_kill_left_is_removed_by_the_next_start_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    notes = tmp_path / "exporting"
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(notes), str(folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(folder.iterdir())) == 3
    Outbox(notes).sweep()
    assert [path.name for path in folder.iterdir()] == [".hidden.part"]
    assert list(notes.iterdir()) == []


def test_what_is_being_written_is_not_swept(folder: Path, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "exporting")
    with outbox.passing(folder) as passing:
        part = passing.new()
        part.write_bytes(b"on its way")
        outbox.sweep()
        assert part.exists()
    assert [path.name for path in folder.iterdir()] == [".hidden.part"]
    assert files_below(tmp_path / "exporting") == {}


def test_a_disk_that_is_away_is_swept_when_it_is_back(folder: Path, tmp_path: Path) -> None:
    notes, away = tmp_path / "exporting", tmp_path / "away"
    subprocess.run([sys.executable, "-c", _KILLED, str(notes), str(folder)], check=False)
    folder.rename(away)
    Outbox(notes).sweep()
    assert len(list(notes.iterdir())) == 1
    away.rename(folder)
    Outbox(notes).sweep()
    assert [path.name for path in folder.iterdir()] == [".hidden.part"]


@pytest.mark.parametrize("said", ["", "[]", '{"folder": 5}', '{"other": "/"}', "\0"])
def test_a_note_that_says_nothing_removes_nothing(folder: Path, tmp_path: Path, said: str) -> None:
    notes = tmp_path / "exporting"
    notes.mkdir()
    (notes / "abc.json").write_text(said)
    Outbox(notes).sweep()
    assert list(notes.iterdir()) == []
    assert (folder / ".hidden.part").exists()


def test_what_cannot_be_noted_is_written_all_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "exporting").write_bytes(b"a file is in the way")
    with Outbox(tmp_path / "exporting").passing(folder) as passing:
        (folder / ".hidden.part").replace(passing.new())
    assert list(folder.iterdir()) == []


def test_names_of_two_exports_into_one_folder_are_not_each_others(folder: Path) -> None:
    first, second = Passing(folder), Passing(folder)
    kept = second.new()
    kept.write_bytes(b"second")
    first.new().write_bytes(b"first")
    first.clear()
    assert sorted(path.name for path in folder.iterdir()) == sorted([".hidden.part", kept.name])
