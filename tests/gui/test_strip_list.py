"""A line of cells costs what is in view, however many there are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.strip_list import Index, StripList

STEP_PX = 80


class ManyRows(QAbstractListModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.asked = 0

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        self.asked += 1
        return self.count

    def data(self, _index: Index, _role: int = 0) -> object:
        return None


def strip_of(qtbot: QtBot, model: ManyRows) -> StripList:
    strip = StripList(STEP_PX)
    qtbot.addWidget(strip)
    strip.setModel(model)
    strip.resize(800, 90)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


def test_a_hundred_thousand_rows_are_not_walked(qtbot: QtBot) -> None:
    model = ManyRows(100_000)
    strip = strip_of(qtbot, model)
    strip.scrollTo(model.index(50_000), QListView.ScrollHint.PositionAtCenter)
    assert 50_000 in strip.rows_in_view()
    assert len(strip.rows_in_view()) <= 800 // STEP_PX + 1
    assert model.asked < 2_000


def test_a_row_is_found_where_it_is_shown(qtbot: QtBot) -> None:
    strip = strip_of(qtbot, ManyRows(1_000))
    for row in (0, 3, 500, 999):
        index = strip.model().index(row, 0)
        strip.scrollTo(index)
        assert strip.viewport().rect().contains(strip.visualRect(index).center())
        assert strip.indexAt(strip.visualRect(index).center()).row() == row


def test_behind_the_last_row_there_is_nothing(qtbot: QtBot) -> None:
    strip = strip_of(qtbot, ManyRows(2))
    assert not strip.indexAt(QPoint(2 * STEP_PX + 5, 10)).isValid()
    assert strip.rows_in_view() == range(2)
    assert strip.horizontalScrollBar().maximum() == 0
