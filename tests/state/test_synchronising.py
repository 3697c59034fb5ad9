"""While the index is filled the window comes first."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.library.values import Proceed
from seedream_desktop.state import synchronising
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.synchronising import Synchronising
from seedream_desktop.tasks import TaskRunner


class Filling:
    """A library with two steps to be taken in."""

    needs_rebuild = True

    def __init__(self) -> None:
        self.steps: list[int] = []

    def synchronise(self, proceed: Proceed) -> bool:
        for step in (1, 2):
            self.steps.append(step)
            if not proceed(step, 2):
                break
        return True


@pytest.fixture
def told() -> threading.Event:
    return threading.Event()


@pytest.fixture
def filling(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, told: threading.Event
) -> Iterator[tuple[Synchronising, Filling]]:
    monkeypatch.setattr(synchronising, "_TOLD_FIRST_S", -1.0)
    monkeypatch.setattr(synchronising, "_TOLD_MOST_S", 60.0)
    monkeypatch.setattr(synchronising, "_TOLD_GROWTH", -100.0)  # once
    monkeypatch.setattr(synchronising, "_SHOWN_S", 60.0)
    library, runner = Filling(), TaskRunner(1)
    pictures: Any = SimpleNamespace(library=library, tell_everything=told.set)
    yield Synchronising(pictures, Activities(), runner), library
    assert runner.close(5000)


def test_it_waits_until_what_it_told_of_is_shown(
    qtbot: QtBot, filling: tuple[Synchronising, Filling], told: threading.Event
) -> None:
    filled, library = filling
    filled.begin()
    qtbot.waitUntil(told.is_set)
    assert library.steps == [1]
    with qtbot.waitSignal(filled.ended):
        filled.go_on()
    assert library.steps == [1, 2]


def test_another_library_is_not_waited_with(
    qtbot: QtBot, filling: tuple[Synchronising, Filling], told: threading.Event
) -> None:
    filled, library = filling
    filled.begin()
    qtbot.waitUntil(told.is_set)
    with qtbot.waitSignal(filled.ended):
        filled.stop()
    assert library.steps == [1]


def test_a_look_that_ends_before_what_it_told_of_is_painted_leaves_nothing_behind(
    qtbot: QtBot, filling: tuple[Synchronising, Filling], told: threading.Event
) -> None:
    filled, _ = filling
    filled.begin()
    qtbot.waitUntil(told.is_set)
    for _ in range(50):  # a slot of something that is gone lies where something else lies by then
        filled.go_on()
    with qtbot.waitSignal(filled.ended):
        filled.stop()
    gc.collect()
    held = [threading.Event() for _ in range(200)]
    qtbot.wait(synchronising._PAINTED_MS * 3)
    assert not any(one.is_set() for one in held)
