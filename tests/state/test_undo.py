"""Steps are taken back newest first, and a new one ends what could be done again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from seedream_desktop.state.undo import STEPS_KEPT, Step, UndoStack


@pytest.fixture
def log() -> list[str]:
    """What was done, in its order."""
    return []


@dataclass(frozen=True)
class Named:
    kind: str
    log: list[str]
    count: int = 1

    def undo(self) -> None:
        self.log.append(f"undo {self.kind}")

    def redo(self) -> None:
        self.log.append(f"redo {self.kind}")


def step(log: list[str], name: str) -> Step:
    return Named(name, log)


def test_undo_and_redo_go_back_and_forth(log: list[str]) -> None:
    stack = UndoStack()
    stack.push(step(log, "a"))
    stack.push(step(log, "b"))
    stack.undo()
    stack.undo()
    stack.redo()
    assert log == ["undo b", "undo a", "redo a"]
    assert (stack.next_undo and stack.next_undo.kind, stack.next_redo and stack.next_redo.kind) == ("a", "b")


def test_a_new_step_ends_what_could_be_done_again(log: list[str]) -> None:
    stack = UndoStack()
    stack.push(step(log, "a"))
    stack.undo()
    stack.push(step(log, "b"))
    assert stack.next_redo is None


def test_with_nothing_to_take_back_nothing_happens() -> None:
    stack = UndoStack()
    stack.undo()
    stack.redo()
    assert stack.next_undo is None


def test_only_so_many_steps_are_kept(log: list[str]) -> None:
    stack = UndoStack()
    for number in range(STEPS_KEPT + 5):
        stack.push(step(log, str(number)))
    for _ in range(STEPS_KEPT + 5):
        stack.undo()
    assert len(log) == STEPS_KEPT
    assert log[-1] == "undo 5"


def test_a_step_that_came_to_nothing_is_forgotten(log: list[str]) -> None:
    stack = UndoStack()
    first, second = step(log, "a"), step(log, "b")
    stack.push(first)
    stack.push(second)
    stack.drop(second)
    assert (stack.next_undo, stack.next_redo) == (first, None)
