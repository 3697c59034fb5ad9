"""A draft as a file that is handed on: a ZIP of ``recipe.json``, as people copy recipes, and its references.

``references/<SHA-256>`` are their bytes. Whoever made the file is not trusted: it is judged before anything
of it is read; only what the recipe names is unpacked, under a name of ours, and has to be the bytes
that are claimed.
"""

from __future__ import annotations

import re
import tempfile
import uuid
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.catalog import REFERENCES_AND_PICTURES
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.recipe_text import FORM, KEY, recipe_in, recipe_text
from seedream_desktop.library.parcel import document_in, fetch, opened_zip, refused

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.parcel import FairZip

RECIPE_ENTRY = "recipe.json"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RECIPE_BYTES_MOST = 4 << 20
Check = Callable[[Path], "CheckedPicture"]  # decodes, in the worker; raises ProblemError


class NewerDraftError(Exception):
    """A newer version wrote it."""


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """What a file holds, its references kept in the library."""

    recipe: Recipe
    missing: int = 0  # references that are not in it, or are not what they should be


def write_draft_file(recipe: Recipe, path_of: Callable[[Reference], Path], target: Path) -> int:
    """Put a draft into ``target``; how many references are gone. Blocks. Raises ProblemError."""
    missing = 0
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with files.disk_problems(target.parent):
            with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as archive:
                archive.writestr(RECIPE_ENTRY, recipe_text(recipe, indent=1))
                for reference in dict.fromkeys(recipe.references or ()):
                    try:
                        path = path_of(reference)
                    except ProblemError:
                        missing += 1
                        continue
                    archive.write(path, _entry(reference))
            part.replace(target)
    except BaseException:
        files.discard(part)
        raise
    return missing


def read_draft_file(path: Path, library: Library, check: Check) -> OpenedDraft:
    """What ``path`` holds. Blocks. Raises ProblemError(PARCEL_REFUSED and others) or NewerDraftError."""
    with (
        opened_zip(path) as archive,
        files.disk_problems(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory(prefix="seedream-", ignore_cleanup_errors=True) as scratch,
    ):
        recipe = _recipe(archive, path.name, Path(scratch))
        asked = (recipe.references or ())[:REFERENCES_AND_PICTURES]
        kept = tuple(
            found
            for one in asked
            if (found := _kept(archive, one, library, check, Path(scratch))) is not None
        )
    references = None if recipe.references is None else kept
    return OpenedDraft(replace(recipe, references=references), len(recipe.references or ()) - len(kept))


def _recipe(archive: FairZip, name: str, scratch: Path) -> Recipe:
    if archive.sizes.get(RECIPE_ENTRY, _RECIPE_BYTES_MOST + 1) > _RECIPE_BYTES_MOST:
        raise ProblemError(refused(name))
    said = document_in(archive, RECIPE_ENTRY)
    form = said.get(KEY) if isinstance(said, dict) else None
    if isinstance(form, int) and not isinstance(form, bool) and form > FORM:
        raise NewerDraftError
    part = scratch / "recipe"
    fetch(archive, RECIPE_ENTRY, part)
    recipe = recipe_in(part.read_bytes().decode(errors="replace"))
    if said is None or recipe is None:
        raise ProblemError(refused(name))
    return recipe


def _kept(
    archive: FairZip, reference: Reference, library: Library, check: Check, scratch: Path
) -> Reference | None:
    """The reference with what is true of it, kept in the library; None: it is not to be had."""
    if not _SHA256.fullmatch(reference.sha256):
        return None
    entry, part = _entry(reference), scratch / uuid.uuid4().hex
    with suppress(ProblemError):
        source = part
        if entry in archive.sizes:
            fetch(archive, entry, part)
        else:
            source = library.reference_path(reference)
        checked = check(source)
        if checked.sha256 == reference.sha256:
            return library.add_reference(source, checked, reference.name)
    return None


def _entry(reference: Reference) -> str:
    return f"references/{reference.sha256}"
