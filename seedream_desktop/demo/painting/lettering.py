"""Fonts found on this machine, and words set in them: Chinese where a font has it, never empty boxes."""

import functools
import os
import sys
import unicodedata
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont

LINUX_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
MAC_FOLDERS = ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts")
WINDOWS_FOLDERS = ("C:/Windows/Fonts",)
CHINESE_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "msyh.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
)
LATIN_FONTS = (
    "Inter-Regular.ttf",
    "NotoSans-Regular.ttf",
    "SFNS.ttf",
    "segoeui.ttf",
    "Cantarell-VF.otf",
    "DejaVuSans.ttf",
    "Arial.ttf",
)
SIMPLIFIED_FACE = {"NotoSansCJK-Regular.ttc": 2}  # which of the faces in one file has Simplified Chinese
FIRST_CHINESE = 0x2E80
NO_CHARACTER = "\U0010fffe"  # drawn as the font's sign for what it lacks
ELLIPSIS = "…"


def font_for(text: str, size_px: int) -> Font | ImageFont.ImageFont:
    """The best font at hand for a text; Pillow's own when the machine has none."""
    is_chinese = any(ord(character) >= FIRST_CHINESE for character in text)
    paths = font_paths()
    for name in (*CHINESE_FONTS, *LATIN_FONTS) if is_chinese else (*LATIN_FONTS, *CHINESE_FONTS):
        if name in paths:
            try:
                return ImageFont.truetype(paths[name], size_px, index=SIMPLIFIED_FACE.get(name, 0))
            except OSError:
                continue
    return ImageFont.load_default(size_px)


@functools.cache
def font_paths() -> dict[str, Path]:
    """Which of the fonts that are good to have lie in the system's font folders."""
    wanted = {*CHINESE_FONTS, *LATIN_FONTS}
    folders = {"darwin": MAC_FOLDERS, "win32": WINDOWS_FOLDERS}.get(sys.platform, LINUX_FOLDERS)
    found: dict[str, Path] = {}
    for folder in folders:
        for parent, _, names in os.walk(Path(folder).expanduser()):
            found.update({name: Path(parent, name) for name in names if name in wanted})
    return found


def printable(text: str, font: Font | ImageFont.ImageFont) -> str:
    """The text on one line, without what the font cannot show."""
    words = " ".join(text.split())
    missing = _ink(font, NO_CHARACTER)
    shown = {
        character: character == " " or (_is_visible(character) and _ink(font, character) != missing)
        for character in set(words)
    }
    return " ".join("".join(character for character in words if shown[character]).split())


def set_lines(text: str, font: Font | ImageFont.ImageFont, width_px: float, most: int) -> tuple[str, ...]:
    """The text broken into at most so many lines of that width; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        end = _fitting(rest, font, width_px)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest and lines:
        lines[-1] = _shortened(lines[-1], font, width_px)
    return tuple(lines)


def _fitting(text: str, font: Font | ImageFont.ImageFont, width_px: float) -> int:
    """How many characters go on one line, broken at a blank or beside a Chinese character if possible."""
    end = 1
    while end < len(text) and font.getlength(text[: end + 1]) <= width_px:
        end += 1
    if end == len(text):
        return end
    for cut in range(end, 0, -1):
        if text[cut] == " " or ord(text[cut]) >= FIRST_CHINESE or ord(text[cut - 1]) >= FIRST_CHINESE:
            return cut
    return end


def _shortened(line: str, font: Font | ImageFont.ImageFont, width_px: float) -> str:
    while line and font.getlength(line + ELLIPSIS) > width_px:
        line = line[:-1]
    return line.rstrip(" ,.;:，。；：") + ELLIPSIS


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _ink(font: Font | ImageFont.ImageFont, character: str) -> bytes:
    return bytes(font.getmask(character))
