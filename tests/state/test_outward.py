"""What is nearest to the view is taken first, each picture once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.state.outward import Outward


def digest(number: int) -> bytes:
    return number.to_bytes(32, "big")


@given(st.integers(0, 30), st.integers(0, 40), st.sets(st.integers(0, 30)))
def test_each_is_taken_once_the_nearest_first(count: int, near: int, without: set[int]) -> None:
    order = Outward(b"".join(map(digest, range(count)))).without({digest(one).hex() for one in without})
    shown = [number for number in range(count) if number not in without]
    middle = shown.index(near) if near in shown else 0
    taken = [order.take(digest(near).hex()) for _ in range(order.total)]
    places = [shown.index(int(one, 16)) for one in taken if one is not None]
    assert sorted(places) == list(range(len(shown)))
    distances = [abs(place - middle) for place in places]
    assert distances == sorted(distances)
    assert order.take("") is None
    assert order.left == 0


def test_what_is_looked_at_later_comes_next() -> None:
    order = Outward(b"".join(map(digest, range(9))))
    assert order.take(digest(2).hex()) == digest(2).hex()
    assert order.take(digest(7).hex()) == digest(7).hex()
    assert order.take("no SHA-256 at all") == digest(8).hex()
    assert order.left == 6


def test_bytes_of_two_neighbours_are_none_of_them() -> None:
    order = Outward(digest(256) + digest(257))
    assert order.take((digest(256) + digest(257))[1:33].hex()) == digest(256).hex()
