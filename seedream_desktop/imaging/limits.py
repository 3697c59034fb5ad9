"""What of a picture is refused before time or memory is spent on it: the numbers, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it is decoded."""

    size_bytes: int
    pixels: int
    side_px: int  # each side, at least
    aspect: float | None  # long side / short side


# Room for what a decode needs at once in the worker's memory: the file, 4 bytes a pixel, a converted copy.
PICTURE_LIMITS = Limits(size_bytes=512 << 20, pixels=150_000_000, side_px=1, aspect=None)
SCANS = 500  # of a JPEG; encoders write 10 to 20, and each one costs a pass over the whole picture
TIFF_FOLDERS = 512  # pages, their smaller copies, EXIF; a loop or a mistake beyond
TIFF_ENTRIES = 1 << 15  # of all folders together: folders may overlap, so that a small file names millions
TIFF_PARTS = 1 << 16  # strips or tiles: one for each row of a tall scan; each one starts a decoder
TIFF_NUMBERS = 1 << 20  # of one value, and of all offsets together: a strip for every row of 32,768 pages
CLEANED_BYTES = 64 << 20  # what is larger is coded again in any case, and loses all its notes
TEXT_BYTES = 8 << 20  # of a text that was compressed; XMP packets have up to a few hundred KB
XMP_DEPTH = 200  # elements inside each other; real packets have ten
BRANDS = 32  # at the beginning of an ISO media file; real ones have ten
