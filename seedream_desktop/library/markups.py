"""What was drawn on references, kept beside the copies that show it: so that it can be gone on with.

``.seedream/references/ab/<sha256 of the copy>.marks.json``. The copy is a picture like every other; without
this file, or where it cannot be read, only the strokes cannot be moved any more.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from seedream_desktop import files
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.request import Reference
from seedream_desktop.library.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from seedream_desktop.imaging.markup import Markup
    from seedream_desktop.library.folder import LibraryFolder

FORMAT = 1
MARKS = ".marks.json"  # how the names of our files end
_SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """What a marked copy was made of."""

    original: Reference
    markup: Markup


class Markups:
    """Keeps and finds them."""

    def __init__(self, folder: LibraryFolder) -> None:
        self._folder = folder

    def keep(self, copy: Reference, marked: MarkedCopy) -> None:
        """Remember how ``copy``, which is kept already, was made. Raises ProblemError."""
        original = replace(marked.original, url="")  # a link is a credential
        told = {"format": FORMAT, "original": encode(original), "markup": encode(marked.markup)}
        place = self._place(copy.sha256)
        with self._folder.writing(), files.disk_problems(place):
            content = json.dumps(told, ensure_ascii=False).encode(errors="replace")
            files.write_over(place, content, self._folder.temporary)

    def of(self, sha256: str) -> MarkedCopy | None:
        """How the reference of that hash was made; None: nobody drew on it, or nobody can tell any more."""
        if len(sha256) != _SHA256_LENGTH or not sha256.isalnum():
            return None
        with suppress(OSError, ValueError):
            told = read_document(self._place(sha256))
            if isinstance(told, dict) and told.get("format") == FORMAT:
                return _marked_copy(told)
        return None

    def forget(self, sha256: str) -> None:
        """Remove what is known of a copy that goes."""
        files.discard(self._place(sha256))

    def with_originals(self, sha256s: Iterable[str]) -> frozenset[str]:
        """These and, for those that are marked copies, what they were made of, and so on."""
        found, new = set[str](), set(sha256s)
        while new:
            found |= new
            marked = (self.of(sha256) for sha256 in new if self._is_there(sha256))
            new = {one.original.sha256 for one in marked if one is not None} - found
        return frozenset(found)

    def _is_there(self, sha256: str) -> bool:
        return sha256.isalnum() and self._place(sha256).is_file()

    def _place(self, sha256: str) -> Path:
        return self._folder.hidden / "references" / sha256[:2] / f"{sha256}{MARKS}"


def _marked_copy(told: dict[str, Any]) -> MarkedCopy | None:
    """What a file says; None: nobody can draw that. Raises ValueError."""
    from seedream_desktop.imaging.markup import Markup, is_sound  # late: rarely wanted

    original, markup = decode(Reference, told.get("original")), decode(Markup, told.get("markup"))
    is_its_own = (original.width_px, original.height_px) == (markup.width_px, markup.height_px)
    return MarkedCopy(original, markup) if is_its_own and is_sound(markup) else None
