"""The same request asks first while it is under way, blocks nothing, and goes with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Frame, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.gui.generate_bar import GenerateBar
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.settings import Settings
from seedream_desktop.state import job_queue
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.session import Session
from tests.compose_stage import catalog
from tests.gui.panel_values import job

RUNNING = job(1, JobState.SENDING)


@pytest.fixture
def draft() -> Draft:
    return Draft(catalog(), Recipe(prompt="a cat"), 2, "")


@pytest.fixture
def bar(qtbot: QtBot, draft: Draft) -> GenerateBar:
    bar = GenerateBar(draft)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def buttons(bar: GenerateBar) -> dict[str, QPushButton]:
    return {one.accessibleName(): one for one in bar.findChildren(QPushButton) if one.isVisible()}


def said(bar: GenerateBar) -> str:
    assert bar._question is not None
    return bar._question._words.text()


def test_it_says_what_it_may_cost(bar: GenerateBar) -> None:
    bar.ask_again(RUNNING)
    assert said(bar).startswith("The same request is still running. Send it again (")
    assert "$" in said(bar)
    bar.ask_again(job(1))
    assert said(bar).startswith("The same request is still waiting.")


def test_sending_it_again_is_told_once(bar: GenerateBar, qtbot: QtBot) -> None:
    bar.ask_again(RUNNING)
    send = next(one for name, one in buttons(bar).items() if name.startswith("Send again"))
    with qtbot.waitSignal(bar.send_confirmed):
        send.click()
    assert not bar.is_asking


def test_not_sending_sends_nothing(bar: GenerateBar, qtbot: QtBot) -> None:
    bar.ask_again(RUNNING)
    with qtbot.assertNotEmitted(bar.send_confirmed), qtbot.assertNotEmitted(bar.generate_requested):
        buttons(bar)["Don't send"].click()
    assert not bar.is_asking


def test_pressing_on_leads_to_the_answer_and_sends_nothing(bar: GenerateBar, qtbot: QtBot) -> None:
    bar.ask_again(RUNNING)
    with qtbot.waitActive(bar):
        bar.activateWindow()
    with qtbot.assertNotEmitted(bar.generate_requested), qtbot.assertNotEmitted(bar.send_confirmed):
        bar.generate()
    focused = bar.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text().startswith("Send again")
    with qtbot.waitSignal(bar.send_confirmed):
        QTest.keyClick(focused, Qt.Key.Key_Space)


def test_another_draft_needs_no_answer(bar: GenerateBar, draft: Draft) -> None:
    bar.ask_again(RUNNING)
    draft.set_prompt("a dog")
    assert not bar.is_asking


@pytest.fixture
def window(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(job_queue, "TWO_PRESSES_ARE_ONE_S", 0.0)
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    session.queue.pause()
    session.open(tmp_path / "library")
    qtbot.waitUntil(lambda: session.target_board() is not None)
    session.draft.set_prompt("a cat")
    return window


def test_a_second_press_of_the_same_asks_and_one_of_many_does_not(
    window: MainWindow, session: Session
) -> None:
    session.draft.set_variations(3)
    window.making._on_generate()
    assert len(session.queue.jobs) == 3
    assert not window.generate_bar.is_asking
    window.making._on_generate()
    assert len(session.queue.jobs) == 3
    assert window.generate_bar.is_asking
    window.generate_bar.send_confirmed.emit()
    assert len(session.queue.jobs) == 6


def test_the_question_goes_with_the_other_request(window: MainWindow, session: Session) -> None:
    window.making._on_generate()
    window.making._on_generate()
    assert window.generate_bar.is_asking
    (waiting,) = session.queue.jobs
    session.queue.cancel(waiting.id)
    assert not window.generate_bar.is_asking


def test_a_request_that_is_over_is_sent_without_a_question(window: MainWindow, session: Session) -> None:
    window.making._on_generate()
    (one,) = session.queue.jobs
    session.queue._jobs[one.id] = job(
        1, JobState.FAILED, request=one.request, problem=Problem(ProblemKind.PROMPT_REFUSED)
    )
    window.making._on_generate()
    assert len(session.queue.jobs) == 2


def test_a_large_press_says_what_it_makes_and_asks_first(window: MainWindow, session: Session) -> None:
    session.ask_above_usd = 5.0
    session.draft.set_prompt("a {red|blue} {cat|dog}")
    session.draft.set_variations(40)
    window.making._on_generate()
    assert not session.queue.jobs
    bar = window.generate_bar
    assert bar.is_asking
    assert "160 requests for up to 160 pictures (about $5.60)" in said(bar)
    window.making._on_jobs_changed()
    assert bar.is_asking
    session.draft.set_variations(1)
    assert not bar.is_asking
    session.draft.set_variations(40)
    window.making._on_generate()
    send = next(one for name, one in buttons(bar).items() if name.startswith("Send all"))
    send.click()
    assert len(session.queue.jobs) == 160


def test_what_may_be_spent_unasked_can_be_switched_off(window: MainWindow, session: Session) -> None:
    session.ask_above_usd = 0.0
    session.draft.set_variations(100)
    session.draft.set_prompt("a {red|blue} cat")
    window.making._on_generate()
    assert len(session.queue.jobs) == 200


def test_a_press_that_is_left_alone_sends_nothing(window: MainWindow, session: Session) -> None:
    session.draft.set_variations(100)
    session.draft.set_prompt("a {red|blue} cat")
    window.making._on_generate()
    next(one for name, one in buttons(window.generate_bar).items() if name == "Don't send").click()
    assert not session.queue.jobs
    assert not window.generate_bar.is_asking
    assert session.draft.requests_count() == 200


def test_the_last_press_is_sent_once_more_whatever_the_draft_is_by_now(
    window: MainWindow, session: Session
) -> None:
    window.making._on_again()
    assert not session.queue.jobs
    session.draft.set_prompt("a {red|blue} cat")
    window.making._on_generate()
    session.draft.set_prompt("a dog")
    session.draft.set_variations(7)
    window.commands.again_requested.emit()
    prompts = [job.request.prompt for job in session.queue.jobs]
    assert prompts == ["a red cat", "a blue cat"] * 2
    assert session.draft.recipe.prompt == "a dog"
    shown = [one.text() for one in window.generate_bar.findChildren(QLabel) if one.isVisible()]
    assert "2 requests sent again (about $0.07): a red cat" in shown


def test_a_large_press_asks_before_it_is_sent_once_more_and_sends_just_that(
    window: MainWindow, session: Session
) -> None:
    session.ask_above_usd = 0.0
    session.draft.set_variations(2)
    window.making._on_generate()
    session.ask_above_usd = 0.01
    session.draft.set_prompt("a dog")
    window.making._on_again()
    assert len(session.queue.jobs) == 2
    send = next(one for name, one in buttons(window.generate_bar).items() if name.startswith("Send all"))
    send.click()
    assert [job.request.prompt for job in session.queue.jobs] == ["a cat"] * 4


def test_only_the_press_that_was_meant_for_a_frame_takes_its_place(
    window: MainWindow, session: Session
) -> None:
    session.draft.frame = Frame("press", 2, (2,), 0, "ab" * 32)
    window.making._on_generate()
    session.draft.set_prompt("a dog")
    window.making._on_generate()
    first, second = session.queue.jobs
    assert first.frame is not None
    assert second.frame is None
    window.making._on_again()
    assert session.queue.jobs[-1].frame is None
