"""Drafts as files in the real window: dropped anywhere they open in a tab, or say why not."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from seedream_desktop.state.incoming import read_incoming
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def said(stage: WindowStage) -> str:
    return stage.window.notices._words.text()


def prompts(stage: WindowStage) -> list[str | None]:
    return [recipe.prompt for recipe in stage.session.drafts.recipes]


def saved(stage: WindowStage) -> Path:
    (picture,) = stage.fill(1)
    stage.session.edit(picture)
    stage.qtbot.waitUntil(lambda: bool(stage.session.draft.recipe.references))
    stage.session.draft.set_prompt("make it {red|blue}")
    target = stage.folder / "draft.seedream"
    stage.qtbot.waitUntil(lambda: stage.session.pictures.library is not None)
    stage.window.ties.draft_files.save(target)
    stage.qtbot.waitUntil(target.exists)
    stage.qtbot.waitUntil(lambda: said(stage).startswith("The draft is saved as draft.seedream."))
    return target


def test_a_draft_that_is_dropped_on_compose_opens_in_a_tab(stage: WindowStage) -> None:
    target = saved(stage)
    stage.session.draft.set_prompt("something else")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(target))])
    stage.window.compose._offer(read_incoming(mime))
    stage.qtbot.waitUntil(lambda: prompts(stage) == ["something else", "make it {red|blue}"])
    assert len(stage.session.draft.recipe.references or ()) == 1
    assert said(stage) == "draft.seedream is opened as a draft."


def test_a_draft_that_is_dropped_on_the_gallery_opens_where_nothing_is_written(stage: WindowStage) -> None:
    target = saved(stage)
    stage.session.draft.forget()
    stage.window.gallery.files_dropped.emit((target,))
    stage.qtbot.waitUntil(lambda: prompts(stage) == ["make it {red|blue}"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"seedream_recipe": 9, "recipe": {}}, "newer version"),
        ({"something": "else"}, "is no draft, or it is damaged. Your draft is as it was."),
    ],
)
def test_what_cannot_be_opened_says_so_and_leaves_the_draft(
    stage: WindowStage, content: dict[str, object], words: str
) -> None:
    path = stage.folder / "odd.seedream"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("recipe.json", json.dumps(content))
    stage.session.draft.set_prompt("mine")
    before = stage.session.drafts.recipes
    stage.window.ties.draft_files.open((path,))
    stage.qtbot.waitUntil(lambda: words in said(stage))
    assert stage.session.drafts.recipes == before
