"""What is shown of a request is what is sent of it, without the key and with what is long cut short."""

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.payload import body_of
from seedream_desktop.api.shown import shown_request
from seedream_desktop.generation.request import OutputFormat
from tests.api.conftest import reference_to, request_for

BASE = "https://api.example/v1"


def test_every_field_that_is_sent_is_shown() -> None:
    request = request_for("一只猫 “by the window”", seed=7, output_format=OutputFormat.PNG, images_in_set=3)
    body = body_of(request, lambda _: Path("none"))
    head, _, text = shown_request(BASE, body).partition("\n\n")
    assert json.loads(text) == json.loads(b"".join(body.chunks()))
    assert "一只猫" in text
    assert head.splitlines() == [
        "POST https://api.example/v1/images/generations",
        "Authorization: Bearer $COMETAPI_KEY",
        "Content-Type: application/json",
        f"Content-Length: {body.size_bytes}",
    ]


def test_a_reference_is_cut_short_and_says_how_long_it_is(tmp_path: Path) -> None:
    picture = tmp_path / "shoe.png"
    picture.write_bytes(bytes(range(256)) * 4000)
    body = body_of(request_for(references=(reference_to(picture),)), lambda _: picture)
    shown = shown_request(BASE, body)
    assert "data:image/png;base64,AAECAwQFBgcICQoL… (1365336 bytes)" in shown
    assert len(shown) < 1000


def test_what_makes_a_link_work_for_anybody_is_not_shown(tmp_path: Path) -> None:
    picture = tmp_path / "shoe.png"
    picture.write_bytes(b"123")
    link = "https://me:secret@pictures.example/shoe.png?signature=abc#here"
    body = body_of(request_for(references=(replace(reference_to(picture), url=link),)), lambda _: picture)
    shown = shown_request(BASE, body)
    assert '"https://pictures.example/shoe.png…"' in shown
    assert not {word for word in ("secret", "signature", "abc") if word in shown}


def test_a_reference_that_is_gone_by_then_is_shown_without_its_bytes(tmp_path: Path) -> None:
    picture = tmp_path / "shoe.png"
    picture.write_bytes(b"123")
    body = body_of(request_for(references=(reference_to(picture),)), lambda _: picture)
    picture.unlink()
    assert "base64,… (4 bytes)" in shown_request(BASE, body)


@given(st.text(max_size=60))
def test_any_prompt_can_be_shown(prompt: str) -> None:
    body = body_of(request_for(prompt), lambda _: Path("none"))
    _, _, text = shown_request(BASE, body).partition("\n\n")
    assert json.loads(text)["prompt"] == json.loads(b"".join(body.chunks()))["prompt"]
