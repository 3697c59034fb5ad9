"""What was spent and what is left, opened upwards from the status line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.cost_words import Money, balance_words, costs_words
from seedream_desktop.gui.dates import month_name, today
from seedream_desktop.gui.fact_list import FactList
from seedream_desktop.gui.origin_words import Fact
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, caption_font, colours_of, strong_font

WIDTH_PX = 380
_BUTTON_STYLE = "QPushButton { min-height: 20px; padding: 0; }"  # its words begin where the others do


class CostsPanel(QFrame):
    """Closes by itself when anything else is pressed, or on Escape."""

    table_requested = Signal()  # of all costs of the library

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._money = Money()
        self._above: QWidget | None = None
        self._title, self._note = Label(), Label()
        self.facts = FactList()
        self._title.setFont(strong_font())
        self._note.setFont(caption_font())
        self._note.setProperty("tone", "dim")
        self._note.setWordWrap(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX, GROUP_PX)
        column.setSpacing(GROUP_PX)
        self._table = QPushButton()
        self._table.setProperty("quiet", True)
        self._table.setStyleSheet(_BUTTON_STYLE)
        self._table.clicked.connect(self._on_table)
        for part in (self._title, self.facts, self._note):
            column.addWidget(part)
        column.addWidget(self._table, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(WIDTH_PX)

    def show_money(self, money: Money) -> None:
        """Show this."""
        self._money = money
        self._write()

    def pop_up(self, above: QWidget) -> None:
        """Open with the lower right corner on that of ``above``'s upper edge."""
        self._above = above
        self._write()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with an outline."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.panel))
            painter.setPen(QPen(QColor(colours.outline), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _write(self) -> None:
        self._title.setText(self.tr("Costs, {month}").format(month=month_name(today())))
        self.setAccessibleName(self.tr("Costs"))
        self._table.setText(self.tr("By month and model…"))
        self._table.setAccessibleName(self._table.text())
        self.facts.show_facts(self._facts())
        self._note.setText(
            self.tr("By the price lists of the day of each request. The provider's bill decides.")
        )
        self._fit()

    def _facts(self) -> tuple[Fact, ...]:
        money = self._money
        facts = [Fact(self.tr("Balance"), balance_words(money.balance), self._why_not_known())]
        if money.balance is not None and money.balance.used_usd is not None:
            spent = self.tr("{money} spent so far").format(money=words.money(money.balance.used_usd))
            facts.append(Fact(self.tr("Account"), spent))
        if money.spent is not None:
            facts.append(Fact(words.board(money.board), costs_words(money.spent.board)))
            facts.append(Fact(self.tr("All boards"), costs_words(money.spent.library)))
        return tuple(facts)

    def _why_not_known(self) -> str:
        return problem_words(self._money.problem).without_money if self._money.problem is not None else ""

    def _on_table(self) -> None:
        self.close()
        self.table_requested.emit()

    def _fit(self) -> None:
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH_PX))
        if self._above is not None:
            corner = self._above.mapToGlobal(QPoint(self._above.width(), 0))
            self.move(corner - QPoint(self.width(), self.height() + GAP_PX))
