"""How a row of the queue is drawn: the shape that was asked for, two lines of the prompt, the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import JobState, now_ms
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.link_words import is_urgent
from seedream_desktop.gui.plain_label import TIP_CHARACTERS
from seedream_desktop.gui.queue_model import ROW_ROLE
from seedream_desktop.gui.queue_rows import QueueRow, is_undecided
from seedream_desktop.gui.queue_words import act_words, detail_words, state_words
from seedream_desktop.gui.ring_list import has_ring
from seedream_desktop.gui.theme import (
    EDGE_PX,
    GAP_PX,
    GROUP_PX,
    TILE_CORNER_PX,
    Colours,
    caption_font,
    colours_of,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.job import MissingPicture
    from seedream_desktop.generation.request import Size

SHAPE_PX = 40
_BUTTON_WIDTH_PX = 26  # of a button beside its words, with the gap before it
_BUTTON_HEIGHT_PX = 8  # of a button above and below its words
_WORDS_LEAST_PX = 16
_SIGN_PX = 14
_PROMPT_LINES = 2
_STATE_LINES = 3
_REMEMBERED_MOST = 4096
_FIRST_LINE_MOST = 400  # characters; more never fit into one line
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Heights:
    font_key: str
    line_px: int
    caption_line_px: int
    acts_px: int


class QueueDelegate(QStyledItemDelegate):
    """Draws everything of a row but its buttons, which are real ones."""

    def __init__(self, parent: QWidget) -> None:
        """Draw in a list that is as wide as ``parent``."""
        super().__init__(parent)
        self._heights = _Heights("", 0, 0, 0)
        self._prompt_lines: dict[tuple[str, int], int] = {}  # by prompt and width
        self._state_lines: dict[tuple[Problem | None, tuple[MissingPicture, ...], JobState, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as prompt, state and buttons need; quick, for it is asked of every row."""
        if option.font.key() != self._heights.font_key:
            self._heights = _heights(option.font)
            self._prompt_lines.clear()
            self._state_lines.clear()
        row, heights = row_of(index), self._heights
        width_px = option.rect.width() - 2 * EDGE_PX - SHAPE_PX - GROUP_PX
        prompt_px = self._lines_of_prompt(row, option.fontMetrics, width_px) * heights.line_px
        state_px = self._lines_of_state(row, width_px) * heights.caption_line_px
        foot_px = heights.acts_px if row.acts else heights.caption_line_px
        return QSize(0, prompt_px + GAP_PX + state_px + GAP_PX + foot_px + 2 * GROUP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw shape, prompt, state, board and cost."""
        row, colours = row_of(index), colours_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell: QRect = option.rect
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), QColor(colours.hairline))
        if has_ring(option):
            painter.setPen(QPen(QColor(colours.accent), 1))
            ring = QRectF(cell).adjusted(GAP_PX + 0.5, GAP_PX + 0.5, -GAP_PX - 0.5, -GAP_PX - 0.5)
            painter.drawRoundedRect(ring, TILE_CORNER_PX, TILE_CORNER_PX)
        inner = cell.adjusted(EDGE_PX, GROUP_PX, -EDGE_PX, -GROUP_PX)
        _paint_shape(painter, QRect(inner.topLeft(), QSize(SHAPE_PX, SHAPE_PX)), row, colours)
        text = inner.adjusted(SHAPE_PX + GROUP_PX, 0, 0, 0)
        _paint_words(painter, text, row, option.font, colours)
        painter.restore()

    def _lines_of_prompt(self, row: QueueRow, metrics: QFontMetrics, width_px: int) -> int:
        prompt = plain(row.job.request.prompt, TIP_CHARACTERS)
        key = (prompt, width_px)
        if key not in self._prompt_lines:
            if len(self._prompt_lines) > _REMEMBERED_MOST:
                self._prompt_lines.clear()
            text = " ".join(prompt[:_FIRST_LINE_MOST].split())
            self._prompt_lines[key] = 1 if metrics.horizontalAdvance(text) < width_px - 1 else _PROMPT_LINES
        return self._prompt_lines[key]

    def _lines_of_state(self, row: QueueRow, width_px: int) -> int:
        """Only a problem takes more than one line."""
        if not is_undecided(row.job):
            return 1
        key = (row.job.problem, row.job.missing, row.job.state, width_px)
        if key not in self._state_lines:
            if len(self._state_lines) > _REMEMBERED_MOST:
                self._state_lines.clear()
            lines = _lines(
                state_words(row, now_ms()), caption_font(), width_px - _sign_room(row), _STATE_LINES
            )
            self._state_lines[key] = max(1, len(lines))
        return self._state_lines[key]


def row_of(index: _Index) -> QueueRow:
    """The row of an index of the queue's own model."""
    row = index.data(ROW_ROLE)
    assert isinstance(row, QueueRow)  # noqa: S101 - the delegate is for this model only
    return row


def _paint_words(painter: QPainter, text: QRect, row: QueueRow, font: QFont, colours: Colours) -> None:
    painter.setPen(QColor(colours.text))
    top_px = text.top() + _draw_text(
        painter,
        text.topLeft(),
        plain(row.job.request.prompt, TIP_CHARACTERS),
        font,
        text.width(),
        _PROMPT_LINES,
    )
    top_px += GAP_PX
    sign, tone = _sign_of(row, colours)
    left_px = text.left()
    if sign:
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(left_px, top_px, icon_pixmap(sign, tone, _SIGN_PX, scale))
        left_px += _sign_room(row)
    painter.setPen(QColor(tone or colours.dim))
    width_px = text.right() + 1 - left_px
    state = state_words(row, now_ms())
    most_lines = _STATE_LINES if is_undecided(row.job) else 1
    _draw_text(painter, QPoint(left_px, top_px), state, caption_font(), width_px, most_lines)
    painter.setPen(QColor(colours.amber if is_urgent(row.job) else colours.dim))
    painter.setFont(caption_font())
    metrics = QFontMetrics(caption_font())
    height_px = _acts_height_px() if row.acts else metrics.height()
    foot = QRect(text.left(), text.bottom() + 1 - height_px, text.width() - _acts_width_px(row), height_px)
    told = plain(" · ".join(detail_words(row)), TIP_CHARACTERS)
    details = metrics.elidedText(told, Qt.TextElideMode.ElideRight, foot.width())
    painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, details)


def _heights(font: QFont) -> _Heights:
    return _Heights(font.key(), _line_px(font), _line_px(caption_font()), _acts_height_px())


def _acts_height_px() -> int:
    return max(_WORDS_LEAST_PX, QFontMetrics(caption_font()).height()) + _BUTTON_HEIGHT_PX


def _acts_width_px(row: QueueRow) -> int:
    metrics = QFontMetrics(caption_font())
    words = (act_words(act, row)[0] for act in row.acts)
    return sum(metrics.horizontalAdvance(text) + _BUTTON_WIDTH_PX for text in words)


def _paint_shape(painter: QPainter, area: QRect, row: QueueRow, colours: Colours) -> None:
    shape = _shape(row.job.request.size).scaled(QSizeF(area.size()), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRectF(QPointF(0, 0), shape)
    box.moveCenter(QRectF(area).center())
    is_running = row.job.state in {JobState.SENDING, JobState.ANSWERED} and not is_undecided(row.job)
    if len(row.jobs) > 1:
        painter.setPen(QPen(QColor(colours.hairline), 1))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(box.translated(3, -3).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QPen(QColor(colours.accent if is_running else colours.outline), 1))
    painter.setBrush(QColor(colours.raised))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _shape(size: Size | None) -> QSizeF:
    if size is None or size.is_preset:
        return QSizeF(1, 1)
    return QSizeF(size.width_px, size.height_px)


def _sign_of(row: QueueRow, colours: Colours) -> tuple[str, str]:
    """Icon and colour of a problem; never colour alone."""
    job = row.job
    if row.is_held_up:
        return ("warning", colours.amber)
    if not is_undecided(job):
        return ("", "")
    is_certain = job.state is JobState.FAILED or (
        bool(job.missing) and all(one.problem.billed is not Billed.MAYBE for one in job.missing)
    )
    return ("failed", colours.red) if is_certain else ("warning", colours.amber)


def _sign_room(row: QueueRow) -> int:
    return _SIGN_PX + GAP_PX if row.is_held_up or is_undecided(row.job) else 0


def _draw_text(
    painter: QPainter, corner: QPoint, text: str, font: QFont, width_px: int, most_lines: int
) -> int:
    """Draw at most so many lines, the last one cut short; returns their height."""
    painter.setFont(font)
    metrics = QFontMetrics(font)
    lines = _lines(text, font, width_px, most_lines)
    for number, line in enumerate(lines):
        baseline = (
            corner.y()
            + number * _line_px(font)
            + (_line_px(font) + metrics.ascent() - metrics.descent()) // 2
        )
        painter.drawText(corner.x(), baseline, line)
    return max(1, len(lines)) * _line_px(font)


def _line_px(font: QFont) -> int:
    return QFontMetrics(font).height() + 1


def _lines(text: str, font: QFont, width_px: int, most_lines: int) -> list[str]:
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = list[str]()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width_px))
        if len(lines) == most_lines - 1:
            rest = _part(text, line.textStart(), len(text) * 2)
            lines.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width_px))
            break
        lines.append(_part(text, line.textStart(), line.textStart() + line.textLength()).rstrip())
    layout.endLayout()
    return lines


def _part(text: str, start: int, end: int) -> str:
    """A part of ``text`` by Qt's positions, which count UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")
