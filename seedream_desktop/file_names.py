"""Names of files that are legal on Windows, macOS and Linux, and what two names have in common there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

NAME_LIMIT_BYTES = 120  # with all that we append below the 143 of eCryptfs, with a synchroniser's below 255
_TAKEN_APART_BYTES = 110  # more in the form of old Macs, where an accent is a character of its own
WORDS_LIMIT = 60  # characters of the prompt in a picture's name
NO_NAME = "untitled"
_FORBIDDEN = frozenset('<>:"/\\|?*')  # Windows; the slash everywhere
_JOINER = "\u200d"  # inside emoji
_JOINERS = frozenset(f"\u200c{_JOINER}")  # the other one inside Persian words
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters that nobody sees
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # a flag is two of them
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)
_EXTENSION = re.compile(r"[a-z0-9]{1,5}")


def legal_name(text: str, limit_bytes: int = NAME_LIMIT_BYTES) -> str:
    """``text`` as a file name for Windows, macOS and Linux; never empty, at most ``limit_bytes`` of UTF-8."""
    blanked = "".join(" " if _is_blank(mark) else mark for mark in text)
    visible = "".join(mark for mark in blanked if mark in _JOINERS or unicodedata.category(mark)[0] != "C")
    words = " ".join(unicodedata.normalize("NFC", visible).split())
    name = _cut(_without_bad_ends(words), limit_bytes) or NO_NAME
    if name.split(".", 1)[0].rstrip().casefold() in _RESERVED:
        name = _cut(f"_{name}", limit_bytes)
    return name


def picture_name(prompt: str, number: int, extension: str) -> str:
    """The name of a picture's file: words of the prompt, its number in the library, the kind of file."""
    suffix = f" {number:04d}.{extension if _EXTENSION.fullmatch(extension) else 'bin'}"
    return legal_name(_first_words(prompt), NAME_LIMIT_BYTES - len(suffix)) + suffix


def client_name(board: str, number: int, extension: str) -> str:
    """The name of a picture that tells nothing of how it was made: its board and its number."""
    return picture_name(board, number, "jpg" if extension == "jpeg" else extension)


def folded(name: str) -> str:
    """What two names share that some file system takes for one: in either case, however put together."""
    seen = "".join(mark for mark in name if mark not in _JOINERS)  # as old Macs compare
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", seen).casefold())


def is_text(name: str) -> bool:
    """Whether a name from the disk can be written as text; on Linux it may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def free_names(name: str) -> Iterator[str]:
    """``name``, then ``name (2)``, ``name (3)`` and so on, before the extension."""
    yield name
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    for number in count(2):
        yield f"{stem} ({number}){dot}{extension}"


def _is_blank(mark: str) -> bool:
    """Whether it is no part of a name, also once it was taken apart: ``≮`` is a ``<`` with a stroke."""
    apart = unicodedata.normalize("NFD", mark)
    return mark.isspace() or mark in _BLANKS or apart[0] in _FORBIDDEN


def _first_words(prompt: str) -> str:
    words = " ".join(prompt[: 4 * WORDS_LIMIT].split())
    if len(words) <= WORDS_LIMIT:
        return words
    cut, rest = _whole(words, WORDS_LIMIT), words[WORDS_LIMIT]
    head, blank, _ = cut.rpartition(" ")
    return head if rest != " " and blank and len(head) > WORDS_LIMIT // 2 else cut


def _without_bad_ends(words: str) -> str:
    return words.lstrip(" .-\u200c\u200d").rstrip(" .\u200c\u200d")


def _cut(name: str, limit_bytes: int) -> str:
    apart_bytes = limit_bytes + _TAKEN_APART_BYTES
    if len(name.encode()) <= limit_bytes and _apart_bytes(name) <= apart_bytes:
        return name
    end = len(name.encode()[:limit_bytes].decode(errors="ignore"))
    while _apart_bytes(name[:end]) > apart_bytes:
        end -= 1
    return _without_bad_ends(_whole(name, end))


def _apart_bytes(name: str) -> int:
    return len(unicodedata.normalize("NFD", name).encode())


def _whole(text: str, end: int) -> str:
    """The first ``end`` characters, or fewer where these would tear apart what is seen as one."""
    cut = end
    while 0 < cut < len(text) and _is_one(text, cut):
        cut -= 1
    return text[:cut] or text[:end]


def _is_one(text: str, at: int) -> bool:
    """Whether what stands before ``at`` and what stands there are seen as one."""
    before, after = text[at - 1], text[at]
    if before in _FLAG_LETTERS and after in _FLAG_LETTERS:
        letters = text[:at]
        return (len(letters) - len(letters.rstrip("".join(_FLAG_LETTERS)))) % 2 == 1
    is_part = unicodedata.category(after)[0] == "M" or after in _JOINERS or after in _SKINS
    return before == _JOINER or is_part
