"""How a picture was made is looked up off the GUI thread; who asks again is answered about the last only."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.record import Made, Record
from seedream_desktop.library.relations import Relatives
from seedream_desktop.library.values import Picture
from seedream_desktop.state.origins import Origin, Origins
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import a_picture


class FakeLibrary:
    """Answers at once, or when ``gate`` is opened."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[int] = set()
        self.relations = self
        self.root = Path("library")
        self.gone: set[str] = set()

    def record(self, picture_id: str) -> Record:
        self.threads.add(threading.get_ident())
        self.gate.wait(10)
        if picture_id in self.gone:
            raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE))
        return Record(Made("0" * 64, 1, "image/png", 1, 1, 1))

    def of(self, _picture: Picture) -> Relatives:
        return Relatives()

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        return tuple(picture for number in range(9) if (picture := a_picture(number)).id in ids)


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def origins(library: FakeLibrary) -> Iterator[Origins]:
    runner = TaskRunner(2)
    source: Any = library
    yield Origins(lambda: source, runner)
    library.gate.set()
    assert runner.close(60_000)


def test_an_origin_is_read_on_another_thread(origins: Origins, library: FakeLibrary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(origins.origin_ready) as ready:
        origins.look_up(a_picture(1))
    assert ready.args is not None
    assert ready.args[0].picture == a_picture(1)
    assert threading.get_ident() not in library.threads


def test_of_many_asked_for_the_last_is_answered(origins: Origins, library: FakeLibrary, qtbot: QtBot) -> None:
    answered: list[Origin] = []
    origins.origin_ready.connect(answered.append)
    library.gate.clear()
    for number in range(8):
        origins.look_up(a_picture(number))
    library.gate.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert [origin.picture for origin in answered] == [a_picture(7)]


def test_a_problem_is_told(origins: Origins, library: FakeLibrary, qtbot: QtBot) -> None:
    library.gone = {a_picture(1).id}
    with qtbot.waitSignal(origins.failed) as failed:
        origins.look_up(a_picture(1))
    assert failed.args == [Problem(ProblemKind.FILE_UNREADABLE)]


def test_of_a_few_those_that_can_be_read_come_in_order(
    origins: Origins, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.gone = {a_picture(2).id}
    found: list[tuple[Origin, ...]] = []
    origins.of_each(tuple(a_picture(number) for number in (3, 2, 1)), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert [origin.picture for origin in found[0]] == [a_picture(3), a_picture(1)]
