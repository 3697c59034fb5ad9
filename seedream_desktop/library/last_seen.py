"""What was seen of a library last, kept on this machine so that the next start shows it at once.

A cache: a file that is missing, damaged or of another library is none. What it says is shown until the
library has been asked, and nothing is ever done on its word. It holds names of pictures: only its owner may
read it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from array import array
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from seedream_desktop.files import discard
from seedream_desktop.library.arranging import ASPECT_ONE, Facts
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.values import Order, Picture, Query

_VERSION = 2
_DESCRIPTION = Path(".seedream", "library.json")  # as ``library.folder`` has it
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ASPECT_MOST = 0xFFFF
_WORTH_MOST = 6
_FIGURE_MOST = 1 << 30


class SeenRow(NamedTuple):
    """A picture in the gallery, as far as it takes to paint its tile."""

    id: str
    begins: bool  # a stack, or it stands alone
    day: int  # as 20261122; 0: none
    aspect: int  # width by height, in 1 / ASPECT_ONE
    worth: int  # for the cover of its stack, as ``library.arranging`` has it
    side_px: int  # of its thumbnail, in device pixels; 0: it was not in view
    picture: Picture | None  # without words; None: not read, or hidden in a stack


class LastSeen(NamedTuple):
    """Rows that stood one after the other."""

    library_id: str
    root: Path
    query: Query  # only its board, its order, and whether it hides what is rejected
    is_top: bool  # the first of them is the first of all
    rows: tuple[SeenRow, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Of all rows."""
        return tuple(row.id for row in self.rows)

    @property
    def facts(self) -> Facts:
        """What it takes to arrange them."""
        rows = self.rows
        days, aspects = array("I", [row.day for row in rows]), array("H", [row.aspect for row in rows])
        return Facts(bytes(row.begins for row in rows), days, aspects, bytes(row.worth for row in rows))

    def holds(self, seen_id: str) -> bool:
        """Whether it shows where ``seen_id`` stood at the top; empty: where all pictures begin."""
        return any(row.id == seen_id for row in self.rows) if seen_id else self.is_top


def keep_last_seen(path: Path, seen: LastSeen) -> None:
    """Put it in the place of what was kept before, as far as the disk takes it."""
    value = {
        "version": _VERSION,
        "library": seen.library_id,
        "root": os.fspath(seen.root),
        "board": seen.query.board_id,
        "hides_rejected": seen.query.hides_rejected,
        "order": seen.query.order,
        "is_top": seen.is_top,
        "rows": [_written(row) for row in seen.rows],
    }
    half = _half(path)
    with contextlib.suppress(OSError):
        discard(half)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(json.dumps(value).encode("ascii"))
        half.replace(path)


def forget_last_seen(path: Path) -> None:
    """Leave nothing of it."""
    discard(path)
    discard(_half(path))


def read_last_seen(path: Path, root: Path) -> LastSeen | None:
    """What was seen last of the library that is in ``root`` now; None: nothing is known. Blocks."""
    try:
        value = read_document(path)
        if value["version"] != _VERSION or value["root"] != os.fspath(root):
            return None
        if value["library"] != read_document(root / _DESCRIPTION)["id"]:
            return None  # another one is in its place
        query = Query(
            board_id=_text(value["board"]),
            hides_rejected=_flag(value["hides_rejected"]),
            order=Order(value["order"]),
        )
        rows = tuple(_read(row, root) for row in value["rows"])
        return LastSeen(value["library"], root, query, _flag(value["is_top"]), rows) if rows else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _half(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _written(row: SeenRow) -> Sequence[Any]:
    one = row.picture
    place = (row.id, row.begins, row.day, row.aspect, row.worth, row.side_px)
    if one is None:
        return place
    size = (one.sha256, one.width_px, one.height_px, one.made_ms)
    return (*place, *size, one.press_id, one.set_index, one.set_count, one.rating, one.rejected)


def _read(row: Any, root: Path) -> SeenRow:
    """Raises ValueError, TypeError: it is none."""
    picture_id, begins, day, aspect, worth, side_px, *of_picture = row
    path = PurePosixPath(_text(picture_id))
    if path.is_absolute() or ".." in path.parts or not path.name or "\0" in picture_id:
        raise ValueError("not in the library")
    if day:
        date(_figure(day) // 10_000, day // 100 % 100, day % 100)
    picture = _picture(picture_id, root / path, of_picture) if of_picture else None
    aspect = min(max(1, _figure(aspect or ASPECT_ONE)), _ASPECT_MOST)
    worth = min(_figure(worth), _WORTH_MOST)
    return SeenRow(picture_id, _flag(begins), day, aspect, worth, _figure(side_px), picture)


def _picture(picture_id: str, path: Path, values: Sequence[Any]) -> Picture:
    sha256, width_px, height_px, made_ms, press_id, set_index, set_count, rating, rejected = values
    if not _SHA256.fullmatch(_text(sha256)) or type(made_ms) is not int:
        raise ValueError("no picture")
    return Picture(
        id=picture_id,
        sha256=sha256,
        path=path,
        board_id="",
        title="",
        prompt="",
        model="",
        width_px=_figure(width_px),
        height_px=_figure(height_px),
        media_type="",
        size_bytes=0,
        made_ms=made_ms,
        press_id=_text(press_id),
        press_index=0,
        set_index=_figure(set_index),
        set_count=_figure(set_count),
        rating=min(_figure(rating), 5),
        rejected=_flag(rejected),
        number=0,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _figure(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _FIGURE_MOST:
        raise ValueError("no such figure")
    return value
