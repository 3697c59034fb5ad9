"""A gallery for tests: pictures in memory, presses, thumbnails that are drawn."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.generation.job import Job
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.library.arranging import Facts
from seedream_desktop.library.lookup import Stopper
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.state.row_facts import aspect_of, worth_of


class FakeArranging:
    """What is known of pictures in memory; all are of one day, but for what ``days`` says."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = pictures
        self.days: dict[str, int] = {}

    def facts(
        self,
        ids: Sequence[str],
        *,
        is_by_date: bool,
        is_stacked: bool,
        before_id: str = "",
        query: Query | None = None,
    ) -> Facts:
        asked = [self._pictures.get(picture_id) for picture_id in (before_id, *ids)]
        presses = [one.press_id if one else "" for one in asked]
        pairs = zip(presses[1:], presses, strict=False)
        begins = bytes(not (is_stacked and one and one == before) for one, before in pairs)
        days = [self.days.get(one, 20261122) if is_by_date else 0 for one in ids]
        worths = bytes(map(worth_of, asked[1:]))
        return Facts(begins, array("I", days), array("H", map(aspect_of, asked[1:])), worths)


class FakeLibrary:
    """Pictures in memory, newest first."""

    def __init__(self, count: int) -> None:
        self.all = {picture.id: picture for picture in (a_picture(number) for number in range(count))}
        self.arranging = FakeArranging(self.all)
        self.problem: Problem | None = None
        self.asked: list[int] = []

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        if self.problem:
            raise ProblemError(self.problem)
        return tuple(picture.id for picture in self.all.values() if query.text in picture.prompt)

    def arranged_ids(
        self, query: Query, stopper: Stopper | None = None
    ) -> tuple[tuple[str, ...], Facts | None]:
        return self.ids(query, stopper), None

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        self.asked.append(len(ids))
        return tuple(self.all[picture_id] for picture_id in ids if picture_id in self.all)


def a_picture(number: int, **changes: object) -> Picture:
    picture = Picture(
        id=f"Inbox/a cat {number:04}.jpeg",
        sha256=f"{number:064x}",
        path=Path(f"/library/Inbox/a cat {number:04}.jpeg"),
        board_id="inbox",
        title="",
        prompt=f"a cat, number {number}",
        model="seedream-5-0-lite",
        width_px=2048,
        height_px=2048,
        media_type="image/jpeg",
        size_bytes=1_900_000,
        made_ms=10_000_000 - number,
        press_id="",
        press_index=0,
        set_index=0,
        set_count=1,
        rating=0,
        rejected=False,
        number=number,
    )
    return replace(picture, **changes)  # type: ignore[arg-type]


def a_press(count: int, press_id: str = "press", queued_ms: int = 1) -> tuple[Job, ...]:
    request = GenerationRequest("seedream-5-0-lite", f"a dog of {press_id}", None)
    return tuple(
        Job(
            f"{press_id}-{n}", press_id, n, count, request, Recipe(), "library", "inbox", "Inbox",
            price_usd=0.035, queued_ms=queued_ms,
        )
        for n in range(count)
    )  # fmt: skip


def draw_thumbnail(picture: Path, thumbnail: Path) -> None:
    """Make a thumbnail as the worker would."""
    image = QImage(512, 512, QImage.Format.Format_RGB32)
    image.fill(QColor("#446688"))
    image.save(str(thumbnail), "JPEG")  # type: ignore[call-overload]
