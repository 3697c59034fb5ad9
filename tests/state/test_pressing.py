"""A job is what was asked for when it was pressed, whatever becomes of the draft; the same is known again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.journal import Journal
from seedream_desktop.library.values import Board
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.job_queue import JobQueue
from seedream_desktop.state.pressing import Press, jobs_of, press_of
from tests.compose_stage import a_reference, catalog
from tests.state.scripted_queue import Script, saved
from tests.state.scripted_queue import press_of as a_press

BOARD = Board("board", "Acme rebrand", "Acme rebrand", 0)
CAT = Reference("ab" * 32, "image/png", 640, 480, 8, "cat.png")


def test_later_edits_of_the_draft_never_reach_a_job(queue: JobQueue, journal: Journal, qtbot: QtBot) -> None:
    draft = Draft(catalog(), Recipe(prompt="a cat", seed=7), 2, "board")
    draft.add_references((a_reference(1),))
    pressed = press_of(draft, "library", BOARD)
    queue.pause()
    jobs = queue.press(pressed)
    draft.set_prompt("a dog")
    draft.add_references((a_reference(2),))
    draft.set_variations(9)
    draft.set_board("another")
    qtbot.waitUntil(lambda: journal.open_jobs() == jobs)
    for job in queue.waiting:
        assert (job.request.prompt, job.recipe.prompt, job.board_id) == ("a cat", "a cat", "board")
        assert [one.sha256 for one in job.request.references] == [a_reference(1).sha256]
        assert job.press_count == 2


def test_a_job_names_its_board_by_its_id_and_keeps_the_name_of_that_day() -> None:
    draft = Draft(catalog(), Recipe(prompt="a cat"), 1, "board")
    (job,) = jobs_of(press_of(draft, "library", BOARD))
    assert (job.library_id, job.board_id, job.board_name) == ("library", "board", "Acme rebrand")


def test_each_choice_of_a_prompt_is_a_job_that_knows_what_was_chosen() -> None:
    draft = Draft(catalog(), Recipe(prompt=r"a {red|blue} \{cat\}, {light}"), 2, "board")
    draft.set_variable("light", "dawn")
    jobs = jobs_of(press_of(draft, "library", BOARD))
    prompts = ["a red {cat}, dawn"] * 2 + ["a blue {cat}, dawn"] * 2
    assert [job.request.prompt for job in jobs] == prompts
    assert [job.choices for job in jobs] == [("red", "dawn")] * 2 + [("blue", "dawn")] * 2
    assert [(job.press_index, job.press_count) for job in jobs] == [(index, 4) for index in range(4)]


def test_the_recipe_of_a_choice_makes_just_that_picture_again() -> None:
    draft = Draft(catalog(), Recipe(prompt="a {red|blue} {cat}"), 1, "board")
    draft.set_variable("cat", "{tabby} cat")
    *_, last = jobs_of(press_of(draft, "library", BOARD))
    assert last.request.prompt == "a blue {tabby} cat"
    draft.apply(last.recipe)
    assert [job.request.prompt for job in jobs_of(press_of(draft, "library", BOARD))] == [
        "a blue {tabby} cat"
    ]


def test_a_thousand_choices_are_queued_and_kept(queue: JobQueue, journal: Journal, qtbot: QtBot) -> None:
    digits = "{" + "|".join("0123456789") + "}"
    draft = Draft(catalog(), Recipe(prompt=digits * 3), 1, "board")
    assert draft.requests_count() == 1000
    assert not [problem for problem in draft.problems() if problem.kind is ProblemKind.TOO_MANY_REQUESTS]
    queue.pause()
    jobs = queue.press(press_of(draft, "library", BOARD))
    assert [job.request.prompt for job in jobs][::333] == ["000", "333", "666", "999"]
    qtbot.waitUntil(lambda: journal.open_jobs() == jobs)
    draft.set_variations(2)
    assert ProblemKind.TOO_MANY_REQUESTS in [problem.kind for problem in draft.problems()]
    assert press_of(draft, "library", BOARD).asked == ()


def test_one_of_many_requests_that_is_under_way_already_is_noticed(queue: JobQueue) -> None:
    (job,) = queue.press(a_press(prompt="a blue cat"))
    draft = Draft(catalog(), replace(job.recipe, prompt="a {red|blue} cat"), 1, "board")
    press = press_of(draft, "library", BOARD)
    sent = tuple(
        replace(asked, request=replace(job.request, prompt=asked.request.prompt)) for asked in press.asked
    )
    assert queue.same_as(replace(press, asked=sent)) == job


def changed(**fields: object) -> Press:
    press = a_press()
    (asked,) = press.asked
    request = replace(asked.request, **fields)  # type: ignore[arg-type]
    return replace(press, asked=(replace(asked, request=request),))


@pytest.mark.parametrize(
    "other",
    [
        a_press(prompt="a dog"),
        changed(model="another"),
        changed(size=Size("2K")),
        changed(references=(CAT,)),
        changed(seed=1),
        changed(images_in_set=4),
        replace(a_press(), board_id="another"),
        replace(a_press(), library_id="another"),
    ],
)
def test_another_request_is_not_the_same(queue: JobQueue, other: Press) -> None:
    queue.press(a_press())
    assert queue.same_as(other) is None


def test_the_same_is_known_while_it_waits_and_runs_and_not_beyond(
    queue: JobQueue, script: Script, qtbot: QtBot
) -> None:
    assert queue.same_as(a_press()) is None
    (job,) = queue.press(a_press())
    assert queue.same_as(a_press(3)) == job
    qtbot.waitUntil(lambda: script.started == [job.id])
    same = queue.same_as(a_press())
    assert same is not None
    assert same.id == job.id
    script.endings[job.id] = saved
    qtbot.waitUntil(lambda: not queue.jobs)
    assert queue.same_as(a_press()) is None


def test_the_same_picture_under_another_name_is_the_same(queue: JobQueue) -> None:
    (job,) = queue.press(changed(references=(CAT,)))
    assert queue.same_as(changed(references=(replace(CAT, name="copy of cat.png"),))) == job
    assert queue.same_as(changed(references=(replace(CAT, sha256="cd" * 32),))) is None
