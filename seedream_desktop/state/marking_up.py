"""Marking up a reference: what is drawn, every step of it, and the copy that takes the reference's place.

The original is never written to. A copy that was marked before is drawn on anew from its original, with
every stroke still to be moved; what was drawn and not used is there again when it is opened next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from seedream_desktop.files import disk_problems
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.decoding import refuse_size
from seedream_desktop.imaging.limits import PICTURE_LIMITS, Limits
from seedream_desktop.imaging.markup import MARKS_MOST, Markup
from seedream_desktop.library.markups import MarkedCopy

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.tasks import Task, TaskRunner

STEPS = 2  # of keeping a copy: it is drawn, it is kept
_STEPS_KEPT = 200
_LEFT_KEPT = 32  # references whose strokes are remembered though they were not used


class Marker(Protocol):
    """The worker process, as far as it draws."""

    def mark_up(
        self, path: Path, sha256: str, markup: Markup, target: Path, thumbnail: Path | None
    ) -> CheckedPicture:
        """Write a marked copy. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class Used:
    """A marked copy that has taken its place. ``index``: in the tray, from 0."""

    index: int
    markup: Markup


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a picture, and the way there."""

    base: Reference
    markup: Markup
    undo: list[tuple[Markup, str]] = field(default_factory=list)
    redo: list[Markup] = field(default_factory=list)


class MarkingUp(QObject):
    """One reference at a time. GUI thread."""

    opened = Signal()  # another picture is drawn on
    changed = Signal()  # ``markup``, or what can be undone
    place_changed = Signal()  # ``index``, or what the model takes
    stepped = Signal(int)  # of STEPS, while a copy is kept; from any thread
    keeping_changed = Signal(bool)
    used = Signal(object)  # Used
    failed = Signal(object)  # Problem: no copy was kept, and everything is as it was

    def __init__(
        self,
        draft: Draft,
        runner: TaskRunner,
        library: Callable[[], Library],
        marker: Callable[[], Marker],
        thumbnail_path: Callable[[str], Path],
        parent: QObject | None = None,
    ) -> None:
        """``library``, ``marker`` and ``thumbnail_path`` are called on ``runner``."""
        super().__init__(parent)
        self._draft = draft
        self._runner = runner
        self._library = library
        self._marker = marker
        self._thumbnail_path = thumbnail_path
        self.reference: Reference | None = None  # as it stands in the tray
        self.index = -1  # in the tray; -1: it was taken out
        self._drawn: _Drawn | None = None
        self._kept: MarkedCopy | None = None  # what the reference says of itself
        self._left: dict[str, _Drawn] = {}
        self._finding: Task | None = None
        self._keeping: Task | None = None
        draft.recipe_changed.connect(self._on_recipe_changed)

    @property
    def base(self) -> Reference | None:
        """The picture that is drawn on: the reference, or what it was made of."""
        return None if self._drawn is None else self._drawn.base

    @property
    def markup(self) -> Markup:
        """What is drawn."""
        return Markup(1, 1) if self._drawn is None else self._drawn.markup

    @property
    def is_original(self) -> bool:
        """Whether it is what a marked copy was made of that is drawn on."""
        return self.base is not None and self.base != self.reference

    @property
    def has_original(self) -> bool:
        """Whether the reference is a marked copy whose strokes are known."""
        return self._kept is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return bool(self._drawn and self._drawn.undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to go forth."""
        return bool(self._drawn and self._drawn.redo)

    @property
    def is_keeping(self) -> bool:
        """Whether a copy is on its way."""
        return self._keeping is not None

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another mark."""
        return len(self.markup.marks) >= MARKS_MOST

    @property
    def is_new(self) -> bool:
        """Whether using it would change anything."""
        if self._kept is not None and self.is_original:
            return self.markup != self._kept.markup
        return not self.markup.is_empty

    def unfit(self) -> Problem | None:
        """Why the model would not take the copy: what is left of the picture is too small or too narrow."""
        rules, area = self._draft.model.reference_rules, self.markup.area
        limits = Limits(PICTURE_LIMITS.size_bytes, PICTURE_LIMITS.pixels, rules.side_px, rules.aspect)
        try:
            refuse_size(self.reference.name if self.reference else "", area.width_px, area.height_px, limits)
        except ProblemError as error:
            return error.problem
        return None

    def open(self, index: int) -> None:
        """Draw on the reference at ``index``; ``opened`` tells once it is known what was drawn before."""
        references = self._draft.recipe.references or ()
        if not 0 <= index < len(references):
            return
        self.leave()
        self.reference, self.index = references[index], index
        reference = references[index]

        def find() -> MarkedCopy | None:
            library = self._library()
            marked = library.markups.of(reference.sha256)
            if marked is not None:
                try:
                    library.reference_path(marked.original)
                except ProblemError:  # it was swept or deleted: the copy is drawn on as it is
                    return None
            return marked

        if self._finding is not None:
            self._finding.cancel()
        self._finding = self._runner.call(find, self._begin, lambda _: self._begin(None))

    def leave(self) -> None:
        """Put it aside; what is drawn is there again when the reference is opened next."""
        if self._keeping is not None:
            self.stop_keeping()
        if self.reference is not None and self._drawn is not None:
            self._left.pop(self.reference.sha256, None)
            if self.is_new:
                self._left[self.reference.sha256] = self._drawn
                while len(self._left) > _LEFT_KEPT:
                    del self._left[next(iter(self._left))]
        self.reference, self._drawn, self._kept, self.index = None, None, None, -1

    def change(self, markup: Markup, step: str = "") -> None:
        """Take what is drawn now; steps of one name, not empty, that follow each other are one."""
        drawn = self._drawn
        if drawn is None or self.is_keeping or markup == drawn.markup:
            return
        if not (step and drawn.undo and drawn.undo[-1][1] == step):
            drawn.undo.append((drawn.markup, step))
            del drawn.undo[:-_STEPS_KEPT]
        drawn.redo.clear()
        drawn.markup = markup
        self.changed.emit()

    def take_size(self, width_px: int, height_px: int) -> None:
        """The picture turned out to be that large; only while nothing is drawn on it."""
        drawn = self._drawn
        if drawn is not None and drawn.markup.is_empty and not drawn.undo:
            drawn.markup = Markup(max(1, width_px), max(1, height_px))
            self.changed.emit()

    def undo(self) -> None:
        """Go one step back."""
        drawn = self._drawn
        if drawn is not None and drawn.undo and not self.is_keeping:
            drawn.redo.append(drawn.markup)
            drawn.markup = drawn.undo.pop()[0]
            if drawn.undo:
                drawn.undo[-1] = (drawn.undo[-1][0], "")  # what comes next is a step of its own
            self.changed.emit()

    def redo(self) -> None:
        """Go one step forth."""
        drawn = self._drawn
        if drawn is not None and drawn.redo and not self.is_keeping:
            drawn.undo.append((drawn.markup, ""))
            drawn.markup = drawn.redo.pop()
            self.changed.emit()

    def reset(self) -> None:
        """Take away everything that is drawn; a step like others."""
        self.change(Markup(self.markup.width_px, self.markup.height_px))

    def draw_on_copy(self) -> None:
        """Draw on the marked copy as it is, and not on what it was made of."""
        if self.reference is not None and self.is_original and not self.is_keeping:
            self._show(_Drawn(self.reference, _nothing_on(self.reference)))

    def draw_on_original(self) -> None:
        """Go on with the strokes of the marked copy."""
        if self._kept is not None and not self.is_original and not self.is_keeping:
            self._show(_Drawn(self._kept.original, self._kept.markup))

    def use(self) -> None:
        """Have the marked copy take the place of the reference; ``used`` or ``failed`` tells."""
        drawn, reference = self._drawn, self.reference
        if drawn is None or reference is None or self.is_keeping or not self.is_new:
            return
        base, markup = drawn.base, drawn.markup
        if markup.is_empty:  # nothing is left of what a copy was made for
            self._replace(base, markup)
            return
        self._keeping = self._runner.call(
            lambda: self._made(base, markup),
            lambda copy: self._on_kept(copy, markup),
            self._on_failed,
        )
        self.keeping_changed.emit(True)

    def stop_keeping(self) -> None:
        """Do without the copy; what was written of it is swept one day."""
        if self._keeping is not None:
            self._keeping.cancel()
            self._keeping = None
            self.keeping_changed.emit(False)

    def _begin(self, kept: MarkedCopy | None) -> None:
        self._finding = None
        if self.reference is None:
            return
        self._kept = kept
        left = self._left.pop(self.reference.sha256, None)
        if left is not None:
            self._show(left)
        elif kept is not None:
            self._show(_Drawn(kept.original, kept.markup))
        else:
            self._show(_Drawn(self.reference, _nothing_on(self.reference)))

    def _show(self, drawn: _Drawn) -> None:
        self._drawn = drawn
        self.opened.emit()
        self.changed.emit()

    def _made(self, base: Reference, markup: Markup) -> Reference:
        """Draw and keep a copy. On the runner's thread. Raises ProblemError."""
        self.stepped.emit(0)
        library = self._library()
        source = library.reference_path(base)
        with (
            disk_problems(Path(tempfile.gettempdir())),
            tempfile.TemporaryDirectory(prefix="seedream-") as folder,
        ):
            target, thumbnail = Path(folder) / "marked", Path(folder) / "thumbnail"
            checked = self._marker().mark_up(source, base.sha256, markup, target, thumbnail)
            self.stepped.emit(1)
            name = f"{PurePath(base.name).stem}.{checked.extension}" if base.name else ""
            copy = library.add_reference(target, checked, name)
            library.markups.keep(copy, MarkedCopy(base, markup))
            self._keep_thumbnail(thumbnail, copy.sha256)
        return copy

    def _keep_thumbnail(self, thumbnail: Path, sha256: str) -> None:
        """It is a cache: what cannot be written is made when it is asked for."""
        place = self._thumbnail_path(sha256)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(thumbnail.read_bytes())
        except OSError:
            place.unlink(missing_ok=True)

    def _on_kept(self, copy: Reference, markup: Markup) -> None:
        self._keeping = None
        self.keeping_changed.emit(False)
        self._replace(copy, markup)

    def _replace(self, copy: Reference, markup: Markup) -> None:
        """Put the copy where the reference lies; where that was taken out meanwhile, after the others."""
        index, reference = self.index, self.reference
        if reference is not None:
            self._left.pop(reference.sha256, None)
        self.reference, self._drawn, self._kept, self.index = None, None, None, -1
        if index >= 0:
            self._draft.replace_reference(index, copy)
        elif self._draft.add_references((copy,)):
            index = len(self._draft.recipe.references or ()) - 1
        self.used.emit(Used(index, markup))

    def _on_failed(self, problem: Problem) -> None:
        self._keeping = None
        self.keeping_changed.emit(False)
        gone = ProblemKind.REFERENCE_GONE
        if problem.kind is gone and self.base is not None:  # by the name that the designer knows
            problem = Problem(gone, subject=self.base.name)
        self.failed.emit(problem)

    def _on_recipe_changed(self, _recipe: object) -> None:
        if self.reference is None:
            return
        references = self._draft.recipe.references or ()
        is_there = 0 <= self.index < len(references) and references[self.index] == self.reference
        if not is_there:
            self.index = references.index(self.reference) if self.reference in references else -1
        self.place_changed.emit()


def _nothing_on(reference: Reference) -> Markup:
    return Markup(max(1, reference.width_px), max(1, reference.height_px))
