"""Pictures that carry what a provider and other programs write into files, the prompt among it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from seedream_desktop.imaging.cleaning import png_chunk

PROMPT = "canary yellow submarine for Acme, 秘密的黄色潜水艇"
LABEL = '{"Label":"1","ContentProducer":"001191110108MA01","ProduceID":"abc-123"}'
AIGC = f'<TC260:AIGC xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">{LABEL}</TC260:AIGC>'
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:description="{PROMPT}">'
    f"{AIGC}</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()
KINDS = ("jpeg", "png", "webp")


def pixels(width_px: int = 48, height_px: int = 32) -> Image.Image:
    """A picture that is not the same anywhere."""
    image = Image.new("RGB", (width_px, height_px))
    places = ((x, y) for y in range(height_px) for x in range(width_px))
    image.putdata([(x * 5 % 256, y * 7 % 256, x * y % 256) for x, y in places])
    return image


def profile() -> bytes:
    """An ICC profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def plain(kind: str) -> bytes:
    """A picture without any notes."""
    file = BytesIO()
    pixels().save(file, kind.upper(), lossless=True) if kind == "webp" else pixels().save(file, kind.upper())
    return file.getvalue()


def telling(kind: str, orientation: int = 6, credentials: bytes = b"") -> bytes:
    """A picture in which the prompt stands wherever that kind of file has a place for it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = PROMPT
    exif[0x9286] = b"UNICODE\0" + PROMPT.encode("utf-16-le")
    file = BytesIO()
    if kind == "jpeg":
        comment = PROMPT.encode()
        pixels().save(file, "JPEG", exif=exif, xmp=PACKET, comment=comment, icc_profile=profile())
        content = file.getvalue()
        segment = b"" if not credentials else b"\xff\xeb" + (len(credentials) + 2).to_bytes(2) + credentials
        return content[:2] + segment + content[2:]
    if kind == "gif":
        pixels().save(file, "GIF", comment=PROMPT.encode())
        return file.getvalue()
    if kind == "webp":
        pixels().save(file, "WEBP", lossless=True, exif=exif, xmp=PACKET, icc_profile=profile())
        return file.getvalue()
    info = PngInfo()
    info.add_text("parameters", PROMPT, zip=True)
    info.add_itxt("prompt", PROMPT, zip=True)
    info.add_text("Comment", "secretly: " + PROMPT.encode().hex())
    info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
    pixels().save(file, "PNG", pnginfo=info, exif=exif, icc_profile=profile())
    content = file.getvalue()
    chunk = png_chunk(b"caBX", credentials) if credentials else b""
    return content[:33] + chunk + content[33:]


def manifest(words: str = "") -> bytes:
    """What begins like content credentials."""
    return b"JP\0\1\0\0\0\1\0\0\0\x30jumb\0\0\0\x1ejumdc2pa\0\x11\0\x10" + b"c2pa" + words.encode()
