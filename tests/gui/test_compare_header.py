"""The line above compared pictures."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.compare_header import CompareHeader
from seedream_desktop.gui.compare_panes import Look
from seedream_desktop.state.run_off import RunOff


@pytest.mark.parametrize("width_px", range(360, 1200, 60))
def test_no_fact_is_cut_in_a_run_off(qtbot: QtBot, width_px: int) -> None:
    header = CompareHeader()
    qtbot.addWidget(header)
    header.show_stage(2, RunOff(tuple("abcdefghi")), Look.SIDE_BY_SIDE)
    header.show_zooms((0.2, 0.2), is_fit=True)
    header.resize(width_px, 44)
    header.show()
    QApplication.sendPostedEvents()
    labels = [label for label in header.findChildren(QLabel) if label.isVisible()]
    assert "1 of 8" in " ".join(label.text() for label in labels)
    assert all(label.width() >= label.fontMetrics().horizontalAdvance(label.text()) for label in labels)
