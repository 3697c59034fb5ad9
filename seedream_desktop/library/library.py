"""The library: pictures, boards, references, the trash and the costs of one folder, through one door."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library import rows
from seedream_desktop.library.adoption import made_up_record
from seedream_desktop.library.arranging import Arranging, Facts
from seedream_desktop.library.board_folders import BoardFolders, Standing
from seedream_desktop.library.boards import Boards
from seedream_desktop.library.cost_table import CostTable
from seedream_desktop.library.emptying import Emptying
from seedream_desktop.library.filters import Filters
from seedream_desktop.library.finding import found, ids_with_tag, known_tags, tags_of
from seedream_desktop.library.folder import SETTLE_S, LibraryFolder, open_folder
from seedream_desktop.library.forgetting import Forgetting
from seedream_desktop.library.hand_order import HandOrder
from seedream_desktop.library.index import Index
from seedream_desktop.library.items import read_record
from seedream_desktop.library.keeping import Keeping, NewPicture
from seedream_desktop.library.likeness import Likeness
from seedream_desktop.library.lookup import Lookup, Stopper
from seedream_desktop.library.marking import Changes, Marked, mark, mark_each
from seedream_desktop.library.markups import Markups
from seedream_desktop.library.moving import Moved, Moving
from seedream_desktop.library.presets import Presets
from seedream_desktop.library.prompt_history import PromptHistory
from seedream_desktop.library.query import NOT_TRASHED, today_ms
from seedream_desktop.library.recipe_presets import RecipePresets
from seedream_desktop.library.references import References
from seedream_desktop.library.relations import Relations
from seedream_desktop.library.restoring import Restoring
from seedream_desktop.library.searches import PLACE as SEARCHES
from seedream_desktop.library.searches import Searches
from seedream_desktop.library.spending import charges_since, record_spend, settle_spend
from seedream_desktop.library.synchronise import Synchroniser
from seedream_desktop.library.trash import Trash, TrashEntry
from seedream_desktop.library.values import Board, Counts, Picture, Proceed, Query

if TYPE_CHECKING:
    from seedream_desktop.generation.ledger import Charge
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.board_file import BoardFile
    from seedream_desktop.library.brought import Brought
    from seedream_desktop.library.costs import Costs, Spend
    from seedream_desktop.library.findings import Checkup
    from seedream_desktop.library.forgetting import BoardTraces
    from seedream_desktop.library.record import Record
    from seedream_desktop.library.suggestions import Suggestion


def open_library(
    root: Path,
    index: Callable[[str], Path] | Path,
    machine_id: str,
    expected_id: str = "",
    settle_s: float = SETTLE_S,
) -> Library:
    """The library in ``root``; one is begun there if there is none.

    ``index``: where its index lies on this machine, or how that follows from the library's id. With
    ``expected_id`` no other library is opened or begun. A library of a newer format and one that cannot be
    written open to be looked at: ``Library.problem`` says why. Raises ProblemError with LIBRARY_AWAY,
    FOLDER_NOT_WRITABLE, DISK_FULL or FILE_UNREADABLE (its description is damaged).
    """
    folder = open_folder(root, machine_id, expected_id, settle_s)
    path = index if isinstance(index, Path) else index(folder.id)
    return Library(folder, Index(path, folder.id))


class Library:
    """An open library. Any thread; every method may wait for the disk and raises ProblemError.

    What it says is what the index of this machine holds; ``synchronise`` holds that against the files.
    """

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
        self._index = index
        self._boards = Boards(folder, index)
        self._references = References(folder, index)
        self._synchroniser = Synchroniser(folder, index, self._boards)
        self._keeping = Keeping(folder, index, self._boards, self._synchroniser)
        self._trash = Trash(folder, index)
        self._restoring = Restoring(folder, index, self._boards)
        self._moving = Moving(folder, index, self._boards)
        self.emptying = Emptying(folder, index)
        self.presets = Presets(folder)
        self.recipe_presets = RecipePresets(folder)
        self.prompt_history = PromptHistory(index, folder.root)
        self.markups = Markups(folder)
        self.relations = Relations(index, folder.root)
        self.board_folders = BoardFolders(folder, index, self._boards, self._synchroniser)
        self.hand_order = HandOrder(folder, index, self._boards)
        self.cost_table = CostTable(index, self._boards)
        self.likeness = Likeness(folder, index)
        self.lookup = Lookup(index, self._boards)
        self.filters = Filters(index, self.lookup)
        self.arranging = Arranging(index, self.lookup)
        self.searches = Searches(folder, self.lookup)
        self._forgetting = Forgetting(folder, index, self._boards)
        with contextlib.suppress(ProblemError):  # a full disk is no reason not to look at what is there
            self._boards.inbox()

    @property
    def id(self) -> str:
        """The same on every machine and at every place."""
        return self._folder.id

    @property
    def all_ids(self) -> frozenset[str]:
        """Its id, and those that it had before two machines agreed that theirs is one library."""
        return frozenset(self._folder.ids)

    def is_called(self, library_id: str) -> bool:
        """Whether that is its id, or was."""
        return library_id in self._folder.ids

    @property
    def is_unsettled(self) -> bool:
        """Whether the last ``synchronise`` met things that may be half arrived: look again after a while."""
        return self._folder.is_unsettled

    @property
    def root(self) -> Path:
        """The library's folder."""
        return self._folder.root

    @property
    def problem(self) -> Problem | None:
        """Why nothing can be written, or None."""
        return self._folder.problem

    @property
    def is_read_only(self) -> bool:
        """Whether it can only be looked at."""
        return self._folder.problem is not None

    def check_present(self) -> None:
        """Raises ProblemError(LIBRARY_AWAY) while its folder is not there."""
        self._folder.check_present()

    @property
    def needs_rebuild(self) -> bool:
        """Whether the index was begun anew and holds nothing until ``synchronise``."""
        return self._index.needs_rebuild

    @property
    def inbox(self) -> Board:
        """The board for what has no other."""
        return self._boards.inbox()

    def boards(self) -> tuple[Board, ...]:
        """Inbox first."""
        return self._boards.all()

    def board(self, board_id: str) -> Board | None:
        """The board with that id; None: it is not here."""
        return self._boards.find(board_id)

    def create_board(self, name: str, parent_id: str = "") -> Board:
        """A new board; its name is made legal, and another one if there is such a folder."""
        return self._boards.create(name, parent_id)

    def rename_board(self, board_id: str, name: str) -> None:
        """Give a board another name; made legal, and another one if there is such a folder."""
        before = self._boards.find(board_id)
        if before is not None and name.strip():
            self.board_folders.move(Standing(board_id, self._boards.parent_id(board_id), name))

    def traces_of_board(self, board_id: str) -> BoardTraces | None:
        """What there is of a board; None: it is not here."""
        return self._forgetting.traces(board_id)

    def forget_board(self, traces: BoardTraces, proceed: Proceed) -> None:
        """Remove all that there is of a board, for good. Done again it finishes what was left of it."""
        self._forgetting.forget(traces, proceed)

    def board_settings(self, board_id: str) -> BoardFile:
        """How the board is set up."""
        return self._boards.settings(board_id)

    def set_up_board(self, board_id: str, values: Mapping[str, Any]) -> BoardFile:
        """Change settings as ``board_file`` names them, given as JSON values."""
        return self._boards.set_up(board_id, values)

    def board_values(self, board_id: str, names: Iterable[str]) -> dict[str, Any]:
        """The settings of these names, as ``set_up_board`` takes them; None: never given."""
        return self._boards.values(board_id, names)

    def add(self, new: NewPicture) -> Picture:
        """Keep a picture that was made. Brought again (by job and place in the set), it is there already."""
        return self._keeping.add(new)

    def import_picture(
        self, source: Path, checked: CheckedPicture, board_id: str, brought: Brought | None = None
    ) -> Picture:
        """Keep a copy of a picture that was made elsewhere, with what it brings along."""
        return self._keeping.import_picture(source, checked, board_id, brought)

    def working_copy(self, picture_id: str, source: Path | None = None) -> Picture:
        """A copy of a picture, or of what ``source`` has of it, that other programs may change."""
        return self._keeping.working_copy(picture_id, source)

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        """The pictures that ``query`` asks for, in its order. Raises Overtaken when it was stopped."""
        return self.lookup.ids(query, stopper)

    def arranged_ids(
        self, query: Query, stopper: Stopper | None = None
    ) -> tuple[Sequence[str], Facts | None]:
        """The same with what is known of them to arrange them; None where that has to be asked for."""
        return self.lookup.arranged_ids(query, stopper)

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        """The pictures in the order of ``ids``; those that are gone are left out."""
        return self._index.read(lambda connection: rows.pictures(connection, self.root, ids))

    def counts(self) -> Counts:
        """How many pictures there are."""
        return self._index.read(_counts)

    def record(self, picture_id: str) -> Record:
        """What made the picture and what was said about it, from its record on disk."""
        held = read_record(self._folder, picture_id)
        if held is None:
            path = self._folder.path(picture_id)
            if not path.is_file():
                self._folder.check_present()
                raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
            held = made_up_record(self._folder, self._index, path, made_ms=0)
        return held.record

    def by_sha256(self, sha256: str) -> tuple[Picture, ...]:
        """The pictures with those bytes."""
        return self._index.read(lambda connection: rows.by_sha256(connection, self.root, sha256))

    def led_to(self, sha256: str) -> tuple[Picture, ...]:
        """The pictures that were made from that picture, newest first."""
        return self._index.read(lambda connection: rows.led_to(connection, self.root, sha256, rows.MADE_FROM))

    def made_with(self, reference_sha256: str) -> tuple[Picture, ...]:
        """The pictures that were made with that reference, newest first."""
        return self._index.read(
            lambda connection: rows.led_to(connection, self.root, reference_sha256, rows.REFERENCE)
        )

    def add_reference(self, source: Path, checked: CheckedPicture, name: str) -> Reference:
        """Keep a copy of a reference image, once."""
        return self._references.add(source, checked, name)

    def reference_path(self, reference: Reference) -> Path:
        """The file of a reference. Raises ProblemError(REFERENCE_GONE)."""
        return self._references.path(reference)

    def sweep_references(self, named: Collection[str], before_s: float) -> int:
        """Delete references that nothing names or used after ``before_s``; none while not all is known."""
        if self.is_read_only or self.needs_rebuild:
            return 0
        return self._references.sweep(named, before_s)

    def mark(
        self,
        picture_ids: Sequence[str],
        *,
        rating: int | None = None,
        rejected: bool | None = None,
        title: str | None = None,
        note: str | None = None,
        add_tags: Iterable[str] = (),
        remove_tags: Iterable[str] = (),
    ) -> tuple[Picture, ...]:
        """Say something about pictures, and give them as they are then; ``None``: stays as it was."""
        changes = Changes(rating, rejected, title, note, tuple(add_tags), tuple(remove_tags))
        return mark(self._folder, self._index, picture_ids, changes)

    def mark_each(self, changes: Mapping[str, Changes]) -> tuple[Marked, ...]:
        """Say something else about each picture; gives what would take it back, too."""
        return mark_each(self._folder, self._index, changes)

    def move(self, picture_ids: Sequence[str], board_id: str) -> tuple[Picture, ...]:
        """Move pictures to another board, and give those that moved as they are then, under their new ids."""
        return tuple(moved.picture for moved in self._moving.move(picture_ids, board_id))

    def move_each(
        self, picture_ids: Sequence[str], board_id: str, names: Mapping[str, str]
    ) -> tuple[Moved, ...]:
        """Move pictures, or give them other file names where they are; gives what they were before, too."""
        return self._moving.move(picture_ids, board_id, names)

    def found(self, pictures: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The ids of pictures that were known by these ids and hashes, wherever they are by now.

        The trash is looked into last; empty: it is gone.
        """
        return self._index.read(lambda connection: found(connection, pictures))

    def known_tags(self) -> tuple[str, ...]:
        """Every tag that a picture has, the most used first."""
        return self._index.read(known_tags)

    def ids_with_tag(self, tag: str) -> tuple[str, ...]:
        """The pictures that have the tag, those in the trash too."""
        return self._index.read(lambda connection: ids_with_tag(connection, tag))

    def suggestions(self, text: str, cursor: int) -> tuple[Suggestion, ...]:
        """What the word at ``cursor`` of a search line could become, what most pictures have first."""
        from seedream_desktop.library.suggestions import suggestions  # late: only while somebody types

        return suggestions(self._index, text, cursor)

    def tags_of(self, picture_ids: Sequence[str]) -> dict[str, int]:
        """The tags of these pictures, and how many of them have each."""
        return self._index.read(lambda connection: tags_of(connection, picture_ids))

    def trash(self, picture_ids: Sequence[str]) -> tuple[TrashEntry, ...]:
        """Put pictures into the trash."""
        return self._trash.put(picture_ids)

    def restore(self, entry_ids: Sequence[str]) -> tuple[Picture, ...]:
        """Bring pictures back to the boards that they were on."""
        return self._restoring.restore(entry_ids)

    def trashed(self) -> tuple[TrashEntry, ...]:
        """What is in the trash, lately trashed first."""
        return self._trash.entries()

    def outdated(self, before_ms: int) -> tuple[str, ...]:
        """The entries that were put into the trash before that moment, oldest first."""
        return self._trash.outdated(before_ms)

    def purge(self, entry_ids: Sequence[str]) -> None:
        """Delete trashed pictures for good."""
        self._trash.purge(entry_ids)

    def record_spend(self, spend: Spend) -> None:
        """Keep what a request cost."""
        record_spend(self._folder, self._index, spend)

    def settle_spend(self, charge: Charge, generated: int | None = None) -> None:
        """Note that a request of unknown outcome was billed, or was not, as ``charge`` says."""
        settle_spend(self._folder, self._index, charge, generated)

    def charges_since(self, at_ms: int) -> tuple[Charge, ...]:
        """What the requests that were sent after ``at_ms`` cost."""
        return self._index.read(lambda connection: charges_since(connection, at_ms))

    def spent(self, board_id: str | None, month: str) -> Costs:
        """What was billed and maybe billed in a month ("2026-11", UTC), as estimated; None: all boards."""
        return self.cost_table.spent(board_id, month)

    def synchronise(self, proceed: Proceed | None = None) -> bool:
        """Hold the index against the files and take in what changed outside; True if anything did.

        ``proceed`` hears how many of how many changes are done; where it says no the rest is left for later.
        """
        is_changed = self._synchroniser.run(proceed)
        return self.searches.synchronise() or is_changed

    def look(self, folders: Iterable[str]) -> bool:
        """The same for a few folders, named by their paths in the library; True if anything changed there."""
        places = set(folders)
        is_changed = self._synchroniser.look(places - {SEARCHES})
        return (SEARCHES in places and self.searches.synchronise()) or is_changed

    def check(self, look: Callable[[Path], object] | None, proceed: Proceed) -> Checkup:
        """Look through everything and heal what can be; with ``look``, which decodes, read every picture."""
        from seedream_desktop.library.checkup import Checker  # late: rarely wanted

        return Checker(self._folder, self._index, self._boards, self._synchroniser).run(look, proceed)

    def forget_missing(self, picture_ids: tuple[str, ...]) -> int:
        """Let go of the records of pictures that are gone for good; how many."""
        from seedream_desktop.library.checkup import forget_missing  # late: rarely wanted

        return forget_missing(self._folder, picture_ids)

    def close(self) -> None:
        """Close the index; the library is not used afterwards."""
        self._index.close()


def _counts(connection: sqlite3.Connection) -> Counts:
    held = f"SELECT count(*) FROM pictures WHERE {NOT_TRASHED}"  # noqa: S608
    statements = (
        (held, ()),
        (f"{held} AND placed_ms >= ? AND placed_ms < ?", today_ms()),
        (f"{held} AND rating > 0", ()),
        ("SELECT count(*) FROM pictures WHERE trash_id <> ''", ()),
        ("SELECT ifnull(sum(size_bytes), 0) FROM pictures WHERE trash_id <> ''", ()),
    )
    return Counts(*(connection.execute(sql, parameters).fetchone()[0] for sql, parameters in statements))
