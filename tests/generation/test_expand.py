"""Prompts that stand for many."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.expand import Axis, escaped, expand

WORDS = st.text(alphabet="ab 图,.\n", max_size=6)
CHOICES = st.recursive(
    WORDS.map(str.strip),
    lambda inner: st.lists(inner, min_size=2, max_size=3).map(lambda parts: "{" + "|".join(parts) + "}"),
    max_leaves=6,
)
PROMPTS = st.lists(st.one_of(WORDS, CHOICES), max_size=4).map("".join)


def prompts(text: str, **values: str) -> list[str]:
    return [cell.prompt for cell in expand(text, values).cells()]


def test_a_prompt_without_choices_is_itself() -> None:
    expansion = expand("a cat, 4k")
    assert expansion.is_single
    assert prompts("a cat, 4k") == ["a cat, 4k"]


def test_choices_make_a_matrix_whose_last_axis_runs_fastest() -> None:
    expansion = expand("a {red|blue} {cat|dog}")
    assert expansion.count == 4
    assert expansion.axes() == (Axis("", ("red", "blue")), Axis("", ("cat", "dog")))
    cells = list(expansion.cells())
    assert [cell.prompt for cell in cells] == ["a red cat", "a red dog", "a blue cat", "a blue dog"]
    assert cells[1].choices == ("red", "dog")


def test_choices_lie_in_choices() -> None:
    assert prompts("{red|{dark|light} blue}") == ["red", "dark blue", "light blue"]


def test_nothing_can_be_a_choice_and_leaves_no_second_blank() -> None:
    assert prompts("a {|small} cat") == ["a cat", "a small cat"]
    assert prompts("a cat{|, at night}.") == ["a cat.", "a cat, at night."]


def test_a_variable_that_stands_twice_is_one_axis() -> None:
    expansion = expand("{product} beside a {red|blue} box, {product} in front", {"product": "soap | tea"})
    assert expansion.count == 4
    assert expansion.variables == ("product",)
    assert next(expansion.cells()).prompt == "soap beside a red box, soap in front"


def test_a_variable_without_a_value_is_a_problem_that_names_it() -> None:
    for value in ("", "  ", " | "):
        problem = expand("a {product}", {"product": value}).problem
        assert problem is not None
        assert (problem.kind, problem.subject) == (ProblemKind.VARIABLE_EMPTY, "product")


@pytest.mark.parametrize("prompt", ["a {red|blue cat", "a red|blue} cat", "{a|{b|c}"])
def test_a_choice_that_is_not_closed_is_a_problem_and_makes_nothing(prompt: str) -> None:
    expansion = expand(prompt)
    assert expansion.problem is not None
    assert expansion.problem.kind is ProblemKind.BRACES_UNBALANCED
    assert not list(expansion.cells())
    assert expansion.count == 0


@pytest.mark.parametrize(
    "prompt", ["{", "}", "{}", "{ }", "{1}", "{a, b}", "}{", "f(x) = { 1 }", "{" * 5000, "{" + "a" * 50 + "}"]
)
def test_braces_that_say_nothing_are_text(prompt: str) -> None:
    assert prompts(prompt) == [prompt]


def test_json_is_text_and_choices_in_it_are_choices() -> None:
    plain = '{"subject": "a cat", "style": {"mood": "calm|quiet"}}'
    assert prompts(plain) == [plain]
    assert prompts('{"subject": "a {red|blue} cat"}') == [
        '{"subject": "a red cat"}',
        '{"subject": "a blue cat"}',
    ]


def test_signs_can_be_escaped() -> None:
    assert prompts(r"\{red\|blue\} {a\|b|c}") == ["{red|blue} a|b", "{red|blue} c"]


def test_each_line_is_a_prompt_if_that_is_asked_for() -> None:
    expansion = expand("a cat\n\n a {red|blue} dog\n", by_line=True)
    assert [(cell.line, cell.prompt) for cell in expansion.cells()] == [
        (0, "a cat"),
        (1, " a red dog"),
        (1, " a blue dog"),
    ]
    assert expand("{a|\nb}", by_line=True).problem is not None
    assert expand("{a|\nb}").count == 2


def test_a_thousand_millions_are_counted_not_made() -> None:
    digits = "{" + "|".join("0123456789") + "}"
    assert expand(digits * 9).count == 10**9
    assert expand("{a|" * 9 + "b" + "}" * 9).count > 1


def test_a_long_prompt_of_many_braces_is_read_at_once() -> None:
    since_s = time.process_time()
    expansion = expand("{a|b}" * 20_000)
    assert expansion.count == 2**20_000
    assert time.process_time() - since_s < 5  # a square of that many takes minutes


@given(PROMPTS)
def test_as_many_are_made_as_were_counted(prompt: str) -> None:
    expansion = expand(prompt)
    if expansion.count <= 2000:
        cells = list(expansion.cells())
        assert len(cells) == expansion.count
        assert not any(sign in cell.prompt for cell in cells for sign in "{|}")


@given(st.text(alphabet='ab{}|\\" :\n', max_size=30))
def test_an_escaped_prompt_stands_for_itself(prompt: str) -> None:
    expansion = expand(escaped(prompt))
    assert expansion.is_single
    assert next(expansion.cells()).prompt == prompt


@given(st.text(alphabet="ab{}|\\\n", max_size=40), st.booleans())
def test_no_text_breaks_it(prompt: str, by_line: bool) -> None:
    expansion = expand(prompt, {"a": "x|y", "ab": ""}, by_line=by_line)
    assert (expansion.count == 0) == (expansion.problem is not None)
