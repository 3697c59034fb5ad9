"""A picture's kind and size, told by its first bytes."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.library.headers import Header, look_at

Options = dict[str, Any]
FORMATS: tuple[tuple[str, str, Options], ...] = (
    ("JPEG", "image/jpeg", {}),
    ("JPEG", "image/jpeg", {"progressive": True, "comment": "x" * 5000}),
    ("PNG", "image/png", {}),
    ("WEBP", "image/webp", {"lossless": True}),
    ("WEBP", "image/webp", {"lossless": False}),
    ("WEBP", "image/webp", {"exif": b"Exif\0\0" + b"x" * 40}),
    ("GIF", "image/gif", {}),
    ("BMP", "image/bmp", {}),
    ("TIFF", "image/tiff", {}),
    ("TIFF", "image/tiff", {"big_endian": True}),
)


STARTS = (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBPVP8X", b"II*\0", b"MM\0*", b"BM")


@pytest.mark.parametrize(("kind", "media_type", "options"), FORMATS)
def test_size_and_kind_are_told(tmp_path: Path, kind: str, media_type: str, options: Options) -> None:
    target = io.BytesIO()
    Image.new("RGB", (301, 203), "teal").save(target, kind, **options)
    path = tmp_path / "picture"
    path.write_bytes(target.getvalue())
    assert look_at(path) == Header(media_type, 301, 203)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBPVP8X", b"II*\0", b"MM\0*", b"BM"]
    ),
    rest=st.binary(max_size=80),
)
def test_no_bytes_break_it(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "picture"
    path.write_bytes(start + rest)
    seen = look_at(path)
    assert seen.width_px >= 0
    assert seen.height_px >= 0
