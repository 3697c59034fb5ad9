"""What the tests of fitting share: pictures, rules, and a look at what was made of a file."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.request import SentForm
from seedream_desktop.imaging.fitting import fit_reference
from tests.imaging.notes import opened

CLASSIC = ("image/jpeg", "image/png")
COMMON = (*CLASSIC, "image/webp", "image/bmp", "image/tiff", "image/gif")
RULES = ReferenceRules(COMMON, 10 << 20, 36_000_000, 15, 16.0)
RED, BLUE = (230, 20, 20), (20, 20, 230)


def half_red(size: tuple[int, int] = (320, 200), mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=BLUE)
    return image.convert(mode)


def noise(width_px: int, height_px: int) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((width_px, height_px), 90) for _ in range(3)])


class Fitted:
    """What was made of a file, and the bytes that would be sent."""

    def __init__(self, folder: Path, content: bytes, rules: ReferenceRules, *, smaller: bool) -> None:
        path, self.target = folder / "picture.bin", folder / "target"
        path.write_bytes(content)
        self.form: SentForm = fit_reference(path, rules, self.target, smaller=smaller)
        assert sorted(one.name for one in folder.iterdir() if one != self.target) == ["picture.bin"]
        self.content = self.target.read_bytes() if self.target.exists() else content
        assert self.form.sha256 == hashlib.sha256(self.content).hexdigest()
        assert self.form.size_bytes == len(self.content)
        assert bool(self.form.derived) == self.target.exists()
        self.image = opened(self.content)
        assert self.image.size == (self.form.width_px, self.form.height_px)
        assert f"image/{(self.image.format or '').lower()}" == self.form.media_type

    def has(self, x_share: float, y_share: float, colour: tuple[int, ...], by: int = 30) -> bool:
        at = round(self.image.width * x_share), round(self.image.height * y_share)
        found = self.image.convert("RGBA" if len(colour) == 4 else "RGB").getpixel(at)
        assert isinstance(found, tuple)
        return all(abs(a - b) <= by for a, b in zip(found, colour, strict=True))


Fit = Callable[..., Fitted]
