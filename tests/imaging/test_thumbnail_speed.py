"""Two child processes make thumbnails faster than one core reduces pictures with Pillow alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.demo.painting.picture import PictureWish, paint_file
from seedream_desktop.imaging import checking, decoding
from seedream_desktop.worker import CHILDREN

TURNS = 30
GOAL = 1.6


def processor_s(act: Callable[[], object]) -> float:
    started_s = time.process_time()
    act()
    return time.process_time() - started_s


@pytest.mark.endurance
def test_thumbnails_are_made_faster_than_one_core_reduces_them(
    tmp_path: Path, say_figures: Callable[[str], None]
) -> None:
    picture, thumbnail = tmp_path / "picture.jpeg", tmp_path / "thumbnail"
    picture.write_bytes(paint_file(PictureWish("mountain mist", (2048, 2048), 5)))
    decoding.prepare()

    def reduced() -> None:
        with Image.open(picture) as image:
            image.draft("RGB", (checking.THUMBNAIL_PX, checking.THUMBNAIL_PX))
            image.load()

    def made() -> None:
        thumbnail.unlink(missing_ok=True)
        checking.make_thumbnail(picture, thumbnail)

    ratios = [processor_s(reduced) * CHILDREN / processor_s(made) for _ in range(TURNS)]
    ratio = statistics.median(ratios)
    say_figures(
        f"thumbnails of 2048 x 2048 JPEG, {CHILDREN} cores to one of Pillow's draft mode: {ratio:.2f}"
    )
    assert ratio > GOAL
