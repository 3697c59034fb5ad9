"""The words for what is sent for a reference, and what of it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import Problem
from seedream_desktop.generation.request import Derivation
from seedream_desktop.gui import words
from seedream_desktop.gui.problem_words import problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference, SentForm

translate = QCoreApplication.translate


def sent_words(reference: Reference, form: SentForm | Problem | None) -> str:
    """``sent as JPEG, 4000 × 3000 instead of 8000 × 6000``; nothing while it is not known."""
    if form is None:
        return ""
    if isinstance(form, Problem):
        return problem_words(form).without_money
    if not form.derived:
        if reference.url:
            return translate("sent", "sent as a link")
        return translate("sent", "sent as it is")
    parts = [sent_as(form)]
    parts += [word for kind, word in _losses(reference, form).items() if kind in form.derived]
    return translate("sent", ", ").join(parts)


def sent_as(form: SentForm) -> str:
    """``sent as JPEG``, or that it is the file itself."""
    if not form.loses_pixels:
        return translate("sent", "sent as it is")
    name = form.media_type.removeprefix("image/").upper()
    return translate("sent", "sent as {format}").format(format=name)


def size_words(reference: Reference, form: SentForm) -> str:
    """``4000 × 3000 instead of 8000 × 6000``."""
    return translate("sent", "{sent} instead of {original}").format(
        sent=words.pixels(form.width_px, form.height_px),
        original=words.pixels(reference.width_px, reference.height_px),
    )


def bytes_words(from_bytes: int, to_bytes: int) -> str:
    """``41 → 5.6 MB``."""
    return translate("sent", "{before} → {after} MB").format(
        before=_megabytes(from_bytes), after=_megabytes(to_bytes)
    )


def _megabytes(size_bytes: int) -> str:
    """As ``words.size_in_mb`` has it, without its unit; a tenth at least."""
    decimals = 1 if size_bytes < 10_000_000 else 0
    return f"{max(size_bytes / 1e6, 0.1):,.{decimals}f}"


def _losses(reference: Reference, form: SentForm) -> dict[Derivation, str]:
    """In the order in which they are told: what is seen of it first."""
    frames = translate("sent", "first of {count} frames").format(count=words.number(form.frames))
    return {
        Derivation.REDUCED: size_words(reference, form),
        Derivation.FIRST_FRAME: frames,
        Derivation.FLATTENED: translate("sent", "layers flattened"),
        Derivation.TURNED: translate("sent", "turned upright"),
        Derivation.COLOURS: translate("sent", "colours converted to sRGB"),
        Derivation.DEPTH: translate("sent", "8 bits a channel"),
        Derivation.COMPRESSED: translate("sent", "compressed"),
        Derivation.CLEANED: translate("sent", "place, serial number and owner removed"),
    }
