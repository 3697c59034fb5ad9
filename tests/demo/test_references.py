import base64
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.demo.references import MAX_REFERENCE_BYTES, load_reference
from seedream_desktop.demo.refusal import Refusal
from tests.demo.conftest import Client
from tests.demo_fixtures import Demo

MakePicture = Callable[..., bytes]
FORMATS = ("jpeg", "png", "webp", "bmp", "tiff", "gif")


def data_uri(content: bytes, declared: str = "png") -> str:
    return f"data:image/{declared};base64,{base64.b64encode(content).decode()}"


def huge_png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def refusal(item: str) -> str:
    with pytest.raises(Refusal) as refused:
        load_reference(item)
    assert (refused.value.status, refused.value.param) == (400, "image")
    return refused.value.message


@pytest.mark.parametrize("declared", FORMATS)
def test_each_of_the_six_formats_is_taken(declared: str, picture_bytes: MakePicture) -> None:
    reference = load_reference(data_uri(picture_bytes(declared.upper(), (640, 480)), declared))
    assert reference.size_px == (640, 480)
    assert reference.thumbnail.mode == "RGB"


@pytest.mark.parametrize("declared", ["PNG", "jpg", "svg+xml", "heic", ""])
def test_another_spelling_of_the_format_is_refused(declared: str, picture_bytes: MakePicture) -> None:
    refusal(data_uri(picture_bytes(), declared))


def test_bytes_that_are_not_what_they_are_called_are_refused(picture_bytes: MakePicture) -> None:
    assert "JPEG" in refusal(data_uri(picture_bytes("JPEG"), "png"))


def test_transparent_pictures_stand_on_white() -> None:
    content = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(content, "PNG")
    assert load_reference(data_uri(content.getvalue())).thumbnail.getpixel((5, 5)) == (255, 255, 255)


def test_a_truncated_picture_is_refused(picture_bytes: MakePicture) -> None:
    whole = picture_bytes("JPEG", (300, 300))
    assert "decoded" in refusal(data_uri(whole[: len(whole) // 2], "jpeg"))


@pytest.mark.parametrize(
    "size", [(40_000, 40_000), (6_001, 6_000), (14, 100), (100, 14), (1_700, 100), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_outside_the_limits_is_refused_from_its_header(size: tuple[int, int]) -> None:
    refusal(data_uri(huge_png(*size)))


def test_ten_megabytes_are_the_limit() -> None:
    assert "at most" in refusal(data_uri(bytes(MAX_REFERENCE_BYTES + 1)))
    assert "decoded" in refusal(data_uri(bytes(MAX_REFERENCE_BYTES)))


@pytest.mark.parametrize(
    "item",
    [
        "data:image/png;base64,***",
        "data:image/png;base64,",
        "data:image/png,abc",
        "data:text/html;base64,YQ==",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.png",
        "http://192.0.2.1/a.png",
        "https://example.com/a.png",
        "http://127.0.0.1.example.com/a.png",
        "http://[::1/a.png",
        "http://127.0.0.1:99999/a.png",
        "http://127.0.0.1:1/a b.png",
    ],
)
def test_what_is_no_reference_is_refused(item: str) -> None:
    refusal(item)


@given(st.binary(max_size=300), st.sampled_from(FORMATS))
def test_any_bytes_are_a_picture_or_refused(content: bytes, declared: str) -> None:
    with suppress(Refusal):
        assert load_reference(data_uri(content, declared)).size_px >= (15, 15)


def test_a_result_can_be_the_next_reference_by_its_link(demo: Demo, client: Client) -> None:
    url = client.generate().payload["data"][0]["url"]
    assert load_reference(url).size_px == (512, 512)
    assert demo.requests()[-1]["target"] == url.removeprefix(f"http://127.0.0.1:{demo.port}")


def test_a_link_that_is_refused_is_no_reference(demo: Demo) -> None:
    assert "403" in refusal(f"http://127.0.0.1:{demo.port}/ark-content-generation/nothing")
    assert "404" in refusal(f"http://127.0.0.1:{demo.port}")


def test_nobody_listening_is_a_refusal(unused_port: int) -> None:
    assert "fetched" in refusal(f"http://127.0.0.1:{unused_port}/a.png")
