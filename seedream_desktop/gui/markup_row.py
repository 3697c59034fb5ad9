"""The row of tools above a picture that is drawn on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui.icons import ICON_PX, icon
from seedream_desktop.gui.markup_words import colour_name, line_name, tool_name
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, SPACE_PX, colours_of
from seedream_desktop.gui.viewer_header import HEADER_PX
from seedream_desktop.imaging.markup import RGB, Line, MarkColour
from seedream_desktop.state.markup_hand import Tool

TOOL_SHORTCUTS = {
    Tool.CROP: "mark_crop",
    Tool.BOX: "mark_box",
    Tool.ARROW: "mark_arrow",
    Tool.BRUSH: "mark_brush",
}
COLOUR_KEYS = {MarkColour.RED: "1", MarkColour.BLUE: "2", MarkColour.GREEN: "3", MarkColour.YELLOW: "4"}
_LEAST_PX = 392  # tools, colours and lines as icons in one line
_SWATCH_PX = 16
_ICONS = {Tool.CROP: "crop", Tool.BOX: "box", Tool.ARROW: "arrow", Tool.BRUSH: "brush"}
_LINE_ICONS = {Line.THIN: "line_thin", Line.MEDIUM: "line_medium", Line.THICK: "line_thick"}


class Swatch(QAbstractButton):
    """A colour to draw with."""

    def __init__(self, colour: MarkColour) -> None:
        """Of that colour."""
        super().__init__()
        self._rgb = QColor(*RGB[colour])
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """The colour and a ring around it."""
        return QSize(_SWATCH_PX + 8, _SWATCH_PX + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A disc; a ring around the one that is used."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.rect().center()
            painter.setPen(QPen(QColor(colours.outline), 1))
            painter.setBrush(self._rgb)
            radius = _SWATCH_PX / 2 - 1
            painter.drawEllipse(middle, radius, radius)
            if self.isChecked() or self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = colours.accent if self.hasFocus() else colours.text
                painter.setPen(QPen(QColor(ring), 2))
                painter.drawEllipse(middle, radius + 3, radius + 3)


class MarkupRow(QWidget):
    """Shows what is chosen and emits wishes."""

    tool_chosen = Signal(object)  # Tool
    colour_chosen = Signal(object)  # MarkColour
    line_chosen = Signal(object)  # Line
    undo_requested = Signal()
    redo_requested = Signal()
    reset_requested = Signal()
    cancel_requested = Signal()
    use_requested = Signal()

    def __init__(self) -> None:
        """Offer everything; nothing is drawn yet."""
        super().__init__()
        self._number = 0
        self._tools = {tool: self._choice() for tool in Tool}
        self._colours = {colour: Swatch(colour) for colour in MarkColour}
        self._lines = {line: self._choice() for line in Line}
        self._undo, self._redo, self._reset = QToolButton(), QToolButton(), QToolButton()
        self._cancel, self._use = QToolButton(), QPushButton()
        self._others = (self._undo, self._redo, self._reset, self._cancel)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._is_one_line: bool | None = None
        self._build()
        self._connect()
        self._write_words()
        self._dress()

    def show_choice(self, tool: Tool, colour: MarkColour, line: Line) -> None:
        """Show what is drawn with."""
        self._tools[tool].setChecked(True)
        self._colours[colour].setChecked(True)
        self._lines[line].setChecked(True)

    def show_steps(self, *, can_undo: bool, can_redo: bool, can_reset: bool) -> None:
        """Say what can be taken back."""
        for button, is_live in ((self._undo, can_undo), (self._redo, can_redo), (self._reset, can_reset)):
            button.setEnabled(is_live)
        self._dress()

    def show_use(self, number: int, *, is_live: bool, reason: str) -> None:
        """Name the place in the tray (0: it has none any more), and why the copy cannot be used, if so."""
        self._number = number
        self._use.setEnabled(is_live)
        self._name_use()
        self._use.setToolTip(
            reason or self._tip(self.tr("Put the marked copy in its place"), portable("mark_use"))
        )
        self._use.setAccessibleDescription(reason)

    def set_keeping(self, is_keeping: bool) -> None:
        """While the copy is written nothing else can be done but to stop."""
        others = (*self._tools.values(), *self._colours.values(), *self._lines.values())
        for button in others:
            button.setEnabled(not is_keeping)

    def minimumSizeHint(self) -> QSize:
        """Room for what stands in one of two lines."""
        return QSize(_LEAST_PX, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _choice(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        return button

    def _build(self) -> None:
        self._use.setProperty("filled", True)
        for group in (self._tools.values(), self._colours.values(), self._lines.values()):
            together = QButtonGroup(self)
            for button in group:
                together.addButton(button)
        for tool_button in (*self._tools.values(), *self._lines.values(), *self._others):
            tool_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tool_button.setIconSize(QSize(ICON_PX, ICON_PX))
        self._cancel.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._reset.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        colours = _together(*self._colours.values(), gap_px=0)  # they have room of their own
        self._drawing = (_together(*self._tools.values()), colours, _together(*self._lines.values()))
        self._steps = _together(self._undo, self._redo, self._reset)
        self._end = _together(self._cancel, self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, SPACE_PX - 1, EDGE_PX, SPACE_PX - 1)
        column.setSpacing(SPACE_PX)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        for line in (self._upper, self._lower):
            line.setSpacing(GROUP_PX)
            column.addLayout(line)
        for part in self._drawing:
            self._upper.addWidget(part)
        self._upper.addStretch(1)
        self._lower.addStretch(1)
        self._place()

    def _connect(self) -> None:
        for tool, button in self._tools.items():
            button.clicked.connect(lambda _checked, tool=tool: self.tool_chosen.emit(tool))
        for colour, swatch in self._colours.items():
            swatch.clicked.connect(lambda _checked, colour=colour: self.colour_chosen.emit(colour))
        for line, button in self._lines.items():
            button.clicked.connect(lambda _checked, line=line: self.line_chosen.emit(line))
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._reset.clicked.connect(self.reset_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._use.clicked.connect(self.use_requested)

    def _write_words(self) -> None:
        for tool, button in self._tools.items():
            button.setText(tool_name(tool))
            self._name(button, tool_name(tool), portable(TOOL_SHORTCUTS[tool]))
        for colour, swatch in self._colours.items():
            self._name(swatch, colour_name(colour), COLOUR_KEYS[colour])
        for line, button in self._lines.items():
            keys = f"{portable('mark_thinner')} {portable('mark_thicker')}"
            self._name(button, line_name(line), keys)
        self._name(self._undo, self.tr("Undo on the picture"), portable("undo"))
        self._name(self._redo, self.tr("Redo on the picture"), portable("redo"))
        self._reset.setText(self.tr("Reset"))
        self._reset.setAccessibleName(self.tr("Reset"))
        self._reset.setToolTip(self.tr("Take away everything that is drawn, and the crop"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Leave the picture as it is"))
        tip = self.tr("Back; what is drawn is there again when the picture is marked up next")
        self._cancel.setToolTip(self._tip(tip, portable("back")))
        self._name_use()
        self._share_width()

    def _name_use(self) -> None:
        text = self.tr("Use as image {number}").format(number=self._number)
        self._use.setText(text if self._number else self.tr("Use as reference"))
        self._use.setAccessibleName(self._use.text())
        self._share_width()

    def _name(self, button: QAbstractButton, name: str, keys: str) -> None:
        button.setAccessibleName(name)
        button.setToolTip(self._tip(name, keys))

    def _tip(self, words: str, keys: str) -> str:
        shown = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
        native = shown.toString(QKeySequence.SequenceFormat.NativeText)
        return f"{words} ({keys if ' ' in keys else native})"

    def _share_width(self) -> None:
        """Say tools in words where there is room, and take a second line where there is none."""
        style = Qt.ToolButtonStyle
        for has_words in (True, False):
            kind = style.ToolButtonTextBesideIcon if has_words else style.ToolButtonIconOnly
            for button in self._tools.values():
                button.setToolButtonStyle(kind)
            if self._line_px() <= self.width():
                break
        self._place()
        if self.isVisible() and (layout := self.layout()) is not None:
            layout.activate()  # at once: else something is cut for the blink of an eye

    def _line_px(self) -> int:
        """How wide everything is in one line."""
        groups = (*self._drawing, self._steps, self._end)
        gaps_px = GROUP_PX * (len(groups) - 1)
        return sum(group.sizeHint().width() for group in groups) + gaps_px + 2 * EDGE_PX

    def _place(self) -> None:
        is_one_line = self._line_px() <= self.width()
        if is_one_line == self._is_one_line:
            return
        self._is_one_line = is_one_line
        for part in (self._steps, self._end):
            for line in (self._upper, self._lower):
                line.removeWidget(part)
        line = self._upper if is_one_line else self._lower
        line.insertWidget(line.count() - 1, self._steps)
        line.addWidget(self._end)
        self.setFixedHeight(HEADER_PX if is_one_line else 2 * HEADER_PX - SPACE_PX)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        for tool, button in self._tools.items():
            button.setIcon(icon(_ICONS[tool], colours.text))
        for line, button in self._lines.items():
            button.setIcon(icon(_LINE_ICONS[line], colours.text))
        for button, name in ((self._undo, "undo"), (self._redo, "redo")):
            button.setIcon(icon(name, colours.text if button.isEnabled() else colours.outline))


def portable(shortcut_id: str) -> str:
    """The key of one entry of the table, as the table writes it."""
    return keys_of(shortcut_id).toString(QKeySequence.SequenceFormat.PortableText)


def _together(*parts: QWidget, gap_px: int = GAP_PX) -> QWidget:
    """What stays side by side."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap_px)
    for part in parts:
        row.addWidget(part)
    return group
