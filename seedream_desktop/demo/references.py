"""Takes in reference pictures, as data URIs or from loopback addresses, and decodes them with distrust."""

import base64
import binascii
import http.client
import io
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from seedream_desktop.demo.refusal import Refusal

if TYPE_CHECKING:
    from PIL import Image

MAX_REFERENCE_BYTES = 10 * 1024 * 1024
MAX_REFERENCE_PX = 6000 * 6000
LEAST_SIDE_PX = 15
WIDEST_ASPECT = 16
THUMBNAIL_PX = 512
FETCH_TIMEOUT_S = 10
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "bmp": ("BMP",), "tiff": ("TIFF",),
           "gif": ("GIF",)}  # fmt: skip
PILLOW_FORMATS = tuple(name for names in FORMATS.values() for name in names if name != "MPO")
DATA_URI = re.compile(r"^data:image/([a-z0-9.+-]+);base64,", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """A decoded reference: its own size in pixels, and a small RGB copy to draw with."""

    size_px: tuple[int, int]
    thumbnail: "Image.Image"


def load_reference(item: str) -> Reference:
    """Decodes one item of `image`; raises Refusal. Blocks while it fetches: not for the event loop."""
    if item.startswith("data:"):
        declared, encoded = _parse_data_uri(item)
        return _decode(_from_base64(encoded), FORMATS[declared])
    if item.startswith(("http://", "https://")):
        return _decode(_fetch(item), tuple(name for names in FORMATS.values() for name in names))
    raise _refusal("neither a URL nor a base64 data URI")


def _parse_data_uri(item: str) -> tuple[str, str]:
    match = DATA_URI.match(item)
    if match is None:
        raise _refusal("a data URI must begin with data:image/<format in lower case>;base64,")
    if match[1] not in FORMATS:
        raise _refusal(f"unsupported image format {match[1]!r}, use one of: {', '.join(FORMATS)}")
    return match[1], item[match.end() :]


def _from_base64(encoded: str) -> bytes:
    if len(encoded) > MAX_REFERENCE_BYTES * 4 // 3 + 4:
        raise _too_large()
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refusal("the data URI is not valid base64") from error
    if len(content) > MAX_REFERENCE_BYTES:
        raise _too_large()
    return content


def _fetch(url: str) -> bytes:
    """Gets a picture from this machine only; the target goes out as it was written, escapes untouched."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError as error:
        raise _refusal("the URL is malformed") from error
    if parts.scheme != "http" or host not in LOOPBACK_HOSTS:
        raise _refusal("the demo fetches pictures from this machine only (http on a loopback address)")
    target = "/" + url.partition("://")[2].partition("/")[2].partition("#")[0]
    connection = http.client.HTTPConnection(host, port, timeout=FETCH_TIMEOUT_S)
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        content = answer.read(MAX_REFERENCE_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _refusal("the URL could not be fetched") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise _refusal(f"the URL answered {answer.status}")
    if len(content) > MAX_REFERENCE_BYTES:
        raise _too_large()
    return content


def _decode(content: bytes, formats: tuple[str, ...]) -> Reference:
    from PIL import Image, ImageOps  # late: 60 ms that the server need not wait for to be ready

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=PILLOW_FORMATS)
        _check_shape(image.size)
        if image.format not in formats:
            raise _refusal(f"the picture is {image.format}, not what it was sent as")
        size_px = image.size
        image.draft("RGB", (THUMBNAIL_PX, THUMBNAIL_PX))
        image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
        upright = ImageOps.exif_transpose(image)
    except Refusal:
        raise
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        OverflowError,
        Image.DecompressionBombError,
    ) as error:
        raise _refusal("the picture cannot be decoded") from error
    return Reference(size_px, _flattened(upright))


def _flattened(image: "Image.Image") -> "Image.Image":
    from PIL import Image  # late: as above

    if image.has_transparency_data:
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image.convert("RGB")


def _check_shape(size_px: tuple[int, int]) -> None:
    width, height = size_px
    if min(width, height) < LEAST_SIDE_PX:
        raise _refusal(f"width and height must be at least {LEAST_SIDE_PX} pixels")
    if width * height > MAX_REFERENCE_PX:
        raise _refusal(f"the picture has more than {MAX_REFERENCE_PX} pixels")
    if max(width, height) > WIDEST_ASPECT * min(width, height):
        raise _refusal("the aspect ratio must be between 1/16 and 16")


def _too_large() -> Refusal:
    return _refusal(f"a reference image must be at most {MAX_REFERENCE_BYTES} bytes")


def _refusal(message: str) -> Refusal:
    return Refusal(400, f"`image`: {message}", "image")
