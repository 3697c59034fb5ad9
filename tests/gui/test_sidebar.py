"""The sidebar leads to places and boards by mouse, keyboard and screen reader, and takes what is dropped."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QTranslator, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.places import ENTRY_ROLE, Entry, midnight_ms
from seedream_desktop.gui.sidebar import Sidebar
from seedream_desktop.gui.theme import colours_of
from seedream_desktop.library.values import Counts, Order, Query
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from tests.compose_stage import a_drop
from tests.gui.panel_values import BOARDS

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(200, 600)
    sidebar.set_boards(BOARDS)
    with qtbot.waitActive(sidebar):
        sidebar.show()
    return sidebar


def row_of(sidebar: Sidebar, spoken: str) -> int:
    """The row whose name for screen readers begins like that."""
    model = sidebar.places.model()
    names = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    return next(row for row, name in enumerate(names) if name.startswith(spoken))


def spoken(sidebar: Sidebar, place: str) -> str:
    index = sidebar.places.model().index(row_of(sidebar, place), 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def middle(sidebar: Sidebar, place: str) -> QPoint:
    return sidebar.places.visualRect(sidebar.places.model().index(row_of(sidebar, place), 0)).center()


def click(sidebar: Sidebar, place: str) -> None:
    QTest.mouseClick(sidebar.places.viewport(), LEFT, NO_MODIFIER, middle(sidebar, place))


def shown(sidebar: Sidebar) -> list[str]:
    entries = [
        sidebar.places.model().index(row, 0).data(ENTRY_ROLE)
        for row in range(sidebar.places.model().rowCount())
    ]
    return [entry.words for entry in entries if isinstance(entry, Entry) and entry.is_shown]


def shows_colour(sidebar: Sidebar, name: str) -> bool:
    """Whether that colour, or one that the eye takes for it, is seen anywhere in the list."""
    image, wanted = sidebar.places.grab().toImage(), QColor(name)
    seen = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return any(difference(QColor.fromRgb(pixel), wanted) < 60 for pixel in seen)


def difference(one: QColor, other: QColor) -> int:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return sum(abs(first - second) for first, second in pairs)


def plus(sidebar: Sidebar) -> QToolButton:
    return next(one for one in sidebar.findChildren(QToolButton) if one.accessibleName() == "New board")


def test_a_screen_reader_hears_how_many_pictures_a_board_holds(sidebar: Sidebar) -> None:
    sidebar.set_counts(Counts(all=1240, today=1))
    assert sidebar.places.accessibleName() == "Places"
    assert spoken(sidebar, "Inbox") == "Inbox, 1,072 pictures"
    assert spoken(sidebar, "Today") == "Today, 1 picture"
    assert spoken(sidebar, "Unfinished") == "Unfinished, 0 requests"


def test_the_board_that_results_go_to_is_marked_and_said(sidebar: Sidebar) -> None:
    assert not shows_colour(sidebar, colours_of(sidebar.palette()).accent)
    sidebar.set_target("acme")
    assert spoken(sidebar, "Acme") == "Acme rebrand, 128 pictures, results go here"
    assert shows_colour(sidebar, colours_of(sidebar.palette()).accent)


@pytest.mark.parametrize(("count", "is_amber"), [(0, False), (888, True)])
def test_unfinished_requests_are_amber(sidebar: Sidebar, count: int, is_amber: bool) -> None:
    sidebar.set_unfinished(count)
    assert shows_colour(sidebar, colours_of(sidebar.palette()).amber) is is_amber


def test_a_click_leads_to_a_board(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.query_requested) as asked:
        click(sidebar, "Zine")
    assert asked.args == [Query(board_id="zine")]
    assert shown(sidebar) == ["Zine No. 4"]


def test_today_begins_at_midnight_here(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.query_requested) as asked:
        click(sidebar, "Today")
    assert asked.args == [Query(since_ms=midnight_ms())]
    assert 0 <= time.time() * 1000 - midnight_ms() <= DAY_MS + 3600 * 1000


def test_unfinished_is_a_place_of_its_own(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.unfinished_requested), qtbot.assertNotEmitted(sidebar.query_requested):
        click(sidebar, "Unfinished")
    assert shown(sidebar) == ["Unfinished"]


def test_the_keyboard_steps_over_the_caption(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_query(Query(trash=True))
    QTest.keyClick(sidebar.places, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.query_requested) as asked:
        QTest.keyClick(sidebar.places, Qt.Key.Key_Return)
    assert asked.args == [Query(board_id="inbox")]


def test_arrows_alone_lead_nowhere(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.assertNotEmitted(sidebar.query_requested):
        QTest.keyClick(sidebar.places, Qt.Key.Key_Down)
    assert shown(sidebar) == ["All pictures"]


def test_a_search_stays_in_its_place(sidebar: Sidebar) -> None:
    sidebar.show_query(Query(board_id="acme", text="valley", order=Order.OLDEST))
    assert shown(sidebar) == ["Acme rebrand"]
    sidebar.show_query(Query(rated=True))
    assert shown(sidebar) == ["Rated"]


def test_what_is_shown_stays_marked_when_the_boards_change(sidebar: Sidebar) -> None:
    sidebar.show_query(Query(board_id="zine"))
    sidebar.set_boards((BOARDS[0], BOARDS[2]))
    assert shown(sidebar) == ["Zine No. 4"]
    assert sidebar.places.currentIndex().row() == row_of(sidebar, "Zine")


def test_pictures_dropped_on_a_board_go_there(qtbot: QtBot, sidebar: Sidebar) -> None:
    mime = QMimeData()
    mime.setData(PICTURE_IDS_TYPE, b"Inbox/a.jpeg\nInbox/b.jpeg")
    mime.setUrls([QUrl.fromLocalFile("/pictures/Inbox/a.jpeg")])
    drop = a_drop(mime, middle(sidebar, "Acme").toTuple())
    with qtbot.waitSignal(sidebar.pictures_dropped) as dropped, qtbot.assertNotEmitted(sidebar.files_dropped):
        sidebar.places.dropEvent(drop)
    assert dropped.args == [("Inbox/a.jpeg", "Inbox/b.jpeg"), "acme"]


def test_files_dropped_on_a_board_go_there(qtbot: QtBot, sidebar: Sidebar) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/desk/cat.png"), QUrl.fromLocalFile("/desk/dog.png")])
    with qtbot.waitSignal(sidebar.files_dropped) as dropped:
        sidebar.places.dropEvent(a_drop(mime, middle(sidebar, "Inbox").toTuple()))
    assert dropped.args == [(Path("/desk/cat.png"), Path("/desk/dog.png")), "inbox"]


@pytest.mark.parametrize("place", ["Trash", "Boards", "All pictures"])
def test_only_boards_take_what_is_dropped(qtbot: QtBot, sidebar: Sidebar, place: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/desk/cat.png")])
    drop = a_drop(mime, middle(sidebar, place).toTuple())
    with qtbot.assertNotEmitted(sidebar.files_dropped):
        sidebar.places.dropEvent(drop)
    assert not drop.isAccepted()


def test_a_new_board_is_named_in_place(qtbot: QtBot, sidebar: Sidebar) -> None:
    QTest.mouseClick(plus(sidebar), LEFT)
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "Name of the new board"
    assert middle(sidebar, "Zine").y() < field.mapTo(sidebar, QPoint(0, 0)).y()
    QTest.keyClicks(field, "  Spring  ")
    with qtbot.waitSignal(sidebar.board_created) as created:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert created.args == ["Spring", ""]
    assert not field.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_no_name_makes_no_board(qtbot: QtBot, sidebar: Sidebar, key: Qt.Key) -> None:
    QTest.mouseClick(plus(sidebar), LEFT)
    field = QApplication.focusWidget()
    assert field is not None
    with qtbot.assertNotEmitted(sidebar.board_created):
        QTest.keyClick(field, key)
    assert not field.isVisible()
    assert sidebar.places.hasFocus()


def test_a_name_that_was_begun_outlives_a_change_of_boards(qtbot: QtBot, sidebar: Sidebar) -> None:
    QTest.mouseClick(plus(sidebar), LEFT)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Spr")
    sidebar.set_boards(BOARDS[:2])
    QTest.keyClicks(field, "ing")
    with qtbot.waitSignal(sidebar.board_created) as created:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert created.args == ["Spring", ""]


def test_the_buttons_wish_for_the_menu_and_for_being_hidden(qtbot: QtBot, sidebar: Sidebar) -> None:
    buttons = {one.accessibleName(): one for one in sidebar.findChildren(QToolButton)}
    with qtbot.waitSignal(sidebar.menu_requested) as menu:
        buttons["Menu"].click()
    assert menu.args == [buttons["Menu"].mapToGlobal(buttons["Menu"].rect().bottomLeft())]
    with qtbot.waitSignal(sidebar.hide_requested):
        buttons["Hide the sidebar"].click()


def test_the_plus_hides_when_its_caption_scrolls_away(sidebar: Sidebar) -> None:
    assert plus(sidebar).isVisible()
    sidebar.resize(200, 160)
    sidebar.places.verticalScrollBar().setValue(sidebar.places.verticalScrollBar().maximum())
    QCoreApplication.processEvents()
    assert not plus(sidebar).isVisible()


class Bracketing(QTranslator):
    """Another language: every sentence stands in brackets."""

    def translate(self, _context: str, text: str, *_rest: object) -> str:
        return f"[{text}]"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def other_language(sidebar: Sidebar) -> Iterator[None]:
    translator = Bracketing()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_the_words_follow_the_language(qtbot: QtBot, sidebar: Sidebar, other_language: None) -> None:
    qtbot.waitUntil(lambda: sidebar.places.accessibleName() == "[Places]")
    model = sidebar.places.model()
    assert model.index(int(row_of(sidebar, "[All")), 0).data() == "[All pictures]"
