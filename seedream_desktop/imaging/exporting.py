"""One picture on its way out: the same bytes where that can be, else coded anew in the form that is wished.

The original is only read. Labels that say that a model made the picture are carried over into whatever is
written; content credentials are signed over the bytes, so that a file which has them is left alone unless it
was said that they may go.
"""

from __future__ import annotations

import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging import colours, kinds
from seedream_desktop.imaging.carried import Carried, carried_by
from seedream_desktop.imaging.decoding import Decoded, decode
from seedream_desktop.imaging.export_form import (
    Colours,
    Exported,
    ExportForm,
    FileFormat,
    Loss,
    Marks,
    Resize,
    Telling,
)
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.imaging.packet import MADE_BY_A_MODEL, Told, packet_of
from seedream_desktop.imaging.reading import read_file
from seedream_desktop.imaging.stripping import noted, stripped, tells

if TYPE_CHECKING:
    from PIL.Image import Image

_NO_DRAFT_PX = 1 << 16
_MEDIA_TYPES = {
    FileFormat.PNG: "image/png",
    FileFormat.JPEG: "image/jpeg",
    FileFormat.WEBP: "image/webp",
    FileFormat.TIFF: "image/tiff",
}
_CODED = frozenset(_MEDIA_TYPES.values())
_WHITE = (255, 255, 255)
_XMP_TAG = 700  # of TIFF
_PNG_EFFORT = 4  # of 9; more takes twice as long for a hundredth
_PROFILE_BYTES = 4 << 20
_FEW_CHARACTERS = 4  # of a secret; credentials are texts, in which even a short one hardly stands by chance


def look_at_marks(path: Path) -> Marks:
    """What the file carries, by its bytes. Raises ProblemError."""
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    media_type = kinds.media_type_of(content)
    carried = carried_by(content, media_type)
    has_label = bool(carried.told.aigc or carried.told.source_type)
    is_deep = media_type == "image/png" and content[24:25] == b"\x10"
    return Marks(carried.has_credentials, has_label, carried.has_profile, is_deep)


def export_picture(path: Path, target: Path, form: ExportForm, telling: Telling) -> Exported:
    """Write the picture at ``path`` to ``target``, a name of our own, in that form.

    Raises ProblemError as ``checking.make_thumbnail``, OSError when ``target`` cannot be written.
    """
    content = read_file(path, PICTURE_LIMITS.size_bytes)
    media_type = kinds.media_type_of(content)
    if not media_type:
        raise ProblemError(kinds.refusal(content, path.name))
    source = _Source(path.name, content, media_type, carried_by(content, media_type))
    made = _left_alone(source, form, telling) or _coded(source, form, telling)
    _write(target, made.content)
    return made.exported(content)


class _Source:
    """The original."""

    def __init__(self, name: str, content: bytes, media_type: str, carried: Carried) -> None:
        self.name, self.content, self.media_type, self.carried = name, content, media_type, carried

    @property
    def has_label(self) -> bool:
        return bool(self.carried.told.aigc or self.carried.told.source_type)

    def keeps_secret(self, telling: Telling) -> bool:
        """Whether the credentials, which are kept whole or not at all, hold nothing that may not leave."""
        return not tells(self.carried.credentials, "", telling.secrets, _FEW_CHARACTERS)


class _Made:
    """What is to be written."""

    def __init__(self, content: bytes, media_type: str, size: tuple[int, int], losses: list[Loss]) -> None:
        self.content, self.media_type, self.size, self.losses = content, media_type, size, losses

    def exported(self, original: bytes) -> Exported:
        has_profile = carried_by(self.content, self.media_type).has_profile
        return Exported(
            self.media_type,
            *self.size,
            len(self.content),
            is_unchanged=self.content == original,
            has_profile=has_profile,
            losses=tuple(dict.fromkeys(self.losses)),
        )


def _left_alone(source: _Source, form: ExportForm, telling: Telling) -> _Made | None:
    """The file with other notes at most; None: it has to be coded anew."""
    has_credentials = source.carried.has_credentials
    wants_pixels = form.changes_pixels and not (has_credentials and telling.keeps_credentials)
    if wants_pixels:
        return None
    losses: list[Loss] = []
    content = source.content
    if telling.is_stripped:
        keeps = source.keeps_secret(telling)
        try:
            content = stripped(content, source.media_type, source.carried, keeps_credentials=keeps)
        except ValueError:
            return None
        if has_credentials and (not keeps or content != source.content):
            losses.append(Loss.CREDENTIALS)
        if tells(content, source.media_type, telling.secrets):
            return None  # it stands where nothing but coding it again gets it out
        if not has_credentials:
            clean = _Source(source.name, content, source.media_type, carried_by(content, source.media_type))
            content = _noted(clean, content, telling, losses)
    elif not has_credentials:
        content = _noted(source, content, telling, losses)
    elif telling.recipe:
        losses.append(Loss.RECIPE)
    seen = _seen_px(source)
    return _Made(content, source.media_type, seen, losses)


def _noted(source: _Source, content: bytes, telling: Telling, losses: list[Loss]) -> bytes:
    told = Told(MADE_BY_A_MODEL if telling.is_made_by_model else "", "", telling.recipe)
    if told.is_empty:
        return content
    try:
        return noted(content, source.media_type, source.carried, told)
    except ValueError:
        if telling.recipe:
            losses.append(Loss.RECIPE)
        return content


def _seen_px(source: _Source) -> tuple[int, int]:
    """The sides as seen, by the header."""
    from PIL import Image  # late: only the worker process decodes

    try:
        with Image.open(BytesIO(source.content)) as image:
            width_px, height_px = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=source.name)) from error
    return (height_px, width_px) if source.carried.orientation >= 5 else (width_px, height_px)


def _coded(source: _Source, form: ExportForm, telling: Telling) -> _Made:
    decoded = decode(source.name, source.content, source.media_type, PICTURE_LIMITS, _NO_DRAFT_PX)
    media_type = _MEDIA_TYPES.get(form.format, source.media_type)
    media_type = media_type if media_type in _CODED else "image/png"
    losses = [Loss.CREDENTIALS] if source.carried.has_credentials else []
    losses += [Loss.DEPTH] if decoded.is_deep else []
    losses += [Loss.FRAMES] if decoded.frames > 1 else []
    image, profile = _image(decoded, form, media_type, telling)
    if media_type == "image/jpeg" and image.mode in {"RGBA", "LA", "PA"}:
        if image.getchannel("A").getextrema() != (255, 255):
            losses.append(Loss.TRANSPARENCY)
        image = _on_white(image)
    carried, own = source.carried.told, MADE_BY_A_MODEL if telling.is_made_by_model else ""
    if _may_not_leave(f"{carried.source_type} {carried.aigc}".encode(errors="replace"), telling):
        losses.append(Loss.LABEL)
        carried = Told()
    told = Told(carried.source_type or own, carried.aigc, telling.recipe)
    content = _saved(image, media_type, form.quality, profile, told)
    if telling.recipe and not carried_by(content, media_type).told.recipe:
        losses.append(Loss.RECIPE)
    return _Made(content, media_type, image.size, losses)


def _may_not_leave(note: bytes, telling: Telling) -> bool:
    return telling.is_stripped and tells(note, "", telling.secrets)


def _image(decoded: Decoded, form: ExportForm, media_type: str, telling: Telling) -> tuple[Image, bytes]:
    """The pixels as wished, upright, and the profile that they need, if its words may leave."""
    profile = decoded.image.info.get("icc_profile") or b""
    profile = profile if len(profile) <= _PROFILE_BYTES else b""
    image = colours.reduced(decoded.image, decoded.image.width, decoded.image.height)
    fits = image.mode in {"RGB", "RGBA", "L"} or (
        image.mode == "CMYK" and media_type in {"image/jpeg", "image/tiff"}
    )
    if form.colours is Colours.SRGB or not fits or _may_not_leave(profile, telling):
        image, profile = colours.in_srgb(image, profile or None), _srgb_profile()
    image = colours.upright(image, decoded.orientation)
    return _resized(image, form), profile


def _srgb_profile() -> bytes:
    from PIL import ImageCms  # late: as above

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _resized(image: Image, form: ExportForm) -> Image:
    from PIL import ImageOps  # late: as above
    from PIL.Image import Resampling  # late: as above

    if form.resize is Resize.BOX:
        return ImageOps.fit(image, (form.width_px, form.height_px), Resampling.LANCZOS)
    scale = 1.0
    if form.resize is Resize.LONGEST_SIDE:
        scale = min(1.0, form.longest_px / max(image.size))
    elif form.resize is Resize.SCALE:
        scale = form.percent / 100
    width_px, height_px = (max(1, round(side * scale)) for side in image.size)
    if width_px * height_px > PICTURE_LIMITS.pixels:
        raise ProblemError(Problem(ProblemKind.PICTURE_TOO_LARGE, limit=PICTURE_LIMITS.pixels))
    if (width_px, height_px) == image.size:
        return image
    return image.resize((width_px, height_px), Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image) -> Image:
    from PIL import Image as Images  # late: as above

    ground = Images.new("RGB", image.size, _WHITE)
    ground.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return ground


def _saved(image: Image, media_type: str, quality: int, profile: bytes, told: Told) -> bytes:
    if hasattr(image, "tag_v2"):  # Pillow writes notes of the TIFF that it read into the one that it writes
        image = image.copy()
    image.info.clear()
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if media_type == "image/jpeg":
        subsampling = "4:4:4" if quality >= 90 else "4:2:0"
        options |= {"quality": quality, "subsampling": subsampling}
    elif media_type == "image/webp":
        options |= {"quality": quality, "method": 4}
    elif media_type == "image/png":
        options |= {"compress_level": _PNG_EFFORT}
    else:
        tags = {} if told.is_empty else {_XMP_TAG: packet_of(told)}
        options |= {"compression": "tiff_adobe_deflate", "tiffinfo": tags}
    file = BytesIO()
    image.save(file, media_type.removeprefix("image/").upper(), **options)
    content = file.getvalue()
    if told.is_empty or media_type == "image/tiff":
        return content
    for shorter in (told, Told(told.source_type, told.aigc)):
        with suppress(ValueError):  # too long for a segment
            return noted(content, media_type, Carried(), shorter)
    return content


def _write(target: Path, content: bytes) -> None:
    """Raises OSError, and then leaves nothing."""
    try:
        with target.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise
