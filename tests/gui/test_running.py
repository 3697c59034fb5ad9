"""Jobs and money as they are shown: what the session says reaches the window, and wishes the session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import Balance
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.checks import Doubt
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.gui.cards import Act
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.costs import Costs
from seedream_desktop.library.values import Board
from seedream_desktop.settings import Settings
from seedream_desktop.state.pictures import LibraryChange, Spent
from seedream_desktop.state.session import Session
from seedream_desktop.state.tiles import JobTile, WaitingTile, missing_tiles
from tests.gui.panel_values import MAYBE_BILLED, job, press


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> MainWindow:
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    return window


def test_check_asks_on_the_tile_and_in_the_queue(window: MainWindow, session: Session) -> None:
    unknown = job(1, JobState.UNKNOWN, problem=MAYBE_BILLED)
    session.queue._add((unknown,))
    for source in (window.gallery, window.queue_panel):
        session.queue._jobs[unknown.id] = unknown
        source.check_requested.emit(unknown.id)
        assert session.queue.jobs[0].doubt is Doubt.NO_KEY  # there is none in this session


def test_tiles_say_that_the_queue_is_paused(window: MainWindow, session: Session) -> None:
    session.gallery.add_jobs(press(2))
    for is_paused in (True, False):
        session.queue.pause() if is_paused else session.queue.resume()
        (tile,) = (session.gallery.tile(row) for row in range(session.gallery.rowCount()))
        assert isinstance(tile, WaitingTile)
        assert tile.is_paused == is_paused


def test_what_was_paid_for_and_is_not_fetched_cannot_be_dismissed_among_the_unfinished(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    problem = Problem(ProblemKind.LINK_DENIED, billed=Billed.YES)
    session.gallery.add_jobs((job(1, JobState.ANSWERED, problem=problem),))
    crosses = []
    for show in (session.gallery.refresh, session.gallery.show_unfinished):
        show()
        tile = session.gallery.tile(0)
        assert isinstance(tile, JobTile)
        _, plan = window.gallery._card(0, tile)
        crosses.append(any(button.act is Act.DISMISS for button in plan.buttons))
    assert crosses == [True, False]


def test_the_costs_open_upwards_and_are_asked_for_anew(window: MainWindow, session: Session) -> None:
    session.pictures.spent_known.emit(Spent("", "2026-11", Costs(3.2), Costs(4.0)))
    QTest.mouseClick(window.status.costs_button, Qt.MouseButton.LeftButton)
    panel = window.status._panel
    assert panel is not None
    assert panel.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_costs_are_asked_for_anew_when_all_of_the_library_was_read_again(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a library that was copied to a new computer, or that another one spends in."""
    asked: list[bool] = []
    monkeypatch.setattr(session, "ask_what_was_spent", lambda: asked.append(True))
    boards = (Board("b1", "Inbox", "Inbox", 0),)
    for change in (LibraryChange(boards=boards), LibraryChange(boards=boards)):
        window.ties.running._on_library_changed(change)
    assert len(asked) == 1  # with the first boards
    window.ties.running._on_library_changed(LibraryChange(boards=boards, is_everything=True))
    assert len(asked) == 2


def test_a_balance_is_kept_while_it_cannot_be_asked_and_not_beyond_its_key(
    window: MainWindow, session: Session
) -> None:
    session.account.balance_changed.emit(Balance(20.0, 7.6))
    session.account.balance_failed.emit(Problem(ProblemKind.UNREACHABLE))
    assert window.status.costs_button.text() == "balance $12.40"
    session.account.key_changed.emit(KeyState(KeySource.NONE))
    assert "balance" not in window.status.costs_button.text()


def in_part() -> Job:
    missing = tuple(MissingPicture(index, Problem(ProblemKind.RESULT_REFUSED)) for index in (1, 2))
    return job(1, JobState.SAVED, saved=("a",), missing=missing, kept=("answer.raw",))


def test_a_missing_picture_that_is_dismissed_stays_among_the_unfinished_until_it_is_there(
    window: MainWindow, session: Session
) -> None:
    one = in_part()
    session.queue._add((one,))
    first, second = missing_tiles(one)
    window.gallery.dismiss_requested.emit(first)
    assert [session.gallery.tile(row) for row in range(session.gallery.rowCount())] == [second]
    session.gallery.show_unfinished()
    assert session.gallery.rowCount() == 2
    window.gallery.dismiss_requested.emit(first)
    assert session.queue.jobs == (replace(one, missing=one.missing[1:]),)
    window.gallery.dismiss_requested.emit(missing_tiles(session.queue.jobs[0])[0])
    assert not session.queue.jobs


def test_what_was_kept_is_shown_in_the_file_manager(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(session.handing_out, "reveal", shown.append)
    window.gallery.kept_file_requested.emit("a-job", "answer.raw")
    assert shown == [session.places.spool / "a-job" / "answer.raw"]


def test_a_drive_that_is_pulled_out_is_said_and_its_return_lets_what_waits_go_on(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(session.pictures.opened):
        session.open(tmp_path / "library")
    library = session.pictures.the_library()
    retried: list[str] = []
    monkeypatch.setattr(session.queue, "retry", retried.append)
    away = Problem(ProblemKind.LIBRARY_SILENT, subject=str(library.root))
    waiting = replace(job(1, JobState.ANSWERED, problem=away), library_id=library.id)
    session.queue._jobs[waiting.id] = waiting
    session.watcher.presence_changed.emit(False)
    assert (window.notices._act.text(), retried) == ("Open a library…", [])
    session.watcher.presence_changed.emit(True)
    assert window.notices._words.text().startswith("The library is there again")
    assert retried == [waiting.id]
