"""A library in a temporary folder, and pictures to put into it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.record import Made

MACHINE = "machine-1"


@dataclass(slots=True)
class Bench:
    """Opens libraries and makes what they take."""

    folder: Path
    opened: list[Library] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """Where the library lies."""
        return self.folder / "library"

    @property
    def index(self) -> Path:
        """Where its index lies."""
        return self.folder / "machine" / "index.sqlite3"

    def open(
        self,
        machine_id: str = MACHINE,
        index: Path | None = None,
        expected_id: str = "",
        settle_s: float = 0.0,
    ) -> Library:
        """The library, opened once more; all that lies in it counts as arrived, unless told otherwise."""
        library = open_library(self.root, index or self.index, machine_id, expected_id, settle_s)
        self.opened.append(library)
        return library

    def bytes_of(self, number: int) -> bytes:
        """A picture's bytes, as far as anything here looks: the beginning of a PNG of 30 × 20."""
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14"
        return header + b"\x00" * 8 + str(number).encode()

    def source(self, content: bytes) -> Path:
        """A file in the spool."""
        path = self.folder / f"source {uuid.uuid4().hex}.png"
        path.write_bytes(content)
        return path

    def checked(self, content: bytes) -> CheckedPicture:
        """What a look at the bytes says."""
        sha256 = hashlib.sha256(content).hexdigest()
        return CheckedPicture("image/png", "png", 30, 20, len(content), sha256, has_alpha=False)

    def new(
        self,
        number: int,
        board_id: str = "",
        board_name: str = "",
        prompt: str = "a cat",
        **made: object,
    ) -> NewPicture:
        """The picture with that number, on its way into the library."""
        content = self.bytes_of(number)
        facts: dict[str, object] = {
            "made_ms": 1000 + number,
            "request": GenerationRequest("seedream-5-0-lite", prompt, Size(preset="2K")),
            "job_id": f"job-{number}",
            "press_id": "press",
            **made,
        }
        sha256 = hashlib.sha256(content).hexdigest()
        described = Made(sha256, len(content), "image/png", 30, 20, **facts)  # type: ignore[arg-type]
        return NewPicture(self.source(content), described, board_id, board_name, "png")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    for library in made.opened:
        library.close()


@pytest.fixture
def library(bench: Bench) -> Library:
    return bench.open()


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
