"""Whatever shape an answer's text has, what came whole of it is read, and nothing is made up."""

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.answer_text import Told, told_in

ITEMS = [{"url": f"https://a.example/{number}", "size": "1x1"} for number in range(3)]
WHOLE = json.dumps({"created": 1, "data": ITEMS, "usage": {"generated_images": 3}})


def test_an_answer_of_nothing_but_brackets_is_not_built_up_in_memory() -> None:
    texts = b"[" + b"{}," * 700_000 + b"{}]", b'{"data":[' + b"[]," * 700_000 + b"[]]}"
    tracemalloc.start()
    assert {told_in(text) for text in texts} == {Told(None, is_whole=True)}
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def events(*values: object) -> bytes:
    return "".join(f"data: {json.dumps(value)}\n\n" for value in values).encode()


def succeeded(index: int) -> dict[str, Any]:
    kind = "image_generation.partial_succeeded"
    return {"type": kind, "model": "m", "created": 5, "image_index": index, **ITEMS[index]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'\xef\xbb\xbf{"data": []}', {"data": []}),
        ('{"data": "猫"}'.encode("utf-16"), {"data": "猫"}),
        (
            '{"data": [], "message": "生成失败，请重试"}'.encode("gbk"),
            {"data": [], "message": "生成失败，请重试"},
        ),
        (b'{"data": []} {"data": [1]}', {"data": []}),
        (b'{"status": "working"}\n{"data": [1]}\n', {"data": [1]}),
        (b'{"data": [1]}\r\n-- trailing noise', {"data": [1]}),
        (b': keep-alive\n\n: keep-alive\n\n{"data": [1]}', {"data": [1]}),
        (b'{"data": [NaN, 1e999, ' + b"9" * 5000 + b"]}", {"data": [None, None, None]}),
        (b"", None),
        (b"[" * 100_000, None),
        (b'{"a":' * 100_000, None),
    ],
    ids=range(11),
)
def test_odd_texts_are_read_as_they_are_meant(text: bytes, value: object) -> None:
    assert told_in(text) == Told(value, is_whole=True) or told_in(text).value is value is None


@given(st.integers(0, len(WHOLE)))
def test_cut_at_any_byte_exactly_the_links_that_came_whole_are_read(cut: int) -> None:
    told = told_in(WHOLE[:cut].encode())
    items = told.value.get("data", []) if isinstance(told.value, dict) else []
    links = [item["url"] for item in items if "url" in item]
    assert links == [item["url"] for item in ITEMS if f'{item["url"]}"' in WHOLE[:cut]]
    assert told.is_whole == (cut > WHOLE.index("]")) or not items


def test_a_stream_of_events_adds_up_to_an_answer() -> None:
    failed = {"type": "image_generation.partial_failed", "image_index": 1, "error": {"code": "c"}}
    done = {"type": "image_generation.completed", "usage": {"generated_images": 2}, "tools": [1]}
    text = events(succeeded(2), succeeded(0), failed, done) + b"data: [DONE]\n\n"
    value = {
        "model": "m",
        "created": 5,
        "usage": {"generated_images": 2},
        "tools": [1],
        "data": [ITEMS[0], {"error": {"code": "c"}}, ITEMS[2]],
    }
    assert told_in(text) == Told(value, is_whole=True)


@pytest.mark.parametrize("ending", ["\n\n", "\r\n\r\n", "\n"])
def test_events_may_be_named_beside_their_data(ending: str) -> None:
    lines = "".join(f"event: x.partial_succeeded\ndata: {json.dumps(item)}{ending}" for item in ITEMS)
    assert told_in(f": hello\n\n{lines}".encode()).value["data"] == ITEMS


def test_a_preview_is_no_picture() -> None:
    preview = {"type": "image_generation.partial_image", "partial_image_index": 0, "b64_json": "QUJD"}
    assert told_in(events(preview, succeeded(0))).value["data"] == [ITEMS[0]]


@pytest.mark.parametrize("error", [{"error": {"code": "c"}}, {"type": "error", "code": "c"}])
def test_an_error_among_events_is_that_of_the_answer(error: dict[str, Any]) -> None:
    told = told_in(events(succeeded(0), error))
    assert told.value["data"] == [ITEMS[0]]
    assert told.value["error"]["code"] == "c"


def test_an_answer_in_one_event_is_that_answer() -> None:
    assert told_in(f"data: {WHOLE}\n\n".encode()).value == json.loads(WHOLE)


@given(st.integers(1, 400))
def test_events_that_break_off_keep_the_links_that_came_whole(cut: int) -> None:
    text = events(*(succeeded(index) for index in range(3)))[:cut]
    value = told_in(text).value
    links = [item["url"] for item in value.get("data", []) if "url" in item] if value else []
    assert links == [item["url"] for item in ITEMS if f'{item["url"]}"'.encode() in text]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.from_regex(rb'[\[\]{}",:\\ 1a]*'))
def test_any_bytes_tell_a_value_or_nothing(text: bytes) -> None:
    assert isinstance(told_in(text), Told)
    assert isinstance(told_in(b"data: " + text), Told)
