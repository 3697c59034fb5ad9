"""What another machine may still be writing is left alone; what has been nobody's for a week goes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from seedream_desktop.library import leftovers
from seedream_desktop.library.leftovers import KEPT_S, sweep_others
from tests.library.conftest import Bench


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp" / "this machine"
    folder.mkdir(parents=True)
    return folder


def left_by(temporary: Path, machine: str, age_s: float) -> Path:
    path = temporary.parent / machine / "a.part"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"half")
    then_s = time.time() - age_s
    os.utime(path, (then_s, then_s))
    return path


def pretend_later(monkeypatch: pytest.MonkeyPatch, by_s: float) -> None:
    """The time of the last change to a file cannot be set, so that of looking is."""
    monkeypatch.setattr(leftovers, "_now_s", lambda _: time.time() + by_s)


def test_what_another_machine_is_writing_stays(temporary: Path) -> None:
    path = left_by(temporary, "other", 0)
    sweep_others(temporary)
    assert path.exists()


def test_a_file_that_was_linked_just_now_from_an_old_spool_stays(temporary: Path) -> None:
    path = left_by(temporary, "other", 2 * KEPT_S)
    sweep_others(temporary)
    assert path.exists()


def test_what_has_been_nobodys_for_a_week_goes_with_its_folder_in_the_end(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, own = left_by(temporary, "other", 0), temporary / "own.part"
    own.touch()
    pretend_later(monkeypatch, KEPT_S + 60)
    sweep_others(temporary)
    assert not path.exists()
    pretend_later(monkeypatch, 2 * KEPT_S)
    sweep_others(temporary)
    assert [folder.name for folder in temporary.parent.iterdir()] == [temporary.name]
    assert own.exists()


def test_a_clock_that_is_ahead_sweeps_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = left_by(temporary, "other", 0)
    now_s = time.time()
    monkeypatch.setattr(time, "time", lambda: now_s + 365 * 86_400)
    sweep_others(temporary)
    assert path.exists()
    assert list(temporary.iterdir()) == []


def test_two_processes_on_one_library_never_sweep_each_other(bench: Bench, tmp_path: Path) -> None:
    first = bench.open("one")
    mine = bench.root / ".seedream" / "tmp" / "one" / "writing.part"
    mine.write_bytes(b"half")
    second = bench.open("two", tmp_path / "two.sqlite3")
    theirs = bench.root / ".seedream" / "tmp" / "two" / "writing.part"
    theirs.write_bytes(b"half")
    first.synchronise()
    second.synchronise()
    assert mine.exists()
    assert theirs.exists()
    bench.open("one").synchronise()  # the same data directory, started anew
    assert not mine.exists()
    assert theirs.exists()
