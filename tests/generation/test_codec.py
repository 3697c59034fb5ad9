"""Values survive JSON, newer keys are ignored, nonsense is refused as bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Reference, Size

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
SIZES = st.one_of(
    st.sampled_from([Size(preset="2K"), Size(preset="4K")]),
    st.builds(Size, width_px=st.integers(1, 9999), height_px=st.integers(1, 9999)),
)
PROBLEMS = st.builds(
    Problem,
    kind=st.sampled_from(ProblemKind),
    billed=st.sampled_from(Billed),
    said=TEXT,
    subject=TEXT,
    limit=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    actual=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    status=st.none() | st.integers(100, 599),
    request_id=TEXT,
)
REFERENCES = st.builds(Reference, TEXT, TEXT, st.integers(), st.integers(), st.integers(), TEXT)
REQUESTS = st.builds(
    GenerationRequest,
    model=TEXT,
    prompt=TEXT,
    size=SIZES,
    references=st.lists(REFERENCES, max_size=3).map(tuple),
    guidance_scale=st.none() | st.floats(1, 10),
)
JOBS = st.builds(
    Job,
    id=TEXT,
    press_id=TEXT,
    press_index=st.integers(0, 9),
    press_count=st.integers(1, 9),
    request=REQUESTS,
    recipe=st.builds(Recipe, prompt=st.none() | TEXT, references=st.just(None), size=SIZES),
    library_id=TEXT,
    board_id=TEXT,
    board_name=TEXT,
    made_from=st.lists(TEXT, max_size=3).map(tuple),
    price_usd=st.none() | st.floats(0, 10),
    price_as_of=TEXT,
    queued_ms=st.integers(0),
    state=st.sampled_from(JobState),
    sending_ms=st.none() | st.integers(0),
    answered_ms=st.none(),
    ended_ms=st.none(),
    problem=st.none() | PROBLEMS,
    saved=st.lists(TEXT, max_size=2).map(tuple),
)


@given(JOBS)
def test_a_job_survives_json(job: Job) -> None:
    assert decode(Job, json.loads(json.dumps(encode(job)))) == job


def test_an_answer_survives_json() -> None:
    answer = Answer((AnsweredPicture(0, url="https://x/y"), AnsweredPicture(1)), created=5)
    assert decode(Answer, json.loads(json.dumps(encode(answer)))) == answer


def test_what_equals_its_default_is_left_out() -> None:
    assert encode(Size(preset="2K")) == {"preset": "2K"}


def test_keys_of_a_newer_version_are_ignored() -> None:
    assert decode(Size, {"preset": "2K", "depth_px": 3}) == Size(preset="2K")


@pytest.mark.parametrize(
    "raw", [None, [], "2K", 3, {"preset": 3}, {"width_px": "3"}, {"width_px": True}, {"width_px": 1.5}]
)
def test_nonsense_is_refused_as_bad_input(raw: Any) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(Size, raw)


def test_a_missing_field_without_default_is_refused() -> None:
    with pytest.raises(ValueError, match="Reference"):
        decode(Reference, {"sha256": "ab"})


def test_what_is_no_value_is_not_encoded() -> None:
    with pytest.raises(TypeError):
        encode(object())
