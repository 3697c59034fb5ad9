"""What an index holds, in one form whatever way it came about: for comparing it with a fresh rebuild."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from pathlib import Path
from typing import TypeAlias

from seedream_desktop.library.library import open_library

Contents: TypeAlias = dict[str, list[tuple[object, ...]]]
_KEYS = {"links": "pk", "tags": "pk", "texts": "pk", "search": "rowid"}


def contents(index: Path) -> Contents:
    """Every row of every table, sorted; without what differs from one rebuild to the next.

    Left out are the numbers of rows and the next picture's number, which never falls. The full-text index is
    checked against its table. Raises sqlite3.DatabaseError where the file is damaged.
    """
    with contextlib.closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        connection.rollback()
        return {table: sorted(_rows(connection, table), key=repr) for table in _TABLES}


def rebuilt(root: Path, machine_id: str = "rebuilding") -> Contents:
    """What a fresh index of the library in ``root`` holds; the library must be at rest."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite3"
        library = open_library(root, index, machine_id)
        library.synchronise()
        library.close()
        return contents(index)


def equals_a_fresh_rebuild(root: Path, index: Path) -> bool:
    """Whether ``index`` holds what a rebuild of the library in ``root`` would; says on failure what not."""
    held, fresh = contents(index), rebuilt(root)
    for table in _TABLES:
        assert held[table] == fresh[table], table
    return True


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    if table == "meta":
        return connection.execute("SELECT * FROM meta WHERE name <> 'next_number'").fetchall()
    if table not in _KEYS:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        return [row[1:] for row in rows] if table == "pictures" else rows
    key = f"{table}.{_KEYS[table]}"
    named = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "pk"]
    kept = ", ".join(f"{table}.{name}" for name in named)
    sql = f"SELECT coalesce(id, 'of nothing'), {kept} FROM {table} LEFT JOIN pictures ON pictures.pk = {key}"
    return connection.execute(sql).fetchall()


_TABLES = ("meta", "boards", "arranged", "pictures", "spend", *_KEYS)
