"""Making one frame of a storyboard anew: its neighbours are references, and the result takes its place.

It is meant press by press, until the draft holds none of those references or the designer says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.expand import escaped
from seedream_desktop.generation.job import Frame
from seedream_desktop.generation.set_words import frame_words
from seedream_desktop.library.storyboard import neighbours

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.storyboard import Storyboard
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.session import Session

BESIDE_MOST = 4  # frames that go with one: more say no more about its place and may cost


@dataclass(frozen=True, slots=True)
class _Begun:
    recipe: Recipe  # of the request that made the frame
    prompt: str  # as that request was sent
    beside: tuple[Reference, ...]


class Redoing(QObject):
    """Fills the draft for a frame, and knows for which one it is. GUI thread."""

    changed = Signal()  # for another frame, or for none

    def __init__(self, session: Session) -> None:
        """Nothing is made anew yet."""
        super().__init__(session.draft)
        self._session = session
        self._beside: frozenset[str] = frozenset()
        self.number = 0  # of the frame, from 1
        session.draft.recipe_changed.connect(self._on_recipe_changed)

    @property
    def is_on(self) -> bool:
        """Whether the next press is for a frame."""
        return self._session.draft.frame is not None

    def begin(self, board: Storyboard, index: int) -> None:
        """Bring what makes the frame at ``index`` into the draft; one step to undo there."""
        session, frame = self._session, board.frames[index]
        draft = session.draft
        beside = [board.frames[one].front for one in neighbours(index, len(board.frames), BESIDE_MOST)]

        def read() -> _Begun:
            library = session.pictures.the_library()
            made = library.record(frame.front.id).made
            prompt = made.request.prompt if made.request is not None else frame.front.prompt
            return _Begun(made.recipe, prompt, tuple(self._reference(library, one) for one in beside))

        def fill(begun: _Begun) -> None:
            held = begun.recipe.references or ()
            model = begun.recipe.model or draft.recipe.model or ""
            most = session.catalog.model(model).references_max
            room = max(0, min(most, 14) - len(held))
            taken = begun.beside[:room]
            prompt = escaped(frame_words(begun.prompt, frame.set_index, board.asked))
            recipe = replace(
                begun.recipe, prompt=prompt, references=(*held, *taken), is_set=False, by_line=False
            )
            draft.frame = None
            draft.apply(recipe)
            draft.set_variations(1)
            draft.set_board(frame.front.board_id)
            self._beside = frozenset(one.sha256 for one in taken)
            self.number = index + 1
            place = (frame.press_index, (frame.set_index,))
            draft.frame = Frame(board.press_id, *place, board.pressed_ms, frame.front.sha256)
            self.changed.emit()

        session.reading.call(read, fill, lambda problem: session.intake.refused.emit((problem,)))

    def stop(self) -> None:
        """What the draft makes stands for itself again."""
        if self.is_on:
            self._session.draft.frame = None
            self.changed.emit()

    def _reference(self, library: Library, picture: Picture) -> Reference:
        checked = self._session.worker.check_reference(picture.path, None)
        return library.add_reference(picture.path, checked, picture.path.name)

    def _on_recipe_changed(self, recipe: Recipe) -> None:
        if self.is_on and self._beside.isdisjoint(one.sha256 for one in recipe.references or ()):
            self.stop()
