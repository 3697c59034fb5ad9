"""Long work on the library, shown in a panel that floats above the status line and moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.motion import shows_motion
from seedream_desktop.gui.popup import draw_panel
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, SPACE_PX, caption_font, colours_of
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.gui.status_line import StatusLine
    from seedream_desktop.state.activities import Activities, Activity

WIDTH_PX = 380
_IN_PASSING = frozenset({ActivityKind.THUMBNAILS})
_BAR_PX = 3
_STEP_MS = 33
_STEPS = 60  # from one end to the other and back
_CHUNK_SHARE = 0.3  # of the bar, while it is not known how much there is to do
_BUTTON_STYLE = "QPushButton { min-height: 16px; padding: 0 8px; }"


class ActivityPanel(QFrame):
    """One row for each piece of long work; hidden while there is none."""

    def __init__(self, activities: Activities, parent: QWidget, above: StatusLine) -> None:
        """Float in ``parent`` right above its part ``above``, or at its foot while that is hidden.

        What goes on in passing and is waited for by nobody stands in ``above`` itself.
        """
        super().__init__(parent)
        self._activities = activities
        self._above = above
        self._rows: dict[int, ActivityRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GROUP_PX, SPACE_PX, GROUP_PX, GROUP_PX)
        self._column.setSpacing(SPACE_PX)
        activities.changed.connect(self._show)
        parent.installEventFilter(self)
        self._write_words()
        self.hide()
        self._show()

    @property
    def rows(self) -> tuple[ActivityRow, ...]:
        """What is shown, the oldest first."""
        return tuple(self._rows.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the foot."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the ground is for nobody below."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised ground with an outline."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.raised, colours.hairline)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Work under way"))

    def _show(self) -> None:
        shown = {one.id: one for one in self._activities.shown}
        for gone in self._rows.keys() - shown.keys():
            row = self._rows.pop(gone)
            row.hide()
            row.deleteLater()
        for activity in shown.values():
            if activity.id not in self._rows:
                self._add(activity)
            self._rows[activity.id].show_activity(activity)
        self.setVisible(any(one.kind not in _IN_PASSING for one in shown.values()))
        self._place()

    def _add(self, activity: Activity) -> None:
        row = ActivityRow(is_in_passing=activity.kind in _IN_PASSING)
        row.cancel_requested.connect(lambda: self._activities.cancel(activity.id))
        self._rows[activity.id] = row
        if activity.kind in _IN_PASSING:
            self._above.hold(row)
        else:
            self._column.addWidget(row)

    def _place(self) -> None:
        parent = self.parentWidget()
        if not self._rows or parent is None:
            return
        foot_px = parent.height() - (self._above.height() if self._above.isVisible() else 0)
        width_px = min(WIDTH_PX, parent.width() - 2 * GROUP_PX)
        self.resize(width_px, self._column.sizeHint().height())
        self.move((parent.width() - width_px) // 2, foot_px - self.height() - GROUP_PX)
        self.raise_()


class ActivityRow(QWidget):
    """What is being done, how far it is, and a button that stops it."""

    cancel_requested = Signal()

    def __init__(self, *, is_in_passing: bool = False) -> None:
        """Show nothing yet; ``is_in_passing``: small and without a bar, for the status line."""
        super().__init__()
        self._activity: Activity | None = None
        self.words, self.bar, self.cancel = ElidedLabel(), ActivityBar(), QPushButton()
        self.cancel.setProperty("quiet", True)
        self.cancel.setFont(caption_font())
        self.cancel.setStyleSheet(_BUTTON_STYLE)
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.clicked.connect(self.cancel_requested)
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self.words)
        line.addStretch(1)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(line)
        column.addWidget(self.bar)
        if is_in_passing:
            self.bar.hide()
            self.words.setFont(caption_font())
            self.words.setProperty("tone", "dim")

    def show_activity(self, activity: Activity) -> None:
        """Say how far it is."""
        doing = self._doing(activity.kind)
        self.words.show_text(self._standing(activity, doing))
        self.bar.setAccessibleName(doing)
        self.bar.show_share(activity.done, activity.total)
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel: {what}").format(what=doing))
        self.cancel.setToolTip(self.tr("Stop here; what is done stays done"))
        self.cancel.setVisible(activity.can_be_cancelled and not activity.is_cancelled)

    def _standing(self, activity: Activity, doing: str) -> str:
        if activity.is_cancelled:
            return self.tr("{what}: stopping…").format(what=doing)
        if activity.total:
            text = self.tr("{what}: {done} of {total}")
            done, total = words.number(activity.done), words.number(activity.total)
            return text.format(what=doing, done=done, total=total)
        return self.tr("{what}…").format(what=doing)

    def _doing(self, kind: ActivityKind) -> str:
        return {
            ActivityKind.INDEX: self.tr("Reading the library"),
            ActivityKind.CHECK: self.tr("Checking the library"),
            ActivityKind.IMPORT: self.tr("Importing"),
            ActivityKind.THUMBNAILS: self.tr("Making thumbnails"),
            ActivityKind.RATE: self.tr("Rating"),
            ActivityKind.REJECT: self.tr("Rejecting"),
            ActivityKind.UNREJECT: self.tr("Taking rejections back"),
            ActivityKind.TAG: self.tr("Tagging"),
            ActivityKind.NOTE: self.tr("Noting"),
            ActivityKind.RENAME: self.tr("Renaming"),
            ActivityKind.MOVE: self.tr("Moving to another board"),
            ActivityKind.TRASH: self.tr("Moving to the trash"),
            ActivityKind.RESTORE: self.tr("Putting back from the trash"),
            ActivityKind.PURGE: self.tr("Emptying the trash"),
            ActivityKind.EXPORT: self.tr("Exporting"),
            ActivityKind.OPEN_WITH: self.tr("Making working copies"),
            ActivityKind.HAND_OVER: self.tr("Handing a board over"),
            ActivityKind.FORGET: self.tr("Forgetting a board"),
            ActivityKind.RENAME_TAG: self.tr("Renaming a tag"),
            ActivityKind.ARRANGE: self.tr("Ordering pictures"),
            ActivityKind.MAKE_BOARD: self.tr("Making a board"),
            ActivityKind.RENAME_BOARD: self.tr("Renaming a board"),
            ActivityKind.MOVE_BOARD: self.tr("Moving a board"),
            ActivityKind.ORDER_BOARDS: self.tr("Ordering boards"),
            ActivityKind.SET_UP_BOARD: self.tr("Setting up a board"),
            ActivityKind.TRASH_BOARD: self.tr("Moving a board to the trash"),
            ActivityKind.SAVE_SEARCH: self.tr("Saving a search"),
            ActivityKind.RENAME_SEARCH: self.tr("Renaming a saved search"),
            ActivityKind.CHANGE_SEARCH: self.tr("Changing a saved search"),
            ActivityKind.REMOVE_SEARCH: self.tr("Removing a saved search"),
            ActivityKind.SAVE_PRESET: self.tr("Saving a preset"),
            ActivityKind.RENAME_PRESET: self.tr("Renaming a preset"),
            ActivityKind.CHANGE_PRESET: self.tr("Changing a preset"),
            ActivityKind.REMOVE_PRESET: self.tr("Removing a preset"),
        }[kind]


class ActivityBar(QProgressBar):
    """A thin line; it goes to and fro while nobody knows how much there is to do."""

    def __init__(self) -> None:
        """Start at nought."""
        super().__init__()
        self._step = 0
        self._moving = QTimer(self, interval=_STEP_MS)
        self._moving.timeout.connect(self._on_step)
        self.setFixedHeight(_BAR_PX)
        self.setTextVisible(False)

    @property
    def is_moving(self) -> bool:
        """Whether it goes to and fro."""
        return self._moving.isActive()

    def show_share(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``; 0: it is not known."""
        self.setRange(0, total)
        self.setValue(min(done, total))
        self._move_or_rest()

    def showEvent(self, event: QShowEvent) -> None:
        """Move only while it is seen."""
        super().showEvent(event)
        self._move_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._moving.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, and on it what is done."""
        colours = colours_of(self.palette())
        whole = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hairline))
            painter.drawRoundedRect(whole, _BAR_PX / 2, _BAR_PX / 2)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(self._done(whole), _BAR_PX / 2, _BAR_PX / 2)

    def _done(self, whole: QRectF) -> QRectF:
        if self.maximum():
            return QRectF(0, 0, whole.width() * self.value() / self.maximum(), whole.height())
        width_px = whole.width() * _CHUNK_SHARE
        share = 1 - abs(1 - 2 * self._step / _STEPS)
        return QRectF((whole.width() - width_px) * share, 0, width_px, whole.height())

    def _move_or_rest(self) -> None:
        is_wanted = self.maximum() == 0 and self.isVisible() and shows_motion(self)
        if is_wanted and not self._moving.isActive():
            self._moving.start()
        elif not is_wanted:
            self._moving.stop()

    def _on_step(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()
