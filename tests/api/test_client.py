"""The client as others see it: light to import, and at work against the stand-in."""

import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.request import GenerationRequest, ResponseFormat, Size
from tests.api.conftest import HASTY, problem_from, request_for, run
from tests.demo_fixtures import Demo

HEAVY = ("httpx", "httpcore", "h11", "anyio", "truststore", "certifi", "PySide6", "PIL")


@pytest.fixture
def client(demo: Demo) -> Client:
    return Client(demo.base_url, lambda: demo.key, lambda _: Path("none"), HASTY)


def asked(client: Client, folder: Path, request: GenerationRequest) -> Answer:
    return run(client.generate(request, "job-1", folder, lambda _: None))


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = f"import sys, seedream_desktop.api.client; print([n for n in {HEAVY} if n in sys.modules])"
    command = [sys.executable, "-c", code]
    folder = Path(__file__).parent.parent.parent
    shown = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_base_url_that_is_none_is_refused_at_once() -> None:
    problem = problem_from(lambda: Client("http://example.com", lambda: None, lambda _: Path("none")))
    assert problem.kind is ProblemKind.BASE_URL_REFUSED


def test_a_signed_link_of_the_stand_in_leads_to_its_picture(
    demo: Demo, client: Client, tmp_path: Path
) -> None:
    answer = asked(client, tmp_path, request_for(images_in_set=2))
    for picture in answer.pictures:
        run(client.download(picture.url, tmp_path / f"{picture.index}", lambda _a, _b: None))
    assert answer.generated_images == len(answer.pictures)
    assert all((tmp_path / f"{p.index}").read_bytes().startswith(b"\xff\xd8") for p in answer.pictures)
    assert len(demo.posts()) == 1


def test_a_link_dies_when_it_says(demo: Demo, client: Client, tmp_path: Path) -> None:
    answer = asked(client, tmp_path, request_for())
    demo.advance_clock(86_401)
    fetch = client.download(answer.pictures[0].url, tmp_path / "a", lambda _a, _b: None, expires_ms=1)
    assert problem_from(lambda: run(fetch)).kind is ProblemKind.LINK_EXPIRED


def test_an_inline_picture_of_the_stand_in_arrives(client: Client, tmp_path: Path) -> None:
    answer = asked(client, tmp_path, request_for(response_format=ResponseFormat.B64_JSON))
    assert (tmp_path / answer.pictures[0].spool_name).read_bytes().startswith(b"\xff\xd8")


def test_the_stand_in_refuses_what_the_endpoint_refuses(client: Client, tmp_path: Path) -> None:
    problem = problem_from(lambda: asked(client, tmp_path, request_for(size=Size(width_px=1, height_px=1))))
    assert (problem.kind, problem.subject) == (ProblemKind.FIELD_REFUSED, "size")


def test_the_key_of_the_stand_in_is_proved(client: Client) -> None:
    shown = run(client.test_key())
    assert (shown.address_is_right, shown.key_is_right) == (True, True)


def test_a_wrong_key_of_the_stand_in_is_refused(demo: Demo) -> None:
    client = Client(demo.base_url, lambda: "no-key", lambda _: Path("none"), HASTY)
    assert run(client.test_key()).key_is_right is False
