"""What is asked before pictures leave the trash."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.acting import Acting


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "What it cost stays on record."), (2, "What they cost stays on record.")],
)
def test_it_says_what_stays_of_one_picture_and_of_several(qtbot: QtBot, count: int, said: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    acting = cast("Acting", SimpleNamespace(_gallery=window, tr=str))
    done: list[int] = []
    Acting._ask(acting, "Go?", "Go", lambda: done.append(count), count, "For good.")
    (box,) = window.findChildren(QMessageBox)
    assert box.informativeText() == f"For good. {said}"
    next(button for button in box.buttons() if button.text() == "Go").click()
    assert done == [count]
