"""The status line says in one line what is under way and what it costs, and can stop the newest request."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import Balance
from seedream_desktop.api.reports import Sending
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import DayFigures, Pause, PauseReason
from seedream_desktop.gui.dates import month_name, today
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.status_line import HEIGHT_PX, StatusLine
from seedream_desktop.library.costs import Costs
from seedream_desktop.state.pictures import Spent
from tests.gui.panel_values import job, press

BY_HAND = Pause(PauseReason.BY_HAND)

SENT = Sending(100, 100, body_complete=True)
SENDING = Sending(10, 100)
LEFT = Qt.MouseButton.LeftButton


def spent(usd: float) -> Spent:
    return Spent("acme", "2026-11", Costs(usd), Costs(2 * usd))


@pytest.fixture
def status(qtbot: QtBot) -> StatusLine:
    status = StatusLine()
    qtbot.addWidget(status)
    status.resize(1280, HEIGHT_PX)
    status.show()
    return status


def running(*numbers: int) -> tuple[Job, ...]:
    return tuple(job(number, JobState.SENDING) for number in numbers)


def held_up(kind: ProblemKind) -> Sending:
    return Sending(0, 100, waiting_s=4.0, problem=Problem(kind))


def test_it_is_ready_while_nothing_is_under_way(status: StatusLine) -> None:
    assert status.queue_button.text() == "Ready"
    assert status.queue_button.dot == ""
    assert not status.cancel_button.isVisible()
    assert not status.resume_button.isVisible()
    assert not status.costs_button.isVisible()


def test_a_screen_reader_hears_the_whole_line(status: StatusLine) -> None:
    status.show_jobs(running(1), press(28), None)
    status.note_saved("Acme rebrand")
    status.show_key(KeyState(KeySource.SESSION))
    status.show_costs("Acme rebrand", spent(4.1), Balance(20.0, 7.6))
    costs = f"Acme rebrand, {month_name(today())} $4.10 · balance $12.40"
    assert status.accessibleName() == "Status"
    assert status.accessibleDescription() == (
        f"1 running · 28 waiting · 1 saved to Acme rebrand. key for this session only. {costs}"
    )


def test_the_dot_is_blue_while_something_runs(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None)
    assert status.queue_button.dot == "accent"


def test_what_needs_a_decision_is_amber(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None, unfinished=2)
    assert status.queue_button.text() == "1 running · 2 unfinished"
    assert status.queue_button.dot == "amber"


def test_a_pause_is_amber_and_offers_to_go_on(qtbot: QtBot, status: StatusLine) -> None:
    status.show_jobs((), press(3), BY_HAND)
    assert status.queue_button.text() == "paused, 3 waiting"
    assert "Paused by you." in status.queue_button.toolTip()
    assert status.queue_button.dot == "amber"
    assert status.resume_button.text() == status.resume_button.accessibleName() == "Resume 3"
    with qtbot.waitSignal(status.resume_requested):
        QTest.mouseClick(status.resume_button, LEFT)


def test_nothing_is_left_to_resume_once_it_runs(status: StatusLine) -> None:
    status.show_jobs(running(1), (), BY_HAND)
    assert not status.resume_button.isVisible()


def test_cancel_is_for_the_newest_running_job(qtbot: QtBot, status: StatusLine) -> None:
    status.show_jobs(running(1, 2, 3), (), None)
    assert status.cancel_button.accessibleName() == "Cancel"
    with qtbot.waitSignal(status.cancel_requested) as cancelled:
        QTest.mouseClick(status.cancel_button, LEFT)
    assert cancelled.args == ["job3"]


def test_cancel_becomes_stop_waiting_once_the_body_is_sent(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None)
    status.show_progress("job1", SENDING)
    assert status.cancel_button.text() == "Cancel"
    status.show_progress("job1", SENT)
    assert status.cancel_button.text() == status.cancel_button.accessibleName() == "Stop waiting"
    assert "billed" in status.cancel_button.toolTip()


def test_stop_waiting_is_not_said_of_another_job(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None)
    status.show_progress("job1", SENT)
    status.show_jobs(running(1, 2), (), None)
    assert status.cancel_button.text() == "Cancel"


def test_an_answer_that_has_come_cannot_be_cancelled(status: StatusLine) -> None:
    status.show_jobs((job(1, JobState.ANSWERED),), (), None)
    assert not status.cancel_button.isVisible()


def test_saved_pictures_are_counted_from_the_last_press(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None)
    status.note_saved("Acme rebrand")
    status.note_saved("Acme rebrand")
    status.show_jobs((), (), None)
    assert status.queue_button.text() == "2 saved to Acme rebrand"
    status.show_jobs(running(2), (), None)
    assert status.queue_button.text() == "1 running"


def test_pictures_of_several_boards_are_counted_together(status: StatusLine) -> None:
    status.note_saved("Acme rebrand")
    status.note_saved("Zine No. 4")
    assert status.queue_button.text() == "2 saved"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ProblemKind.UNREACHABLE, "waiting for the network"),
        (ProblemKind.RATE_LIMITED, "waiting for the service"),
        (ProblemKind.SIGN_IN_NEEDED, "waiting for the sign-in"),
    ],
)
def test_it_says_what_is_waited_for(status: StatusLine, kind: ProblemKind, said: str) -> None:
    status.show_jobs(running(1), (), None)
    status.show_progress("job1", held_up(kind))
    assert said in status.words
    status.show_progress("job1", SENDING)
    assert "waiting for" not in status.words


def test_the_network_is_not_waited_for_by_a_job_that_is_gone(status: StatusLine) -> None:
    status.show_jobs(running(1), (), None)
    status.show_progress("job1", held_up(ProblemKind.UNREACHABLE))
    status.show_jobs((), (), None)
    assert status.words == "Ready"


@pytest.mark.parametrize("source", [KeySource.KEYRING, KeySource.ENVIRONMENT, KeySource.NONE])
def test_a_key_that_is_where_it_belongs_is_not_mentioned(status: StatusLine, source: KeySource) -> None:
    status.show_key(KeyState(KeySource.SESSION))
    status.show_key(KeyState(source))
    assert status.words == "Ready"


def test_costs_that_are_not_known_are_left_out(status: StatusLine) -> None:
    status.show_costs("Acme rebrand", None, None)
    assert not status.costs_button.isVisible()
    status.show_costs("Acme rebrand", spent(0.0), None)
    assert status.costs_button.text() == f"Acme rebrand, {month_name(today())} $0.00"


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        (Costs(3.2, 0.08, 2), "$3.20 · maybe $0.08 more · 2 without a known price"),
        (Costs(3.2, 0.0, 1), "$3.20 · 1 without a known price"),
        (Costs(0.0, 0.035), "maybe $0.035"),
        (Costs(0.0, 0.0, 2), "2 without a known price"),
        (Costs(), "$0.00"),
    ],
)
def test_what_is_not_sure_and_what_has_no_price_is_told_apart(
    status: StatusLine, costs: Costs, said: str
) -> None:
    status.show_costs("Acme rebrand", Spent("acme", "2026-11", costs, costs), None)
    assert status.costs_button.text() == f"Acme rebrand, {month_name(today())} {said}"


@pytest.mark.parametrize(
    ("balance", "said"),
    [
        (Balance(20.0, 7.6), "balance $12.40"),
        (Balance(None, 7.6, is_unlimited=True), "balance unlimited"),
        (Balance(None, 3.0), "balance not known"),
        (Balance(20.0, None), "balance not known"),
    ],
)
def test_a_balance_without_a_figure_is_said_as_such(status: StatusLine, balance: Balance, said: str) -> None:
    status.show_costs("Acme rebrand", None, balance)
    assert status.costs_button.text() == said


def test_why_the_balance_is_not_known_is_told_to_who_looks(status: StatusLine) -> None:
    status.show_costs("Acme rebrand", spent(4.1), None, Problem(ProblemKind.KEY_REFUSED))
    assert "key" not in status.costs_button.text()
    status.show_costs_panel()
    assert status._panel is not None
    told = [one.text() for one in status._panel.findChildren(QLabel) if one.isVisibleTo(status._panel)]
    assert problem_words(Problem(ProblemKind.KEY_REFUSED)).without_money in told
    status._panel.hide()


def test_a_long_board_name_leaves_room_for_the_figures(status: StatusLine) -> None:
    status.show_costs("Herbstkollektion der Donaudampfschifffahrt", spent(4.1), Balance(20.0, 7.6))
    assert status.costs_button.text().endswith("$4.10 · balance $12.40")
    assert status.costs_button.width() == status.costs_button.sizeHint().width()


def test_the_halves_open_the_queue_and_the_costs(qtbot: QtBot, status: StatusLine) -> None:
    status.show_costs("Acme rebrand", spent(4.1), None)
    with qtbot.waitSignal(status.queue_requested):
        QTest.mouseClick(status.queue_button, LEFT)
    with qtbot.waitSignal(status.costs_requested):
        QTest.mouseClick(status.costs_button, LEFT)


def test_everything_fits_into_one_low_line(status: StatusLine) -> None:
    status.show_jobs(running(1), press(1000), BY_HAND, unfinished=12)
    status.show_progress("job1", held_up(ProblemKind.UNREACHABLE))
    status.show_key(KeyState(KeySource.SESSION))
    status.show_costs("Herbstkollektion der Donaudampfschifffahrt", spent(1234.5), Balance(2000.0, 7.6))
    assert status.minimumSizeHint().width() <= 960
    assert status.cancel_button.sizeHint().height() <= HEIGHT_PX
    assert status.height() == HEIGHT_PX


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        (Pause(PauseReason.RESTARTED), "paused, 3 waiting"),
        (Pause(PauseReason.PROBLEM, Problem(ProblemKind.QUOTA_SPENT)), "paused: balance used up, 3 waiting"),
        (Pause(PauseReason.PROBLEM, Problem(ProblemKind.KEY_REFUSED)), "paused: key not accepted, 3 waiting"),
        (
            Pause(PauseReason.DAILY_LIMIT, figures=DayFigures("2026-11-22", 1.0, 0.9, 0.1, 0.04)),
            "paused: limit of the day, 3 waiting",
        ),
    ],
)
def test_why_it_pauses_is_said_in_a_word_or_two(status: StatusLine, pause: Pause, words: str) -> None:
    status.show_jobs((), press(3), pause)
    assert status.queue_button.text() == words
    status.show_jobs((), (), pause)
    assert status.queue_button.text() == "Ready"


def test_what_was_saved_to_a_board_that_is_gone_is_no_longer_said(status: StatusLine) -> None:
    status.note_saved("Acme rebrand")
    status.keep_saved(("Inbox", "Acme rebrand"))
    assert "1 saved to Acme rebrand" in status.queue_button.text()
    status.keep_saved(("Inbox",))
    assert "Acme" not in status.queue_button.text()
