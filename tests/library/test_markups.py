"""Strokes are kept beside the marked copy, and go with it; what it was made of stays as long."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.markup import Crop, Mark, MarkColour, MarkKind, Markup
from seedream_desktop.library.library import Library
from seedream_desktop.library.markups import MarkedCopy
from tests.library.conftest import Bench

MARKUP = Markup(
    100, 80, Crop(1, 2, 50, 60), (Mark(MarkKind.BOX, MarkColour.RED, 4.0, ((1.0, 2.0), (30.5, 40.0))),)
)

IN_A_YEAR_S = time.time() + 365 * 86_400


def kept(library: Library, bench: Bench, content: bytes) -> Reference:
    checked = replace(
        bench.checked(content), width_px=100, height_px=80, sha256=hashlib.sha256(content).hexdigest()
    )
    return library.add_reference(bench.source(content), checked, f"{content.decode()}.png")


def place(bench: Bench, reference: Reference) -> Path:
    sha256 = reference.sha256
    return bench.root / ".seedream" / "references" / sha256[:2] / f"{sha256}.marks.json"


@pytest.fixture
def pair(library: Library, bench: Bench) -> tuple[Reference, Reference]:
    """An original and its marked copy."""
    original, copy = kept(library, bench, b"original"), kept(library, bench, b"copy")
    library.markups.keep(copy, MarkedCopy(original, MARKUP))
    return original, copy


def test_what_was_drawn_is_found_again(library: Library, pair: tuple[Reference, Reference]) -> None:
    original, copy = pair
    assert library.markups.of(copy.sha256) == MarkedCopy(original, MARKUP)
    assert library.markups.of(original.sha256) is None
    assert library.markups.of("../../x") is None


def test_a_link_is_not_written_down(library: Library, bench: Bench) -> None:
    original, copy = kept(library, bench, b"original"), kept(library, bench, b"copy")
    library.markups.keep(copy, MarkedCopy(replace(original, url="https://a.example/b?key=secret"), MARKUP))
    assert "secret" not in place(bench, copy).read_text("utf-8")


def rewritten(bench: Bench, copy: Reference, **changes: object) -> None:
    told = json.loads(place(bench, copy).read_text("utf-8")) | changes
    place(bench, copy).write_text(json.dumps(told), "utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"markup": {"width_px": 7, "height_px": 80}},
        {"markup": {"width_px": 100, "height_px": 80, "crop": {"left": 90, "top": 0, "width_px": 50}}},
        {"markup": []},
        {"original": {}},
    ],
)
def test_what_is_newer_or_rubbish_counts_as_not_there(
    library: Library, bench: Bench, pair: tuple[Reference, Reference], changes: dict[str, object]
) -> None:
    rewritten(bench, pair[1], **changes)
    assert library.markups.of(pair[1].sha256) is None


def test_what_a_named_copy_was_made_of_is_not_swept(
    library: Library, bench: Bench, pair: tuple[Reference, Reference]
) -> None:
    original, copy = pair
    again = kept(library, bench, b"again")
    library.markups.keep(again, MarkedCopy(copy, MARKUP))
    library.synchronise()
    assert library.sweep_references([again.sha256], IN_A_YEAR_S) == 0
    assert library.reference_path(original).is_file()


def test_strokes_are_swept_with_their_copy(
    library: Library, bench: Bench, pair: tuple[Reference, Reference]
) -> None:
    library.synchronise()
    assert library.sweep_references([], IN_A_YEAR_S) == 2
    assert not place(bench, pair[1]).exists()


def test_the_checkup_finds_nothing_wrong_with_them(
    library: Library, pair: tuple[Reference, Reference]
) -> None:
    library.synchronise()
    checkup = library.check(lambda _: None, lambda done, total: True)
    assert not checkup.findings
