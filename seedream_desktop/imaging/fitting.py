"""Makes of a reference what a model takes: byte for byte where it can be, else with as little loss as can be.

The same picture, rules and wish give the same bytes, so that what was shown is what is sent.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Derivation, SentForm
from seedream_desktop.imaging import colours, kinds
from seedream_desktop.imaging.cleaning import cleaned
from seedream_desktop.imaging.decoding import Decoded, decode
from seedream_desktop.imaging.limits import CLEANED_BYTES, PICTURE_LIMITS, Limits
from seedream_desktop.imaging.reading import read_file

if TYPE_CHECKING:
    from PIL.Image import Image

    from seedream_desktop.generation.catalog import ReferenceRules

SMALLER_PX = 2048  # the longest side of a smaller form
SMALLER_QUALITY = 92
_QUALITIES = (95, 92, 88, 84)  # as good as the limit of bytes allows; below that fewer pixels do less harm
_WORTH_IT = 0.9  # a smaller form has to be that much smaller
_SHRINK = 0.95  # what is aimed below the limit, so that few tries are needed
_PLAIN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
_FLAT_MODES = frozenset({"1", "P", "PA"})
_NO_DRAFT_PX = 1 << 16


@dataclass(frozen=True, slots=True)
class _Encoded:
    content: bytes
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class _Source:
    """A reference as it lies in the library."""

    name: str
    content: bytes
    clean: bytes | None  # without what is personal; None: that cannot be cut out
    media_type: str
    decoded: Decoded


def fit_reference(path: Path, rules: ReferenceRules, target: Path, *, smaller: bool) -> SentForm:
    """What is sent for the picture at ``path``, written to ``target`` unless it is that very file.

    Raises ProblemError as ``checking.check_reference``, its limits being those of ``rules``; OSError when
    ``target`` cannot be written.
    """
    source = _read(path, rules, smaller=smaller)
    plain = _unchanged(source, rules)
    if plain is None or smaller:
        encoded = _encoded(source, rules, smaller=smaller)
        if plain is None or len(encoded.content) < _WORTH_IT * len(plain.content):
            _write(target, encoded.content)
            return _form(encoded, source, _derivations(source, encoded))
    if plain.content != source.content:
        _write(target, plain.content)
        return _form(plain, source, (Derivation.CLEANED,))
    return _form(plain, source, ())


def _read(path: Path, rules: ReferenceRules, *, smaller: bool) -> _Source:
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    media_type = kinds.media_type_of(content)
    if not media_type:
        raise ProblemError(kinds.refusal(content, path.name))
    limits = Limits(PICTURE_LIMITS.size_bytes, PICTURE_LIMITS.pixels, rules.side_px, rules.aspect)
    draft_px = 2 * SMALLER_PX if smaller else _NO_DRAFT_PX
    decoded = decode(path.name, content, media_type, limits, draft_px)
    clean = None
    if len(content) <= CLEANED_BYTES:
        with suppress(ValueError):
            clean = cleaned(content, media_type)
    return _Source(path.name, content, clean or None, media_type, decoded)


def _unchanged(source: _Source, rules: ReferenceRules) -> _Encoded | None:
    """The file without what is personal, if the model takes it and everybody sees the same in it."""
    decoded = source.decoded
    is_fit = (
        source.clean is not None
        and source.media_type in rules.media_types
        and len(source.clean) <= rules.size_bytes
        and decoded.width_px * decoded.height_px <= rules.pixels
        and not decoded.is_turned
        and decoded.frames == 1
        and not decoded.is_deep
        and decoded.image.mode in _PLAIN_MODES
    )
    if not is_fit or source.clean is None:
        return None
    return _Encoded(source.clean, source.media_type, decoded.width_px, decoded.height_px)


def _encoded(source: _Source, rules: ReferenceRules, *, smaller: bool) -> _Encoded:
    decoded = source.decoded
    most_px = SMALLER_PX if smaller else max(decoded.width_px, decoded.height_px)
    width_px, height_px = _size_within(decoded, most_px, rules)
    profile = decoded.image.info.get("icc_profile")
    image = colours.reduced(decoded.image, width_px, height_px)
    image = colours.upright(colours.in_srgb(image, profile), decoded.orientation)
    image.info.clear()
    is_scaled = (width_px, height_px) != (decoded.width_px, decoded.height_px)
    is_flat = decoded.image.mode in _FLAT_MODES and not is_scaled
    has_alpha = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    image = image if has_alpha or image.mode == "RGB" else image.convert("RGB")
    while True:
        for encoded in _tries(image, with_png=has_alpha or is_flat, with_jpeg=not has_alpha, smaller=smaller):
            if len(encoded.content) <= rules.size_bytes:
                return encoded
        smaller_image = _shrunk(image, math.sqrt(rules.size_bytes / len(encoded.content)), rules)
        if smaller_image.size == image.size:
            raise ProblemError(_too_large(source.name, rules, len(encoded.content)))
        image = smaller_image


def _too_large(name: str, rules: ReferenceRules, size_bytes: int) -> Problem:
    return Problem(ProblemKind.FILE_TOO_LARGE, subject=name, limit=rules.size_bytes, actual=size_bytes)


def _size_within(decoded: Decoded, most_px: int, rules: ReferenceRules) -> tuple[int, int]:
    width_px, height_px = decoded.width_px, decoded.height_px
    scale = min(
        1.0,
        most_px / max(width_px, height_px),
        math.sqrt(rules.pixels / (width_px * height_px)),
    )
    return _scaled(width_px, height_px, scale, rules)


def _scaled(width_px: int, height_px: int, scale: float, rules: ReferenceRules) -> tuple[int, int]:
    """Both sides times ``scale``, rounded so that no limit is passed."""
    if scale >= 1:
        return width_px, height_px
    long_px = max(int(max(width_px, height_px) * scale), rules.side_px)
    least_px = max(rules.side_px, math.ceil(long_px / rules.aspect))
    short_px = max(int(min(width_px, height_px) * scale), least_px)
    return (long_px, short_px) if width_px >= height_px else (short_px, long_px)


def _shrunk(image: Image, scale: float, rules: ReferenceRules) -> Image:
    from PIL.Image import Resampling  # late: only the worker process decodes

    size = _scaled(image.width, image.height, min(scale, 1.0) * _SHRINK, rules)
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _tries(image: Image, *, with_png: bool, with_jpeg: bool, smaller: bool) -> Iterator[_Encoded]:
    if with_png:
        yield _saved(image, "PNG", compress_level=6)
    if with_jpeg and smaller:
        yield _saved(image, "JPEG", quality=SMALLER_QUALITY, subsampling="4:2:0")
    elif with_jpeg:
        yield from (_saved(image, "JPEG", quality=quality, subsampling="4:4:4") for quality in _QUALITIES)


def _saved(image: Image, name: str, **options: object) -> _Encoded:
    file = BytesIO()
    image.save(file, name, **options)
    return _Encoded(file.getvalue(), f"image/{name.lower()}", image.width, image.height)


def _derivations(source: _Source, encoded: _Encoded) -> tuple[Derivation, ...]:
    decoded, image = source.decoded, source.decoded.image
    is_reduced = (encoded.width_px, encoded.height_px) != decoded.seen_px
    is_personal = source.clean is not None and source.clean != source.content
    found = {
        Derivation.FIRST_FRAME: decoded.frames > 1,
        Derivation.FLATTENED: source.media_type == kinds.PHOTOSHOP,
        Derivation.TURNED: decoded.is_turned,
        Derivation.COLOURS: not colours.is_srgb(image),
        Derivation.DEPTH: decoded.is_deep,
        Derivation.CONVERTED: encoded.media_type != source.media_type,
        Derivation.REDUCED: is_reduced,
        Derivation.COMPRESSED: encoded.media_type == "image/jpeg" and not is_reduced,
        Derivation.CLEANED: is_personal,
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _form(encoded: _Encoded, source: _Source, derived: tuple[Derivation, ...]) -> SentForm:
    return SentForm(
        sha256=hashlib.sha256(encoded.content).hexdigest(),
        media_type=encoded.media_type,
        width_px=encoded.width_px,
        height_px=encoded.height_px,
        size_bytes=len(encoded.content),
        derived=derived,
        frames=source.decoded.frames,
    )


def _write(target: Path, content: bytes) -> None:
    """Write to a name of our own first, so that nobody reads half a picture. Raises OSError."""
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
