"""What a record says, what it never says, and how copies of it become one."""

import functools
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.links import bare_link
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, OutputFormat, Reference, Size
from seedream_desktop.library.marks import Mark
from seedream_desktop.library.record import (
    AnswerFacts,
    Made,
    RecordFile,
    SentReference,
    merge,
)

SHA = "ab" * 32
REFERENCE = Reference(SHA, "image/png", 640, 480, 12345, "moodboard.png")
REQUEST = GenerationRequest("seedream-5-0-lite", "窗边的猫", Size(preset="2K"), (REFERENCE,), images_in_set=4)
WHOLE = Made(
    sha256="cd" * 32,
    size_bytes=1_000_000,
    media_type="image/jpeg",
    width_px=2048,
    height_px=1024,
    made_ms=1_795_000_000_000,
    took_ms=12_000,
    number=142,
    request=REQUEST,
    recipe=Recipe(prompt="窗边的猫", references=(REFERENCE,), output_format=OutputFormat.PNG, is_set=True),
    answer=AnswerFacts("seedream-5-0", 1_795_000_000, 4, 16_384, 16_384, "request-1", "2048x1024"),
    job_id="job",
    press_id="press",
    press_index=1,
    press_count=2,
    set_index=3,
    set_count=4,
    made_from=("ef" * 32,),
    sent_references=(SentReference(SHA, "01" * 32, "jpeg 92"),),
    price_usd=0.035,
    price_as_of="2026-11-01",
    edited_from="23" * 32,
)

marks = st.fixed_dictionaries(
    {"value": st.integers(0, 5), "at": st.integers(0, 4), "by": st.sampled_from(["a", "b"])},
    optional={"new": st.integers(0, 2)},
)
documents = st.builds(
    lambda held, request, extra: {**extra, "format": 1, "made": _made(request), "marks": held},
    st.fixed_dictionaries(
        {},
        optional={
            "rating": marks | st.none() | st.just("?"),
            "colour": marks,
            "tags": st.dictionaries(st.sampled_from(["blue", "red"]), marks) | st.integers(),
        },
    ),
    st.booleans(),
    st.dictionaries(st.sampled_from(["later", "other"]), st.integers(0, 3), max_size=2),
)
anything = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["made", "marks", "sha256", "request"]), inner)
    ),
    max_leaves=8,
)
records = documents.map(RecordFile.understood)


def _made(has_request: bool) -> dict[str, Any]:
    made = RecordFile.of(WHOLE).document["made"]
    return made if has_request else {name: value for name, value in made.items() if name != "request"}


def merged(*copies: RecordFile) -> dict[str, Any]:
    return merge(copies).document


def test_a_record_comes_back_as_it_was_written() -> None:
    assert RecordFile.read(RecordFile.of(WHOLE).content).record.made == WHOLE


def test_what_was_asked_for_without_a_size_comes_back() -> None:
    made = Made("0" * 64, 1, "image/png", 1, 1, 1, request=GenerationRequest("m", "a cat", None))
    assert RecordFile.read(RecordFile.of(made).content).record.made == made


def test_the_request_is_spelled_out_with_its_defaults() -> None:
    request = RecordFile.of(WHOLE).document["made"]["request"]
    assert (request["watermark"], request["response_format"], request["images_in_set"]) == (True, "url", 4)


def test_a_mark_is_stamped_and_the_rest_stays_as_a_newer_version_wrote_it() -> None:
    newer = {"format": 1, "made": {**_made(True), "mood": 1}, "marks": {"colour": {"value": 7}}, "later": [1]}
    record = RecordFile.understood(newer).marked({"rating": 4}, {"blue": True}, 99, "laptop")
    assert record.document["made"]["mood"] == 1
    assert record.document["later"] == [1]
    assert record.document["marks"] == {
        "colour": {"value": 7},
        "rating": {"value": 4, "at": 99, "by": "laptop"},
        "tags": {"blue": {"value": True, "at": 99, "by": "laptop"}},
    }
    assert RecordFile.read(record.content).record == record.record


def test_a_mark_is_never_older_than_the_one_it_replaces() -> None:
    record = RecordFile.of(WHOLE).marked({"rating": 4}, {}, 1000, "fast clock")
    later = record.marked({"rating": 2}, {}, 500, "slow clock")
    assert merge([record, later]).record.marks.rating == Mark(2, 1001, "slow clock")


def test_a_tag_that_was_taken_away_stays_away_unless_given_later() -> None:
    given_first = RecordFile.of(WHOLE).marked({}, {"blue": True, "red": True}, 1, "a")
    taken = given_first.marked({}, {"blue": False}, 2, "b")
    assert merge([taken, given_first]).record.marks.tag_names == ("red",)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://tos.example.com/a%2Fb.jpeg?X-Tos-Signature=secret#x", "https://tos.example.com/a%2Fb.jpeg"),
        ("https://user:password@example.com:8443/a", "https://example.com:8443/a"),
        ("file:///etc/passwd", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_a_link_keeps_scheme_host_and_path_only(url: str, link: str) -> None:
    assert bare_link(url) == link
    answer = AnswerFacts(link=url, extra_json=json.dumps({"more": [{"url": url}]}))
    document = RecordFile.of(Made("a", 1, "", 1, 1, 0, answer=answer)).document
    assert document["made"].get("answer", {}).get("link", "") == link
    assert "secret" not in json.dumps(document)
    assert "password" not in json.dumps(document)


def test_pictures_in_base64_never_reach_the_record() -> None:
    answer = AnswerFacts(extra_json=json.dumps({"b64_json": "QUJD" * 1000, "note": "short"}))
    document = RecordFile.of(Made("a", 1, "", 1, 1, 0, answer=answer)).document
    assert json.loads(document["made"]["answer"]["extra_json"]) == {"b64_json": "", "note": "short"}


@settings(max_examples=40)
@given(records, records)
def test_merging_does_not_depend_on_the_order(first: RecordFile, second: RecordFile) -> None:
    assert merged(first, second) == merged(second, first)


@settings(max_examples=40)
@given(records, records, records)
def test_merging_does_not_depend_on_the_grouping(
    first: RecordFile, second: RecordFile, third: RecordFile
) -> None:
    in_steps = functools.reduce(lambda left, right: merge([left, right]), (first, second, third))
    other_way = merge([first, merge([second, third])])
    assert in_steps.document == other_way.document == merged(first, second, third)


@settings(max_examples=40)
@given(records)
def test_merging_a_copy_changes_nothing(record: RecordFile) -> None:
    assert merged(record, record) == merged(record)


@settings(max_examples=40)
@given(records, records)
def test_the_later_mark_wins(first: RecordFile, second: RecordFile) -> None:
    ratings = [copy.record.marks.rating for copy in (first, second)]
    winner = merge([first, second]).record.marks.rating
    assert winner.at == max(rating.at for rating in ratings)


@given(st.binary(max_size=40) | anything.map(lambda value: json.dumps(value).encode()))
def test_anything_else_is_no_record(content: bytes) -> None:
    with pytest.raises(ValueError):
        RecordFile.read(content)


def test_a_references_link_is_no_credential_any_more() -> None:
    linked = replace(REFERENCE, url="https://cdn.example.com/cat.png?token=secret")
    made = replace(
        WHOLE, request=replace(REQUEST, references=(linked,)), recipe=Recipe(references=(linked, REFERENCE))
    )
    content = RecordFile.of(made).content
    assert b"secret" not in content
    read = RecordFile.read(content).record.made
    assert read.request is not None
    assert [one.url for one in read.request.references] == ["https://cdn.example.com/cat.png"]
    assert [one.url for one in read.recipe.references or ()] == ["https://cdn.example.com/cat.png", ""]


@pytest.mark.parametrize("value", [-1, 6, 99, True, "5", None])
def test_a_rating_that_is_none_counts_as_never_given(value: object) -> None:
    told = {**RecordFile.of(WHOLE).document, "marks": {"rating": {"value": value, "at": 5, "by": "x"}}}
    assert RecordFile.understood(told).record.marks.rating == Mark(0)
