"""The judge of raw requests lets a good one pass and finds each single fault."""

import json

import pytest

from tests.api.wire_judge import faults

PIXEL = "data:image/png;base64,iVBORw0K"
LITE = "doubao-seedream-5-0-260128"
PRO = "seedream-5-0-pro-260628"
BODY = {
    "model": LITE,
    "prompt": "猫",
    "size": "2848x1600",
    "response_format": "url",
    "watermark": False,
    "output_format": "png",
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 13},
    "image": [PIXEL, "https://example.com/a%2fb?c=~"],
}
HEADERS = (
    "Host: 127.0.0.1:8080",
    "User-Agent: seedream-desktop/0.1.0",
    "Accept: application/json",
    "Accept-Encoding: identity",
    "Authorization: Bearer sk-x",
    "Connection: close",
    "Content-Type: application/json",
    "Idempotency-Key: job-1",
    "X-Client-Request-Id: job-1",
)


def head_for(body: bytes, *more: str, line: str = "POST /v1/images/generations HTTP/1.1") -> bytes:
    return "\r\n".join((line, *HEADERS, *(more or (f"Content-Length: {len(body)}",)))).encode()


def body_with(**changes: object) -> bytes:
    changed = {name: value for name, value in (BODY | changes).items() if value is not ...}
    return json.dumps(changed).encode()


def test_a_good_request_passes() -> None:
    body = body_with()
    assert faults(head_for(body), body) == []


FAULTS: dict[str, dict[str, object]] = {
    "a count that is ignored": {"n": 2},
    "a field of the 3.0 family": {"seed": 1},
    "nothing as a value": {"output_format": None},
    "another model": {"model": "gpt-image-1"},
    "no prompt": {"prompt": " "},
    "no watermark said": {"watermark": ...},
    "a number for yes": {"watermark": 1},
    "a preset of another model": {"size": "1K"},
    "too few pixels": {"size": "1024x1024"},
    "too narrow": {"size": "16000x999"},
    "a size as it is written": {"size": "2848×1600"},
    "an array of formats": {"response_format": ["url"]},
    "another file format": {"output_format": "webp"},
    "a set that is off": {"sequential_image_generation": "disabled"},
    "half of a set": {"sequential_image_generation": ...},
    "too many pictures": {"sequential_image_generation_options": {"max_images": 14}},
    "no picture": {"sequential_image_generation_options": {"max_images": 0}},
    "an option that is unknown": {"sequential_image_generation_options": {"max_images": 1, "n": 1}},
    "one reference without an array": {"image": PIXEL},
    "an empty array": {"image": []},
    "too many references": {"image": [PIXEL] * 15, "sequential_image_generation_options": {"max_images": 1}},
    "an upper-case type": {"image": ["data:image/PNG;base64,iVBORw0K"]},
    "a type that is not taken": {"image": ["data:image/heic;base64,iVBORw0K"]},
    "base64 with a line break": {"image": ["data:image/png;base64,iVBO\nRw0K"]},
    "base64 without its end": {"image": ["data:image/png;base64,iVBORw0"]},
    "an empty picture": {"image": ["data:image/png;base64,"]},
    "a link without encryption": {"image": ["http://example.com/a"]},
}


@pytest.mark.parametrize("changes", FAULTS.values(), ids=FAULTS)
def test_a_body_with_a_fault_does_not_pass(changes: dict[str, object]) -> None:
    body = body_with(**changes)
    assert faults(head_for(body), body) != []


def test_a_set_is_a_fault_where_the_model_refuses_the_field() -> None:
    body = body_with(model=PRO, size="2816x1584")
    taken_not = ["sequential_image_generation", "sequential_image_generation_options"]
    assert faults(head_for(body), body) == [f"fields that the model does not take: {taken_not}"]


@pytest.mark.parametrize(
    "body",
    [
        body_with()[:-1] + b',"prompt":"dog"}',
        body_with()[:-1] + b',"guidance_scale":NaN}',
        body_with() + b"\n{}",
        body_with().replace(b"\\u732b", b"\xff"),
        b"[]",
        b"",
    ],
    ids=["a key twice", "not a number", "two values", "no UTF-8", "a list", "nothing"],
)
def test_loose_json_does_not_pass(body: bytes) -> None:
    assert faults(head_for(body), body) != []


LENGTH = f"Content-Length: {len(body_with())}"
HEADS = {
    "another path": head_for(body_with(), line="POST /v1/images/generations/ HTTP/1.1"),
    "another method": head_for(body_with(), line="PUT /v1/images/generations HTTP/1.1"),
    "no length": head_for(body_with(), "Transfer-Encoding: chunked"),
    "another length": head_for(b"x"),
    "a header twice": head_for(body_with(), LENGTH, "Accept: application/json"),
    "a cookie": head_for(body_with(), LENGTH, "Cookie: a=b"),
    "a blank too many": head_for(body_with(), f"Content-Length:  {len(body_with())}"),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_head_with_a_fault_does_not_pass(head: bytes) -> None:
    assert faults(head, body_with()) != []
