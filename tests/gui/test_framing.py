"""Zoom and pan: what is under the pointer stays there, and no gap opens beside a picture that is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from seedream_desktop.gui.framing import ZOOM_MAX, Framing, Stage

STAGE = Stage(QSizeF(900, 700), 16)
sizes = st.builds(QSizeF, st.integers(1, 12_000), st.integers(1, 12_000))
stages = st.builds(Stage, st.builds(QSizeF, st.integers(50, 4000), st.integers(50, 3000)), st.just(16.0))
points = st.builds(QPointF, st.floats(0, 900), st.floats(0, 700))


@given(stages, sizes)
def test_a_fitted_picture_is_seen_whole_and_never_enlarged(stage: Stage, picture: QSizeF) -> None:
    rect = Framing().rect(stage, picture)
    assert rect.width() <= max(1.0, stage.size.width() - 32) + 1e-6
    assert rect.height() <= max(1.0, stage.size.height() - 32) + 1e-6
    assert rect.width() <= picture.width() + 1e-6


@given(sizes, st.floats(0.01, 100), points, st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_no_gap_opens_beside_a_picture_that_is_cut(
    picture: QSizeF, zoom: float, at: QPointF, right: float, down: float
) -> None:
    framing = Framing().zoomed(STAGE, picture, zoom, at).moved(STAGE, picture, QPointF(right, down))
    rect = framing.rect(STAGE, picture)
    for low, high, room in ((rect.left(), rect.right(), 900), (rect.top(), rect.bottom(), 700)):
        if high - low > room + 1e-6:
            assert low <= 1e-6
            assert high >= room - 1e-6
        else:
            assert low == pytest.approx(room - high, abs=1e-6)


@given(st.floats(1.5, ZOOM_MAX), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_what_is_under_the_pointer_stays_there(zoom: float, across: float, down: float) -> None:
    picture = QSizeF(4096, 4096)
    actual = Framing().zoomed(STAGE, picture, 1.0, QPointF(450, 350))
    at = QPointF(900 * across, 700 * down)
    before, after = actual.rect(STAGE, picture), actual.zoomed(STAGE, picture, zoom, at).rect(STAGE, picture)
    place = ((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
    assert after.x() + place[0] * after.width() == pytest.approx(at.x(), abs=0.01)
    assert after.y() + place[1] * after.height() == pytest.approx(at.y(), abs=0.01)


def test_zooming_out_ends_at_fit() -> None:
    picture = QSizeF(4096, 4096)
    framing = Framing().zoomed(STAGE, picture, 1.0, QPointF(450, 350))
    assert framing.zoomed(STAGE, picture, 0.001, QPointF(0, 0)) == Framing()


def test_the_same_look_at_a_smaller_picture_fills_the_same_place() -> None:
    picture, other = QSizeF(2048, 2048), QSizeF(1024, 1024)
    framing = Framing().zoomed(STAGE, picture, 1.0, QPointF(10, 600))
    assert framing.beside(picture, other).rect(STAGE, other) == framing.rect(STAGE, picture)


def test_a_look_at_another_shape_keeps_the_middle() -> None:
    picture, other = QSizeF(2048, 2048), QSizeF(2048, 1024)
    framing = Framing(False, 2.0, 0.5, 0.5)
    assert framing.beside(picture, other).rect(STAGE, other).center() == framing.rect(STAGE, picture).center()
