"""What comes back after a restart is saved as it changes, and a disk that refuses is told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.settings import Settings, load_settings
from seedream_desktop.state import remembering
from seedream_desktop.state.remembering import Remembering


class Window:
    """Whose settings change."""

    settings = Settings(machine_id="0" * 32, jobs_at_once=2)


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def kept(qtbot: QtBot, window: Window, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remembering]:
    monkeypatch.setattr(remembering, "LOOKING_MS", 5)
    kept = Remembering(path, lambda: window.settings)
    yield kept
    assert kept.close(60_000)


def jobs_in(path: Path) -> int:
    return load_settings(path).jobs_at_once if path.exists() else 0


def refuse(_path: Path, _settings: Settings) -> None:
    raise ProblemError(Problem(ProblemKind.DISK_FULL))


def test_a_change_is_saved_while_it_runs(qtbot: QtBot, kept: Remembering, window: Window, path: Path) -> None:
    qtbot.waitUntil(lambda: jobs_in(path) == 2)
    window.settings = replace(window.settings, jobs_at_once=4)
    qtbot.waitUntil(lambda: jobs_in(path) == 4)


def test_the_last_change_is_saved_at_the_end(kept: Remembering, window: Window, path: Path) -> None:
    window.settings = replace(window.settings, jobs_at_once=5)
    assert kept.close(60_000)
    assert jobs_in(path) == 5


def test_a_disk_that_refuses_is_told_once(
    qtbot: QtBot, kept: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "save_settings", refuse)
    problems: list[Problem] = []
    kept.failed.connect(problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    kept.save_now()
    kept.save_now()
    assert [problem.kind for problem in problems] == [ProblemKind.DISK_FULL]
