"""Decoding pictures that are not trusted: one decode proves that a file is whole and makes its thumbnail.

The type is told by the bytes, never by the name; what is not one of the six raster formats that the endpoint
takes is refused undecoded (an SVG may draw other files of this computer). Decoders notice most cut files;
what they let pass (a JPEG without its end, a GIF after its first frame, a wrong checksum) is noticed here.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import typing
import zlib
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

THUMBNAIL_PX = 512
_JPEG_QUALITY = 85
_SIXTEEN_BITS = (0.0, 65535.0)
_ORIENTATION = 0x0112  # EXIF tag
_FIRST_BYTES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_FOREIGN = (  # offset, bytes, name: pictures that are recognised and not taken
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (0, b"\0\0\x01\0", "ICO"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP", "JPEG 2000"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypcrx", "RAW"),
)
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})  # sizes of the headers that exist


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it is decoded."""

    size_bytes: int
    pixels: int
    side_px: int  # both sides have to be longer than this
    aspect: float | None  # long side / short side


# Room for what a decode needs at once in the worker's memory: the file, 4 bytes a pixel, a converted copy.
PICTURE_LIMITS = Limits(size_bytes=512 << 20, pixels=150_000_000, side_px=0, aspect=None)
# The endpoint's own limits for an image that is sent, ModelArk image API, read 2026-11.
REFERENCE_LIMITS = Limits(size_bytes=10 << 20, pixels=6000 * 6000, side_px=14, aspect=16)


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """What is known of a picture file once all of it was decoded. The sides are those that are seen."""

    media_type: str  # "image/jpeg"
    extension: str  # "jpeg", without a dot
    width_px: int
    height_px: int
    size_bytes: int
    sha256: str
    has_alpha: bool


def check_picture(path: Path, thumbnail: Path | None, thumbnail_px: int = THUMBNAIL_PX) -> CheckedPicture:
    """Decode all of ``path``; write its thumbnail (longest side ``thumbnail_px``, JPEG, or PNG with alpha).

    Raises ProblemError with EMPTY_FILE, IS_A_FOLDER, FILE_UNREADABLE, FILE_TOO_LARGE, NOT_A_PICTURE,
    FORMAT_NOT_TAKEN, PICTURE_TOO_LARGE or PICTURE_DAMAGED; the subject is the file's name.
    A thumbnail that cannot be written is left out: it is a cache.
    """
    return _check(path, PICTURE_LIMITS, thumbnail, thumbnail_px)


def check_reference(path: Path, thumbnail: Path | None) -> CheckedPicture:
    """As ``check_picture``, within what the endpoint takes as a reference.

    Raises ProblemError also with PICTURE_TOO_SMALL (sides in px) and PICTURE_TOO_NARROW (long / short side).
    """
    return _check(path, REFERENCE_LIMITS, thumbnail, THUMBNAIL_PX)


def prepare() -> None:
    """Import the decoders now rather than with the first picture."""
    from PIL import (  # late: 50 ms, and only the worker process decodes  # noqa: F401
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageCms,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    Image.preinit()


@dataclass(frozen=True, slots=True)
class _Decoded:
    image: Image  # for a JPEG perhaps at an eighth, a quarter or half of its size
    width_px: int
    height_px: int
    orientation: int  # EXIF, 1 to 8


def _check(path: Path, limits: Limits, thumbnail: Path | None, thumbnail_px: int) -> CheckedPicture:
    content = _read(path, limits.size_bytes)
    media_type = _media_type(content)
    if not media_type:
        foreign = _foreign(content)
        kind = ProblemKind.FORMAT_NOT_TAKEN if foreign else ProblemKind.NOT_A_PICTURE
        raise ProblemError(Problem(kind, subject=path.name, said=foreign))
    decoded = _decode(path, content, media_type, limits, thumbnail_px)
    if thumbnail is not None:
        with suppress(OSError, ValueError):
            _write_thumbnail(decoded, thumbnail, thumbnail_px)
    turned = decoded.orientation >= 5
    return CheckedPicture(
        media_type=media_type,
        extension=media_type.removeprefix("image/"),
        width_px=decoded.height_px if turned else decoded.width_px,
        height_px=decoded.width_px if turned else decoded.height_px,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        has_alpha=decoded.image.has_transparency_data,
    )


def _read(path: Path, limit_bytes: int) -> bytes:
    """All of a regular file; a pipe is not waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        kind = ProblemKind.IS_A_FOLDER if path.is_dir() else ProblemKind.FILE_UNREADABLE
        said = getattr(error, "strerror", None) or ""
        raise ProblemError(Problem(kind, subject=path.name, said=said)) from error
    try:
        status = os.fstat(descriptor)
        _refuse_file(path, status, limit_bytes)
        content = _all_of(descriptor, status.st_size)
    except OSError as error:
        problem = Problem(ProblemKind.FILE_UNREADABLE, subject=path.name, said=error.strerror or "")
        raise ProblemError(problem) from error
    finally:
        os.close(descriptor)
    if len(content) != status.st_size:  # somebody is still writing it
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
    return content


def _all_of(descriptor: int, size_bytes: int) -> bytes:
    """At most one byte more than was said, to notice a file that grows."""
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(size_bytes + 1)


def _refuse_file(path: Path, status: os.stat_result, limit_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ProblemError(Problem(ProblemKind.IS_A_FOLDER, subject=path.name))
    if not stat.S_ISREG(status.st_mode):
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
    if status.st_size == 0:
        raise ProblemError(Problem(ProblemKind.EMPTY_FILE, subject=path.name))
    if status.st_size > limit_bytes:
        kind = ProblemKind.FILE_TOO_LARGE
        raise ProblemError(Problem(kind, subject=path.name, limit=limit_bytes, actual=status.st_size))


def _media_type(content: bytes) -> str:
    """One of the six that the endpoint takes, or an empty string."""
    for first_bytes, media_type in _FIRST_BYTES:
        if content.startswith(first_bytes):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return ""


def _foreign(content: bytes) -> str:
    """The name of a format that is known and not taken, or an empty string."""
    for offset, first_bytes, name in _FOREIGN:
        if content.startswith(first_bytes, offset):
            return name
    return "SVG" if b"<svg" in content[:1024].lower() else ""


def _decode(path: Path, content: bytes, media_type: str, limits: Limits, thumbnail_px: int) -> _Decoded:
    from PIL import Image  # late: only the worker process decodes

    faults = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
    try:
        image = _opened(content, media_type)
        width_px, height_px = image.size
        _refuse_size(path, width_px, height_px, limits)
        if media_type == "image/jpeg":
            # A smaller inverse transform; the whole file is still read and entropy-decoded.
            image.draft(None, (2 * thumbnail_px, 2 * thumbnail_px))
        image.load()
        orientation = image.getexif().get(_ORIENTATION, 1)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        problem = Problem(ProblemKind.PICTURE_TOO_LARGE, subject=path.name, limit=limits.pixels)
        raise ProblemError(problem) from error
    except (*faults, RuntimeError, EOFError, AssertionError, struct.error) as error:
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=path.name)) from error
    return _Decoded(image, width_px, height_px, orientation if orientation in range(1, 9) else 1)


def _opened(content: bytes, media_type: str) -> ImageFile:
    """The decoder with the header read. Raises ValueError or SyntaxError on a file that is not whole."""
    from PIL import (  # late: as in _decode
        BmpImagePlugin,
        GifImagePlugin,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    # The plugin's own class: Image.open would ask every plugin that it knows.
    if media_type == "image/jpeg":
        _verify_jpeg(content)
        return JpegImagePlugin.JpegImageFile(BytesIO(content))
    if media_type == "image/png":
        return PngImagePlugin.PngImageFile(BytesIO(_verified_png(content)))
    if media_type == "image/gif":
        _verify_gif(content)
        return GifImagePlugin.GifImageFile(BytesIO(content))
    if media_type == "image/webp":
        return WebPImagePlugin.WebPImageFile(BytesIO(content))
    if media_type == "image/bmp":
        return BmpImagePlugin.BmpImageFile(BytesIO(content))
    return TiffImagePlugin.TiffImageFile(BytesIO(content))


def _refuse_size(path: Path, width_px: int, height_px: int, limits: Limits) -> None:
    pixels, short_px, long_px = width_px * height_px, min(width_px, height_px), max(width_px, height_px)
    if pixels > limits.pixels:
        kind, limit, actual = ProblemKind.PICTURE_TOO_LARGE, float(limits.pixels), float(pixels)
    elif short_px <= limits.side_px:
        kind, limit, actual = ProblemKind.PICTURE_TOO_SMALL, float(limits.side_px), float(short_px)
    elif limits.aspect and long_px > limits.aspect * short_px:
        kind, limit, actual = ProblemKind.PICTURE_TOO_NARROW, limits.aspect, round(long_px / short_px, 2)
    else:
        return
    raise ProblemError(Problem(kind, subject=path.name, limit=limit, actual=actual))


def _verify_jpeg(content: bytes) -> None:
    """Find the end of image after the first scan; libjpeg does not miss it. Raises ValueError."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xDA:  # start of scan: a thumbnail's own end, inside a segment, lies before it
            if content.find(b"\xff\xd9", position) < 0:
                raise ValueError("no end of image")
            return
        is_bare = marker in {0x01, 0xFF} or 0xD0 <= marker <= 0xD7
        length = int.from_bytes(content[position + 2 : position + 4])
        position += (1 if marker == 0xFF else 2) if is_bare else 2 + length


def _verified_png(content: bytes) -> bytes:
    """``content`` without its texts, which may unfold to any size. Raises ValueError if it is not whole."""
    kept, position, kept_from = [], 8, 0
    while position + 12 <= len(content):
        end = position + 12 + int.from_bytes(content[position : position + 4])
        name = content[position + 4 : position + 8]
        if end > len(content):
            break
        if name in {b"IHDR", b"PLTE", b"IDAT", b"IEND"}:
            checksum = zlib.crc32(memoryview(content)[position + 4 : end - 4])
            if checksum != int.from_bytes(content[end - 4 : end]):
                raise ValueError("wrong checksum")
        elif name in {b"tEXt", b"zTXt", b"iTXt"}:
            kept.append(content[kept_from:position])
            kept_from = end
        if name == b"IEND":
            return b"".join((*kept, content[kept_from:end])) if kept else content
        position = end
    raise ValueError("no end of image")


def _verify_gif(content: bytes) -> None:
    """Walk all frames' blocks to the trailer: only the first frame is decoded. Raises ValueError."""
    position = 13 + _gif_table_bytes(content[10:11])
    while content[position : position + 1] != b";":
        introducer = content[position : position + 1]
        if introducer == b"!":  # an extension: its label, then blocks
            position += 2
        elif introducer == b",":  # a frame: its place, colours and code size, then blocks
            position += 11 + _gif_table_bytes(content[position + 9 : position + 10])
        else:
            raise ValueError("no end of image")
        while size := content[position : position + 1]:
            position += 1 + size[0]
            if size == b"\0":
                break


def _gif_table_bytes(flags: bytes) -> int:
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _write_thumbnail(decoded: _Decoded, target: Path, limit_px: int) -> None:
    """Write to a name of our own first, so that nobody reads half a thumbnail. Raises OSError."""
    small = _upright(_in_srgb(_reduced(decoded, limit_px), decoded.image.info.get("icc_profile")), decoded)
    small.info.clear()  # nothing of the original's own notes
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            if small.mode == "RGBA" and small.getchannel("A").getextrema() != (255, 255):
                small.save(file, "PNG", compress_level=1)
            else:
                small.convert("RGB").save(file, "JPEG", quality=_JPEG_QUALITY, subsampling="4:2:0")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _reduced(decoded: _Decoded, limit_px: int) -> Image:
    """The picture at most ``limit_px`` long, in RGB, RGBA, CMYK or grey."""
    from PIL.Image import Resampling  # late: as in _decode

    image: Image = decoded.image
    scale = min(1.0, limit_px / max(decoded.width_px, decoded.height_px))
    size = max(1, round(decoded.width_px * scale)), max(1, round(decoded.height_px * scale))
    if image.mode in {"P", "PA", "LA"} or image.has_transparency_data:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode.startswith("I;16"):
        image = image.convert("I")
    elif image.mode == "1":
        image = image.convert("L")
    small = image.resize(size, Resampling.BICUBIC, reducing_gap=2.0)
    if small.mode in {"I", "F"}:
        return _as_grey(small, _SIXTEEN_BITS if decoded.image.mode.startswith("I;16") else None)
    return small if small.mode in {"RGB", "RGBA", "CMYK", "L"} else small.convert("RGB")


def _as_grey(image: Image, bounds: tuple[float, float] | None) -> Image:
    """Numbers of any range as grey: between ``bounds``, or between the darkest and the lightest there is."""
    low, high = bounds or typing.cast(tuple[float, float], image.getextrema())
    factor = 255.0 / ((high - low) or 1.0)
    return image.point(lambda value: value * factor - low * factor).convert("L")


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    if not profile:
        return image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")
    from PIL import ImageCms  # late: rarely needed

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that does not fit: as if it were not there
        converted = None
    return converted or image.convert(mode)


def _upright(image: Image, decoded: _Decoded) -> Image:
    from PIL.Image import Transpose  # late: as in _decode

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(decoded.orientation)
    return image if turn is None else image.transpose(turn)
