"""What is personal is also cut out of the places where no one looks for it."""

import struct

import pytest

from seedream_desktop.imaging.cleaning import cleaned
from seedream_desktop.imaging.names import is_personal
from tests.imaging import notes
from tests.imaging.notes import (
    CANARY,
    chunk,
    encoded,
    exif_block,
    gif_with_xmp,
    itxt,
    jpeg_with,
    opened,
    personal_segments,
    png_with,
    segment,
    xmp_packet,
)
from tests.imaging.test_cleaning import a_picture

XMP = b"XML:com.adobe.xmp"


@pytest.mark.parametrize(
    ("marker", "body"),
    [
        (0xE1, b"Exif\0\xff" + exif_block()),
        (0xE1, b"EXIF\0\0" + exif_block()),
        (0xE1, b"FLIR\0CANARY"),
        (0xE0, b"II\x1a\0\0\0HEAPJPGMCANARY"),
        (0xE2, b"FPXR\0CANARY"),
        (0xE8, b"CANARY"),
        (0xED, b"Adobe_Photoshop2.5:CANARY"),
        (0xEF, b"CANARY"),
    ],
)
def test_segments_that_nobody_can_read_go(marker: int, body: bytes) -> None:
    assert cleaned(jpeg_with(a_picture(), segment(marker, body)), "image/jpeg") == jpeg_with(a_picture())


@pytest.mark.parametrize(
    ("marker", "body"),
    [
        (0xE0, b"JFXX\0\x13KEPT"),
        (0xE2, b"urn:iso:std:iso:ts:21496:-1\0KEPT"),
        (0xE8, b"SPIFF\0KEPT"),
        (0xED, b"Adobe_CM\0\2KEPT"),
    ],
)
def test_segments_that_are_known_to_be_harmless_stay(marker: int, body: bytes) -> None:
    content = jpeg_with(a_picture(), segment(marker, body))
    assert cleaned(content, "image/jpeg") == content


def a_small_copy() -> bytes:
    return jpeg_with(a_picture().resize((30, 20)), *personal_segments())


def exif_with_copy(copy: bytes) -> bytes:
    """An EXIF block whose second folder holds a small copy of the picture, coded as a JPEG."""
    first = {0x0110: notes.text(b"KEPT model")}
    next_at = 8 + notes.folder_bytes(first)
    second_bytes = 6 + 12 * 3
    second = {
        0x0103: (3, 1, struct.pack("<H", 6)),
        0x0201: (4, 1, struct.pack("<I", next_at + second_bytes)),
        0x0202: (4, 1, struct.pack("<I", len(copy))),
    }
    head = b"II*\0" + struct.pack("<I", 8)
    return head + notes.folder(first, 8, "<", next_at) + notes.folder(second, next_at, "<") + copy


def test_a_small_copy_inside_the_notes_is_cleaned_and_can_still_be_shown() -> None:
    copy = a_small_copy()
    content = jpeg_with(a_picture(), segment(0xE1, b"Exif\0\0" + exif_with_copy(copy)))
    clean = cleaned(content, "image/jpeg")
    assert CANARY in content
    assert CANARY not in clean
    assert len(clean) == len(content)
    at = clean.index(copy[:2], 2)
    assert opened(clean[at : at + len(copy)]).tobytes() == opened(copy).tobytes()


def test_a_small_copy_without_notes_stays_as_it_is() -> None:
    block = exif_with_copy(encoded(a_picture(), "JPEG"))
    content = jpeg_with(a_picture(), segment(0xE1, b"Exif\0\0" + block))
    assert cleaned(content, "image/jpeg") == content


def test_a_small_copy_that_cannot_be_read_becomes_zeros() -> None:
    block = exif_with_copy(b"\xff\xd8\xff\xe1 CANARY")
    content = jpeg_with(a_picture(), segment(0xE1, b"Exif\0\0" + block))
    assert CANARY not in cleaned(content, "image/jpeg")


def test_a_small_copy_among_photoshops_resources_is_cleaned() -> None:
    body = bytes(28) + a_small_copy()
    resource = b"8BIM\x04\x0c\0\0" + struct.pack(">I", len(body)) + body + bytes(len(body) % 2)
    content = jpeg_with(a_picture(), segment(0xED, b"Photoshop 3.0\0" + resource))
    clean = cleaned(content, "image/jpeg")
    assert CANARY not in clean
    assert len(clean) == len(content)


def test_a_value_in_utf_8_goes_with_its_bytes() -> None:
    owner = {0x0110: notes.text(b"KEPT model"), 0x013B: (129, 13, b"CANARY owner\0")}
    block = b"MM\0*\0\0\0\x08" + notes.folder(owner, 8, ">")
    clean = cleaned(jpeg_with(a_picture(), segment(0xE1, b"Exif\0\0" + block)), "image/jpeg")
    assert CANARY not in clean
    assert b"KEPT model" in clean


def test_what_a_makers_note_pointed_to_goes_with_it() -> None:
    block = exif_block("<") + b"CANARY serial number, outside of the note"
    clean = cleaned(png_with(a_picture(), chunk(b"eXIf", block)), "image/png")
    assert CANARY not in clean
    assert b"KEPT lens" in clean


def test_the_layers_inside_a_tiff_go() -> None:
    layers = b"CANARY a hidden layer, a placed photo with its place"
    content = encoded(a_picture(), "TIFF", tiffinfo={0x935C: layers})
    clean = cleaned(content, "image/tiff")
    assert CANARY in content
    assert CANARY not in clean
    assert opened(clean).tobytes() == a_picture().tobytes()


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"tEXt", XMP + b"\0" + xmp_packet()),
        chunk(b"tEXt", b"raw profile TYPE exif\0CANARY"),
        chunk(b"zTXt", b"xmp\0\0CANARY"),
        chunk(b"zxIf", b"CANARY"),
        itxt(b"exif:BodySerialNumber", b"CANARY"),
    ],
)
def test_notes_of_a_png_go_wherever_a_program_put_them(extra: bytes) -> None:
    assert cleaned(png_with(a_picture(), extra), "image/png") == png_with(a_picture())


@pytest.mark.parametrize("application", [b"MGK8BIM0000", b"MGKIPTC0000"])
def test_resources_inside_a_gif_go(application: bytes) -> None:
    plain = gif_with_xmp(a_picture(), is_personal=False)
    at = plain.index(b"!\xff\x0bXMP")
    content = plain[:at] + b"!\xff\x0b" + application + b"\x06CANARY\0" + plain[at:]
    assert cleaned(content, "image/gif") == plain


@pytest.mark.parametrize(
    "name", ["GImage:Data", "xmpGImg:image", "tiff:HostComputer", "plus:ImageCreatorName", "Sub-location"]
)
def test_more_names_are_personal(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize("number", [26, 27])
def test_the_place_that_a_caption_is_about_goes(number: int) -> None:
    record = struct.pack(">BBBH", 0x1C, 2, number, 6) + b"CANARY"
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + bytes(len(record) % 2)
    content = jpeg_with(a_picture(), segment(0xED, b"Photoshop 3.0\0" + resource))
    assert CANARY not in cleaned(content, "image/jpeg")
