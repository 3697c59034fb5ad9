"""Reference images, each kept once under the SHA-256 of its bytes, so that a recipe can be used again.

It is the original that is kept, whatever is sent of it: the file it came from may change or vanish.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.kinds import extension_of
from seedream_desktop.library import rows
from seedream_desktop.library.keeping import refuse_changed
from seedream_desktop.library.markups import MARKS, Markups

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
            staged = files.stage(source, self._folder.temporary)
            refuse_changed(staged, checked.sha256, source.name)
            files.publish(staged, target.parent, target.name, lambda _: False)
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

    def sweep(self, named: Collection[str], before_s: float) -> int:
        """Delete references that nothing has named since ``before_s`` (Unix time); gives how many.

        ``named``: what is named outside the library. Counted as names in it: records on boards and in the
        trash, board files, presets and searches; and a marked copy names what it was made of. A file counts
        as used when it was last written, touched, or came here: a synchroniser may bring it long before the
        record that names it. None goes while a record is damaged: nobody knows what it named. Raises
        ProblemError.
        """
        from seedream_desktop.library.naming import named_in  # late: rarely wanted

        markups = Markups(self._folder)
        named = markups.with_originals(named)
        old = [path for path in self._kept() if path.stem not in named and _is_older(path, before_s)]
        if not old:
            return 0
        known = named_in(self._folder, self._index)
        if not known.is_all:
            return 0
        count = 0
        with self._folder.writing():
            names = known.sha256s.union(self._index.read(rows.reference_names))
            held = markups.with_originals(names)
            for path in old:
                if path.stem not in held and _is_older(path, before_s):
                    files.discard(path)
                    markups.forget(path.stem)
                    count += 1
        return count

    def _kept(self) -> list[Path]:
        kept = (self._folder.hidden / "references").glob("??/*")
        return sorted(path for path in kept if not path.name.endswith(MARKS))

    def _place(self, reference: Reference) -> Path:
        named = extension_of(reference.media_type)
        extension = file_names.legal_name(named, 8) if named.isalnum() else _UNKNOWN
        sha256 = reference.sha256
        if len(sha256) != 64 or not sha256.isalnum():
            raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=reference.name))
        return self._folder.hidden / "references" / sha256[:2] / f"{sha256}.{extension}"


def _is_whole(path: Path, reference: Reference) -> bool:
    """Whether it is here as it was kept: somebody may have edited it, or it has come only half."""
    try:
        if path.stat().st_size != reference.size_bytes:
            return False
        return files.sha256_of(path) == reference.sha256
    except (OSError, ProblemError):
        return False


def _is_older(path: Path, before_s: float) -> bool:
    try:
        told = path.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(told.st_mode) and max(told.st_mtime, told.st_ctime) < before_s
