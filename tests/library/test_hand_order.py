"""Pictures and boards stay where a hand put them: after a rebuild, a rename, and on another machine."""

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.hand_order import placed, ranked
from seedream_desktop.library.library import Library
from tests.library.conftest import Bench
from tests.library.index_contents import contents, equals_a_fresh_rebuild

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


def arranged(bench: Bench) -> list[str]:
    """The ids that the index holds places of, in their order."""
    rows = contents(bench.index)["arranged"]
    return [str(picture_id) for picture_id, _, _ in sorted(rows, key=lambda row: (row[1], row[2]))]


@hypothesis.settings(max_examples=60)
@given(NAMES, NAMES, st.sampled_from("abcdefghx"))
def test_what_is_placed_lies_in_a_row_before_the_other_and_the_rest_as_it_was(
    names: list[str], moved: list[str], before: str
) -> None:
    now = placed(names, moved, before)
    assert sorted(now) == sorted({*names, *moved})
    assert [name for name in now if name not in moved] == [name for name in names if name not in moved]
    start = now.index(moved[0]) if moved else 0
    assert now[start : start + len(moved)] == moved
    if before in names and before not in moved and moved:
        assert now[start + len(moved)] == before


def test_pictures_are_placed_and_put_back(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    ids = [library.add(bench.new(number, board.id)).id for number in range(1, 5)]
    was = library.hand_order.arrange(board.id, [ids[0]], ids[3])
    assert was == ()
    assert arranged(bench) == [ids[0], ids[3], ids[2], ids[1]]  # before that the newest stood first
    kept = library.hand_order.arrange(board.id, [ids[3], ids[2]], "")
    assert arranged(bench) == [ids[0], ids[1], ids[3], ids[2]]
    library.hand_order.put_back(board.id, kept)
    assert arranged(bench) == [ids[0], ids[3], ids[2], ids[1]]
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)


def test_a_picture_that_comes_back_finds_its_place_again(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    ids = [library.add(bench.new(number, board.id)).id for number in range(1, 4)]
    library.hand_order.arrange(board.id, [ids[1]], "")
    (entry,) = library.trash([ids[0]])
    library.hand_order.arrange(board.id, [ids[2]], "")
    library.restore([entry.id])
    assert arranged(bench) == [ids[0], ids[1], ids[2]]


def test_a_renamed_board_keeps_its_order(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    ids = [library.add(bench.new(number, board.id)).id for number in range(1, 4)]
    library.hand_order.arrange(board.id, [ids[0]], ids[2])
    library.rename_board(board.id, "Acme 2026")
    assert arranged(bench)[0] == "Acme 2026/a cat 0001.png"
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)


def test_a_renamed_picture_keeps_its_place(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    ids = [library.add(bench.new(number, board.id)).id for number in range(1, 4)]
    library.hand_order.arrange(board.id, [ids[0]], ids[2])
    library.move_each([ids[2]], board.id, {ids[2]: "final.png"})
    assert arranged(bench) == [ids[0], "Acme/final.png", ids[1]]
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)


def test_boards_are_ordered_by_hand_and_new_ones_by_name_after_them(library: Library) -> None:
    ids = {name: library.create_board(name).id for name in "abcd"}
    was = library.hand_order.rank(ids["d"], ids["a"])
    assert [board.name for board in library.boards()] == ["Inbox", "d", "a", "b", "c"]
    library.create_board("aa")
    assert [board.name for board in library.boards()][:5] == ["Inbox", "d", "a", "aa", "b"]
    library.hand_order.set_ranks(was)
    assert [board.name for board in library.boards()] == ["Inbox", "a", "aa", "b", "c", "d"]


@hypothesis.settings(max_examples=60)
@given(st.permutations("abcde"), st.integers(0, 5))
def test_ranks_bring_about_the_order_that_was_asked_for(ids: list[str], count: int) -> None:
    held: dict[str, float | None] = {
        key: float(place) if place < count else None for place, key in enumerate("abcde")
    }
    ranks = ranked(ids, held)
    assert sorted("abcde", key=lambda key: (ranks[key] is None, ranks[key] or 0.0, key)) == ids
