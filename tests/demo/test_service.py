import base64
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from seedream_desktop.demo.process import DemoServer
from tests.demo.conftest import LITE, SMALLEST, Client
from tests.demo_fixtures import Demo

V_4_0 = "doubao-seedream-4-0-250828"
BILLING = "/v1/dashboard/billing"


def picture(item: dict[str, Any]) -> bytes:
    return base64.b64decode(item["b64_json"], validate=True)


def only_picture(client: Client, **fields: object) -> bytes:
    return picture(client.generate(response_format="b64_json", **fields).payload["data"][0])


def error(payload: Any) -> Any:
    assert set(payload) == {"error"}
    assert payload["error"]["type"] == "comet_api_error"
    return payload["error"]


def test_an_answer_has_all_that_the_contract_names(client: Client) -> None:
    payload = client.generate().payload
    assert payload["model"] == SMALLEST["model"]
    assert isinstance(payload["created"], int)
    assert payload["usage"] == {"generated_images": 1, "output_tokens": 1024, "total_tokens": 1024}
    assert [set(item) for item in payload["data"]] == [{"url", "size"}]


@pytest.mark.parametrize(("output_format", "magic"), [("png", b"\x89PNG"), ("jpeg", b"\xff\xd8\xff")])
def test_the_format_is_what_was_asked_for(client: Client, output_format: str, magic: bytes) -> None:
    fields = {"model": LITE, "size": "2560x1440", "output_format": output_format}
    item = client.generate(response_format="b64_json", **fields).payload["data"][0]
    assert picture(item).startswith(magic)
    assert item["size"] == "2560x1440"


def test_a_preset_takes_its_shape_from_the_prompt(client: Client) -> None:
    fields = {"model": LITE, "prompt": "a fox, 9:16", "size": "2K"}
    item = client.generate(response_format="b64_json", **fields).payload["data"][0]
    assert item["size"] == "1600x2848"
    assert Image.open(BytesIO(picture(item))).size == (1600, 2848)


def test_every_answer_is_another_picture(client: Client) -> None:
    assert only_picture(client) != only_picture(client)


def test_the_same_seed_gives_the_same_picture(client: Client) -> None:
    assert only_picture(client, seed=7) == only_picture(client, seed=7)
    assert only_picture(client, seed=7) != only_picture(client, seed=8)


def test_the_watermark_is_in_the_bottom_right_corner(client: Client) -> None:
    marked, plain = (
        Image.open(BytesIO(only_picture(client, seed=3, watermark=watermark))) for watermark in (True, False)
    )
    corner = (256, 480, 512, 512)
    assert marked.crop(corner).tobytes() != plain.crop(corner).tobytes()
    assert marked.crop((0, 64, 512, 128)).tobytes() == plain.crop((0, 64, 512, 128)).tobytes()


def test_a_set_has_as_many_pictures_as_the_prompt_states(client: Client) -> None:
    options = {"sequential_image_generation_options": {"max_images": 4}}
    wish = {"model": V_4_0, "size": "1280x720", "prompt": "生成3张猫"}
    fields = {**wish, "sequential_image_generation": "auto", **options}
    payload = client.generate(**fields).payload
    assert len(payload["data"]) == payload["usage"]["generated_images"] == 3


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer ", "Bearer no-key", "Basic sk-x", "sk-x"])
@pytest.mark.parametrize(
    ("method", "target"),
    [("POST", "/v1/images/generations"), ("GET", f"{BILLING}/subscription"), ("GET", f"{BILLING}/usage")],
)
def test_what_costs_or_shows_money_needs_a_key(client: Client, key: str, method: str, target: str) -> None:
    headers = {"Authorization": key} if key else {}
    reply = client.call(method, target, {"model": "x"} if method == "POST" else None, headers)
    assert reply.status == 401
    assert error(reply.payload)["message"]


def test_only_the_key_that_was_set_is_taken(demo: Demo) -> None:
    with DemoServer.start(key="sk-exactly") as server:
        client = Client(demo)
        client.port = server.port
        client.key = server.key
        assert client.call("GET", f"{BILLING}/usage").status == 200
        client.key = "sk-another"
        assert client.call("GET", f"{BILLING}/usage").status == 401


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_the_list_of_models_proves_no_key(client: Client, headers: dict[str, str]) -> None:
    payload = client.call("GET", "/v1/models", headers=headers).payload
    assert payload["object"] == "list"
    assert LITE in [model["id"] for model in payload["data"]]


def test_the_billing_calls_move_with_every_picture(client: Client) -> None:
    before = client.call("GET", f"{BILLING}/usage").payload["total_usage"]
    client.generate()
    after = client.call("GET", f"{BILLING}/usage?start_date=2026-11-01").payload["total_usage"]
    assert after - before == pytest.approx(3.0)
    assert client.call("GET", f"{BILLING}/subscription").payload["hard_limit_usd"] > after / 100


def test_a_refused_request_costs_nothing(client: Client) -> None:
    before = client.call("GET", f"{BILLING}/usage").payload
    assert client.generate(seed=-5).status == 400
    assert client.call("GET", f"{BILLING}/usage").payload == before


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/v1/images/edits"),
        ("POST", "/v1/images/variations"),
        ("GET", "/v1/images/generations"),
        ("POST", "/images/generations"),
        ("POST", "/v1/images/generations/"),
        ("POST", "/v1/chat/completions"),
        ("POST", "/v1/models"),
        ("GET", "/"),
        ("DELETE", "/v1/models"),
    ],
)
def test_what_is_not_documented_is_not_found(client: Client, method: str, target: str) -> None:
    reply = client.call(method, target)
    assert reply.status == 404
    assert target in error(reply.payload)["message"]


def test_a_refusal_names_the_field(client: Client) -> None:
    reply = client.generate(guidance_scale=11)
    assert (reply.status, error(reply.payload)["param"]) == (400, "guidance_scale")


@pytest.mark.parametrize("prompt", ["\ud800", "🐱🐱", "\x00\x07 a", "عربى", "x" * 20_000, "长" * 5_000])
def test_any_prompt_is_drawn(client: Client, prompt: str) -> None:
    assert client.generate(prompt=prompt).status == 200


def test_without_the_switch_there_is_no_control(demo: Demo) -> None:
    with DemoServer.start() as server:
        client = Client(demo)
        client.port = server.port
        assert client.call("GET", "/control/requests").status == 404
