"""What will be sent is known in the background, for the model and the wish of the draft."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.request import Derivation, Reference, SentForm
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.sent_forms import SentForms
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import EDIT, Maker, a_draft, a_reference, forms_of, references, untouched


class Counting(Maker):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, float, bool]] = []

    def form(self, reference: Reference, rules: object, *, smaller: bool) -> SentForm:
        self.asked.append((reference.name, rules.aspect, smaller))  # type: ignore[attr-defined]
        return super().form(reference, rules, smaller=smaller)  # type: ignore[arg-type]


@pytest.fixture
def draft() -> Draft:
    return a_draft(references=references(2))


@pytest.fixture
def maker() -> Counting:
    return Counting()


@pytest.fixture
def forms(qapp: object, draft: Draft, maker: Counting) -> Iterator[SentForms]:
    runner = TaskRunner(1)
    yield forms_of(draft, runner, maker)
    assert runner.close(60_000)


def test_nothing_is_asked_before_the_library_is_there(forms: SentForms, maker: Counting) -> None:
    assert forms.of(a_reference()) is None
    assert maker.asked == []


def test_each_reference_is_asked_once_for_the_model(
    qtbot: QtBot, forms: SentForms, draft: Draft, maker: Counting
) -> None:
    forms.ask_again()
    qtbot.waitUntil(lambda: forms.of(a_reference(2)) == untouched(a_reference(2)))
    draft.set_prompt("a cat")
    draft.move_reference(0, 1)
    draft.set_model(EDIT)
    qtbot.waitUntil(lambda: forms.of(a_reference(1)) is not None)
    assert maker.asked == [
        ("cat 1.png", 16, False),
        ("cat 2.png", 16, False),
        ("cat 2.png", 3, False),
        ("cat 1.png", 3, False),
    ]


def test_a_library_that_is_not_there_is_no_answer(
    qtbot: QtBot, forms: SentForms, draft: Draft, maker: Counting
) -> None:
    away = Problem(ProblemKind.LIBRARY_AWAY)
    maker.answers[a_reference(3).sha256, False] = away
    draft.add_references((a_reference(3),))
    qtbot.waitUntil(lambda: len(maker.asked) == 3)
    del maker.answers[a_reference(3).sha256, False]
    assert forms.of(a_reference(3)) is None
    forms.ask_again()
    qtbot.waitUntil(lambda: forms.of(a_reference(3)) == untouched(a_reference(3)))


def test_what_is_under_way_when_the_library_comes_is_asked_again(
    qtbot: QtBot, forms: SentForms, draft: Draft, maker: Counting
) -> None:
    maker.answers[a_reference(3).sha256, False] = Problem(ProblemKind.LIBRARY_AWAY)
    draft.add_references((a_reference(3),))
    forms.ask_again()  # before the first answer is heard
    qtbot.waitUntil(lambda: len(maker.asked) == 4)


def test_a_link_that_is_passed_on_weighs_its_own_length(
    qtbot: QtBot, forms: SentForms, draft: Draft, maker: Counting
) -> None:
    one = Reference("ab" * 32, "image/png", 10, 10, 3_000_000, "cat.png", "https://example.com/cat.png")
    while draft.recipe.references:
        draft.remove_reference(0)
    draft.add_references((one,))
    qtbot.waitUntil(lambda: forms.total_bytes() == len(one.url))
    assert forms.of(one) == untouched(one)


def test_a_link_to_what_has_to_be_derived_weighs_what_is_derived(
    qtbot: QtBot, forms: SentForms, draft: Draft, maker: Counting
) -> None:
    one = Reference("ab" * 32, "image/png", 10, 10, 3_000_000, "cat.png", "https://example.com/cat.png")
    form = SentForm("cd" * 32, "image/jpeg", 10, 10, 300, (Derivation.CONVERTED,))
    maker.answers[one.sha256, False] = form
    while draft.recipe.references:
        draft.remove_reference(0)
    draft.add_references((one,))
    qtbot.waitUntil(lambda: forms.total_bytes() == 400)
