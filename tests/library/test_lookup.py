"""What a search finds: each operator, what is guessed, the orders, and that nothing old is kept."""

import sqlite3
import threading
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from seedream_desktop.imaging.fingerprint import SIZE_BYTES
from seedream_desktop.library import known_rows
from seedream_desktop.library.library import Library
from seedream_desktop.library.likeness import COLOURS
from seedream_desktop.library.lookup import Overtaken, Stopper
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench

MARCH_MS, JUNE_MS = 1_773_000_000_000, 1_781_000_000_000  # of 2026
LOGO = Reference("ab" * 32, "image/png", 10, 10, 100, "Acme Logo.png")
PICTURES: tuple[dict[str, object], ...] = (
    {"prompt": "a blue boat", "made_ms": JUNE_MS},
    {"prompt": "a march of ants", "made_ms": JUNE_MS + 1},
    {"prompt": "a boat", "made_ms": MARCH_MS, "set_count": 4},
    {"prompt": "一只蓝猫", "made_ms": JUNE_MS + 2},
    {"prompt": "last day of the week", "made_ms": MARCH_MS + 1},
)
WORDS = (
    "blue",
    "march",
    "boat",
    "a",
    "蓝",
    "3月",
    "猫",
    "last week",
    "rating:5",
    "tag:hero",
    "#3",
    "is:set",
)

OPERATORS: tuple[tuple[str, list[int]], ...] = (
    ("colour:blue", [3]),
    ("颜色:红", [4]),
    ("-colour:blue", [1, 2, 4, 5]),
    ("rating:>=4", [1]),
    ("rating:3..5", [1, 2]),
    ("评分:无", [3, 4, 5]),
    ("tag:hero", [2]),
    ("tag:her", [1, 2]),
    ('tag:"hero shot"', [1]),
    ('tag:"her"', []),
    ("-tag:hero", [1, 3, 4, 5]),
    ("is:rejected", [5]),
    ("is:set", [3]),
    ("is:tagged", [1, 2]),
    ("is:untagged", [3, 4, 5]),
    ("is:rated", [1, 2]),
    ("is:imported", []),
    ("is:made", [1, 2, 3, 4, 5]),
    ("is:duplicate", []),
    ("#3", [3]),
    ("date:2026-03", [3, 5]),
    ("date:>2026-03", [1, 2, 4]),
    ("size:30x20", [1, 2, 3, 4, 5]),
    ("size:<30", []),
    ("ratio:3:2", [1, 2, 3, 4, 5]),
    ("ratio:landscape", [1, 2, 3, 4, 5]),
    ("ratio:portrait", []),
    ("board:inbox", [1, 2, 3, 4, 5]),
    ("board:acme", []),
    ("model:5", [1, 2, 3, 4, 5]),
    ("model:5-0", [1, 2, 3, 4, 5]),
    ("model:lite", [1, 2, 3, 4, 5]),
    ("model:0", []),
    ("model:4", []),
    ("ref:none", [1, 2, 3, 4, 5]),
)
GUESSED: tuple[tuple[str, list[int]], ...] = (
    ("blue", [1, 3]),  # is so, or says so and was not looked at
    ("blue boat", [1, 3]),
    ("march", [2, 3, 5]),
    ("blue march", [3]),
    ("蓝 3月", [3]),
    ("蓝", [3]),  # the fourth says so and is red
    ("last week", [5]),
    ("-blue", [2, 4, 5]),
    ('"blue"', [1]),
)


@pytest.fixture
def asked(bench: Bench) -> Library:
    """Five pictures; the third is of blue colour."""
    library = bench.open()
    pictures = [library.add(bench.new(number, **made)) for number, made in enumerate(PICTURES)]  # type: ignore[arg-type]
    library.likeness.keep({pictures[2].sha256: fingerprint("blue"), pictures[3].sha256: fingerprint("red")})
    library.mark([pictures[0].id], rating=5, add_tags=["hero shot"])
    library.mark([pictures[1].id], rating=3, add_tags=["Hero", "draft"])
    library.mark([pictures[4].id], rejected=True)
    return library


def fingerprint(colour: str, shape: int = 0) -> str:
    """That of a picture of one colour."""
    shares = bytes(100 if name == colour else 0 for name in COLOURS)
    return (bytes([shape]) * (SIZE_BYTES - len(COLOURS)) + shares).hex()


def found(library: Library, text: str, *literal: str) -> list[int]:
    pictures = library.pictures(library.ids(Query(text=text, literal=literal, order=Order.OLDEST)))
    return sorted(picture.number for picture in pictures)


def test_each_operator_finds_what_it_says(asked: Library) -> None:
    for text, expected in OPERATORS:
        assert (text, found(asked, text)) == (text, expected)


def test_a_recognised_word_never_hides_what_is_written(asked: Library) -> None:
    for text, expected in GUESSED:
        assert (text, found(asked, text)) == (text, expected)


def test_a_colour_word_means_the_colour_once_pictures_were_looked_at(asked: Library) -> None:
    pictures = asked.pictures(asked.ids(Query(order=Order.OLDEST)))
    assert found(asked, "blue") == [1, 3]
    (boat,) = (one for one in pictures if one.number == 1)
    asked.likeness.keep({boat.sha256: fingerprint("red")})
    assert found(asked, "blue") == [3]
    assert found(asked, "-blue") == [1, 2, 4, 5]
    assert found(asked, "red boat") == [1]
    assert found(asked, "blue", "blue") == [1]
    assert found(asked, '"blue"') == [1]


def test_a_word_made_literal_means_the_text_alone(asked: Library) -> None:
    assert found(asked, "blue", "blue") == [1]
    assert found(asked, "blue march", "march") == []
    assert found(asked, "last week", "last week") == [5]


def test_what_is_not_well_formed_narrows_nothing(asked: Library) -> None:
    for text in ("rating:", "rating:lots boat", "boat size:", 'boat "', "boat date:soon"):
        assert found(asked, text) == found(asked, "boat" if "boat" in text else "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.text(max_size=8))
def test_a_term_and_its_negation_part_the_library(asked: Library, words: list[str], other: str) -> None:
    everything = set(found(asked, ""))
    for word in words:
        plain = f'"{word}"' if word == "last week" else word
        assert set(found(asked, plain)) | set(found(asked, f"-{plain}")) == everything
        assert not set(found(asked, plain)) & set(found(asked, f"-{plain}"))
    narrowed = everything
    for word in words:
        narrowed = narrowed & set(found(asked, word))
    assert set(found(asked, " ".join(words))) >= narrowed
    assert set(found(asked, other)) <= everything


def test_references_are_found_by_name_number_and_hash(bench: Bench) -> None:
    library = bench.open()
    source = library.add(bench.new(1))
    request = GenerationRequest("m", "a cat", Size(preset="2K"), references=(LOGO,))
    library.add(bench.new(2, request=request, made_from=(source.sha256,)))
    for text in ("ref:logo", "ref:any", "ref:#1", f"ref:{LOGO.sha256[:8]}", "is:edited", "-ref:none"):
        assert found(library, text) == [2], text
    assert found(library, "ref:poster") == found(library, "ref:#2") == []


def test_models_are_found_by_their_figures_as_people_say_them(bench: Bench) -> None:
    library = bench.open()
    models = ("doubao-seedream-4-5-251128", "seedream-5-0-pro-260628", "doubao-seedream-5-0-260128")
    for number, model in enumerate(models, 1):
        library.add(bench.new(number, request=GenerationRequest(model, "a cat", None)))
    for text, expected in (
        ("4.5", [1]),
        ("5", [2, 3]),
        ("5 pro", [2]),
        ("pro", [2]),
        ("seedream", [1, 2, 3]),
    ):
        assert found(library, f'model:"{text}"') == expected, text


def test_a_board_is_found_with_those_within_it(bench: Bench) -> None:
    library = bench.open()
    acme, other = library.create_board("Ácme"), library.create_board("Acme two")
    library.add(bench.new(1, acme.id))
    library.add(bench.new(2, other.id))
    assert found(library, "board:ácme") == [1]
    assert found(library, "board:two") == found(library, 'board:"acme two"') == [2]


def test_orders(asked: Library) -> None:
    def numbers(order: Order, **query: object) -> list[int]:
        asked_for = Query(order=order, **query)  # type: ignore[arg-type]
        return [picture.number for picture in asked.pictures(asked.ids(asked_for))]

    assert numbers(Order.NEWEST) == [4, 2, 1, 5, 3]
    assert numbers(Order.RATING) == [1, 2, 4, 3, 5]
    assert numbers(Order.RATING, text="a") == [1, 2, 3]
    assert numbers(Order.LIKENESS) == numbers(Order.BY_HAND) == numbers(Order.NEWEST)
    assert numbers(Order.NEWEST, hides_rejected=True) == [4, 2, 1, 3]
    assert numbers(Order.NEWEST, hides_rejected=True, text="date:2026-03") == [3]


def test_names_are_ordered_as_people_count(bench: Bench, library: Library) -> None:
    pictures = [library.add(bench.new(number, prompt="a cat")) for number in range(3)]
    names = {picture.id: name for picture, name in zip(pictures, ("cat 10", "Cat 9", "b 1"), strict=True)}
    library.move_each(list(names), library.inbox.id, names)
    ordered = [picture_id.rpartition("/")[2] for picture_id in library.ids(Query(order=Order.NAME))]
    assert [name.partition(".")[0] for name in ordered] == ["b 1", "Cat 9", "cat 10"]


def test_likeness_orders_what_looks_alike_nearest_first(asked: Library) -> None:
    like = fingerprint("blue")
    nearest = asked.ids(Query(like=like, order=Order.LIKENESS))
    assert asked.pictures(nearest)[0].number == 3
    assert len(asked.ids(Query(like=like, text="boat"))) == 1


def test_what_looks_alike_is_found_at_its_place_without_a_look_at_the_rest(asked: Library) -> None:
    like, everywhere = fingerprint("blue"), Query(like=fingerprint("blue"), order=Order.LIKENESS)
    asked.mark([asked.ids(Query(text="#3"))[0]], rejected=True)
    everything = asked.ids(everywhere)
    asked.create_board("Empty")
    asked.lookup._kept.places.clear()
    assert asked.ids(everywhere) == everything
    places = [replace(everywhere, hides_rejected=True), replace(everywhere, trash=True)]
    places += [replace(everywhere, board_id=board.id) for board in asked.boards()]
    found_there = [asked.ids(place) for place in places]
    assert not asked.lookup._kept.places
    by_date = [set(asked.ids(replace(place, like="", order=Order.NEWEST))) for place in places]
    alike = [tuple(one for one in everything if one in held) for held in by_date]
    assert found_there == alike
    assert any(alike)
    assert asked.ids(Query(like=like, order=Order.LIKENESS, text="boat")) == tuple(
        one for one in everything if one in asked.ids(Query(text="boat"))
    )


def test_what_was_kept_is_let_go_when_a_picture_changes(bench: Bench, asked: Library) -> None:
    (first,) = asked.ids(Query(text="#3"))
    assert found(asked, "rating:2") == []
    asked.mark([first], rating=2, title="Broadway")
    assert found(asked, "rating:2") == found(asked, "broadway") == [3]
    asked.add(bench.new(9, prompt="Broadway"))
    assert found(asked, "broadway") == [3, 6]
    asked.trash([first])
    assert found(asked, "broadway") == [6]
    trashed = asked.ids(Query(trash=True, text="broadway"))
    assert [picture.number for picture in asked.pictures(trashed)] == [3]
    board = asked.create_board("Later")
    asked.move(asked.ids(Query(text="broadway")), board.id)
    assert found(asked, "board:later") == [6]
    asked.rename_board(board.id, "Sooner")
    assert found(asked, "board:later") == []


def test_colours_are_found_as_soon_as_they_are_known(asked: Library) -> None:
    assert found(asked, "colour:green") == []
    (first,) = asked.pictures(asked.ids(Query(text="#1")))
    asked.likeness.keep({first.sha256: fingerprint("green")})
    assert found(asked, "colour:green") == [1]


def test_a_count_is_how_many_are_found(asked: Library) -> None:
    for query in (Query(), Query(text="blue"), Query(rated=True, text="a"), Query(text="nothing such")):
        assert asked.lookup.count(query) == len(asked.ids(query))


def test_what_is_left_of_a_picture_that_is_gone_finds_nothing(asked: Library) -> None:
    sql = "INSERT INTO colours VALUES (?, 99)"
    asked._index.write(lambda connection: connection.execute(sql, (COLOURS.index("blue"),)))
    assert found(asked, "colour:blue") == [3]


def test_what_is_prepared_is_not_read_again(asked: Library) -> None:
    asked.lookup.prepare(Query())
    (place,) = asked.lookup._kept.places.values()
    assert place.is_ready
    assert asked.ids(Query(text="boat"))
    assert [*asked.lookup._kept.places.values()] == [place]


def test_a_question_that_was_overtaken_ends_at_once(asked: Library) -> None:
    stopper = Stopper()
    stopper.stop()
    with pytest.raises(Overtaken):
        asked.ids(Query(text="blue"), stopper)
    assert found(asked, "blue") == [1, 3]


def test_a_running_question_is_interrupted_not_waited_for(asked: Library) -> None:
    stopper, started, age = Stopper(), threading.Event(), asked._index.age
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def stop() -> None:
        started.wait(10)
        stopper.stop()

    def note() -> int:
        started.set()
        return 0

    def ask(connection: sqlite3.Connection) -> None:
        with stopper.over(connection):
            connection.set_progress_handler(note, 1000)
            try:
                connection.execute(endless).fetchone()
            finally:
                connection.set_progress_handler(None, 0)

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Overtaken):
        asked._index.read(ask)
    thread.join()
    assert asked._index.age == age
    assert found(asked, "blue") == [1, 3]


def test_fingerprints_that_come_meanwhile_do_not_have_all_pictures_read_again(
    bench: Bench, library: Library
) -> None:
    pictures = [library.add(bench.new(number, prompt="a cat")) for number in range(3)]
    library.lookup.prepare(Query())
    assert library.ids(Query(text="colour:blue")) == ()
    before = library.lookup.state()
    with mock.patch.object(known_rows, "AllKnown", side_effect=known_rows.AllKnown) as looked:
        library.likeness.keep({pictures[1].sha256: fingerprint("blue")})
        assert library.ids(Query(text="colour:blue")) == (pictures[1].id,)
        assert len(library.ids(Query(text="cat"))) == 3
        assert not looked.called
        assert library.lookup.state() > before
        library.mark([pictures[0].id], rating=5)
        assert library.ids(Query(text="rating:5")) == (pictures[0].id,)
        assert looked.called
