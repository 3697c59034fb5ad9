"""What the tests of the queue share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.journal import Journal
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.tasks import TaskRunner
from tests.state.scripted_queue import Script


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite3")
    yield journal
    journal.close()


@pytest.fixture
def script(journal: Journal) -> Script:
    return Script(journal)


@pytest.fixture
def queue(qtbot: QtBot, journal: Journal, script: Script) -> Iterator[JobQueue]:
    runner, chores = TaskRunner(2), TaskRunner(1)
    yield JobQueue(lambda: journal, script.run, runner, chores, 2)
    assert runner.close(60_000)
    assert chores.close(60_000)
