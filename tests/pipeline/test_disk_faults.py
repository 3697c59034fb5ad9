"""Every change to the disk fails in turn while a job is saved; then it works again, and nothing is lost."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedream_desktop.pipeline import asking
from tests.library.faults import Faults, failing_at, failing_databases, failing_statement
from tests.pipeline.saving_bench import Saving, settled

Failing = Callable[[int], contextlib.AbstractContextManager[Faults]]
FAULTS: dict[str, Failing] = {
    "full": lambda number: failing_at(number, errno.ENOSPC),
    "broken": lambda number: failing_at(number, errno.EIO),
    "forbidden": lambda number: failing_at(number, errno.EACCES),
    "torn": lambda number: failing_at(number, errno.ENOSPC, is_torn=True),
    "database full": lambda number: failing_statement(number, sqlite3.SQLITE_FULL),
    "database broken": lambda number: failing_statement(number, sqlite3.SQLITE_IOERR),
}


@pytest.fixture
def saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Saving]:
    monkeypatch.setattr(asking, "JOURNAL_AGAIN_S", 0.0)
    with failing_databases():
        saving = Saving(tmp_path / "library", tmp_path / "data" / "journal.sqlite3", tmp_path / "spool")
        yield saving
        saving.close()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_disk_that_fails_at_any_change_loses_nothing(
    saving: Saving, kind: str, say_figures: Callable[[str], None]
) -> None:
    saving.run(saving.job())  # what is done only once is done
    for number in range(1000):
        job = saving.job()
        with FAULTS[kind](number) as faults:
            job = saving.run(job)
        assert settled(saving, job, lambda: None).is_settled, (number, job.state, job.problem)
        if not faults.is_past:
            break
    lost, doubled = saving.check()
    say_figures(f"disk harness, {kind}: {number} faults tried, survived, {lost} lost, {doubled} doubled")
    assert (lost, doubled, saving.left()) == (0, 0, [])
    assert number > 20
