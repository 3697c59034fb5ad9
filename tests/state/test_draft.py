"""The draft stays whole and legal, and every step can be taken back, typing too."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.mentions import mentions
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, ResponseFormat, Size
from seedream_desktop.generation.sizes import size_is_legal
from seedream_desktop.state.draft import Draft
from tests.compose_stage import EDIT, LITE, PRO, V3, a_draft, a_reference, catalog, references

MODELS = tuple(model.id for model in catalog().models)


def names(draft: Draft) -> list[str]:
    return [reference.name for reference in draft.recipe.references or ()]


def type_into(draft: Draft, words: str) -> None:
    """Letter by letter, at the end."""
    for letter in words:
        draft.set_prompt((draft.recipe.prompt or "") + letter)


def test_an_empty_recipe_becomes_a_whole_one() -> None:
    recipe = a_draft().recipe
    assert (recipe.model, recipe.size, recipe.watermark) == (LITE, Size(width_px=2048, height_px=2048), True)
    held = (recipe.prompt, recipe.references, recipe.is_set, recipe.output_format, recipe.response_format)
    assert held == ("", (), False, OutputFormat.JPEG, ResponseFormat.URL)


def test_every_change_says_the_whole_new_recipe(qtbot: QtBot) -> None:
    draft = a_draft()
    with qtbot.waitSignal(draft.recipe_changed) as blocker:
        draft.set_prompt("a cat")
    assert blocker.args == [draft.recipe]
    assert draft.recipe.prompt == "a cat"


def test_what_changes_nothing_says_nothing(qtbot: QtBot) -> None:
    draft = a_draft(prompt="a cat")
    with qtbot.assertNotEmitted(draft.recipe_changed):
        draft.set_prompt("a cat")
        draft.set_model(LITE)
        draft.set_watermark(True)
    assert not draft.can_undo


@given(st.sampled_from(MODELS), st.sampled_from(MODELS), st.data())
def test_a_size_is_legal_again_after_any_change_of_model(old: str, new: str, data: st.DataObject) -> None:
    model = catalog().model(old)
    offered = [named.size for named in model.sizes] + [Size(preset=preset) for preset in model.presets]
    draft = Draft(catalog(), Recipe(model=old, size=data.draw(st.sampled_from(offered))))
    draft.set_model(new)
    assert draft.recipe.size is not None
    assert size_is_legal(draft.recipe.size, draft.model)


@pytest.mark.parametrize(
    ("size", "model", "expected"),
    [
        (Size(width_px=2848, height_px=1600), PRO, Size(width_px=2816, height_px=1584)),
        (Size(preset="1K"), LITE, Size(preset="2K")),
        (Size(preset="4K"), PRO, Size(preset="2K")),
        (Size(preset="4K"), EDIT, Size(preset="adaptive")),
        (Size(preset="adaptive"), LITE, Size(width_px=2048, height_px=2048)),
    ],
)
def test_the_size_follows_the_model(size: Size, model: str, expected: Size) -> None:
    draft = a_draft(size=size, model=LITE if model != LITE else EDIT)
    draft.set_model(model)
    assert draft.recipe.size == expected


def test_what_the_other_model_does_not_take_is_kept_for_the_way_back() -> None:
    draft = a_draft(model=V3, seed=7, guidance_scale=4.0)
    draft.set_model(LITE)
    assert (draft.request().seed, draft.request().guidance_scale) == (None, None)
    draft.set_model(V3)
    assert (draft.request().seed, draft.request().guidance_scale) == (7, 4.0)


def test_references_and_pictures_of_a_set_never_exceed_fifteen() -> None:
    draft = a_draft(is_set=True, images_in_set=12, references=references(2))
    draft.add_references(references(5))
    assert draft.recipe.images_in_set == 8
    draft.set_images_in_set(14)
    assert draft.recipe.images_in_set == 8
    assert ProblemKind.TOO_MANY_PICTURES not in [problem.kind for problem in draft.problems()]


def test_a_fifteenth_reference_is_refused_and_named(qtbot: QtBot) -> None:
    draft = a_draft(references=references(13))
    with qtbot.waitSignal(draft.references_refused) as blocker:
        taken = draft.add_references((a_reference(20), a_reference(21)))
    problem = blocker.args[0][0]
    assert taken == 1
    assert (problem.kind, problem.subject, problem.limit) == (
        ProblemKind.TOO_MANY_REFERENCES,
        "cat 21.png",
        14,
    )


def test_a_model_without_references_refuses_them(qtbot: QtBot) -> None:
    draft = a_draft(model=V3)
    with qtbot.waitSignal(draft.references_refused) as blocker:
        assert draft.add_references(references(1)) == 0
    assert blocker.args[0][0].kind is ProblemKind.NO_REFERENCE_TAKEN


def test_references_move_and_go() -> None:
    draft = a_draft(references=references(3))
    draft.move_reference(2, 0)
    assert names(draft) == ["cat 3.png", "cat 1.png", "cat 2.png"]
    draft.remove_reference(1)
    assert names(draft) == ["cat 3.png", "cat 2.png"]


def test_an_edit_makes_it_image_1_and_is_one_step() -> None:
    draft = a_draft(prompt="a cat", references=references(3), is_set=True, model=PRO)
    before = draft.recipe
    draft.edit_from(a_reference(9, 2816, 1584))
    assert draft.is_edit
    assert (draft.recipe.prompt, draft.recipe.model) == ("", PRO)
    assert draft.recipe.references == (a_reference(9, 2816, 1584),)
    assert draft.recipe.size == Size(width_px=2816, height_px=1584)
    draft.undo()
    assert draft.recipe == before
    assert not draft.is_edit
    draft.redo()
    assert (draft.recipe.prompt, draft.is_edit) == ("", True)


def test_an_edit_of_a_picture_of_illegal_size_takes_the_nearest_shape() -> None:
    draft = a_draft()
    draft.edit_from(a_reference(9, 1280, 720))
    assert draft.recipe.size == Size(width_px=2848, height_px=1600)


def test_applying_a_recipe_fills_only_what_it_holds_and_is_one_step() -> None:
    draft = a_draft(prompt="a cat", references=references(2))
    before = draft.recipe
    draft.apply(Recipe(model=PRO, watermark=False))
    assert (draft.recipe.prompt, draft.recipe.references) == ("a cat", references(2))
    assert (draft.recipe.model, draft.recipe.watermark) == (PRO, False)
    draft.undo()
    assert draft.recipe == before


def test_a_draft_that_is_forgotten_cannot_be_brought_back() -> None:
    draft = a_draft()
    draft.set_prompt("a secret client")
    draft.set_watermark(False)
    draft.undo()
    draft.forget()
    assert (draft.recipe.prompt, draft.recipe.references) == ("", ())
    assert not draft.can_undo
    assert not draft.can_redo


def test_what_was_typed_is_taken_back_in_the_order_in_which_all_was_done() -> None:
    draft = a_draft()
    type_into(draft, "a cat")
    draft.set_watermark(False)
    type_into(draft, " at night")
    seen = []
    while draft.can_undo:
        draft.undo()
        seen.append((draft.recipe.prompt, draft.recipe.watermark))
    assert seen == [("a cat", False), ("a cat", True), ("", True)]


def test_turning_a_wheel_through_many_numbers_is_one_step() -> None:
    draft = a_draft(is_set=True)
    for count in (5, 6, 7, 8):
        draft.set_images_in_set(count)
    draft.undo()
    assert (draft.recipe.images_in_set, draft.can_undo) == (4, False)


ACTS: tuple[Callable[[Draft, int], object], ...] = (
    lambda draft, number: draft.set_model(MODELS[number % len(MODELS)]),
    lambda draft, number: draft.set_set(number % 2 == 0),
    lambda draft, number: draft.add_references((a_reference(number),)),
    lambda draft, number: draft.set_seed(number),
    lambda draft, number: draft.edit_from(a_reference(number)),
    lambda draft, number: draft.set_size(Size(width_px=1000 + number, height_px=2000)),
    lambda draft, number: draft.apply(Recipe(prompt=str(number))),
    lambda draft, number: draft.set_prompt(f"{draft.recipe.prompt} image {number}"),
    lambda draft, number: draft.set_prompt((draft.recipe.prompt or "")[:-1]),
    lambda draft, number: draft.move_reference(0, len(names(draft)) - 1) if names(draft) else None,
    lambda draft, number: draft.remove_reference(0) if names(draft) else None,
)


@given(st.lists(st.sampled_from(ACTS), max_size=12))
def test_undoing_everything_leads_back_and_redoing_forth(acts: list[Callable[[Draft, int], object]]) -> None:
    draft = a_draft(model=LITE)
    before = draft.recipe
    for number, act in enumerate(acts):
        act(draft, number)
    after = draft.recipe
    while draft.can_undo:
        draft.undo()
    assert draft.recipe == before
    while draft.can_redo:
        draft.redo()
    assert draft.recipe == after


@given(st.lists(st.one_of(st.sampled_from(ACTS), st.sampled_from(("undo", "redo"))), max_size=20))
def test_undo_and_redo_go_through_the_states_in_their_order(
    acts: list[Callable[[Draft, int], object] | str],
) -> None:
    """Held against a list of states and a place in it; what is one step with the last takes its place."""
    draft = a_draft(model=LITE)
    states, place = [draft.recipe], 0
    for number, act in enumerate(acts):
        depth = len(draft._undo)
        if act == "undo":
            draft.undo()
            place = max(0, place - 1)
        elif act == "redo":
            draft.redo()
            place = min(len(states) - 1, place + 1)
        elif not isinstance(act, str):
            before = draft.recipe
            act(draft, number)
            if len(draft._undo) > depth:
                states, place = [*states[: place + 1], draft.recipe], place + 1
            elif draft.recipe != before:
                states = [*states[:place], draft.recipe]
        assert draft.recipe == states[place]
        assert (draft.can_undo, draft.can_redo) == (place > 0, place < len(states) - 1)


def test_the_cost_is_that_of_the_whole_press() -> None:
    draft = a_draft()
    draft.set_variations(4)
    cost = draft.cost()
    assert cost is not None
    assert (round(cost.low_usd, 3), round(cost.high_usd, 3)) == (0.14, 0.14)


def test_variations_stay_between_one_and_a_hundred(qtbot: QtBot) -> None:
    draft = a_draft()
    with qtbot.waitSignal(draft.variations_changed) as blocker:
        draft.set_variations(1000)
    assert blocker.args == [100]
    draft.set_variations(0)
    assert draft.variations == 1


def test_an_illegal_size_is_held_and_said() -> None:
    draft = a_draft(prompt="a cat")
    draft.set_size(Size(width_px=100, height_px=100))
    assert [problem.kind for problem in draft.problems()] == [ProblemKind.SIZE_REFUSED]


@pytest.mark.parametrize(("seed", "kept"), [(-1, None), (None, None), (0, 0), (2**31, 2**31 - 1)])
def test_a_random_seed_is_none(seed: int | None, kept: int | None) -> None:
    draft = a_draft(model=V3, seed=5)
    draft.set_seed(seed)
    assert draft.recipe.seed == kept


def test_the_price_is_that_of_every_choice() -> None:
    draft = a_draft(prompt="a cat")
    one = draft.cost()
    assert one is not None
    draft.set_prompt("a {red|blue} {cat|dog}")
    draft.set_variations(3)
    assert draft.requests_count() == 12
    assert draft.cost() == one.times(12)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("a {red|blue cat", ProblemKind.BRACES_UNBALANCED),
        ("a {product}", ProblemKind.VARIABLE_EMPTY),
        ("{0|1|2|3|4|5|6|7|8|9}" * 9, ProblemKind.TOO_MANY_REQUESTS),
        ("{a|b}" * 5_000, ProblemKind.TOO_MANY_REQUESTS),
        ("{|a cat}", ProblemKind.EMPTY_PROMPT),
    ],
)
def test_a_prompt_that_makes_no_requests_says_why_and_stays_as_it_is(prompt: str, kind: ProblemKind) -> None:
    draft = a_draft(prompt=prompt)
    assert draft.problems()[0].kind is kind
    assert draft.asked() == ()
    assert (draft.requests_count(), draft.cost()) == (0, None)
    assert draft.recipe.prompt == prompt


def test_values_of_a_variable_are_one_step_however_long_they_are_typed() -> None:
    draft = a_draft(prompt="a {product} in {light}")
    for end in range(1, 5):
        draft.set_variable("product", "soap"[:end])
    draft.set_variable("light", "dawn")
    assert draft.request().prompt == "a soap in dawn"
    draft.undo()
    assert draft.recipe.variables == (("product", "soap"),)
    draft.undo()
    assert not draft.recipe.variables


def test_a_prompt_that_is_applied_is_read_as_it_was_meant() -> None:
    draft = a_draft(prompt="a cat\na dog")
    draft.set_by_line(True)
    assert draft.requests_count() == 2
    draft.apply(Recipe(prompt="one\ntwo"))
    assert draft.requests_count() == 1
    draft.undo()
    assert draft.requests_count() == 2
    draft.apply(Recipe(prompt="one\ntwo\nthree", by_line=True))
    assert draft.requests_count() == 3


def test_the_prompt_follows_when_references_change_their_places() -> None:
    draft = a_draft(prompt="the cat of image 1 in the room of image 2, 图3的光", references=references(3))
    draft.move_reference(2, 0)
    assert draft.recipe.prompt == "the cat of image 2 in the room of image 3, 图1的光"
    draft.remove_reference(1)
    assert draft.recipe.prompt == "the cat of image 3 in the room of image 2, 图1的光"
    draft.insert_references(0, (a_reference(9),))
    assert draft.recipe.prompt == "the cat of image 4 in the room of image 3, 图2的光"
    draft.replace_reference(0, a_reference(8))
    assert draft.recipe.prompt == "the cat of image 4 in the room of image 3, 图2的光"


def test_a_move_is_one_step_with_its_numbers_and_words_typed_before_and_after_stay_steps() -> None:
    draft = a_draft(references=references(2))
    first, second = (one.name for one in references(2))
    type_into(draft, "image 1")
    draft.move_reference(0, 1)
    assert (draft.recipe.prompt, names(draft)) == ("image 2", [second, first])
    type_into(draft, " at night")
    for prompt, held in (("image 2", [second, first]), ("image 1", [first, second]), ("", [first, second])):
        draft.undo()
        assert (draft.recipe.prompt, names(draft)) == (prompt, held)
    for _ in range(3):
        draft.redo()
    assert (draft.recipe.prompt, names(draft)) == ("image 2 at night", [second, first])


def test_values_of_variables_follow_too() -> None:
    draft = a_draft(prompt="{who} at night", references=references(2))
    draft.set_variable("who", "image 1|图2")
    draft.move_reference(0, 1)
    assert draft.recipe.variables == (("who", "image 2|图1"),)


@given(st.lists(st.tuples(st.sampled_from("mriua"), st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_every_mention_means_its_picture_after_any_moves(steps: list[tuple[str, int, int]]) -> None:
    draft = a_draft(prompt="image 1, image 2, image 3, image 4", references=references(4))
    meant = names(draft)
    for act, one, other in steps:
        count = len(names(draft))
        if act == "m" and count:
            draft.move_reference(one % count, other % count)
        elif act == "r" and count > 1:
            draft.remove_reference(one % count)
        elif act == "i" and count < 9:
            draft.insert_references(one % (count + 1), (a_reference(50 + count),))
        elif act == "u":
            draft.undo()
        else:
            draft.redo()
        held = names(draft)
        for mention, name in zip(mentions(draft.recipe.prompt or ""), meant, strict=True):
            if name in held:
                assert held.index(name) + 1 == mention.number
