"""Points of the picture and of the widget are each other's, at every zoom and scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from seedream_desktop.gui.framing import Framing, Stage
from seedream_desktop.gui.markup_geometry import View, view_of
from seedream_desktop.imaging.markup import Rect

VIEWS = st.builds(View, st.floats(-5000, 5000), st.floats(-5000, 5000), st.floats(0.01, 32))


@given(VIEWS, st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_there_and_back_is_the_same_point(view: View, x: float, y: float) -> None:
    back = view.picture_point(view.point((x, y)))
    assert back == pytest.approx((x, y), abs=1e-3)


@given(st.floats(0.02, 32), st.sampled_from([1.0, 1.25, 2.0]), st.integers(20, 9000), st.integers(20, 9000))
def test_the_picture_s_corners_lie_where_it_is_painted(
    zoom: float, ratio: float, width: int, height: int
) -> None:
    picture = QSizeF(width, height)
    stage = Stage(QSizeF(800 * ratio, 600 * ratio), 16)
    rect = Framing(False, zoom).rect(stage, picture)
    view = view_of(rect, width, ratio)
    assert view is not None
    corner = view.point((width, height))
    assert corner.x() == pytest.approx(rect.right() / ratio, abs=1)
    assert corner.y() == pytest.approx(rect.bottom() / ratio, abs=1)


@given(VIEWS)
def test_what_is_seen_lies_in_the_picture(view: View) -> None:
    whole = Rect(0, 0, 3000, 2000)
    seen = view.seen(700, 500, whole)
    assert seen.width > 0
    assert seen.height > 0
    assert whole.holds((seen.left, seen.top))
    assert whole.holds((seen.right, seen.bottom))


def test_without_a_picture_there_is_no_view() -> None:
    assert view_of(QRectF(), 0, 1.0) is None
    assert View(10, 20, 2.0).picture_point(QPointF(30, 40)) == (10, 10)
