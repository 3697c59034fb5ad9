"""What a press of Generate asks for, with the prices of that moment, and the jobs that it makes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import least_price, price_per_picture, surcharge
from seedream_desktop.generation.job import Job, now_ms, request_again

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.generation.request import GenerationRequest
    from seedream_desktop.generation.safer import SaferSize
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.draft import Draft


@dataclass(frozen=True, slots=True)
class Press:
    """What one press of Generate asks for: ``count`` requests that are alike, for one board."""

    request: GenerationRequest
    recipe: Recipe
    count: int
    library_id: str
    board_id: str
    board_name: str
    made_from: tuple[str, ...] = ()
    price_usd: float | None = None
    price_as_of: str = ""
    surcharge_usd: float = 0.0
    price_least_usd: float | None = None  # None: the same


def press_of(draft: Draft, library_id: str, board: Board) -> Press:
    """The press of ``draft`` for ``board``; its prices stay as they are now."""
    request, model = draft.request(), draft.model
    return Press(
        request=request,
        recipe=draft.recipe,
        count=draft.variations,
        library_id=library_id,
        board_id=board.id,
        board_name=board.name,
        price_usd=price_per_picture(model, request.size),
        price_as_of=model.price_as_of,
        surcharge_usd=surcharge(request, model),
        price_least_usd=least_price(model, request.size),
    )


def press_into(draft: Draft, library: Library | None, board: Board | None) -> Press | None:
    """The press of ``draft`` into an open library; None: none is open."""
    return press_of(draft, library.id, board) if library is not None and board is not None else None


def jobs_of(press: Press) -> tuple[Job, ...]:
    """The jobs of one press, in the order of their index."""
    press_id, queued_ms = uuid.uuid4().hex, now_ms()
    return tuple(
        Job(
            id=uuid.uuid4().hex,
            press_id=press_id,
            press_index=index,
            press_count=press.count,
            request=press.request,
            recipe=press.recipe,
            library_id=press.library_id,
            board_id=press.board_id,
            board_name=press.board_name,
            made_from=press.made_from,
            price_usd=press.price_usd,
            price_as_of=press.price_as_of,
            surcharge_usd=press.surcharge_usd,
            price_least_usd=press.price_least_usd,
            queued_ms=queued_ms,
        )
        for index in range(press.count)
    )


def press_again(job: Job) -> Press:
    """The press that asks for what ``job`` did not bring."""
    return Press(
        request=request_again(job),
        recipe=job.recipe,
        count=1,
        library_id=job.library_id,
        board_id=job.board_id,
        board_name=job.board_name,
        made_from=job.made_from,
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        surcharge_usd=job.surcharge_usd,
        price_least_usd=job.price_least_usd,
    )


def press_safer(job: Job, safer: SaferSize) -> Press:
    """The press that asks for what ``job`` did not bring in another size, in request and recipe both."""
    press = press_again(job)
    return replace(
        press,
        request=replace(press.request, size=safer.size),
        recipe=replace(press.recipe, size=safer.size),
        price_usd=safer.price_usd,
        price_as_of=safer.price_as_of,
        price_least_usd=safer.price_least_usd,
    )


def is_same(job: Job, press: Press) -> bool:
    """Whether ``press`` asks for just what ``job`` asks for, for the same board."""
    where = (job.library_id, job.board_id)
    return where == (press.library_id, press.board_id) and _sent(job.request) == _sent(press.request)


def _sent(request: GenerationRequest) -> tuple[GenerationRequest, tuple[tuple[str, str], ...]]:
    """What a request asks for, whatever the files of its references were called."""
    references = tuple((one.sha256, one.url) for one in request.references)
    return replace(request, references=()), references
