"""Below the prompt, where it stands for many: its variables, its lines, and how many prompts that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QStringListModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.recipe import may_be_many
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, SPACE_PX, caption_font
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.gui.words import number

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.state.draft import Draft

_LONGEST = 2_000  # characters of the values of one variable
_LIST_PX = 320


class PromptChoices(QWidget):
    """Shows what the draft's prompt stands for and sets values; hidden while that is the prompt alone."""

    def __init__(self, draft: Draft, parent: QWidget) -> None:
        """Show what ``draft`` asks for, in ``parent``."""
        super().__init__(parent)
        self._draft = draft
        self._shown: Recipe | None = None
        self.by_line = Toggle()
        self._line_row = ParameterRow(self.by_line)
        self._rows: dict[str, ParameterRow] = {}
        self.fields: dict[str, QLineEdit] = {}  # of the variables, by their names
        self._sum, self.show_all = Label(), QPushButton()
        self._all: AllPrompts | None = None
        self._build()
        self._write_words()
        self.by_line.toggled.connect(draft.set_by_line)
        self.show_all.clicked.connect(self._on_show_all)
        draft.recipe_changed.connect(self._show)
        draft.variations_changed.connect(self._write_sum)
        self._show(draft.recipe)

    def focus_variable(self, name: str) -> None:
        """Put the focus where the values of a variable are written."""
        if name in self.fields:
            self.fields[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._write_sum()

    def _build(self) -> None:
        self._sum.setFont(caption_font())
        self._sum.setProperty("tone", "dim")
        self.show_all.setFont(caption_font())
        self.show_all.setProperty("quiet", True)
        last = QHBoxLayout()
        last.setSpacing(SPACE_PX)
        last.addWidget(self._sum, 1)
        last.addWidget(self.show_all)
        self._variables = QVBoxLayout()
        self._variables.setSpacing(GAP_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(self._variables)
        column.addWidget(self._line_row)
        column.addLayout(last)

    def _write_words(self) -> None:
        self._line_row.set_words(self.tr("One prompt per line"))
        self.by_line.setAccessibleName(self.tr("One prompt per line"))
        self.by_line.setToolTip(self.tr("Each line of the prompt is a request of its own"))
        self.show_all.setText(self.tr("Show all"))
        self.show_all.setAccessibleName(self.tr("Show all prompts"))
        for name in self.fields:
            self._name(name)

    def _name(self, name: str) -> None:
        field = self.fields[name]
        self._rows[name].set_words(name)
        field.setAccessibleName(self.tr("Values of {name}").format(name=name))
        field.setPlaceholderText(self.tr("one | or several"))
        field.setToolTip(self.tr("What stands in the place of the name; several values are parted by |"))

    def _show(self, recipe: Recipe) -> None:
        key = (recipe.prompt, recipe.variables, recipe.by_line)
        if self._shown is not None and key == (
            self._shown.prompt,
            self._shown.variables,
            self._shown.by_line,
        ):
            return
        self._shown = recipe
        has_lines = len([line for line in (recipe.prompt or "").splitlines() if line.strip()]) > 1
        is_by_line = bool(recipe.by_line)
        is_many = may_be_many(recipe) and not self._draft.expansion().is_single
        self._line_row.setVisible(has_lines or is_by_line)
        self.by_line.blockSignals(True)
        self.by_line.setChecked(is_by_line)
        self.by_line.blockSignals(False)
        self._show_variables(recipe)
        self._sum.setVisible(is_many)
        self.show_all.setVisible(is_many)
        self._write_sum()
        self.setVisible(has_lines or is_by_line or is_many)

    def _show_variables(self, recipe: Recipe) -> None:
        """A row for each, in the order of the prompt; the one that is written in stays."""
        names = self._draft.expansion().variables if may_be_many(recipe) else ()
        values = dict(recipe.variables or ())
        for name in [one for one in self._rows if one not in names]:
            row = self._rows.pop(name)
            self.fields.pop(name)
            self._variables.removeWidget(row)
            row.deleteLater()
        for place, name in enumerate(names):
            if name not in self._rows:
                self._add(name)
            if self._variables.indexOf(self._rows[name]) != place:
                self._variables.insertWidget(place, self._rows[name])
            if self.fields[name].text() != values.get(name, ""):
                self.fields[name].setText(values.get(name, ""))

    def _add(self, name: str) -> None:
        field = QLineEdit()
        field.setMaxLength(_LONGEST)
        self.fields[name] = field
        self._rows[name] = ParameterRow(field, stretched=True)
        self._name(name)
        field.textEdited.connect(lambda text: self._draft.set_variable(name, text))

    def _write_sum(self) -> None:
        prompts, requests = self._draft.expansion().count, self._draft.requests_count()
        self.show_all.setEnabled(bool(requests))
        if not requests:
            self._sum.clear()
        elif requests == prompts:
            self._sum.setText(self.tr("{count} prompts, one request each").format(count=number(prompts)))
        else:
            text = self.tr("{count} prompts × {variations} = {requests} requests")
            self._sum.setText(
                text.format(
                    count=number(prompts),
                    variations=number(self._draft.variations),
                    requests=number(requests),
                )
            )

    def _on_show_all(self) -> None:
        if self._all is None:
            self._all = AllPrompts(self)
        self._all.open_by(self.show_all, [cell.prompt for cell in self._draft.expansion().cells()])


class AllPrompts(Popup):
    """Every prompt that will be sent, in its order; the words can be copied."""

    def __init__(self, parent: QWidget) -> None:
        """Empty."""
        super().__init__(parent)
        self._model = QStringListModel(self)
        self._title, self.list = Label(), QListView()
        self.list.setModel(self._model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.setSpacing(GAP_PX)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.setMinimumHeight(_LIST_PX)
        self.column.addWidget(self._title)
        self.column.addWidget(self.list)

    def open_by(self, button: QWidget, prompts: list[str]) -> None:
        """Open beside ``button``."""
        self._model.setStringList(prompts)
        self._title.setText(self.tr("{count} prompts").format(count=number(len(prompts))))
        self.list.setAccessibleName(self.tr("Prompts"))
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + GROUP_PX))
        screen = button.screen().availableGeometry()
        top_px = min(corner.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), corner.x()), max(screen.top(), top_px))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
