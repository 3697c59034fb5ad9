"""Jobs and answers for tests: plain ones, and any there can be."""

import uuid

from hypothesis import strategies as st

from seedream_desktop.generation.answer import Answer, AnsweredPicture
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)


def a_job(state: JobState = JobState.QUEUED, queued_ms: int = 1000, ended_ms: int | None = None) -> Job:
    request = GenerationRequest("a-model", "a cat", Size("2K"))
    return Job(
        id=uuid.uuid4().hex,
        press_id="press",
        press_index=0,
        press_count=1,
        request=request,
        recipe=Recipe(prompt="a cat"),
        library_id="library",
        board_id="board",
        board_name="Inbox",
        queued_ms=queued_ms,
        state=state,
        ended_ms=ended_ms,
    )


TEXT = st.text(max_size=30)
SHORT = st.integers(-(2**53), 2**53)
MAYBE_TIME = st.none() | st.integers(0, 2**45)
PROBLEMS = st.builds(
    Problem,
    kind=st.sampled_from(ProblemKind),
    billed=st.sampled_from(Billed),
    said=TEXT,
    limit=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    status=st.none() | st.integers(100, 599),
)
SIZES = st.sampled_from([Size("2K"), Size(width_px=2848, height_px=1600)])
REFERENCES = st.builds(
    Reference,
    sha256=TEXT,
    media_type=TEXT,
    width_px=SHORT,
    height_px=SHORT,
    size_bytes=SHORT,
    name=TEXT,
    url=TEXT,
)
REQUESTS = st.builds(
    GenerationRequest,
    model=TEXT,
    prompt=TEXT,
    size=st.none() | SIZES,
    references=st.lists(REFERENCES, max_size=3).map(tuple),
    watermark=st.booleans(),
    guidance_scale=st.none() | st.floats(1, 10),
    seed=st.none() | SHORT,
    images_in_set=st.none() | st.integers(1, 15),
    output_format=st.none() | st.sampled_from(OutputFormat),
    response_format=st.sampled_from(ResponseFormat),
)
RECIPES = st.builds(Recipe, prompt=st.none() | TEXT, size=st.none() | SIZES, is_set=st.none() | st.booleans())
JOBS = st.builds(
    Job,
    id=st.uuids().map(lambda value: value.hex),
    press_id=TEXT,
    press_index=st.integers(0, 99),
    press_count=st.integers(1, 100),
    request=REQUESTS,
    recipe=RECIPES,
    library_id=TEXT,
    board_id=TEXT,
    board_name=TEXT,
    made_from=st.lists(TEXT, max_size=3).map(tuple),
    price_usd=st.none() | st.floats(0, 10),
    queued_ms=st.integers(0, 2**45),
    state=st.sampled_from([JobState.QUEUED, JobState.ANSWERED, JobState.FAILED, JobState.UNKNOWN]),
    sending_ms=MAYBE_TIME,
    ended_ms=MAYBE_TIME,
    problem=st.none() | PROBLEMS,
    saved=st.lists(TEXT, max_size=3).map(tuple),
    missing=st.lists(
        st.builds(MissingPicture, index=st.integers(0, 20), problem=PROBLEMS, count=st.integers(1, 9)),
        max_size=2,
    ).map(tuple),
    kept=st.lists(TEXT, max_size=2).map(tuple),
)
ANY_TEXT = st.text(st.characters(), max_size=30)  # halves of surrogate pairs too
ANSWERED_PICTURES = st.builds(
    AnsweredPicture,
    index=st.integers(0, 20),
    url=ANY_TEXT,
    spool_name=TEXT,
    size_said=TEXT,
    problem=st.none() | PROBLEMS,
    expires_ms=MAYBE_TIME,
)
ANSWERS = st.builds(
    Answer,
    pictures=st.lists(ANSWERED_PICTURES, max_size=4).map(tuple),
    created=MAYBE_TIME,
    model=ANY_TEXT,
    generated_images=st.none() | SHORT,
    problem=st.none() | PROBLEMS,
    rest_count=st.integers(0, 15),
    extra_json=ANY_TEXT,
)
