"""What servers, files and people wrote is shown as the plain text that it is, and never in another order."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt as Core
from PySide6.QtGui import QDesktopServices, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import plain_label, problem_acts
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS, TIP_CHARACTERS, Label, make_plain, plain_tip
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.values import Board
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from tests.compose_stage import a_reference
from tests.gui.panel_values import job, origin, picture
from tests.gui.pseudo_language import texts_of

PAGE = '<b>bold</b><img src="file:///etc/passwd"><a href="https://evil.example">x</a>&lt;i&gt;'
TURNED = "holiday\u202egnp.exe"
HOSTILE = f"{PAGE} {TURNED}\x07\x9b\u2066 <!DOCTYPE html>"
SECONDS = 5.0  # of the processor
GUI = Path(plain_label.__file__).parent


@pytest.fixture
def window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(session, Settings(machine_id="0" * 32))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    yield window
    window.hide()


def hostile_job(number: int, text: str, state: JobState = JobState.QUEUED, kind: str = "") -> Job:
    """A job of which everything that can be text is ``text``."""
    problem = Problem(ProblemKind(kind), Billed.MAYBE, said=text, subject=text) if kind else None
    whole = job(number, state, problem=problem, board_name=text)
    return replace(whole, request=replace(whole.request, prompt=text, model=text))


def fill(window: MainWindow, session: Session, text: str) -> None:
    """Show ``text`` wherever text from elsewhere is shown."""
    problem = Problem(ProblemKind.FIELD_REFUSED, said=text, subject=text)
    jobs = (
        hostile_job(1, text, JobState.SENDING),
        hostile_job(2, text, JobState.FAILED, "field_refused"),
        hostile_job(3, text, JobState.UNKNOWN, "connection_broke"),
        hostile_job(4, text),
    )
    pause = Pause(PauseReason.PROBLEM, problem)
    window.queue_panel.show_jobs(jobs, pause)
    window.queue_panel.pop_up(window.status)
    window.status.show_jobs(jobs[:1], jobs[3:], pause, unfinished=1)
    window.status.note_saved(text)
    window.status.show_key(KeyState(KeySource.SESSION))
    window.right.show_details()
    shown = replace(picture(1), title=text, prompt=text, model=text)
    window.details.show_origin(origin(shown))
    window.sidebar.set_boards((Board("inbox", "Inbox", "Inbox", 0), Board("b", text, text, 1)))
    session.draft.add_references((replace(a_reference(1), name=text),))
    window.show_problem(problem)


def rendered(root: QWidget) -> set[str]:
    """Where what a widget shows would be rendered as a page, or shown in another order than it is."""
    found = set()
    for label in root.findChildren(QLabel):
        is_plain = label.textFormat() == Core.TextFormat.PlainText
        if not is_plain and Qt.mightBeRichText(label.text()):
            found.add(f"label: {label.text()[:80]!r}")
    for widget in (root, *root.findChildren(QWidget)):
        tips = [widget.toolTip()]
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            model = widget.model()
            rows = range(model.rowCount(QModelIndex()))
            tips += [model.index(row, 0).data(Core.ItemDataRole.ToolTipRole) or "" for row in rows]
        found |= {f"tip of {type(widget).__name__}: {tip[:80]!r}" for tip in tips if Qt.mightBeRichText(tip)}
    found |= {f"turned: {where}" for where, text in texts_of(root) if "\u202e" in text}
    return found


def test_nothing_in_a_window_is_rendered_or_turned_around(window: MainWindow, session: Session) -> None:
    fill(window, session, HOSTILE)
    said = " ".join(text for _, text in texts_of(window))
    assert said.count("passwd") > 10  # it was there to be rendered
    assert not rendered(window)


def test_no_problem_is_rendered(window: MainWindow) -> None:
    for kind in ProblemKind:
        window.show_problem(Problem(kind, said=HOSTILE, subject=HOSTILE, request_id=HOSTILE, page=HOSTILE))
        assert not rendered(window), kind


def test_a_million_characters_do_not_freeze_the_window(window: MainWindow, session: Session) -> None:
    begun = time.process_time()
    fill(window, session, "word <b> " * 111_111)
    window.grab()
    assert time.process_time() - begun < SECONDS


@given(st.text(alphabet=st.sampled_from("<>/!&;ablt?xm \n\u202e\u2067\x00"), max_size=60))
@example("< tt>")
def test_no_tooltip_looks_like_a_page(text: str) -> None:
    tip = plain_tip(text)
    assert not Qt.mightBeRichText(tip)
    assert not set("\u202e\u2067\x00") & set(tip)


def test_words_stay_as_they_are() -> None:
    prompt = "a cat, 猫 & dog: 3 < 5 > 2\nשלום\tعربي 👩\u200d👩\u200d👧"
    assert plain(prompt, LABEL_CHARACTERS) == prompt
    assert plain_tip("3 < 5 & 2 > 1") == "3 < 5 & 2 > 1"
    assert plain(TURNED, LABEL_CHARACTERS) == "holidaygnp.exe"
    assert len(plain("x" * 10**6, TIP_CHARACTERS)) == TIP_CHARACTERS + 1


def test_a_question_shows_names_as_they_are(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setText(PAGE)
    box.setInformativeText(PAGE)
    make_plain(box)
    formats = {label.textFormat() for label in box.findChildren(QLabel) if label.text()}
    assert formats == {Core.TextFormat.PlainText}


def test_a_label_is_plain_from_the_start(qtbot: QtBot) -> None:
    label = Label(PAGE)
    qtbot.addWidget(label)
    label.setToolTip(PAGE)
    assert label.textFormat() == Core.TextFormat.PlainText
    assert not Qt.mightBeRichText(label.toolTip())


def test_no_label_of_the_window_guesses_what_its_text_is() -> None:
    guessing = [
        f"{path.name}:{node.lineno}"
        for path in GUI.glob("*.py")
        if path.name != "plain_label.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QLabel"
    ]
    assert not guessing


@pytest.mark.parametrize(
    "page",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ms-word:x",
        " https://x",
        "ftp://x",
    ],
)
def test_only_pages_of_the_web_are_opened(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    problem_acts.open_page(Problem(ProblemKind.SIGN_IN_NEEDED, page=page))
    assert not opened
    problem_acts.open_page(Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/"))
    assert len(opened) == 1
