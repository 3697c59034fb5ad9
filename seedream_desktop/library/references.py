"""Reference images, each kept once under the SHA-256 of its bytes, so that a recipe can be used again.

It is the original that is kept, whatever is sent of it: the file it came from may change or vanish.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.kinds import extension_of
from seedream_desktop.library import rows

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index

_UNKNOWN = "bin"


class References:
    """Keeps references and finds their files."""

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
        self._index = index

    def add(self, source: Path, checked: CheckedPicture, name: str) -> Reference:
        """Keep a copy of ``source``, which was looked at as ``checked``. Raises ProblemError."""
        reference = Reference(
            sha256=checked.sha256,
            media_type=checked.media_type,
            width_px=checked.width_px,
            height_px=checked.height_px,
            size_bytes=checked.size_bytes,
            name=name,
        )
        with self._folder.writing():
            target = self._place(reference)
            if _is_whole(target, reference):
                with contextlib.suppress(OSError):
                    os.utime(target)  # it is wanted again: what nothing names is swept by age
                return reference
            files.make_folder(target.parent)
            files.discard(target)
            files.write_new(target.parent, target.name, source, self._folder.temporary, lambda _: False)
        return reference

    def path(self, reference: Reference) -> Path:
        """The reference's file, or a picture of the same bytes. Raises ProblemError(REFERENCE_GONE)."""
        kept = self._place(reference)
        if kept.is_file():
            return kept
        root = self._folder.root
        same = self._index.read(lambda connection: rows.by_sha256(connection, root, reference.sha256))
        for picture in same:
            if picture.path.is_file():
                return picture.path
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=reference.name))

    def _place(self, reference: Reference) -> Path:
        named = extension_of(reference.media_type)
        extension = file_names.legal_name(named, 8) if named.isalnum() else _UNKNOWN
        sha256 = reference.sha256
        if len(sha256) != 64 or not sha256.isalnum():
            raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=reference.name))
        return self._folder.hidden / "references" / sha256[:2] / f"{sha256}.{extension}"


def _is_whole(path: Path, reference: Reference) -> bool:
    try:
        return path.stat().st_size == reference.size_bytes
    except OSError:
        return False
