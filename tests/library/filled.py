"""A library filled quickly with many pictures, as ``Library.add`` leaves it; for tests and benches."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from seedream_desktop.file_names import picture_name
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.library import rows
from seedream_desktop.library.boards import Boards
from seedream_desktop.library.folder import LibraryFolder, open_folder
from seedream_desktop.library.headers import look_at
from seedream_desktop.library.index import Index
from seedream_desktop.library.items import item_of
from seedream_desktop.library.record import Made, RecordFile
from seedream_desktop.library.rows import Item
from seedream_desktop.library.values import Board

NOW_MS = 1_795_000_000_000
_WORDS = "blue march mountain lake morning mist a cat wearing red scarf neon street rain window paper".split()
_CHINESE = ("窗边的猫", "水墨山水", "霓虹灯下的街道", "春天的花园")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Content:
    """A picture's file that is not held in memory."""

    sha256: str
    size_bytes: int
    width_px: int
    height_px: int
    write: Callable[[Path], None]


def fill(
    root: Path,
    index: Path,
    count: int,
    picture: Callable[[int], bytes | Content],
    boards: tuple[str, ...] = ("Acme rebrand", "Posters"),
    machine_id: str = "filled",
) -> str:
    """Put ``count`` pictures on ``boards``; gives the library's id.

    ``picture`` makes the JPEG of each, by its number; ``index`` is where ``open_library`` will look for it.
    """
    folder = open_folder(root, machine_id, expected_id="")
    held = Index(index, folder.id)
    places = [Boards(folder, held).create(name) for name in boards]
    for start in range(0, count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, count))
        items = [_item(number, folder, places[number % len(places)], picture(number)) for number in numbers]
        held.write(functools.partial(_put, items=items))
    held.mark_whole()
    held.close()
    return folder.id


def prompt_of(number: int) -> str:
    """A prompt; every seventh is Chinese."""
    if number % 7 == 0:
        return f"{_CHINESE[number // 7 % len(_CHINESE)]}，第{number}张"
    return " ".join(_WORDS[(number * step + step) % len(_WORDS)] for step in range(1, 13)) + f" {number}"


def _item(number: int, folder: LibraryFolder, board: Board, picture: bytes | Content) -> Item:
    prompt = prompt_of(number)
    path = folder.root / board.path / picture_name(prompt, number + 1, "jpeg")
    content = picture if isinstance(picture, Content) else _in_memory(picture, path)
    content.write(path)
    path.chmod(0o444)
    made = Made(
        sha256=content.sha256,
        size_bytes=content.size_bytes,
        media_type="image/jpeg",
        width_px=content.width_px,
        height_px=content.height_px,
        made_ms=NOW_MS + number * 60_000,
        number=number + 1,
        request=GenerationRequest("seedream-5-0-lite", prompt, Size(preset="2K")),
        recipe=Recipe(prompt=prompt, model="seedream-5-0-lite", size=Size(preset="2K")),
        job_id=f"{number:032x}",
        press_id=f"{number // 4:032x}",
        press_index=number % 4,
        press_count=4,
        price_usd=0.035,
        price_as_of="2026-11-01",
        billed=Billed.YES,
    )
    record = RecordFile.of(made)
    if number % 5 == 0:
        record = record.marked({"rating": number % 6}, {"blue": True}, made.made_ms, folder.machine_id)
    picture_id = folder.id_of(path)
    folder.record_path(picture_id).write_bytes(record.content)
    return item_of(folder, picture_id, board.id, record.record)


def _in_memory(picture: bytes, path: Path) -> Content:
    path.write_bytes(picture)
    seen = look_at(path)
    sha256 = hashlib.sha256(picture).hexdigest()
    return Content(sha256, len(picture), seen.width_px, seen.height_px, lambda _: None)


def _put(connection: sqlite3.Connection, items: Sequence[Item]) -> None:
    rows.put_each(connection, items)
