"""What a prompt stands for is said below it, and its variables are filled in there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.gui.compose_panel import ComposePanel
from seedream_desktop.gui.prompt_choices import AllPrompts, PromptChoices
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_draft, catalog, forms_of, nowhere, part


@pytest.fixture
def draft() -> Draft:
    return a_draft(prompt="a cat")


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    assert runner.close(60_000)


@pytest.fixture
def panel(qtbot: QtBot, draft: Draft, runner: TaskRunner, tmp_path: Path) -> ComposePanel:
    thumbnails = ThumbnailCache(tmp_path, runner, lambda picture, thumbnail: None)
    panel = ComposePanel(draft, catalog(), thumbnails, nowhere, forms_of(draft, runner))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def choices(panel: ComposePanel) -> PromptChoices:
    assert panel.choices is not None
    return panel.choices


def said(panel: ComposePanel) -> str:
    return " | ".join(one.text() for one in choices(panel).findChildren(QLabel) if one.isVisibleTo(panel))


def test_a_plain_prompt_says_nothing_more(panel: ComposePanel, draft: Draft) -> None:
    assert panel.choices is None
    draft.set_prompt("a {red|blue} cat")
    assert choices(panel).isVisibleTo(panel)
    draft.set_prompt("a cat")
    assert not choices(panel).isVisibleTo(panel)


def test_the_number_of_prompts_and_requests_is_said(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("a {red|blue} {cat|dog}")
    assert said(panel) == "4 prompts, one request each"
    draft.set_variations(3)
    assert said(panel) == "4 prompts × 3 = 12 requests"


def test_every_prompt_can_be_seen_before_it_is_sent(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("a {red|blue} cat")
    choices(panel).show_all.click()
    listed = part(panel, AllPrompts).list
    model = listed.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["a red cat", "a blue cat"]


def test_a_variable_is_filled_in_below_the_prompt(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("{product} in {light}, {product} again")
    fields = choices(panel).fields
    assert list(fields) == ["product", "light"]
    (problem, *_) = draft.problems()
    assert problem.kind is ProblemKind.VARIABLE_EMPTY
    panel.focus_problem(problem)
    QTest.keyClicks(fields["product"], "soap|tea")
    QTest.keyClicks(fields["light"], "dawn")
    assert [asked.request.prompt for asked in draft.asked()] == [
        "soap in dawn, soap again",
        "tea in dawn, tea again",
    ]
    assert fields["product"].text() == "soap|tea"


def test_a_variable_that_is_renamed_leaves_the_others(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("{product} in {light}")
    light = choices(panel).fields["light"]
    QTest.keyClicks(light, "dawn")
    draft.set_prompt("{thing} in {light}")
    assert set(choices(panel).fields) == {"thing", "light"}
    assert choices(panel).fields["light"] is light
    assert light.text() == "dawn"


def test_lines_become_prompts_by_a_switch_that_can_be_undone(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("a cat\na dog\n\n")
    toggle = choices(panel).by_line
    assert toggle.isVisibleTo(panel)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert said(panel) == "One prompt per line | 2 prompts, one request each"
    draft.undo()
    assert not toggle.isChecked()
    assert draft.requests_count() == 1


def test_a_matrix_that_is_too_large_shows_no_list(panel: ComposePanel, draft: Draft) -> None:
    draft.set_prompt("{0|1|2|3|4|5|6|7|8|9}" * 9)
    assert not choices(panel).show_all.isEnabled()
    panel.focus_problem(draft.problems()[0])
    assert draft.recipe.prompt == "{0|1|2|3|4|5|6|7|8|9}" * 9
