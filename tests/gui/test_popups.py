"""Tags and names are given in small panels over the gallery, to many pictures at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.rename_popup import RenamePopup
from seedream_desktop.gui.tag_popup import Tagging, TagPopup
from seedream_desktop.gui.theme import CORNER_PX

IDS = ("a.png", "b.png", "c.png")
State = Qt.CheckState
FAINT = 32  # of 255: a corner of a pixel


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 400)
    over.show()
    return over


@pytest.fixture
def tags(over: QWidget) -> TagPopup:
    popup = TagPopup(over)
    popup.show_tags(Tagging(IDS, {"hero": 3, "blue": 1}, ("moodboard", "hero", "blue")), over)
    return popup


def rows(popup: TagPopup) -> dict[str, State]:
    items = (popup.list.item(row) for row in range(popup.list.count()))
    return {item.text(): item.checkState() for item in items}


def test_the_boxes_say_all_some_or_none_and_theirs_come_first(tags: TagPopup) -> None:
    assert list(rows(tags).items()) == [
        ("blue", State.PartiallyChecked),
        ("hero", State.Checked),
        ("moodboard", State.Unchecked),
    ]


def test_enter_adds_what_was_typed_and_stays_for_the_next(tags: TagPopup, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tags.tag_changed) as changed:
        QTest.keyClicks(tags.field, "  new  one ")
        QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert changed.args == [IDS, "new one", True]
    assert rows(tags)["new one"] is State.Checked
    assert (tags.field.text(), tags.isVisible()) == ("", True)


def test_a_known_tag_is_completed_and_never_written_twice(tags: TagPopup, qtbot: QtBot) -> None:
    QTest.keyClicks(tags.field, "MOOD")
    assert list(rows(tags)) == ["moodboard"]
    QTest.keyClicks(tags.field, "board")
    with qtbot.waitSignal(tags.tag_changed) as changed:
        QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert changed.args == [IDS, "moodboard", True]


@pytest.mark.parametrize(("tag", "has_it"), [("blue", True), ("hero", False), ("moodboard", True)])
def test_a_box_gives_the_tag_to_all_or_takes_it_from_all(
    tags: TagPopup, qtbot: QtBot, tag: str, has_it: bool
) -> None:
    QTest.keyClick(tags.field, Qt.Key.Key_Down)
    (item,) = tags.list.findItems(tag, Qt.MatchFlag.MatchExactly)
    tags.list.setCurrentItem(item)
    with qtbot.waitSignal(tags.tag_changed) as changed:
        QTest.keyClick(tags.list, Qt.Key.Key_Space)
    assert changed.args == [IDS, tag, has_it]
    assert list(rows(tags)) == ["blue", "hero", "moodboard"]


def test_escape_and_an_empty_enter_close(tags: TagPopup, over: QWidget) -> None:
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert not tags.isVisible()
    tags.show_tags(Tagging(IDS, {}, ()), over)
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert not tags.isVisible()


def test_a_name_is_given_by_enter_and_not_by_escape(over: QWidget, qtbot: QtBot) -> None:
    popup = RenamePopup(over)
    popup.ask(IDS, "Hero", over)
    assert popup.field.selectedText() == "Hero"
    with qtbot.assertNotEmitted(popup.name_given):
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    popup.ask(IDS, "Hero", over)
    with qtbot.waitSignal(popup.name_given) as given:
        QTest.keyClicks(popup.field, "Villain")
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert given.args == [IDS, "Villain"]
    assert not popup.isVisible()


def test_tab_writes_the_first_tag_out_that_begins_so(tags: TagPopup) -> None:
    QTest.keyClicks(tags.field, "mo")
    QTest.keyClick(tags.field, Qt.Key.Key_Tab)
    assert tags.field.text() == "moodboard"
    assert tags.field.hasFocus()


def test_tags_that_begin_so_stand_before_those_with_it_inside(over: QWidget) -> None:
    popup = TagPopup(over)
    popup.show_tags(Tagging(IDS, {}, ("moodboard", "board", "x board")), over)
    QTest.keyClicks(popup.field, "boa")
    assert list(rows(popup)) == ["board", "moodboard", "x board"]


def test_tags_used_lately_stand_before_the_others(over: QWidget) -> None:
    popup = TagPopup(over)
    known = ("hero", "blue", "final")
    popup.show_tags(Tagging(("z.png",), {}, known, recent=("final", "gone")), over)
    assert list(rows(popup)) == ["final", "hero", "blue"]


def test_a_tag_gets_another_name_everywhere_or_becomes_one_with_another(tags: TagPopup, qtbot: QtBot) -> None:
    tags.list.setCurrentRow(0)
    QTest.keyClick(tags.list, Qt.Key.Key_F2)
    assert (tags.field.text(), tags.field.hasFocus()) == ("blue", True)
    tags.field.setText("hero")
    assert "become one" in tags._note.text()
    with qtbot.waitSignal(tags.tag_renamed) as renamed, qtbot.assertNotEmitted(tags.tag_changed):
        QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert renamed.args == ["blue", "hero"]
    assert not tags.isVisible()


def test_escape_leaves_a_new_name_before_it_leaves_the_panel(tags: TagPopup, qtbot: QtBot) -> None:
    tags.start_renaming("blue")
    with qtbot.assertNotEmitted(tags.tag_renamed):
        QTest.keyClick(tags, Qt.Key.Key_Escape)
    assert tags.isVisible()
    assert list(rows(tags)) == ["blue", "hero", "moodboard"]
    QTest.keyClick(tags, Qt.Key.Key_Escape)
    assert not tags.isVisible()


def test_nothing_of_a_popup_is_left_unpainted_where_windows_are_not_blended(tags: TagPopup) -> None:
    image = tags.grab().toImage()
    mask, side = tags.mask(), CORNER_PX + 2
    columns = (*range(side), *range(tags.width() - side, tags.width()))
    lines = (*range(side), *range(tags.height() - side, tags.height()))
    seen = {(x, y): image.pixelColor(x, y).alpha() for x in columns for y in lines}
    assert 0 in seen.values()
    for (x, y), alpha in seen.items():
        assert (x, y, mask.contains(QPoint(x, y))) == (x, y, alpha >= FAINT)
