"""Every prompt of a board with how often it was used, when last, and the best that came of it."""

from dataclasses import replace
from typing import Any

from seedream_desktop.library.library import Library
from seedream_desktop.library.prompt_history import UsedPrompt
from tests.library.conftest import Bench

NOVEMBER_MS = 1_795_000_000_000


def add(library: Library, bench: Bench, number: int, prompt: str, board_id: str = "") -> str:
    new = bench.new(number, board_id, prompt=prompt)
    made = replace(new.made, made_ms=NOVEMBER_MS + number * 1000)
    return library.add(replace(new, made=made)).id


def texts(found: tuple[UsedPrompt, ...]) -> list[tuple[str, int]]:
    return [(one.text, one.count) for one in found]


def test_prompts_are_counted_the_last_used_first(bench: Bench, library: Library) -> None:
    for number, prompt in enumerate(("a cat", "a dog", "a cat", "a bird", "a dog")):
        add(library, bench, number, prompt)
    found = library.prompt_history.prompts()
    assert texts(found) == [("a dog", 2), ("a bird", 1), ("a cat", 2)]
    assert found[0].last_ms == max(one.last_ms for one in found)


def test_the_best_is_the_best_rated_that_is_not_rejected(bench: Bench, library: Library) -> None:
    ids = [add(library, bench, number, "a cat") for number in range(4)]
    assert library.prompt_history.prompts()[0].best.id == ids[3]
    library.mark([ids[0]], rating=4)
    library.mark([ids[1]], rating=5, rejected=True)
    library.mark([ids[2]], rating=4)
    best = library.prompt_history.prompts()[0].best
    assert (best.id, best.rating) == (ids[2], 4)


def test_one_board_or_all(bench: Bench, library: Library) -> None:
    acme = library.create_board("Acme")
    add(library, bench, 1, "a cat")
    add(library, bench, 2, "a cat", acme.id)
    add(library, bench, 3, "a dog", acme.id)
    assert texts(library.prompt_history.prompts(acme.id)) == [("a dog", 1), ("a cat", 1)]
    assert texts(library.prompt_history.prompts()) == [("a dog", 1), ("a cat", 2)]


def test_words_find_a_prompt_in_any_order_case_and_script(bench: Bench, library: Library) -> None:
    for number, prompt in enumerate(("A blue Café at night", "night train", "窗边的猫")):
        add(library, bench, number, prompt)

    def found(words: str) -> list[str]:
        return [one.text for one in library.prompt_history.prompts(words=words)]

    assert found("NIGHT café") == ["A blue Café at night"]
    assert found("night") == ["night train", "A blue Café at night"]
    assert found("猫") == ["窗边的猫"]
    assert found("%") == found("zebra") == []


def test_what_is_in_the_trash_is_not_told_and_not_counted(bench: Bench, library: Library) -> None:
    ids = [add(library, bench, number, "a cat") for number in range(2)]
    add(library, bench, 5, "a dog")
    library.trash([ids[1]])
    assert texts(library.prompt_history.prompts()) == [("a dog", 1), ("a cat", 1)]


def test_no_more_are_told_than_are_asked_for(bench: Bench, library: Library) -> None:
    for number in range(6):
        add(library, bench, number, f"prompt {number}")
    found: Any = library.prompt_history.prompts(most=2)
    assert texts(found) == [("prompt 5", 1), ("prompt 4", 1)]


def test_a_tag_with_the_word_is_no_prompt_with_it(bench: Bench, library: Library) -> None:
    picture_id = add(library, bench, 1, "a cat")
    library.mark([picture_id], add_tags=["dog"])
    assert library.prompt_history.prompts(words="dog") == ()
