"""Below the references: what cannot be sent, that they are much to send, and the way to send less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.sent_words import bytes_words, sent_words
from seedream_desktop.gui.theme import GAP_PX, caption_font
from seedream_desktop.state.sent_forms import MUCH_BYTES

if TYPE_CHECKING:
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.sent_forms import SentForms

_WORTH_IT = 0.95  # of the bytes; what saves less is not offered


class SendingRow(QWidget):
    """Hidden while there is little to send and nothing was wished."""

    def __init__(self, draft: Draft, forms: SentForms) -> None:
        """Follow ``forms``; the wish goes into ``draft``."""
        super().__init__()
        self._draft = draft
        self._forms = forms
        self._unfit, self._words = Label(), Label()
        self._act = QPushButton()
        self._build()
        self._act.clicked.connect(self._on_clicked)
        forms.changed.connect(self.show_total)
        self.show_total()

    def show_total(self) -> None:
        """Say how much there is to send, and what can be done about it."""
        forms = self._forms
        is_smaller = forms.is_smaller_wanted
        before_bytes, after_bytes = forms.as_they_are_bytes(), forms.smaller_bytes()
        is_much = before_bytes > MUCH_BYTES
        unfit = forms.problems()
        self._unfit.setText("\n".join(problem_words(problem).without_money for problem in unfit))
        self._unfit.setVisible(bool(unfit))
        is_told = bool(self._draft.recipe.references) and (is_much or is_smaller)
        self._words.setVisible(is_told)
        self.setVisible(is_told or bool(unfit))
        set_tone(self._words, "dim" if is_smaller else "amber")
        if is_smaller:
            self._say_smaller(before_bytes, after_bytes)
        else:
            self._say_much(before_bytes, after_bytes)
        self._act.setVisible(is_told and (is_smaller or _is_worth_it(before_bytes, after_bytes)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_total()

    def _build(self) -> None:
        for label in (self._unfit, self._words):
            label.setFont(caption_font())
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_tone(self._unfit, "amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_PX, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self._unfit)
        column.addWidget(self._words)
        column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignLeft)

    def _say_much(self, before_bytes: int, after_bytes: int | None) -> None:
        text = self.tr("More than {size}: slow to send, and it may be refused.")
        self._words.setText(text.format(size=words.size_in_mb(MUCH_BYTES)))
        if after_bytes is None:
            self._name_act(self.tr("Send smaller"))
            return
        figures = bytes_words(before_bytes, after_bytes)
        self._name_act(self.tr("Send smaller ({figures})").format(figures=figures))
        self._tell_losses(self._losses())

    def _say_smaller(self, before_bytes: int, after_bytes: int | None) -> None:
        if after_bytes is None:
            self._words.setText(self.tr("They are being made smaller …"))
        else:
            figures = bytes_words(before_bytes, after_bytes)
            self._words.setText(self.tr("Made smaller to be sent: {figures}").format(figures=figures))
        self._words.setToolTip(self._losses())
        self._name_act(self.tr("Send as they are"))
        self._tell_losses("")

    def _name_act(self, name: str) -> None:
        self._act.setText(name)
        self._act.setAccessibleName(name)

    def _tell_losses(self, losses: str) -> None:
        self._act.setToolTip(plain_tip(losses))
        self._act.setAccessibleDescription(losses.replace("\n", "; "))

    def _losses(self) -> str:
        """What each picture would be sent as, a line for each."""
        references = self._draft.recipe.references or ()
        text = self.tr("image {number}: {words}")
        return "\n".join(
            text.format(number=number, words=sent_words(reference, form))
            for number, reference in enumerate(references, 1)
            if (form := self._forms.smaller(reference)) is not None
        )

    def _on_clicked(self) -> None:
        self._draft.set_smaller_references(not self._forms.is_smaller_wanted)


def _is_worth_it(before_bytes: int, after_bytes: int | None) -> bool:
    return after_bytes is not None and after_bytes < _WORTH_IT * before_bytes
