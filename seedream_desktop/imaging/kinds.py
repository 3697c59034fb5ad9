"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.imaging import tiff
from seedream_desktop.imaging.limits import BRANDS

LIBRARY_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/bmp", "image/tiff", "image/gif"}
)  # what the endpoint takes and delivers, and every program opens
PHOTOSHOP = "image/vnd.adobe.photoshop"
ICON = "image/vnd.microsoft.icon"
AVIF = "image/avif"
JPEG_2000 = "image/jp2"
REFERENCE_TYPES = LIBRARY_TYPES | {PHOTOSHOP, ICON, AVIF, JPEG_2000}
_EXTENSIONS = {PHOTOSHOP: "psd", ICON: "ico"}
_FIRST_BYTES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"8BPS\0\x01", PHOTOSHOP),
    (b"8BPS\0\x02", PHOTOSHOP),
    (b"\0\0\x01\0", ICON),
    (b"\0\0\0\x0cjP", JPEG_2000),
    (b"\xff\x4f\xff\x51", JPEG_2000),
)
_DRAWINGS = ((b"%PDF", "PDF"), (b"%!PS", "EPS"), (b"\xc5\xd0\xd3\xc6", "EPS"))
_FOREIGN = (  # offset, bytes, name: pictures that are recognised and not decoded
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (4, b"ftypcrx", "RAW"),
    (0, b"IIU\0", "RAW"),
    (0, b"IIRO", "RAW"),
    (0, b"IIRS", "RAW"),
    (0, b"MMOR", "RAW"),
    (0, b"FUJIFILMCCD-RAW", "RAW"),
    (0, b"FOVb", "RAW"),
    (6, b"HEAPCCDR", "RAW"),
    (0, b"II+\0", "BigTIFF"),
    (0, b"MM\0+", "BigTIFF"),
    (0, b"v/1\x01", "OpenEXR"),
    (0, b"gimp xcf", "XCF"),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})  # sizes of the headers that exist


def media_type_of(content: bytes) -> str:
    """One of ``REFERENCE_TYPES``, or an empty string."""
    if content[4:8] == b"ftyp":
        return AVIF if _AVIF_BRANDS & _brands(content) else ""
    for first_bytes, media_type in _FIRST_BYTES:
        if content.startswith(first_bytes):
            return "" if media_type == "image/tiff" and tiff.is_raw(content) else media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return ""


def refusal(content: bytes, name: str) -> Problem:
    """Why a file called ``name``, of none of the types that are wanted, is not taken."""
    for first_bytes, drawing in _DRAWINGS:
        if content.startswith(first_bytes):
            return Problem(ProblemKind.DRAWING_NOT_TAKEN, subject=name, said=drawing)
    if b"<svg" in content[:1024].lower():
        return Problem(ProblemKind.DRAWING_NOT_TAKEN, subject=name, said="SVG")
    media_type = media_type_of(content)
    foreign = format_name(media_type) if media_type else _foreign(content)
    kind = ProblemKind.FORMAT_NOT_TAKEN if foreign else ProblemKind.NOT_A_PICTURE
    return Problem(kind, subject=name, said=foreign)


def format_name(media_type: str) -> str:
    """What people call it: "JPEG", "PSD"."""
    return {PHOTOSHOP: "PSD", ICON: "ICO", JPEG_2000: "JPEG 2000", "image/webp": "WebP"}.get(
        media_type, extension_of(media_type).upper()
    )


def extension_of(media_type: str) -> str:
    """The usual end of a file's name, without a dot: "jpeg"."""
    return _EXTENSIONS.get(media_type, media_type.removeprefix("image/"))


def _foreign(content: bytes) -> str:
    """The name of a format that is known and not taken, or an empty string."""
    for offset, first_bytes, name in _FOREIGN:
        if content.startswith(first_bytes, offset):
            return name
    if content[:4] in {b"II*\0", b"MM\0*"}:
        return "RAW"
    return "HEIC" if content[4:8] == b"ftyp" and _HEIC_BRANDS & _brands(content) else ""


def _brands(content: bytes) -> frozenset[bytes]:
    """What the beginning of an ISO media file says it is."""
    end = min(int.from_bytes(content[:4]), 16 + 4 * BRANDS, len(content))
    return frozenset({content[8:12], *(content[at : at + 4] for at in range(16, end, 4))})
