"""What to offer after the server has refused a size: the neighbour that no source disputes, and its price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import Cost, estimate, least_price, price_per_picture
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, request_again
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import safe_neighbour

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog


@dataclass(frozen=True, slots=True)
class SaferSize:
    """A size to ask for instead, and what that may cost."""

    size: Size
    resolution: str  # "3K"; empty for pixels that are in no table
    price_usd: float | None  # for one picture; None: not known
    price_as_of: str
    cost: Cost | None  # of the whole request
    price_least_usd: float | None = None  # for one picture, where its shape decides; None: the same


def safer_size(job: Job, catalog: Catalog) -> SaferSize | None:
    """The size to try where the server refused that of ``job``; None where it failed of something else."""
    if job.state is not JobState.FAILED or not _is_about_the_size(job.problem):
        return None
    model = catalog.model(job.request.model)
    size = safe_neighbour(job.request.size, model)
    if size is None:
        return None
    cost = estimate(replace(request_again(job), size=size), model)
    named, price_usd = model.named(size), price_per_picture(model, size)
    resolution, least_usd = named.resolution if named else "", least_price(model, size)
    return SaferSize(size, resolution, price_usd, model.price_as_of, cost, least_usd)


def _is_about_the_size(problem: Problem | None) -> bool:
    return problem is not None and problem.kind is ProblemKind.FIELD_REFUSED and problem.subject == "size"
