"""Exports: what is known of the pictures before, the work itself off the GUI thread, and what is remembered.

What was chosen last is kept on this machine, with the folder; presets are kept in the library.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop import files
from seedream_desktop.file_names import legal_name
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.imaging.export_form import (
    Colours,
    ExportForm,
    ExportWish,
    FileFormat,
    Outcome,
    Resize,
    Telling,
)
from seedream_desktop.library.exporting import (
    ExportReport,
    Outgoing,
    check_source,
    export_files,
    export_zip,
    from_present,
    named,
    outgoing_of,
    stems_of,
)
from seedream_desktop.library.leaving import client_safe_ids
from seedream_desktop.library.side_by_side import side_by_side
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from seedream_desktop.library.library import Library
    from seedream_desktop.library.outbox import Outbox, Passing
    from seedream_desktop.library.presets import Preset
    from seedream_desktop.library.values import Board, Picture
    from seedream_desktop.state.activities import Activities, Ongoing
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker

LOOKED_AT_ONCE = 50  # files are read for it; what is known of them is told so often
_SMALL_QUALITY = 88


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What is known of pictures that are to be exported."""

    pictures: tuple[Picture, ...]
    boards: tuple[Board, ...]
    presets: tuple[Preset, ...]
    wish: ExportWish  # what was chosen last
    folder: str  # where the last one went; empty: nowhere yet

    @property
    def client_safe(self) -> tuple[Board, ...]:
        """The client-safe boards that they lie on."""
        safe, used = client_safe_ids(self.boards), {picture.board_id for picture in self.pictures}
        return tuple(board for board in self.boards if board.id in safe & used)

    @property
    def board_name(self) -> str:
        """Of the one board that they all lie on; empty: of several."""
        used = {picture.board_id for picture in self.pictures}
        names = [board.name for board in self.boards if board.id in used]
        return names[0] if len(names) == 1 else ""


@dataclass(frozen=True, slots=True)
class MarksFound:
    """What the files carry that a conversion concerns."""

    looked_at: int = 0
    with_credentials: int = 0
    untagged: int = 0


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What a contact sheet says, in the language of now."""

    heading: str
    page: str  # with {page} and {pages}
    font: QFont


class Exporting(QObject):
    """Exports pictures of the open library, one export after the other."""

    facts_known = Signal(object)  # ExportFacts
    marks_found = Signal(object)  # MarksFound
    presets_changed = Signal(object)  # tuple[Preset, ...]
    ended = Signal(object)  # ExportReport
    failed = Signal(object)  # Problem

    def __init__(
        self,
        pictures: Pictures,
        activities: Activities,
        worker: Callable[[], Worker],
        runner: TaskRunner,
        memory: Path,
        outbox: Outbox,
    ) -> None:
        """``runner`` has one thread; ``memory`` is the file that keeps what was chosen last."""
        super().__init__()
        self._pictures = pictures
        self._activities = activities
        self._worker = worker
        self._runner = runner
        self._memory = memory
        self._outbox = outbox
        self._looking = object()  # another one for each time that somebody wants to know

    def look(self, ids: Sequence[str], *, is_ordered: bool = False) -> None:
        """Find out what there is to export; then what the files carry. ``is_ordered``: just as they stand."""

        def known(library: Library) -> ExportFacts:
            wish, folder = self._remembered()
            found = library.pictures(ids)
            pictures = found if is_ordered else in_their_order(found)
            return ExportFacts(pictures, library.boards(), library.presets.all(), wish, folder)

        def on_known(facts: ExportFacts) -> None:
            self._looking = object()
            self.facts_known.emit(facts)
            self._look_on(self._looking, facts.pictures, MarksFound())

        self._pictures.act(known, on_known, self.failed.emit)

    def look_no_longer(self) -> None:
        """Nobody wants to know any more what the files carry."""
        self._looking = object()

    def begin(self, facts: ExportFacts, wish: ExportWish, folder: Path, words: SheetWords) -> None:
        """Export; ``ended`` says what came of it. Cancelled through the activities."""
        self.look_no_longer()
        ongoing = self._activities.begin(ActivityKind.EXPORT)

        def work() -> ExportReport:
            self._remember(wish, folder)
            return self._export(facts, wish, folder, words, ongoing)

        def on_end(report: ExportReport) -> None:
            ongoing.end()
            self.ended.emit(report)

        def on_problem(problem: Problem) -> None:
            ongoing.end()
            self.failed.emit(problem)

        self._runner.call(work, on_end, on_problem)

    def save_preset(self, name: str, wish: ExportWish) -> None:
        """Keep ``wish`` under ``name`` in the library."""
        self._change_presets(lambda library: library.presets.save(name, wish))

    def remove_preset(self, name: str) -> None:
        """Forget a preset."""
        self._change_presets(lambda library: library.presets.remove(name))

    def _change_presets(self, change: Callable[[Library], None]) -> None:
        def changed(library: Library) -> tuple[Preset, ...]:
            change(library)
            return library.presets.all()

        self._pictures.act(changed, self.presets_changed.emit, self.failed.emit)

    def _look_on(self, looking: object, pictures: tuple[Picture, ...], known: MarksFound) -> None:
        """All of them, and what is known so far is told meanwhile."""
        some, rest = pictures[:LOOKED_AT_ONCE], pictures[LOOKED_AT_ONCE:]

        def on_marks(found: MarksFound) -> None:
            if looking is self._looking:
                self.marks_found.emit(found)
                if rest:
                    self._look_on(looking, rest, found)

        self._runner.call(lambda: self._marks(some, known), on_marks)

    def _marks(self, pictures: Sequence[Picture], known: MarksFound) -> MarksFound:
        worker, found = self._worker(), []
        for picture in pictures:
            with contextlib.suppress(ProblemError):  # it is said when it is exported
                found.append(worker.look_at_marks(picture.path))
        return MarksFound(
            known.looked_at + len(pictures),
            known.with_credentials + sum(marks.has_credentials for marks in found),
            known.untagged + sum(not marks.has_profile for marks in found),
        )

    def _export(
        self, facts: ExportFacts, wish: ExportWish, folder: Path, words: SheetWords, ongoing: Ongoing
    ) -> ExportReport:
        self._outbox.sweep()
        with self._outbox.passing(folder) as passing:
            if wish.outcome is Outcome.SHEET:
                return self._sheet(facts, wish, passing, words, ongoing)
            outgoing, total = self._outgoing(facts, wish), len(facts.pictures)
            export = from_present(self._pictures.the_library(), self._worker().export)
            if wish.outcome is Outcome.ZIP:
                name = words.heading
                return export_zip(outgoing, total, passing, name, wish.form, export, ongoing.proceed)
            return export_files(outgoing, total, passing, wish.form, export, ongoing.proceed)

    def _outgoing(self, facts: ExportFacts, wish: ExportWish) -> Iterator[Outgoing | Problem]:
        library, safe = self._pictures.the_library(), client_safe_ids(facts.boards)
        stems = stems_of(facts.pictures, wish, facts.boards)
        for picture, stem in zip(facts.pictures, stems, strict=True):
            is_safe = wish.is_client_safe or picture.board_id in safe
            try:
                record = library.record(picture.id)
            except ProblemError as error:
                check_source(library)
                yield error.problem
            else:
                yield outgoing_of(picture, record, stem, wish, is_client_safe=is_safe)

    def _sheet(
        self, facts: ExportFacts, wish: ExportWish, passing: Passing, words: SheetWords, ongoing: Ongoing
    ) -> ExportReport:
        from seedream_desktop.state.contact_sheet import Sheet, SheetPicture, write_sheet  # late: rarely made

        folder, part = passing.folder, passing.new()
        total, failed = len(facts.pictures), []
        shown = tuple(
            SheetPicture(picture.number, picture.title if wish.sheet.has_titles else "")
            for picture in facts.pictures
        )
        sheet = Sheet(wish.sheet, words.heading, shown, words.page, words.font)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            copies = self._small_copies(facts.pictures, wish, Path(scratch))

            def small(place: int) -> Path | None:
                copy = next(copies)
                if isinstance(copy, Problem):
                    check_source(self._pictures.the_library())
                    failed.append(copy)
                    copy = Path(scratch) / "none"
                return copy if ongoing.proceed(place + 1, total) or place + 1 == total else None

            try:
                is_whole = write_sheet(part, sheet, small)
                path = named(part, folder, f"{legal_name(words.heading)}.pdf") if is_whole else None
            except ProblemError as error:
                return ExportReport(folder, (), total, problem=error.problem)
            finally:
                copies.close()
        written = () if path is None else (path,)
        return ExportReport(folder, written, total, failed=tuple(failed), is_cancelled=not is_whole)

    def _small_copies(
        self, pictures: Sequence[Picture], wish: ExportWish, scratch: Path
    ) -> Generator[Path | Problem]:
        from seedream_desktop.state.contact_sheet import longest_px  # late: as above

        form = ExportForm(
            format=FileFormat.JPEG,
            quality=_SMALL_QUALITY,
            resize=Resize.LONGEST_SIDE,
            longest_px=longest_px(wish.sheet),
            colours=Colours.SRGB,
        )
        export = self._worker().export

        def copy(picture: Picture) -> Path | Problem:
            target = scratch / f"{uuid.uuid4().hex}.jpg"
            try:
                telling = Telling(is_stripped=True, keeps_credentials=False)
                export(picture.path, target, form, telling)
            except ProblemError as error:
                return error.problem
            return target

        return side_by_side(copy, pictures)

    def _remembered(self) -> tuple[ExportWish, str]:
        try:
            held = json.loads(self._memory.read_bytes())
            return decode(ExportWish, held["wish"]), str(held["folder"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ExportWish(), ""

    def _remember(self, wish: ExportWish, folder: Path) -> None:
        content = json.dumps({"wish": encode(wish), "folder": str(folder)}).encode()
        with contextlib.suppress(ProblemError):  # a full disk is said where it matters
            files.write_over(self._memory, content, self._memory.parent, 0o600)


def in_their_order(pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """As they were selected; those of one press as they were pressed, so that a set counts from 1."""
    presses = {picture.press_id for picture in pictures}
    if len(presses) == 1 and "" not in presses:
        return tuple(sorted(pictures, key=lambda one: (one.press_index, one.set_index)))
    return pictures
