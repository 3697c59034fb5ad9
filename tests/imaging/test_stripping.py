"""What leaves tells nothing, keeps every pixel and every label; and what is put in can be read back."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.imaging.carried import carried_by
from seedream_desktop.imaging.packet import (
    MADE_BY_A_MODEL,
    Told,
    label_in,
    packet_of,
    packet_with,
    read_packet,
)
from seedream_desktop.imaging.stripping import noted, stripped, tells
from tests.imaging.leaving import KINDS, LABEL, PACKET, PROMPT, manifest, plain, telling

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def _pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_told_and_pixels_profile_turn_and_label_stay(kind: str) -> None:
    content, media_type = telling(kind), f"image/{kind}"
    assert tells(content, media_type, (PROMPT,))
    clean = stripped(content, media_type, carried_by(content, media_type))
    assert not tells(clean, media_type, (PROMPT,))
    assert b"canary" not in clean
    assert PROMPT.encode().hex().encode() not in clean
    assert _pixels(clean) == _pixels(content)
    carried = carried_by(clean, media_type)
    assert (carried.told.aigc, carried.orientation, carried.has_profile) == (LABEL, 6, True)
    with Image.open(BytesIO(clean)) as image:
        assert image.getexif().get(0x0112) == 6


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_without_notes_leaves_as_it_is(kind: str) -> None:
    content, media_type = plain(kind), f"image/{kind}"
    assert stripped(content, media_type, carried_by(content, media_type)) == content


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_credentials_stay_unless_they_have_to_go(kind: str) -> None:
    content, media_type = telling(kind, credentials=manifest()), f"image/{kind}"
    carried = carried_by(content, media_type)
    assert carried.has_credentials
    kept, gone = (stripped(content, media_type, carried, keeps_credentials=keeps) for keeps in (True, False))
    assert carried_by(kept, media_type).has_credentials
    assert not carried_by(gone, media_type).has_credentials


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content_of", [plain, telling], ids=["plain", "noted"])
def test_a_recipe_that_was_put_in_is_read_back_and_pixels_stay(kind: str, content_of: object) -> None:
    content, media_type = content_of(kind), f"image/{kind}"  # type: ignore[operator]
    told = Told(MADE_BY_A_MODEL, "", '{"seedream_recipe": 1, "recipe": {"prompt": "a <b> & 猫"}}')
    put_in = noted(content, media_type, carried_by(content, media_type), told)
    found = carried_by(put_in, media_type).told
    assert (found.source_type, found.recipe) == (told.source_type, told.recipe)
    assert found.aigc == carried_by(content, media_type).told.aigc
    assert _pixels(put_in) == _pixels(content)
    again = noted(put_in, media_type, carried_by(put_in, media_type), told)
    assert again == put_in


@given(TEXTS, TEXTS)
def test_a_packet_says_what_was_put_in(source: str, recipe: str) -> None:
    told = Told(source.strip(), "", recipe.strip())
    assert (read_packet(packet_of(told)) or Told()) == told
    with_both = read_packet(packet_with(PACKET, told))
    assert with_both == Told(told.source_type, LABEL, told.recipe)


@pytest.mark.parametrize(
    "packet",
    [b"<x:xmpmeta", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 300, b"\xff\xfe<\0a\0"],
    ids=["cut", "entities", "deep", "utf-16"],
)
def test_a_packet_that_cannot_be_read_gives_way(packet: bytes) -> None:
    told = Told(MADE_BY_A_MODEL)
    assert read_packet(packet) is None
    assert read_packet(packet_with(packet, told)) == told


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"AIGC{{{LABEL}}}", LABEL),
        ('{"Label":"1","Prompt":"canary"}', ""),
        ('{"Label":' + '"' + "x" * 2000 + '"}', ""),
        ('{"Label":1}', ""),
    ],
    ids=["among others", "says more", "too long", "no text"],
)
def test_only_what_is_a_label_counts_as_one(text: str, label: str) -> None:
    assert label_in(text) == label
