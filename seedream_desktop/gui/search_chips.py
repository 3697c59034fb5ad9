"""Recognised words of the search line as chips: where they are, and how they are painted.

They stay text: the line makes room behind each for a cross, and a ground is painted around both. A word that
shall mean its letters only is a chip asleep: an outline, with a plus that wakes it; a filler of a sentence
sleeps until it shall mean its letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QInputMethodEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
)

if TYPE_CHECKING:
    from seedream_desktop.gui.theme import Colours
    from seedream_desktop.library.search_terms import Term

CROSS_ROOM_PX = 16
_CROSS_PX = 3.0  # from its middle
_SIDE_PX = 3.0  # before the first letter
_GROUND_OPACITY = 0.2
_CORNER_PX = 4.0
_FROM_THE_RIGHT = re.compile(  # what writes a part of the line from right to left
    "[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MEASURED_MOST = 500  # signs of a chip in such a line


@dataclass(frozen=True, slots=True)
class Chip:
    """A term that stands for more than its letters; ``start`` and ``end`` as Qt counts, in UTF-16."""

    term: Term
    start: int
    end: int
    is_asleep: bool = False  # it could, and shall not
    rightmost: int = -1  # its sign that is seen last; -1: of a line that is only written from the left

    @property
    def room_at(self) -> int:
        """The sign behind which the line makes room for the cross."""
        return self.end - 1 if self.rightmost < 0 else self.rightmost


def chips_of(text: str, terms: Sequence[Term], asleep: Sequence[Term] = ()) -> tuple[Chip, ...]:
    """The chips of a line: what was recognised and is understood, and what shall not be."""
    held = [(term, term.is_filler) for term in terms if _is_recognised(term)]
    held += [(term, not term.is_filler) for term in asleep]
    held.sort(key=lambda one: one[0].start)
    chips = (Chip(term, utf16(text, term.start), utf16(text, term.end), off) for term, off in held)
    if not _FROM_THE_RIGHT.search(text):
        return tuple(chips)
    layout = laid_out(text, QFont(), ())
    line = layout.lineAt(0)
    ends = ((chip, max(_signs(chip), key=lambda sign: _seen(line, sign, 1)[1])) for chip in chips)
    return tuple(replace(chip, rightmost=sign) for chip, sign in ends)


def utf16(text: str, place: int) -> int:
    """A place in ``text`` as Qt counts, to which most emojis are two."""
    return place + sum(letter > "\uffff" for letter in text[:place])


def code_points(text: str, place: int) -> int:
    """The way back."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace"))


def formats(
    chips: Sequence[Chip], problems: Sequence[tuple[int, int]], colours: Colours
) -> list[QTextLayout.FormatRange]:
    """How the line is set: with room behind chips, and a line below what is not understood."""
    made = []
    room, doubt = QTextCharFormat(), QTextCharFormat()
    room.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    room.setFontLetterSpacing(CROSS_ROOM_PX)
    doubt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    doubt.setUnderlineColor(QColor(colours.amber))
    for start, length, form in (
        *((chip.room_at, 1, room) for chip in chips),
        *((start, end - start, doubt) for start, end in problems),
    ):
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, length, form
        made.append(one)
    return made


def attributes(ranges: Sequence[QTextLayout.FormatRange], cursor: int) -> list[QInputMethodEvent.Attribute]:
    """The same as a line edit takes them: as an input method's, counted from the cursor."""
    kind = QInputMethodEvent.AttributeType.TextFormat
    return [QInputMethodEvent.Attribute(kind, one.start - cursor, one.length, one.format) for one in ranges]


def laid_out(text: str, font: QFont, ranges: Sequence[QTextLayout.FormatRange]) -> QTextLayout:
    """The line as the line edit lays it out, which tells nobody."""
    layout = QTextLayout(text, font)
    layout.setFormats(list(ranges))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


def place_of(chip: Chip, layout: QTextLayout, left_px: float, height_px: int) -> QRectF:
    """Where a chip is, the text beginning at ``left_px``."""
    line = layout.lineAt(0)
    if chip.rightmost < 0:
        start_px, end_px = (float(_x(line.cursorToX(place))) for place in (chip.start, chip.end))
    else:
        start_px, end_px = _seen(line, chip.start, len(_signs(chip)))
    high_px = line.height() + 2
    top_px = (height_px - high_px) / 2
    return QRectF(left_px + start_px - _SIDE_PX, top_px, end_px - start_px + _SIDE_PX, high_px)


def cross_of(place: QRectF) -> QRectF:
    """Where a chip that is seen there is clicked away."""
    return QRectF(place.right() - CROSS_ROOM_PX, place.top(), CROSS_ROOM_PX, place.height())


def paint(
    painter: QPainter, place: QRectF, colours: Colours, *, is_asleep: bool, has_ring: bool, is_hovered: bool
) -> None:
    """Paint ground and cross over the text; asleep an outline and a plus."""
    ground = QColor(colours.accent)
    ground.setAlphaF(0 if is_asleep else _GROUND_OPACITY)
    line = colours.accent if has_ring else colours.outline
    painter.setPen(QPen(QColor(line), 1) if has_ring or is_asleep else QPen(QColor(0, 0, 0, 0)))
    painter.setBrush(ground)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER_PX, _CORNER_PX)
    painter.setPen(QPen(QColor(colours.text if is_hovered or has_ring else colours.dim), 1.2))
    draw_cross(painter, cross_of(place).center(), is_plus=is_asleep)


def draw_cross(painter: QPainter, middle: QPointF, *, is_plus: bool = False) -> None:
    """Two short lines in the painter's pen."""
    arms = (
        (QPointF(_CROSS_PX + 1, 0), QPointF(0, _CROSS_PX + 1))
        if is_plus
        else (QPointF(_CROSS_PX, _CROSS_PX), QPointF(_CROSS_PX, -_CROSS_PX))
    )
    for arm in arms:
        painter.drawLine(QLineF(middle - arm, middle + arm))


def _signs(chip: Chip) -> range:
    return range(chip.start, min(chip.end, chip.start + _MEASURED_MOST))


def _seen(line: QTextLine, start: int, length: int) -> tuple[float, float]:
    """From where to where signs are seen; a cursor between two directions has two places."""
    runs = line.glyphRuns(start, length)
    left_px = min((place.x() for run in runs for place in run.positions()), default=0.0)
    return left_px, max((run.boundingRect().right() for run in runs), default=left_px)


def _is_recognised(term: Term) -> bool:
    return term.is_filler or (term.kind.value != "text" and term.problem is None)


def _x(found: object) -> float:
    """PySide gives a place, or a place with the nearest cursor."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
