"""Place, serial numbers and owner are cut out of a file; its pixels and everything else stay as they were."""

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, IptcImagePlugin

from seedream_desktop.imaging.cleaning import cleaned
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
    tiff_with_notes,
    xmp_packet,
)

XMP = b"XML:com.adobe.xmp"


def a_picture(mode: str = "RGB") -> Image.Image:
    gradient = Image.linear_gradient("L").resize((60, 40))
    noise = Image.frombytes("L", (60, 40), random.Random(1).randbytes(2400))
    return Image.merge("RGB", (gradient, noise, gradient.rotate(180))).convert(mode)


def samples(*, is_personal: bool) -> dict[str, tuple[bytes, str]]:
    image = a_picture()
    exif, packet = exif_block("<", is_personal=is_personal), xmp_packet(is_personal=is_personal)
    segments = personal_segments(is_personal=is_personal)
    return {
        "jpeg": (jpeg_with(image, *segments), "image/jpeg"),
        "progressive jpeg": (jpeg_with(image, *segments, progressive=True), "image/jpeg"),
        "png": (png_with(image, chunk(b"eXIf", exif), itxt(XMP, packet)), "image/png"),
        "packed png": (png_with(image, itxt(XMP, packet, is_packed=True)), "image/png"),
        "webp": (encoded(image, "WEBP", exif=exif, xmp=packet, lossless=True), "image/webp"),
        "little tiff": (tiff_with_notes(image, "<", is_personal=is_personal), "image/tiff"),
        "big tiff": (tiff_with_notes(image, ">", is_personal=is_personal), "image/tiff"),
        "gif": (gif_with_xmp(image, is_personal=is_personal), "image/gif"),
    }


PERSONAL, HARMLESS = samples(is_personal=True), samples(is_personal=False)


@pytest.mark.parametrize("name", PERSONAL)
def test_nothing_personal_is_left(name: str) -> None:
    content, media_type = PERSONAL[name]
    clean = cleaned(content, media_type)
    assert clean != content
    for canary in (CANARY, "CANARY".encode("utf-16-le"), notes.PLACE, notes.PLACE_LITTLE):
        assert canary not in clean


@pytest.mark.parametrize("name", PERSONAL)
def test_not_a_pixel_changes(name: str) -> None:
    content, media_type = PERSONAL[name]
    before, after = opened(content), opened(cleaned(content, media_type))
    assert (after.mode, after.size, after.tobytes()) == (before.mode, before.size, before.tobytes())


@pytest.mark.parametrize("name", HARMLESS)
def test_a_file_without_it_stays_byte_for_byte(name: str) -> None:
    content, media_type = HARMLESS[name]
    assert cleaned(content, media_type) == content


@pytest.mark.parametrize("name", PERSONAL)
def test_cleaning_twice_changes_nothing_more(name: str) -> None:
    content, media_type = PERSONAL[name]
    clean = cleaned(content, media_type)
    assert cleaned(clean, media_type) == clean


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "little tiff", "big tiff"])
def test_camera_dates_and_copyright_stay(name: str) -> None:
    content, media_type = PERSONAL[name]
    clean = cleaned(content, media_type)
    exif = opened(clean).getexif()
    assert exif[0x0110] == "KEPT model"
    assert exif[0x8298] == "KEPT copyright"
    more = exif.get_ifd(0x8769)
    assert (more[0x9003], more[0xA434]) == ("2026:11:22 10:00:00", "KEPT lens")
    assert not {0xA430, 0xA431, 0xA435, 0x927C} & more.keys()
    assert 0x8825 not in exif
    assert 0x013B not in exif
    assert "KEPT title 猫".encode() in clean
    assert b"KEPT tool" in clean


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("order", ["<", ">"])
def test_the_orientation_stays(order: str, orientation: int) -> None:
    exif = segment(0xE1, b"Exif\0\0" + exif_block(order, orientation))
    assert opened(cleaned(jpeg_with(a_picture(), exif), "image/jpeg")).getexif()[0x0112] == orientation


def test_the_colour_profile_stays() -> None:
    profile = bytes(range(128)) * 40
    content = jpeg_with(a_picture(), *personal_segments(), icc_profile=profile)
    assert opened(cleaned(content, "image/jpeg")).info["icc_profile"] == profile


@pytest.mark.parametrize("name", ["jpeg", "little tiff"])
def test_the_caption_of_an_iptc_record_stays_and_its_writer_goes(name: str) -> None:
    content, media_type = PERSONAL[name]
    before = IptcImagePlugin.getiptcinfo(opened(content)) or {}
    after = IptcImagePlugin.getiptcinfo(opened(cleaned(content, media_type))) or {}
    assert before[2, 80] == b"CANARY writer"
    assert set(after) == set(before) - {(2, 80), (2, 90), (2, 122)}
    assert after[2, 120] == b"KEPT caption"


def test_image_resources_that_run_over_two_segments_are_cleaned_as_one() -> None:
    block = notes.resources()
    for cut in range(1, len(block), 7):
        parts = (segment(0xED, b"Photoshop 3.0\0" + part) for part in (block[:cut], block[cut:]))
        clean = cleaned(jpeg_with(a_picture(), *parts), "image/jpeg")
        assert CANARY not in clean.replace(b"Photoshop 3.0\0", b"")


@pytest.mark.parametrize("marker", [0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE9, 0xEA, 0xEC])
def test_a_makers_own_segments_go(marker: int) -> None:
    content = jpeg_with(a_picture(), segment(marker, b"GoPro CANARY"))
    assert cleaned(content, "image/jpeg") == jpeg_with(a_picture())


def test_what_photoshop_says_of_quality_stays() -> None:
    content = jpeg_with(
        a_picture(), segment(0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\0"), segment(0xFE, b"a comment")
    )
    assert cleaned(content, "image/jpeg") == content


def test_a_film_behind_a_photo_goes_with_its_place() -> None:
    more = segment(0xE2, b"MPF\0II*\0 a list of pictures")
    content = jpeg_with(a_picture(), more, rest=b"\0\0\0\x18ftypmp42 CANARY +52.31")
    assert cleaned(content, "image/jpeg") == jpeg_with(a_picture())


def test_padding_behind_a_photo_stays() -> None:
    content = jpeg_with(a_picture(), rest=bytes(100) + b"\xff\xff\n")
    assert cleaned(content, "image/jpeg") == content


def test_a_second_part_of_the_xmp_goes_if_it_is_personal() -> None:
    def more(packet: bytes) -> bytes:
        head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + len(packet).to_bytes(4)
        halves = (packet[:300], 0), (packet[300:], 300)
        return b"".join(segment(0xE1, head + at.to_bytes(4) + part) for part, at in halves)

    assert cleaned(jpeg_with(a_picture(), more(xmp_packet())), "image/jpeg") == jpeg_with(a_picture())
    harmless = jpeg_with(a_picture(), more(xmp_packet(is_personal=False)))
    assert cleaned(harmless, "image/jpeg") == harmless


@pytest.mark.parametrize(
    "body",
    [
        b"Author\0CANARY",
        b"Raw profile type exif\0\nexif\n 6\nCANARY",
        b"exif:GPSLatitude\x0052 CANARY",
        b"Serial Number\0CANARY",
    ],
)
def test_texts_of_a_png_are_judged_by_their_keyword(body: bytes) -> None:
    content = png_with(a_picture(), chunk(b"tEXt", body))
    assert cleaned(content, "image/png") == png_with(a_picture())


def test_harmless_texts_of_a_png_stay() -> None:
    content = png_with(a_picture(), chunk(b"tEXt", b"Software\0KEPT"), itxt(b"Description", "猫".encode()))
    assert cleaned(content, "image/png") == content


def test_a_text_of_a_png_that_unfolds_without_end_goes() -> None:
    content = png_with(a_picture(), itxt(XMP, bytes(64 << 20), is_packed=True))
    assert cleaned(content, "image/png") == png_with(a_picture())


def test_what_cannot_be_read_goes_whole() -> None:
    exif = segment(0xE1, b"Exif\0\0MM\0*\0\0\xff\xff CANARY")
    packet = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:a><b CANARY")
    more = segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\xff\xffCANARY")
    assert CANARY not in cleaned(jpeg_with(a_picture(), exif, packet, more), "image/jpeg")
    chunks = chunk(b"eXIf", b"II*\0CANARY"), chunk(b"eXIf", b"CANARY")
    assert cleaned(png_with(a_picture(), *chunks), "image/png") == png_with(a_picture())


def test_a_document_type_in_an_xmp_packet_is_not_unfolded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "CANARY">]><a>&b;</a>'
    content = jpeg_with(a_picture(), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + bomb))
    assert CANARY not in cleaned(content, "image/jpeg")


MANIFEST = b'jumbfc2pa stds.exif {"exif:GPSLatitude": "CANARY"}'


@pytest.mark.parametrize("is_personal", [True, False])
def test_content_credentials_go_whole_if_they_say_where(is_personal: bool) -> None:
    body = MANIFEST if is_personal else b"jumbfc2pa c2pa.actions created by KEPT"
    halves = (b"JP\0\1" + bytes(11) + bytes((number,)) + body[number * 25 :][:25] for number in range(3))
    for content, without, media_type in (
        (
            jpeg_with(a_picture(), *(segment(0xEB, half) for half in halves)),
            jpeg_with(a_picture()),
            "image/jpeg",
        ),
        (png_with(a_picture(), chunk(b"caBX", body)), png_with(a_picture()), "image/png"),
    ):
        assert cleaned(content, media_type) == (without if is_personal else content)


def test_content_credentials_of_a_webp_go_too() -> None:
    content = encoded(a_picture(), "WEBP", icc_profile=b"x" * 128)
    noted = content + b"C2PA" + len(MANIFEST).to_bytes(4, "little") + MANIFEST + b"\0" * (len(MANIFEST) % 2)
    noted = noted[:4] + (len(noted) - 8).to_bytes(4, "little") + noted[8:]
    assert cleaned(noted, "image/webp") == content


def test_a_webp_whose_notes_go_says_so_in_its_flags() -> None:
    content = encoded(a_picture(), "WEBP", exif=b"Exif\0\0CANARY", icc_profile=b"x" * 128)
    clean = cleaned(content, "image/webp")
    assert CANARY not in clean
    assert clean[20] & 0x08 == 0
    assert clean[20] & 0x20
    assert int.from_bytes(clean[4:8], "little") == len(clean) - 8
    assert opened(clean).tobytes() == opened(content).tobytes()


@given(st.sampled_from(sorted(PERSONAL)), st.integers(), st.integers(1, 12))
@settings(max_examples=250)
def test_damage_never_changes_a_pixel_nor_ends_in_anything_but_a_refusal(
    name: str, seed: int, faults: int
) -> None:
    content, media_type = PERSONAL[name]
    damaged, dice = bytearray(content), random.Random(seed)
    for _ in range(faults):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    with suppress(ValueError):
        clean = cleaned(bytes(damaged), media_type)
        before = pixels(bytes(damaged))
        assert before in {None, pixels(clean)}


def pixels(content: bytes) -> object:
    """What a decoder makes of it; None where it refuses."""
    import warnings  # late: its remarks on what it repairs are not the point

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = opened(content)
        except Exception:  # noqa: BLE001 - whatever the decoder says
            return None
        return image.mode, image.size, image.tobytes()
