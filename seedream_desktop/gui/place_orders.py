"""In which order the pictures of each place stand: chosen once, it is so whenever one comes back there.

A board has an order of its own; all other places of a library share one, which is that of a board until
another one is chosen there.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from seedream_desktop.library.values import Order

PLACES_KEPT = 256  # those whose order was chosen last
_ELSEWHERE = {Order.LIKENESS: Order.NEWEST, Order.BY_HAND: Order.NEWEST}  # where those two mean nothing


class PlaceOrders:
    """Orders by the id of a board, or of the library for everything else."""

    def __init__(self, kept: Iterable[tuple[str, str]] = ()) -> None:
        """Begin with what is remembered."""
        self._orders: dict[str, Order] = {}
        for place_id, order in kept:
            with suppress(ValueError):  # of another version
                self._orders[place_id] = Order(order)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What is to be remembered, the last chosen last."""
        return tuple((place_id, order.value) for place_id, order in self._orders.items())[-PLACES_KEPT:]

    def of(self, board_id: str, library_id: str) -> Order:
        """The order of a board; without one, of all other places."""
        shared = self._orders.get(library_id, Order.NEWEST)
        shared = _ELSEWHERE.get(shared, shared)
        return self._orders.get(board_id, shared) if board_id else shared

    def choose(self, order: Order, board_id: str, library_id: str) -> None:
        """Keep an order that was chosen; the nearest first is none that a place has."""
        if order is not Order.LIKENESS:
            place_id = board_id or library_id
            self._orders.pop(place_id, None)
            self._orders[place_id] = order
