"""Bombs, liars and files flipped at random: each ends soon, in little memory, as a picture or a problem."""

from __future__ import annotations

import io
import random
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.imaging import cleaning, kinds, limits, xmp
from seedream_desktop.imaging.checking import check_reference
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.imaging.fitting import fit_reference
from seedream_desktop.imaging.tiff import Tags
from seedream_desktop.library.headers import look_at
from tests.hostile import peak_mib, within
from tests.imaging import notes
from tests.imaging.photoshop_file import a_psd

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX timers"),
    pytest.mark.filterwarnings("ignore::UserWarning"),  # of the decoder: what is odd in a file is no defect
]

SECONDS = 8.0  # on a busy machine; most take milliseconds
MEMORY_MIB = 500  # of 150 million pixels, a PNG that is cut is found out by decoding it
FLIPPED_MIB = 1500  # a flipped size may be a legal one: pixels and a copy of them; a worker has 2,560
RULES = ReferenceRules(tuple(kinds.LIBRARY_TYPES), 10 << 20, 36_000_000, 15, 16.0)
SIDE = 64


def picture(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((SIDE, SIDE), 60).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width_px: int, height_px: int, data: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", data or zlib.compress(bytes(999))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_chunk(name: bytes, body: bytes, count: int = 1) -> bytes:
    whole = picture("PNG")
    return whole[:33] + chunk(name, body) * count + whole[33:]


def with_segments(segment: bytes, count: int) -> bytes:
    whole = picture("JPEG")
    return whole[:2] + segment * count + whole[2:]


def scans(side_px: int, count: int) -> bytes:
    """A progressive JPEG of nothing, with that many passes over it."""
    table = b"\xff\xdb\0\x43\0" + b"\1" * 64
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, side_px, side_px, 1) + b"\1\x11\0"
    codes = b"".join(b"\xff\xc4\0\x14" + bytes((kind, 1)) + bytes(16) for kind in (0, 0x10))
    scan = b"\xff\xda\0\x08\1\1\0\1\x3f\0" + bytes(64)
    first = b"\xff\xda\0\x08\1\1\0\0\0\0" + bytes(64)
    return b"\xff\xd8" + table + frame + codes + first + scan * count + b"\xff\xd9"


def gif(frames: int, side_px: int = 16) -> bytes:
    size = struct.pack("<HH", side_px, side_px)
    frame = b"!\xf9\4\0\1\0\0\0,\0\0\0\0" + size + b"\0\2\2\x44\1\0"
    return b"GIF89a" + size + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def bmp(width_px: int, height_px: int, packing: int = 0, bits: int = 24) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width_px, height_px, 1, bits, packing, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 4054, 0, 0, 54) + header + b"\xff\0" * 2000


def tag(number: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", number, kind, count, value)


def tiff_in_a_loop() -> bytes:
    return b"II*\0\x08\0\0\0\1\0" + tag(256, 4, 1, 64) + b"\x08\0\0\0"


def folders_on_top_of_each_other() -> bytes:
    count, content = 500, bytearray(b"\xff" * (1 << 20))
    folder = b"II*\0\x08\0\0\0\1\0" + tag(0x014A, 4, count, 1000) + bytes(4)
    content[: len(folder)] = folder
    content[1000 : 1000 + 4 * count] = struct.pack(f"<{count}I", *range(4096, 4096 + 2 * count, 2))
    return bytes(content)


def strips_without_end() -> bytes:
    count, personal = 1 << 20, 3000
    head = 8 + 2 + 12 * (personal + 5) + 4
    table = tag(256, 4, 1, 64) + tag(257, 4, 1, 64) + tag(0x111, 4, count, head)
    table += tag(0x117, 4, count, head + 4 * count) + tag(0x116, 4, 1, 1)
    table += tag(0x013B, 2, 100, head) * personal
    return b"II*\0\x08\0\0\0" + struct.pack("<H", personal + 5) + table + bytes(8 * count + 4)


def psd(width_px: int, height_px: int, channels: int = 3) -> bytes:
    header = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", channels, height_px, width_px, 8, 3)
    return header + bytes(12) + b"\0\1" + b"\xff" * 9000


PERSONAL_XMP = b"<x xmlns:e='e'>" + b"<e:GPSLatitude>1</e:GPSLatitude>" * 10_000 + b"</x>"


def bomb() -> bytes:
    """What unfolds to 64 MB."""
    return zlib.compress(bytes(64 << 20), 1)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "png of 30,000 squared": lambda: png(30_000, 30_000),
    "png of 2 billion squared": lambda: png(2**31 - 1, 2**31 - 1),
    "png of nothing": lambda: png(0, 0),
    "png with a header that lies": lambda: png(12_000, 12_000),
    "png of zeros": lambda: png(3_000, 3_000, bomb()),
    "png with a text": lambda: with_chunk(b"zTXt", b"a\0\0" + bomb()),
    "png with a profile": lambda: with_chunk(b"iCCP", b"a\0\0" + bomb()),
    "png with a packet": lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb()),
    "png of chunks": lambda: with_chunk(b"prVt", b"ab", 20_000),
    "png with frames that are not there": lambda: with_chunk(b"acTL", b"\x7f\xff\xff\xff\0\0\0\0"),
    "png with places": lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PERSONAL_XMP),
    "gif of 30,000 frames": lambda: gif(30_000),
    "gif of 65,535 squared": lambda: gif(3, 65_535),
    "gif without end": lambda: gif(30_000)[:-1],
    "tiff in a loop": tiff_in_a_loop,
    "tiff of folders": folders_on_top_of_each_other,
    "tiff of strips": strips_without_end,
    "jpeg of markers": lambda: with_segments(b"\xff\xfe\0\2", 30_000),
    "jpeg of notes": lambda: with_segments(b"\xff\xe1\0\x08Exif\0\0", 20_000),
    "jpeg of scans": lambda: scans(10_000, 5_000),
    "jpeg of 65,500 squared": lambda: scans(65_500, 1),
    "bmp upside down": lambda: bmp(30, -30),
    "bmp of 2 billion squared": lambda: bmp(2**31 - 1, -(2**31)),
    "bmp of runs": lambda: bmp(12_000, 12_000, 1, 8),
    "psd of 300,000 squared": lambda: psd(300_000, 300_000),
    "psd of channels": lambda: psd(100, 100, 65_535),
    "psd with nothing in it": lambda: psd(12_000, 12_000),
    "ico of entries": lambda: b"\0\0\1\0\xff\xff" + b"\0\0\0\0\1\0\x20\0\xff\xff\xff\x7f\x16\0\0\0" * 65_535,
    "svg": lambda: b"<svg xmlns='x'>" + b"<a>" * 100_000,
    "svgz": lambda: b"\x1f\x8b\x08" + bytes(99),
    "pdf": lambda: b"%PDF-1.7" + bytes(99),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF" + bytes(99),
    "xcf": lambda: b"gimp xcf v011" + bytes(99),
    "jpeg xl": lambda: b"\xff\x0a" + bytes(99),
    "heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99),
    "avif": lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(999),
    "film": lambda: b"\0\0\0\x18ftypmp42" + bytes(999),
}


def survives(content: bytes, folder: Path) -> bool:
    """Whether ``content``, called a JPEG, is a picture or a problem to everybody who reads it."""
    path = folder / "holiday.jpg"
    path.write_bytes(content)
    with within(SECONDS):
        for read in (
            lambda: check_reference(path, folder / "thumbnail"),
            lambda: fit_reference(path, RULES, folder / "sent", smaller=False),
            lambda: draw_picture(path),
        ):
            try:
                read()
            except ProblemError:
                continue
        look_at(path)
        for reader in (Tags, xmp.blanked, lambda block: cleaning.cleaned(block, kinds.media_type_of(block))):
            try:
                reader(content)
            except ValueError:
                continue
    return True


@pytest.mark.parametrize("name", HOSTILE)
def test_no_picture_takes_long_or_much(name: str, tmp_path: Path) -> None:
    before_mib = peak_mib()
    assert survives(HOSTILE[name](), tmp_path)
    assert peak_mib() - before_mib < MEMORY_MIB


def seeds() -> Iterator[bytes]:
    """Sound files of every kind that we read ourselves."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "ICO", "JPEG2000"):
        yield picture(kind)
    yield picture("JPEG", progressive=True)
    small = Image.effect_noise((SIDE, SIDE), 60).convert("RGB")
    yield a_psd(small)
    yield notes.tiff_with_notes(small)
    yield notes.gif_with_xmp(small)
    yield notes.jpeg_with(small, *notes.personal_segments())
    packet = notes.itxt(b"XML:com.adobe.xmp", notes.xmp_packet())
    yield notes.png_with(small, packet, notes.chunk(b"eXIf", notes.exif_block()))


def broken(whole: bytes, dice: random.Random) -> bytes:
    """``whole`` with some of its bytes others, cut, or said twice."""
    changed = bytearray(whole)
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        changed[dice.randrange(len(changed))] = dice.choice((0, 0xFF, 0x7F, dice.randrange(256)))
    if dice.random() < 0.3:
        at = dice.randrange(len(changed))
        changed[at:at] = changed[at : at + dice.randrange(1, 4000)]
    return bytes(changed[: dice.randrange(len(changed))] if dice.random() < 0.2 else changed)


def fuzzed(seconds: float, folder: Path) -> str:
    dice, tried, survived = random.Random(20_261_122), 0, 0
    before_mib, ends_s = peak_mib(), time.monotonic() + seconds
    wholes = tuple(seeds())
    while time.monotonic() < ends_s:
        tried += 1
        survived += survives(broken(wholes[tried % len(wholes)], dice), folder)
    worst_mib = peak_mib() - before_mib
    assert worst_mib < FLIPPED_MIB
    return f"hostile input: {tried} inputs tried, {survived} survived, 0 hung, worst memory {worst_mib} MiB"


def test_flipped_bytes_lead_to_nothing_but_problems(
    tmp_path: Path, say_figures: Callable[[str], None]
) -> None:
    say_figures(fuzzed(1.5, tmp_path))


@pytest.mark.endurance
def test_flipped_bytes_for_minutes(tmp_path: Path, say_figures: Callable[[str], None]) -> None:
    say_figures(fuzzed(120.0, tmp_path))


@pytest.mark.parametrize("whole", tuple(seeds()), ids=range(14))
def test_cut_at_every_fiftieth_of_its_length_it_is_said(whole: bytes, tmp_path: Path) -> None:
    assert all(survives(whole[: len(whole) * part // 50], tmp_path) for part in range(0, 50, 11))


@pytest.mark.endurance
@pytest.mark.parametrize("whole", tuple(seeds()), ids=range(14))
def test_cut_anywhere_it_is_said(whole: bytes, tmp_path: Path) -> None:
    assert all(survives(whole[: len(whole) * part // 50], tmp_path) for part in range(50))


def test_each_limit_is_a_number_with_a_reason() -> None:
    source = Path(limits.__file__).read_text(encoding="utf-8").splitlines()
    constants = [line for line in source if line[:1].isupper() and " = " in line]
    assert constants
    above = dict(zip(source[1:], source, strict=False))
    assert not [line for line in constants if "  # " not in line and not above[line].startswith("# ")]
