"""References are kept once, under the hash of their bytes."""

import os
import stat
from dataclasses import replace

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.library.library import Library
from tests.library.conftest import Bench, files_below


def test_a_reference_is_copied_once(bench: Bench, library: Library) -> None:
    references = [
        library.add_reference(bench.source(b"image"), bench.checked(b"image"), name)
        for name in ("a.png", "b.png")
    ]
    assert [reference.name for reference in references] == ["a.png", "b.png"]
    sha256 = references[0].sha256
    kept = [name for name in files_below(bench.root) if "references/" in name]
    assert kept == [f".seedream/references/{sha256[:2]}/{sha256}.png"]
    path = library.reference_path(references[1])
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"image", 0o444)


@pytest.mark.parametrize(
    ("media_type", "extension"),
    [
        ("image/vnd.adobe.photoshop", "psd"),
        ("image/vnd.microsoft.icon", "ico"),
        ("image/avif", "avif"),
        ("image/jp2", "jp2"),
        ("text/../../x", "bin"),
    ],
)
def test_an_original_keeps_its_kind(bench: Bench, library: Library, media_type: str, extension: str) -> None:
    checked = replace(bench.checked(b"image"), media_type=media_type)
    reference = library.add_reference(bench.source(b"image"), checked, "a")
    path = library.reference_path(reference)
    assert path.name == f"{reference.sha256}.{extension}"
    assert path.read_bytes() == b"image"


def test_adding_it_again_makes_it_young_for_the_sweep(bench: Bench, library: Library) -> None:
    reference = library.add_reference(bench.source(b"image"), bench.checked(b"image"), "a.png")
    path = library.reference_path(reference)
    os.utime(path, (0, 0))
    library.add_reference(bench.source(b"image"), bench.checked(b"image"), "a.png")
    assert path.stat().st_mtime > 1000


def test_one_that_was_cut_is_written_again(bench: Bench, library: Library) -> None:
    reference = library.add_reference(bench.source(b"image"), bench.checked(b"image"), "a.png")
    path = library.reference_path(reference)
    path.chmod(0o644)
    path.write_bytes(b"im")
    library.add_reference(bench.source(b"image"), bench.checked(b"image"), "a.png")
    assert path.read_bytes() == b"image"


def test_a_picture_of_the_same_bytes_serves_as_well(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    reference = Reference(picture.sha256, "image/png", 30, 20, picture.size_bytes)
    assert library.reference_path(reference) == picture.path


@pytest.mark.parametrize("sha256", ["ab" * 32, "../../../etc/passwd", ""])
def test_one_that_is_gone_says_so(library: Library, sha256: str) -> None:
    with pytest.raises(ProblemError) as caught:
        library.reference_path(Reference(sha256, "image/png", 1, 1, 1, "mood.png"))
    assert (caught.value.problem.kind, caught.value.problem.subject) == (
        ProblemKind.REFERENCE_GONE,
        "mood.png",
    )
