"""The sentences about sizes: why one is not taken, that one may be refused, and what a model changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.sizes import SizeFault
from seedream_desktop.gui import words

if TYPE_CHECKING:
    from seedream_desktop.generation.adjusting import Adjustment
    from seedream_desktop.generation.catalog import Model
    from seedream_desktop.generation.request import Size

translate = QCoreApplication.translate
_MILLION = 1_000_000


def size_name(size: Size) -> str:
    """``2848 × 1600``, ``2K``, ``as image 1``."""
    return words.resolution(size.preset) if size.is_preset else words.pixels(size.width_px, size.height_px)


def why_illegal(fault: SizeFault, model: Model) -> str:
    """Why ``model`` does not take exact pixels, with the limit."""
    name = words.short_model_name(model)
    if fault is SizeFault.TOO_SMALL:
        text = translate("size", "Too small for {model}: it needs {count} million pixels.")
        return text.format(model=name, count=f"{model.pixels_min / _MILLION:.1f}")
    if fault is SizeFault.TOO_LARGE:
        text = translate("size", "Too large for {model}: it makes {count} million pixels at most.")
        return text.format(model=name, count=f"{model.pixels_max / _MILLION:.1f}")
    if fault is SizeFault.TOO_NARROW:
        text = translate("size", "Too narrow for {model}: one side may be {count} times the other.")
        return text.format(model=name, count=f"{model.aspect_max:.0f}")
    if fault is SizeFault.NOT_A_MULTIPLE:
        text = translate("size", "{model} needs sides that are multiples of {count}.")
        return text.format(model=name, count=model.multiple_px)
    return translate("size", "{model} does not take this size.").format(model=name)


def may_be_refused(model: Model) -> str:
    """That only some sources grant the size."""
    text = translate("size", "May be refused: the sources disagree whether {model} makes this size.")
    return text.format(model=words.short_model_name(model))


def adjusted(adjustment: Adjustment, model: Model) -> str:
    """What of a recipe ``model`` changed, and why; empty where the size's own line says it already."""
    from seedream_desktop.generation.adjusting import AdjustedPart  # late: no start needs it

    name = words.short_model_name(model)
    if adjustment.part is AdjustedPart.SET:
        return translate("size", "No set: {model} makes one picture for each request.").format(model=name)
    if adjustment.part is AdjustedPart.FORMAT:
        return translate("size", "JPEG, not PNG: {model} delivers nothing else.").format(model=name)
    before, after = adjustment.before, adjustment.after
    if before is None or after is None:
        return ""
    if after.preset == "adaptive":
        return ""
    if before.preset == "adaptive":
        text = words.with_its_digit(
            translate("size", "The size is {after}: {model} does not follow image 1.")
        )
        return text.format(after=size_name(after), model=name)
    text = translate("size", "Size changed from {before} to {after}: {reason}")
    reason = _reason(adjustment.fault, before, model, name)
    return text.format(before=size_name(before), after=size_name(after), reason=reason)


def _reason(fault: SizeFault | None, before: Size, model: Model, name: str) -> str:
    if fault is SizeFault.TOO_LARGE:
        return translate("size", "too large for {model}.").format(model=name)
    if fault is SizeFault.TOO_SMALL:
        return translate("size", "too small for {model}.").format(model=name)
    if fault is SizeFault.TOO_NARROW:
        return translate("size", "too narrow for {model}.").format(model=name)
    if fault is SizeFault.NOT_A_MULTIPLE:
        text = translate("size", "{model} needs multiples of {count}.")
        return text.format(model=name, count=model.multiple_px)
    if fault is SizeFault.NO_SUCH_PRESET:
        return translate("size", "{model} has no {preset}.").format(model=name, preset=size_name(before))
    return translate("size", "{model} has a table of its own.").format(model=name)
