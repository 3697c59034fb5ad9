"""What requests cost: one small file each, which stays when pictures go.

spend/<year-month>/<job id>.json    {"format": 1, "job_id", "at_ms", "board_id", "model", "asked",
                                     "delivered", "failed", "price_usd", "price_as_of",
                                     "billed": "yes" | "no" | "maybe", "generated", "surcharge_usd",
                                     "price_least_usd"}
The month is that of UTC; the price is per picture, null where it is not known. ``generated`` is how many
pictures the server says are billed, left out where it did not say; ``surcharge_usd`` is for the references,
left out where it is 0; ``price_least_usd`` is the price of the cheapest shape, left out where all cost the
same. A request cost ``price_usd`` times ``generated`` (else ``delivered``, else ``asked``)
plus the surcharge, if it was billed.

A job is sent by one machine, yet what is not known of it can be told on another one. Of two copies of its
file the one that knows more holds: yes over no (what is spent is never told too small), both over maybe, then
the one with more pictures.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed, ProblemError
from seedream_desktop.generation.ledger import Charge
from seedream_desktop.library.costs import Costs, Spend
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.marks import Document, canonical, written

if TYPE_CHECKING:
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

FORMAT = 1
_COUNT_MOST = 1 << 53  # what every reader of JSON keeps
_USD_MOST = 1e6
_CERTAINTY = (Billed.MAYBE, Billed.NO, Billed.YES)
_HELD = (
    "SELECT job_id, month, board_id, at_ms, least_usd, usd, billed, file_mtime_ns, "
    "model, asked, delivered, failed FROM spend WHERE job_id = ?"
)
_PUT = "INSERT OR REPLACE INTO spend VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MONTH = (
    "SELECT coalesce(sum(usd) FILTER (WHERE billed = 'yes'), 0.0), "
    "coalesce(sum(usd) FILTER (WHERE billed = 'maybe'), 0.0), count(*) FILTER (WHERE usd IS NULL) "
    "FROM spend WHERE month = ? AND billed <> 'no'"
)
_OF_BOARDS = "board_id IN (SELECT value FROM json_each(?))"
_CHARGES = "SELECT job_id, at_ms, least_usd, usd, billed FROM spend WHERE at_ms > ? ORDER BY at_ms, job_id"


def record_spend(folder: LibraryFolder, index: Index, spend: Spend) -> None:
    """Keep what a request cost, over what was kept of it before. Raises ProblemError."""
    month = _month(spend.at_ms)
    path = _path(folder, spend.job_id, month)
    content = json.dumps({"format": FORMAT, **encode(spend)}, ensure_ascii=False, indent=1) + "\n"
    with folder.writing():
        files.make_folder(path.parent)
        files.write_over(path, content.encode(), folder.temporary)
        with files.disk_problems(path):
            mtime_ns = path.stat().st_mtime_ns
        index.write(lambda connection: put_spend(connection, spend, month, mtime_ns))


def settle_spend(folder: LibraryFolder, index: Index, charge: Charge, generated: int | None) -> None:
    """Note in what is kept of a request that it was billed, or was not; nothing where nothing is kept.

    ``generated``: how many pictures the bill shows. Raises ProblemError.
    """
    try:
        kept = read_spend(_path(folder, charge.job_id, _month(charge.at_ms)))
    except (OSError, ValueError):  # gone since it was looked for
        return
    record_spend(folder, index, replace(kept, billed=charge.billed, generated=generated))


def put_spend(connection: sqlite3.Connection, spend: Spend, month: str, mtime_ns: int) -> None:
    """Note in the index what a spend file says."""
    connection.execute(_PUT, _row(spend, month, mtime_ns))


def read_spend(path: Path) -> Spend:
    """What a spend file says. Raises OSError, or ValueError when it is none."""
    spend = decode(Spend, read_document(path))
    counts = (spend.at_ms, spend.asked, spend.delivered, spend.failed, spend.generated or 0)
    prices = (spend.price_usd or 0.0, spend.surcharge_usd, spend.price_least_usd or 0.0)
    if not all(0 <= count <= _COUNT_MOST for count in counts) or not all(
        0 <= usd <= _USD_MOST for usd in prices
    ):
        raise ValueError("a figure that no request has")
    return spend


def spent(connection: sqlite3.Connection, board_ids: Sequence[str] | None, month: str) -> Costs:
    """What was billed and maybe billed in that month (UTC, "2026-11"), as estimated; None: all boards."""
    if board_ids is None:
        return Costs(*connection.execute(_MONTH, (month,)).fetchone())
    statement = f"{_MONTH} AND {_OF_BOARDS}"
    return Costs(*connection.execute(statement, (month, json.dumps(list(board_ids)))).fetchone())


def charges_since(connection: sqlite3.Connection, at_ms: int) -> tuple[Charge, ...]:
    """What the requests that were sent after ``at_ms`` cost, the oldest first."""
    rows = connection.execute(_CHARGES, (at_ms,)).fetchall()
    return tuple(
        Charge(job_id, sent_ms, least, most, Billed(kind)) for job_id, sent_ms, least, most, kind in rows
    )


def synchronise_spend(folder: LibraryFolder, index: Index) -> bool:
    """Take the spend files that are new, changed or gone into the index; True if there were any.

    Raises ProblemError(LIBRARY_AWAY): then none is gone.
    """
    sql = "SELECT job_id, file_mtime_ns FROM spend"
    known = dict(index.read(lambda connection: connection.execute(sql).fetchall()))
    fresh: list[tuple[object, ...]] = []
    copies: list[tuple[Path, Path]] = []  # that a synchroniser left, and of what
    for path, mtime_ns in _spend_files(folder.hidden / "spend"):
        if known.pop(path.stem, None) != mtime_ns:
            with contextlib.suppress(OSError, ValueError):  # half-arrived from another machine
                spend = read_spend(path)
                place = _path(folder, spend.job_id, path.parent.name)
                if path == place:
                    fresh.append(_row(spend, path.parent.name, mtime_ns))
                else:
                    copies.append((path, place))
    fresh += [row for row in _merged_copies(folder, copies) if not _is_held(index, row)]

    def note(connection: sqlite3.Connection) -> None:
        connection.executemany(_PUT, fresh)
        connection.executemany("DELETE FROM spend WHERE job_id = ?", [(job_id,) for job_id in known])

    if known:
        folder.check_present()
    if fresh or known:
        with folder.alone():
            index.write(note)
    return bool(fresh or known)


def merge_spends(first: Document, second: Document) -> Document:
    """Which of two copies of one job's file holds; the same whatever their order."""
    return max(first, second, key=_knowledge)


def _knowledge(document: Document) -> tuple[int, int, int, str]:
    spend = decode(Spend, document)
    generated = -1 if spend.generated is None else spend.generated
    return (_CERTAINTY.index(spend.billed), spend.delivered, generated, canonical(document))


def _merged_copies(
    folder: LibraryFolder, copies: Sequence[tuple[Path, Path]]
) -> Iterator[tuple[object, ...]]:
    """Merge each copy into the file it is one of, and remove it; gives the rows of those files."""
    for copy, path in copies if folder.problem is None else ():
        with contextlib.suppress(OSError, ValueError, ProblemError), folder.writing():
            document = read_document(copy)
            best = merge_spends(read_document(path), document) if path.exists() else document
            if best is document:
                files.write_over(path, written(document), folder.temporary)
            # Read in any case: both may have been written in the same tick of a clock. Its time first, for it
            # may be exchanged at any moment.
            mtime_ns = path.stat().st_mtime_ns
            yield _row(read_spend(path), path.parent.name, mtime_ns)
            files.discard(copy)


def _is_held(index: Index, row: tuple[object, ...]) -> bool:
    held = index.read(lambda connection: connection.execute(_HELD, row[:1]).fetchone())
    return bool(held == row)


def _row(spend: Spend, month: str, mtime_ns: int) -> tuple[object, ...]:
    least_usd, usd, billed = spend.least_usd, spend.usd, spend.billed.value
    counts = (spend.asked, spend.delivered, spend.failed)
    facts = (spend.job_id, month, spend.board_id, spend.at_ms, least_usd, usd, billed, mtime_ns)
    return (*facts, spend.model, *counts)


def _path(folder: LibraryFolder, job_id: str, month: str) -> Path:
    return folder.hidden / "spend" / month / f"{file_names.legal_name(job_id)}.json"


def _month(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m")


def _spend_files(folder: Path) -> Iterator[tuple[Path, int]]:
    for month in folder.glob("*"):
        if not month.is_symlink():
            for path in month.glob("*.json"):
                with contextlib.suppress(OSError):
                    yield path, path.lstat().st_mtime_ns
