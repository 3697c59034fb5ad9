"""Sizes by what they are for: shapes that have a name, what is to be printed, and that of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import PRESET_SIDE_PX
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import nearest_size, shaped, size_is_legal

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.request import Reference

DPI_MIN, DPI_MAX = 50, 1200
SIDE_MM_MIN, SIDE_MM_MAX = 5.0, 5000.0
_MM_PER_INCH = 25.4
_USUAL_SIDE_PX = 2048
_ABOUT = 0.03  # multiples of 16 px move the short side of a narrow shape by that much


class Form(StrEnum):
    """A shape that designers call by name."""

    PAPER_UPRIGHT = "paper_upright"  # A4 and every other of ISO 216's A, B and C
    PAPER_LYING = "paper_lying"
    POST = "4:5"
    PHOTO = "5:4"
    STORY = "9:16"
    SCREEN = "16:9"
    BANNER = "3:1"
    COLUMN = "1:3"

    @property
    def aspect(self) -> float:
        """Width over height."""
        if self in _PAPER:
            return _PAPER[self]
        width, height = self.value.split(":")
        return int(width) / int(height)


_PAPER = {Form.PAPER_UPRIGHT: 1 / sqrt(2), Form.PAPER_LYING: sqrt(2)}


@dataclass(frozen=True, slots=True)
class Print:
    """What is to be printed. Sides in millimetres."""

    width_mm: float
    height_mm: float
    dpi: int = 300

    @property
    def pixels(self) -> tuple[int, int]:
        """How many pixels that takes, each side rounded up."""
        dots_per_mm = self.dpi / _MM_PER_INCH
        return max(1, ceil(self.width_mm * dots_per_mm)), max(1, ceil(self.height_mm * dots_per_mm))

    def dpi_of(self, size: Size) -> int:
        """How finely a picture of ``size`` is printed so that it covers the sheet."""
        fit = min(size.width_px / self.width_mm, size.height_px / self.height_mm)
        return int(fit * _MM_PER_INCH)


def size_of_form(form: Form, like: Size | None, model: Model) -> Size | None:
    """The size of that shape with about as many pixels as ``like``.

    None: the model takes no such shape, or no pixels of one's own.
    """
    found = shaped(form.aspect, pixels_of(like), model)
    return found if found is not None and _has(found, form.aspect) else None


def size_of_print(sheet: Print, model: Model) -> Size | None:
    """The size that covers the sheet as finely as asked for, or as finely as the model can.

    None: the model takes no such shape, or no pixels of one's own.
    """
    width_px, height_px = sheet.pixels
    exact = Size(width_px=width_px, height_px=height_px)
    if size_is_legal(exact, model):
        return exact
    found = shaped(width_px / height_px, width_px * height_px, model, is_exact=True)
    return found if found is not None and _has(found, width_px / height_px) else None


def size_like(reference: Reference, model: Model) -> Size | None:
    """The size of a reference, or the nearest that the model takes."""
    size = nearest_size(Size(width_px=reference.width_px, height_px=reference.height_px), model)
    return size if size_is_legal(size, model) else None


def pixels_of(size: Size | None) -> int:
    """About how many pixels a picture of ``size`` has."""
    if size is None or size.is_preset:
        return PRESET_SIDE_PX.get(size.preset if size else "", _USUAL_SIDE_PX) ** 2
    return size.width_px * size.height_px


def _has(size: Size, aspect: float) -> bool:
    """Whether a size has about that shape: a model may not take ones as narrow."""
    return abs(size.width_px / size.height_px / aspect - 1) < _ABOUT
