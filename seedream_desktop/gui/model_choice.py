"""The choice of the model: those that the key may use, and dim below them those that it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QStandardItem, QStandardItemModel

from seedream_desktop.gui import words
from seedream_desktop.gui.controls import Choice
from seedream_desktop.gui.plain_label import plain_tip
from seedream_desktop.gui.theme import caption_font, colours_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.offer import Offer
    from seedream_desktop.gui.model_lines import ModelLines

_IN_VIEW = 20  # entries, without scrolling
_BAR_PX = 16  # for the list's frame, and its scroll bar where the screen is low
LINE_ROLE = Qt.ItemDataRole.UserRole + 1  # what stands below the name


class ModelChoice(Choice):
    """A combo box of models; an entry's data is the id to ask for. What is folded away cannot be chosen."""

    def __init__(self, offer: Offer) -> None:
        """Offer the models of ``offer``."""
        super().__init__()
        self._offer = offer
        self._entries = QStandardItemModel(self)
        self._shown: Model | None = None
        self._lines: ModelLines | None = None
        self.setModel(self._entries)
        self.setMaxVisibleItems(_IN_VIEW)

    def show_offer(self, offer: Offer, model: Model) -> None:
        """Offer other models; ``model`` is the one that is chosen, whether the key may use it or not."""
        self._offer, self._shown = offer, model
        self._fill()

    def show_model(self, model: Model) -> None:
        """Have ``model`` chosen; one that is not in the list is added to it."""
        is_other = self._shown is None or self._shown.id != model.id
        self._shown = model
        if is_other and self.findData(model.id) < 0:
            self._fill()
        self.setCurrentIndex(self.findData(model.id))

    def showPopup(self) -> None:
        """Begin where keys lead somewhere: at the first model, if the chosen one is folded away."""
        if self._lines is None:
            from seedream_desktop.gui.model_lines import ModelLines  # late: no start needs it

            self._lines = ModelLines(self)
            self.setItemDelegate(self._lines)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _BAR_PX)
        super().showPopup()
        if not self.view().currentIndex().flags() & Qt.ItemFlag.ItemIsEnabled:
            self.view().setCurrentIndex(self._entries.index(0, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._fill()

    def _fill(self) -> None:
        offered, folded = self._offer.offered, self._offer.folded
        own = self._shown
        if own is not None and all(own.id != one.id for one in (*offered, *folded)):
            if self._offer.holds(own.id):
                offered = (*offered, own)
            else:
                folded = (own, *folded)
        self.blockSignals(True)  # the model that is chosen stays the same
        self._entries.clear()
        for model, name in _named(offered):
            self._entries.appendRow(_entry(model, name))
        if folded:
            self._fold(folded)
        if own is not None:
            self.setCurrentIndex(self.findData(own.id))
        self.blockSignals(False)
        self.updateGeometry()

    def _fold(self, folded: tuple[Model, ...]) -> None:
        reason = self.tr("The provider does not list it among the models of your key")
        self.insertSeparator(self.count())
        heading = QStandardItem(self.tr("Not offered to this key"))
        heading.setFont(caption_font())
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        dim = QBrush(QColor(colours_of(self.palette()).dim))
        heading.setForeground(dim)
        self._entries.appendRow(heading)
        for model, name in _named(folded):
            entry = _entry(model, name)
            entry.setFlags(Qt.ItemFlag.NoItemFlags)
            entry.setAccessibleText(self.tr("{model}, not offered to this key").format(model=name))
            entry.setForeground(dim)
            entry.setToolTip(plain_tip(reason))
            entry.setData(reason, Qt.ItemDataRole.AccessibleDescriptionRole)
            self._entries.appendRow(entry)


def _entry(model: Model, name: str) -> QStandardItem:
    line = words.model_facts(model)
    entry = QStandardItem(name)
    entry.setData(model.id, Qt.ItemDataRole.UserRole)
    entry.setToolTip(plain_tip(line))
    entry.setData(line, Qt.ItemDataRole.AccessibleDescriptionRole)
    entry.setData(line, LINE_ROLE)
    return entry


def _named(models: Iterable[Model]) -> tuple[tuple[Model, str], ...]:
    """Each with its name; one whose name another has already goes by its id."""
    named: list[tuple[Model, str]] = []
    taken: set[str] = set()
    for model in models:
        name = words.model_name(model)
        named.append((model, model.id if name in taken else name))
        taken.add(name)
    return tuple(named)
