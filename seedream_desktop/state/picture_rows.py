"""The pictures of one query: all their ids, and the rows that are looked at, read off the GUI thread."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.library.values import Picture, Query, place_stands_by_date
from seedream_desktop.state.row_edits import edits
from seedream_desktop.state.row_facts import RowFacts, facts_of_rows

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.arranging import Facts
    from seedream_desktop.library.lookup import Stopper
    from seedream_desktop.tasks import Task, TaskRunner

PAGE_ROWS = 128
HELD_ROWS = 24 * PAGE_ROWS  # about 3 MB
FIRST_ROWS = 256  # what is known of them to arrange them comes with the answer itself
PAGES_WANTED_AT_MOST = 6  # what was scrolled past before its turn is not read


class FactSource(Protocol):
    """What is asked about many pictures at once, from a pool thread."""

    def facts(
        self,
        ids: Sequence[str],
        *,
        is_by_date: bool,
        is_stacked: bool,
        before_id: str = "",
        query: Query | None = None,
    ) -> Facts:
        """What is known of ``ids`` to arrange them; ``before_id`` stands before the first.

        ``query``: what found them all; that may be quicker.
        """


class PictureSource(Protocol):
    """What is asked of a library, from a pool thread."""

    @property
    def arranging(self) -> FactSource:
        """What knows days, stacks and shapes."""

    def arranged_ids(
        self, query: Query, stopper: Stopper | None = None
    ) -> tuple[Sequence[str], Facts | None]:
        """Every picture of ``query``, in its order, and what is known of them to arrange them.

        None: ``arranging`` has to be asked. Raises Overtaken when it was stopped.
        """

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        """The pictures behind ``ids``; those that are gone are left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query, with its first pictures."""

    ids: Sequence[str]  # each once
    pictures: tuple[Picture, ...]
    facts: Facts | None = None  # of the first ids
    is_by_date: bool = False
    is_stacked: bool = True
    steps: Steps | None = None  # from the rows that stood when it was asked for
    query: Query | None = None
    rows: RowFacts | None = None  # of all ids, for whoever shows them to keep: nobody else does


class Steps:
    """How rows become those of an answer: found out before it comes, as 100,000 take long to compare."""

    def __init__(self, before: tuple[str, ...], front: frozenset[str], ids: Sequence[str]) -> None:
        """From ``before`` to ``ids``, but for those in ``front``: they stand in a job's place."""
        self._before, self.front = before, front
        self.edits = edits(before, [one for one in ids if one not in front] if front else ids)

    def are_from(self, rows: Sequence[str]) -> bool:
        """Whether they lead on from these."""
        return tuple(rows) == self._before


class Looking:
    """A look for what a query finds, which ends at once where another one takes its place."""

    def __init__(
        self,
        source: PictureSource,
        query: Query,
        recalled: Sequence[str] = (),
        standing: tuple[tuple[str, ...], frozenset[str]] | None = None,
    ) -> None:
        """Look in ``source``; what is shown as ``recalled`` stays as it is where that is still true.

        ``standing``: the rows that are to become what is found, and what stands in front of them.
        """
        self._source = source
        self._query = query
        self._recalled = recalled
        self._standing = standing
        from seedream_desktop.library.lookup import Stopper  # late: the first paint does without SQLite

        self._stopper = Stopper()

    def find(self) -> Found:
        """What it finds; nothing, when it was stopped. Blocks."""
        from seedream_desktop.library.lookup import Overtaken  # late: as above

        try:
            ids, facts = self._source.arranged_ids(self._query, self._stopper)
        except Overtaken:
            return Found((), ())
        is_by_date, is_stacked = stands_by_date(self._query), stands_in_stacks(self._query)
        rows, arranging = None, self._source.arranging
        if facts is not None:
            facts = facts.arranged(is_by_date=is_by_date, is_stacked=is_stacked)
        elif self._standing is not None:  # nobody waits for the first of them: they stand already
            facts = arranging.facts(ids, is_by_date=is_by_date, is_stacked=is_stacked, query=self._query)
        if facts is not None:
            rows = facts_of_rows(facts, len(ids), is_by_date=is_by_date, is_stacked=is_stacked)
        else:
            first = ids if self._lie_deep(ids) else ids[:FIRST_ROWS]
            facts = arranging.facts(first, is_by_date=is_by_date, is_stacked=is_stacked)
        pictures = self._source.pictures(tuple(dict.fromkeys((*ids[:PAGE_ROWS], *self._recalled))))
        steps = Steps(*self._standing, tuple(ids)) if self._standing is not None else None
        return Found(ids, pictures, facts, is_by_date, is_stacked, steps, self._query, rows)

    def stop(self, _reason: str = "") -> None:
        """End it. Any thread; never blocks."""
        self._stopper.stop()

    def _lie_deep(self, ids: Sequence[str]) -> bool:
        """Whether what is recalled is not among the first rows."""
        return bool(self._recalled) and not set(self._recalled).issubset(ids[:FIRST_ROWS])


def stands_by_date(query: Query) -> bool:
    """Whether the pictures of ``query`` stand in the order in which they were asked for."""
    return place_stands_by_date(query) and not _shows_copies(query)


def stands_in_stacks(query: Query) -> bool:
    """Whether what came together is one tile: not in the trash, nor where each is held against a picture."""
    return not (query.trash or query.like or _shows_copies(query))


def _shows_copies(query: Query) -> bool:
    """Whether what is the same stands side by side, whenever it was made."""
    if not query.text.strip():
        return False
    from seedream_desktop.library.lookup import asks_for_duplicates  # late: only for a search

    return asks_for_duplicates(query)


class PictureRows(QObject):
    """Ids in their order and the pictures behind some of them."""

    rows_read = Signal(object)  # tuple[str, ...]: ids whose pictures are there now
    arranged = Signal()  # days, stacks and shapes are known anew
    failed = Signal(object)  # Problem

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        """Read on ``runner``, one page at a time."""
        super().__init__(parent)
        self._runner = runner
        self._source: PictureSource | None = None
        self._query: Query | None = None  # what the rows were found by
        self.ids: Sequence[str] = ()  # as they were found; a list once one has come or gone
        self.facts = RowFacts()
        self._arranging: Task | None = None
        self._held: OrderedDict[str, Picture] = OrderedDict()
        self._outdated: set[str] = set()
        self._wanted_hidden: set[str] = set()  # in closed stacks, asked for all the same
        self._wanted: OrderedDict[int, None] = OrderedDict()  # pages, the last asked for last
        self._reading: Task | None = None
        self._start = QTimer(self, singleShot=True, interval=0)
        self._start.timeout.connect(self._read_next)

    def set_source(self, source: PictureSource | None) -> None:
        """Read from ``source`` from now on."""
        self._source = source
        self._drop_reading()
        self._drop_arranging()

    def forget(self) -> None:
        """Keep nothing of what was read."""
        self._held.clear()
        self._outdated.clear()

    def renew(self, found: Found) -> None:
        """Take what a query brought along; what else is held is read again when it is looked at."""
        self._drop_reading()
        self._outdated = set(self._held)
        for picture in found.pictures:
            self.hold(picture)

    def show(self, found: Found, without: Collection[str]) -> None:
        """Stand in the rows of ``found``, but for those ids."""
        self._query = found.query
        self._drop_arranging()
        self.ids = found.ids
        if found.rows is not None and not without:
            self.facts = found.rows
            return
        if without:
            self.ids = [picture_id for picture_id in found.ids if picture_id not in without]
        facts = found.facts
        if facts is not None and without:
            facts = _left_of(facts, [picture_id not in without for picture_id in found.ids])
        by_date, stacked = found.is_by_date, found.is_stacked
        self.facts.renew(facts, len(self.ids), is_by_date=by_date, is_stacked=stacked)
        if facts is not None and len(facts.begins) < len(self.ids):
            self.arrange()

    def insert(self, position: int, ids: Sequence[str]) -> None:
        """Ids come before that position."""
        before, after = self._press_at(position - 1), self._press_at(position)
        held = self._ids_to_edit()
        held[position:position] = ids
        self.facts.insert(position, list(map(self._held.get, ids)), before, after)

    def remove(self, position: int, count: int) -> None:
        """Ids go."""
        del self._ids_to_edit()[position : position + count]
        self.facts.remove(position, count)

    def arrange(self, found: Found | None = None) -> None:
        """Read what is known of all rows; what came or went meanwhile is read over again.

        ``found`` may have brought it along.
        """
        if found is not None:
            self._query = found.query
        if found is not None and found.rows is not None:
            self._drop_arranging()
            self._on_arranged(found.ids, found.rows)
            return
        source, ids, query = self._source, tuple(self.ids), self._query
        by_date, stacked = self.facts.is_by_date, self.facts.is_stacked
        if source is None:
            return
        self._drop_arranging()

        def read() -> RowFacts:
            facts = source.arranging.facts(ids, is_by_date=by_date, is_stacked=stacked, query=query)
            return facts_of_rows(facts, len(ids), is_by_date=by_date, is_stacked=stacked)

        self._arranging = self._runner.call(
            read, lambda facts: self._on_arranged(ids, facts), self._on_not_arranged
        )

    def hold(self, picture: Picture) -> None:
        """Keep the newest value of a picture."""
        self._held[picture.id] = picture
        self._held.move_to_end(picture.id)
        self._outdated.discard(picture.id)
        while len(self._held) > HELD_ROWS:
            self._held.popitem(last=False)

    def picture(self, position: int) -> Picture | None:
        """The picture at ``position``; None: not yet, but asked for."""
        picture_id = self.ids[position]
        picture = self._held.get(picture_id)
        if picture is None or picture_id in self._outdated:
            if self.facts.is_hidden(position):
                self._wanted_hidden.add(picture_id)
            self._want(position // PAGE_ROWS)
        else:
            self._held.move_to_end(picture_id)
        return picture

    def held(self, picture_id: str) -> Picture | None:
        """The picture if it is at hand."""
        return self._held.get(picture_id)

    def _ids_to_edit(self) -> list[str]:
        """A list of our own: to make one of 100,000 takes some milliseconds, and a search needs none."""
        if not isinstance(self.ids, list):
            self.ids = list(self.ids)
        return self.ids

    def _press_at(self, position: int) -> str:
        """The press of the stack at ``position``; empty: none is there, or it is not at hand."""
        rows = self.facts.stack(position) if 0 <= position < len(self.ids) else range(0)
        held = (self._held.get(self.ids[row]) for row in rows)
        return next((one.press_id for one in held if one is not None), "")

    def _want(self, page: int) -> None:
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > PAGES_WANTED_AT_MOST:
            self._wanted.popitem(last=False)
        if self._reading is None:
            self._start.start()

    def _on_arranged(self, ids: Sequence[str], facts: RowFacts) -> None:
        self._arranging = None
        if tuple(ids) != tuple(self.ids):
            self.arrange()
            return
        facts.open_again(self.ids, self.facts.opened(self.ids))
        self.facts = facts
        self.arranged.emit()

    def _on_not_arranged(self, _problem: Problem) -> None:
        """The rows stand as they are: whoever reads them says what is wrong."""
        self._arranging = None

    def _drop_arranging(self) -> None:
        if self._arranging is not None:
            self._arranging.cancel()
            self._arranging = None

    def _drop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._wanted.clear()

    def _read_next(self) -> None:
        source = self._source
        while self._wanted and self._reading is None and source is not None:
            page, _ = self._wanted.popitem()
            ids = tuple(self.ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
            shown = self.facts.shown_from(page * PAGE_ROWS, len(ids))
            asked = (
                i for i, is_shown in zip(ids, shown, strict=True) if is_shown or i in self._wanted_hidden
            )
            missing = tuple(i for i in asked if i not in self._held or i in self._outdated)
            self._wanted_hidden.difference_update(ids)
            if missing:
                self._read(source, missing)

    def _read(self, source: PictureSource, ids: tuple[str, ...]) -> None:
        self._reading = self._runner.call(
            lambda: source.pictures(ids), lambda pictures: self._on_read(ids, pictures), self._on_problem
        )

    def _on_read(self, ids: tuple[str, ...], pictures: tuple[Picture, ...]) -> None:
        self._reading = None
        self._outdated.difference_update(ids)
        for picture in pictures:
            self.hold(picture)
        self.rows_read.emit(ids)
        self._read_next()

    def _on_problem(self, problem: Problem) -> None:
        self._reading = None
        self._wanted.clear()
        self.failed.emit(problem)


def _left_of(facts: Facts, kept: Sequence[bool]) -> Facts:
    """What is known of the rows that are kept; what is left of a stack stays one."""
    begins, is_due = bytearray(), False
    for begun, is_kept in zip(facts.begins, kept, strict=False):
        is_due = is_due or bool(begun)
        if is_kept:
            begins.append(is_due)
            is_due = False
    days, aspects = (compress(values, kept) for values in (facts.days, facts.aspects))
    worths = bytes(compress(facts.worths, kept))
    return facts._replace(
        begins=bytes(begins), days=array("I", days), aspects=array("H", aspects), worths=worths
    )
