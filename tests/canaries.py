"""Planted words, every form in which they may be written, and a search of every byte for them."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

KEY = "sk-canary-7QzXv9Lr2Wt4"
ODD_KEY = "sk-merkwuerdig-钥匙 5RmPe8"
PROMPT = "Zirkelschlag Quastenflosser 雪貂Canary"
FILE = "Dateikanarie-狐狸 Pfau.png"
REFERENCE = "Vorlagenkanarie-琥珀 Xenon.png"
BOARD = "Kundenkanarie 鲸鱼 Yttrium"
TITLE = "Titelkanarie 孔雀"
HOST = "rechnername-kanarie"


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted word; each of ``words`` gives it away by itself."""

    kind: str
    words: tuple[str, ...]


KEYS = (
    Canary("key", ("canary-7QzXv9Lr2Wt4", "7QzXv9Lr2Wt4")),
    Canary("odd key", ("merkwuerdig", "5RmPe8", "钥匙")),
)
NAMES = (
    Canary("prompt", ("Zirkelschlag", "Quastenflosser", "雪貂")),
    Canary("file", ("Dateikanarie", "狐狸")),
    Canary("reference", ("Vorlagenkanarie", "琥珀", "Xenon")),
    Canary("board", ("Kundenkanarie", "鲸鱼", "Yttrium")),
    Canary("title", ("Titelkanarie", "孔雀")),
)


def forms_of(word: str) -> frozenset[bytes]:
    """The bytes by which a word may be written."""
    raw = word.encode()
    forms = {
        raw,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        json.dumps(word)[1:-1].encode(),
        json.dumps(word)[1:-1].upper().encode(),
        repr(raw)[2:-1].encode(),
        word.encode("ascii", "xmlcharrefreplace"),
        quote(word).encode(),
        quote(word).lower().encode(),
        quote_plus(word).encode(),
        raw.hex().encode(),
        raw.hex().upper().encode(),
        "".join(f"\\{byte:03o}" for byte in raw).encode(),
        *_base64_forms(raw),
        *_base64_forms(word.encode("utf-16-le")),
    }
    return frozenset(form for form in forms if len(form) >= 4)


def found_in(content: bytes, canaries: tuple[Canary, ...]) -> list[str]:
    """The kinds of the canaries that ``content`` holds, in archives, too."""
    parts = (content, *_unpacked(content))
    return [canary.kind for canary in canaries if any(_pattern(canary).search(part) for part in parts)]


def search(places: Mapping[str, bytes | Path], canaries: tuple[Canary, ...]) -> list[str]:
    """What was found where, by ``place: kind``; folders are searched whole, names included."""
    return [f"{name}: {kind}" for name, content in _contents(places) for kind in found_in(content, canaries)]


def _contents(places: Mapping[str, bytes | Path]) -> Iterator[tuple[str, bytes]]:
    for name, place in places.items():
        if isinstance(place, bytes):
            yield name, place
            continue
        for path in (path for path in (place, *place.rglob("*")) if path.exists()):
            yield f"{name} (name of {path.name!r})", path.name.encode() if path != place else b""
            if path.is_file():
                yield f"{name}/{path.relative_to(place)}", path.read_bytes()
                if path.suffix == ".sqlite3":
                    yield f"{name}/{path.name} (rows)", _rows_of(path)


def _rows_of(path: Path) -> bytes:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        dumped = "\n".join(connection.iterdump())
    connection.close()
    return dumped.encode(errors="replace")


def _base64_forms(raw: bytes) -> Iterator[bytes]:
    """The middle of it, whichever place of three it begins at."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw)
        inner = coded[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6]  # the letters that are its alone
        if len(inner) >= 6:
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode() + archive.read(name)
    for found in re.finditer(rb"\x1f\x8b|\x78[\x01\x9c\xda]", content[: 1 << 16]):
        try:
            yield zlib.decompressobj(wbits=47).decompress(content[found.start() :], 1 << 20)
        except zlib.error:
            continue


def _pattern(canary: Canary) -> re.Pattern[bytes]:
    forms = sorted({form for word in canary.words for form in forms_of(word)})
    return re.compile(b"|".join(map(re.escape, forms)))
