"""From a result to its edit: a picture of the library becomes image 1 of the draft, before its file is read.

Whoever pressed the key types on at once: the words must find the new draft, and a press must send that one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.generation.request import Reference

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.reference_intake import ReferenceIntake
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker


class Editing(QObject):
    """Begins edits, and has the references that they begin with looked at and kept. GUI thread."""

    def __init__(
        self,
        draft: Draft,
        pictures: Pictures,
        intake: ReferenceIntake,
        reading: TaskRunner,
        worker: Callable[[], Worker],
    ) -> None:
        """Files are looked at on ``reading``; what cannot be used is said as ``intake`` says it."""
        super().__init__()
        self._draft = draft
        self._pictures = pictures
        self._intake = intake
        self._reading = reading
        self._worker = worker

    def begin(self, picture: Picture) -> None:
        """Begin an edit of ``picture``; one whose measures are not known is read first."""
        known = _reference_of(picture) if picture.width_px and picture.height_px else None
        if known is not None and not self._is_begun(known):
            self._draft.edit_from(known)

        def as_reference() -> Reference:
            checked = self._worker().check_reference(picture.path, None)
            return self._pictures.the_library().add_reference(picture.path, checked, picture.path.name)

        self._reading.call(
            as_reference, lambda kept: self._on_kept(known, kept), lambda one: self._on_refused(known, one)
        )

    def _on_kept(self, known: Reference | None, kept: Reference) -> None:
        """Its file may be another by now than the one that the library knew."""
        references = self._draft.recipe.references or ()
        if known is None:
            self._draft.edit_from(kept)
        elif known != kept and known in references:
            self._draft.replace_reference(references.index(known), kept)

    def _on_refused(self, known: Reference | None, problem: Problem) -> None:
        """The draft is as it was, unless somebody has written words since."""
        if known is not None and self._is_begun(known):
            self._draft.undo()
        self._intake.refused.emit((problem,))

    def _is_begun(self, reference: Reference) -> bool:
        """Whether the draft is an edit of it to which nothing was added."""
        recipe = self._draft.recipe
        return self._draft.is_edit and not recipe.prompt and recipe.references == (reference,)


def _reference_of(picture: Picture) -> Reference:
    return Reference(
        picture.sha256,
        picture.media_type,
        picture.width_px,
        picture.height_px,
        picture.size_bytes,
        picture.path.name,
    )
