"""Contact sheets as PDF: whole pictures in even cells, each with its short number; words stay words.

Drawn on a pool thread from small copies that the worker made. Sizes are in millimetres.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.export_form import Paper, SheetForm

DOTS_PER_INCH = 300
PICTURE_DOTS_PER_INCH = 200  # more is hardly seen in print, and 500 pictures still fit into a mail
_MM = DOTS_PER_INCH / 25.4
_MARGIN, _HEAD, _FOOT, _GAP, _CAPTION = 12.0, 11.0, 8.0, 5.0, 5.5
_HEADING_PT, _CAPTION_PT, _FOOT_PT = 12.0, 7.5, 7.5
_INK, _DIM = QColor("#1c1c1c"), QColor("#5f5f5f")
_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A picture on a sheet."""

    number: int  # 0: none
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a contact sheet but its pictures' pixels."""

    form: SheetForm
    heading: str
    pictures: tuple[SheetPicture, ...]
    page_words: str  # with {page} and {pages}
    font: QFont

    @property
    def per_page(self) -> int:
        """How many pictures a page holds."""
        return self.form.rows * self.form.columns

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return page_count(len(self.pictures), self.form)


def page_count(pictures: int, form: SheetForm) -> int:
    """How many pages so many pictures take."""
    return max(1, -(-pictures // (form.rows * form.columns)))


def cell_mm(form: SheetForm) -> tuple[float, float]:
    """Width and height of a cell without its caption."""
    size = QPageSize(_SIZES[form.paper]).size(QPageSize.Unit.Millimeter)
    width, height = size.width(), size.height()
    if form.is_landscape:
        width, height = height, width
    inner = width - 2 * _MARGIN, height - 2 * _MARGIN - _HEAD - _FOOT
    return (
        (inner[0] - _GAP * (form.columns - 1)) / form.columns,
        (inner[1] - _GAP * (form.rows - 1)) / form.rows - _CAPTION,
    )


def longest_px(form: SheetForm) -> int:
    """How large a picture has to be to be sharp there."""
    return max(64, round(max(cell_mm(form)) * PICTURE_DOTS_PER_INCH / 25.4))


def write_sheet(target: Path, sheet: Sheet, small: Callable[[int], Path | None]) -> bool:
    """Write the sheet to ``target``, a name of our own; False: it was stopped.

    ``small`` gives the file of a picture's small copy by its place; None stops. Raises ProblemError.
    """
    file = QFile(str(target))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise ProblemError(_problem(file, target))
    writer = QPdfWriter(file)
    writer.setResolution(DOTS_PER_INCH)
    orientation = QPageLayout.Orientation
    turn = orientation.Landscape if sheet.form.is_landscape else orientation.Portrait
    writer.setPageLayout(QPageLayout(QPageSize(_SIZES[sheet.form.paper]), turn, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(sheet.heading)
    writer.setCreator("Seedream Desktop")
    with QPainter(writer) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_whole = _drawn(painter, writer, sheet, small)
    file.flush()
    if file.error() is not QFile.FileError.NoError:
        raise ProblemError(_problem(file, target))
    file.close()
    return is_whole


def _drawn(painter: QPainter, writer: QPdfWriter, sheet: Sheet, small: Callable[[int], Path | None]) -> bool:
    for place, picture in enumerate(sheet.pictures):
        page, on_page = divmod(place, sheet.per_page)
        if on_page == 0:
            if page:
                writer.newPage()
            _draw_frame(painter, sheet, page)
        path = small(place)
        if path is None:
            return False
        cell = _cell(sheet.form, on_page)
        _draw_picture(painter, cell, path)
        _draw_caption(painter, sheet, cell, picture)
    return True


def _cell(form: SheetForm, on_page: int) -> QRectF:
    width, height = cell_mm(form)
    row, column = divmod(on_page, form.columns)
    left = _MARGIN + column * (width + _GAP)
    top = _MARGIN + _HEAD + row * (height + _CAPTION + _GAP)
    return QRectF(left * _MM, top * _MM, width * _MM, height * _MM)


def _draw_frame(painter: QPainter, sheet: Sheet, page: int) -> None:
    width_dots = painter.window().width()
    height_dots = painter.window().height()
    line = QRectF(_MARGIN * _MM, _MARGIN * _MM, width_dots - 2 * _MARGIN * _MM, _HEAD * _MM)
    _draw_text(painter, line, sheet.heading, _font(sheet.font, _HEADING_PT, is_strong=True), _INK)
    foot = QRectF(line.left(), height_dots - (_MARGIN + _FOOT) * _MM, line.width(), _FOOT * _MM)
    text = sheet.page_words.format(page=page + 1, pages=sheet.pages)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    _draw_text(painter, foot, text, _font(sheet.font, _FOOT_PT), _DIM, right)


def _draw_picture(painter: QPainter, cell: QRectF, path: Path) -> None:
    image = QImage(str(path))
    if image.isNull():
        return
    size = image.size().toSizeF().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(cell.left() + (cell.width() - size.width()) / 2, 0, size.width(), size.height())
    place.moveBottom(cell.bottom())  # the pictures of a row stand on one line, above their numbers
    painter.drawImage(place, image)


def _draw_caption(painter: QPainter, sheet: Sheet, cell: QRectF, picture: SheetPicture) -> None:
    number = f"#{picture.number}" if picture.number else ""
    strong, plain = _font(sheet.font, _CAPTION_PT, is_strong=True), _font(sheet.font, _CAPTION_PT)
    number_dots = QFontMetricsF(strong, painter.device()).horizontalAdvance(number)
    gap_dots = _GAP / 3 * _MM if number and picture.title else 0.0
    metrics = QFontMetricsF(plain, painter.device())
    room_dots = cell.width() - number_dots - gap_dots
    title = metrics.elidedText(picture.title, Qt.TextElideMode.ElideRight, room_dots)
    whole_dots = number_dots + gap_dots + metrics.horizontalAdvance(title)
    left = cell.left() + (cell.width() - whole_dots) / 2
    line = QRectF(left, cell.bottom(), number_dots + 1, _CAPTION * _MM)
    _draw_text(painter, line, number, strong, _INK, Qt.AlignmentFlag.AlignVCenter)
    line.moveLeft(left + number_dots + gap_dots)
    line.setRight(cell.right() + _GAP / 2 * _MM)
    _draw_text(painter, line, title, plain, _DIM, Qt.AlignmentFlag.AlignVCenter)


def _draw_text(
    painter: QPainter,
    place: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
) -> None:
    if text:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(place, int(alignment | Qt.TextFlag.TextSingleLine), text)


def _font(font: QFont, size_pt: float, *, is_strong: bool = False) -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(size_pt)
    sized.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
    return sized


def _problem(file: QFile, target: Path) -> Problem:
    is_full = file.error() is QFile.FileError.WriteError
    kind = ProblemKind.DISK_FULL if is_full else ProblemKind.FOLDER_NOT_WRITABLE
    return Problem(kind, said=file.errorString(), subject=str(target.parent))
