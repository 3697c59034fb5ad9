import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.demo.models import SEEDREAM_IDS
from seedream_desktop.demo.orders import parse_order, refuse_newer_size
from seedream_desktop.demo.refusal import Refusal
from tests.demo.conftest import LITE

PRO = "seedream-5-0-pro-260628"
FLASH = "seedream-5-0-flash-260915"
V_5_5 = "seedream-5-5-261028"
V_4_5 = "doubao-seedream-4-5-251128"
V_4_0 = "doubao-seedream-4-0-250828"
T2I = "doubao-seedream-3-0-t2i-250415"
EDIT = "doubao-seededit-3-0-i2i-250628"
MAX_IMAGES = "sequential_image_generation_options.max_images"
URL = "http://127.0.0.1/a.png"


def body(model: str = LITE, **fields: object) -> bytes:
    return json.dumps({"model": model, "prompt": "a cat", **fields}).encode()


def auto(most: object) -> dict[str, Any]:
    return {
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": most},
    }


WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("model", {"model": None}),
    ("model", {"model": 5}),
    ("prompt", {"prompt": ""}),
    ("prompt", {"prompt": " \n"}),
    ("prompt", {"prompt": ["a cat"]}),
    ("response_format", {"response_format": "b64"}),
    ("response_format", {"response_format": None}),
    ("size", {"size": "1K"}),
    ("size", {"size": "2k"}),
    ("size", {"size": 2048}),
    ("size", {"size": "1024x1024"}),
    ("size", {"size": "4097x4096"}),
    ("size", {"size": "16384x256"}),
    ("size", {"size": "adaptive"}),
    ("size", {"model": V_4_5, "size": "3K"}),
    ("size", {"model": PRO, "size": "4K"}),
    ("size", {"model": FLASH, "size": "2720x1530"}),
    ("size", {"model": T2I, "size": "2K"}),
    ("size", {"model": EDIT, "size": "1024x1024", "image": [URL]}),
    ("image", {"image": {"url": URL}}),
    ("image", {"image": [URL, 5]}),
    ("image", {"image": [""]}),
    ("image", {"image": [URL] * 15}),
    ("image", {"model": PRO, "image": [URL] * 11}),
    ("image", {"model": T2I, "image": [URL]}),
    ("image", {"model": EDIT}),
    ("image", {"model": EDIT, "image": [URL, URL]}),
    ("watermark", {"watermark": "false"}),
    ("watermark", {"watermark": 0}),
    ("guidance_scale", {"guidance_scale": 0.9}),
    ("guidance_scale", {"guidance_scale": 10.1}),
    ("guidance_scale", {"guidance_scale": "2.5"}),
    ("guidance_scale", {"guidance_scale": True}),
    ("guidance_scale", {"guidance_scale": 10**400}),
    ("seed", {"seed": -2}),
    ("seed", {"seed": 2_147_483_648}),
    ("seed", {"seed": 1.5}),
    ("seed", {"seed": True}),
    ("output_format", {"output_format": "webp"}),
    ("output_format", {"output_format": "jpg"}),
    ("sequential_image_generation", {"sequential_image_generation": True}),
    ("sequential_image_generation", {"sequential_image_generation": "on"}),
    ("sequential_image_generation_options", {"sequential_image_generation_options": 4}),
    (MAX_IMAGES, auto(0)),
    (MAX_IMAGES, auto(16)),
    (MAX_IMAGES, auto("4")),
    (MAX_IMAGES, auto(None)),
    (MAX_IMAGES, {**auto(14), "image": [URL] * 2}),
    ("sequential_image_generation", {"model": PRO, "sequential_image_generation": "disabled"}),
    ("sequential_image_generation", {"model": V_5_5, "sequential_image_generation": "disabled"}),
    ("sequential_image_generation_options", {"model": FLASH, "sequential_image_generation_options": {}}),
    ("stream", {"model": PRO, "stream": False}),
)


@pytest.mark.parametrize(("param", "fields"), WRONG)
def test_a_wrong_field_is_refused_by_its_name(param: str, fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        parse_order(body(**fields))
    assert (refused.value.status, refused.value.param) == (400, param)


RIGHT: tuple[dict[str, Any], ...] = (
    {},
    {"size": "4K", "image": [URL] * 14},
    {"image": URL},
    {"image": []},
    {"size": "2848x1600", "guidance_scale": 1, "seed": -1, "watermark": False},
    {"guidance_scale": 10.0, "seed": 2_147_483_647, "output_format": "png", "response_format": "b64_json"},
    {**auto(15)},
    {**auto(1), "image": [URL] * 14},
    {"model": PRO, "size": "1.5K", "image": [URL] * 10},
    {"model": V_4_0, "size": "1K"},
    {"model": T2I, "size": "512x512", "seed": 0},
    {"model": EDIT, "size": "adaptive", "image": [URL]},
    {"n": 4, "quality": "hd", "user": "x", "stream": True},
)


@pytest.mark.parametrize(
    ("model", "size", "is_older"),
    [
        (LITE, "4K", False),
        (LITE, "3K", True),
        (LITE, "4096x4096", False),
        (LITE, "4704x2016", True),
        (PRO, "1.5K", False),
        (PRO, "2144x2144", False),
        (PRO, "2048x2048", True),
        (V_4_0, "1280x720", False),
        (V_4_5, "4K", True),
    ],
)
def test_a_size_of_the_newer_documents_may_be_refused(model: str, size: str, is_older: bool) -> None:
    order = parse_order(body(model, size=size))
    if is_older:
        refuse_newer_size(order)
        return
    with pytest.raises(Refusal) as refused:
        refuse_newer_size(order)
    assert (refused.value.status, refused.value.param) == (400, "size")


def test_a_preset_that_a_model_lacks_is_refused_in_the_providers_words() -> None:
    with pytest.raises(
        Refusal, match=r"^the specified size is not supported for model doubao-seedream-4-5-251128$"
    ):
        parse_order(body(V_4_5, size="1K"))
    with pytest.raises(Refusal, match=r"^image size must be at least 3686400 pixels$"):
        parse_order(body(V_4_5, size="1024x1024"))


@pytest.mark.parametrize("fields", RIGHT)
def test_what_the_contract_allows_is_taken(fields: dict[str, Any]) -> None:
    assert parse_order(body(**fields)).prompt == "a cat"


@pytest.mark.parametrize("model", SEEDREAM_IDS)
def test_every_default_is_one_that_the_model_takes(model: str) -> None:
    images: dict[str, Any] = {"image": [URL]} if model == EDIT else {}
    order = parse_order(body(model, **images))
    explicit = parse_order(body(model, size=order.size, output_format=order.output_format, **images))
    assert explicit == order
    assert order.watermark
    assert order.seed is None


@pytest.mark.parametrize(
    ("model", "asked", "delivered"),
    [
        (LITE, None, "jpeg"),
        (LITE, "png", "png"),
        (V_5_5, None, "png"),
        (V_5_5, "jpeg", "jpeg"),
        (V_4_5, "png", "jpeg"),
    ],
)
def test_the_format_is_what_the_model_can_write(model: str, asked: str | None, delivered: str) -> None:
    fields: dict[str, Any] = {} if asked is None else {"output_format": asked}
    assert parse_order(body(model, **fields)).output_format == delivered


def test_an_unknown_model_is_not_found() -> None:
    with pytest.raises(Refusal) as refused:
        parse_order(body("gpt-4o-mini"))
    assert (refused.value.status, refused.value.param) == (404, "model")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"a"', b"\xff", b'{"a": NaN}', b"[" * 100_000], ids=range(8)
)
def test_what_is_no_json_object_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        parse_order(content)
    assert refused.value.status == 400


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    "model prompt size image watermark guidance_scale seed output_format response_format "
    "sequential_image_generation sequential_image_generation_options stream".split()
)


@given(st.dictionaries(NAMES, VALUES, max_size=6), st.sampled_from(SEEDREAM_IDS))
def test_any_fields_are_an_order_or_a_refusal(fields: dict[str, Any], model: str) -> None:
    with suppress(Refusal):
        order = parse_order(json.dumps({"model": model, "prompt": "x", **fields}).encode())
        assert order.set_ceiling + len(order.references) <= 15


@given(st.integers(0, 14), st.integers(1, 15))
def test_references_and_pictures_never_exceed_fifteen(references: int, most: int) -> None:
    content = body(image=[URL] * references, **auto(most))
    if references + most > 15:
        with pytest.raises(Refusal):
            parse_order(content)
    else:
        assert parse_order(content).set_ceiling == most
