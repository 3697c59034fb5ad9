"""Both themes can be read: contrasts are computed, not judged by eye."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from seedream_desktop.gui.theme import (
    DARK,
    LIGHT,
    Colours,
    apply_theme,
    caption_font,
    colours_of,
    heading_font,
    text_scale,
)

THEMES = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def luminance(colour: str) -> float:
    one = QColor(colour)
    parts = (one.redF(), one.greenF(), one.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("ground", ["canvas", "panel", "raised"])
@pytest.mark.parametrize("ink", ["text", "dim", "amber", "red", "green"])
def test_text_can_be_read(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("accent", "panel"),
        ("accent", "canvas"),
        ("on_fill", "fill"),
        ("on_fill", "fill_hover"),
        ("text", "selected"),
        ("text", "hover"),
        ("on_scrim", "scrim"),
    ],
)
def test_text_of_what_can_be_done_can_be_read(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("line", ["outline", "accent", "fill"])
def test_outlines_of_controls_can_be_seen(colours: Colours, line: str) -> None:
    assert contrast(getattr(colours, line), colours.panel) >= 3


@THEMES
@pytest.mark.parametrize("ground", ["canvas", "panel", "raised", "hairline", "outline", "text", "dim"])
def test_greys_have_no_tint(colours: Colours, ground: str) -> None:
    colour = QColor(getattr(colours, ground))
    assert colour.red() == colour.green() == colour.blue()


@pytest.mark.parametrize(("kind", "expected"), [("dark", DARK), ("light", LIGHT)])
def test_a_widget_finds_its_theme_in_its_palette(
    application: QApplication, kind: str, expected: Colours
) -> None:
    assert apply_theme(application, kind) is expected
    assert colours_of(application.palette()) is expected
    assert application.palette().color(QPalette.ColorRole.Window) == QColor(expected.panel)


def test_fonts_keep_their_proportions_at_every_scale(application: QApplication) -> None:
    apply_theme(application, "dark", text_scale=2.0)
    sizes = [QFontInfo(font).pixelSize() for font in (application.font(), caption_font(), heading_font())]
    assert sizes == [26, 22, 30]
    assert text_scale() == 2.0


@THEMES
def test_columns_are_parted_by_a_hairline(application: QApplication, colours: Colours) -> None:
    apply_theme(application, "dark" if colours.is_dark else "light")
    columns = QSplitter()
    for _ in range(2):
        columns.addWidget(QWidget())
    columns.setHandleWidth(1)
    columns.resize(101, 50)
    image = columns.grab().toImage()
    middle = [image.pixelColor(x, 25).name() for x in range(image.width())]
    assert middle.count(colours.hairline) == 1


def test_the_style_sheet_has_no_hole_in_it(application: QApplication) -> None:
    apply_theme(application, "light")
    assert "$" not in application.styleSheet()
    assert application.styleSheet().count("{") == application.styleSheet().count("}")
