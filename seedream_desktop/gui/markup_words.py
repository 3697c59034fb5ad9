"""Words for what is drawn on a picture: tools and colours, what there is, and how a prompt speaks of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.catalog import PROMPT_LIMIT_CJK, prompt_length
from seedream_desktop.gui import words
from seedream_desktop.imaging.markup import MARKS_MOST, Crop, Line, Mark, MarkColour, MarkKind, Markup
from seedream_desktop.state.markup_hand import Tool

translate = QCoreApplication.translate
# In the prompt's own language, whatever that of the window is: these words are sent.
_CLAUSES = {
    MarkKind.BOX: "in the {colour} box of image {number}",
    MarkKind.ARROW: "where the {colour} arrow points in image {number}",
    MarkKind.BRUSH: "in the area painted {colour} in image {number}",
}
_CHINESE_CLAUSES = {
    MarkKind.BOX: "图{number}中{colour}方框内",
    MarkKind.ARROW: "图{number}中{colour}箭头所指处",
    MarkKind.BRUSH: "图{number}中{colour}涂抹处",
}
_CHINESE_COLOURS = {
    MarkColour.RED: "红色",
    MarkColour.BLUE: "蓝色",
    MarkColour.GREEN: "绿色",
    MarkColour.YELLOW: "黄色",
}


def tool_name(tool: Tool) -> str:
    """What a tool is called."""
    return {
        Tool.CROP: translate("markup", "Crop"),
        Tool.BOX: translate("markup", "Box"),
        Tool.ARROW: translate("markup", "Arrow"),
        Tool.BRUSH: translate("markup", "Brush"),
    }[tool]


def colour_name(colour: MarkColour) -> str:
    """What a colour is called."""
    return {
        MarkColour.RED: translate("markup", "Red"),
        MarkColour.BLUE: translate("markup", "Blue"),
        MarkColour.GREEN: translate("markup", "Green"),
        MarkColour.YELLOW: translate("markup", "Yellow"),
    }[colour]


def line_name(line: Line) -> str:
    """What a width of lines is called."""
    return {
        Line.THIN: translate("markup", "Thin lines"),
        Line.MEDIUM: translate("markup", "Medium lines"),
        Line.THICK: translate("markup", "Thick lines"),
    }[line]


def mark_words(mark: Mark) -> str:
    """One mark, its size and its place: ``Red box, 412 × 300 px at 120, 80``."""
    frame = mark.frame
    text = {
        (MarkKind.BOX, MarkColour.RED): translate("markup", "Red box"),
        (MarkKind.BOX, MarkColour.BLUE): translate("markup", "Blue box"),
        (MarkKind.BOX, MarkColour.GREEN): translate("markup", "Green box"),
        (MarkKind.BOX, MarkColour.YELLOW): translate("markup", "Yellow box"),
        (MarkKind.ARROW, MarkColour.RED): translate("markup", "Red arrow"),
        (MarkKind.ARROW, MarkColour.BLUE): translate("markup", "Blue arrow"),
        (MarkKind.ARROW, MarkColour.GREEN): translate("markup", "Green arrow"),
        (MarkKind.ARROW, MarkColour.YELLOW): translate("markup", "Yellow arrow"),
        (MarkKind.BRUSH, MarkColour.RED): translate("markup", "Red brush stroke"),
        (MarkKind.BRUSH, MarkColour.BLUE): translate("markup", "Blue brush stroke"),
        (MarkKind.BRUSH, MarkColour.GREEN): translate("markup", "Green brush stroke"),
        (MarkKind.BRUSH, MarkColour.YELLOW): translate("markup", "Yellow brush stroke"),
    }[mark.kind, mark.colour]
    if mark.kind is MarkKind.ARROW:
        place = translate("markup", "{mark} to {x}, {y}")
        return place.format(mark=text, x=round(mark.points[-1][0]), y=round(mark.points[-1][1]))
    size = words.pixels(round(frame.width), round(frame.height))
    place = translate("markup", "{mark}, {size} at {x}, {y}")
    return place.format(mark=text, size=size, x=round(frame.left), y=round(frame.top))


def crop_words(crop: Crop) -> str:
    """A crop, its size and its place."""
    text = translate("markup", "Cropped to {size} at {x}, {y}")
    return text.format(size=words.pixels(crop.width_px, crop.height_px), x=crop.left, y=crop.top)


def markup_words(markup: Markup) -> str:
    """Everything that is drawn, for those who cannot see it."""
    if markup.is_empty:
        return translate("markup", "Nothing is drawn yet.")
    crop = (crop_words(markup.crop),) if markup.crop else ()
    return "; ".join((*crop, *map(mark_words, markup.marks)))


def hint(tool: Tool) -> str:
    """How a tool is used."""
    return {
        Tool.CROP: translate("markup", "Drag over what shall stay. N puts a crop in the middle."),
        Tool.BOX: translate("markup", "Drag to draw a box; Shift makes it square. N puts one in the middle."),
        Tool.ARROW: translate("markup", "Drag from the tail to the tip. N puts an arrow in the middle."),
        Tool.BRUSH: translate("markup", "Drag to paint over what is meant."),
    }[tool]


def full_words() -> str:
    """That there is no room for more."""
    text = translate("markup", "{count} marks are the most that one picture takes. Remove one first.")
    return text.format(count=MARKS_MOST)


def speaks_chinese(prompt: str) -> bool:
    """Whether words for ``prompt`` have to be Chinese; an empty one follows the window."""
    text = prompt if prompt.strip() else translate("shortcuts", "Generate")
    return prompt_length(text)[1] == PROMPT_LIMIT_CJK


def clause_of(mark: Mark, number: int, *, is_chinese: bool) -> str:
    """How a prompt speaks of what is marked: ``in the red box of image 2``."""
    if is_chinese:
        return _CHINESE_CLAUSES[mark.kind].format(number=number, colour=_CHINESE_COLOURS[mark.colour])
    return _CLAUSES[mark.kind].format(number=number, colour=mark.colour.value)
