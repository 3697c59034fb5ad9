"""In which form pictures are exported, as plain values; what came of it, and what was lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

QUALITY_MIN, QUALITY_MAX = 1, 100
SIDE_PX_MAX = 30_000
PERCENT_MIN, PERCENT_MAX = 1, 400
SHEET_MOST = 12  # rows, columns


class FileFormat(StrEnum):
    """What kind of file is written."""

    AS_IS = "as_is"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TIFF = "tiff"


class Resize(StrEnum):
    """How large the picture becomes."""

    ORIGINAL = "original"
    LONGEST_SIDE = "longest_side"  # at most; never enlarged
    BOX = "box"  # exactly, cut to that shape around the middle
    SCALE = "scale"


class Colours(StrEnum):
    """What becomes of the colour profile."""

    KEEP = "keep"
    SRGB = "srgb"  # converted, and said so in the file


@dataclass(frozen=True, slots=True)
class ExportForm:
    """One picture's form."""

    format: FileFormat = FileFormat.AS_IS
    quality: int = 92  # of JPEG and WebP, 1 to 100
    resize: Resize = Resize.ORIGINAL
    longest_px: int = 2048
    width_px: int = 1920  # of the box
    height_px: int = 1080
    percent: int = 50
    colours: Colours = Colours.KEEP

    @property
    def changes_pixels(self) -> bool:
        """Whether files are coded anew."""
        is_same = self.format is FileFormat.AS_IS and self.resize is Resize.ORIGINAL
        return not (is_same and self.colours is Colours.KEEP)


class Paper(StrEnum):
    """The paper of a contact sheet."""

    A4 = "a4"
    LETTER = "letter"


class Outcome(StrEnum):
    """What an export makes."""

    FILES = "files"  # in a folder
    ZIP = "zip"
    SHEET = "sheet"  # a contact sheet, PDF


@dataclass(frozen=True, slots=True)
class SheetForm:
    """How a contact sheet is laid out."""

    paper: Paper = Paper.A4
    is_landscape: bool = False
    rows: int = 5  # 1 to SHEET_MOST
    columns: int = 4
    has_titles: bool = False


@dataclass(frozen=True, slots=True)
class ExportWish:
    """All that an export is told; what a preset keeps."""

    outcome: Outcome = Outcome.FILES
    pattern: str = "{board} {number}"
    form: ExportForm = ExportForm()
    embeds_recipe: bool = False
    is_client_safe: bool = False
    keeps_credentials: bool = True
    sheet: SheetForm = SheetForm()


@dataclass(frozen=True, slots=True)
class Telling:
    """What a file may say, and what must not be in it."""

    recipe: str = ""  # JSON, to be put in; empty: none
    is_made_by_model: bool = False  # IPTC's digital source type is put in
    is_stripped: bool = False  # every note goes but labels
    secrets: tuple[str, ...] = ()  # texts that may then stand nowhere in the file
    keeps_credentials: bool = True  # a picture with content credentials goes out as it is


class Loss(StrEnum):
    """What an exported copy lacks."""

    CREDENTIALS = "credentials"  # content credentials (C2PA) are gone, or broken by what had to go
    LABEL = "label"  # a label that says that a model made it
    WATERMARK = "watermark"  # a visible mark may have been cut off
    DEPTH = "depth"  # 8 bits a channel from more
    FRAMES = "frames"  # all but the first frame or page
    TRANSPARENCY = "transparency"  # laid on white
    RECIPE = "recipe"  # it was to be put in, and has no place there


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    is_unchanged: bool  # byte for byte the original
    has_profile: bool
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What a picture's file carries that a conversion would lose or that has to be said before."""

    has_credentials: bool = False
    has_label: bool = False
    has_profile: bool = False
    is_deep: bool = False
    frames: int = 1
