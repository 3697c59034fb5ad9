"""Pixels of any kind as the 8 bits of red, green and blue that everybody shows alike."""

from __future__ import annotations

import typing
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageCms
    from PIL.Image import Image

_SIXTEEN_BITS = (0.0, 65535.0)
_AS_IT_LOOKS = (0, 0)  # intent and flags of ImageCms: perceptual
_AS_IT_MEASURES = (1, 0x2000)  # relative to white, with black as black as the screen has it
_SRGB_NAMES = ("sRGB IEC61966", "sRGB built-in", "sRGB v4")


def reduced(image: Image, width_px: int, height_px: int) -> Image:
    """The picture in that size, in RGB, RGBA, CMYK, LAB or grey; fewer pixels are averaged, never picked."""
    from PIL.Image import Resampling  # late: only the worker process decodes

    sixteen_bits = image.mode.startswith("I;16")
    if image.mode != "RGBA" and (image.mode in {"P", "PA", "LA"} or image.has_transparency_data):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif sixteen_bits:
        image = image.convert("I")
    elif image.mode == "1":
        image = image.convert("L")
    if image.size != (width_px, height_px):
        image = image.resize((width_px, height_px), Resampling.BICUBIC, reducing_gap=2.0)
    if image.mode in {"I", "F"}:
        return _as_grey(image, _SIXTEEN_BITS if sixteen_bits else None)
    return image if image.mode in {"RGB", "RGBA", "CMYK", "LAB", "L"} else image.convert("RGB")


def _as_grey(image: Image, bounds: tuple[float, float] | None) -> Image:
    """Numbers of any range as grey: between ``bounds``, or between the darkest and the lightest there is."""
    low, high = bounds or typing.cast(tuple[float, float], image.getextrema())
    factor = 255.0 / ((high - low) or 1.0)
    return image.point(lambda value: value * factor - low * factor).convert("L")


def is_srgb(image: Image) -> bool:
    """Whether the picture's numbers mean sRGB, as everybody takes them who reads no profile."""
    if image.mode in {"CMYK", "LAB", "YCbCr", "HSV"}:
        return False
    profile = image.info.get("icc_profile")
    if not profile:
        return True
    from PIL import ImageCms  # late: rarely needed

    try:
        name = ImageCms.getProfileDescription(BytesIO(profile))
    except (ImageCms.PyCMSError, OSError, ValueError):  # rubbish: as if it were not there
        return True
    return name.strip().startswith(_SRGB_NAMES)


def in_srgb(image: Image, profile: bytes | None) -> Image:
    """The picture in RGB or RGBA, its colours as ``profile`` means them; without one, as sRGB."""
    if not profile:
        return image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")
    # A profile that does not fit counts as if it were not there.
    converted = _converted(image, _profile(profile), _srgb(), _AS_IT_LOOKS)
    return converted or image.convert(_mode_of(image))


def on_screen(image: Image, profile: bytes | None, screen: bytes) -> tuple[Image, str]:
    """The picture in RGB or RGBA as a screen of that profile shows it, and what the profile calls itself.

    Empty, the name: ``screen`` is no profile of a screen, and the colours are sRGB.
    """
    target = _profile(screen)
    converted = _converted(image, _profile(profile or b""), target, _AS_IT_MEASURES)
    if converted is None:
        srgb = in_srgb(image, profile)
        converted = _converted(srgb, _srgb(), target, _AS_IT_MEASURES)
        if converted is None:
            return srgb, ""
    return converted, profile_name(screen) or "ICC"


def profile_name(profile: bytes | None) -> str:
    """What the profile calls itself; empty: there is none, or nobody can read it."""
    from PIL import ImageCms  # late: as above

    read = _profile(profile or b"")
    try:
        return "" if read is None else " ".join(ImageCms.getProfileDescription(read).split())
    except (ImageCms.PyCMSError, OSError, ValueError):
        return ""


def upright(image: Image, orientation: int) -> Image:
    """The picture turned as its EXIF orientation (1 to 8) says."""
    from PIL.Image import Transpose  # late: as above

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(orientation)
    return image if turn is None else image.transpose(turn)


def _profile(content: bytes) -> ImageCms.ImageCmsProfile | None:
    from PIL import ImageCms  # late: as above

    try:
        return ImageCms.ImageCmsProfile(BytesIO(content)) if content else None
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _srgb() -> ImageCms.ImageCmsProfile:
    from PIL import ImageCms  # late: as above

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _converted(
    image: Image,
    source: ImageCms.ImageCmsProfile | None,
    target: ImageCms.ImageCmsProfile | None,
    intent: tuple[int, int],
) -> Image | None:
    """The picture from the one profile to the other; None where one is missing or does not fit."""
    if source is None or target is None:
        return None
    from PIL import ImageCms  # late: as above

    way, flags = ImageCms.Intent(intent[0]), ImageCms.Flags(intent[1])
    try:
        return ImageCms.profileToProfile(image, source, target, way, _mode_of(image), flags=flags)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _mode_of(image: Image) -> str:
    return "RGBA" if image.mode == "RGBA" else "RGB"
