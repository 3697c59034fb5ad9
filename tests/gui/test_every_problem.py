"""No kind of problem is only a name: the product makes each, a test tries each, and every state shows it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.job_tiles import card_of
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.queue_rows import QueueRow
from seedream_desktop.gui.queue_words import act_words, state_words
from seedream_desktop.state.tiles import JobTile
from tests.gui.panel_values import job

ROOT = Path(__file__).parents[2]
SAYING = ("gui", "errors.py")  # where kinds are named and worded, not made
NAMING = ("test_problem_words.py", "test_every_problem.py")  # tests that go through all kinds alike
# A job with a problem: it may wait to be fetched, be saved in part, have failed or be unknown.
WITH_PROBLEM = (JobState.ANSWERED, JobState.SAVED, JobState.FAILED, JobState.UNKNOWN)
KINDS = pytest.mark.parametrize("kind", list(ProblemKind), ids=[kind.value for kind in ProblemKind])
STATES = pytest.mark.parametrize("state", list(JobState), ids=[state.value for state in JobState])
MONEY = pytest.mark.parametrize("billed", list(Billed), ids=[billed.value for billed in Billed])


@functools.cache
def made() -> frozenset[str]:
    """The kinds that the product makes: named outside of comparisons and of plain lists of kinds."""
    found: set[str] = set()
    for path in (ROOT / "seedream_desktop").rglob("*.py"):
        if not {*path.parts} & {*SAYING}:
            found |= _named_to_make(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(found)


@functools.cache
def tried() -> frozenset[str]:
    """The kinds that a test names."""
    paths = [path for path in (ROOT / "tests").rglob("*.py") if path.name not in NAMING]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return frozenset(name for tree in trees for _, name in _kinds_in(tree))


def _named_to_make(tree: ast.Module) -> set[str]:
    judging: set[int] = set()
    for node in ast.walk(tree):
        is_list = isinstance(node, ast.Tuple | ast.Set | ast.List) and all(map(_kind_of, node.elts))
        if is_list or isinstance(node, ast.Compare):
            judging |= {id(part) for part in ast.walk(node)}
    return {name for node, name in _kinds_in(tree) if id(node) not in judging}


def _kinds_in(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if name := _kind_of(node):
            yield node, name


def _kind_of(node: ast.AST) -> str:
    is_kind = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return node.attr if is_kind and node.value.id == "ProblemKind" else ""  # type: ignore[attr-defined]


@KINDS
def test_every_kind_is_made_somewhere(kind: ProblemKind) -> None:
    assert kind.name in made()


@KINDS
def test_every_kind_is_tried_by_a_test(kind: ProblemKind) -> None:
    assert kind.name in tried()


def test_what_is_only_asked_for_does_not_count_as_made() -> None:
    tree = ast.parse(
        "LASTING = (ProblemKind.NO_KEY, ProblemKind.MOVED)\n"
        "if problem.kind is ProblemKind.TOO_LARGE or problem.kind in {ProblemKind.DISK_FULL}:\n"
        "    raise ProblemError(Problem(ProblemKind.UNREACHABLE))\n"
    )
    assert _named_to_make(tree) == {"UNREACHABLE"}


@STATES
@MONEY
def test_every_state_shows_every_problem_and_its_money(billed: Billed, state: JobState) -> None:
    for problem in problems(billed):
        shown = replace(job(1, state), problem=problem if state in WITH_PROBLEM else None)
        card = card_of(JobTile(shown, 30), 0.0)
        said = state_words(QueueRow("key", (shown,), 30), 0)
        assert said.strip()
        assert (card.said + card.figures).strip()
        if state in WITH_PROBLEM:
            words = problem_words(problem)
            assert words.happened in card.said
            assert words.happened in said
            is_told = state is not JobState.ANSWERED or billed is not Billed.NO
            assert (words.money in card.said) is is_told


def problems(billed: Billed) -> tuple[Problem, ...]:
    return tuple(
        Problem(kind, billed, said="bad", subject="cat.png", limit=14, actual=15) for kind in ProblemKind
    )


@MONEY
@pytest.mark.parametrize("state", [JobState.ANSWERED, JobState.FAILED, JobState.UNKNOWN])
def test_every_problem_of_a_job_leaves_a_way_out(billed: Billed, state: JobState) -> None:
    for problem in problems(billed):
        shown = job(1, state, problem=problem)
        row = QueueRow("key", (shown,), 30)
        assert card_of(JobTile(shown, 30), 0.0).buttons
        assert row.acts
        assert all(all(act_words(act, row)) for act in row.acts)
