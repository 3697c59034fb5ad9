"""The viewer's header: which picture, where, how large; the name gives way before the acts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.viewer_header import ViewerHeader

NAME = "a cat wearing a scarf in the snow at dawn, seen from far above, with a small red house 0142.jpeg"


@pytest.fixture
def header(qtbot: QtBot) -> ViewerHeader:
    header = ViewerHeader()
    qtbot.addWidget(header)
    header.show_name(NAME, is_picture=True)
    header.show_place(3, 128)
    header.resize(800, 44)
    header.show()
    return header


def texts(header: ViewerHeader) -> set[str]:
    labels = {one.text() for one in header.findChildren(QLabel) if one.isVisible()}
    return labels | {one.text() for one in header.findChildren(QToolButton) if one.isVisible()}


@pytest.mark.parametrize(
    ("zoom", "figure"),
    [(0.2, "20 %"), (1.0, "100 %"), (0.999, "99 %"), (1.001, "101 %"), (0.0345, "3.5 %"), (32.0, "3200 %")],
)
def test_it_says_where_and_how_large(header: ViewerHeader, zoom: float, figure: str) -> None:
    header.show_zoom(zoom, is_fit=True)
    assert f"3 of 128 · {figure}" in texts(header)


def test_without_a_picture_there_is_no_zoom_and_nothing_to_do(header: ViewerHeader) -> None:
    header.show_name("a dog at the sea", is_picture=False)
    header.show_zoom(0.0, is_fit=True)
    assert texts(header) == {"a dog at the sea", "3 of 128", "Esc"}


def test_a_long_name_gives_way_before_the_acts(header: ViewerHeader) -> None:
    assert {"Edit", "Use as reference", "Trash", "100 %", "Before", "Esc"} <= texts(header)
    assert NAME not in texts(header)


def test_the_size_act_says_what_it_would_do(header: ViewerHeader) -> None:
    assert "Fit" not in texts(header)
    header.show_zoom(1.0, is_fit=False)
    assert "Fit" in texts(header)


@pytest.mark.parametrize("width_px", range(360, 1000, 40))
def test_nothing_is_cut_or_covered(header: ViewerHeader, width_px: int) -> None:
    header.resize(width_px, 44)
    QApplication.sendPostedEvents()
    parts = [one for one in header.children() if isinstance(one, QWidget) and one.isVisible()]
    places = sorted((one.geometry().left(), one.geometry().right()) for one in parts)
    assert all(right < left for (_, right), (left, _) in pairwise(places))
    assert places[-1][1] < width_px
