"""Checks the body of `POST /images/generations` field by field against the contract and the model."""

import json
from dataclasses import dataclass, replace
from typing import Never

from seedream_desktop.demo.models import Family, family_of
from seedream_desktop.demo.refusal import Refusal
from seedream_desktop.demo.sets import MOST_IN_A_SET
from seedream_desktop.demo.sizes import parse_pixels, pixel_problem

GREATEST_SEED = 2_147_483_647
ANY_SEED = -1
MOST_PICTURES_AND_REFERENCES = 15
MAX_IMAGES_FIELD = "sequential_image_generation_options.max_images"

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Order:
    """A request that passed every check; `references` as sent, `seed` None when any picture will do."""

    model_id: str
    family: Family
    prompt: str
    size: str
    references: tuple[str, ...]
    as_base64: bool
    watermark: bool
    seed: int | None
    output_format: str
    set_ceiling: int  # 1: a single picture


def parse_order(body: bytes) -> Order:
    """Reads and checks a request body; raises Refusal that names the first field at fault."""
    fields = _parse_object(body)
    model_id = _text(fields, "model")
    family = family_of(model_id)
    if family is None:
        raise Refusal(404, f"The model `{model_id}` does not exist", "model", "model_not_found")
    for name in family.forbidden:
        if name in fields:
            _refuse(name, f"`{name}` is not supported by model {model_id}")
    prompt = _text(fields, "prompt")
    references = _references(fields, family)
    _number_in_range(fields, "guidance_scale", 1.0, 10.0)
    return Order(
        model_id=model_id,
        family=family,
        prompt=prompt,
        size=_size(fields, family, model_id),
        references=references,
        as_base64=_choice(fields, "response_format", ("url", "b64_json"), "url") == "b64_json",
        watermark=_boolean(fields, "watermark", True),
        seed=_seed(fields),
        output_format=_output_format(fields, family),
        set_ceiling=_set_ceiling(fields, family, len(references)),
    )


def refuse_newer_size(order: Order) -> None:
    """Refuses a size that only the newer documents of its model grant; raises Refusal."""
    family, pixels = order.family, parse_pixels(order.size)
    if pixels is None and family.older_presets and order.size not in family.older_presets:
        _refuse("size", f"the specified size is not supported for model {order.model_id}")
    if pixels is not None and family.older_px is not None:
        older = replace(family, least_px=family.older_px[0], most_px=family.older_px[1])
        if problem := pixel_problem(pixels, older):
            _refuse("size", problem)


def _parse_object(body: bytes) -> Fields:
    try:
        fields = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "The request body is not valid JSON") from error
    if not isinstance(fields, dict):
        raise Refusal(400, "The request body must be a JSON object")
    return fields


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if value is None and name not in fields:
        _refuse(name, f"`{name}` is required")
    if not isinstance(value, str):
        _refuse(name, f"`{name}` must be a string")
    if not value.strip():
        _refuse(name, f"`{name}` must not be empty")
    return value


def _choice(fields: Fields, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str) or value not in allowed:
        _refuse(name, f"`{name}` must be one of: {', '.join(allowed)}")
    return value


def _boolean(fields: Fields, name: str, default: bool) -> bool:
    value = fields.get(name, default)
    if not isinstance(value, bool):
        _refuse(name, f"`{name}` must be a boolean")
    return value


def _integer(value: object, name: str, least: int, greatest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(name, f"`{name}` must be an integer")
    if not least <= value <= greatest:
        _refuse(name, f"`{name}` must be between {least} and {greatest}")
    return value


def _number_in_range(fields: Fields, name: str, least: float, greatest: float) -> None:
    value = fields.get(name, least)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        _refuse(name, f"`{name}` must be a number")
    if not least <= value <= greatest:
        _refuse(name, f"`{name}` must be between {least} and {greatest}")


def _seed(fields: Fields) -> int | None:
    seed = _integer(fields.get("seed", ANY_SEED), "seed", ANY_SEED, GREATEST_SEED)
    return None if seed == ANY_SEED else seed


def _output_format(fields: Fields, family: Family) -> str:
    chosen = _choice(fields, "output_format", ("jpeg", "png"), family.default_format)
    return chosen if chosen in family.formats else family.default_format


def _size(fields: Fields, family: Family, model_id: str) -> str:
    size = fields.get("size", family.default_size)
    if not isinstance(size, str):
        _refuse("size", "`size` must be a string")
    if size in family.presets:
        return size
    pixels = parse_pixels(size)
    if pixels is None or not family.takes_pixels:
        _refuse("size", f"the specified size is not supported for model {model_id}")
    problem = pixel_problem(pixels, family)
    if problem:
        _refuse("size", problem)
    return size


def _references(fields: Fields, family: Family) -> tuple[str, ...]:
    value = fields.get("image", [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        _refuse("image", "`image` must be an array of strings")
    references = tuple(item for item in items if isinstance(item, str) and item)
    if len(references) != len(items):
        _refuse("image", "`image` must hold URLs or data URIs")
    if len(references) > family.most_references:
        _refuse("image", f"at most {family.most_references} reference images are supported")
    if len(references) < family.least_references:
        _refuse("image", f"at least {family.least_references} reference image is required")
    return references


def _set_ceiling(fields: Fields, family: Family, reference_count: int) -> int:
    mode = _choice(fields, "sequential_image_generation", ("auto", "disabled"), "disabled")
    options = fields.get("sequential_image_generation_options", {})
    if not isinstance(options, dict):
        _refuse("sequential_image_generation_options", "the options must be an object")
    asked = options.get("max_images")
    if "max_images" in options:
        asked = _integer(asked, MAX_IMAGES_FIELD, 1, MOST_IN_A_SET)
    if mode == "disabled" or not family.has_sets:
        return 1
    room = MOST_PICTURES_AND_REFERENCES - reference_count
    if asked is not None and asked > room:
        _refuse(MAX_IMAGES_FIELD, f"reference images and generated images together must be at most "
                f"{MOST_PICTURES_AND_REFERENCES}")  # fmt: skip
    return room if asked is None else asked


def _refuse(name: str, message: str) -> Never:
    raise Refusal(400, message, name)
