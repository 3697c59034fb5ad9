"""What a picture says about itself: DEMO, the prompt's words, its references, and the watermark."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from seedream_desktop.demo.painting.canvas import outline_mask, paste_shape, rounded
from seedream_desktop.demo.painting.lettering import font_for, printable, set_lines

MARGIN = 0.028  # all lengths as shares of the unit, which is the side of a square picture
CAPTION_SIZE = 0.0195
DEMO_SIZE = 0.019
WATERMARK_SIZE = 0.024
PADDING = 0.016
THUMBNAIL_SIDE = 0.078
THUMBNAIL_GAP = 0.009
CAPTION_LINES = 2
CAPTION_CHARACTERS = 400
CAPTION_WIDTH = 0.52  # of the width
REFERENCES_WIDTH = 0.72  # of the width, clear of the watermark
LEAST_FONT_PX = 9
PANEL = (16, 14, 20)
PANEL_OPACITY = 0.5
DEMO_TEXT = "DEMO"
WATERMARK_TEXT = "AI generated"


def add_marks(image: Image.Image, prompt: str, references: Sequence[Image.Image], watermark: bool) -> None:
    """Draws all marks that a picture carries."""
    add_demo_mark(image)
    add_caption(image, prompt, references)
    if watermark:
        add_watermark(image)


def add_demo_mark(image: Image.Image) -> None:
    """DEMO in the top left corner."""
    unit = _unit(image.size)
    font = font_for(DEMO_TEXT, max(LEAST_FONT_PX, round(unit * DEMO_SIZE)))
    spaced = [font.getlength(letter) for letter in DEMO_TEXT]
    space = unit * DEMO_SIZE * 0.22
    width = sum(spaced) + space * (len(spaced) - 1)
    left = top = unit * MARGIN
    box = (left, top, left + width + unit * 0.034, top + unit * DEMO_SIZE * 1.95)
    paste_shape(image, rounded(box, (box[3] - box[1]) / 2), PANEL, PANEL_OPACITY)
    draw = ImageDraw.Draw(image)
    x = left + unit * 0.017
    for letter, advance in zip(DEMO_TEXT, spaced, strict=True):
        draw.text((x, (box[1] + box[3]) / 2), letter, font=font, fill="white", anchor="lm")
        x += advance + space


def add_watermark(image: Image.Image) -> None:
    """The endpoint's own mark in the bottom right corner."""
    unit = _unit(image.size)
    font = font_for(WATERMARK_TEXT, max(LEAST_FONT_PX, round(unit * WATERMARK_SIZE)))
    x, y = image.width - unit * MARGIN, image.height - unit * MARGIN
    draw = ImageDraw.Draw(image)
    shade = max(1, round(unit * 0.0012))
    draw.text((x + shade, y + shade), WATERMARK_TEXT, font=font, fill=(40, 36, 44), anchor="rb")
    draw.text((x, y), WATERMARK_TEXT, font=font, fill="white", anchor="rb")


def add_caption(image: Image.Image, prompt: str, references: Sequence[Image.Image]) -> None:
    """The prompt's first words and small copies of the references, on a strip in the bottom left corner."""
    unit = _unit(image.size)
    size_px = max(LEAST_FONT_PX, round(unit * CAPTION_SIZE))
    font = font_for(prompt, size_px)
    lines = set_lines(
        printable(prompt[:CAPTION_CHARACTERS], font), font, image.width * CAPTION_WIDTH, CAPTION_LINES
    )
    if not lines and not references:
        return
    side = _thumbnail_side(image.size, len(references)) if references else 0.0
    gap, pad, leading = unit * THUMBNAIL_GAP, unit * PADDING, size_px * 1.38
    row_width = len(references) * (side + gap) - gap if references else 0.0
    text_width = max((font.getlength(line) for line in lines), default=0.0)
    row_height = side + (gap if references and lines else 0.0)
    left, bottom = unit * MARGIN, image.height - unit * MARGIN
    top = bottom - row_height - leading * len(lines) - pad * 1.5
    box = (left, top, left + max(row_width, text_width) + pad * 2, bottom)
    paste_shape(image, rounded(box, unit * 0.014), PANEL, PANEL_OPACITY)
    for number, reference in enumerate(references):
        _paste_thumbnail(image, reference, (left + pad + number * (side + gap), top + pad * 0.9), side)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        y = top + pad * 0.75 + row_height + leading * (number + 0.5)
        draw.text((left + pad, y), line, font=font, fill=(245, 243, 240), anchor="lm")


def _unit(size: tuple[int, int]) -> float:
    """What marks are measured by: the shorter side, somewhat more in a wide picture."""
    return min(size[0], math.sqrt(min(size) * math.sqrt(size[0] * size[1])))


def _thumbnail_side(size: tuple[int, int], count: int) -> float:
    unit = _unit(size)
    room = size[0] * REFERENCES_WIDTH - unit * (2 * PADDING + THUMBNAIL_GAP * (count - 1))
    return min(unit * THUMBNAIL_SIDE, room / count)


def _paste_thumbnail(
    image: Image.Image, reference: Image.Image, spot: tuple[float, float], side: float
) -> None:
    side_px = max(2, round(side))
    small = ImageOps.fit(reference, (side_px, side_px), Image.Resampling.LANCZOS)
    mask = outline_mask(rounded((0, 0, side_px, side_px), side_px * 0.14), (0, 0, side_px, side_px))
    image.paste(small, (round(spot[0]), round(spot[1])), mask)
