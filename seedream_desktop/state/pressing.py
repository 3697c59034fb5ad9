"""What a press of Generate asks for, with the prices of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedream_desktop.generation.cost import price_per_picture, surcharge
from seedream_desktop.state.job_queue import Press

if TYPE_CHECKING:
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.draft import Draft


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
    )
