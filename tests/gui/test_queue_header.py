"""The head of the queue says why it pauses and what to do, and asks before what was sent is given up."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.generation.pause import DayFigures, Pause, PauseReason
from seedream_desktop.gui.dates import today
from seedream_desktop.gui.pause_words import pause_words, short_pause_words
from seedream_desktop.gui.queue_header import QueueHeader
from tests.gui.panel_values import job, press

GATE = Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/")


@pytest.fixture
def header(qtbot: QtBot) -> QueueHeader:
    header = QueueHeader()
    qtbot.addWidget(header)
    header.show()
    return header


def limited(next_usd: float | None = 0.04, unpriced: int = 0, day: str = "") -> Pause:
    figures = DayFigures(day or today().isoformat(), 5.0, 4.9, 0.08, next_usd, unpriced)
    return Pause(PauseReason.DAILY_LIMIT, figures=figures)


def after(kind: ProblemKind) -> Pause:
    return Pause(PauseReason.PROBLEM, Problem(kind))


def sending(number: int) -> Job:
    return job(number, JobState.SENDING, sending_ms=now_ms())


def buttons(header: QueueHeader) -> dict[str, QPushButton]:
    return {one.accessibleName(): one for one in header.findChildren(QPushButton) if one.isVisible()}


@pytest.mark.parametrize(
    ("pause", "parts"),
    [
        (limited(), ("up to $0.04", "limit of $5.00 a day", "$4.90 is spent or may be billed", "$0.08 more")),
        (limited(unpriced=2), ("Not counted, for no price is known: 2",)),
        (limited(next_usd=None), ("no price is known for the next request", "$5.00 a day")),
        (limited(day="2001-01-01"), ("on another day", "Resume")),
        (after(ProblemKind.KEY_REFUSED), ("does not accept the key", "Paste another key")),
        (after(ProblemKind.QUOTA_SPENT), ("balance of the account is used up", "Top up")),
        (Pause(PauseReason.RESTARTED), ("was waiting when the application ended",)),
        (Pause(PauseReason.ENDING), ("once what was sent is answered",)),
    ],
)
def test_it_says_why_it_pauses_and_what_to_do(
    header: QueueHeader, pause: Pause, parts: tuple[str, ...]
) -> None:
    header.show_jobs(press(2), pause)
    assert header.note.isVisible()
    assert all(part in header.note.said for part in parts), header.note.said


def test_a_pause_by_hand_needs_no_explanation(header: QueueHeader) -> None:
    header.show_jobs(press(2), Pause(PauseReason.BY_HAND))
    assert not header.note.isVisible()
    assert "Resume" in buttons(header)


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_has_words_for_a_pause(kind: ProblemKind) -> None:
    assert "{" not in pause_words(after(kind))
    assert short_pause_words(after(kind)).startswith("paused: ")


@pytest.mark.parametrize(
    ("pause", "name", "signal"),
    [
        (limited(), "Go on for today", "go_on_today_requested"),
        (limited(), "Preferences", "preferences_requested"),
        (after(ProblemKind.KEY_REFUSED), "Preferences", "preferences_requested"),
        (after(ProblemKind.KEY_REFUSED), "Resume", "resume_requested"),
    ],
)
def test_what_can_be_done_is_a_press_away(
    header: QueueHeader, qtbot: QtBot, pause: Pause, name: str, signal: str
) -> None:
    header.show_jobs(press(2), pause)
    with qtbot.waitSignal(getattr(header, signal)):
        buttons(header)[name].click()


def test_a_sign_in_page_is_opened(header: QueueHeader, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    header.show_jobs(press(2), Pause(PauseReason.PROBLEM, GATE))
    buttons(header)["Open the page"].click()
    assert opened == [GATE.page]


def test_what_was_sent_is_given_up_only_when_that_is_said(header: QueueHeader, qtbot: QtBot) -> None:
    jobs = (sending(1), sending(2))
    header.show_jobs(jobs, None)
    header.ask_to_stop(jobs)
    assert header.note.said.startswith("2 requests were sent already and may be billed all the same")
    with qtbot.assertNotEmitted(header.stop_requested):
        buttons(header)["Keep waiting"].click()
    assert not header.note.isVisible()
    header.ask_to_stop(jobs)
    with qtbot.waitSignal(header.stop_requested) as wished:
        buttons(header)["Stop waiting"].click()
    assert wished.args == [("job1", "job2")]


def test_a_question_ends_with_what_it_is_about(header: QueueHeader) -> None:
    header.show_jobs((sending(1), sending(2)), limited())
    header.ask_to_stop((sending(1), sending(2)))
    header.show_jobs((sending(1),), limited())
    assert header.note.said.startswith("One request was sent already")
    header.show_jobs((job(1, JobState.ANSWERED),), limited())
    assert "limit" in header.note.said


def test_a_button_that_stays_keeps_the_focus(header: QueueHeader, qtbot: QtBot) -> None:
    header.show_jobs(press(2), limited())
    button = buttons(header)["Go on for today"]
    header.show_jobs(press(2), limited(next_usd=0.14))
    assert buttons(header)["Go on for today"] is button


def test_nothing_to_cancel_offers_nothing(header: QueueHeader) -> None:
    header.show_jobs((job(1, JobState.UNKNOWN),), None)
    assert buttons(header) == {}
