"""The line above compared pictures: how many, how large, and how they are held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.compare_panes import Look
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.folding_row import FoldingRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, heading_font
from seedream_desktop.gui.viewer_header import HEADER_PX, percent
from seedream_desktop.state.comparison import LABELS
from seedream_desktop.state.run_off import RunOff, Verdict

_LEAST_PX = 360
_JOINT = " · "


class CompareHeader(QWidget):
    """Shows facts and emits wishes."""

    look_requested = Signal(object)  # Look
    swap_requested = Signal()
    size_toggled = Signal()
    verdict_requested = Signal(object)  # Verdict
    step_back_requested = Signal()
    close_requested = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setFixedHeight(HEADER_PX)
        self._count, self._zooms, self._is_fit = 0, tuple[float, ...](), True
        self._run_off: RunOff | None = None
        self._told: tuple[str, ...] = ("",)  # facts, the first of them always
        self._title, self._facts, self._acts = Label(), Label(), FoldingRow()
        self._close = QToolButton()
        self._looks = {look: QAction(self) for look in Look}
        self._swap, self._size, self._step_back = QAction(self), QAction(self), QAction(self)
        self._verdicts = {verdict: QAction(self) for verdict in Verdict}
        self._lay_out()
        self._connect()
        self._write_words()

    def show_stage(self, count: int, run_off: RunOff | None, look: Look) -> None:
        """Say how many pictures there are, or how far the run-off is, and how they are looked at."""
        self._count, self._run_off = count, run_off
        for one, act in self._looks.items():
            act.setChecked(one is look)
            act.setEnabled(count == 2 or one is Look.SIDE_BY_SIDE)
        for act in self._verdicts.values():
            act.setEnabled(run_off is not None and not run_off.is_over)
        self._step_back.setEnabled(run_off is not None and bool(run_off.duels))
        looks = tuple(self._looks.values())
        if run_off is None:
            self._acts.show_acts((*(looks if count == 2 else ()), self._swap, self._size))
        elif run_off.is_over:
            self._acts.show_acts((self._step_back, self._size))
        else:
            self._acts.show_acts((*self._verdicts.values(), self._step_back, *looks))
        self._show_facts()

    def show_zooms(self, zooms: Sequence[float], *, is_fit: bool) -> None:
        """Say how large the pictures are shown: one figure, or one for each where they differ."""
        if is_fit != self._is_fit:
            self._is_fit = is_fit
            self._name_size()
        if tuple(zooms) != self._zooms:
            self._zooms = tuple(zooms)
            self._show_facts()

    def minimumSizeHint(self) -> QSize:
        """Room for what cannot be spared."""
        return QSize(_LEAST_PX, HEADER_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the facts give way before the acts do."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _lay_out(self) -> None:
        self._title.setFont(heading_font())
        set_tone(self._facts, "dim")
        self._close.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        row.setSpacing(GAP_PX)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        row.addWidget(self._title)
        row.addSpacing(GROUP_PX - GAP_PX)
        row.addWidget(self._facts)
        row.addStretch(1)
        row.addSpacing(GROUP_PX)
        for part in (self._acts, self._close):
            row.addWidget(part)

    def _connect(self) -> None:
        group = QActionGroup(self)
        for look, act in self._looks.items():
            act.setCheckable(True)
            group.addAction(act)
            act.triggered.connect(partial(self._wish_look, look))
        for verdict, act in self._verdicts.items():
            act.triggered.connect(partial(self._wish_verdict, verdict))
        self._swap.triggered.connect(lambda _: self.swap_requested.emit())
        self._size.triggered.connect(lambda _: self.size_toggled.emit())
        self._step_back.triggered.connect(lambda _: self.step_back_requested.emit())
        self._close.clicked.connect(lambda _: self.close_requested.emit())

    def _wish_look(self, look: Look, _checked: bool) -> None:
        self.look_requested.emit(look)

    def _wish_verdict(self, verdict: Verdict, _checked: bool) -> None:
        self.verdict_requested.emit(verdict)

    def _write_words(self) -> None:
        for act, text, tip in (
            (self._looks[Look.SIDE_BY_SIDE], self.tr("Side by side"), self.tr("Beside each other (S)")),
            (self._looks[Look.SLIDER], self.tr("Slider"), self.tr("One over the other, with a divider (L)")),
            (self._looks[Look.FLICKER], self.tr("Flicker"), self.tr("In the same place by turns (F)")),
            (self._swap, self.tr("Swap"), self.tr("Change places (W)")),
            (self._size, "", self.tr("Fit or 100 % (Z)")),
            (self._verdicts[Verdict.LOST], self.tr("Next"), self.tr("The champion stays (Right)")),
            (
                self._verdicts[Verdict.WON],
                self.tr("New champion"),
                self.tr("The challenger is the new champion (Enter)"),
            ),
            (self._verdicts[Verdict.REJECTED], self.tr("Reject"), self.tr("Reject the challenger (X)")),
            (self._step_back, self.tr("Step back"), self.tr("Take the last step back (Left, Ctrl+Z)")),
        ):
            act.setText(text)
            act.setToolTip(tip)
        self._name_size()
        self._close.setText(self.tr("Esc"))
        self._close.setAccessibleName(self.tr("Back to where you were"))
        self._close.setToolTip(self.tr("Back to where you were (Esc)"))
        self._show_facts()

    def _name_size(self) -> None:
        self._size.setText(self.tr("100 %") if self._is_fit else self.tr("Fit"))

    def _show_facts(self) -> None:
        run_off = self._run_off
        self._title.setText(self.tr("Compare") if run_off is None else self.tr("Run-off"))
        parts = [words.pictures(self._count)]
        if run_off is not None and run_off.is_over:
            parts = [self.tr("The champion of {pictures}").format(pictures=words.pictures(len(run_off.keys)))]
        elif run_off is not None:
            parts = [self.tr("{number} of {count}").format(number=run_off.number, count=run_off.count)]
        self._told = (*parts, *self._zoom_words())
        self._share_width()

    def _zoom_words(self) -> list[str]:
        shown = [zoom for zoom in self._zooms if zoom > 0]
        figures = [self.tr("{zoom} %").format(zoom=percent(zoom)) for zoom in shown]
        if len(set(figures)) <= 1 or len(shown) < len(self._zooms):
            return figures[:1]
        return [f"{letter} {figure}" for letter, figure in zip(LABELS, figures, strict=False)]

    def _share_width(self) -> None:
        """The zoom goes before verdicts fold, and acts that have keys fold before the zoom goes."""
        is_run_off = self._run_off is not None
        acts = self._acts.sizeHint() if is_run_off else self._acts.minimumSizeHint()
        kept_px = (self._title.sizeHint().width(), acts.width(), self._close.sizeHint().width())
        room_px = self.width() - sum(kept_px) - len(kept_px) * GAP_PX - 2 * (EDGE_PX + GROUP_PX)
        zooms = () if is_run_off else self._told[1:]  # that there are two is seen
        width_of = self._facts.fontMetrics().horizontalAdvance
        told = (_JOINT.join(facts) for facts in (self._told, zooms) if facts)
        whole = (text for text in told if width_of(text) <= room_px)
        self._facts.setText(next(whole, self._told[0]))  # sooner one figure less than half of one
        self._facts.setMinimumWidth(0 if is_run_off else width_of(self._facts.text()))
