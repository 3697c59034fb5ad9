"""Pictures written into a folder or one ZIP: in a form, under names, and never over anything that is there.

The originals are only read. A file gets its name once it is whole, so that whatever ends an export, all that
can be seen is complete. A ZIP appears when all of it is there.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.file_names import free_names, legal_name
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.recipe_text import recipe_text
from seedream_desktop.imaging.export_form import (
    Exported,
    ExportForm,
    ExportWish,
    FileFormat,
    Loss,
    Resize,
    Telling,
)
from seedream_desktop.library.leaving import client_safe_ids, telling_nothing
from seedream_desktop.library.name_pattern import NameFacts, stem_of, unlike
from seedream_desktop.library.outbox import Passing
from seedream_desktop.library.side_by_side import side_by_side

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.record import Record
    from seedream_desktop.library.values import Board, Picture, Proceed

Export = Callable[[Path, Path, ExportForm, Telling], Exported]
_ENDINGS = {"image/jpeg": "jpg", "image/tiff": "tif"}
_OF_THE_TARGET = frozenset(
    {ProblemKind.DISK_FULL, ProblemKind.FOLDER_NOT_WRITABLE, ProblemKind.LIBRARY_AWAY, ProblemKind.UNEXPECTED}
)


class SourceAwayError(ProblemError):
    """The library is away, not the folder that is written to."""


def check_source(library: Library) -> None:
    """Raises SourceAwayError: then it is not one picture that cannot be read."""
    try:
        library.check_present()
    except ProblemError as error:
        raise SourceAwayError(error.problem) from error


def from_present(library: Library, export: Export) -> Export:
    """``export``, which raises SourceAwayError when what it cannot read is gone with all of the library."""

    def write(source: Path, target: Path, form: ExportForm, telling: Telling) -> Exported:
        try:
            return export(source, target, form, telling)
        except ProblemError:
            check_source(library)
            raise

    return write


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A picture on its way out. ``stem``: its file's name without an extension."""

    source: Path
    stem: str
    telling: Telling
    may_be_cut: bool = False  # a visible mark at its edge may not be in what is written


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What came of an export."""

    folder: Path
    written: tuple[Path, ...]
    total: int  # that were to be written
    losses: tuple[tuple[str, Loss], ...] = ()  # file name and what it lacks
    failed: tuple[Problem, ...] = ()  # pictures that could not be read
    problem: Problem | None = None  # why it ended early
    is_cancelled: bool = False
    untagged: int = 0  # written without a colour profile


def names_of(pictures: Sequence[Picture], wish: ExportWish, boards: Iterable[Board]) -> tuple[str, ...]:
    """The names of the files, but for what is in the folder already."""
    endings = (ending_of(picture, wish.form) for picture in pictures)
    stems = stems_of(pictures, wish, boards)
    return tuple(unlike(f"{stem}.{ending}" for stem, ending in zip(stems, endings, strict=True)))


def stems_of(pictures: Sequence[Picture], wish: ExportWish, boards: Iterable[Board]) -> tuple[str, ...]:
    """The names without extensions, as the pattern gives them."""
    all_boards = tuple(boards)
    safe, names = client_safe_ids(all_boards), {board.id: board.name for board in all_boards}
    stems = []
    for index, picture in enumerate(pictures, 1):
        facts = NameFacts(
            board=names.get(picture.board_id, ""),
            number=picture.number,
            title=picture.title,
            at_ms=picture.made_ms,
            rating=picture.rating,
            width_px=picture.width_px,
            height_px=picture.height_px,
            index=index,
            count=len(pictures),
        )
        if not (wish.is_client_safe or picture.board_id in safe):
            title = picture.title or stem_of("{prompt}", NameFacts("", prompt=picture.prompt))
            told = {
                "title": title,
                "prompt": picture.prompt,
                "name": picture.path.stem,
                "model": picture.model,
            }
            facts = replace(facts, **told)  # type: ignore[arg-type]
        stems.append(stem_of(wish.pattern, facts))
    return tuple(stems)


def outgoing_of(
    picture: Picture, record: Record, stem: str, wish: ExportWish, *, is_client_safe: bool
) -> Outgoing:
    """What is to be written of a picture."""
    made = record.made
    is_made = made.request is not None or bool(made.recipe.prompt)  # the latter came with it from elsewhere
    telling = replace(telling_nothing(record), is_made_by_model=is_made)
    if wish.embeds_recipe and not is_client_safe:
        recipe = recipe_text(made.recipe) if is_made else ""
        telling = Telling(recipe=recipe, is_made_by_model=is_made)
    telling = replace(telling, keeps_credentials=wish.keeps_credentials)
    has_mark = made.request is not None and made.request.watermark
    return Outgoing(picture.path, stem, telling, has_mark and _is_cut(picture, wish.form))


def ending_of(picture: Picture, form: ExportForm) -> str:
    """The extension that its file will have."""
    media_type = picture.media_type if form.format is FileFormat.AS_IS else f"image/{form.format.value}"
    return _ENDINGS.get(media_type, media_type.removeprefix("image/"))


def export_files(
    outgoing: Iterable[Outgoing | Problem],
    total: int,
    passing: Passing,
    form: ExportForm,
    export: Export,
    proceed: Proceed,
) -> ExportReport:
    """Write each picture into the folder of ``passing``; what was written stays, however it ends.

    A problem in the place of a picture is told as one that cannot be read.
    """
    folder = passing.folder
    tally = _Tally(folder, total)
    try:
        for one, part, exported in _parts(outgoing, tally, passing.new, form, export, proceed):
            name = f"{one.stem}.{_ending(exported)}"
            path = named(part, folder, name)
            tally.add(path, one, exported)
    except ProblemError as error:
        tally.problem = about_target(folder, error)
    if tally.written:
        with suppress(OSError):
            files.sync_folder(folder)
    return tally.report()


def export_zip(
    outgoing: Iterable[Outgoing | Problem],
    total: int,
    passing: Passing,
    name: str,
    form: ExportForm,
    export: Export,
    proceed: Proceed,
) -> ExportReport:
    """Write all pictures into one ZIP in that folder; there is none unless all of it could be written."""
    folder, part, inside = passing.folder, passing.new(), passing.new()
    tally = _Tally(folder, total)
    taken: list[str] = []
    try:
        with files.disk_problems(folder):
            inside.mkdir(mode=0o700)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
                new = Passing(inside).new
                for one, made, exported in _parts(outgoing, tally, new, form, export, proceed):
                    (entry,) = unlike([f"{one.stem}.{_ending(exported)}"], taken)
                    archive.write(made, entry)
                    made.unlink()
                    taken.append(entry)
                    tally.add(folder / entry, one, exported)
            if not tally.is_cancelled and tally.written:
                _sync(part)
                tally.written = [named(part, folder, f"{legal_name(name)}.zip")]
            else:
                tally.written = []
    except ProblemError as error:
        tally.problem, tally.written = about_target(folder, error), []
    finally:
        passing.clear()
    return tally.report()


class _Tally:
    """What was done so far."""

    def __init__(self, folder: Path, total: int) -> None:
        self._folder, self._total = folder, total
        self.written: list[Path] = []
        self.is_cancelled = False
        self.problem: Problem | None = None
        self.failed: list[Problem] = []
        self._losses: list[tuple[str, Loss]] = []
        self._untagged = 0

    @property
    def done(self) -> int:
        return len(self.written) + len(self.failed)

    @property
    def total(self) -> int:
        return self._total

    def add(self, path: Path, one: Outgoing, exported: Exported) -> None:
        self.written.append(path)
        losses = (*exported.losses, Loss.WATERMARK) if one.may_be_cut else exported.losses
        self._losses += [(path.name, loss) for loss in losses]
        self._untagged += not exported.has_profile

    def report(self) -> ExportReport:
        return ExportReport(
            self._folder,
            tuple(self.written),
            self._total,
            tuple(self._losses),
            tuple(self.failed),
            self.problem,
            self.is_cancelled,
            self._untagged,
        )


def _parts(
    outgoing: Iterable[Outgoing | Problem],
    tally: _Tally,
    new: Callable[[], Path],
    form: ExportForm,
    export: Export,
    proceed: Proceed,
) -> Iterator[tuple[Outgoing, Path, Exported]]:
    """Each picture written under a ``new`` name, which whoever asks replaces by another one."""
    parts: set[Path] = set()

    def write(one: Outgoing | Problem) -> tuple[Outgoing, Path, Exported] | Problem:
        if isinstance(one, Problem):
            return one
        part = new()
        parts.add(part)
        try:
            return one, part, export(one.source, part, form, one.telling)
        except ProblemError as error:
            if error.problem.kind in _OF_THE_TARGET:
                raise
            return error.problem

    working = side_by_side(write, outgoing)
    try:
        for made in working:
            if isinstance(made, Problem):
                tally.failed.append(made)
            else:
                yield made
            if not proceed(tally.done, tally.total) and tally.done < tally.total:
                tally.is_cancelled = True
                return
    finally:
        working.close()  # waits for what is under way
        for part in parts:
            files.discard(part)


def named(part: Path, folder: Path, name: str) -> Path:
    """Give a file its name in ``folder``, or the next free one like it. Raises ProblemError."""
    with files.disk_problems(folder):
        for candidate in free_names(name):
            if files.move(part, folder / candidate):
                return folder / candidate
    raise AssertionError("the names never end")


def _ending(exported: Exported) -> str:
    return _ENDINGS.get(exported.media_type, exported.media_type.removeprefix("image/"))


def _is_cut(picture: Picture, form: ExportForm) -> bool:
    """Whether the box has another shape than the picture, by more than rounding does."""
    if form.resize is not Resize.BOX or not picture.width_px or not picture.height_px:
        return False
    shapes = picture.width_px / picture.height_px, form.width_px / form.height_px
    return max(shapes) / min(shapes) > 1.01


def about_target(folder: Path, error: ProblemError) -> Problem:
    """It is not the library that is away, but where files are written to: unless it is known to be."""
    problem = error.problem
    if problem.kind is ProblemKind.LIBRARY_AWAY and not isinstance(error, SourceAwayError):
        return replace(problem, kind=ProblemKind.FOLDER_NOT_WRITABLE, subject=str(folder))
    return problem


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
