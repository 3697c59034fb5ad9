"""What is known of the screens' colours: the system's word first, then the chosen file, then sRGB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.platforms.screens import ScreenPlace
from seedream_desktop.state.screen_colours import ColourOrigin, ScreenColour, ScreenColours, place_of
from seedream_desktop.tasks import TaskRunner


class System:
    def __init__(self, content: bytes = b"") -> None:
        self.content = content
        self.asked: list[ScreenPlace] = []

    def __call__(self, place: ScreenPlace) -> bytes:
        self.asked.append(place)
        return self.content


@pytest.fixture
def runner(qapp: QGuiApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    assert runner.close(5000)


def test_what_the_system_names_is_kept_as_a_file_and_goes_before_the_chosen_one(
    runner: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    system = System(b"a profile")
    colours = ScreenColours(runner, system, tmp_path / "screens", "/chosen.icc")
    assert colours.of(QGuiApplication.primaryScreen()).profile == Path("/chosen.icc")
    with qtbot.waitSignal(colours.changed):
        colours.ask(QGuiApplication.primaryScreen())
    known = colours.of(QGuiApplication.primaryScreen())
    assert known.origin is ColourOrigin.SYSTEM
    assert known.profile is not None
    assert known.profile.read_bytes() == b"a profile"
    assert system.asked == [place_of(QGuiApplication.primaryScreen())]


def test_where_the_system_names_none_a_file_can_be_chosen(
    runner: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    system = System()
    colours = ScreenColours(runner, system, tmp_path)
    colours.ask(QGuiApplication.primaryScreen())
    qtbot.waitUntil(lambda: bool(system.asked))
    assert colours.of(QGuiApplication.primaryScreen()) == ScreenColour(None, ColourOrigin.NONE)
    with qtbot.waitSignal(colours.changed):
        colours.choose("/mine.icc")
    chosen = colours.of(QGuiApplication.primaryScreen())
    assert chosen == ScreenColour(Path("/mine.icc"), ColourOrigin.CHOSEN)


def test_a_profile_that_cannot_be_kept_is_none(runner: TaskRunner, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "screens").write_bytes(b"a file where a folder should be")
    system = System(b"a profile")
    colours = ScreenColours(runner, system, tmp_path / "screens")
    colours.ask(QGuiApplication.primaryScreen())
    qtbot.waitUntil(lambda: bool(system.asked) and runner.close(5000))
    assert colours.of(QGuiApplication.primaryScreen()).profile is None
