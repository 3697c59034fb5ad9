"""The list of models: asked for with a key, kept when there is no answer, and spelled as it is listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.api.client import Client
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.state.model_list import ModelList
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import LITE, PRO, a_draft, catalog
from tests.jobs import a_job

KEY, NO_KEY = KeyState(KeySource.SESSION), KeyState(KeySource.NONE)


class Provider:
    """Answers with a list, or with a problem."""

    def __init__(self) -> None:
        self.listed: tuple[str, ...] = ("gpt-4o", LITE)
        self.problem: Problem | None = None
        self.asked = 0

    async def models(self) -> tuple[str, ...]:
        self.asked += 1
        if self.problem is not None:
            raise ProblemError(self.problem)
        return self.listed


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    assert runner.close(5000)


def models_of(provider: Provider, runner: TaskRunner, *listed: str) -> ModelList:
    return ModelList(catalog(), listed, lambda: cast(Client, provider), runner)


def test_a_key_brings_its_list(provider: Provider, runner: TaskRunner, qtbot: QtBot) -> None:
    models = models_of(provider, runner)
    assert models.offer.folded == ()
    with qtbot.waitSignal(models.changed) as changed:
        models.follow_key(KEY)
    assert changed.args == [models.offer]
    assert models.offer.listed == (LITE,)
    assert [model.id for model in models.offer.offered] == [LITE]


def test_offline_the_last_list_is_used(provider: Provider, runner: TaskRunner, qtbot: QtBot) -> None:
    provider.problem = Problem(ProblemKind.UNREACHABLE)
    models = models_of(provider, runner, PRO)
    with qtbot.assertNotEmitted(models.changed):
        models.follow_key(KEY)
        qtbot.waitUntil(lambda: provider.asked == 1 and runner.drain(5000))
    assert models.offer.listed == (PRO,)


def test_without_a_key_nothing_is_folded(provider: Provider, runner: TaskRunner, qtbot: QtBot) -> None:
    models = models_of(provider, runner, PRO)
    assert models.offer.folded
    models.follow_key(NO_KEY)
    assert (models.offer.folded, provider.asked) == ((), 0)


def test_the_same_list_again_says_nothing(provider: Provider, runner: TaskRunner, qtbot: QtBot) -> None:
    models = models_of(provider, runner, LITE)
    with qtbot.assertNotEmitted(models.changed):
        models.refresh()
        qtbot.waitUntil(lambda: provider.asked == 1 and runner.drain(5000))


@pytest.mark.parametrize(
    ("kind", "asked"), [(ProblemKind.MODEL_NOT_FOUND, 1), (ProblemKind.PROMPT_REFUSED, 0)]
)
def test_a_model_that_is_not_found_any_more_means_an_old_list(
    provider: Provider, runner: TaskRunner, qtbot: QtBot, kind: ProblemKind, asked: int
) -> None:
    models = models_of(provider, runner, LITE)
    models.follow_job(replace(a_job(), state=JobState.FAILED, problem=Problem(kind)))
    qtbot.waitUntil(lambda: runner.drain(5000))
    assert provider.asked == asked


def test_a_draft_asks_for_its_model_as_the_list_spells_it(
    provider: Provider, runner: TaskRunner, qtbot: QtBot
) -> None:
    models, draft = models_of(provider, runner), a_draft(model=LITE, prompt="a cat")
    draft.spell_models(models.spelled)
    assert draft.request().model == LITE
    provider.listed = ("seedream-5-0-260128",)
    with qtbot.waitSignal(models.changed):
        models.refresh()
    assert (draft.request().model, draft.recipe.model) == ("seedream-5-0-260128", LITE)
