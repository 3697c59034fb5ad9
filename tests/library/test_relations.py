"""What a picture was made from, what it led to and what came with it is found by index; so are sums."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.request import GenerationRequest, Reference
from seedream_desktop.library import relations
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture
from tests.library.conftest import Bench

Keep = Callable[..., Picture]


@pytest.fixture
def keep(bench: Bench, library: Library) -> Keep:
    """Keeps the picture of a number, made from others."""

    def keep(number: int, *sources: Picture, **made: object) -> Picture:
        facts: dict[str, Any] = {
            "press_id": f"press-{number}",
            "made_from": tuple(one.sha256 for one in sources),
            **made,
        }
        return library.add(bench.new(number, **facts))

    return keep


def numbers(generations: tuple[tuple[Picture, ...], ...]) -> list[list[int]]:
    return [sorted(picture.number for picture in generation) for generation in generations]


def test_several_generations_are_found_each_way(library: Library, keep: Keep) -> None:
    first = keep(1)
    second = keep(2, first)
    third, other = keep(3, second), keep(4, second)
    last = keep(5, third, other)
    assert numbers(library.relations.of(second).led_to) == [[3, 4], [5]]
    assert numbers(library.relations.of(last).made_from) == [[3, 4], [2], [1]]
    assert library.relations.of(second).led_to_count == 2


def test_a_circle_ends(library: Library, keep: Keep, bench: Bench) -> None:
    first = keep(1, made_from=(bench.new(2).made.sha256,))
    second = keep(2, first)
    assert numbers(library.relations.of(first).led_to) == [[second.number]]
    assert numbers(library.relations.of(first).made_from) == [[second.number]]


def test_a_picture_that_was_only_a_reference_counts_as_a_source(library: Library, keep: Keep) -> None:
    first = keep(1)
    reference = Reference(first.sha256, "image/png", 30, 20, 40)
    request = GenerationRequest("seedream-5-0-lite", "a cat", None, (reference,))
    second = keep(2, request=request)
    assert library.relations.of(second).made_from == ((first,),)
    assert library.relations.of(first).led_to == ((second,),)


def test_what_another_program_saved_leads_to_its_original_and_back(library: Library, keep: Keep) -> None:
    source = keep(1)
    original = keep(2, source)
    edited = keep(3, source, edited_from=original.sha256)
    assert library.relations.of(edited).made_from == ((original, source),)
    assert library.relations.of(original).led_to == ((edited,),)
    assert library.relations.of(original).led_to_count == 1


def test_a_working_copy_that_is_as_it_was_is_made_from_nothing_more(library: Library, keep: Keep) -> None:
    original = keep(1)
    copy = library.working_copy(original.id)
    assert library.relations.of(copy).made_from == ()
    assert library.relations.of(original).led_to == ()


def test_what_is_in_the_trash_is_no_relative(library: Library, keep: Keep) -> None:
    first = keep(1)
    second = keep(2, first)
    library.trash((second.id,))
    assert library.relations.of(first).led_to == ()
    assert library.relations.of(first).led_to_count == 0


def test_a_press_is_found_in_its_order_with_the_pictures_of_its_sets(library: Library, keep: Keep) -> None:
    late = keep(1, press_id="one", press_index=1, job_id="b")
    of_set = keep(2, press_id="one", press_index=0, set_index=1, set_count=2, job_id="a")
    first = keep(3, press_id="one", press_index=0, set_index=0, set_count=2, job_id="a")
    assert library.relations.of(late).press == (first, of_set, late)
    assert library.relations.of(keep(4)).press == ()


def test_pictures_together_are_summed_up(library: Library, keep: Keep) -> None:
    pictures = [keep(number, set_index=number, set_count=2, job_id="one") for number in (1, 2)]
    pictures.append(keep(3, job_id="two"))
    library.record_spend(spend("one", delivered=2, price_usd=0.04))
    library.record_spend(spend("two", billed=Billed.MAYBE, price_usd=0.05))
    library.mark((pictures[0].id,), rating=3, add_tags=("hero",))
    library.mark((pictures[1].id,), add_tags=("hero", "dawn"))
    together = library.relations.summary([picture.id for picture in pictures])
    assert (together.count, together.size_bytes) == (3, sum(one.size_bytes for one in pictures))
    assert (together.least_rating, together.most_rating) == (0, 3)
    assert (together.billed_usd, together.maybe_usd) == pytest.approx((0.08, 0.05))
    assert [(one.value, one.count) for one in together.tags] == [("hero", 2), ("dawn", 1)]
    assert [(one.value, one.count) for one in together.models] == [("seedream-5-0-lite", 3)]


def test_of_half_a_set_half_is_summed_up(library: Library, keep: Keep) -> None:
    picture = keep(1, set_count=2, job_id="one")
    library.record_spend(spend("one", delivered=2, price_usd=0.04))
    assert library.relations.summary((picture.id,)).billed_usd == pytest.approx(0.04)


def test_pictures_whose_cost_is_not_kept_are_counted(library: Library, keep: Keep) -> None:
    picture = keep(1, job_id="one")
    assert library.relations.summary((picture.id, "Inbox/gone.png")).without_spend == 1


@pytest.mark.parametrize(
    "name", ["_COUNT", "_OF_PRESS", "_SOURCES", "_RESULTS", "_FIRST", "_KEYS", "_SUMS", "_TAGS", "_COSTS"]
)
def test_each_question_is_answered_by_an_index(library: Library, name: str) -> None:
    sql = getattr(relations, name).format(marks="?, ?")

    def plan(connection: sqlite3.Connection) -> list[str]:
        parameters = ("[]",) * sql.count("?")
        return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]

    steps = library._index.read(plan)
    assert not [
        step for step in steps if step.startswith("SCAN") and step.split()[1] not in {"json_each", "chosen"}
    ]


def spend(job_id: str, **changes: object) -> Spend:
    facts: dict[str, object] = {
        "job_id": job_id,
        "at_ms": 1_795_000_000_000,
        "board_id": "inbox",
        "model": "seedream-5-0-lite",
        "asked": 1,
        "delivered": 1,
        "failed": 0,
        "price_usd": 0.04,
        "price_as_of": "2026-11-01",
        "billed": Billed.YES,
    }
    return Spend(**facts | changes)  # type: ignore[arg-type]
