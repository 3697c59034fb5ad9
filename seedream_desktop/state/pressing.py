"""What a press of Generate asks for, with the prices of that moment, and the jobs that it makes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import Cost, least_price, price_per_picture, surcharge
from seedream_desktop.generation.job import Frame, Job, frame_again, now_ms, request_again

if TYPE_CHECKING:
    from seedream_desktop.generation.asking import Asked
    from seedream_desktop.generation.request import GenerationRequest
    from seedream_desktop.generation.safer import SaferSize
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.draft import Draft


@dataclass(frozen=True, slots=True)
class Press:
    """What one press of Generate asks for, in order: requests that differ in their prompts at most."""

    asked: tuple[Asked, ...]
    library_id: str
    board_id: str
    board_name: str
    made_from: tuple[str, ...] = ()
    price_usd: float | None = None
    price_as_of: str = ""
    surcharge_usd: float = 0.0
    price_least_usd: float | None = None  # None: the same
    frame: Frame | None = None  # what it is made for

    @property
    def cost(self) -> Cost | None:
        """What all of it may cost by the prices of the press; None where none is known."""
        if self.price_usd is None:
            return None
        most = self.asked[0].request.pictures_at_most
        least_usd = self.price_usd if self.price_least_usd is None else self.price_least_usd
        high_usd = self.price_usd * most + self.surcharge_usd
        return Cost(least_usd + self.surcharge_usd, high_usd, self.price_as_of).times(len(self.asked))

    @property
    def pictures_at_most(self) -> int:
        """How many pictures all of it may bring."""
        return sum(asked.request.pictures_at_most for asked in self.asked)


def press_of(draft: Draft, library_id: str, board: Board) -> Press:
    """The press of ``draft`` for ``board``; its prices stay as they are now."""
    request, model = draft.request(), draft.model
    return Press(
        asked=draft.asked(),
        library_id=library_id,
        board_id=board.id,
        board_name=board.name,
        price_usd=price_per_picture(model, request.size),
        price_as_of=model.price_as_of,
        surcharge_usd=surcharge(request, model),
        price_least_usd=least_price(model, request.size),
        frame=draft.frame,
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
            press_count=len(press.asked),
            request=asked.request,
            recipe=asked.recipe,
            choices=asked.choices,
            library_id=press.library_id,
            board_id=press.board_id,
            board_name=press.board_name,
            made_from=press.made_from,
            price_usd=press.price_usd,
            price_as_of=press.price_as_of,
            surcharge_usd=press.surcharge_usd,
            price_least_usd=press.price_least_usd,
            frame=press.frame,
            queued_ms=queued_ms,
        )
        for index, asked in enumerate(press.asked)
    )


def press_again(job: Job) -> Press:
    """The press that asks for what ``job`` did not bring."""
    from seedream_desktop.generation.asking import Asked  # late: not before something went wrong

    return Press(
        asked=(Asked(request_again(job), job.recipe, job.choices),),
        library_id=job.library_id,
        board_id=job.board_id,
        board_name=job.board_name,
        made_from=job.made_from,
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        surcharge_usd=job.surcharge_usd,
        price_least_usd=job.price_least_usd,
        frame=frame_again(job),
    )


def press_safer(job: Job, safer: SaferSize) -> Press:
    """The press that asks for what ``job`` did not bring in another size, in request and recipe both."""
    press = press_again(job)
    (asked,) = press.asked
    return replace(
        press,
        asked=(
            replace(
                asked,
                request=replace(asked.request, size=safer.size),
                recipe=replace(asked.recipe, size=safer.size),
            ),
        ),
        price_usd=safer.price_usd,
        price_as_of=safer.price_as_of,
        price_least_usd=safer.price_least_usd,
    )


def same_as(press: Press, jobs: Iterable[Job]) -> Job | None:
    """The first of ``jobs`` that asks for just what ``press`` does at one place, for the same board."""
    where = press.library_id, press.board_id
    there = [job for job in jobs if (job.library_id, job.board_id) == where]
    sent = {_sent(asked.request) for asked in press.asked} if there else set()
    return next((job for job in there if _sent(job.request) in sent), None)


def _sent(request: GenerationRequest) -> tuple[GenerationRequest, tuple[tuple[str, str], ...]]:
    """What a request asks for, whatever the files of its references were called."""
    references = tuple((one.sha256, one.url) for one in request.references)
    return replace(request, references=()), references
