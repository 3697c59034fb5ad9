"""Every icon is drawn, in the colour asked for, sharp at every scale."""

import pytest
from PySide6.QtGui import QColor, QImage

from seedream_desktop.files import resource_path
from seedream_desktop.gui.icons import icon, icon_pixmap

NAMES = tuple(sorted(path.stem for path in resource_path("icons").glob("*.svg")))


def inked(image: QImage) -> list[QColor]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for x, y in points if (colour := image.pixelColor(x, y)).alpha() > 250]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_has_ink(qapp: object, name: str) -> None:
    assert inked(icon_pixmap(name, "#ff0000", scale=2.0).toImage())


def test_an_icon_takes_the_colour_of_the_theme(qapp: object) -> None:
    colours = {colour.name() for colour in inked(icon_pixmap("star_filled", "#4c8dff", scale=2.0).toImage())}
    assert colours == {"#4c8dff"}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_is_as_large_in_logical_pixels_at_every_scale(qapp: object, scale: float) -> None:
    pixmap = icon_pixmap("plus", "#ffffff", 20, scale)
    assert pixmap.width() == round(20 * scale)
    assert pixmap.deviceIndependentSize().width() == 20


def test_an_icon_object_is_drawn_for_the_finest_screen(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fine:
        def devicePixelRatio(self) -> float:
            return 3.0

    monkeypatch.setattr("seedream_desktop.gui.icons.QGuiApplication.screens", lambda: [Fine()])
    assert sorted(size.width() for size in icon("key", "#ffffff").availableSizes()) == [20, 60]
