"""Pictures with notes in them, built by hand: what is personal says CANARY, what stays says KEPT."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageFile

CANARY = b"CANARY"
PLACE = struct.pack(">6I", 52, 1, 31, 1, 123_454_321, 9_999_991)  # a latitude as it lies in the bytes
PLACE_LITTLE = struct.pack("<6I", 52, 1, 31, 1, 123_454_321, 9_999_991)
KEPT = (b"KEPT model", b"KEPT lens", b"KEPT copyright", b"2026:11:22 10:00:00")
_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED = 2, 3, 4, 5, 7
Value = tuple[int, int, bytes]  # kind, count, bytes


def text(words: bytes) -> Value:
    return _ASCII, len(words) + 1, words + b"\0"


def exif_block(order: str = ">", orientation: int = 1, *, is_personal: bool = True) -> bytes:
    """A TIFF structure as EXIF has it, in either byte order."""
    main: dict[int, Value] = {
        0x010F: text(b"KEPT make"),
        0x0110: text(b"KEPT model"),
        0x0112: (_SHORT, 1, struct.pack(f"{order}H", orientation)),
        0x0132: text(b"2026:11:22 10:00:00"),
        0x8298: text(b"KEPT copyright"),
    }
    more: dict[int, Value] = {
        0x9003: text(b"2026:11:22 10:00:00"),
        0xA434: text(b"KEPT lens"),
        0xA001: (_SHORT, 1, struct.pack(f"{order}H", 1)),
    }
    place: dict[int, Value] = {}
    if is_personal:
        main |= {0x013B: text(b"CANARY artist"), 0x9C9D: (1, 14, "CANARY.".encode("utf-16-le"))}
        more |= {
            0x927C: (_UNDEFINED, 40, b"CANARY maker note".ljust(40, b"\1")),
            0xA430: text(b"CANARY owner"),
            0xA431: text(b"CANARY body 123"),
            0xA435: text(b"CANARY lens 456"),
        }
        degrees = struct.pack(f"{order}6I", 52, 1, 31, 1, 123_454_321, 9_999_991)
        place = {1: text(b"N"), 2: (_RATIONAL, 3, degrees), 0x1D: text(b"CANARY day")}
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    more_at = 8 + folder_bytes(main, 1 + bool(place))
    place_at = more_at + folder_bytes(more)
    main[0x8769] = (_LONG, 1, struct.pack(f"{order}I", more_at))
    if place:
        main[0x8825] = (_LONG, 1, struct.pack(f"{order}I", place_at))
    folders = [folder(main, 8, order), folder(more, more_at, order)]
    return b"".join([head, *folders, *([folder(place, place_at, order)] if place else [])])


def folder_bytes(values: dict[int, Value], more: int = 0) -> int:
    return (
        6 + 12 * (len(values) + more) + sum(len(v) + len(v) % 2 for _, _, v in values.values() if len(v) > 4)
    )


def folder(values: dict[int, Value], at: int, order: str, next_at: int = 0) -> bytes:
    """A folder at ``at``, its values behind it."""
    table, behind = [struct.pack(f"{order}H", len(values))], b""
    start = at + 6 + 12 * len(values)
    for tag, (kind, count, value) in sorted(values.items()):
        if len(value) > 4:
            table.append(struct.pack(f"{order}HHII", tag, kind, count, start + len(behind)))
            behind += value + b"\0" * (len(value) % 2)
        else:
            table.append(struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0"))
    return b"".join((*table, struct.pack(f"{order}I", next_at), behind))


def xmp_packet(*, is_personal: bool = True) -> bytes:
    personal = """
      exif:GPSLatitude="52,31.2N CANARY" aux:SerialNumber='CANARY "1"' photoshop:City="CANARY town">
      <dc:creator><rdf:Seq><rdf:li>CANARY Jane &gt; Doe</rdf:li></rdf:Seq></dc:creator>
      <aux:OwnerName>CANARY</aux:OwnerName><exifEX:LensSerialNumber x="&gt;CANARY"/>
      <Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li><x:a>CANARY</x:a></rdf:li></rdf:Bag>
      </Iptc4xmpExt:LocationShown>"""
    names = ("exif", "aux", "photoshop", "dc", "xmp", "exifEX", "Iptc4xmpExt", "tiff")
    spaces = " ".join(f'xmlns:{name}="http://example.com/{name}/"' for name in names)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} xmp:CreatorTool="KEPT tool"'
        f"{personal if is_personal else '>'}"
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>KEPT title 猫</rdf:li></rdf:Alt></dc:title>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc_record(*, is_personal: bool = True) -> bytes:
    def dataset(number: int, value: bytes) -> bytes:
        return struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value

    personal = dataset(80, b"CANARY writer") + dataset(90, b"CANARY city") + dataset(122, b"CANARY")
    return dataset(0, b"\0\4") + (personal if is_personal else b"") + dataset(120, b"KEPT caption")


def resources(*, is_personal: bool = True) -> bytes:
    def resource(kind: int, value: bytes) -> bytes:
        return (
            b"8BIM"
            + struct.pack(">H", kind)
            + b"\0\0"
            + struct.pack(">I", len(value))
            + value
            + b"\0" * (len(value) % 2)
        )

    return resource(0x03ED, b"KEPT resolution!") + resource(0x0404, iptc_record(is_personal=is_personal))


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(image: Image.Image, *segments: bytes, rest: bytes = b"", **options: object) -> bytes:
    content = encoded(image, "JPEG", **options)
    return content[:2] + b"".join(segments) + content[2:] + rest


def personal_segments(*, is_personal: bool = True) -> tuple[bytes, ...]:
    return (
        segment(0xE1, b"Exif\0\0" + exif_block(is_personal=is_personal)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet(is_personal=is_personal)),
        segment(0xED, b"Photoshop 3.0\0" + resources(is_personal=is_personal)),
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(image: Image.Image, *chunks: bytes, **options: object) -> bytes:
    content = encoded(image, "PNG", **options)
    return content[:33] + b"".join(chunks) + content[33:]


def itxt(keyword: bytes, body: bytes, *, is_packed: bool = False) -> bytes:
    flags = b"\1\0" if is_packed else b"\0\0"
    packed = zlib.compress(body) if is_packed else body
    return chunk(b"iTXt", keyword + b"\0" + flags + b"\0\0" + packed)


def tiff_with_notes(image: Image.Image, order: str = "<", *, is_personal: bool = True) -> bytes:
    """An RGB picture in two strips, with every kind of note in its folder."""
    pixels = image.tobytes()
    half = image.height // 2 * image.width * 3
    xmp, iptc = xmp_packet(is_personal=is_personal), iptc_record(is_personal=is_personal)
    more = {0x9003: text(b"2026:11:22 10:00:00"), 0xA434: text(b"KEPT lens")}
    if is_personal:
        more |= {0xA431: text(b"CANARY body"), 0x927C: (_UNDEFINED, 11, b"CANARY note")}
    place = {2: (_RATIONAL, 3, struct.pack(f"{order}6I", 52, 1, 31, 1, 123_454_321, 9_999_991))}
    head_bytes = 8 + len(pixels)
    head_bytes += head_bytes % 2
    main: dict[int, Value] = {
        0x0100: (_LONG, 1, struct.pack(f"{order}I", image.width)),
        0x0101: (_LONG, 1, struct.pack(f"{order}I", image.height)),
        0x0102: (_SHORT, 3, struct.pack(f"{order}3H", 8, 8, 8)),
        0x0103: (_SHORT, 1, struct.pack(f"{order}H", 1)),
        0x0106: (_SHORT, 1, struct.pack(f"{order}H", 2)),
        0x0110: text(b"KEPT model"),
        0x0111: (_LONG, 2, struct.pack(f"{order}2I", 8, 8 + half)),
        0x0115: (_SHORT, 1, struct.pack(f"{order}H", 3)),
        0x0116: (_LONG, 1, struct.pack(f"{order}I", image.height // 2)),
        0x0117: (_LONG, 2, struct.pack(f"{order}2I", half, len(pixels) - half)),
        0x02BC: (1, len(xmp), xmp),
        0x8298: text(b"KEPT copyright"),
        0x83BB: (_UNDEFINED, len(iptc), iptc),
        0x8649: (1, len(resources()), resources(is_personal=is_personal).ljust(len(resources()), b"\0")),
    }
    if is_personal:
        main[0x013B] = text(b"CANARY artist")
    more_at = head_bytes + folder_bytes(main, 1 + is_personal)
    place_at = more_at + folder_bytes(more)
    main[0x8769] = (_LONG, 1, struct.pack(f"{order}I", more_at))
    if is_personal:
        main[0x8825] = (_LONG, 1, struct.pack(f"{order}I", place_at))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", head_bytes)
    folders = folder(main, head_bytes, order) + folder(more, more_at, order)
    behind = folder(place, place_at, order) if is_personal else b""
    return (head + pixels).ljust(head_bytes, b"\0") + folders + behind


def gif_with_xmp(image: Image.Image, *, is_personal: bool = True) -> bytes:
    content = encoded(image.convert("P"), "GIF")
    magic = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    block = b"!\xff\x0bXMP DataXMP" + xmp_packet(is_personal=is_personal) + magic
    head = 13 + (3 * 2 ** ((content[10] & 7) + 1) if content[10] & 0x80 else 0)
    return content[:head] + block + content[head:]


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(content: bytes) -> ImageFile.ImageFile:
    image = Image.open(BytesIO(content))
    image.load()
    return image
