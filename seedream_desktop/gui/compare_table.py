"""Below compared pictures: what each is called and worth, and only what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.letter_choice import PaneButton
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.plain_text import PlainText
from seedream_desktop.gui.rating_slider import RatingSlider
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.gui.compare_words import Line
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.word_differences import Piece

_NARROW_PX = 300
_MARK_PX = 2  # the line above the picture that acts are for
_SHARE_MOST = 0.32  # of the height of what it stands in


class MarkedText(PlainText):
    """Words of which some are marked: half-bold on a ground of their own, so that no colour is needed."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._pieces: tuple[Piece, ...] = ()

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show them one after the other."""
        self._pieces = pieces
        self.show_text("".join(piece.text for piece in pieces))
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self) -> None:
        ground = QColor(colours_of(QGuiApplication.palette()).hairline)  # its own has no ground
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.DemiBold)
        marked.setBackground(ground)
        cursor.setPosition(0)
        for piece in self._pieces:
            count = len(piece.text.encode("utf-16-le")) // 2
            move, keep = QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(move, keep, count)
            if not piece.is_shared:
                cursor.setCharFormat(marked)
            cursor.setPosition(cursor.position())


class CompareCaption(QWidget):
    """What one picture is called, its stars, and whether it is rejected."""

    rating_requested = Signal(int)
    reject_requested = Signal()
    pressed = Signal()
    step_requested = Signal(
        int
    )  # another picture of the gallery shall stand here: the next (1), the last (-1)
    exchange_requested = Signal(int)  # place to change with
    leave_requested = Signal()

    def __init__(self) -> None:
        """Start about nothing."""
        super().__init__()
        self._is_active = False
        self.letter, self._name = PaneButton(), ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.stars, self.reject = RatingSlider(), QToolButton()
        self.reject.setCheckable(True)
        self.reject.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        named, judged = QHBoxLayout(), QHBoxLayout()
        for part in (self.letter, self._name):
            named.addWidget(part)
        named.addStretch(1)
        judged.addWidget(self.reject)
        judged.addStretch(1)
        judged.addWidget(self.stars)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, SPACE_PX, 0, SPACE_PX)
        for half in (named, judged):
            half.setSpacing(SPACE_PX)
        self._halves.setSpacing(GAP_PX)
        self._halves.addLayout(named, 1)
        self._halves.addLayout(judged)
        self.stars.rating_chosen.connect(self.rating_requested)
        self.reject.clicked.connect(lambda _: self.reject_requested.emit())
        self.letter.step_requested.connect(self.step_requested)
        self.letter.exchange_requested.connect(self.exchange_requested)
        self.letter.leave_requested.connect(self.leave_requested)

    def show_picture(
        self, picture: Picture, letters: Sequence[str], place: int, *, is_active: bool, has_choice: bool
    ) -> None:
        """Name and rate ``picture``, which is called as ``letters`` say in its ``place``."""
        letter = letters[place]
        self.letter.show_letter(letter, letters, is_active=is_active, has_choice=has_choice)
        self._name.show_text(picture.path.name)
        self._is_active = is_active
        self.stars.show_rating(picture.rating)
        self.stars.setAccessibleName(self.tr("Rating of {letter}").format(letter=letter))
        self.reject.setChecked(picture.rejected)
        self.reject.setText(self.tr("Rejected") if picture.rejected else self.tr("Reject"))
        self.reject.setAccessibleName(self.tr("Reject {letter}").format(letter=letter))
        self.reject.setToolTip(self.tr("Reject, or take it back (X)"))
        set_tone(self._name, "dim" if picture.rejected else "")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the stars stand below the name."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_PX
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self.reject.setStyleSheet("padding-left: 0;" if is_narrow else "")

    def minimumSizeHint(self) -> QSize:
        """The stars, and whole words beside them."""
        width_px = self.reject.sizeHint().width() + self.stars.sizeHint().width() + SPACE_PX
        return QSize(width_px, self._halves.minimumSize().height())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Acts are for this one from now on."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above the one that acts are for."""
        if self._is_active:
            with QPainter(self) as painter:
                painter.fillRect(0, 0, self.width(), _MARK_PX, QColor(colours_of(self.palette()).accent))


class CompareTable(QScrollArea):
    """Columns under the pictures; lines between them."""

    rating_requested = Signal(int, int)  # place, stars
    reject_requested = Signal(int)  # place
    activated = Signal(int)  # place
    step_requested = Signal(int, int)  # place, 1 or -1
    exchange_requested = Signal(int, int)  # places
    leave_requested = Signal(int)  # place

    def __init__(self, most: int) -> None:
        """For up to ``most`` pictures."""
        super().__init__()
        self._count = 0
        self._page, self._same = QWidget(), Label()
        self.captions = tuple(CompareCaption() for _ in range(most))
        self._lines: list[_LineRow] = []
        self._build()
        for place, caption in enumerate(self.captions):
            caption.rating_requested.connect(
                lambda rating, place=place: self.rating_requested.emit(place, rating)
            )
            caption.reject_requested.connect(lambda place=place: self.reject_requested.emit(place))
            caption.pressed.connect(lambda place=place: self.activated.emit(place))
            caption.step_requested.connect(lambda step, place=place: self.step_requested.emit(place, step))
            caption.exchange_requested.connect(
                lambda other, place=place: self.exchange_requested.emit(place, other)
            )
            caption.leave_requested.connect(lambda place=place: self.leave_requested.emit(place))
        self._write_words()

    def show_pictures(
        self, pictures: Sequence[Picture], labels: Sequence[str], active: int, *, has_choice: bool
    ) -> None:
        """Name the pictures; ``has_choice``: others can be put in their places."""
        self._count = len(pictures)
        for place, caption in enumerate(self.captions):
            caption.setVisible(place < self._count)
            if place < self._count:
                is_active = place == active
                picture = pictures[place]
                caption.show_picture(picture, labels, place, is_active=is_active, has_choice=has_choice)
        self.updateGeometry()

    def show_lines(self, lines: tuple[Line, ...] | None, labels: Sequence[str]) -> None:
        """Show what differs; None: that is not known yet."""
        self._same.setVisible(lines == ())
        shown = lines or ()
        while len(self._lines) < len(shown):
            self._lines.append(_LineRow(len(self.captions)))
            self._column.insertWidget(self._column.count() - 2, self._lines[-1])
        for row, line in zip(self._lines, shown, strict=False):
            row.show_line(line, labels)
        for number, row in enumerate(self._lines):
            row.setVisible(number < len(shown))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as what it says, but for most of the stage."""
        width_px = max(1, self.viewport().width())
        layout = self._page.layout()
        needed = layout.totalSizeHint().height() if layout is not None else 0
        if layout is not None and layout.hasHeightForWidth():  # words that are broken
            needed = layout.totalHeightForWidth(width_px)
        parent = self.parentWidget()
        most = round(parent.height() * _SHARE_MOST) if parent is not None else needed
        return QSize(super().sizeHint().width(), min(max(needed, 40), max(most, 40)))

    def minimumSizeHint(self) -> QSize:
        """The captions."""
        return QSize(200, 40)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie on the same ground as the pictures."""
        with QPainter(self.viewport()) as painter:
            ground = colours_of(QGuiApplication.palette()).canvas  # its own has none
            painter.fillRect(self.viewport().rect(), QColor(ground))
        super().paintEvent(event)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(EDGE_PX, 0, EDGE_PX, SPACE_PX)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(GROUP_PX)
        for caption in self.captions:
            head.addWidget(caption, 1)
        self._column.addLayout(head)
        set_tone(self._same, "dim")
        self._same.setContentsMargins(0, SPACE_PX, 0, SPACE_PX)
        self._same.setWordWrap(True)
        self._same.hide()
        self._column.addWidget(self._same)
        self._column.addStretch(1)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("What differs"))
        self._same.setText(self.tr("Nothing differs in what was asked for and what came."))


class _LineRow(QWidget):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._label = Label()
        self._label.setFont(caption_font())
        set_tone(self._label, "dim")
        self._cells = tuple(MarkedText() for _ in range(most))
        cells = QHBoxLayout()
        cells.setSpacing(GROUP_PX)
        for cell in self._cells:
            cells.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_PX)
        column.setSpacing(GAP_PX)
        column.addWidget(Hairline())
        column.addSpacing(GAP_PX)
        column.addWidget(self._label)
        column.addLayout(cells)

    def show_line(self, line: Line, labels: Sequence[str]) -> None:
        self._label.setText(line.label)
        for place, cell in enumerate(self._cells):
            cell.setVisible(place < len(line.cells))
            if place < len(line.cells):
                cell.show_pieces(line.cells[place])
                name = self.tr("{what} of {letter}").format(what=line.label, letter=labels[place])
                cell.setAccessibleName(name)
                cell.setToolTip(plain_tip(line.whole[place][:2000]))
                only = [piece.text.strip() for piece in line.cells[place] if not piece.is_shared]
                only_here = self.tr("Only here: {words}").format(words="; ".join(only)) if only else ""
                cell.setAccessibleDescription(only_here)
