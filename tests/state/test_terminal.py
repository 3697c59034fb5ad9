"""A request on the clipboard is the one that was sent, for this provider, and never the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.request import Derivation, Reference, SentForm
from seedream_desktop.state.terminal import Terminal
from seedream_desktop.tasks import TaskRunner
from tests.api.conftest import request_for
from tests.gallery_stage import a_picture
from tests.jobs import a_job

CLIENT_SAFE = Problem(ProblemKind.CLIENT_SAFE, subject="Acme")
ORIGINAL = Reference(
    "ab" * 32, "image/png", 20, 20, 3, "shoe.png", url="https://pictures.example/shoe.png?s=1"
)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """A terminal whose references are sent as ``form`` says; a record says ``request``."""
    runner = TaskRunner(1)
    (tmp_path / "sent").write_bytes(b"123")

    def made(request: Any = None, form: SentForm | None = None) -> Terminal:
        whole = SentForm(ORIGINAL.sha256, "image/png", 20, 20, 3)
        files = SimpleNamespace(form_for=lambda *_: form or whole, path=lambda _: tmp_path / "sent")
        library = SimpleNamespace(record=lambda _: SimpleNamespace(made=SimpleNamespace(request=request)))
        session = SimpleNamespace(
            provider=SimpleNamespace(base_url="https://api.example/v1", is_demo=False),
            pictures=SimpleNamespace(the_library=lambda: library),
            sent_files=files,
            reading=runner,
            handing_out=SimpleNamespace(refusal=lambda ids: CLIENT_SAFE if "safe" in ids else None),
        )
        return Terminal(session)  # type: ignore[arg-type]

    yield made
    assert runner.close(60_000)


def copied(qtbot: QtBot, terminal: Terminal, act: Callable[[], None]) -> str:
    with qtbot.waitSignal(terminal.command_copied):
        act()
    return QGuiApplication.clipboard().text()


def test_a_job_is_copied_for_its_provider_without_the_key(
    qtbot: QtBot, make: Callable[..., Terminal]
) -> None:
    terminal = make()
    job = replace(a_job(), request=request_for("it's a cat"))
    text = copied(qtbot, terminal, lambda: terminal.copy_job(job))
    assert "https://api.example/v1/images/generations" in text
    assert "Bearer $COMETAPI_KEY" in text
    assert "it'\\''s a cat" in text


def test_a_job_sends_its_link_and_a_record_the_file(qtbot: QtBot, make: Callable[..., Terminal]) -> None:
    request = request_for(references=(ORIGINAL,))
    terminal = make(request)
    job = replace(a_job(), request=request)
    assert ORIGINAL.url in copied(qtbot, terminal, lambda: terminal.copy_job(job))
    picture = a_picture(1)
    text = copied(qtbot, terminal, lambda: terminal.copy_picture(picture))
    assert "base64 < " in text
    assert "pictures.example" not in text


def test_what_was_made_of_a_reference_is_sent(qtbot: QtBot, make: Callable[..., Terminal]) -> None:
    form = SentForm("cd" * 32, "image/jpeg", 10, 10, 3, (Derivation.REDUCED,))
    terminal = make(form=form)
    job = replace(a_job(), request=request_for(references=(ORIGINAL,)))
    assert "data:image/jpeg;base64," in copied(qtbot, terminal, lambda: terminal.copy_job(job))


def test_a_picture_that_came_from_elsewhere_has_no_command(
    qtbot: QtBot, make: Callable[..., Terminal]
) -> None:
    terminal = make(request=None)
    picture = a_picture(1)
    with qtbot.waitSignal(terminal.failed) as failed:
        terminal.copy_picture(picture)
    assert failed.args is not None
    assert failed.args[0].kind is ProblemKind.MADE_ELSEWHERE


def test_nothing_of_a_client_safe_board_is_copied(qtbot: QtBot, make: Callable[..., Terminal]) -> None:
    terminal = make(request_for("a cat"))
    acts: tuple[Callable[[], None], ...] = (
        lambda: terminal.copy_job(replace(a_job(), board_id="safe")),
        lambda: terminal.copy_picture(a_picture(1, board_id="safe")),
    )
    for act in acts:
        with qtbot.waitSignal(terminal.failed) as failed:
            act()
        assert failed.args == [CLIENT_SAFE]
