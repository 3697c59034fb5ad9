"""What requests cost: one small file each, which stays when pictures go.

spend/<year-month>/<job id>.json    {"format": 1, "job_id", "at_ms", "board_id", "model", "asked",
                                     "delivered", "failed", "price_usd", "price_as_of",
                                     "billed": "yes" | "no" | "maybe"}
The month is that of UTC; the price is per picture, null where it is not known.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.values import Spend

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

FORMAT = 1
_PUT = "INSERT OR REPLACE INTO spend VALUES (?, ?, ?, ?, ?, ?)"


def record_spend(folder: LibraryFolder, index: Index, spend: Spend) -> None:
    """Keep what a request cost, over what was kept of it before. Raises ProblemError."""
    month = datetime.fromtimestamp(spend.at_ms / 1000, UTC).strftime("%Y-%m")
    path = folder.hidden / "spend" / month / f"{files.legal_name(spend.job_id)}.json"
    content = json.dumps({"format": FORMAT, **encode(spend)}, ensure_ascii=False, indent=1) + "\n"
    with folder.writing():
        files.make_folder(path.parent)
        files.write_over(path, content.encode(), folder.temporary)
        with files.disk_problems(path):
            mtime_ns = path.stat().st_mtime_ns
        index.write(lambda connection: put_spend(connection, spend, month, mtime_ns))


def put_spend(connection: sqlite3.Connection, spend: Spend, month: str, mtime_ns: int) -> None:
    """Note in the index what a spend file says; what was paid for and did not arrive counts as asked."""
    usd = (spend.price_usd or 0.0) * (spend.delivered or spend.asked)
    connection.execute(_PUT, (spend.job_id, month, spend.board_id, usd, spend.billed.value, mtime_ns))


def read_spend(path: Path) -> Spend:
    """What a spend file says. Raises OSError, or ValueError when it is none."""
    return decode(Spend, json.loads(path.read_bytes()))


def spent(connection: sqlite3.Connection, board_id: str | None, month: str) -> float:
    """US dollars billed or maybe billed in that month (UTC, "2026-11"), as estimated; None: all boards."""
    conditions, parameters = "month = ? AND billed <> ?", [month, Billed.NO.value]
    if board_id is not None:
        conditions += " AND board_id = ?"
        parameters.append(board_id)
    sql = f"SELECT coalesce(sum(usd), 0.0) FROM spend WHERE {conditions}"  # noqa: S608
    return float(connection.execute(sql, parameters).fetchone()[0])


def synchronise_spend(folder: LibraryFolder, index: Index) -> bool:
    """Take the spend files that are new, changed or gone into the index; True if there were any."""
    sql = "SELECT job_id, file_mtime_ns FROM spend"
    known = dict(index.read(lambda connection: connection.execute(sql).fetchall()))
    fresh = []
    for path, mtime_ns in _spend_files(folder.hidden / "spend"):
        if known.pop(path.stem, None) != mtime_ns:
            with contextlib.suppress(OSError, ValueError):  # half-arrived from another machine
                spend = read_spend(path)
                if spend.job_id == path.stem:  # else a copy that a synchroniser left
                    fresh.append((spend, path.parent.name, mtime_ns))

    def note(connection: sqlite3.Connection) -> None:
        for spend, month, mtime_ns in fresh:
            put_spend(connection, spend, month, mtime_ns)
        connection.executemany("DELETE FROM spend WHERE job_id = ?", [(job_id,) for job_id in known])

    if fresh or known:
        with folder.alone():
            index.write(note)
    return bool(fresh or known)


def _spend_files(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in folder.glob("*/*.json"):
        with contextlib.suppress(OSError):
            yield path, path.stat().st_mtime_ns
