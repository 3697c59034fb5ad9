"""Gives combo boxes their names for screen readers on every system.

WORKAROUND: on Unix Qt reports a combo box's current text as its name (``QAccessibleComboBox::text``, 6.11),
so that nobody can tell *Model* from *Format*. It can go when Qt reports the accessible name there too.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QAccessibleWidget, QApplication, QComboBox

_INSTALLED = "seedream_names_combo_boxes"  # a property of the application: once is enough


class AccessibleChoice(QAccessibleWidget):
    """A combo box with its own name, its current text as value, and the list of its entries as child."""

    def __init__(self, combo: QComboBox) -> None:
        """Speak for ``combo``."""
        super().__init__(combo, QAccessible.Role.ComboBox)
        entries = combo.view()
        entries.selectionModel().selectionChanged.connect(lambda: _follow(entries))

    def text(self, kind: QAccessible.Text) -> str:
        """The name and the value; the rest as any widget."""
        combo = self._combo()
        if kind == QAccessible.Text.Name and combo.accessibleName():
            return combo.accessibleName()
        if kind in {QAccessible.Text.Name, QAccessible.Text.Value}:
            return combo.currentText()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """That of a widget that opens."""
        state = super().state()
        state.expandable = True
        state.expanded = bool(self._combo().view().isVisible())
        return state

    def childCount(self) -> int:
        """The list."""
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        """The list of entries; what is selected there while it is closed is chosen."""
        entries = self._combo().view()
        return QAccessible.queryAccessibleInterface(entries) if index == 0 else super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """0 for the list."""
        return 0 if child.object() is self._combo().view() else -1

    def actionNames(self) -> list[str]:
        """It opens, and it takes the focus."""
        return [self.showMenuAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Open it."""
        if name == self.showMenuAction():
            self._combo().showPopup()
        else:
            super().doAction(name)

    def _combo(self) -> QComboBox:
        return cast(QComboBox, self.object())


def name_combo_boxes(application: QApplication) -> None:
    """From now on combo boxes have their names for screen readers. Calling it again does nothing."""
    if not application.property(_INSTALLED):
        application.setProperty(_INSTALLED, True)
        QAccessible.installFactory(_interface_for)


def _follow(entries: QAbstractItemView) -> None:
    """What a screen reader selects in the closed list is chosen; in the open one the designer still looks."""
    container, chosen = entries.parentWidget(), entries.selectionModel().selectedIndexes()
    combo = container.parentWidget() if container else None
    if isinstance(combo, QComboBox) and chosen and not entries.isVisible():
        combo.setCurrentIndex(chosen[0].row())


def _interface_for(_class_name: str, of: QObject) -> QAccessibleInterface | None:
    return AccessibleChoice(of) if isinstance(of, QComboBox) and not of.isEditable() else None
