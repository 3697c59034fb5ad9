"""Jobs, pictures and records for the tests of the panels beside the gallery."""

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter

from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import Catalog, load_catalog
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, OutputFormat, Reference, Size
from seedream_desktop.library.record import AnswerFacts, Made, Record
from seedream_desktop.library.relations import Relatives
from seedream_desktop.library.values import Board, Picture
from seedream_desktop.state.origins import Origin
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner

LIBRARY = Path("/pictures/Seedream")
PROMPT = "A poster of the valley from image 1 at dawn, in the colours of image 2, wide negative space"
MAYBE_BILLED = Problem(ProblemKind.CONNECTION_BROKE, billed=Billed.MAYBE)
NOT_BILLED = Problem(ProblemKind.UNREACHABLE, subject="api.example.com")
BOARDS = (
    Board("inbox", "Inbox", "Inbox", 1072),
    Board("acme", "Acme rebrand", "Acme rebrand", 128),
    Board("zine", "Zine No. 4", "Zine No. 4", 40),
)


@functools.cache
def catalog() -> Catalog:
    """The real table of models."""
    return load_catalog(resource_path("models.toml"))


def reference(number: int) -> Reference:
    """A reference called ``logo <number>.png``."""
    return Reference(f"{number:064x}", "image/png", 1024, 768, 700_000, f"logo {number}.png")


def request(**changes: Any) -> GenerationRequest:
    """A request for one square JPEG."""
    whole = GenerationRequest(
        model=catalog().models[0].id,
        prompt=PROMPT,
        size=Size(width_px=2048, height_px=2048),
        references=(reference(1), reference(2)),
        watermark=False,
        output_format=OutputFormat.JPEG,
    )
    return replace(whole, **changes)


def job(number: int = 1, state: JobState = JobState.QUEUED, **changes: Any) -> Job:
    """A job for Acme; each number is a press of its own unless ``press_id`` says otherwise."""
    whole = Job(
        id=f"job{number}",
        press_id=f"press{number}",
        press_index=0,
        press_count=1,
        request=request(),
        recipe=Recipe(prompt=PROMPT),
        library_id="library",
        board_id="acme",
        board_name="Acme rebrand",
        price_usd=0.035,
        queued_ms=number,
        state=state,
    )
    return replace(whole, **changes)


def press(count: int, press_id: str = "press") -> tuple[Job, ...]:
    """Jobs of one press that wait."""
    return tuple(
        job(1000 + index, press_id=press_id, press_index=index, press_count=count) for index in range(count)
    )


def picture(number: int = 142, **changes: Any) -> Picture:
    """A picture on the board Acme."""
    picture_id = f"Acme rebrand/valley {number:04d}.jpeg"
    whole = Picture(
        id=picture_id,
        sha256=f"{number:064x}",
        path=LIBRARY / picture_id,
        board_id="acme",
        title="",
        prompt=PROMPT,
        model=catalog().models[0].id,
        width_px=2048,
        height_px=2048,
        media_type="image/jpeg",
        size_bytes=1_900_000,
        made_ms=1_795_336_380_000,
        press_id="press",
        press_index=0,
        set_index=0,
        set_count=1,
        rating=4,
        rejected=False,
        number=number,
    )
    return replace(whole, **changes)


def made(**changes: Any) -> Made:
    """How that picture was made: the first of a press of four."""
    asked = request()
    whole = Made(
        sha256=f"{142:064x}",
        size_bytes=1_900_000,
        media_type="image/jpeg",
        width_px=2048,
        height_px=2048,
        made_ms=1_795_336_380_000,
        took_ms=28_000,
        request=asked,
        recipe=Recipe(prompt=PROMPT, references=asked.references, size=asked.size, model=asked.model),
        answer=AnswerFacts(generated_images=1, request_id="20261122083312a7f3c9d2"),
        press_count=4,
        price_usd=0.035,
        billed=Billed.YES,
    )
    return replace(whole, **changes)


def origin(shown: Picture | None = None, **changes: Any) -> Origin:
    """The picture and its record, made from a picture of the library and one that is none."""
    source = picture(1, title="Valley at noon")
    return Origin(
        shown or picture(), Record(made(**changes)), related((source,), (picture(143), picture(144))), None
    )


def related(made_from: tuple[Picture, ...] = (), led_to: tuple[Picture, ...] = (), **more: Any) -> Relatives:
    """Relatives of the nearest generations."""
    back, on = ((made_from,) if made_from else ()), ((led_to,) if led_to else ())
    return Relatives(back, on, len(led_to), **more)


def thumbnails(runner: TaskRunner, folder: Path) -> ThumbnailCache:
    """A cache that makes plain thumbnails of whatever it is asked for."""

    def make(_source: Path, target: Path) -> None:
        image = QImage(64, 48, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        QImageWriter(str(target), QByteArray(b"PNG")).write(image)

    return ThumbnailCache(folder, runner, make)


def reference_path(one: Reference) -> Path:
    """Where a reference lies; those without a name are gone."""
    if not one.name:
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE))
    return LIBRARY / ".seedream" / "references" / one.sha256
