"""The right column: two pages under tabs, or beside each other, each below its own head."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.right_column import HEADER_PX, RightColumn
from seedream_desktop.gui.theme import EDGE_PX


@pytest.fixture
def column(qtbot: QtBot) -> RightColumn:
    column = RightColumn()
    column.set_compose(QWidget())
    column.set_details(QWidget())
    column.set_foot(QWidget())
    qtbot.addWidget(column)
    column.resize(700, 500)
    column.show()
    return column


def head(column: RightColumn, words: str) -> QAbstractButton:
    return next(one for one in column.findChildren(QAbstractButton) if one.text() == words)


def pages(column: RightColumn) -> list[QWidget]:
    beneath = (one for one in column.children() if isinstance(one, QWidget) and one.y() > HEADER_PX)
    return sorted((one for one in beneath if one.isVisible() and one.height() > 100), key=lambda one: one.x())


def test_one_page_is_shown_at_a_time(column: RightColumn) -> None:
    assert len(pages(column)) == 1
    head(column, "Details").click()
    assert column.shows_details
    assert len(pages(column)) == 1


def test_side_by_side_each_head_stands_above_its_page(column: RightColumn) -> None:
    column.set_wide(True)
    QApplication.processEvents()
    compose, parting, details = pages(column)
    assert parting.width() == 1
    assert head(column, "Compose").x() == compose.x() + EDGE_PX
    assert abs(head(column, "Details").x() - details.x() - EDGE_PX) <= 1


def test_it_is_one_column_again_where_there_is_less_room(column: RightColumn) -> None:
    column.set_wide(True)
    column.set_wide(False)
    assert len(pages(column)) == 1
    assert head(column, "Details").x() < 200
