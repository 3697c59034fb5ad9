"""The library's side of a session: the open library, what is shown of it, and what is done to it.

What the first paint does without is built when it is first asked for, and imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.locked_property import locked_property
from seedream_desktop.state.recalling import Recalling
from seedream_desktop.state.thumbnail_cache import THREADS, ThumbnailCache
from seedream_desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.outbox import Outbox
    from seedream_desktop.library.values import Board
    from seedream_desktop.settings import Places, Settings
    from seedream_desktop.state.activities import Activities
    from seedream_desktop.state.board_acts import BoardActs
    from seedream_desktop.state.clean_copies import CleanCopies
    from seedream_desktop.state.exporting import Exporting
    from seedream_desktop.state.handing_out import HandingOut
    from seedream_desktop.state.handing_over import HandingOver
    from seedream_desktop.state.importing import Importing
    from seedream_desktop.state.likeness import Likeness
    from seedream_desktop.state.origins import Origins
    from seedream_desktop.state.pictures import LibraryChange, Pictures
    from seedream_desktop.state.recalling import InView
    from seedream_desktop.state.screen_colours import ScreenColours
    from seedream_desktop.state.searches import SavedSearches
    from seedream_desktop.state.searching import Searching
    from seedream_desktop.state.surveying import Surveying
    from seedream_desktop.state.undo import UndoStack
    from seedream_desktop.state.watcher import Watcher
    from seedream_desktop.state.working_copies import WorkingCopies
    from seedream_desktop.worker import Worker

READING_THREADS = 2
SURVEYED_AFTER_MS = 3000  # the start and the first scrolling come before


class LibrarySession(QObject):
    """The live objects of one library. GUI thread only, but for what says otherwise."""

    def __init__(self, places: Places, settings: Settings, catalog: Catalog) -> None:
        """Build what is painted first; nothing is opened."""
        super().__init__()
        self.places = places
        self.catalog = catalog
        self._machine_id = settings.machine_id
        self._expected_ids: dict[Path, str] = {}  # of libraries that are known to this machine
        self._why_closed: Problem | None = None  # the library
        self._boards: tuple[Board, ...] = ()  # Inbox first
        self._runners: list[TaskRunner | Watcher] = []
        self._acting = self._runner(1)  # the library: in order
        self.reading = self._runner(READING_THREADS)
        self._drawing = self._runner(THREADS)
        self.looking = self._runner(READING_THREADS)  # full pictures; they take long
        self.thumbnails = ThumbnailCache(places.thumbnails, self._drawing, self._make_thumbnail)
        self.gallery = GalleryModel(self.reading, catalog)

    @locked_property
    def worker(self) -> Worker:
        """The child processes that decode. Thread-safe."""
        from seedream_desktop.worker import Worker  # late: after the first paint, as all below

        return Worker()

    @locked_property
    def activities(self) -> Activities:
        """Long work on the library, to be shown."""
        from seedream_desktop.state.activities import Activities  # late: as above

        return Activities()

    @locked_property
    def undo(self) -> UndoStack:
        """What was done to the library and can be taken back."""
        from seedream_desktop.state.undo import UndoStack  # late: as above

        return UndoStack()

    @locked_property
    def pictures(self) -> Pictures:
        """What is done to the library, and what changes in it."""
        from seedream_desktop.state.pictures import Pictures  # late: as above

        pictures = Pictures(self._open_library, self._acting, self.undo, self.activities)
        pictures.opened.connect(self._on_opened)
        pictures.library_changed.connect(self._on_library_changed)
        pictures.failed.connect(lambda _: self.gallery.drop_recalled() if pictures.library is None else None)
        return pictures

    @locked_property
    def origins(self) -> Origins:
        """How pictures were made, and what they are related to."""
        from seedream_desktop.state.origins import Origins  # late: as above

        return Origins(self.pictures.the_library, self.reading)

    @locked_property
    def searching(self) -> Searching:
        """What the search asks for beside pictures."""
        from seedream_desktop.state.searching import Searching  # late: as above

        look_at = lambda path, thumbnail: self.worker.look_at(path, thumbnail)  # noqa: E731, PLW0108 - built later
        return Searching(self.pictures.the_library, self._runner(READING_THREADS), look_at)

    @locked_property
    def searches(self) -> SavedSearches:
        """The saved searches."""
        from seedream_desktop.state.searches import SavedSearches  # late: as above

        return SavedSearches(self.pictures, self.activities, self.undo, self._runner(1))

    @locked_property
    def board_acts(self) -> BoardActs:
        """What is done to boards."""
        from seedream_desktop.state.board_acts import BoardActs  # late: as above

        return BoardActs(self.pictures, self.activities, self.undo)

    @locked_property
    def recalling(self) -> Recalling:
        """What was seen last, and what is seen."""
        return Recalling(self, self.places.last_seen)

    @locked_property
    def watcher(self) -> Watcher:
        """What happens to the library's files outside."""
        from seedream_desktop.state.watcher import Watcher  # late: as above

        watcher = Watcher(self.pictures, self.activities, self._runner(1))
        watcher.presence_changed.connect(self._on_presence)
        self.gallery.arranged.connect(watcher.synchronising.go_on)
        self._runners.append(watcher)
        return watcher

    @locked_property
    def handing_out(self) -> HandingOut:
        """Pictures on their way to other programs."""
        from seedream_desktop.platforms.platform import current  # late: as above
        from seedream_desktop.state.handing_out import HandingOut  # late: as above

        library = self.pictures.the_library
        return HandingOut(current(), self.reading, self.worker.draw, self.clean_copies, library)

    @locked_property
    def exporting(self) -> Exporting:
        """Pictures written into folders, ZIPs and contact sheets."""
        from seedream_desktop.state.exporting import Exporting  # late: as above

        memory = self.places.data_dir / "export.json"
        runner = self._runner(1)
        return Exporting(self.pictures, self.activities, lambda: self.worker, runner, memory, self.outbox)

    @locked_property
    def working_copies(self) -> WorkingCopies:
        """Copies that other programs may change."""
        from seedream_desktop.platforms.platform import current  # late: as above
        from seedream_desktop.state.programs import Programs  # late: as above
        from seedream_desktop.state.working_copies import WorkingCopies  # late: as above

        programs = Programs(current(), self.places.data_dir / "programs.json")
        steps, clean = self.undo, self.clean_copies
        return WorkingCopies(self.pictures, self.activities, steps, programs, clean, self.reading)

    @locked_property
    def handing_over(self) -> HandingOver:
        """Boards on their way to somebody else."""
        from seedream_desktop.state.handing_over import HandingOver  # late: as above

        runner = self._runner(1)
        return HandingOver(self.pictures, self.activities, lambda: self.worker, runner, self.outbox)

    @locked_property
    def outbox(self) -> Outbox:
        """What is being written for others. Thread-safe."""
        from seedream_desktop.library.outbox import Outbox  # late: as above

        return Outbox(self.places.data_dir / "exporting")

    @locked_property
    def importing(self) -> Importing:
        """Pictures from elsewhere on their way into the library."""
        from seedream_desktop.state.importing import Importing  # late: as above

        runner = self._runner(1)
        return Importing(self.pictures, self.activities, self.undo, lambda: self.worker, runner)

    @locked_property
    def clean_copies(self) -> CleanCopies:
        """Copies that tell nothing of how a picture was made."""
        from seedream_desktop.state.clean_copies import CleanCopies  # late: as above

        folder, export = self.places.cache_dir / "leaving", self.worker.export
        return CleanCopies(folder, self.pictures.the_library, lambda: self._boards, export)

    @locked_property
    def screen_colours(self) -> ScreenColours:
        """The colour profiles of the screens."""
        from seedream_desktop.platforms.platform import current  # late: as above
        from seedream_desktop.state.screen_colours import ScreenColours  # late: as above

        return ScreenColours(self.reading, current().screen_profile, self.places.screens)

    @locked_property
    def likeness(self) -> Likeness:
        """What pictures look like."""
        from seedream_desktop.state.likeness import Likeness  # late: as above

        look = lambda path: self.worker.fingerprint(path)  # noqa: E731, PLW0108 - built later
        find_twins = lambda *shapes: self.worker.find_twins(*shapes)  # noqa: E731, PLW0108 - as above
        likeness = Likeness(self.looking, look, self.pictures.the_library, find_twins)
        likeness.duplicates_found.connect(self.pictures.tell_everything)
        likeness.kept.connect(self.searches.read_later)
        return likeness

    @locked_property
    def surveying(self) -> Surveying:
        """Looks at what nobody looked at yet on this machine."""
        from seedream_desktop.state.surveying import Surveying  # late: as above

        look = (self._runner(READING_THREADS), self.worker.look_at)
        gallery, synchronising = self.gallery, self.watcher.synchronising
        is_waited_for = lambda: gallery.is_looking or synchronising.is_looking  # noqa: E731
        return Surveying(*look, self.thumbnails, self.likeness, self.activities, is_waited_for)

    def keep_what_is_seen(self, in_view: Callable[[], InView]) -> None:
        """So that the next start shows it at once."""
        self.recalling.keep(self._runner(1), in_view)

    def reference_path(self, reference: Reference) -> Path:
        """Where a reference's file lies. Any thread. Raises ProblemError(LIBRARY_AWAY, REFERENCE_GONE)."""
        library = self._open_one
        if library is None:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))
        return library.reference_path(reference)

    @property
    def _open_one(self) -> Library | None:
        """The open library. Any thread: ``pictures`` is built on the GUI thread, or not at all."""
        pictures: Pictures | None = self.__dict__.get("pictures")
        return pictures.library if pictures is not None else None

    def note_likeness(self, sha256: str, fingerprint: str) -> None:
        """Keep what a picture looks like, if anything waits for that yet. Any thread."""
        if likeness := self.__dict__.get("likeness"):  # built on the GUI thread, or not at all
            likeness.note(sha256, fingerprint)

    def _make_thumbnail(self, picture: Path, thumbnail: Path) -> None:
        """On a thread of ``_drawing``. Raises ProblemError."""
        try:
            checked = self.worker.make_thumbnail(picture, thumbnail)
        except ProblemError:
            if (library := self._open_one) is not None:
                library.check_present()
            raise
        self.note_likeness(thumbnail.stem, checked.fingerprint)

    def _on_presence(self, is_there: bool) -> None:
        if is_there:
            self.thumbnails.forget_failures()
            if surveying := self.__dict__.get("surveying"):
                surveying.look_again()

    def _survey(self) -> None:
        if library := self.pictures.library:
            self.reading.call(self._sweep_outbox, lambda _: None)
            self.surveying.follow(library)

    def _sweep_outbox(self) -> None:
        """What an end in the middle of an export left. Blocks."""
        if (self.places.data_dir / "exporting").is_dir():
            self.outbox.sweep()

    def _runner(self, threads: int) -> TaskRunner:
        runner = TaskRunner(threads, self)
        self._runners.append(runner)
        return runner

    def _open_library(self, root: Path) -> Library:
        from seedream_desktop.library.library import open_library  # late: after the first paint

        expected_id, index = self._expected_ids.get(root, ""), self.places.index
        try:
            library = open_library(
                root, lambda found_id: index(found_id, root), self._machine_id, expected_id
            )
            library.lookup.titles = {model.id: model.title for model in self.catalog.models}
            return library
        except ProblemError as error:
            self._why_closed = error.problem
            raise

    def _on_opened(self, library: Library) -> None:
        self._why_closed = None
        self.recalling.check(library.id)
        self.gallery.set_library(library)
        self.watcher.follow(library)
        QTimer.singleShot(SURVEYED_AFTER_MS, self, self._survey)
        if library.problem is not None:
            self.pictures.failed.emit(library.problem)

    def _on_library_changed(self, change: LibraryChange) -> None:
        self._boards = change.boards
        self.gallery.apply_change(change)
        if "surveying" in self.__dict__ and (change.added or change.is_everything):
            self.surveying.look_again()
