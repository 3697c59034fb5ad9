"""A picture's record as far as the index of this machine remembers it, for when its file is damaged."""

from __future__ import annotations

import functools
import sqlite3
from typing import TYPE_CHECKING

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.library.record import Made, RecordFile, merge_into
from seedream_desktop.library.rows import EDITED_FROM, MADE_FROM
from seedream_desktop.library.search_text import unspaced

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

_LONG_AGO_MS = 1  # what the record itself said, should it come back from anywhere, is the later word
_ROW = (
    "SELECT pk, sha256, size_bytes, media_type, width_px, height_px, made_ms, number, job_id, press_id, "
    "press_index, set_index, set_count, placed_ms, prompt, model, rating, rejected, title "
    "FROM pictures WHERE id = ?"
)


def remembered(folder: LibraryFolder, index: Index, picture_id: str, sha256: str = "") -> RecordFile | None:
    """The record that the index remembers; None also if it remembers other bytes. Raises ProblemError."""
    known = index.read(functools.partial(known_record, picture_id=picture_id, machine_id=folder.machine_id))
    return (
        known
        if known is not None and known.record.made.sha256 == (sha256 or known.record.made.sha256)
        else None
    )


def with_remembered(folder: LibraryFolder, index: Index, picture_id: str, held: RecordFile) -> RecordFile:
    """``held``; one that another machine made up, over a better one, with what the index remembers.

    Raises ProblemError.
    """
    if not held.is_adopted or held.record.made.job_id:
        return held
    known = remembered(folder, index, picture_id, held.record.made.sha256)
    if known is None or not known.record.made.job_id:
        return held
    return merge_into(RecordFile.understood({**held.document, "made": known.document["made"]}), known)


def known_record(connection: sqlite3.Connection, picture_id: str, machine_id: str) -> RecordFile | None:
    """The record that the index remembers; None: it knows no more than the bytes say.

    How it was asked for is not all there: prompt and model are, sizes and parameters are not.
    """
    row = connection.execute(_ROW, (picture_id,)).fetchone()
    if row is None:
        return None
    pk, sha256, size_bytes, media_type, width_px, height_px, made_ms, *rest = row
    number, job_id, press_id, press_index, set_index, set_count, placed_ms, *said = rest
    prompt, model, rating, rejected, title = said
    linked = _linked(connection, pk, MADE_FROM)
    made = Made(
        sha256,
        size_bytes,
        media_type,
        width_px,
        height_px,
        made_ms,
        number=number,
        recipe=Recipe(prompt=prompt or None, model=model or None),
        job_id=job_id,
        press_id=press_id,
        press_index=press_index,
        set_index=set_index,
        set_count=set_count,
        pressed_ms=0 if placed_ms == made_ms else placed_ms,
        made_from=linked,
        edited_from=next(iter(_linked(connection, pk, EDITED_FROM)), ""),
    )
    tagged = connection.execute("SELECT tag FROM tags WHERE pk = ?", (pk,))
    tags = {tag: True for (tag,) in tagged}
    (note,) = connection.execute("SELECT note FROM search WHERE rowid = ?", (pk,)).fetchone() or ("",)
    marks = {"rating": rating, "rejected": bool(rejected), "title": title, "note": unspaced(note)}
    given = {name: value for name, value in marks.items() if value}
    if not (job_id or prompt or given or tags):
        return None
    record = RecordFile.of(made)
    return (record.marked(given, tags, _LONG_AGO_MS, machine_id) if given or tags else record).adopted()


def _linked(connection: sqlite3.Connection, pk: int, kind: str) -> tuple[str, ...]:
    found = connection.execute("SELECT sha256 FROM links WHERE pk = ? AND kind = ?", (pk, kind))
    return tuple(sha256 for (sha256,) in found)
