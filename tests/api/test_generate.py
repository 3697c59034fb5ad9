"""A request on the wire, and the answer read."""

import base64
import json
import os
from pathlib import Path

import pytest

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.request import OutputFormat, ResponseFormat, Size
from tests.api.conftest import KEY, Asking, Serve, problem_from, reference_to, request_for, run
from tests.api.fault_server import Connection, answers, raw_answer

URL = "https://example.com/a.jpeg?X=1"
ONE = {"created": 1795356592, "model": "m", "data": [{"url": URL, "size": "2048x2048"}], "usage": {}}
PICTURE = os.urandom(300_000)


def test_one_post_goes_to_the_generations_path(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE))
    asking.answer(server)
    assert [seen.request_line for seen in server.requests] == [b"POST /v1/images/generations HTTP/1.1"]


def test_the_minimal_body_holds_only_what_is_set(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE))
    asking.answer(server)
    assert json.loads(server.requests[0].body) == {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "a cat",
        "size": "2K",
        "response_format": "url",
        "watermark": True,
    }


def test_everything_that_can_be_asked_is_in_the_body(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE))
    request = request_for(
        "猫 \ud83d",
        size=Size(width_px=2848, height_px=1600),
        watermark=False,
        guidance_scale=2.5,
        seed=-1,
        images_in_set=4,
        output_format=OutputFormat.PNG,
        response_format=ResponseFormat.B64_JSON,
    )
    asking.answer(server, request)
    assert json.loads(server.requests[0].body) == {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "猫 ?",
        "size": "2848x1600",
        "response_format": "b64_json",
        "watermark": False,
        "guidance_scale": 2.5,
        "seed": -1,
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 4},
        "output_format": "png",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authorization", f"Bearer {KEY}"),
        ("idempotency-key", "job-1"),
        ("x-client-request-id", "job-1"),
        ("content-type", "application/json"),
        ("accept-encoding", "identity"),
        ("transfer-encoding", None),
        ("cookie", None),
    ],
)
def test_the_headers(serve: Serve, asking: Asking, name: str, value: str | None) -> None:
    server = serve(answers(ONE, headers={"Set-Cookie": "a=b"}))
    asking.answer(server)
    asking.answer(server)
    assert server.requests[1].header(name) == value


@pytest.mark.parametrize("size_bytes", [1, 2, 3, 48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 500_000])
def test_references_arrive_as_data_uris(serve: Serve, asking: Asking, size_bytes: int) -> None:
    server = serve(answers(ONE))
    content = os.urandom(size_bytes)
    (asking.spool / "reference").write_bytes(content)
    reference = reference_to(asking.spool / "reference")
    asking.answer(server, request_for(references=(reference, reference)))
    seen = server.requests[0]
    first, second = json.loads(seen.body)["image"]
    assert first == second == "data:image/png;base64," + base64.b64encode(content).decode()
    assert seen.header("content-length") == str(len(seen.body))


def test_progress_ends_with_a_complete_body(serve: Serve, asking: Asking) -> None:
    (asking.spool / "reference").write_bytes(PICTURE)
    reference = reference_to(asking.spool / "reference")
    asking.answer(serve(answers(ONE)), request_for(references=(reference,)))
    assert [report.body_complete for report in asking.reports] == [False] * (len(asking.reports) - 1) + [True]
    sent = [report.sent_bytes for report in asking.reports]
    assert sent == sorted(sent)
    assert sent[-1] < asking.reports[0].total_bytes


def test_the_body_is_said_to_be_complete_before_its_last_bytes_leave(serve: Serve, asking: Asking) -> None:
    told: list[bool] = []

    def script(connection: Connection) -> None:
        seen = connection.read_head()
        connection.read_body(int(seen.header("content-length") or 0))
        told.append(asking.reports[-1].body_complete)
        connection.send(raw_answer(json.dumps(ONE).encode()))

    asking.answer(serve(script))
    assert told == [True]


def test_a_vanished_reference_is_named_and_nothing_is_sent(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE))
    (asking.spool / "reference").write_bytes(b"abc")
    request = request_for(references=(reference_to(asking.spool / "reference"),))
    (asking.spool / "reference").unlink()
    assert asking.problem(server, request) == Problem(
        ProblemKind.REFERENCE_GONE, Billed.NO, subject="shoe.png"
    )
    assert server.connections == 0


def test_a_reference_that_shrinks_on_the_way_costs_nothing(serve: Serve, asking: Asking) -> None:
    path = asking.spool / "reference"
    path.write_bytes(PICTURE)

    def shrink(report: Sending) -> None:
        if report.sent_bytes:
            path.write_bytes(b"")

    server = serve(answers(ONE))
    asking.reports = type("Shrinking", (list,), {"append": lambda _, report: shrink(report)})()
    problem = asking.problem(server, request_for(references=(reference_to(path),)))
    assert (problem.kind, problem.billed) == (ProblemKind.REFERENCE_GONE, Billed.NO)


def test_the_answer_is_read(serve: Serve, asking: Asking) -> None:
    answer = asking.answer(serve(answers(ONE, headers={"X-Request-Id": "id-1"})))
    assert [(picture.url, picture.size_said) for picture in answer.pictures] == [(URL, "2048x2048")]
    assert (answer.created, answer.model, answer.request_id) == (1795356592, "m", "id-1")


@pytest.mark.parametrize("count", [1, 3])
def test_inline_pictures_land_in_the_spool(serve: Serve, asking: Asking, count: int) -> None:
    encoded = base64.b64encode(PICTURE).decode()
    answer = asking.answer(serve(answers({"data": [{"b64_json": encoded}] * count})))
    names = [picture.spool_name for picture in answer.pictures]
    assert names == [f"picture-{index}.bin" for index in range(count)]
    assert all((asking.spool / name).read_bytes() == PICTURE for name in names)
    assert sorted(path.name for path in asking.spool.iterdir()) == names


def test_without_a_key_nothing_is_sent(serve: Serve, tmp_path: Path) -> None:
    from seedream_desktop.api.client import Client  # late: only here with a key of its own

    server = serve(answers(ONE))
    client = Client(server.base_url, lambda: None, lambda _: tmp_path)
    problem = problem_from(lambda: run(client.generate(request_for(), "job", tmp_path, lambda _: None)))
    assert (problem.kind, server.connections) == (ProblemKind.NO_KEY, 0)


def test_the_host_is_named_with_its_port(serve: Serve, asking: Asking) -> None:
    server = serve(answers(ONE))
    asking.answer(server)
    assert server.requests[0].header("host") == f"127.0.0.1:{server.port}"
