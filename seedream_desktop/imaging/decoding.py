"""Decoding pictures that are not trusted, whole or not at all.

Decoders notice most cut files; what they let pass (a JPEG without its end, a GIF after its first frame, a
wrong checksum) is noticed here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging import kinds, psd
from seedream_desktop.imaging.cleaning import gif_blocks
from seedream_desktop.imaging.limits import SCANS, TIFF_PARTS
from seedream_desktop.imaging.tiff import BITS_PER_SAMPLE, Tags

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from seedream_desktop.imaging.limits import Limits

_NO_DRAFT_PX = 1 << 16
_ORIENTATION = 0x0112  # EXIF tag
_SIXTEEN = b"\x10"  # the depth in a PNG's header
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture of which all was decoded."""

    image: Image  # for a JPEG perhaps at an eighth, a quarter or half of its size
    width_px: int  # as stored, not as seen
    height_px: int
    orientation: int  # EXIF, 1 to 8: how it has to be turned still
    is_turned: bool  # seen otherwise than it is stored, whoever turns it
    frames: int  # of an animation, or pages
    is_deep: bool  # more than 8 bits a channel

    @property
    def is_lying(self) -> bool:
        """Whether it is seen with its sides exchanged."""
        return self.orientation >= 5

    @property
    def seen_px(self) -> tuple[int, int]:
        """Width and height as seen."""
        sides = self.width_px, self.height_px
        return sides[::-1] if self.is_lying else sides


def decode(name: str, content: bytes, media_type: str, limits: Limits, draft_px: int) -> Decoded:
    """Decode all of ``content``, a file called ``name``; a JPEG perhaps reduced, to ``draft_px`` at least.

    Raises ProblemError (PICTURE_TOO_LARGE, PICTURE_TOO_SMALL, PICTURE_TOO_NARROW, PICTURE_DAMAGED,
    FORMAT_NOT_TAKEN, LAYERS_ONLY).
    """
    with _faults_as_problems(name, limits):
        if media_type == kinds.PHOTOSHOP:
            return _decoded_psd(name, content, limits)
        return _decoded(name, _opened(content, media_type), content, media_type, limits, draft_px)


def decode_cut_jpeg(name: str, content: bytes, limits: Limits) -> Decoded:
    """What is there of a JPEG that is cut, the rest grey. Raises ProblemError as ``decode``."""
    from PIL import ImageFile, JpegImagePlugin  # late: only the worker process decodes

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with _faults_as_problems(name, limits):
            opened = JpegImagePlugin.JpegImageFile(BytesIO(content)), 1
            return _decoded(name, opened, content, "image/jpeg", limits, _NO_DRAFT_PX)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


@contextmanager
def _faults_as_problems(name: str, limits: Limits) -> Iterator[None]:
    from PIL import Image  # late: only the worker process decodes

    faults = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
    try:
        yield
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ProblemError(
            Problem(ProblemKind.PICTURE_TOO_LARGE, subject=name, limit=limits.pixels)
        ) from error
    except (*faults, RuntimeError, EOFError, AssertionError, struct.error) as error:
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=name)) from error


def refuse_size(name: str, width_px: int, height_px: int, limits: Limits) -> None:
    """Raise ProblemError for a picture outside ``limits``; what was exceeded and what was found are in it."""
    pixels, short_px, long_px = width_px * height_px, min(width_px, height_px), max(width_px, height_px)
    if pixels > limits.pixels:
        kind, limit, actual = ProblemKind.PICTURE_TOO_LARGE, float(limits.pixels), float(pixels)
    elif short_px < limits.side_px:
        kind, limit, actual = ProblemKind.PICTURE_TOO_SMALL, limits.side_px - 1.0, float(short_px)
    elif limits.aspect and long_px > limits.aspect * short_px:
        kind, limit, actual = ProblemKind.PICTURE_TOO_NARROW, limits.aspect, round(long_px / short_px, 2)
    else:
        return
    raise ProblemError(Problem(kind, subject=name, limit=limit, actual=actual))


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


def _decoded(
    name: str, opened: tuple[ImageFile, int], content: bytes, media_type: str, limits: Limits, draft_px: int
) -> Decoded:
    image, frames = opened
    width_px, height_px = image.size
    refuse_size(name, width_px, height_px, limits)
    if media_type == "image/jpeg":
        # A smaller inverse transform; the whole file is still read and entropy-decoded.
        _refuse_scans(image, content)
        longer_px = max(width_px, height_px)
        sides = (max(1, side_px * draft_px // longer_px) for side_px in image.size)
        image.draft(None, (next(sides), next(sides)))
    image.load()
    found = image.getexif().get(_ORIENTATION, 1)
    orientation = found if found in range(1, 9) else 1
    tags = _tags(content) if media_type == "image/tiff" else None
    # Pillow turns a TIFF itself, and hands over 8 bits of colour however many there are.
    is_turned = orientation != 1 or (tags is not None and tags.first(_ORIENTATION) in range(2, 9))
    is_deep = image.mode in _DEEP_MODES or (tags is not None and tags.first(BITS_PER_SAMPLE) > 8)
    is_deep = is_deep or (media_type == "image/png" and content[24:25] == _SIXTEEN)
    return Decoded(image, width_px, height_px, orientation, is_turned, frames, is_deep)


def _decoded_psd(name: str, content: bytes, limits: Limits) -> Decoded:
    document = psd.read_document(content, name)
    refuse_size(name, document.width_px, document.height_px, limits)
    image = document.image(content)
    size = document.width_px, document.height_px
    return Decoded(image, *size, orientation=1, is_turned=False, frames=1, is_deep=document.depth > 8)


def _opened(content: bytes, media_type: str) -> tuple[ImageFile, int]:
    """The decoder with the header read, and how many frames there are.

    Raises ValueError or SyntaxError on a file that is not whole.
    """
    from PIL import (  # late: as in decode
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
        return JpegImagePlugin.JpegImageFile(BytesIO(content)), 1
    if media_type == "image/png":
        png = PngImagePlugin.PngImageFile(BytesIO(_verified_png(content)))
        return png, png.n_frames
    if media_type == "image/gif":
        frames = sum(content[start : start + 1] == b"," for start, _ in gif_blocks(content))
        return GifImagePlugin.GifImageFile(BytesIO(content)), frames
    if media_type == "image/webp":
        webp = WebPImagePlugin.WebPImageFile(BytesIO(content))
        return webp, webp.n_frames
    if media_type == "image/bmp":
        return BmpImagePlugin.BmpImageFile(BytesIO(content)), 1
    if media_type == "image/tiff":
        tags = _tags(content)
        if tags is not None and tags.parts > TIFF_PARTS:
            raise ValueError("more parts than any encoder writes")
        return TiffImagePlugin.TiffImageFile(BytesIO(content)), tags.pages if tags is not None else 1
    return _opened_rare(content, media_type)


def _opened_rare(content: bytes, media_type: str) -> tuple[ImageFile, int]:
    from PIL import AvifImagePlugin, IcoImagePlugin, Jpeg2KImagePlugin  # late: rarely needed

    if media_type == kinds.AVIF:
        avif = AvifImagePlugin.AvifImageFile(BytesIO(content))
        return avif, avif.n_frames
    if media_type == kinds.JPEG_2000:
        return Jpeg2KImagePlugin.Jpeg2KImageFile(BytesIO(content)), 1
    return IcoImagePlugin.IcoImageFile(BytesIO(content)), 1


def _tags(content: bytes) -> Tags | None:
    """The tags of a TIFF; None where only a decoder that needs less of them can read it."""
    try:
        return Tags(content)
    except ValueError:
        return None


def _refuse_scans(image: ImageFile, content: bytes) -> None:
    """A picture whose first scan has all of its parts in full has no other that is looked at."""
    start = _first_scan(content)
    is_full = content[start + 4 : start + 5] == bytes((getattr(image, "layers", 0),))
    is_one = is_full and "progressive" not in image.info
    if not is_one and content.count(b"\xff\xda") > SCANS:
        raise ValueError("more scans than any encoder writes")


def _verify_jpeg(content: bytes) -> None:
    """Find the end of image after the first scan; libjpeg does not miss it. Raises ValueError."""
    # From the end, where it ought to be. A thumbnail's own end, inside a segment, lies before the scan.
    start = _first_scan(content)
    if start < len(content) and content.rfind(b"\xff\xd9", start) < 0:
        raise ValueError("no end of image")


def _first_scan(content: bytes) -> int:
    """Where the first scan begins; the end of the file where a decoder has to say what is wrong."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xDA:
            return position
        is_bare = marker in {0x01, 0xFF} or 0xD0 <= marker <= 0xD7
        length = int.from_bytes(content[position + 2 : position + 4])
        position += (1 if marker == 0xFF else 2) if is_bare else 2 + length
    return len(content)


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
