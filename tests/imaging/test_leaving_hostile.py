"""Wherever a prompt can stand in a file, none that is stripped tells it, in whatever form it leaves."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageCms
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from seedream_desktop.imaging.carried import notes_of
from seedream_desktop.imaging.cleaning import png_chunk
from seedream_desktop.imaging.export_form import Colours, ExportForm, FileFormat, Loss, Resize, Telling
from seedream_desktop.imaging.exporting import export_picture
from tests.canaries import Canary, found_in
from tests.imaging.leaving import PACKET, manifest, pixels

PROMPT = "Zirkelschlag Quastenflosser in the morning 雪貂Canary"
SECRET = PROMPT.encode()
CANARY = (Canary("prompt", ("Zirkelschlag", "Quastenflosser", "雪貂")),)
FORMS = (
    *(ExportForm(one) for one in FileFormat),
    ExportForm(resize=Resize.SCALE, percent=50),
    ExportForm(colours=Colours.SRGB),
)


@cache
def telling_profile() -> bytes:
    """A valid profile, one of whose descriptions is the prompt."""
    base = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words = SECRET + b"\0"
    body = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + b"\0" * 78
    body += b"\0" * (-len(body) % 4)
    count = struct.unpack(">I", base[128:132])[0]
    tags = [struct.unpack(">4sII", base[132 + 12 * n : 144 + 12 * n]) for n in range(count)]
    moved = [(name, at + 12, size) for name, at, size in tags] + [(b"dmnd", len(base) + 12, len(body))]
    table = struct.pack(">I", len(moved)) + b"".join(struct.pack(">4sII", *one) for one in moved)
    whole = base[:128] + table + base[132 + 12 * count :] + body
    return struct.pack(">I", len(whole)) + whole[4:]


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    file = BytesIO()
    pixels().convert(mode).save(file, kind, **options)
    return file.getvalue()


def tags() -> ImageFileDirectory_v2:
    """Every tag of a TIFF that takes words, and one that nobody knows."""
    held = ImageFileDirectory_v2()
    for tag in (270, 305, 315, 33432):
        held[tag] = PROMPT
    for tag, kind in ((700, 1), (33723, 7), (34377, 7), (65000, 7)):
        held.tagtype[tag] = kind
        held[tag] = SECRET
    return held


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def jpeg(*segments: bytes) -> bytes:
    content = saved("JPEG")
    return content[:2] + b"".join(segments) + content[2:]


def png(name: bytes, body: bytes) -> bytes:
    content = saved("PNG")
    return content[:33] + png_chunk(name, body) + content[33:]


def label() -> bytes:
    return PACKET.replace(b"001191110108MA01", SECRET)


HOSTILE = {
    "jpeg, profile": lambda: saved("JPEG", icc_profile=telling_profile()),
    "jpeg, profile of inks": lambda: saved("JPEG", "CMYK", icc_profile=telling_profile()),
    "jpeg, behind the end": lambda: saved("JPEG") + SECRET,
    "jpeg, behind JFIF": lambda: jpeg(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0" + SECRET)),
    "jpeg, behind Adobe": lambda: jpeg(segment(0xEE, b"Adobe\0d\0\0\0\0\0" + SECRET)),
    "jpeg, no profile": lambda: jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1" + SECRET)),
    "jpeg, unknown segment": lambda: jpeg(segment(0xEF, SECRET)),
    "jpeg, credentials": lambda: jpeg(segment(0xEB, manifest(PROMPT))),
    "jpeg, label": lambda: jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + label())),
    "png, profile": lambda: saved("PNG", icc_profile=telling_profile()),
    "png, profile of a palette": lambda: saved("PNG", "P", icc_profile=telling_profile()),
    "png, name of the profile": lambda: png(
        b"iCCP", b"Zirkelschlag Quastenflosser\0\0" + zlib.compress(telling_profile()[:0])
    ),
    "png, behind the end": lambda: saved("PNG") + SECRET,
    "png, unknown chunk": lambda: png(b"prIv", SECRET),
    "png, palette's name": lambda: png(b"sPLT", SECRET[:20] + b"\0\x08" + b"\0" * 6),
    "webp, profile": lambda: saved("WEBP", icc_profile=telling_profile()),
    "webp, behind the end": lambda: saved("WEBP") + SECRET,
    "tiff, tags": lambda: saved("TIFF", tiffinfo=tags()),
    "tiff, profile": lambda: saved("TIFF", icc_profile=telling_profile()),
    "tiff, tags of pages": lambda: saved("TIFF", save_all=True, append_images=[pixels()], tiffinfo=tags()),
    "tiff, grey": lambda: saved("TIFF", "L", tiffinfo=tags()),
    "gif, comment": lambda: saved("GIF", "P", comment=SECRET),
    "bmp, behind the end": lambda: saved("BMP") + SECRET,
}


def parts_of(content: bytes, media_type: str) -> Iterator[bytes]:
    yield content
    for _, body in notes_of(content, media_type):
        yield body


@pytest.mark.parametrize("place", HOSTILE)
def test_no_place_of_a_file_tells_the_prompt_once_it_is_stripped(tmp_path: Path, place: str) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(HOSTILE[place]())
    for form in FORMS:
        made = export_picture(source, target, form, Telling(is_stripped=True, secrets=(PROMPT,)))
        for part in parts_of(target.read_bytes(), made.media_type):
            assert not found_in(part, CANARY), form


def test_a_tiff_that_is_coded_anew_carries_nothing_over_that_was_not_asked_for(tmp_path: Path) -> None:
    source, target = tmp_path / "in.tif", tmp_path / "out.tif"
    source.write_bytes(saved("TIFF", tiffinfo=tags()))
    export_picture(source, target, ExportForm(colours=Colours.SRGB), Telling())
    assert not found_in(target.read_bytes(), CANARY)


@pytest.mark.parametrize("prompt", ["a cat", "窗边的猫", "fox"])
def test_credentials_that_tell_a_short_prompt_go_as_well(tmp_path: Path, prompt: str) -> None:
    source, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    source.write_bytes(jpeg(segment(0xEB, manifest(f"prompt: {prompt}"))))
    made = export_picture(source, target, ExportForm(), Telling(is_stripped=True, secrets=(prompt,)))
    is_told = prompt.encode() in target.read_bytes()
    assert (is_told, made.losses) == ((True, ()) if prompt == "fox" else (False, (Loss.CREDENTIALS,)))


def test_a_label_that_tells_the_prompt_goes_and_it_is_said(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    source.write_bytes(HOSTILE["jpeg, label"]())
    made = export_picture(source, target, ExportForm(), Telling(is_stripped=True, secrets=(PROMPT,)))
    assert Loss.LABEL in made.losses
