"""Long work floats above the status line, says how far it is, and is stopped there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.activity_panel import ActivityPanel
from seedream_desktop.gui.status_line import StatusLine
from seedream_desktop.state import activities
from seedream_desktop.state.activities import Activities, ActivityKind


@pytest.fixture
def going(monkeypatch: pytest.MonkeyPatch) -> Activities:
    monkeypatch.setattr(activities, "SHOWN_AFTER_MS", 0)
    monkeypatch.setattr(activities, "_TOLD_EVERY_S", 0.0)
    return Activities()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def panel(going: Activities, window: QWidget) -> ActivityPanel:
    content, status = QWidget(), StatusLine()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content, 1)
    column.addWidget(status)
    window.resize(900, 600)
    window.show()
    return ActivityPanel(going, window, status)


def test_it_says_how_far_the_work_is_and_goes_when_it_is_over(
    panel: ActivityPanel, going: Activities, qtbot: QtBot
) -> None:
    assert panel.isHidden()
    ongoing = going.begin(ActivityKind.TRASH)
    ongoing.proceed(3400, 10_000)
    qtbot.waitUntil(panel.isVisible)
    (row,) = panel.rows
    assert row.words.whole_text == "Moving to the trash: 3,400 of 10,000"
    assert (row.bar.value(), row.bar.maximum()) == (3400, 10_000)
    assert not row.bar.is_moving
    ongoing.end()
    qtbot.waitUntil(panel.isHidden)


def test_what_nobody_waits_for_stands_in_the_status_line(
    panel: ActivityPanel, window: QWidget, going: Activities, qtbot: QtBot
) -> None:
    ongoing = going.begin(ActivityKind.THUMBNAILS)
    ongoing.proceed(467, 1000)
    qtbot.waitUntil(lambda: bool(panel.rows))
    (row,) = panel.rows
    assert row.words.whole_text == "Making thumbnails: 467 of 1,000"
    assert panel.isHidden()
    assert isinstance(row.parentWidget(), StatusLine)
    row.cancel.click()
    assert not ongoing.proceed(468, 1000)
    ongoing.end()
    qtbot.waitUntil(lambda: not panel.rows)
    assert row.isHidden()


def test_it_floats_in_the_middle_above_the_status_line(
    panel: ActivityPanel, window: QWidget, going: Activities, qtbot: QtBot
) -> None:
    going.begin(ActivityKind.CHECK)
    going.begin(ActivityKind.IMPORT)
    qtbot.waitUntil(lambda: len(panel.rows) == 2)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: abs(panel.geometry().center().x() - 500) <= 1)
    assert panel.geometry().bottom() < 700 - 26
    assert panel.rows[0].geometry().bottom() < panel.rows[1].geometry().top()


def test_cancelling_is_said_until_it_has_stopped(
    panel: ActivityPanel, going: Activities, qtbot: QtBot
) -> None:
    ongoing = going.begin(ActivityKind.MOVE)
    qtbot.waitUntil(panel.isVisible)
    (row,) = panel.rows
    assert row.cancel.accessibleName() == "Cancel: Moving to another board"
    row.cancel.click()
    assert not ongoing.proceed(1, 2)
    assert row.words.whole_text == "Moving to another board: stopping…"
    assert row.cancel.isHidden()


def test_what_cannot_be_cancelled_offers_no_button(
    panel: ActivityPanel, going: Activities, qtbot: QtBot
) -> None:
    going.begin(ActivityKind.INDEX, can_be_cancelled=False)
    qtbot.waitUntil(panel.isVisible)
    assert panel.rows[0].cancel.isHidden()


def test_every_kind_has_words(panel: ActivityPanel, going: Activities, qtbot: QtBot) -> None:
    for kind in ActivityKind:
        going.begin(kind)
    qtbot.waitUntil(lambda: len(panel.rows) == len(ActivityKind))
    said = {row.words.whole_text for row in panel.rows}
    assert len(said) == len(ActivityKind)


class _Still(QProxyStyle):
    def styleHint(self, hint: QStyle.StyleHint, *others: object) -> int:
        is_asked = hint is QStyle.StyleHint.SH_Widget_Animation_Duration
        return 0 if is_asked else super().styleHint(hint, *others)  # type: ignore[arg-type]


@pytest.mark.parametrize("is_still", [False, True], ids=["moving", "reduced motion"])
def test_work_of_unknown_length_moves_unless_that_is_not_wanted(
    panel: ActivityPanel, going: Activities, qtbot: QtBot, qapp: QApplication, is_still: bool
) -> None:
    going.begin(ActivityKind.CHECK)
    qtbot.waitUntil(panel.isVisible)
    (row,) = panel.rows
    style = _Still() if is_still else None
    if style is not None:
        row.bar.setStyle(style)
    row.bar.show_share(0, 0)
    assert row.bar.is_moving is not is_still
    row.bar.setStyle(qapp.style())
