"""A board that two machines made one has had several ids; its requests are its own under each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import open_library
from seedream_desktop.library.values import Board
from seedream_desktop.state.forgetting import Forgettable
from seedream_desktop.state.session import Session
from tests.demo_fixtures import Demo
from tests.jobs import a_job
from tests.state.test_session import PATIENCE_MS, opened, session_at

FORMER_LIBRARY, FORMER_BOARD = "f" * 32, "e" * 32


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, demo: Demo) -> Iterator[Session]:
    session = session_at(tmp_path, demo)
    with qtbot.waitSignal(session.account.key_changed, timeout=PATIENCE_MS):
        session.account.load()
    yield session
    assert session.close(5000)


def merged_board(session: Session, root: Path, qtbot: QtBot) -> Board:
    """A board whose file, like that of its library, is one of two that were merged."""
    library = open_library(root, root.with_name("first.sqlite3"), "1" * 32)
    board = library.create_board("Both")
    library.close()
    for path, also in (
        (root / ".seedream" / "library.json", FORMER_LIBRARY),
        (root / "Both" / ".seedream" / "board.json", FORMER_BOARD),
    ):
        path.write_text(json.dumps({**json.loads(path.read_text()), "also": [also]}))
    opened(session, root, qtbot)
    qtbot.waitUntil(
        lambda: session.pictures.the_library().board(FORMER_BOARD) is not None, timeout=PATIENCE_MS
    )
    found = session.pictures.the_library().board(board.id)
    assert found is not None
    return found


def known_under(journal: Journal, session: Session, board: Board, state: JobState) -> tuple[Job, ...]:
    """A job for each name that the board had."""
    jobs = tuple(
        replace(
            a_job(state),
            library_id=library_id,
            board_id=board_id,
            problem=Problem(ProblemKind.ENDED_WHILE_SENDING, billed=Billed.MAYBE),
        )
        for library_id in (session.pictures.the_library().id, FORMER_LIBRARY)
        for board_id in (board.id, FORMER_BOARD)
    )
    journal.add(jobs)
    return jobs


def test_its_requests_go_with_it_under_every_id(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    board = merged_board(session, tmp_path / "library", qtbot)
    other = replace(a_job(JobState.UNKNOWN), board_id="another")
    jobs = known_under(session.journal, session, board, JobState.UNKNOWN)
    session.journal.add((other,))
    session.queue.load((*jobs, other))
    for job in jobs:
        (session.places.spool / job.id).mkdir(parents=True)
    with qtbot.waitSignal(session.forgetting.known, timeout=PATIENCE_MS) as known:
        session.forgetting.look(board)
    assert known.args is not None
    assert known.args[0].unfinished == 4
    with qtbot.waitSignal(session.forgetting.forgotten, timeout=PATIENCE_MS):
        session.forgetting.forget(board.id)
    assert session.journal.known_ids() == {other.id}
    assert session.queue.jobs == (other,)
    assert not any((session.places.spool / job.id).exists() for job in jobs)


def test_a_request_under_way_keeps_it_under_every_id(
    session: Session, qtbot: QtBot, tmp_path: Path, demo: Demo
) -> None:
    board = merged_board(session, tmp_path / "library", qtbot)
    demo.set_delay(1)
    session.draft.set_board(board.id)
    qtbot.waitUntil(lambda: session.target_board() == board, timeout=PATIENCE_MS)
    (job,) = session.press()
    qtbot.waitUntil(lambda: bool(session.queue.running), timeout=PATIENCE_MS)
    session.queue._jobs[job.id] = replace(job, board_id=FORMER_BOARD)
    told: list[Forgettable] = []
    session.forgetting.known.connect(told.append)
    session.forgetting.forget(board.id)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told[0].under_way == 1
    assert not (session.places.data_dir / "forgetting").exists()
    qtbot.waitUntil(lambda: not session.queue.jobs, timeout=PATIENCE_MS)
    assert session.pictures.the_library().board(board.id) is not None
