from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.demo.painting.colour import along, from_hex, lighter, mix

COLOURS = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(COLOURS, COLOURS)
def test_a_mix_begins_and_ends_at_its_colours(
    first: tuple[int, int, int], second: tuple[int, int, int]
) -> None:
    assert mix(first, second, 0) == first
    assert mix(first, second, 1) == second


@given(st.lists(COLOURS, min_size=2, max_size=5), st.floats(-2, 3))
def test_a_gradient_is_always_a_colour(stops: list[tuple[int, int, int]], share: float) -> None:
    assert all(0 <= channel <= 255 for channel in along(stops, share))


@given(COLOURS)
def test_white_and_black_are_the_ends_of_light(colour: tuple[int, int, int]) -> None:
    assert lighter(colour, 1) == (255, 255, 255)
    assert lighter(colour, -1) == (0, 0, 0)


def test_hexadecimal_digits_are_read() -> None:
    assert from_hex("0fa37b") == (15, 163, 123)
