"""Acts on pictures that can be taken back: one step each, in pieces small enough to let others come between.

A step is remembered when it is begun, so that undo means the act that was asked for last, also while it is
under way: then it stops and what it has done is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.library.marking import Changes
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.deeds import Deed, IntoTrash, Name, Outcome, OutOfTrash, Place, Wish, perform

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Proceed
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.library_step import Way
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.undo import UndoStack

AT_ONCE = 100  # pictures; about a quarter of a second


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act. ``step`` can be taken back; None: that is what was just done."""

    kind: ActivityKind
    count: int  # pictures it was done to
    wanted: int
    is_stopped: bool  # by the designer
    step: ActStep | None
    ids: tuple[str, ...] = ()  # of the pictures it was done to, as they are called now


class Acts(QObject):
    """What is done to the pictures of the open library. GUI thread."""

    done = Signal(object)  # Done

    def __init__(self, pictures: Pictures, activities: Activities, steps: UndoStack) -> None:
        """Act on what ``pictures`` has open, show it as ``activities``, remember it as ``steps``."""
        super().__init__()
        self.pictures = pictures
        self.activities = activities
        self.steps = steps

    def rate(self, ids: tuple[str, ...], rating: int) -> None:
        """Give pictures 0 to 5 stars."""
        self._begin(ActivityKind.RATE, ids, Changes(rating=rating))

    def reject(self, ids: tuple[str, ...], is_rejected: bool) -> None:
        """Call pictures no good, or take that back."""
        kind = ActivityKind.REJECT if is_rejected else ActivityKind.UNREJECT
        self._begin(kind, ids, Changes(rejected=is_rejected))

    def annotate(self, ids: tuple[str, ...], note: str) -> None:
        """Give pictures a note; empty: none."""
        self._begin(ActivityKind.NOTE, ids, Changes(note=note))

    def tag(self, ids: tuple[str, ...], add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Give pictures tags and take others away."""
        self._begin(ActivityKind.TAG, ids, Changes(add_tags=tuple(add), remove_tags=tuple(remove)))

    def rename(self, ids: tuple[str, ...], title: str) -> None:
        """Give pictures a title and their files a name by it; empty: the prompt's again."""
        self._begin(ActivityKind.RENAME, ids, Name(" ".join(title.split())))

    def move(self, ids: tuple[str, ...], board_id: str) -> None:
        """Move pictures to another board; those that are there already stay."""
        self._begin(ActivityKind.MOVE, ids, Place(board_id))

    def trash(self, ids: tuple[str, ...]) -> None:
        """Move pictures to the trash."""
        self._begin(ActivityKind.TRASH, ids, IntoTrash())

    def arrange(self, ids: tuple[str, ...], board_id: str, before_id: str = "") -> None:
        """Put pictures of a board in a row before another one of it, by hand; empty: at the end."""
        from seedream_desktop.state.library_step import LibraryStep  # late: rarely needed

        if ids:
            kind, way = ActivityKind.ARRANGE, _arranging(board_id, ids, before_id)
            LibraryStep(self.pictures, self.activities, self.steps, kind, way, len(ids)).begin()

    def rename_tag(self, tag: str, name: str) -> None:
        """Give a tag another name on every picture that has it, those in the trash too.

        Where there is such a tag already they become one.
        """
        name = " ".join(name.split())
        if not name or name == tag:
            return
        changes = Changes(add_tags=(name,), remove_tags=(tag,), in_trash=True)
        self.pictures.act(
            lambda library: library.ids_with_tag(tag),
            lambda ids: self._begin(ActivityKind.RENAME_TAG, ids, changes),
        )

    def restore(self, ids: tuple[str, ...]) -> None:
        """Bring pictures back from the trash to the boards that they were on."""
        deeds = [Deed(picture_id, "", OutOfTrash(entry_of(picture_id))) for picture_id in ids]
        self._push(ActivityKind.RESTORE, deeds)

    def _begin(self, kind: ActivityKind, ids: tuple[str, ...], wish: Wish) -> None:
        self._push(kind, [Deed(picture_id, "", wish) for picture_id in dict.fromkeys(ids)])

    def _push(self, kind: ActivityKind, deeds: Sequence[Deed]) -> None:
        library = self.pictures.library
        if deeds and library is not None:
            step = ActStep(self, library, kind, deeds)
            self.steps.push(step)
            step.begin()


class ActStep:
    """One act: what is ahead of it, and what takes back what it has done."""

    def __init__(
        self,
        acts: Acts,
        library: Library,
        kind: ActivityKind,
        deeds: Sequence[Deed],
        told: Callable[[Done], None] | None = None,
    ) -> None:
        """Nothing is done before ``begin``. ``told`` hears what came of it in the place of everybody."""
        self._acts = acts
        self._library = library
        self._kind = kind
        self._ahead = list(reversed(deeds))  # the next one last
        self._behind: list[Deed] = []
        self._told = told or acts.done.emit
        self._run: _Run | None = None
        self._then: Callable[[], None] | None = None  # once what is under way has stopped

    @property
    def kind(self) -> str:
        """What is done."""
        return self._kind.value

    @property
    def count(self) -> int:
        """To how many pictures, when it is over."""
        return len(self._behind) + (len(self._ahead) if self._run is not None or not self._behind else 0)

    @property
    def is_running(self) -> bool:
        """Whether it is under way, in whichever direction."""
        return self._run is not None

    def begin(self) -> None:
        """Do it for the first time."""
        self._start(self._kind, self._ahead, self._behind, is_first=True)

    def undo(self) -> None:
        """Take back what was done."""
        self._after_stop(lambda: self._start(_taking_back(self._kind), self._behind, self._ahead))

    def redo(self) -> None:
        """Do it again."""
        self._after_stop(lambda: self._start(self._kind, self._ahead, self._behind))

    def _after_stop(self, then: Callable[[], None]) -> None:
        if self._run is None:
            then()
        else:
            self._then = then
            self._run.stop()

    def _start(
        self, kind: ActivityKind, source: list[Deed], target: list[Deed], *, is_first: bool = False
    ) -> None:
        self._run = _Run(self._acts, self._library, kind, source, target)
        self._run.begin(lambda run: self._on_end(run, is_first=is_first))

    def _on_end(self, run: _Run, *, is_first: bool) -> None:
        then, self._then, self._run = self._then, None, None
        if then is not None:
            then()
            return
        if is_first:
            self._ahead.clear()  # what was not reached stays as it is, and is no part of the step
        if not self._behind and not self._ahead:
            self._acts.steps.drop(self)
        if run.is_current:
            step = self if is_first else None
            done = Done(run.kind, run.count, run.wanted, run.is_stopped, step, run.ids)
            self._told(done)


class _Run:
    """One way through the deeds of a step: from the end of ``source``, each one's way back to ``target``."""

    def __init__(
        self, acts: Acts, library: Library, kind: ActivityKind, source: list[Deed], target: list[Deed]
    ) -> None:
        self.kind = kind
        self.wanted = len(source)
        self.count = 0
        self.is_stopped = False
        self._acts = acts
        self._library = library
        self._source = source
        self._target = target
        self._seen = 0
        self._ongoing: Ongoing | None = None
        self._end: Callable[[_Run], None] = lambda _: None

    @property
    def ids(self) -> tuple[str, ...]:
        """What the pictures that it was done to are called now."""
        return tuple(deed.picture_id for deed in self._target[len(self._target) - self.count :])

    @property
    def is_current(self) -> bool:
        """Whether the library is still open."""
        return self._acts.pictures.library is self._library

    def begin(self, end: Callable[[_Run], None]) -> None:
        """Go; ``end`` is called once."""
        self._end = end
        self._ongoing = self._acts.activities.begin(self.kind)
        self._go_on()

    def stop(self) -> None:
        """Stop after what is under way."""
        if self._ongoing is not None:
            self._ongoing.cancel()

    def _go_on(self) -> None:
        if self._ongoing is None:
            return
        self.is_stopped = not self._ongoing.proceed(self._seen, self.wanted) and bool(self._source)
        if not self._source or self.is_stopped or not self.is_current:
            self._finish()
            return
        some = self._source[: -AT_ONCE - 1 : -1]
        del self._source[-AT_ONCE:]
        self._seen += len(some)
        self._acts.pictures.act(
            lambda library: perform(library, some),
            lambda outcome: self._on_performed(some, outcome),
            lambda problem: self._on_performed(some, Outcome(problem=problem)),
        )

    def _on_performed(self, some: list[Deed], outcome: Outcome) -> None:
        """After a problem what was done stays done, and the rest can be tried again."""
        self.count += len(outcome.back)
        self._target += outcome.back
        if outcome.problem is None:
            self._acts.pictures.tell(outcome.added, outcome.removed, outcome.changed)
            self._go_on()
            return
        self._source += reversed(some)
        self._acts.pictures.tell_everything()
        self._acts.pictures.failed.emit(outcome.problem)
        self._finish()

    def _finish(self) -> None:
        if self._ongoing is not None:
            self._ongoing.end()
            self._ongoing = None
            self._end(self)


def entry_of(picture_id: str) -> str:
    """The entry in the trash that a picture there belongs to: ``.seedream/trash/<entry>/<file name>``."""
    return picture_id.split("/")[2] if picture_id.count("/") > 2 else ""


def _arranging(board_id: str, ids: tuple[str, ...], before_id: str) -> Way:
    def arrange(library: Library, _proceed: Proceed) -> Way | None:
        was = library.hand_order.arrange(board_id, ids, before_id)
        is_done = was != library.board_settings(board_id).order
        return _ordering(board_id, was) if is_done else None

    return arrange


def _ordering(board_id: str, names: tuple[str, ...]) -> Way:
    return lambda library, _proceed: _ordering(board_id, library.hand_order.put_back(board_id, names))


def _taking_back(kind: ActivityKind) -> ActivityKind:
    pairs = (
        (ActivityKind.TRASH, ActivityKind.RESTORE),
        (ActivityKind.REJECT, ActivityKind.UNREJECT),
    )
    other = dict(pairs) | {back: there for there, back in pairs}
    return other.get(kind, kind)
