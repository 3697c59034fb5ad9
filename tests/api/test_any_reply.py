"""No reply, however malformed, cut or chopped, ends in anything but a value or a problem of a known kind."""

import base64
import itertools
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.answer import Received, read_answer
from seedream_desktop.api.failures import Asked
from seedream_desktop.api.spool import IncomingAnswer
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from tests.api.conftest import request_for

PICTURES = [os.urandom(size) for size in (70_000, 300, 99_999)]
BROKEN = Problem(ProblemKind.CONNECTION_BROKE, Billed.MAYBE)
RECEIVED = Received(Asked(request_for(images_in_set=3), "h", ()), "id-1", 1_795_356_592.0)
SET = json.dumps(
    {
        "created": 1,
        "data": [{"b64_json": base64.b64encode(one).decode(), "size": "2x2"} for one in PICTURES],
        "usage": {"generated_images": 3},
    }
).encode()
ENDS = [SET.index(base64.b64encode(one)) + len(base64.b64encode(one)) + 1 for one in PICTURES]
MIXED = json.dumps(
    {
        "data": [
            {"url": "https://a.example/1", "size": "1x1"},
            {"error": {"code": "OutputImageSensitiveContentDetected", "message": "no"}},
            {"b64_json": "QUJD", "url": "https://a.example/3"},
        ],
        "usage": {"generated_images": 2},
        "tools": [{"type": "web_search"}],
    }
).encode()
Outcome = Answer | Problem


def read(folder: Path, chunks: list[bytes], broken: Problem | None = None) -> Outcome:
    incoming = IncomingAnswer(folder, 10**9, 10**7)
    try:
        for chunk in chunks:
            incoming.feed(chunk)
        return read_answer(incoming, RECEIVED, broken)
    except ProblemError as error:
        return error.problem
    finally:
        incoming.close()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def chopped(body: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(body) + 1) for place in places), len(body)]
    return [body[start:end] for start, end in itertools.pairwise(edges)]


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10**6), max_size=12), st.integers(0, 10**6))
def test_the_same_bytes_give_the_same_pictures_however_they_are_chopped(
    tmp_path_factory: pytest.TempPathFactory, places: list[int], cut: int
) -> None:
    body = SET[: cut % (len(SET) + 1)] if cut % 3 else SET
    whole, parts = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("parts")
    assert read(whole, [body], BROKEN) == read(parts, chopped(body, places), BROKEN)
    assert files(whole) == files(parts)


@settings(max_examples=40)
@given(st.one_of(st.integers(0, len(SET)), st.sampled_from([end + by for end in ENDS for by in (-1, 0, 1)])))
def test_cut_at_any_byte_the_pictures_that_came_whole_are_kept_and_the_rest_is_said(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    outcome = read(folder, chopped(SET[:cut], [cut // 2]), BROKEN)
    whole = sum(end <= cut for end in ENDS)
    assert files(folder) == {f"picture-{index}.bin": PICTURES[index] for index in range(whole)}
    if whole == 0:
        assert outcome == BROKEN
        return
    assert isinstance(outcome, Answer)
    assert [picture.index for picture in outcome.pictures] == list(range(whole))
    assert (outcome.problem, outcome.rest_count) == ((BROKEN, 3 - whole) if whole < 3 else (None, 0))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("QUJD" * 30_000),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["data", "url", "b64_json", "error", "size", "usage", "image_index", "type"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good reply with something replaced, cut out, repeated or put in."""
    body = bytearray(draw(st.sampled_from([MIXED, b"data: " + MIXED + b"\n\ndata: [DONE]\n\n"])))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 40)))
        body[start:end] = draw(st.binary(max_size=20) | st.just(bytes(body[start:end] * 2)))
    return bytes(body)


@settings(max_examples=150)
@given(
    mutated() | st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()),
    st.lists(st.integers(0, 10**6), max_size=5),
    st.sampled_from([None, BROKEN]),
)
def test_any_reply_ends_in_an_answer_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, places: list[int], broken: Problem | None
) -> None:
    folder = tmp_path_factory.mktemp("any")
    outcome = read(folder, chopped(body, places), broken)
    if isinstance(outcome, Problem):
        assert files(folder) == {}
        return
    assert outcome.pictures
    assert files(folder).keys() == {one.spool_name for one in outcome.pictures if one.spool_name}
    assert all(one.url or one.spool_name or one.problem for one in outcome.pictures)
    repr(outcome).encode()


def test_a_filtered_picture_does_not_hide_the_others(tmp_path: Path) -> None:
    answer: Any = read(tmp_path, [MIXED])
    assert [bool(one.problem) for one in answer.pictures] == [False, True, False]
    assert answer.pictures[1].problem.billed is Billed.NO
    assert (answer.problem, answer.rest_count) == (None, 0)


@pytest.mark.parametrize(("generated", "billed"), [(2, Billed.NO), (3, Billed.YES), (None, Billed.NO)])
def test_a_failed_picture_is_billed_as_the_server_counts(
    tmp_path: Path, generated: int | None, billed: Billed
) -> None:
    body = json.dumps(json.loads(MIXED) | {"usage": {"generated_images": generated}}).encode()
    answer: Any = read(tmp_path, [body])
    assert answer.pictures[1].problem.billed is billed


def test_pictures_that_were_made_but_are_not_there_are_missing(tmp_path: Path) -> None:
    body = b'{"data": ["https://a.example/1"], "usage": {"generated_images": 3}}'
    answer: Any = read(tmp_path, [body])
    assert answer.rest_count == 2
    assert (answer.problem.kind, answer.problem.billed) == (ProblemKind.ANSWER_EMPTY, Billed.YES)


def test_a_set_that_turned_out_shorter_is_complete(tmp_path: Path) -> None:
    body = b'{"data": ["https://a.example/1"], "usage": {"generated_images": 1}}'
    answer: Any = read(tmp_path, [body])
    assert (answer.problem, answer.rest_count) == (None, 0)


@pytest.mark.parametrize("form", [{"code": "", "message": ""}, {"code": None}, 5, True])
def test_an_error_without_a_word_beside_pictures_is_none(tmp_path: Path, form: object) -> None:
    body = json.dumps({"data": ["https://a.example/1"], "error": form}).encode()
    answer: Any = read(tmp_path, [body])
    assert (answer.problem, answer.rest_count) == (None, 0)


def test_an_error_beside_pictures_is_why_the_rest_did_not_come(tmp_path: Path) -> None:
    body = b'{"data": ["https://a.example/1"], "error": {"code": "InternalServiceError", "message": "x"}}'
    answer: Any = read(tmp_path, [body])
    assert answer.rest_count == 2
    assert answer.problem.kind is ProblemKind.SERVER_FAULT
    assert "InternalServiceError" in answer.extra_json
