"""Every request that the catalogue allows is one that its model takes, judged as it arrives on the wire."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedream_desktop.api.client import Client
from seedream_desktop.api.payload import body_of
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import Model, load_catalog, problems
from seedream_desktop.generation.recipe import Recipe, to_request
from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)
from seedream_desktop.imaging.fitting import fit_reference
from tests.api.conftest import HASTY, KEY, run
from tests.api.fault_server import Connection, FaultServer, raw_answer
from tests.api.wire_judge import RULES, faults, pictures_of

CATALOG = load_catalog(resource_path("models.toml"))
ONE = json.dumps({"data": [{"url": "https://example.com/a.jpeg"}]}).encode()
ON_THE_WIRE_EVERY = 13  # requests; a number that no count of choices is a multiple of
HEAD = "\r\n".join(
    (
        "POST /v1/images/generations HTTP/1.1",
        "Host: 127.0.0.1:1",
        "User-Agent: seedream-desktop/0.0.0",
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Authorization: Bearer sk-x",
        "Connection: close",
        "Content-Type: application/json",
        "Idempotency-Key: job",
        "X-Client-Request-Id: job",
        "Content-Length: ",
    )
).encode()
MODELS = pytest.mark.parametrize("model_id", RULES)


def references(count: int) -> tuple[Reference, ...]:
    """Whose files hold their names; every third is a link."""
    media_types = itertools.cycle(("image/png", "image/jpeg"))
    links = itertools.cycle(("", "", "https://example.com/a%2fb?c=~&d=%7e"))
    return tuple(
        Reference(_sha256(f"{place}.png"), next(media_types), 640, 480, 7, f"{place}.png", next(links))
        for place in range(count)
    )


def _sha256(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def sizes(model: Model) -> Iterator[Size]:
    """Every preset, every size of the table, and pixels of one's own."""
    yield from (Size(preset=preset) for preset in model.presets)
    yield from (named.size for named in model.sizes)
    yield from (Size.parse(text) for text in ("2048x2048", "2064x2000") if model.sizes)


def recipes(model: Model) -> Iterator[Recipe]:
    """Every choice with every other, one size after the other; also what the model does not take."""
    room = range(model.references_min, model.references_max + 1)
    choices = itertools.product(
        sorted({room[0], room[len(room) // 2], room[-1]}),
        (None, 1, 4, 15) if model.takes_sets else (None, 4),
        (None, *OutputFormat),
        tuple(ResponseFormat),
        (True, False),
        (None, 1.0, 2.5, 10.0) if model.default_guidance else (None, 2.5),
        (None, -1, 0, 2_147_483_647) if model.takes_seed else (None, 7),
    )
    wanted = itertools.cycle(sizes(model))
    for count, in_set, output_format, response_format, watermark, guidance, seed in choices:
        pictures = None if in_set is None else min(in_set, 15 - count)
        yield Recipe(
            prompt="a fox „in“ snow\n雪\t\\",
            references=references(count),
            size=next(wanted),
            watermark=watermark,
            is_set=pictures is not None,
            images_in_set=pictures,
            output_format=output_format,
            response_format=response_format,
            guidance_scale=guidance,
            seed=seed,
        )


def requests(model_id: str) -> tuple[GenerationRequest, ...]:
    """What the product sends for every recipe, each once."""
    model = CATALOG.model(model_id)
    allowed = (to_request(recipe, model) for recipe in recipes(model))
    return tuple(dict.fromkeys(request for request in allowed if not problems(request, model)))


def body_at(folder: Path, request: GenerationRequest) -> bytes:
    return b"".join(body_of(request, lambda one: folder / one.sha256).chunks())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("references")
    for reference in references(14):
        (made / reference.sha256).write_bytes(reference.name.encode())
    return made


@MODELS
def test_every_request_that_is_allowed_is_one_that_the_model_takes(model_id: str, folder: Path) -> None:
    for request in requests(model_id):
        body = body_at(folder, request)
        assert faults(HEAD + str(len(body)).encode(), body) == [], request


@MODELS
def test_what_was_chosen_and_can_be_sent_is_sent(model_id: str, folder: Path) -> None:
    taken = {"model", "prompt", "size", "response_format", "watermark", *RULES[model_id].more}
    model = CATALOG.model(model_id)
    for recipe in itertools.islice(recipes(model), 0, None, ON_THE_WIRE_EVERY):
        body = body_at(folder, to_request(recipe, model))
        sent = json.loads(body)
        wanted = {name: value for name, value in chosen(recipe, model_id).items() if name in taken}
        assert {name: sent.get(name) for name in wanted} == wanted
        assert pictures_of(body) == [(one.url or one.name).encode() for one in recipe.references or ()]


def chosen(recipe: Recipe, model_id: str) -> dict[str, Any]:
    """The fields that a recipe asks for, whoever takes them."""
    assert recipe.size is not None
    fields: dict[str, Any] = {
        "model": model_id,
        "prompt": recipe.prompt,
        "size": recipe.size.wire,
        "response_format": recipe.response_format,
        "watermark": recipe.watermark,
        "output_format": recipe.output_format,
        "guidance_scale": recipe.guidance_scale,
        "seed": recipe.seed,
    }
    if recipe.is_set:
        fields["sequential_image_generation"] = "auto"
        fields["sequential_image_generation_options"] = {"max_images": recipe.images_in_set}
    return {name: value for name, value in fields.items() if value is not None}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A picture of every format and kind that is taken."""
    folder = tmp_path_factory.mktemp("pictures")
    image = Image.effect_noise((320, 200), 50)
    for suffix in ("jpeg", "png", "webp", "bmp", "tiff", "gif"):
        image.save(folder / f"plain.{suffix}")
    image.convert("CMYK").save(folder / "print.jpeg")
    Image.new("I;16", (320, 200), 40_000).save(folder / "deep.png")
    image.convert("RGBA").save(folder / "moving.gif", save_all=True, append_images=[image.rotate(90)])
    image.save(folder / "pages.tiff", save_all=True, append_images=[image])
    return tuple(sorted(folder.iterdir()))


@pytest.mark.parametrize("smaller", [False, True], ids=["as it is", "smaller"])
@pytest.mark.parametrize("model_id", [model.id for model in CATALOG.models if model.references_max])
def test_a_picture_of_any_format_is_sent_in_one_that_the_model_takes(
    model_id: str, pictures: tuple[Path, ...], tmp_path: Path, smaller: bool
) -> None:
    model = CATALOG.model(model_id)
    for picture in pictures:
        body = body_with(picture, model, tmp_path / "fit", smaller)
        assert faults(HEAD + str(len(body)).encode(), body) == [], picture.name
        (sent,) = pictures_of(body)
        with Image.open(BytesIO(sent)) as image:
            image.load()
        said = json.loads(body)["image"][0].partition(";")[0]
        assert said == f"data:{image.get_format_mimetype()}"


def body_with(picture: Path, model: Model, target: Path, smaller: bool) -> bytes:
    """The body that brings ``picture`` as ``model`` takes it."""
    form = fit_reference(picture, model.reference_rules, target, smaller=smaller)
    sent = Reference(form.sha256, form.media_type, form.width_px, form.height_px, form.size_bytes)
    request = to_request(Recipe(prompt="a fox", references=(sent,)), model)
    return b"".join(body_of(request, lambda _: target if form.derived else picture).chunks())


def keeps_everything(connection: Connection) -> None:
    """Read a request, answer, and keep also what comes after it."""
    seen = connection.read_request()
    connection.send(raw_answer(ONE, headers={"Connection": "close"}))
    while more := connection.socket.recv(65536):
        seen.body += more


@MODELS
def test_what_arrives_is_what_the_model_takes(model_id: str, folder: Path, tmp_path: Path) -> None:
    allowed = requests(model_id)[::ON_THE_WIRE_EVERY]
    with FaultServer(keeps_everything) as server:
        client = Client(server.base_url, lambda: KEY, lambda one: folder / one.sha256, HASTY)

        async def ask() -> None:
            for request in allowed:
                await client.generate(request, "job", tmp_path, lambda _: None)

        run(ask())
    assert len(server.requests) == len(allowed)
    assert [faults(seen.head, seen.body) for seen in server.requests] == [[]] * len(allowed)


def test_every_model_of_the_catalogue_is_judged() -> None:
    assert {model.id for model in CATALOG.models} <= RULES.keys()
