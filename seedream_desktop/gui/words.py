"""The words for figures and kinds: money, durations, sizes, counts, models, jobs.

Every sentence is made by a literal call of ``translate``, because the translators' tool finds no other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.cost import Cost, price_per_picture
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.plain import plain
from seedream_desktop.generation.request import OutputFormat, Reference, ResponseFormat, Size

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Model

translate = QCoreApplication.translate
_NAME_CHARACTERS = 300
_CM_PER_INCH = 2.54
_PRINT_DPI = 300
_CENT = 0.01
_SHORT_CM = 10
_HARD_BLANK = "\u00a0"  # at which no line breaks
_INSIDE_A_MEASURE = re.compile(r" (?=×|cm|dpi)|(?<=×) ")
_BEFORE_A_DIGIT = re.compile(r" (?=\d\b)")
_LEAST_MB_BYTES = 100_000  # less is told in KB


def money(usd: float) -> str:
    """``$0.14``; three decimals below ten cents only where they say something: ``$0.035``."""
    if 0 < usd < 10 * _CENT and abs(round(usd, 2) - usd) >= _CENT / 20:
        return f"${usd:.3f}"
    return f"${usd:,.2f}"


def cents(usd: float) -> str:
    """``$0.04`` for what is only about so much; below a cent as exact as ``money``, for it is not nothing."""
    return money(usd) if usd < _CENT else f"${usd + _CENT / 1000:,.2f}"  # half a cent counts as one


def cost(of: Cost) -> str:
    """``about $0.14``, or for a set that may turn out shorter ``$0.04–0.14``."""
    low, high = cents(of.low_usd), cents(of.high_usd)
    if low == high:
        return translate("words", "about {money}").format(money=high)
    return f"{low}–{high.removeprefix('$')}"


def up_to(usd: float) -> str:
    """``up to $0.98``."""
    return translate("words", "up to {money}").format(money=cents(usd))


def price(model: Model, size: Size | None) -> str:
    """``$0.035 each``, or nothing where no price is known."""
    usd = price_per_picture(model, size)
    if usd is None:
        return translate("words", "price not known")
    return translate("words", "{money} each").format(money=money(usd))


def seconds(value_s: float) -> str:
    """``30 s`` below two minutes, then ``4 min``, ``2 h``."""
    if value_s < 120:
        return translate("words", "{count} s").format(count=round(value_s))
    if value_s < 7200:
        return translate("words", "{count} min").format(count=round(value_s / 60))
    return translate("words", "{count} h").format(count=round(value_s / 3600))


def about(duration_s: float) -> str:
    """``about 30 s``."""
    return translate("words", "about {duration}").format(duration=seconds(duration_s))


def clock(value_s: float) -> str:
    """Elapsed time as on a stop-watch: ``0:12``."""
    minutes, rest = divmod(int(value_s), 60)
    return f"{minutes}:{rest:02d}"


def size_in_mb(size_bytes: int) -> str:
    """``1.4 MB``; below 0.1 MB in KB."""
    if size_bytes < _LEAST_MB_BYTES:
        return translate("words", "{count} KB").format(count=max(1, size_bytes // 1000))
    return translate("words", "{count} MB").format(count=_megabytes(size_bytes))


def part_in_mb(part_bytes: int, whole_bytes: int) -> str:
    """``12 of 41 MB``; with both units where they differ: ``40 KB of 1.4 MB``."""
    if whole_bytes < _LEAST_MB_BYTES:
        text = translate("words", "{part} of {whole} KB")
        return text.format(part=part_bytes // 1000, whole=max(1, whole_bytes // 1000))
    if part_bytes < _LEAST_MB_BYTES:
        text = translate("words", "{part} KB of {whole} MB")
        return text.format(part=part_bytes // 1000, whole=_megabytes(whole_bytes))
    text = translate("words", "{part} of {whole} MB")
    return text.format(part=_megabytes(part_bytes), whole=_megabytes(whole_bytes))


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f}" if size_bytes < 10_000_000 else f"{size_bytes / 1e6:,.0f}"


def number(value: int) -> str:
    """``1,240``."""
    return f"{value:,}"


def pictures(count: int) -> str:
    """``1 picture``, ``128 pictures``."""
    if count == 1:
        return translate("words", "1 picture")
    return translate("words", "{count} pictures").format(count=number(count))


def references(count: int) -> str:
    """``1 reference``, ``3 references``."""
    if count == 1:
        return translate("words", "1 reference")
    return translate("words", "{count} references").format(count=number(count))


def boards(count: int) -> str:
    """``1 board``, ``3 boards``."""
    if count == 1:
        return translate("words", "1 board")
    return translate("words", "{count} boards").format(count=number(count))


def stars(count: int) -> str:
    """``1 star``, ``4 stars``."""
    if count == 1:
        return translate("words", "1 star")
    return translate("words", "{count} stars").format(count=count)


def board(name: str) -> str:
    """What a board is called: only the first one, the Inbox, has a name in each language."""
    return translate("words", "Inbox") if name == "Inbox" else name


def pixels(width_px: int, height_px: int) -> str:
    """``2848 × 1600``."""
    return f"{width_px} × {height_px}"


def with_its_digit(text: str) -> str:
    """``image 1`` never broken before its digit."""
    return _BEFORE_A_DIGIT.sub(_HARD_BLANK, text)


def print_size(width_px: int, height_px: int) -> str:
    """``24 × 14 cm at 300 dpi``; below 10 cm with one decimal. No line breaks inside a measure."""
    sides = (side_px / _PRINT_DPI * _CM_PER_INCH for side_px in (width_px, height_px))
    width, height = (f"{side:.0f}" if side >= _SHORT_CM else f"{side:.1f}" for side in sides)
    text = translate("words", "{width} × {height} cm at {dpi} dpi")
    said = text.format(width=width, height=height, dpi=_PRINT_DPI)
    return _INSIDE_A_MEASURE.sub(_HARD_BLANK, said)


def reference_name(position: int, reference: Reference) -> str:
    """How a screen reader calls a reference: ``image 1: cat.png, 1024 × 768``."""
    name = plain(reference.name, _NAME_CHARACTERS) or translate("words", "pasted picture")
    text = translate("words", "image {number}: {name}, {size}")
    return text.format(number=position, name=name, size=pixels(reference.width_px, reference.height_px))


def model_name(model: Model) -> str:
    """The title; for a model that the table does not know, its id."""
    return model.id if model.family == "unknown" else model.title


def short_model_name(model: Model) -> str:
    """The title without the family's name: ``5.0 lite``."""
    return model_name(model).removeprefix("Seedream ")


def purpose(model: Model) -> str:
    """What the model is for, in a word or two."""
    return {
        "all_round": translate("words", "all-round"),
        "quality": translate("words", "highest quality"),
        "newest": translate("words", "newest"),
        "fast": translate("words", "fast"),
        "detail": translate("words", "fine detail"),
        "classic": translate("words", "classic, keeps a seed"),
        "edit": translate("words", "edits one picture"),
        "draft": translate("words", "for drafts"),
    }.get(model.purpose, translate("words", "not in our table yet"))


def model_line(model: Model, size: Size | None) -> str:
    """The line below a model's name: ``all-round · about 30 s · $0.035 each``."""
    return " · ".join((purpose(model), about(model.typical_s), price(model, size)))


def model_facts(model: Model) -> str:
    """What it takes as well: ``all-round · about 30 s · $0.035 each · up to 14 references · sets``."""
    most = model.references_max
    takes = translate("words", "up to {count} references").format(count=most)
    if most < 2:
        takes = translate("words", "1 reference") if most else translate("words", "no references")
    sets = translate("words", "sets") if model.takes_sets else translate("words", "no sets")
    return " · ".join((model_line(model, model.default_size), takes, sets))


def output_format(value: OutputFormat) -> str:
    """``JPEG`` or ``PNG``."""
    return value.value.upper()


def response_format(value: ResponseFormat) -> str:
    """How the pictures come back."""
    if value is ResponseFormat.B64_JSON:
        return translate("words", "Inside the answer")
    return translate("words", "As a link")


def resolution(preset: str) -> str:
    """A resolution as it is called; what the provider calls *adaptive* is image 1's own."""
    if preset in {"adaptive", "auto"}:
        return translate("words", "as image 1")
    return preset


def job_state(state: JobState) -> str:
    """A job's state in a word or two."""
    return {
        JobState.QUEUED: translate("words", "waiting"),
        JobState.SENDING: translate("words", "running"),
        JobState.ANSWERED: translate("words", "fetching the picture"),
        JobState.SAVED: translate("words", "saved"),
        JobState.CANCELLED: translate("words", "cancelled"),
        JobState.FAILED: translate("words", "failed"),
        JobState.UNKNOWN: translate("words", "may have been billed"),
    }[state]
