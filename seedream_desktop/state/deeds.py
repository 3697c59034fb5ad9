"""What one step does to each of its pictures, and what takes that back: the same kind of thing again.

Done on the thread of the library. A picture that was moved, renamed or put back in the meantime is found by
its bytes; one that is gone is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from seedream_desktop.file_names import NAME_LIMIT_BYTES, legal_name, picture_name
from seedream_desktop.library.bulk import PartlyDone
from seedream_desktop.library.marking import Changes, Marked
from seedream_desktop.library.moving import Moved
from seedream_desktop.library.trash import TrashEntry
from seedream_desktop.library.values import Picture

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.library.library import Library

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Name:
    """What a picture is called: its title, and the name of its file; empty: as its title says."""

    title: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A board, and the name of the file there; empty: as it is."""

    board_id: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class IntoTrash:
    """To be moved to the trash."""


@dataclass(frozen=True, slots=True)
class OutOfTrash:
    """To be put back."""

    entry_id: str


Wish: TypeAlias = Changes | Name | Place | IntoTrash | OutOfTrash


@dataclass(frozen=True, slots=True)
class Deed:
    """What is wished for one picture. ``sha256`` is empty while only its id is known."""

    picture_id: str
    sha256: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some deeds: what takes them back, and the pictures as they were called and are now."""

    back: tuple[Deed, ...] = ()
    removed: tuple[str, ...] = ()  # ids that are no more
    added: tuple[Picture, ...] = ()
    changed: tuple[Picture, ...] = ()
    problem: Problem | None = None  # why it is not all


def perform(library: Library, deeds: Sequence[Deed]) -> Outcome:
    """Do what is wished for each, all of one kind."""
    kind = type(deeds[0].wish)
    if kind is OutOfTrash:
        return _bring_back(library, deeds)
    ids = library.found([(deed.picture_id, deed.sha256) for deed in deeds])
    found = {picture_id: deed.wish for picture_id, deed in zip(ids, deeds, strict=True) if picture_id}
    if kind is IntoTrash:
        return _trash(library, tuple(found))
    if kind is Place:
        return _move(library, {key: wish for key, wish in found.items() if isinstance(wish, Place)})
    if kind is Name:
        return _rename(library, {key: wish for key, wish in found.items() if isinstance(wish, Name)})
    return _mark(library, {key: wish for key, wish in found.items() if isinstance(wish, Changes)})


def _some(act: Callable[[], tuple[Result, ...]], kind: type[Result]) -> tuple[list[Result], Problem | None]:
    """What ``act`` did, and why that is not all."""
    try:
        return list(act()), None
    except PartlyDone as error:
        return [one for one in error.done if isinstance(one, kind)], error.problem


def _mark(library: Library, wishes: dict[str, Changes]) -> Outcome:
    marked, problem = _some(lambda: library.mark_each(wishes), Marked)
    back = tuple(Deed(one.picture.id, one.picture.sha256, one.back) for one in marked)
    return Outcome(back, changed=tuple(one.picture for one in marked), problem=problem)


def _trash(library: Library, ids: tuple[str, ...]) -> Outcome:
    entries, problem = _some(lambda: library.trash(ids), TrashEntry)
    back = tuple(Deed(one.picture.id, one.picture.sha256, OutOfTrash(one.id)) for one in entries)
    return Outcome(back, removed=() if problem else ids, problem=problem)


def _bring_back(library: Library, deeds: Sequence[Deed]) -> Outcome:
    entry_ids = [deed.wish.entry_id for deed in deeds if isinstance(deed.wish, OutOfTrash)]
    restored, problem = _some(lambda: library.restore(entry_ids), Picture)
    back = tuple(Deed(one.id, one.sha256, IntoTrash()) for one in restored)
    removed = () if problem else tuple(deed.picture_id for deed in deeds)
    return Outcome(back, removed, tuple(restored), problem=problem)


def _move(library: Library, wishes: dict[str, Place]) -> Outcome:
    moved, problem = _moved(library, wishes)
    return Outcome(
        tuple(Deed(one.picture.id, one.picture.sha256, _place_of(one.before)) for one in moved),
        removed=tuple(one.before.id for one in moved),
        added=tuple(one.picture for one in moved),
        problem=problem,
    )


def _moved(library: Library, wishes: dict[str, Place]) -> tuple[list[Moved], Problem | None]:
    moved: list[Moved] = []
    for board_id in dict.fromkeys(wish.board_id for wish in wishes.values()):
        ids = tuple(key for key, wish in wishes.items() if wish.board_id == board_id)
        names = {key: wishes[key].file_name for key in ids if wishes[key].file_name}
        some, problem = _some(functools.partial(library.move_each, ids, board_id, names), Moved)
        moved += some
        if problem is not None:
            return moved, problem
    return moved, None


def _place_of(picture: Picture) -> Place:
    return Place(picture.board_id, picture.path.name)


def _rename(library: Library, wishes: dict[str, Name]) -> Outcome:
    """The titles first, then the files."""
    titles = {key: Changes(title=wish.title) for key, wish in wishes.items()}
    marked, problem = _some(lambda: library.mark_each(titles), Marked)
    places = {
        one.picture.id: Place(
            one.picture.board_id, wishes[one.picture.id].file_name or _file_name(one.picture)
        )
        for one in marked
    }
    moved, why_not_moved = _moved(library, places)
    now = {one.before.id: one.picture for one in moved}
    return Outcome(
        tuple(
            Deed(
                now.get(one.picture.id, one.picture).id,
                one.picture.sha256,
                Name(one.back.title or "", one.picture.path.name),
            )
            for one in marked
        ),
        removed=tuple(now),
        added=tuple(now.values()),
        changed=tuple(one.picture for one in marked if one.picture.id not in now),
        problem=problem or why_not_moved,
    )


def _file_name(picture: Picture) -> str:
    """The file's name by the title, else by the prompt, with the picture's number if it has one."""
    extension = picture.path.suffix.removeprefix(".")
    words = picture.title or picture.prompt
    if picture.number:
        return picture_name(words, picture.number, extension)
    if not words:
        return picture.path.name
    return f"{legal_name(words, NAME_LIMIT_BYTES - len(picture.path.suffix.encode()))}{picture.path.suffix}"
