"""Pictures as searches, more like this, and what is there twice, in the real window with the real decoder."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.demo.painting.picture import PictureWish, paint
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.library.values import Order, Picture, Query
from seedream_desktop.state.session import Session
from tests.gui.test_importing import Web
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def test_more_like_this_shows_the_picture_itself_first(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(3)
    stage.select(pictures[1:2])
    stage.window.gallery.act_requested.emit(PictureKey.ALIKE)
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 1)  # the others are not known yet
    assert session.gallery.picture_id(0) == pictures[1].id


def test_the_usual_order_comes_back_with_the_next_place(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(2)
    stage.select(pictures[:1])
    stage.window.gallery.act_requested.emit(PictureKey.ALIKE)
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    stage.window.header.search_changed.emit("cat", ())
    assert session.gallery.query.like
    stage.window.sidebar.query_requested.emit(type(session.gallery.query)())
    assert session.gallery.query.order is Order.NEWEST
    assert not session.gallery.query.like


def test_duplicates_are_found_from_the_menu(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(2)
    library = session.pictures.the_library()
    checked = session.worker.check_picture(pictures[0].path, None)
    copy = library.import_picture(pictures[0].path, checked, library.create_board("Elsewhere").id)
    stage.window.commands.duplicates_requested.emit()
    assert session.gallery.query.text == "is:duplicate"
    gallery, wanted = session.gallery, {pictures[0].id, copy.id}
    stage.qtbot.waitUntil(lambda: {gallery.picture_id(row) for row in range(gallery.rowCount())} == wanted)


MOTIFS = ("mountain mist", "paper poster", "sea at dusk", "still life vase")


@functools.cache
def painted(seed: int) -> Image.Image:
    return paint(PictureWish(MOTIFS[seed % len(MOTIFS)], (240, 240), seed))


def screenshot(seed: int) -> bytes:
    """What a chat makes of a picture: cut off a little, smaller, and compressed once more."""
    file = BytesIO()
    painted(seed).crop((8, 6, 236, 234)).resize((150, 150)).save(file, "JPEG", quality=55)
    return file.getvalue()


def fill_with_paintings(stage: WindowStage, count: int) -> list[Picture]:
    """Pictures that can be told apart, all of which were looked at."""
    library, pictures = stage.session.pictures.the_library(), []
    for seed in range(count):
        path = stage.folder / f"painting {seed}.png"
        painted(seed).save(path)
        checked = stage.session.worker.check_picture(path, None)
        picture = library.import_picture(path, checked, library.inbox.id)
        library.likeness.keep({picture.sha256: stage.session.worker.fingerprint(path)})
        pictures.append(picture)
    stage.show_library(count)
    return pictures


def drop(stage: WindowStage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    field = stage.window.header.search
    event = QDropEvent(
        QPointF(40, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    field._is_target = True
    field.dropEvent(event)


def a_link(url: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(url)
    mime.setUrls([QUrl(url)])
    return mime


def offer_link(stage: WindowStage, url: str, *, is_pasted: bool) -> None:
    field = stage.window.header.search
    if is_pasted:
        QGuiApplication.clipboard().setMimeData(a_link(url))
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        return
    acts, where = Qt.DropAction.CopyAction, (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    mime = a_link(url)
    entering = QDragEnterEvent(QPoint(40, 10), acts, mime, *where)
    field.dragEnterEvent(entering)
    assert entering.isAccepted()
    field.dropEvent(QDropEvent(QPointF(40, 10), acts, mime, *where))


@pytest.mark.parametrize("is_pasted", [True, False], ids=["pasted", "dropped"])
def test_the_picture_behind_a_link_finds_its_original(stage: WindowStage, *, is_pasted: bool) -> None:
    pictures = fill_with_paintings(stage, 4)
    vars(stage.session)["client"] = Web(shot=screenshot(2))
    offer_link(stage, "https://chat.example.com/shot.jpg", is_pasted=is_pasted)
    wait_for_first(stage, pictures[2])
    wait_for(stage, "Found: ")
    field = stage.window.header.search
    stage.qtbot.waitUntil(lambda: not field._like_picture.isNull())
    assert field.text() == ""


def test_a_link_without_a_picture_is_said_and_can_be_searched_for(stage: WindowStage) -> None:
    stage.add(1, prompt="after https://example.com/page")
    stage.add(2)
    stage.show_library(2)
    vars(stage.session)["client"] = Web()
    offer_link(stage, "https://example.com/page", is_pasted=True)
    wait_for(stage, "example.com")
    assert not stage.session.gallery.query.like
    press(stage, "Search for the address")
    stage.qtbot.waitUntil(lambda: stage.session.gallery.picture_count == 1)


def test_a_link_is_let_go_for_what_is_dropped_after_it(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 2)
    vars(stage.session)["client"] = Web()
    offer_link(stage, "https://example.com/page", is_pasted=False)
    drop(stage, pictures[1].path)
    wait_for_first(stage, pictures[1])
    assert "example.com" not in said(stage)


def test_a_link_among_words_is_a_word(stage: WindowStage) -> None:
    field = stage.window.header.search
    field.setText("sea ")
    QGuiApplication.clipboard().setMimeData(a_link("https://example.com/page"))
    with stage.qtbot.assertNotEmitted(field.link_offered):
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "sea https://example.com/page"


def said(stage: WindowStage) -> str:
    return stage.window.notices._words.text()


def press(stage: WindowStage, words: str) -> None:
    buttons = stage.window.notices.findChildren(QPushButton)
    next(button for button in buttons if button.text() == words).click()


def wait_for(stage: WindowStage, sentence: str) -> None:
    stage.qtbot.waitUntil(lambda: sentence in said(stage))


def wait_for_first(stage: WindowStage, picture: Picture) -> None:
    gallery = stage.session.gallery
    stage.qtbot.waitUntil(lambda: gallery.rowCount() > 0 and gallery.picture_id(0) == picture.id)


def test_a_screenshot_that_is_dropped_on_the_search_finds_its_original(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 6)
    path = stage.folder / "from the client.jpg"
    path.write_bytes(screenshot(3))
    drop(stage, path)
    wait_for_first(stage, pictures[3])
    wait_for(stage, f"Found: {pictures[3].path.name}, on Inbox.")
    assert stage.session.gallery.query.order is Order.LIKENESS
    press(stage, "Show it there")
    stage.qtbot.waitUntil(lambda: stage.window.gallery.selected_ids() == (pictures[3].id,))
    assert stage.session.gallery.query.board_id == pictures[3].board_id


def test_a_bitmap_that_is_pasted_into_the_search_finds_its_original(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 6)
    field = stage.window.header.search
    field.setFocus()
    QGuiApplication.clipboard().setImage(QImage.fromData(screenshot(2)))
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_first(stage, pictures[2])
    wait_for(stage, "Found: ")


def test_a_picture_file_from_a_browser_finds_its_original(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 3)
    stage.window.header.search.picture_offered.emit(screenshot(1))
    wait_for_first(stage, pictures[1])


def test_of_several_the_first_one_is_looked_for(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 3)
    paths = [stage.folder / f"screenshot {seed}.jpg" for seed in (2, 1)]
    for path, seed in zip(paths, (2, 1), strict=True):
        path.write_bytes(screenshot(seed))
    drop(stage, *paths)
    wait_for_first(stage, pictures[2])
    wait_for(stage, "Of several pictures the first one is looked for.")


def test_what_is_not_there_is_not_called_found(stage: WindowStage) -> None:
    pictures = fill_with_paintings(stage, 5)
    stage.window.header.search.picture_offered.emit(screenshot(9))  # another painting of the same motif
    wait_for(stage, "The same picture is not here. These look most like it.")
    stage.session.pictures.the_library().trash([one.id for one in pictures])
    for entry in stage.session.pictures.the_library().trashed():
        stage.session.pictures.the_library().purge([entry.id])
    stage.add(1)
    stage.window.header.search.picture_offered.emit(screenshot(1))
    wait_for(stage, "Nothing here looks like this picture. Not looked at yet: 1 picture.")


def test_an_original_in_the_trash_is_said_to_be_there(stage: WindowStage, session: Session) -> None:
    pictures = fill_with_paintings(stage, 3)
    session.pictures.the_library().trash([pictures[1].id])
    stage.window.header.search.picture_offered.emit(screenshot(1))
    wait_for(stage, "This picture is in the trash: ")
    press(stage, "Open the trash")
    assert session.gallery.query == Query(trash=True)


def test_an_original_that_is_hidden_is_said_to_be_hidden(stage: WindowStage, session: Session) -> None:
    pictures = fill_with_paintings(stage, 3)
    session.pictures.the_library().mark([pictures[1].id], rejected=True)
    stage.window.ties.browsing.set_hides_rejected(True)
    stage.window.header.search.picture_offered.emit(screenshot(1))
    wait_for(stage, "It is rejected, and rejected pictures are hidden.")


@pytest.mark.parametrize("content", [b"", b"words, and no picture", screenshot(1)[:500]], ids=len)
def test_what_is_no_whole_picture_is_said_and_changes_nothing(
    stage: WindowStage, session: Session, content: bytes
) -> None:
    fill_with_paintings(stage, 2)
    query = session.gallery.query
    path = stage.folder / "broken.jpg"
    path.write_bytes(content)
    drop(stage, path)
    wait_for(stage, "broken.jpg")
    assert session.gallery.query == query
    drop(stage, stage.folder)
    stage.qtbot.waitUntil(lambda: "broken.jpg" not in said(stage))
    assert session.gallery.query == query


def test_a_search_that_takes_long_says_so(stage: WindowStage) -> None:
    liking = stage.window.ties.liking
    stage.window.header.search.picture_offered.emit(screenshot(1))
    assert liking._telling.isActive()
    liking._telling.timeout.emit()
    assert said(stage) == "Looking for this picture…"
    wait_for(stage, "Nothing here looks like this picture.")
    assert not liking._telling.isActive()


def test_details_and_viewer_offer_more_like_this(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(2)
    stage.select(pictures[:1])
    details = stage.window.details
    stage.qtbot.waitUntil(lambda: not details.alike.isHidden())
    details.alike.click()
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    stage.window.ties.browsing.show_query(Query())
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 2)
    stage.window.viewer.show_row(0)
    stage.qtbot.waitUntil(lambda: stage.window.viewer.current_picture() is not None)
    menu = stage.window.viewer.menu(pictures[1])
    assert "Open in the viewer" not in [act.text() for act in menu.actions()]
    next(act for act in menu.actions() if act.text() == "More like this").trigger()
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    menu.close()
