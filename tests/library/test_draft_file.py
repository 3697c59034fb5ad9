"""A draft in a file: whole on another machine; hostile files are refused and leave nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_text
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.library.draft_file import NewerDraftError, read_draft_file, write_draft_file
from seedream_desktop.library.library import Library
from tests.library.conftest import Bench


def kept(bench: Bench, library: Library, number: int) -> Reference:
    content = bench.bytes_of(number)
    return library.add_reference(bench.source(content), bench.checked(content), "mood.png")


def read(bench: Bench, path: Path, library: Library) -> tuple[Recipe, int]:
    def check(part: Path) -> CheckedPicture:
        return bench.checked(part.read_bytes())

    opened = read_draft_file(path, library, check)
    return opened.recipe, opened.missing


def packed(path: Path, entries: Iterable[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def test_a_draft_opens_whole_in_another_library(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    here, theirs = bench.open(), Bench(tmp_path / "there")
    reference = kept(bench, here, 5)
    recipe = Recipe(
        "{a|b} cat", (reference,), "seedream-5-0-lite", Size(preset="2K"), variables=(("x", "y"),)
    )
    target = tmp_path / "a cat.seedream"
    assert write_draft_file(recipe, here.reference_path, target) == 0
    there = theirs.open()
    opened, missing = read(theirs, target, there)
    (got,) = opened.references or ()
    assert missing == 0
    assert replace(opened, references=(replace(got, name="mood.png"),)) == recipe
    assert there.reference_path(got).read_bytes() == bench.bytes_of(5)
    assert [path.name for path in tmp_path.glob("*.part")] == []
    there.close()


def test_a_reference_that_is_gone_is_left_out_and_counted(
    bench: Bench, library: Library, tmp_path: Path
) -> None:
    gone = Reference("ab" * 32, "image/png", 10, 10, 10, "gone.png")
    target = tmp_path / "a.seedream"
    assert write_draft_file(Recipe("a", (gone, kept(bench, library, 1))), library.reference_path, target) == 1
    opened, missing = read(bench, target, library)
    assert (missing, len(opened.references or ())) == (1, 1)


def test_what_lies_about_its_bytes_is_left_out(bench: Bench, library: Library, tmp_path: Path) -> None:
    reference = Reference("cd" * 32, "image/png", 10, 10, 10)
    entries = [
        ("recipe.json", recipe_text(Recipe("a", (reference,))).encode()),
        (f"references/{reference.sha256}", bench.bytes_of(9)),
    ]
    opened, missing = read(bench, packed(tmp_path / "a.seedream", entries), library)
    assert (opened.prompt, opened.references, missing) == ("a", (), 1)
    with pytest.raises(ProblemError):
        library.reference_path(reference)


def test_what_is_no_picture_is_left_out(bench: Bench, library: Library, tmp_path: Path) -> None:
    def refuse(path: Path) -> CheckedPicture:
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))

    target = tmp_path / "a.seedream"
    write_draft_file(Recipe("a", (kept(bench, library, 1),)), library.reference_path, target)
    assert read_draft_file(target, library, refuse).missing == 1


def test_one_of_a_newer_version_says_so(bench: Bench, library: Library, tmp_path: Path) -> None:
    content = json.dumps({"seedream_recipe": 2, "recipe": {"prompt": "a"}}).encode()
    with pytest.raises(NewerDraftError):
        read(bench, packed(tmp_path / "a.seedream", [("recipe.json", content)]), library)


RECIPE = recipe_text(Recipe("a")).encode()
HOSTILE = {
    "nothing in it": [],
    "no recipe": [("recipe.json", b"{}")],
    "no JSON": [("recipe.json", b"[" * 5000)],
    "a path out of it": [("recipe.json", RECIPE), ("../evil", b"x")],
    "an absolute path": [("recipe.json", RECIPE), ("/etc/evil", b"x")],
    "a drive": [("recipe.json", RECIPE), ("c:\\evil", b"x")],
    "a bomb": [("recipe.json", RECIPE), ("references/" + "ab" * 32, b"\0" * (64 << 20))],
    "a long recipe": [("recipe.json", b" " * (5 << 20))],
}


@pytest.mark.parametrize("entries", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused(
    bench: Bench, library: Library, tmp_path: Path, entries: list[tuple[str, bytes]]
) -> None:
    path = packed(tmp_path / "a.seedream", entries)
    with pytest.raises(ProblemError) as caught:
        read(bench, path, library)
    assert caught.value.problem.kind is ProblemKind.PARCEL_REFUSED
    assert not [one for one in (library.root / ".seedream" / "references").rglob("*") if one.is_file()]


@pytest.mark.parametrize("content", [b"", b"no ZIP", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(bench: Bench, library: Library, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.seedream"
    path.write_bytes(content)
    with pytest.raises(ProblemError):
        read(bench, path, library)


def test_a_folder_that_cannot_be_written_leaves_nothing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ProblemError):
        write_draft_file(Recipe("a"), library.reference_path, tmp_path / "none" / "a.seedream")
    assert list(tmp_path.glob("**/*.part")) == []
