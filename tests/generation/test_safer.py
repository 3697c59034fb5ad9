"""A refused size has a way out only where the server refused the size and another is surer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.generation.safer import safer_size

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
REFUSED = Problem(ProblemKind.FIELD_REFUSED, subject="size")


def a_job(model: str = "doubao-seedream-5-0-260128", size: str = "4K", problem: Problem = REFUSED) -> Job:
    request = GenerationRequest(model, "a cat", Size.parse(size))
    return Job(
        "1" * 32, "p", 0, 1, request, Recipe(), "l", "b", "Inbox", state=JobState.FAILED, problem=problem
    )


def test_a_refused_4k_leads_to_3k_and_its_price() -> None:
    safer = safer_size(a_job(), CATALOG)
    assert safer is not None
    assert (safer.size, safer.resolution, safer.price_usd) == (Size(preset="3K"), "3K", 0.035)
    assert safer.cost is not None
    assert (safer.cost.low_usd, safer.cost.high_usd, safer.cost.as_of) == (0.035, 0.035, "2026-11-22")


def test_a_set_costs_up_to_its_ceiling() -> None:
    job = a_job()
    safer = safer_size(replace(job, request=replace(job.request, images_in_set=4)), CATALOG)
    assert safer is not None
    assert safer.cost is not None
    assert safer.cost.low_usd == 0.035
    assert safer.cost.high_usd == pytest.approx(0.14)


@pytest.mark.parametrize(
    "job",
    [
        a_job(size="2K"),  # every source grants it
        a_job(problem=Problem(ProblemKind.FIELD_REFUSED, subject="prompt")),
        a_job(problem=Problem(ProblemKind.PROMPT_REFUSED, subject="size")),
        replace(a_job(), state=JobState.UNKNOWN),
        replace(a_job(), problem=None),
        a_job(model="doubao-seedream-4-5-251128"),
    ],
    ids=["sure size", "another field", "another kind", "unknown outcome", "no problem", "another model"],
)
def test_there_is_no_way_out_by_size_otherwise(job: Job) -> None:
    assert safer_size(job, CATALOG) is None
