"""What a picture was made from is found out once, off the GUI thread, and forgotten with the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.state.before_look import Before, BeforeLook
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_reference


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    runner.close(2000)


@pytest.fixture
def look(runner: TaskRunner) -> BeforeLook:
    return BeforeLook(runner, lambda reference: Path(reference.name), runner)


def test_it_asks_only_while_nothing_is_known(qtbot: QtBot, look: BeforeLook) -> None:
    with qtbot.waitSignal(look.wanted):
        look.hold(True)
    look.hold(False)
    look.answer(Path("a.png"))
    with qtbot.assertNotEmitted(look.wanted):
        look.hold(True)
    assert (look.state, look.path) == (Before.THERE, Path("a.png"))


def test_a_reference_is_looked_up_later(qtbot: QtBot, look: BeforeLook) -> None:
    with qtbot.waitSignal(look.changed):
        look.answer(a_reference())
        assert look.state is Before.UNKNOWN
    assert (look.state, look.path) == (Before.THERE, Path("cat 1.png"))


def test_a_reference_that_is_gone_is_known_to_be(qtbot: QtBot, runner: TaskRunner) -> None:
    def refuse(_reference: Reference) -> Path:
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE))

    look = BeforeLook(runner, refuse, runner)
    with qtbot.waitSignal(look.changed):
        look.answer(a_reference())
    assert (look.state, look.path) == (Before.GONE, None)


def test_words_alone_are_an_answer(look: BeforeLook) -> None:
    look.answer(None)
    assert look.state is Before.NOTHING


def test_the_answer_for_the_picture_before_is_dropped(
    qtbot: QtBot, runner: TaskRunner, look: BeforeLook
) -> None:
    look.answer(a_reference())
    look.forget()
    assert runner.drain(2000)
    qtbot.wait(0)
    assert look.state is Before.UNKNOWN
