"""What is hidden can be brought back, and what the designer had hidden stays hidden."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from seedream_desktop.gui.visible_parts import VisibleParts


@dataclass(frozen=True, slots=True)
class Stage:
    parts: VisibleParts
    window: QWidget
    sidebar: QWidget
    corner: QWidget
    header: QWidget
    right: QWidget

    @property
    def shown(self) -> set[str]:
        names = ("sidebar", "corner", "header", "right")
        return {name for name in names if not getattr(self, name).isHidden()}


@pytest.fixture
def stage(qapp: QApplication) -> Stage:
    window = QWidget()
    sidebar, corner, header, right = (QWidget(window) for _ in range(4))
    parts = VisibleParts(sidebar, corner, header, (right,))
    parts.set_sidebar(is_shown=True)
    return Stage(parts, window, sidebar, corner, header, right)


def test_a_hidden_sidebar_leaves_its_buttons_where_they_bring_it_back(stage: Stage) -> None:
    stage.parts.toggle_sidebar()
    assert stage.shown == {"corner", "header", "right"}
    stage.parts.toggle_sidebar()
    assert stage.shown == {"sidebar", "header", "right"}


def test_pictures_only_and_back_leaves_a_hidden_sidebar_hidden(stage: Stage) -> None:
    stage.parts.toggle_sidebar()
    stage.parts.set_bare(is_bare=True)
    assert "header" not in stage.shown
    assert "right" not in stage.shown
    stage.parts.set_bare(is_bare=False)
    assert stage.shown == {"corner", "header", "right"}


def test_hidden_panels_do_not_change_what_comes_back_after_a_restart(stage: Stage) -> None:
    stage.parts.toggle_panels()
    assert stage.shown == {"corner", "header"}
    assert stage.parts.has_sidebar
    stage.parts.toggle_sidebar()
    assert stage.shown == {"sidebar", "header", "right"}


def test_the_viewer_stands_without_the_header_of_the_gallery(stage: Stage) -> None:
    stage.parts.set_viewing(is_viewing=True)
    assert stage.shown == {"sidebar", "right"}
    stage.parts.set_bare(is_bare=True)
    stage.parts.set_viewing(is_viewing=False)
    assert stage.shown == set()
    stage.parts.set_bare(is_bare=False)
    assert "header" in stage.shown
