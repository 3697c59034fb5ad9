"""Long work is shown once it has gone on for a while, and stops where it is told to."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.state import activities
from seedream_desktop.state.activities import Activities, ActivityKind
from seedream_desktop.tasks import TaskRunner


@pytest.fixture
def going(monkeypatch: pytest.MonkeyPatch) -> Activities:
    monkeypatch.setattr(activities, "SHOWN_AFTER_MS", 0)
    monkeypatch.setattr(activities, "_TOLD_EVERY_S", 0.0)
    return Activities()


def test_what_is_over_soon_is_never_shown(going: Activities, qtbot: QtBot) -> None:
    ongoing = going.begin(ActivityKind.MOVE)
    ongoing.end()
    later = going.begin(ActivityKind.CHECK)
    qtbot.waitUntil(lambda: bool(going.shown))
    assert [one.kind for one in going.shown] == [ActivityKind.CHECK]
    later.end()
    qtbot.waitUntil(lambda: not going.shown)


def test_progress_told_on_a_pool_thread_is_shown_and_cancelling_is_heard_there(
    going: Activities, qtbot: QtBot
) -> None:
    runner = TaskRunner(1)
    ongoing = going.begin(ActivityKind.TRASH)
    steps: list[int] = []

    def work() -> None:
        while ongoing.proceed(len(steps), 10_000):
            steps.append(1)
        ongoing.end()

    with qtbot.waitSignal(going.changed):
        runner.call(work, lambda _: None)
    qtbot.waitUntil(lambda: bool(going.shown) and going.shown[0].done > 0)
    assert going.shown[0].total == 10_000
    going.cancel(going.shown[0].id)
    qtbot.waitUntil(lambda: not going.shown)
    assert runner.close(5000)


def test_cancelling_what_is_over_does_nothing(going: Activities) -> None:
    ongoing = going.begin(ActivityKind.RATE)
    ongoing.end()
    going.cancel(1)
    assert going.shown == ()
