"""A layout of rows: what does not fit beside the others goes on in the next row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class FlowLayout(QLayout):
    """Rows from the left, or from the right with ``from_right``; shown in the order they were added."""

    def __init__(self, gap_px: int, *, from_right: bool = False) -> None:
        """``gap_px`` between neighbours and between rows."""
        super().__init__()
        self._gap_px = gap_px
        self._from_right = from_right
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put ``item`` after the others."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at a place out; None outside."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the width it is given."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width_px: int) -> int:
        """As many rows as that width needs."""
        around = self.contentsMargins()
        rows = self._rows(width_px - around.left() - around.right())
        between_px = self._gap_px * max(0, len(rows) - 1)
        return sum(_height(row) for row in rows) + between_px + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width_px = sum(size.width() for size in sizes) + self._gap_px * max(0, len(sizes) - 1)
        height_px = max((size.height() for size in sizes), default=0)
        return QSize(width_px, height_px).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The largest of them."""
        sizes = [item.sizeHint() for item in self._shown()]
        width_px = max((size.width() for size in sizes), default=0)
        height_px = max((size.height() for size in sizes), default=0)
        return QSize(width_px, height_px).grownBy(self.contentsMargins())

    def setGeometry(self, area: QRect) -> None:
        """Put everything into its place."""
        super().setGeometry(area)
        area = area.marginsRemoved(self.contentsMargins())
        top_px = area.top()
        for row in self._rows(area.width()):
            width_px = sum(item.sizeHint().width() for item in row) + self._gap_px * (len(row) - 1)
            left_px = area.left() + (max(0, area.width() - width_px) if self._from_right else 0)
            for item in row:
                size = item.sizeHint()
                item.setGeometry(
                    QRect(QPoint(left_px, top_px), QSize(min(size.width(), area.width()), size.height()))
                )
                left_px += size.width() + self._gap_px
            top_px += _height(row) + self._gap_px

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width_px: int) -> list[list[QLayoutItem]]:
        rows, used_px = list[list[QLayoutItem]](), 0
        for item in self._shown():
            needed_px = item.sizeHint().width()
            if rows and used_px + self._gap_px + needed_px <= width_px:
                rows[-1].append(item)
                used_px += self._gap_px + needed_px
            else:
                rows.append([item])
                used_px = needed_px
        return rows


def _height(row: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in row)
