"""Compose shows the draft, hands pictures on, and puts the focus where a problem is."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTranslator, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.compose_panel import ComposePanel
from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.gui.reference_list import ReferenceList
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import (
    a_draft,
    a_drop,
    a_reference,
    an_entering_drag,
    catalog,
    forms_of,
    nowhere,
    references,
)
from tests.gui.pseudo_language import bracketed


@pytest.fixture
def draft() -> Draft:
    return a_draft(references=references(2))


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    assert runner.close(60_000)


@pytest.fixture
def thumbnails(runner: TaskRunner, tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path, runner, lambda picture, thumbnail: None)


@pytest.fixture
def panel(qtbot: QtBot, draft: Draft, thumbnails: ThumbnailCache, runner: TaskRunner) -> ComposePanel:
    panel = ComposePanel(draft, catalog(), thumbnails, nowhere, forms_of(draft, runner))
    qtbot.addWidget(panel)
    panel.resize(340, 760)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


def said(panel: ComposePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def files(*names: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/a/{name}") for name in names])
    return mime


def test_what_is_typed_is_in_the_draft_and_counted(panel: ComposePanel, draft: Draft) -> None:
    QTest.keyClicks(panel.prompt, "a cat")
    assert draft.recipe.prompt == "a cat"
    assert "5 / 1,000" in said(panel)


@pytest.mark.parametrize(("prompt", "expected"), [("猫" * 301, "301 / 300"), ("a" * 1001, "1,001 / 1,000")])
def test_a_long_prompt_is_hinted_at_and_never_blocked(
    panel: ComposePanel, draft: Draft, prompt: str, expected: str
) -> None:
    draft.set_prompt(prompt)
    counter = next(label for label in panel.findChildren(QLabel) if label.text() == expected)
    assert counter.property("tone") == "amber"
    assert counter.toolTip()
    assert draft.problems() == ()


def test_an_edit_asks_what_should_change_and_one_undo_brings_everything_back(
    panel: ComposePanel, draft: Draft
) -> None:
    QTest.keyClicks(panel.prompt, "a cat")
    before = draft.recipe
    draft.edit_from(a_reference(9))
    assert panel.prompt.toPlainText() == ""
    assert panel.prompt.accessibleDescription() == "What should change in image 1?"
    QTest.keyClick(panel.prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (draft.recipe, panel.prompt.toPlainText()) == (before, "a cat")


def test_files_dropped_anywhere_become_references(qtbot: QtBot, panel: ComposePanel) -> None:
    mime = files("1.png", "2.png")
    with qtbot.waitSignal(panel.files_dropped) as blocker:
        panel.dropEvent(a_drop(mime))
    assert blocker.args == [(Path("/a/1.png"), Path("/a/2.png"))]


def test_files_dropped_beside_the_thumbnails_become_references(qtbot: QtBot, panel: ComposePanel) -> None:
    mime = files("1.png")
    at = panel.tray.mapTo(panel, QPoint(5, 5))  # its caption
    assert not isinstance(panel.childAt(at), ReferenceList)
    with qtbot.waitSignal(panel.files_dropped) as blocker:
        for event in (an_entering_drag(mime, at), a_drop(mime, (at.x(), at.y()))):
            QApplication.sendEvent(panel.windowHandle(), event)
    assert blocker.args == [(Path("/a/1.png"),)]


def test_a_pasted_bitmap_becomes_a_reference(qtbot: QtBot, panel: ComposePanel) -> None:
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    QApplication.clipboard().setImage(image)
    with qtbot.waitSignal(panel.picture_pasted) as blocker:
        panel.paste()
    assert isinstance(blocker.args[0], QImage | bytes)


def test_a_clipboard_whose_owner_has_gone_is_empty(
    panel: ComposePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = panel._draft.recipe
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: SimpleNamespace(mimeData=lambda: None))
    panel.paste()
    assert panel._draft.recipe == before


def test_links_dropped_or_pasted_become_references_as_they_were_written(
    qtbot: QtBot, panel: ComposePanel
) -> None:
    link = "https://example.com/a%2Fcat.png?sig=a+b%2B"
    mime = QMimeData()
    mime.setUrls([QUrl(link)])
    mime.setText(link)
    with qtbot.waitSignal(panel.links_dropped) as dropped:
        panel.dropEvent(a_drop(mime))
    QApplication.clipboard().setText(link)
    with qtbot.waitSignal(panel.links_dropped) as pasted:
        panel.paste()
    assert dropped.args == pasted.args == [(link,)]


def test_a_library_picture_dropped_on_the_prompt_is_an_edit(qtbot: QtBot, panel: ComposePanel) -> None:
    mime = files("cat.jpeg")
    mime.setData(PICTURE_IDS_TYPE, b"Inbox/cat.jpeg")
    with qtbot.waitSignal(panel.edit_dropped) as blocker:
        panel.prompt.dropEvent(a_drop(mime))
    assert blocker.args == [("Inbox/cat.jpeg",)]


def test_a_library_picture_dropped_elsewhere_is_a_reference(qtbot: QtBot, panel: ComposePanel) -> None:
    mime = files("cat.jpeg")
    mime.setData(PICTURE_IDS_TYPE, b"Inbox/cat.jpeg")
    with qtbot.waitSignal(panel.files_dropped), qtbot.assertNotEmitted(panel.edit_dropped):
        panel.dropEvent(a_drop(mime))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ProblemKind.EMPTY_PROMPT, "Prompt"),
        (ProblemKind.TOO_MANY_REFERENCES, "References"),
        (ProblemKind.SIZE_REFUSED, "Aspect ratio"),
    ],
)
def test_a_problem_leads_to_its_control(panel: ComposePanel, kind: ProblemKind, name: str) -> None:
    panel.focus_problem(Problem(kind))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == name


def test_tab_goes_from_top_to_bottom(panel: ComposePanel) -> None:
    panel.focus_prompt()
    page, tops = panel.widget(), []
    assert page is not None
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        tops.append(focused.mapTo(page, QPoint(0, focused.height() // 2)).y())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is panel.prompt:
            break
    assert tops == sorted(tops)
    assert len(tops) > 7


def test_every_control_has_a_name_and_buttons_a_tooltip_or_words(panel: ComposePanel) -> None:
    kinds = (QAbstractButton, QComboBox, PromptEditor)
    controls = [widget for kind in kinds for widget in panel.findChildren(kind)]
    assert [widget for widget in controls if not widget.accessibleName()] == []


@pytest.fixture
def other_language(qapp: QApplication, pseudo_language: QTranslator) -> Iterator[None]:
    qapp.installTranslator(pseudo_language)
    yield
    qapp.removeTranslator(pseudo_language)


@pytest.mark.usefixtures("other_language")
def test_words_twice_as_long_need_no_more_width(
    qapp: QApplication, qtbot: QtBot, draft: Draft, thumbnails: ThumbnailCache, runner: TaskRunner
) -> None:
    apply_theme(qapp, "dark")
    panel = ComposePanel(draft, catalog(), thumbnails, nowhere, forms_of(draft, runner))
    qtbot.addWidget(panel)
    page = panel.widget()
    assert isinstance(page, QWidget)
    assert page.minimumSizeHint().width() <= 340


def test_the_language_changes_without_a_restart(
    qapp: QApplication, panel: ComposePanel, pseudo_language: QTranslator
) -> None:
    qapp.installTranslator(pseudo_language)
    try:
        qapp.processEvents()
        assert bracketed("Watermark") in said(panel)
        assert panel.prompt.accessibleName() == bracketed("Prompt")
    finally:
        qapp.removeTranslator(pseudo_language)
        qapp.processEvents()
    assert "Watermark" in said(panel)
