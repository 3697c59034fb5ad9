"""Every kind of problem says what happened, what it means for money, and what can be done."""

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.gui.problem_words import joined, problem_words

KINDS = pytest.mark.parametrize("kind", list(ProblemKind), ids=[kind.value for kind in ProblemKind])


@KINDS
@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
def test_every_kind_has_three_parts_without_holes(kind: ProblemKind, is_full: bool) -> None:
    full = Problem(kind, said="bad", subject="cat.png", limit=14, actual=15, status=400)
    words = problem_words(full if is_full else Problem(kind))
    for part in (words.happened, words.money, words.remedy):
        assert part.strip()
        assert part[0].isupper() or part.startswith(("cat.png", "a field", "the server"))
        assert part.strip()[-1] in ".”"
        assert not {"{", "}", "!", "None"} & {*part, *part.split()}


@KINDS
def test_no_two_kinds_say_the_same(kind: ProblemKind) -> None:
    words = problem_words(Problem(kind)).without_money
    assert all(
        problem_words(Problem(other)).without_money != words for other in ProblemKind if other is not kind
    )


@pytest.mark.parametrize(
    ("billed", "expected"),
    [
        (Billed.NO, "Nothing was billed."),
        (Billed.MAYBE, "It may have been billed."),
        (Billed.YES, "It was billed."),
    ],
)
def test_money_is_told_by_what_is_known(billed: Billed, expected: str) -> None:
    assert problem_words(Problem(ProblemKind.CONNECTION_BROKE, billed=billed)).money == expected


def test_facts_stand_in_the_sentence() -> None:
    problem = Problem(ProblemKind.FILE_TOO_LARGE, subject="scan.tiff", limit=10 << 20, actual=48_000_000)
    assert problem_words(problem).happened == "scan.tiff is 48 MB; at most 10 MB can be read."
    waiting = Problem(ProblemKind.RATE_LIMITED, limit=20)
    assert problem_words(waiting).happened == "The service asks to wait 20 s."


def test_braces_in_what_the_server_said_do_no_harm() -> None:
    problem = Problem(ProblemKind.FIELD_REFUSED, subject="{size}", said="{0} {x!r} {")
    assert problem_words(problem).happened == "The service did not accept {size}. It said: “{0} {x!r} {.”"


def test_sentences_are_joined_as_their_script_does() -> None:
    assert joined("One.", "", "Two.") == "One. Two."
    assert joined("一。", "二。") == "一。二。"


@pytest.mark.parametrize("said", ["Bad size", "Bad size.", "Bad size. "])
def test_the_servers_own_words_end_with_one_full_stop(said: str) -> None:
    problem = Problem(ProblemKind.SERVER_FAULT, Billed.MAYBE, said=said)
    assert problem_words(problem).happened == "Something failed at the service. It said: “Bad size.”"
