"""The rows of the index: how an item is put in, taken out, and fetched as a ``Picture``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from seedream_desktop.file_names import folded
from seedream_desktop.library.likeness import colour_again
from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.record import Made, Record
from seedream_desktop.library.search_text import name_key, plain, spaced
from seedream_desktop.library.values import Picture

MADE_FROM = "made_from"
REFERENCE = "reference"
EDITED_FROM = "edited_from"  # by another program
ELSEWHERE = -1  # the time of a picture whose bytes are in a cloud: it is looked at when they are here
_INTEGER_MAX = (1 << 63) - 1
_NUMBER_MAX = 999_999_999  # a record that claims more does not make all later names long
_AT_ONCE = 500  # parameters of one statement, below every SQLite's limit
_PICTURE = (
    "id, sha256, board_id, title, prompt, model, width_px, height_px, media_type, size_bytes, made_ms, "
    "press_id, press_index, set_index, set_count, rating, rejected, number, trash_id"
)
_ITEM = (
    f"{_PICTURE}, folded, job_id, trashed_ms, placed_ms, "
    "file_mtime_ns, record_mtime_ns, record_size, name_key"
)
_UPDATES = ", ".join(f"{name} = excluded.{name}" for name in _ITEM.split(", ")[1:])
_PUT = (
    f"INSERT INTO pictures({_ITEM}) VALUES ({', '.join('?' * len(_ITEM.split(', ')))}) "  # noqa: S608
    f"ON CONFLICT(id) DO UPDATE SET {_UPDATES} RETURNING pk"
)
_PUT_NEW = f"INSERT INTO pictures(pk, {_ITEM}) VALUES (?, {', '.join('?' * len(_ITEM.split(', ')))})"  # noqa: S608
_PUT_TEXTS = (
    "INSERT INTO search(rowid, prompt, title, tags, note, name, board, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_PARTS = (("links", "pk"), ("tags", "pk"), ("texts", "pk"), ("colours", "pk"), ("search", "rowid"))
_CHANGED = "UPDATE changes SET count = count + 1"  # what was kept of the state before is worth nothing
_ITEM_HELD = f"SELECT pk, {_ITEM} FROM pictures WHERE id = ?"  # noqa: S608
_BELOW = "SELECT pk, id, model, plain FROM pictures JOIN texts USING (pk) WHERE id > ? AND id < ?"
_TEXTS_HELD = "SELECT prompt, title, tags, note, name, board, model FROM search WHERE rowid = ?"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells cheaply whether a picture or its record changed."""

    size_bytes: int = 0
    file_mtime_ns: int = 0  # or ELSEWHERE
    record_mtime_ns: int = 0
    record_size: int = 0  # 0: it has no record, or none that can be read


@dataclass(frozen=True, slots=True)
class Item:
    """A picture as it lies on disk."""

    id: str
    board_id: str
    record: Record
    stamp: Stamp
    trash_id: str = ""
    trashed_ms: int = 0


class Seen(NamedTuple):
    """A picture's file as it was when it was taken in."""

    sha256: str
    size_bytes: int
    mtime_ns: int
    record_size: int  # 0: it had no record, or none that could be read


def put(connection: sqlite3.Connection, item: Item) -> None:
    """Put ``item`` into the index, over what it held under its id."""
    put_each(connection, (item,))


def put_each(connection: sqlite3.Connection, items: Sequence[Item]) -> None:
    """Put items into the index, over what it held under their ids; those that are new all at once."""
    held = seen_each(connection, [item.id for item in items])
    new = {item.id: item for item in items if item.id not in held}
    numbered = []
    for item in (item for item in items if item.id in held):
        (pk,) = connection.execute(_PUT, _row(item)).fetchone()
        _forget_parts(connection, pk)
        numbered.append((pk, item))
    _put_parts(connection, numbered)
    (last,) = connection.execute("SELECT coalesce(max(pk), 0) FROM pictures").fetchone()
    numbered = list(enumerate(new.values(), last + 1))
    places = [(_place(picture_id),) for picture_id in new]
    if connection.execute("SELECT 1 FROM left_behind LIMIT 1").fetchone():
        connection.executemany("DELETE FROM left_behind WHERE place = ?", places)
    connection.executemany(_PUT_NEW, [(pk, *_row(item)) for pk, item in numbered])
    _put_parts(connection, numbered)
    connection.execute(_CHANGED)


def _put_parts(connection: sqlite3.Connection, numbered: Sequence[tuple[int, Item]]) -> None:
    links = [(*link, pk) for pk, item in numbered for link in _links(item)]
    tags = [(_storable(tag), pk) for pk, item in numbered for tag in item.record.marks.tag_names]
    texts = [(pk, _texts(item)) for pk, item in numbered]
    connection.executemany("INSERT OR IGNORE INTO links(sha256, kind, name, pk) VALUES (?, ?, ?, ?)", links)
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", tags)
    plains = [(pk, plain("\n".join(said))) for pk, said in texts]
    connection.executemany("INSERT INTO texts VALUES (?, ?)", plains)
    connection.executemany(_PUT_TEXTS, [(pk, *map(spaced, said)) for pk, said in texts])
    for pk, item in numbered:
        colour_again(connection, str(_storable(item.record.made.sha256)), pk)
    highest = max((item.record.made.number for _, item in numbered), default=0)
    _raise_number(connection, min(highest, _NUMBER_MAX))


def is_as_held(connection: sqlite3.Connection, item: Item) -> bool:
    """Whether the index says of the picture exactly what ``item`` does."""
    row = connection.execute(_ITEM_HELD, (item.id,)).fetchone()
    if row is None or row[1:] != _row(item):
        return False
    texts = _texts(item)
    tags = {(str(_storable(tag)),) for tag in item.record.marks.tag_names}
    expected = (
        ("SELECT tag FROM tags WHERE pk = ?", tags),
        ("SELECT sha256, kind, name FROM links WHERE pk = ?", {*_links(item)}),
        ("SELECT plain FROM texts WHERE pk = ?", {(plain("\n".join(texts)),)}),
        (_TEXTS_HELD, {tuple(map(spaced, texts))}),
    )
    return all({*connection.execute(sql, (row[0],))} == wanted for sql, wanted in expected)


def remove(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take pictures out of the index; where they were is remembered, without a word of it."""
    for picture_id in ids:
        row = connection.execute("DELETE FROM pictures WHERE id = ? RETURNING pk", (picture_id,)).fetchone()
        if row is not None:
            _forget_parts(connection, row[0])
            connection.execute(_CHANGED)
            connection.execute("INSERT OR IGNORE INTO left_behind VALUES (?)", (_place(picture_id),))


def move_below(connection: sqlite3.Connection, before: str, now: str) -> None:
    """Follow a board that went, with all boards in it, from one path to another: nothing else is changed."""
    stale = connection.execute(_BELOW, (f"{now}/", f"{now}0")).fetchall()  # "0" comes after the slash
    remove(connection, [picture_id for _, picture_id, _, _ in stale])  # nothing lay there on disk
    found = connection.execute(_BELOW, (f"{before}/", f"{before}0")).fetchall()
    ids, boards, texts = [], [], []
    for pk, picture_id, model, text in found:
        new_id = f"{now}{picture_id[len(before) :]}"
        was, board = (PurePosixPath(one).parent.as_posix() for one in (picture_id, new_id))
        ids.append((new_id, folded(new_id), pk))
        boards.append((spaced(board), pk))
        kept = text.removesuffix(f"\n{plain(was)}\n{plain(model)}")
        texts.append((f"{kept}\n{plain(board)}\n{plain(model)}", pk))
    connection.executemany("UPDATE pictures SET id = ?, folded = ? WHERE pk = ?", ids)
    connection.executemany("UPDATE search SET board = ? WHERE rowid = ?", boards)
    connection.executemany("UPDATE texts SET plain = ? WHERE pk = ?", texts)
    left = [(_place(picture_id),) for _, picture_id, _, _ in found]
    connection.executemany("INSERT OR IGNORE INTO left_behind VALUES (?)", left)
    arrived = [(_place(new_id),) for new_id, _, _ in ids]
    connection.executemany("DELETE FROM left_behind WHERE place = ?", arrived)
    connection.execute(_CHANGED)


def was_there(connection: sqlite3.Connection, picture_id: str) -> bool:
    """Whether a picture of that id was here once, and is elsewhere now or gone."""
    sql = "SELECT 1 FROM left_behind WHERE place = ?"
    return connection.execute(sql, (_place(picture_id),)).fetchone() is not None


def pictures(connection: sqlite3.Connection, root: Path, ids: Sequence[str]) -> tuple[Picture, ...]:
    """The pictures in the order of ``ids``; ids that are gone are left out."""
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for picture in _fetched(connection, root, f"id IN ({marks})", some):
            found[picture.id] = picture
    return tuple(found[picture_id] for picture_id in ids if picture_id in found)


def by_sha256(connection: sqlite3.Connection, root: Path, sha256: str) -> tuple[Picture, ...]:
    """The pictures with those bytes, oldest first; those in the trash are left out."""
    return tuple(_fetched(connection, root, f"sha256 = ? AND {NOT_TRASHED} ORDER BY made_ms, id", (sha256,)))


def trashed_ms(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """When pictures got into the trash, by id."""
    sql = "SELECT trashed_ms FROM pictures WHERE id = ?"
    found = ((one, connection.execute(sql, (one,)).fetchone()) for one in ids)
    return {one: int(row[0]) for one, row in found if row is not None}


def led_to(connection: sqlite3.Connection, root: Path, sha256: str, kind: str) -> tuple[Picture, ...]:
    """The pictures that were made from that one, or with it as a reference; newest first."""
    linked = "pk IN (SELECT pk FROM links WHERE sha256 = ? AND kind = ?)"
    condition = f"{linked} AND {NOT_TRASHED} ORDER BY made_ms DESC, id"
    return tuple(_fetched(connection, root, condition, (sha256, kind)))


def reference_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The SHA-256 of every reference that a picture was made with, or made from, those in the trash too."""
    return tuple(sha256 for (sha256,) in connection.execute("SELECT DISTINCT sha256 FROM links"))


def ids_of_job(connection: sqlite3.Connection, job_id: str, set_index: int) -> tuple[str, ...]:
    """The pictures that are this one of the job's answer, in the trash too."""
    sql = "SELECT id FROM pictures WHERE job_id = ? AND set_index = ? AND job_id <> '' ORDER BY trash_id, id"
    return tuple(picture_id for (picture_id,) in connection.execute(sql, (job_id, set_index)))


def ids_of_bytes(connection: sqlite3.Connection, sha256: str) -> tuple[str, ...]:
    """The pictures with those bytes, those in the trash last."""
    sql = "SELECT id FROM pictures WHERE sha256 = ? ORDER BY trash_id, id"
    return tuple(picture_id for (picture_id,) in connection.execute(sql, (sha256,)))


def ids_of_same_bytes(connection: sqlite3.Connection, picture_id: str) -> tuple[str, ...]:
    """The pictures with the bytes of that one."""
    row = connection.execute("SELECT sha256 FROM pictures WHERE id = ?", (picture_id,)).fetchone()
    return ids_of_bytes(connection, row[0]) if row else ()


def places_of(connection: sqlite3.Connection, made: Made) -> tuple[tuple[str, str], ...]:
    """Ids and boards of the pictures that have those bytes from that job."""
    condition = f"sha256 = ? AND job_id = ? AND set_index = ? AND {NOT_TRASHED}"
    sql = f"SELECT id, board_id FROM pictures WHERE {condition} ORDER BY id"  # noqa: S608
    return tuple(connection.execute(sql, (made.sha256, made.job_id, made.set_index)))


def seen_each(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Seen]:
    """What the index holds of the pictures' files, by id; without those that it does not know."""
    found: dict[str, Seen] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT id, sha256, size_bytes, file_mtime_ns, record_size FROM pictures WHERE id IN ({marks})"  # noqa: S608
        found |= {row[0]: Seen(*row[1:]) for row in connection.execute(sql, some)}
    return found


def is_taken(connection: sqlite3.Connection, picture_id: str) -> bool:
    """Whether the index holds a picture under that path, or one that differs only in case."""
    found = connection.execute("SELECT 1 FROM pictures WHERE folded = ? LIMIT 1", (folded(picture_id),))
    return found.fetchone() is not None


def next_number(connection: sqlite3.Connection) -> int:
    """The number of the next picture."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'next_number'").fetchone()
    return int(row[0]) if row else 1


def _fetched(
    connection: sqlite3.Connection, root: Path, condition: str, parameters: Sequence[str]
) -> Iterator[Picture]:
    sql = f"SELECT {_PICTURE} FROM pictures WHERE {condition}"  # noqa: S608
    for row in connection.execute(sql, parameters):
        values: tuple[Any, ...] = (*row[:2], root / row[0], *row[2:16], bool(row[16]), *row[17:])
        yield Picture(*values)


def _row(item: Item) -> tuple[str | int, ...]:
    made, marks, stamp = item.record.made, item.record.marks, item.stamp
    values: tuple[str | int, ...] = (
        *(item.id, made.sha256, item.board_id, str(marks.title.value), _prompt(made), _model(made)),
        *(made.width_px, made.height_px, made.media_type, made.size_bytes, made.made_ms),
        *_press(made),
        *(int(marks.rating.value), int(marks.rejected.value), made.number, item.trash_id),
        *(folded(item.id), made.job_id, item.trashed_ms, _placed_ms(made)),
        *(
            stamp.file_mtime_ns,
            stamp.record_mtime_ns,
            stamp.record_size,
            name_key(PurePosixPath(item.id).name),
        ),
    )
    return tuple(_storable(value) for value in values)


def _press(made: Made) -> tuple[str, int, int, int]:
    """The press among whose pictures it stands, and its place there: that of the frame it was made for."""
    if made.frame is None:
        return made.press_id, made.press_index, made.set_index, made.set_count
    frame = made.frame
    return frame.press_id, frame.press_index, frame.place(made.set_index), made.set_count


def _placed_ms(made: Made) -> int:
    if made.frame is not None and made.frame.pressed_ms:
        return made.frame.pressed_ms
    return made.pressed_ms or made.made_ms


def _links(item: Item) -> list[tuple[str, str, str]]:
    """What it was made from: pictures, references with the names of their files, and what it was edited from.

    A working copy that is as it was yet is edited from nothing.
    """
    made = item.record.made
    names = {(str(_storable(sha256)), MADE_FROM): "" for sha256 in made.made_from}
    if made.edited_from and made.edited_from != made.sha256:
        names[str(_storable(made.edited_from)), EDITED_FROM] = ""
    for one in made.request.references if made.request is not None else ():
        names.setdefault((str(_storable(one.sha256)), REFERENCE), plain(str(_storable(one.name))))
    return [(*link, name) for link, name in names.items()]


def _storable(value: str | int) -> str | int:
    """Records come from anywhere: half a character, or a number beyond SQLite's, must not stop the others."""
    if isinstance(value, int):
        return max(min(value, _INTEGER_MAX), -_INTEGER_MAX)
    return value if value.isascii() else value.encode(errors="replace").decode()


def _prompt(made: Made) -> str:
    return (made.request.prompt if made.request else made.recipe.prompt) or ""


def _model(made: Made) -> str:
    return (made.request.model if made.request else made.recipe.model) or ""


def _texts(item: Item) -> tuple[str, ...]:
    marks, path = item.record.marks, PurePosixPath(item.id)
    board = "" if item.trash_id else path.parent.as_posix()
    texts = (
        _prompt(item.record.made),
        str(marks.title.value),
        "\n".join(marks.tag_names),
        str(marks.note.value),
        path.name,
        board,
        _model(item.record.made),
    )
    return tuple(str(_storable(text)) for text in texts)


def _place(picture_id: str) -> str:
    import hashlib  # late: 2 ms that the first paint does without

    return hashlib.sha256(picture_id.encode(errors="replace")).hexdigest()[:32]


def _forget_parts(connection: sqlite3.Connection, pk: int) -> None:
    for table, column in _PARTS:
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (pk,))  # noqa: S608


def _raise_number(connection: sqlite3.Connection, number: int) -> None:
    if number >= next_number(connection):
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('next_number', ?)", (str(number + 1),))
