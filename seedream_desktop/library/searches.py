"""Saved searches: one JSON file each in the library, so that they go where it goes.

format   1
id       also the name of the file
name     {"value": text, "at": UTC milliseconds, "by": machine id}
query    {"value": {"text", "literal", "like", "board", "rated", "hides_rejected", "order"}, ...}; what is not
         there is as in a new ``Query``. "like" is a fingerprint, which every machine compares with those
         that it makes itself: the picture that it was made of need not be in the library
"""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop import files
from seedream_desktop.file_names import folded
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import HIDDEN
from seedream_desktop.library.marks import Document, canonical, json_object, later, stamped, unlike, written
from seedream_desktop.library.values import Order, Query

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.lookup import Lookup

FORMAT = 1
_FOLDER = "searches"
PLACE = f"{HIDDEN}/{_FOLDER}"  # in the library
_ID = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name."""

    id: str
    name: str
    query: Query


class Searches:
    """The saved searches of one library. Any thread; every method waits for the disk."""

    def __init__(self, folder: LibraryFolder, lookup: Lookup) -> None:
        self._folder = folder
        self._lookup = lookup
        self._seen: dict[str, Document] | None = None

    def all(self) -> tuple[SavedSearch, ...]:
        """In the order of their names. A file that cannot be read is passed over. Raises ProblemError."""
        found = (_search_of(document) for document in self._documents().values())
        return tuple(sorted(found, key=lambda search: (folded(search.name), search.id)))

    def find(self, search_id: str) -> SavedSearch | None:
        """The one with that id; None: it is gone. Raises ProblemError."""
        return next((search for search in self.all() if search.id == search_id), None)

    def damaged(self) -> tuple[str, ...]:
        """The names of files that cannot be read, though nothing changed them lately. Raises ProblemError."""
        place = self._folder.hidden / _FOLDER
        with files.disk_problems(place):
            return tuple(
                path.name for path in _paths(place) if _read(path) is None and self._folder.is_still(path)
            )

    def counts(self) -> dict[str, int]:
        """How many pictures each finds now, by id. Raises ProblemError."""
        searches = self.all()
        counts = self.counts_of([search.query for search in searches])
        return {search.id: count for search, count in zip(searches, counts, strict=True)}

    def counts_of(self, queries: Sequence[Query]) -> tuple[int, ...]:
        """How many pictures each of these finds now. Raises ProblemError."""
        counts = iter(self._lookup.counts([query for query in queries if not query.like]))
        return tuple(self._count_alike(query) if query.like else next(counts) for query in queries)

    def _count_alike(self, query: Query) -> int:
        return len(self._lookup.ids(replace(query, order=Order.LIKENESS)))

    def save(self, name: str, query: Query, search_id: str = "") -> SavedSearch:
        """Keep a search under a new id, or anew under the one it has or had. Raises ProblemError."""
        return self._write(search_id or uuid.uuid4().hex, {"name": name, "query": _written_query(query)})

    def rename(self, search_id: str, name: str) -> SavedSearch | None:
        """Give it another name; None: it is gone. Raises ProblemError."""
        return self._write(search_id, {"name": name}) if search_id in self._documents() else None

    def change(self, search_id: str, query: Query) -> SavedSearch | None:
        """Let it ask for something else under its name; None: it is gone. Raises ProblemError."""
        values = {"query": _written_query(query)}
        return self._write(search_id, values) if search_id in self._documents() else None

    def remove(self, search_id: str) -> None:
        """Let it go, with every copy of it. Raises ProblemError."""
        with self._folder.writing():
            for path, document in self._files():
                if document["id"] == search_id:
                    files.discard(path)
            self._note_own(search_id, None)

    def synchronise(self) -> bool:
        """Merge what synchronisers left beside the files; True if others changed a search since last time.

        Raises ProblemError (LIBRARY_AWAY and others): then none is gone.
        """
        found = self._documents()
        self._folder.check_present()
        if self._folder.problem is None:
            for path, document in self._files():
                if path != self._path(document["id"]):
                    with contextlib.suppress(ProblemError), self._folder.writing():
                        self._put(found[document["id"]])
                        files.discard(path)
        before, self._seen = self._seen, found
        return before is not None and before != found

    def _write(self, search_id: str, values: dict[str, Any]) -> SavedSearch:
        with self._folder.writing():
            held = self._documents().get(search_id, {"format": FORMAT, "id": search_id})
            document = stamped(held, unlike(held, values), now_ms(), self._folder.machine_id)
            if document != held:
                self._put(document)
                self._note_own(search_id, document)
        return _search_of(document)

    def _note_own(self, search_id: str, document: Document | None) -> None:
        """What is done here is no news to this machine."""
        if self._seen is not None:
            rest = {seen_id: seen for seen_id, seen in self._seen.items() if seen_id != search_id}
            self._seen = rest if document is None else {**rest, search_id: document}

    def _put(self, document: Document) -> None:
        path = self._path(document["id"])
        files.make_folder(path.parent)
        files.write_over(path, written(document), self._folder.temporary)

    def _path(self, search_id: str) -> Path:
        return self._folder.hidden / _FOLDER / f"{search_id}.json"

    def _documents(self) -> dict[str, Document]:
        """By id, copies merged."""
        found: dict[str, Document] = {}
        for _, document in self._files():
            held = found.get(document["id"])
            found[document["id"]] = document if held is None else merge_searches(held, document)
        return found

    def _files(self) -> Iterator[tuple[Path, Document]]:
        place = self._folder.hidden / _FOLDER
        with files.disk_problems(place):
            paths = _paths(place)
        for path in paths:
            if (document := _read(path)) is not None:
                yield path, document


def merge_searches(first: Document, second: Document) -> Document:
    """Two copies of one search's file as one, the same whatever their order."""
    low, high = sorted((first, second), key=canonical)
    return {name: later(low.get(name), high.get(name)) for name in low.keys() | high.keys()}


def _paths(place: Path) -> list[Path]:
    """Raises OSError."""
    return sorted(place.glob("*.json"))


def _read(path: Path) -> Document | None:
    """What a file says; None: it cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        return _checked(read_document(path))
    return None


def _checked(held: Any) -> Document:
    """Raises ValueError."""
    if not isinstance(held, dict) or not isinstance(held.get("id"), str) or not _ID.fullmatch(held["id"]):
        raise ValueError("not a search")
    return held


def _search_of(document: Document) -> SavedSearch:
    name = json_object(document.get("name")).get("value")
    query = json_object(json_object(document.get("query")).get("value"))
    return SavedSearch(document["id"], name if isinstance(name, str) else "", _query_of(query))


def _written_query(query: Query) -> Document:
    return {
        "text": query.text,
        "literal": list(query.literal),
        "like": query.like,
        "board": query.board_id,
        "rated": query.rated,
        "hides_rejected": query.hides_rejected,
        "order": query.order.value,
    }


def _query_of(held: Document) -> Query:
    names = ("text", "literal", "like", "board", "order")
    text, literal, like, board_id, order = (held.get(name) for name in names)
    literal = literal if isinstance(literal, list) else []
    return Query(
        board_id=board_id if isinstance(board_id, str) else "",
        text=text if isinstance(text, str) else "",
        literal=tuple(words for words in literal if isinstance(words, str)),
        rated=held.get("rated") is True,
        like=like if isinstance(like, str) else "",
        hides_rejected=held.get("hides_rejected") is True,
        order=next((one for one in Order if one.value == order), Order.NEWEST),
    )
