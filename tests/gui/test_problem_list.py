"""Everything that is in the way is listed beside Generate, and each line leads to its control."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.request import Size
from seedream_desktop.gui.generate_bar import GenerateBar
from seedream_desktop.gui.problem_list import ProblemLine
from seedream_desktop.state.draft import Draft
from tests.compose_stage import a_draft, references


@pytest.fixture
def draft() -> Draft:
    return a_draft(prompt="a cat")


@pytest.fixture
def bar(qtbot: QtBot, draft: Draft) -> GenerateBar:
    bar = GenerateBar(draft)
    qtbot.addWidget(bar)
    with qtbot.waitActive(bar):
        bar.show()
    return bar


def lines(bar: GenerateBar) -> list[ProblemLine]:
    return [one for one in bar.findChildren(ProblemLine) if one.isVisible()]


def test_every_problem_is_a_line_that_leads_to_its_control(
    bar: GenerateBar, draft: Draft, qtbot: QtBot
) -> None:
    assert lines(bar) == []
    draft.set_prompt("a {red|blue cat")
    draft.set_size(Size(width_px=10, height_px=10))
    told: list[Problem] = []
    bar.problem_pressed.connect(told.append)
    assert len(lines(bar)) == 2
    for line in lines(bar):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert [one.kind for one in told] == [ProblemKind.BRACES_UNBALANCED, ProblemKind.SIZE_REFUSED]
    draft.set_prompt("a cat")
    (line,) = lines(bar)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert told[-1].kind is ProblemKind.SIZE_REFUSED
    assert line.accessibleName()
    draft.set_size(Size(preset="2K"))
    assert lines(bar) == []


def test_a_reference_that_is_named_and_not_there_is_a_hint_that_blocks_nothing(
    bar: GenerateBar, draft: Draft, qtbot: QtBot
) -> None:
    draft.set_prompt("the cat of image 2 in 图3")
    (line,) = lines(bar)
    assert line.accessibleName() == "The prompt speaks of references that are not there: 2, 3."
    with qtbot.waitSignal(bar.generate_requested):
        bar.generate()
    draft.add_references(references(3))
    assert lines(bar) == []
