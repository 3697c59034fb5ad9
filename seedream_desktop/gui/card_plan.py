"""Where everything on a job's tile lies: measured once, for painting and for pressing alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from seedream_desktop.generation.request import Size
from seedream_desktop.gui.cards import Act, Card, CardButton
from seedream_desktop.gui.gallery_layout import centred, fitted
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, SPACE_PX, caption_font

BAR_PX = 3
ICON_PX = 14
TITLE_LINES = 2
SAID_LINES = 5
_BUTTON_LEAST_PX = 24
_CROSS_PX = 24
_FIGURES_LEAST_PX = 68  # room for the time beside a button
_CARD_LEAST_PX = 172  # a card needs this width for its words, whatever shape was asked for


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines and where they stand."""

    rect: QRect
    lines: tuple[str, ...]
    font: QFont
    is_dim: bool = False
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class PlacedButton:
    """A button of a card; the one that dismisses is a small cross in the corner."""

    rect: QRect
    act: Act
    words: str


@dataclass(frozen=True, slots=True)
class CardPlan:
    """Where a card and its parts lie."""

    frame: QRect
    blocks: tuple[TextBlock, ...]
    buttons: tuple[PlacedButton, ...]
    bar: QRect | None
    icon: QPoint | None

    def act_at(self, point: QPoint) -> Act | None:
        """What a press at ``point`` would do."""
        return next((button.act for button in self.buttons if button.rect.contains(point)), None)


def plan_of(card: Card, size: Size | None, cell: QRect, font: QFont) -> CardPlan:
    """Measure ``card`` in ``cell``: in the shape that was asked for, larger where its words need it."""
    shape = size if size is not None and not size.is_preset else Size(width_px=1, height_px=1)
    frame = fitted(cell, shape.width_px, shape.height_px)
    width = min(cell.width(), max(frame.width(), _CARD_LEAST_PX))
    stack = _Stack(card, QSize(width - 2 * GROUP_PX, cell.height() - 2 * GROUP_PX), font)
    height = min(cell.height(), max(frame.height(), stack.height_px + 2 * GROUP_PX))
    frame = centred(cell, QSize(width, height))
    top = frame.top() + max(GROUP_PX, (height - stack.height_px) // 2)
    return stack.placed(frame, QPoint(frame.left() + GROUP_PX, top))


def wrapped(text: str, font: QFont, width_px: int, lines_at_most: int) -> tuple[str, ...]:
    """``text`` in so many lines at most, the last one cut short with an ellipsis."""
    flat = " ".join(text.split())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(flat, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= lines_at_most and (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        starts.append(line.textStart())
    layout.endLayout()
    cuts = [*starts[:lines_at_most], len(flat)]
    lines = [flat[start:end].strip() for start, end in pairwise(cuts)]
    if len(starts) > lines_at_most:
        lines[-1] = _elided(lines[-1], QFontMetrics(font), width_px)
    return tuple(lines)


class _Stack:
    """The parts of a card below one another, at the origin; what has no room is left out, buttons never."""

    def __init__(self, card: Card, room: QSize, font: QFont) -> None:
        self._room = room
        self._blocks: list[TextBlock] = []
        self._card = card
        self._bar: QRect | None = None
        self._icon: QPoint | None = None
        self._buttons = _button_rows(card.buttons, room.width(), font)
        self.height_px = 0
        is_single = len(self._buttons) == 1 and card.bar is not None
        beside = is_single and self._right_px() - SPACE_PX >= _FIGURES_LEAST_PX
        buttons_px = max((button.rect.bottom() + 1 for button in self._buttons), default=0)
        self._bottom = room.height() - (buttons_px + SPACE_PX if buttons_px else 0)
        self._add_words(font)
        if beside:
            self._end_beside(buttons_px)
        else:
            self._end_below(buttons_px)

    def placed(self, frame: QRect, by: QPoint) -> CardPlan:
        """Everything moved to where the card stands."""
        buttons = [_moved(button, by) for button in self._buttons]
        if self._card.dismiss_words:
            cross = QRect(frame.right() - _CROSS_PX - 2, frame.top() + 3, _CROSS_PX, _CROSS_PX)
            buttons.append(PlacedButton(cross, Act.DISMISS, self._card.dismiss_words))
        blocks = (replace(block, rect=block.rect.translated(by)) for block in self._blocks)
        bar = self._bar.translated(by) if self._bar is not None else None
        icon = self._icon + by if self._icon is not None else None
        return CardPlan(frame, tuple(blocks), tuple(buttons), bar, icon)

    def _add_words(self, font: QFont) -> None:
        card, width = self._card, self._room.width()
        title_px = width - (ICON_PX + GAP_PX if card.dismiss_words else 0)
        self._add(card.title, font, QRect(0, 0, title_px, 0), 1 if card.said else TITLE_LINES)
        if card.said:
            self.height_px += GAP_PX
            top, small = self.height_px, caption_font()
            indent = ICON_PX + GAP_PX if card.is_marked else 0
            if self._add(card.said, small, QRect(indent, 0, width - indent, 0), SAID_LINES) and indent:
                self._icon = QPoint(0, top + (QFontMetrics(small).height() - ICON_PX) // 2)
        if card.bar is not None:
            self._bar = QRect(0, self.height_px + SPACE_PX, width, BAR_PX)
            self.height_px = self._bar.bottom() + 1

    def _end_beside(self, buttons_px: int) -> None:
        """The figures left of the only button, as in a row."""
        top = self.height_px + SPACE_PX
        figures = QRect(0, 0, self._right_px() - SPACE_PX, 0)
        self._bottom = max(self._room.height(), top + buttons_px)
        self.height_px = top
        small = caption_font()
        self._add(self._card.figures, small, figures, 2, is_dim=True)
        self._buttons = (_moved(self._buttons[0], QPoint(self._right_px(), top)),)
        self.height_px = max(self.height_px, top + buttons_px)

    def _right_px(self) -> int:
        """Where the first button begins when it stands against the right edge."""
        return self._room.width() - self._buttons[0].rect.width()

    def _end_below(self, buttons_px: int) -> None:
        if self._card.figures:
            self.height_px += GAP_PX
            area = QRect(0, 0, self._room.width(), 0)
            if self._add(self._card.figures, caption_font(), area, 2, is_dim=True):
                self._blocks[-1] = replace(self._blocks[-1], is_urgent=self._card.is_urgent)
        if buttons_px:
            by = QPoint(0, self.height_px + SPACE_PX)
            self._buttons = tuple(_moved(button, by) for button in self._buttons)
            self.height_px = by.y() + buttons_px

    def _add(self, text: str, font: QFont, area: QRect, lines_at_most: int, is_dim: bool = False) -> bool:
        """Put ``text`` where the stack ends; False where there is no room for a line of it."""
        line_px = QFontMetrics(font).height()
        lines = min(lines_at_most, (self._bottom - self.height_px) // line_px)
        if lines < 1 or area.width() < line_px or not text.strip():
            return False
        shown = wrapped(text, font, area.width(), lines)
        rect = QRect(area.left(), self.height_px, area.width(), line_px * len(shown))
        self._blocks.append(TextBlock(rect, shown, font, is_dim))
        self.height_px = rect.bottom() + 1
        return True


def _button_rows(buttons: tuple[CardButton, ...], width_px: int, font: QFont) -> tuple[PlacedButton, ...]:
    """From the left, below one another where they do not fit, in the words for which there is room."""
    metrics = QFontMetrics(font)
    height = max(_BUTTON_LEAST_PX, metrics.height() + 6)
    placed: list[PlacedButton] = []
    x = y = 0
    for button in buttons:
        wide = [(text, metrics.horizontalAdvance(text) + 2 * SPACE_PX + GAP_PX) for text in _lengths(button)]
        text, width = next((one for one in wide if one[1] <= width_px), (wide[-1][0], width_px))
        if x and x + width > width_px:
            x, y = 0, y + height + GAP_PX
        placed.append(PlacedButton(QRect(x, y, width, height), button.act, text))
        x += width + GAP_PX
    return tuple(placed)


def _lengths(button: CardButton) -> tuple[str, ...]:
    return (button.words, *button.shorter)


def _moved(button: PlacedButton, by: QPoint) -> PlacedButton:
    return PlacedButton(button.rect.translated(by), button.act, button.words)


def _elided(line: str, metrics: QFontMetrics, width_px: int) -> str:
    """``line`` with an ellipsis at its end, short enough for the width."""
    while line and metrics.horizontalAdvance(f"{line}…") > width_px:
        line = line[:-1].rstrip()
    return f"{line}…"
