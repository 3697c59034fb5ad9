"""References are kept once, under the hash of their bytes."""

import json
import os
import stat
import time
from dataclasses import replace

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
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


DAY_S = 86_400.0


def kept(bench: Bench, library: Library, number: int, days: float) -> Reference:
    """A reference that was last used so many days ago."""
    content = bench.bytes_of(number)
    reference = library.add_reference(bench.source(content), bench.checked(content), f"{number}.png")
    at_s = time.time() - days * DAY_S
    os.utime(library.reference_path(reference), (at_s, at_s))
    return reference


def swept(library: Library, *named: Reference, in_days: float = 31) -> int:
    """How many go that were not used in 30 days, ``in_days`` from now: the time of arrival cannot be set."""
    before_s = time.time() + (in_days - 30) * DAY_S
    return library.sweep_references([one.sha256 for one in named], before_s)


def is_there(library: Library, reference: Reference) -> bool:
    return any((library.root / ".seedream" / "references").glob(f"??/{reference.sha256}.*"))


def test_what_nothing_names_is_swept_after_its_days(bench: Bench, library: Library) -> None:
    library.synchronise()
    gone, drafted = kept(bench, library, 1, 40), kept(bench, library, 2, 40)
    assert swept(library, drafted) == 1
    assert (is_there(library, gone), is_there(library, drafted)) == (False, True)


def test_what_came_here_lately_is_not_swept_however_old_it_says_it_is(bench: Bench, library: Library) -> None:
    library.synchronise()
    arrived = kept(bench, library, 1, 400)
    assert swept(library, in_days=29) == 0
    assert is_there(library, arrived)


def test_records_on_boards_and_in_the_trash_name_their_references(bench: Bench, library: Library) -> None:
    library.synchronise()
    on_board, trashed = kept(bench, library, 1, 40), kept(bench, library, 2, 40)
    requests = [
        GenerationRequest("seedream-5-0-lite", "a cat", Size(preset="2K"), references=(one,))
        for one in (on_board, trashed)
    ]
    library.add(bench.new(11, request=requests[0]))
    second = library.add(bench.new(12, request=requests[1]))
    (entry,) = library.trash([second.id])
    assert swept(library) == 0
    library.purge([entry.id])
    assert swept(library) == 1
    assert is_there(library, on_board)


def test_presets_and_boards_name_their_references(bench: Bench, library: Library) -> None:
    library.synchronise()
    preset, default = kept(bench, library, 1, 40), kept(bench, library, 2, 40)
    told = json.dumps({"recipe": {"references": [{"sha256": preset.sha256}]}})
    (library.root / ".seedream" / "presets" / "a.json").write_text(told)
    library.set_up_board(library.inbox.id, {"defaults": {"references": [{"sha256": default.sha256}]}})
    assert swept(library) == 0


def test_nothing_is_swept_while_the_index_is_being_rebuilt(bench: Bench, library: Library) -> None:
    library.synchronise()
    kept(bench, library, 1, 40)
    other = bench.open(index=bench.folder / "other.sqlite3")
    assert swept(other) == 0
    other.synchronise()
    assert swept(other) == 1


def test_what_changed_after_it_was_looked_at_is_not_kept(library: Library, bench: Bench) -> None:
    content = bench.bytes_of(1)
    source = bench.source(b"X" + content[1:])
    with pytest.raises(ProblemError) as caught:
        library.add_reference(source, bench.checked(content), "a.png")
    assert caught.value.problem.kind is ProblemKind.FILE_UNREADABLE
    with pytest.raises(ProblemError) as caught:
        library.import_picture(source, bench.checked(content), "")
    assert caught.value.problem.kind is ProblemKind.FILE_UNREADABLE
    assert not list((bench.root / ".seedream/references").rglob("*.png"))
    assert not list((bench.root / ".seedream/tmp").rglob("*.part"))


def damage_record(library: Library, picture: Picture) -> None:
    record = library._folder.record_path(picture.id)
    record.write_bytes(b"{" + record.read_bytes()[:20] + b"\0" * 200)


@pytest.mark.parametrize("is_set_aside", [False, True])
def test_a_damaged_record_may_have_named_any_reference(
    bench: Bench, library: Library, is_set_aside: bool
) -> None:
    needed = kept(bench, library, 1, 40)
    asked = GenerationRequest("seedream-5-0-lite", "a cat", Size(preset="2K"), references=(needed,))
    damage_record(library, library.add(bench.new(11, request=asked)))
    other = bench.open(index=bench.folder / "other.sqlite3")
    other.synchronise()
    if is_set_aside:
        other.mark(other.ids(Query()), rating=3)
    assert (swept(other), is_there(other, needed)) == (0, True)


def test_the_record_of_a_picture_that_is_away_names_its_references(bench: Bench, library: Library) -> None:
    needed, gone = kept(bench, library, 1, 40), kept(bench, library, 2, 40)
    asked = GenerationRequest("seedream-5-0-lite", "a cat", Size(preset="2K"), references=(needed,))
    library.add(bench.new(11, request=asked)).path.unlink()
    library.synchronise()
    assert (swept(library), is_there(library, needed), is_there(library, gone)) == (1, True, False)
