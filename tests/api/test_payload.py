"""The body of any request: strict JSON of exactly the size that was said, whatever its words and files."""

from __future__ import annotations

import base64
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.payload import CHUNK_BYTES, body_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)

PIECE_BYTES = 64 * 1024  # of a file at once, and not more
HALVES = st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF)  # of surrogate pairs
WORDS = st.text(st.characters() | HALVES, max_size=200)
SIDES = st.integers(1, 9999)
SIZES = st.builds(Size, width_px=SIDES, height_px=SIDES) | st.builds(
    Size, preset=st.sampled_from(("1K", "4K"))
)
EDGES = (CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 2)
FILE_SIZES = st.lists(st.integers(1, 400) | st.sampled_from(EDGES), max_size=14)
FileOf = Callable[[Reference], Path]


def references(sizes: list[int]) -> tuple[Reference, ...]:
    """One of each size; the name of a file is its size. Every fourth is a link."""
    kinds = itertools.cycle(("image/png", "image/JPEG", "image/webp"))
    links = itertools.cycle(("", "", "", 'https://example.com/a%2Fb/"\\雪?c=~'))
    return tuple(
        Reference(str(size), next(kinds), 20, 20, size, f"{size}.png", next(links)) for size in sizes
    )


def content(reference: Reference) -> bytes:
    return random.Random(reference.sha256).randbytes(int(reference.sha256))


@pytest.fixture(scope="module")
def file_of(tmp_path_factory: pytest.TempPathFactory) -> FileOf:
    folder = tmp_path_factory.mktemp("references")

    def find(reference: Reference) -> Path:
        path = folder / reference.sha256
        if not path.exists():
            path.write_bytes(content(reference))
        return path

    return find


@given(
    st.builds(
        GenerationRequest,
        model=WORDS,
        prompt=WORDS,
        size=st.none() | SIZES,
        references=FILE_SIZES.map(references),
        watermark=st.booleans(),
        guidance_scale=st.none() | st.floats(1, 10),
        seed=st.none() | st.integers(-1, 2**31 - 1),
        images_in_set=st.none() | st.integers(1, 15),
        output_format=st.none() | st.sampled_from(OutputFormat),
        response_format=st.sampled_from(ResponseFormat),
    )
)
def test_any_request_is_strict_json_of_the_size_that_was_said(
    file_of: FileOf, wanted: GenerationRequest
) -> None:
    body = body_of(wanted, file_of)
    sent = b"".join(body.chunks())
    assert len(sent) == body.size_bytes
    assert json.loads(sent.decode("utf-8"), object_pairs_hook=once_each) == expected(wanted)


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def expected(request: GenerationRequest) -> dict[str, object]:
    """The fields of ``request``, said once more; half a surrogate pair becomes a question mark."""
    fields: dict[str, object] = {
        "model": sayable(request.model),
        "prompt": sayable(request.prompt),
        "response_format": request.response_format.value,
        "watermark": request.watermark,
    }
    if request.size is not None:
        own = f"{request.size.width_px}x{request.size.height_px}"
        fields["size"] = request.size.preset or own
    if request.images_in_set is not None:
        fields["sequential_image_generation"] = "auto"
        fields["sequential_image_generation_options"] = {"max_images": request.images_in_set}
    if request.references:
        fields["image"] = [
            one.url or f"data:{one.media_type.lower()};base64,{base64.b64encode(content(one)).decode()}"
            for one in request.references
        ]
    if request.output_format is not None:
        fields["output_format"] = request.output_format.value
    rest = {"guidance_scale": request.guidance_scale, "seed": request.seed}
    return fields | {name: value for name, value in rest.items() if value is not None}


def sayable(words: str) -> str:
    return "".join("?" if "\ud800" <= character <= "\udfff" else character for character in words)


@given(FILE_SIZES)
def test_a_body_is_read_in_small_pieces_and_as_often_as_it_takes(file_of: FileOf, sizes: list[int]) -> None:
    body = body_of(request_with(*references(sizes)), file_of)
    first, again = list(body.chunks()), list(body.chunks())
    assert first == again
    assert max(map(len, first)) <= PIECE_BYTES


def request_with(*of: Reference) -> GenerationRequest:
    return GenerationRequest("m", "p", None, of)


@given(st.integers(1, 3 * CHUNK_BYTES), st.integers(1, 3 * CHUNK_BYTES))
def test_a_file_that_changed_its_size_meanwhile_never_makes_another_length(
    tmp_path_factory: pytest.TempPathFactory, before: int, after: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "changing"
    path.write_bytes(bytes(before))
    body = body_of(request_with(Reference("a", "image/png", 20, 20, before, "shoe.png")), lambda _: path)
    path.write_bytes(bytes(after))
    if after < before:
        assert problem_of(lambda: list(body.chunks())) == gone("shoe.png")
    else:
        assert len(b"".join(body.chunks())) == body.size_bytes


def problem_of(work: Callable[[], object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        work()
    return caught.value.problem


def gone(name: str) -> Problem:
    return Problem(ProblemKind.REFERENCE_GONE, Billed.NO, subject=name)


@pytest.mark.parametrize("kind", ["none", "empty", "folder"])
def test_a_reference_that_is_no_file_any_more_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
        (path / "x").touch()
    elif kind == "empty":
        path.touch()
    reference = Reference("a" * 64, "image/png", 20, 20, 5, "shoe.png")
    found = problem_of(lambda: b"".join(body_of(request_with(reference), lambda _: path).chunks()))
    assert found == gone("shoe.png")


def test_the_library_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    away = Problem(ProblemKind.LIBRARY_AWAY)

    def raise_away(_: Reference) -> Path:
        raise ProblemError(away)

    reference = Reference("a" * 64, "image/png", 20, 20, 5)
    assert problem_of(lambda: body_of(request_with(reference), raise_away)) == away
