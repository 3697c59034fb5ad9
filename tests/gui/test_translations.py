"""Every word is collected, translated and seen in the language of the window, and has room."""

import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import translations
from seedream_desktop.api.account import Balance
from seedream_desktop.api.reports import Sending
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.checks import Doubt
from seedream_desktop.generation.cost import Cost
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState, MissingPicture
from seedream_desktop.generation.pause import DayFigures, Pause, PauseReason
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.safer import SaferSize
from seedream_desktop.gui import words
from seedream_desktop.gui.board_menu import ask_whether_to_forget
from seedream_desktop.gui.board_settings import BoardSettings
from seedream_desktop.gui.closing_question import ask_how_to_close
from seedream_desktop.gui.cost_dialog import CostDialog
from seedream_desktop.gui.cost_words import doubt_words
from seedream_desktop.gui.dates import today
from seedream_desktop.gui.empty_gallery import EmptyGallery
from seedream_desktop.gui.fold import FoldLine
from seedream_desktop.gui.job_tiles import card_of
from seedream_desktop.gui.key_words import key_state_words
from seedream_desktop.gui.origin_words import facts_of, shared_facts
from seedream_desktop.gui.preferences_dialog import PreferencesDialog
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.shortcuts_dialog import ShortcutsDialog
from seedream_desktop.gui.tile_menu import job_menu
from seedream_desktop.gui.viewer_notes import job_note
from seedream_desktop.gui.window import RIGHT_PX, MainWindow
from seedream_desktop.library.board_file import BoardFile
from seedream_desktop.library.costs import Costs
from seedream_desktop.library.values import Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.forgetting import Forgettable
from seedream_desktop.state.pictures import Spent
from seedream_desktop.state.session import Session
from seedream_desktop.state.tiles import JobTile, MissingTile, WaitingTile
from tests.compose_stage import a_reference, catalog
from tests.gui.panel_values import BOARDS, LIBRARY, PROMPT, job, origin, picture, press
from tests.gui.pseudo_language import bracketed, texts_of, unbracketed

NAMES = (
    str(LIBRARY),
    "20261122083312a7f3c9d2",
    PROMPT,
    "Acme rebrand",
    "Zine No. 4",
    "Valley at noon",
    "valley 0142.jpeg",
    "logo",
    "cat",
    "BytePlus",
    ".png",
    "SHA-256",
    "sRGB",
)
PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d")
SETTINGS = Settings(machine_id="0" * 32)
MAYBE_BILLED = job(2, JobState.UNKNOWN, problem=Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE))
NOT_BILLED = job(3, JobState.FAILED, problem=Problem(ProblemKind.KEY_REFUSED))
MISSING = (
    MissingPicture(1, Problem(ProblemKind.RESULT_DAMAGED, Billed.YES)),
    MissingPicture(2, Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE), count=2),
)
IN_PART = job(8, JobState.SAVED, saved=("a",), missing=MISSING, kept=("answer.raw",))
KEPT = job(4, JobState.ANSWERED, problem=Problem(ProblemKind.LINK_BROKE))
RUNNING = job(1, JobState.SENDING)
REFUSED_KEY = Pause(PauseReason.PROBLEM, Problem(ProblemKind.KEY_REFUSED))
LIMITED = Pause(PauseReason.DAILY_LIMIT, figures=DayFigures(today().isoformat(), 5.0, 4.9, 0.1, 0.04, 2))
HELD_UP = job(7, problem=Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/"))
TILES = {
    "queued": JobTile(job(5), 30),
    "sending": JobTile(RUNNING, 30, Sending(12_000_000, 41_000_000)),
    "away": JobTile(replace(HELD_UP, problem=Problem(ProblemKind.UNREACHABLE)), 30),
    "gate": JobTile(HELD_UP, 30),
    "limited": JobTile(
        replace(HELD_UP, problem=Problem(ProblemKind.RATE_LIMITED)), 30, Sending(0, 9, False, 4)
    ),
    "running": JobTile(RUNNING, 30, started_s=time.monotonic()),
    "late": JobTile(RUNNING, 30, started_s=time.monotonic() - 100),
    "answered": JobTile(job(6, JobState.ANSWERED), 30),
    "maybe billed": JobTile(MAYBE_BILLED, 30),
    "not billed": JobTile(NOT_BILLED, 30),
    "kept": JobTile(KEPT, 30),
    "size refused": JobTile(NOT_BILLED, 30, safer=SaferSize(Size(preset="3K"), "3K", 0.04, "", None)),
    "missing": MissingTile(IN_PART, IN_PART.missing[0]),
    "missing, rest": MissingTile(IN_PART, IN_PART.missing[1]),
    "waiting": WaitingTile("press", press(28), 240, Cost(0.98, 0.98, "2026-11-22")),
}
QUERIES = {
    "all": Query(),
    "search": Query(text="#"),
    "trash": Query(trash=True),
    "rated": Query(rated=True),
    "today": Query(since_ms=0),
    "board": Query(board_id="acme"),
}
FORGETTABLE = Forgettable(BOARDS[1], 12, 3, 2, 1, boards=2, under_way=0, waiting=4, unfinished=1)


def board_settings(parent: QWidget) -> QWidget:
    panel = BoardSettings(parent, catalog())
    panel.show_settings(BOARDS[1], BoardFile("acme"), Recipe(), parent)
    return panel


DIALOGS: dict[str, Callable[[QWidget], QWidget]] = {
    "preferences": lambda parent: PreferencesDialog(SETTINGS, KeyState(KeySource.NONE), parent),
    "keys": ShortcutsDialog,
    "closing": lambda parent: ask_how_to_close(parent, 2, lambda _answer: None),
    "costs": lambda parent: CostDialog(parent, "", (), catalog()),
    "board settings": board_settings,
    "forgetting": lambda parent: ask_whether_to_forget(parent, FORGETTABLE, lambda: None),
    "forgetting later": lambda parent: ask_whether_to_forget(
        parent, replace(FORGETTABLE, under_way=1), lambda: None
    ),
}


@pytest.fixture
def speaking(pseudo_language: QTranslator, qapp: QApplication) -> Iterator[None]:
    qapp.installTranslator(pseudo_language)
    yield
    qapp.removeTranslator(pseudo_language)


@pytest.fixture
def window(speaking: None, session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(session, SETTINGS)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    yield window
    window.hide()


def without_names(text: str) -> str:
    """``text`` without what the tests themselves put in."""
    for name in NAMES:
        text = text.replace(name, "")
    return text


def assert_all_translated(root: QWidget) -> None:
    missed = {f"{where}: {text!r}" for where, text in texts_of(root) if unbracketed(without_names(text))}
    assert not missed, "\n".join(sorted(missed))


def is_translated(text: str) -> bool:
    return bool(text) and not unbracketed(without_names(text))


def messages(language: str) -> Iterator[ET.Element]:
    return ET.parse(translations.FOLDER / f"seedream_desktop_{language}.ts").getroot().iter("message")


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_string_is_collected_translated_and_compiled(language: str) -> None:
    assert translations.check(language) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_holds_the_same_placeholders_as_its_source(language: str) -> None:
    for message in messages(language):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(translation)), source


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_raises_its_voice_as_little_as_its_source(language: str) -> None:
    for message in messages(language):
        assert not re.search("[!！]", "".join(message.itertext())), message.findtext("source")


def test_brackets_show_what_was_missed() -> None:
    assert not unbracketed(f"{bracketed('about')} · {bracketed('up to {money}')} $0.14")
    assert not unbracketed(f"Seedream 5.0 lite {bracketed('Generate')} (Ctrl+Return)")
    assert not unbracketed(bracketed("Kept in {backend}.").format(backend=bracketed("a place")))
    assert unbracketed(f"{bracketed('about')} missed") == "missed"


def test_the_window_speaks_one_language(window: MainWindow) -> None:
    assert_all_translated(window)


def test_the_menu_speaks_it(window: MainWindow) -> None:
    assert_all_translated(window.commands.menu())


def test_what_shows_jobs_speaks_it(window: MainWindow) -> None:
    window.status.show_jobs((RUNNING,), press(3), REFUSED_KEY, unfinished=1)
    window.status.note_saved(words.board("Inbox"))
    window.status.show_key(KeyState(KeySource.SESSION))
    costs = Costs(4.1, 0.08, 2)
    window.status.show_costs(words.board("Inbox"), Spent("", "", costs, costs), Balance(20, 7.6))
    window.status.show_costs_panel()
    window.queue_panel.show_jobs((RUNNING, MAYBE_BILLED, NOT_BILLED, KEPT, IN_PART, *press(3)), LIMITED)
    window.queue_panel.pop_up(window.status)
    window.show_problem(Problem(ProblemKind.DISK_FULL))
    assert_all_translated(window)


def test_details_and_a_full_tray_speak_it(window: MainWindow, session: Session) -> None:
    window.right.show_details()
    window.details.show_origin(origin())
    session.draft.add_references((a_reference(1), a_reference(2)))
    assert_all_translated(window)


def test_the_place_of_the_key_speaks_it(window: MainWindow) -> None:
    window.generate_bar.set_key_state(KeyState(KeySource.NONE))
    assert_all_translated(window)


def test_every_model_speaks_it(window: MainWindow, session: Session) -> None:
    for model in session.catalog.models:
        session.draft.set_model(model.id)
        assert_all_translated(window.compose)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_an_empty_gallery_speaks_it(speaking: None, qtbot: QtBot, query: Query) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    EmptyGallery(parent).show_for(query, is_unfinished=False)
    assert_all_translated(parent)


@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)
def test_dialogs_speak_it(speaking: None, qtbot: QtBot, make: Callable[[QWidget], QWidget]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert_all_translated(make(parent))


def test_the_window_follows_a_change_of_language(
    qapp: QApplication, pseudo_language: QTranslator, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(session, SETTINGS)
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    qapp.installTranslator(pseudo_language)
    try:
        qtbot.wait_until(lambda: is_translated(window.generate_bar.variations.accessibleName()))
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the list of keys in the old language
        assert_all_translated(window)
    finally:
        qapp.removeTranslator(pseudo_language)


@pytest.mark.parametrize("kind", ProblemKind)
@pytest.mark.parametrize("billed", Billed)
def test_problems_speak_it(speaking: None, kind: ProblemKind, billed: Billed) -> None:
    assert is_translated(problem_words(Problem(kind, billed)).all)


@pytest.mark.parametrize("tile", TILES.values(), ids=TILES)
def test_tiles_of_jobs_speak_it(
    speaking: None, tile: JobTile | WaitingTile | MissingTile, qtbot: QtBot
) -> None:
    card, parent = card_of(tile, time.monotonic()), QWidget()
    qtbot.addWidget(parent)
    for text in (card.title, card.said, card.figures, card.dismiss_words, job_note(tile).body):
        assert not unbracketed(without_names(text))
    assert_all_translated(job_menu(parent, card, lambda _act: None))


def test_facts_about_pictures_speak_it(speaking: None) -> None:
    facts = (*facts_of(origin(), catalog()), *shared_facts((picture(1), picture(2)), catalog()))
    for fact in facts:
        assert is_translated(fact.label)
        for text in (fact.value, fact.note, fact.copy_words):
            assert not unbracketed(without_names(text)), text


@pytest.mark.parametrize("doubt", Doubt)
def test_what_a_check_could_not_tell_speaks_it(speaking: None, doubt: Doubt) -> None:
    assert is_translated(doubt_words(doubt))


@pytest.mark.parametrize("source", KeySource)
def test_the_key_speaks_it(speaking: None, source: KeySource) -> None:
    assert is_translated(key_state_words(KeyState(source, "a keyring")))


def test_long_words_have_room_in_the_right_column(window: MainWindow, session: Session) -> None:
    session.draft.add_references((a_reference(1), a_reference(2)))
    window.details.show_origin(origin())
    window.columns.setSizes([0, 1280 - RIGHT_PX, RIGHT_PX])
    assert window.right.width() == RIGHT_PX
    for show in (window.right.show_compose, window.right.show_details):
        show()
        QApplication.processEvents()
        for button in window.right.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                assert has_room(button), f"{type(button).__name__}: {button.text()!r}"


def has_room(button: QAbstractButton) -> bool:
    """Whether its words are not cut, neither by itself nor by the edge of the column."""
    if isinstance(button, FoldLine):
        return button.height() >= button.heightForWidth(button.width())
    parent = button.parentWidget()
    assert parent is not None
    return parent.rect().contains(button.geometry()) and button.width() >= button.sizeHint().width()
