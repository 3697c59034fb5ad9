"""Sizes are a preset or pixels, and survive the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.request import GenerationRequest, Size


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_pixels_survive_the_wire(width: int, height: int) -> None:
    size = Size(width_px=width, height_px=height)
    assert Size.parse(size.wire) == size
    assert not size.is_preset


@pytest.mark.parametrize("text", ["1K", "1.5K", "2K", "3K", "4K", "adaptive"])
def test_a_preset_survives_the_wire(text: str) -> None:
    assert Size.parse(text).wire == text
    assert Size.parse(text).is_preset


@pytest.mark.parametrize("text", ["", "2k", "x", "2048", "2048x", "-1x5", "2048x2048 ", "2K2048x2048"])
def test_anything_else_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        Size.parse(text)


def test_a_request_without_a_set_gives_one_picture() -> None:
    request = GenerationRequest("m", "a cat", None)
    assert request.pictures_at_most == 1
    assert GenerationRequest("m", "a cat", None, images_in_set=4).pictures_at_most == 4
