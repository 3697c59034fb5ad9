"""From the window to other programs: by drag, clipboard and export, and what may not be told is not."""

from __future__ import annotations

import time
import zipfile
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_text
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.imaging.export_form import ExportForm, ExportWish, FileFormat, Outcome
from seedream_desktop.library.exporting import ExportReport
from seedream_desktop.library.values import Picture
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage
from tests.library.conftest import files_below

NOTE = "the client hates dawn valleys"
SECRETS = (b"valley", b"dawn", b"negative space", b"seedream-5")
PATIENCE_S = 20.0  # for what takes a tenth of a second


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    return window_stage(session, tmp_path, qtbot)


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, tuple[Path, ...]]]:
    """What was dragged out: all that the drag says, and its files."""
    seen: list[tuple[bytes, tuple[Path, ...]]] = []

    def drop(drag: QDrag, *_: object) -> Qt.DropAction:
        mime = drag.mimeData()
        said = b"".join(form.encode() + bytes(mime.data(form).data()) for form in mime.formats())
        seen.append((said, tuple(Path(url.toLocalFile()) for url in mime.urls())))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    return seen


def _are_as_many(drags: list[tuple[bytes, tuple[Path, ...]]], count: int) -> bool:
    return len(drags) >= count


def _make_client_safe(stage: WindowStage) -> None:
    library = stage.session.pictures.the_library()
    library.set_up_board(library.inbox.id, {"client_safe": True})
    library.mark(library.ids(stage.session.gallery.query), note=NOTE)
    with stage.qtbot.waitSignal(stage.session.pictures.library_changed):
        stage.session.pictures.tell_everything()


def _export(
    stage: WindowStage, pictures: tuple[Picture, ...], wish: ExportWish, folder: Path
) -> ExportReport:
    exporting = stage.session.exporting
    with (
        stage.qtbot.waitSignal(exporting.marks_found),
        stage.qtbot.waitSignal(exporting.facts_known) as known,
    ):
        stage.window.ties.handing.exporting.ask(tuple(picture.id for picture in pictures))
    assert known.args is not None
    dialog = stage.window.ties.handing.exporting.dialog
    assert dialog is not None
    with stage.qtbot.waitSignal(exporting.ended) as ended:
        dialog.export_requested.emit(wish, folder)
        dialog.accept()
    assert ended.args is not None
    report = ended.args[0]
    assert isinstance(report, ExportReport)
    return report


def test_a_drag_takes_the_files_themselves(
    stage: WindowStage, drags: list[tuple[bytes, tuple[Path, ...]]]
) -> None:
    pictures = stage.fill(3)
    stage.window.gallery.drag_requested.emit(pictures)
    assert [files for _, files in drags] == [tuple(picture.path for picture in pictures)]


def test_a_drag_with_alt_takes_copies_that_tell_nothing(
    stage: WindowStage, drags: list[tuple[bytes, tuple[Path, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = stage.fill(12)
    before = files_below(stage.session.pictures.the_library().root)
    alt = Qt.KeyboardModifier.AltModifier
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: alt)
    began_s = time.monotonic()
    stage.window.viewer.drag_requested.emit(pictures)
    stage.qtbot.waitUntil(lambda: bool(drags))
    assert time.monotonic() - began_s < PATIENCE_S
    (said, files) = drags[0]
    assert len({path.name for path in files}) == 12
    assert files[0].name.startswith("Inbox ")
    for told in (said, *(path.read_bytes() + path.name.encode() for path in files)):
        assert not any(secret in told for secret in SECRETS)
    assert files_below(stage.session.pictures.the_library().root) == before


def test_a_drag_that_was_let_go_before_its_copies_were_there_does_not_begin(
    stage: WindowStage, drags: list[tuple[bytes, tuple[Path, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = stage.fill(1)
    _make_client_safe(stage)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    prepared: list[tuple[Path, ...]] = []
    stage.window.gallery.drag_requested.emit(pictures)
    stage.session.handing_out.prepare(pictures, prepared.append)
    stage.qtbot.waitUntil(lambda: bool(prepared))
    assert not drags


def test_nothing_that_leaves_a_client_safe_board_tells_how_it_was_made(
    stage: WindowStage, drags: list[tuple[bytes, tuple[Path, ...]]], tmp_path: Path
) -> None:
    pictures, out = stage.fill(3), tmp_path / "out"
    out.mkdir()
    _make_client_safe(stage)
    stage.window.gallery.drag_requested.emit(pictures)
    stage.qtbot.waitUntil(lambda: bool(drags))
    with stage.qtbot.waitSignal(stage.session.handing_out.copied):
        stage.session.handing_out.copy_files(pictures)
    mime = QGuiApplication.clipboard().mimeData()
    clipboard = b"".join(bytes(mime.data(form).data()) for form in mime.formats())
    copied = tuple(Path(url.toLocalFile()) for url in mime.urls())
    pattern = "{prompt}{name}{model} {title} {number}"
    wishes = (
        ExportWish(pattern=pattern, embeds_recipe=True),
        ExportWish(Outcome.ZIP, pattern, ExportForm(FileFormat.WEBP), embeds_recipe=True),
        ExportWish(Outcome.SHEET, embeds_recipe=True),
    )
    written = [path for wish in wishes for path in _export(stage, pictures, wish, out).written]
    assert len(written) == 5
    with zipfile.ZipFile(next(path for path in written if path.suffix == ".zip")) as archive:
        unzipped = [name.encode() + archive.read(name) for name in archive.namelist()]
    files = (*drags[0][1], *copied, *written)
    told = [path.name.encode() + path.read_bytes() for path in files]
    for one in (drags[0][0], clipboard, *unzipped, *told):
        assert not any(secret in one for secret in SECRETS)


@pytest.mark.parametrize("key", [PictureKey.COPY_PROMPT, PictureKey.COPY_RECIPE])
def test_neither_prompt_nor_recipe_is_copied_from_a_client_safe_board(
    stage: WindowStage, key: PictureKey
) -> None:
    pictures, handing_out = stage.fill(1), stage.session.handing_out
    copied = handing_out.prompt_copied if key is PictureKey.COPY_PROMPT else handing_out.recipe_copied
    stage.select(pictures)
    with stage.qtbot.waitSignal(copied):
        stage.window.gallery.act_requested.emit(key)
    assert QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    _make_client_safe(stage)
    stage.select(pictures)
    with stage.qtbot.waitSignal(handing_out.failed):
        stage.window.gallery.act_requested.emit(key)
    assert QGuiApplication.clipboard().text() == ""


def test_a_copied_recipe_pasted_into_the_prompt_is_used(stage: WindowStage) -> None:
    recipe = Recipe(prompt="窗边的猫", watermark=False)
    QGuiApplication.clipboard().setText(recipe_text(recipe, indent=1))
    prompt = stage.window.findChild(PromptEditor)
    assert isinstance(prompt, PromptEditor)
    prompt.paste()
    assert stage.session.draft.recipe.prompt == "窗边的猫"
    assert prompt.toPlainText() == "窗边的猫"
    assert stage.session.draft.recipe.watermark is False


def test_control_e_offers_to_export_the_selection(stage: WindowStage) -> None:
    stage.select(stage.fill(2))
    exporting = stage.session.exporting
    with stage.qtbot.waitSignal(exporting.facts_known) as known:
        QTest.keyClick(stage.window.gallery, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert known.args is not None
    assert len(known.args[0].pictures) == 2
    dialog = stage.window.ties.handing.exporting.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_was_exported_is_said_with_a_way_there(
    stage: WindowStage, tmp_path: Path, outcome: Outcome
) -> None:
    pictures, out = stage.fill(2), tmp_path / "round 2"
    out.mkdir()
    _export(stage, pictures, ExportWish(outcome), out)
    shown = [label.text() for label in stage.window.notices.findChildren(Label)]
    assert any("round 2" in text for text in shown)


def test_the_other_ways_out_of_a_client_safe_board_tell_nothing_either(
    stage: WindowStage, drags: list[tuple[bytes, tuple[Path, ...]]], tmp_path: Path
) -> None:
    (picture,), session, out = stage.fill(1), stage.session, tmp_path / "out"
    out.mkdir()
    _make_client_safe(stage)
    viewer = stage.window.viewer
    for count, source in enumerate((viewer.drag_requested, viewer.filmstrip.drag_requested), len(drags) + 1):
        source.emit((picture,))
        stage.qtbot.waitUntil(partial(_are_as_many, drags, count))
    with stage.qtbot.waitSignal(session.handing_out.copied):
        session.handing_out.copy_picture(picture)
    mime = QGuiApplication.clipboard().mimeData()
    told = [form.encode() + bytes(mime.data(form).data()) for form in mime.formats()]
    told += [said for said, _ in drags]
    with stage.qtbot.waitSignal(session.terminal.failed):
        session.terminal.copy_picture(picture)
    assert mime.text() == "" or "Inbox" in mime.text()
    board = session.pictures.the_library().inbox
    with stage.qtbot.waitSignal(session.handing_over.ended) as ended:
        session.handing_over.begin((board,), out)
    assert ended.args is not None
    with zipfile.ZipFile(ended.args[0].path) as archive:
        told += [archive.comment, *(one.comment + one.extra for one in archive.infolist())]
        told += [name.encode() + archive.read(name) for name in archive.namelist()]
    told += [path.name.encode() + path.read_bytes() for _, paths in drags for path in paths]
    told += [Path(url.toLocalFile()).read_bytes() for url in mime.urls()]
    assert len(told) > 10
    assert not [one for one in told if any(secret in one for secret in SECRETS)]
