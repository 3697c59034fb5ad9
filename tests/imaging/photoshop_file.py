"""Photoshop files as Photoshop writes them, built by hand."""

import struct

from PIL import Image

MODES = {"1": 0, "L": 1, "P": 2, "RGB": 3, "RGBA": 3, "CMYK": 4, "LAB": 9}


def a_psd(
    image: Image.Image,
    *,
    depth: int = 8,
    is_packed: bool = False,
    is_large: bool = False,
    has_composite: bool = True,
    first_extra_is_alpha: bool = False,
) -> bytes:
    """A file with ``image`` as its flattened picture, and a block of layers that nobody reads."""
    bits = 1 if image.mode == "1" else depth
    planes = [row_bytes(plane, image, bits) for plane in channels(image)]
    version, width = (2, 8) if is_large else (1, 4)
    head = struct.pack(
        ">4sH6xHIIHH", b"8BPS", version, len(planes), image.height, image.width, bits, MODES[image.mode]
    )
    palette = bytes(image.getpalette() or ()).ljust(768, b"\0") if image.mode == "P" else b""
    by_colour = b"".join(palette[start::3] for start in range(3))
    count = struct.pack(">h", -1 if first_extra_is_alpha else 1)
    layers = (len(count) + 4).to_bytes(width) + count + b"rest"
    return b"".join(
        [
            head,
            block(by_colour, 4),
            block(resource(0x0421, b"\0\0\0\1" + (b"\1" if has_composite else b"\0") + bytes(8)), 4),
            block(layers, width),
            packed(planes, is_large) if is_packed else b"\0\0" + b"".join(b"".join(rows) for rows in planes),
        ]
    )


def channels(image: Image.Image) -> list[Image.Image]:
    if image.mode == "CMYK":
        return [band.point(lambda ink: 255 - ink) for band in image.split()]
    return list(image.split())


def row_bytes(plane: Image.Image, image: Image.Image, depth: int) -> list[bytes]:
    if depth == 1:
        inverted = plane.point(lambda value: 255 - value, "1")
        data, size = inverted.tobytes(), (image.width + 7) // 8
    elif depth == 16:
        data, size = b"".join(bytes((value, value)) for value in plane.tobytes()), 2 * image.width
    else:
        data, size = plane.tobytes(), image.width
    return [data[start : start + size] for start in range(0, len(data), size)]


def packed(planes: list[list[bytes]], is_large: bool) -> bytes:
    rows = [pack_bits(row) for plane in planes for row in plane]
    lengths = b"".join(len(row).to_bytes(4 if is_large else 2) for row in rows)
    return b"\0\1" + lengths + b"".join(rows)


def pack_bits(row: bytes) -> bytes:
    """Runs where there are some, the rest as it is."""
    found, at = bytearray(), 0
    while at < len(row):
        run = 1
        while run < 128 and row[at : at + 1] * (run + 1) == row[at : at + run + 1]:
            run += 1
        found += bytes((257 - run, row[at])) if run > 1 else bytes((0, row[at]))
        at += run
    return bytes(found)


def resource(kind: int, value: bytes) -> bytes:
    padding = b"\0" * (len(value) % 2)
    return b"8BIM" + struct.pack(">H", kind) + b"\0\0" + struct.pack(">I", len(value)) + value + padding


def block(content: bytes, length_bytes: int) -> bytes:
    return len(content).to_bytes(length_bytes) + content
