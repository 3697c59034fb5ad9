"""Which pictures a question finds, in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.library import Library
from seedream_desktop.library.query import ids_statement
from seedream_desktop.library.search_text import match_expression, spaced
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench

PROMPTS = (
    "一只猫在窗边看雪",
    "猫和狗",
    "水墨山水画",
    "霓虹灯下的街道",
    "a cat wearing a scarf",
    "a Café in Paris",
    "concatenated cars",
    'C++ on a "blackboard"',
    "100% cotton, state-of-the-art 🐈",
)
FOUND: tuple[tuple[str, set[int]], ...] = (
    ("猫", {0, 1}),
    ("窗边", {0}),
    ("边窗", set()),
    ("水墨", {2}),
    ("霓虹灯", {3}),
    ("ca", {4, 5, 6}),
    ("cafe", {5}),
    ("CAT", {4}),
    ("scarf cat", {4}),
    ("cat dog", set()),
    ("C++", {7}),
    ('"', set(range(9))),  # the beginning of a phrase
    ('a"', set()),
    ('"blackboard', {7}),
    ('"on a', {7}),
    ('"cat wearing"', {4}),
    ('"wearing cat"', set()),
    ('"ca"', set()),
    ("“窗边看雪”", {0}),
    ("猫 -狗", {0}),
    ("-猫 -ca", {2, 3, 7, 8}),
    ('-"wearing a" cat', set()),
    ("标签:", set(range(9))),
    ("100%", {8}),
    ("state-of", {8}),
    ("🐈", {8}),
    ("*", set()),
    ("NEAR(", set()),
    ("a' OR 1=1 --", set()),
    ("", set(range(9))),
    ("   ", set(range(9))),
)


OPEN_WORDS = {"ca", "cafe", "CAT", '"ca"', '-"wearing a" cat'}  # letter by letter "cat" is in "concatenated"


@pytest.fixture
def asked(bench: Bench) -> Library:
    library = bench.open()
    for number, prompt in enumerate(PROMPTS):
        library.add(bench.new(number, prompt=prompt))
    return library


@pytest.mark.parametrize("has_full_text", [True, False])
def test_text_finds_the_pictures_that_hold_it(asked: Library, has_full_text: bool) -> None:
    if not has_full_text:
        asked._index.write(lambda connection: connection.execute("DROP TABLE search"))
    for text, expected in FOUND:
        found = {picture.made_ms - 1000 for picture in asked.pictures(asked.ids(Query(text=text)))}
        if has_full_text or text not in OPEN_WORDS:
            assert (text, found) == (text, expected)


@given(st.text(max_size=60))
def test_no_text_breaks_the_question(text: str) -> None:
    statement = ids_statement(Query(text=text))
    assert statement.sql.count("?") == len(statement.parameters)
    for term in text.split():
        assert match_expression(term).count('"') in {0, 2}


@given(st.text(max_size=60))
def test_spacing_only_adds_blanks(text: str) -> None:
    assert "".join(spaced(spaced(text)).split()) == "".join(spaced(text).split())


def test_ten_thousand_characters_are_a_question_too(asked: Library) -> None:
    assert asked.ids(Query(text="猫 dog" * 2000)) == ()
    assert asked.ids(Query(text="x" * 10_000)) == ()


def test_titles_tags_notes_and_names_are_found(asked: Library) -> None:
    (first,) = asked.ids(Query(text="霓虹灯"))
    asked.mark([first], title="Broadway", note="for Acme, 春天", add_tags=["hero shot"])
    for text in ("broadway", "acme", "春天", "hero", "0004"):
        assert asked.ids(Query(text=text)) == (first,)
    asked.mark([first], title="", remove_tags=["hero shot"])
    assert asked.ids(Query(text="broadway")) == asked.ids(Query(text="hero")) == ()


def test_newest_first_and_oldest_first_are_each_others_reverse(asked: Library) -> None:
    newest = asked.pictures(asked.ids(Query()))
    assert [picture.made_ms for picture in newest] == sorted((p.made_ms for p in newest), reverse=True)
    assert asked.ids(Query(order=Order.OLDEST)) == tuple(reversed(asked.ids(Query())))


def test_a_set_made_at_once_stays_in_its_order(bench: Bench, library: Library) -> None:
    for index in (2, 0, 1):
        library.add(bench.new(index, job_id="set", set_index=index, set_count=3, made_ms=5))
    assert [picture.set_index for picture in library.pictures(library.ids(Query()))] == [0, 1, 2]


def test_boards_ratings_and_days_narrow_the_question(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    pictures = [library.add(bench.new(number, board.id if number % 2 else "")) for number in range(4)]
    library.mark([pictures[1].id, pictures[2].id], rating=3)
    assert set(library.ids(Query(board_id=board.id))) == {pictures[1].id, pictures[3].id}
    assert set(library.ids(Query(rated=True))) == {pictures[1].id, pictures[2].id}
    assert library.ids(Query(since_ms=1003)) == (pictures[3].id,)
    assert library.ids(Query(board_id=board.id, rated=True, text="cat", since_ms=1001)) == (pictures[1].id,)
    assert library.ids(Query(board_id="nowhere")) == ()


def test_a_press_stays_in_the_order_of_its_index_whatever_arrived_first(
    bench: Bench, library: Library
) -> None:
    for number, index in ((1, 2), (2, 0), (3, 1)):
        library.add(bench.new(number, press_id="one", press_index=index, pressed_ms=500))
    library.add(bench.new(4, press_id="two", press_index=0, pressed_ms=900))
    newest = library.pictures(library.ids(Query()))
    assert [(picture.press_id, picture.press_index) for picture in newest] == [
        ("two", 0),
        ("one", 0),
        ("one", 1),
        ("one", 2),
    ]
    oldest = library.pictures(library.ids(Query(order=Order.OLDEST)))
    assert [picture.press_index for picture in oldest] == [0, 1, 2, 0]
