"""What the prompt says of references: dressed once the window is complete, told where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

if TYPE_CHECKING:
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.session import Session


class PromptTie(QObject):
    """Ties the prompt to the thumbnails."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Dress what stands there already."""
        super().__init__(parts.window)
        self._draft = session.draft
        self._compose = parts.window.compose
        self._compose.prompt.dress(session.thumbnails, session.reference_path)
        session.draft.recipe_changed.connect(self._describe)
        self._compose.words_written.connect(self._describe)
        self._describe()

    def _describe(self) -> None:
        """What an eye sees at the chips, for a screen reader."""
        prompt, references = self._compose.prompt, self._draft.recipe.references or ()
        missing = sorted({number for number in prompt.spoken_of() if number > len(references)})
        text = QCoreApplication.translate(
            "ProblemList", "The prompt speaks of references that are not there: {numbers}."
        )
        prompt.describe(text.format(numbers=", ".join(map(str, missing))) if missing else "")
