"""A press is laid out by what was chosen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.expand import expand
from seedream_desktop.library.library import Library
from seedream_desktop.library.press_grid import Chosen, laid_out, press_grid
from tests.gallery_stage import a_picture
from tests.library.conftest import Bench


def chosen(number: int, *choices: str, prompt: str = "a cat") -> Chosen:
    return Chosen(replace(a_picture(number), prompt=prompt), choices)


def test_the_first_choice_runs_down_and_the_others_across() -> None:
    grid = laid_out(
        [
            chosen(1, "red", "cat", "dawn"),
            chosen(2, "red", "cat", "dusk"),
            chosen(3, "blue", "cat", "dawn"),
            chosen(4, "blue", "cat", "dusk"),
        ]
    )
    assert grid.rows == ("red", "blue")
    assert grid.columns == ("cat · dawn", "cat · dusk")
    assert [one.number for one in grid.cells[1, 0]] == [a_picture(3).number]


def test_one_choice_runs_across_and_variations_share_a_cell() -> None:
    grid = laid_out([chosen(1, "red"), chosen(2, "red"), chosen(3, "blue")])
    assert (grid.rows, grid.columns, grid.depth) == (("",), ("red", "blue"), 2)


def test_what_was_not_made_is_an_empty_cell() -> None:
    grid = laid_out([chosen(1, "red", "cat"), chosen(2, "blue", "dog")])
    assert grid.cells.get((0, 1)) is None
    assert grid.cells.get((1, 0)) is None


def test_a_press_without_choices_has_a_row_for_each_prompt() -> None:
    grid = laid_out([chosen(1, prompt="a cat"), chosen(2, prompt="a dog"), chosen(3, prompt="a cat")])
    assert (grid.rows, grid.columns) == (("a cat", "a dog"), ("",))
    assert laid_out([]).depth == 0


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(1, 3))
def test_every_picture_of_a_matrix_stands_at_one_place(sizes: list[int], variations: int) -> None:
    prompt = " ".join(
        "{" + "|".join(f"{axis}{value}" for value in range(size + 1)) + "}" for axis, size in enumerate(sizes)
    )
    cells = [cell for cell in expand(prompt).cells() for _ in range(variations)]
    grid = laid_out([chosen(number, *cell.choices) for number, cell in enumerate(cells)])
    assert len(grid.rows) * len(grid.columns) == len(grid.cells)
    assert {len(held) for held in grid.cells.values()} == {variations}


def test_a_library_lays_out_its_press_without_what_is_in_the_trash(bench: Bench, library: Library) -> None:
    kept = []
    for number, colour in enumerate(("red", "blue", "green")):
        new = bench.new(number, prompt=f"a {colour} cat")
        made = replace(new.made, press_id="press", press_index=number, press_count=3, choices=(colour,))
        kept.append(library.add(replace(new, made=made)))
    library.trash([kept[1].id])
    grid = press_grid(library, "press")
    assert grid.columns == ("red", "green")
    assert [picture.id for picture in grid.cells[0, 1]] == [kept[2].id]
    assert press_grid(library, "another").depth == 0
