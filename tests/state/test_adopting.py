"""References on their way to another library."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.state.adopting import adopt, files_of

NAMES = ("one.png", "damaged.png", "three.png")


def reference(name: str) -> Reference:
    return Reference(name * 4, "image/png", 10, 10, 99, name)


class Shelf:
    """A library and a worker in one: takes everything but what is damaged."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def check_reference(self, path: Path, _thumbnail: None) -> str:
        if path.name == "damaged.png":
            raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=path.name))
        return path.name

    def add_reference(self, _path: Path, checked: str, name: str) -> None:
        assert checked == name
        self.taken.append(name)


def test_one_that_cannot_be_read_is_told_and_keeps_no_other_behind(tmp_path: Path) -> None:
    shelf = Shelf()
    files = files_of(map(reference, NAMES), lambda one: tmp_path / one.name)
    with pytest.raises(ProblemError) as caught:
        adopt(files, shelf, shelf)  # type: ignore[arg-type]
    assert caught.value.problem.subject == "damaged.png"
    assert shelf.taken == ["one.png", "three.png"]


def test_one_whose_file_is_gone_is_left_out(tmp_path: Path) -> None:
    def path_of(one: Reference) -> Path:
        if one.name == "damaged.png":
            raise ProblemError(Problem(ProblemKind.REFERENCE_GONE))
        return tmp_path / one.name

    assert [path.name for _, path in files_of(map(reference, NAMES), path_of)] == ["one.png", "three.png"]
