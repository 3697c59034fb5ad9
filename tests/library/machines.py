"""Libraries of several machines, what is done to them, and what holds once they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from seedream_desktop.generation.errors import Billed
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.items import is_picture_name
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench

MONTH = "1970-01"


@dataclass(slots=True)
class Machine:
    """A library as one machine has it."""

    name: str
    bench: Bench
    library: Library
    added: list[str] = field(default_factory=list)  # job ids
    placed: list[str] = field(default_factory=list)  # job ids of what was moved, trashed or restored here

    def pictures(self) -> tuple[Picture, ...]:
        """Those on its boards."""
        return self.library.pictures(self.library.ids(Query()))

    def job_of(self, picture: Picture) -> str:
        """Which job made the picture."""
        return self.library.record(picture.id).made.job_id

    def view(self) -> object:
        """All that a designer sees."""
        trashed = [(entry.id, entry.picture.id, entry.picture.rating) for entry in self.library.trashed()]
        return (
            sorted((one.id, one.sha256, one.rating, one.title, one.board_id) for one in self.pictures()),
            sorted(trashed),
            self.library.boards(),
            [self.library.board_settings(board.id) for board in self.library.boards()],
            self.library.spent(None, MONTH),
        )


Act = Callable[[Machine, int], None]


def add(machine: Machine, number: int) -> None:
    board = machine.library.boards()[number % len(machine.library.boards())]
    job = f"{machine.name}-{len(machine.added)}"
    content = 10_000 * (1 + ord(machine.name)) + len(machine.added)
    machine.library.add(machine.bench.new(content, board.id, board.name, job_id=job))
    machine.added.append(job)
    spend = Spend(job, number, board.id, "m", 1, 1, 0, 1.0, "2026-11-01", Billed.MAYBE)
    machine.library.record_spend(spend)


def rate(machine: Machine, number: int) -> None:
    for picture in machine.pictures()[:1]:
        machine.library.mark([picture.id], rating=number % 6, add_tags=[f"tag {number % 3}"])


def name(machine: Machine, number: int) -> None:
    for picture in machine.pictures()[-1:]:
        machine.library.mark([picture.id], title=f"title {number}", remove_tags=["tag 1"])


def create_board(machine: Machine, number: int) -> None:
    machine.library.create_board(f"Board {number % 2}")


def set_up_board(machine: Machine, number: int) -> None:
    board = machine.library.boards()[-1]
    machine.library.set_up_board(board.id, {"client_safe": number % 2 == 0})


def move(machine: Machine, number: int) -> None:
    boards = machine.library.boards()
    for picture in machine.pictures()[:1]:
        machine.placed.append(machine.job_of(picture))
        machine.library.move([picture.id], boards[number % len(boards)].id)


def trash(machine: Machine, number: int) -> None:
    for picture in machine.pictures()[number % 2 :][:1]:
        machine.placed.append(machine.job_of(picture))
        machine.library.trash([picture.id])


def restore(machine: Machine, number: int) -> None:
    for entry in machine.library.trashed()[:1]:
        for picture in machine.library.restore([entry.id]):
            machine.placed.append(machine.job_of(picture))


def settle(machine: Machine, number: int) -> None:
    for charge in machine.library.charges_since(-1)[:1]:
        machine.library.settle_spend(replace(charge, billed=Billed.YES if number % 2 else Billed.NO))


ACTS: tuple[Act, ...] = (add, rate, name, create_board, set_up_board, move, trash, restore, settle)


def check_nothing_lost(machines: Sequence[Machine]) -> int:
    """All is there once, but for what two machines moved or trashed; gives how many are there twice.

    One of which the synchroniser made two may have a record that was made up.
    """
    first = machines[0]
    shown = [first.job_of(one) for one in first.pictures()]
    trashed = [first.job_of(entry.picture) for entry in first.library.trashed()]
    held = Counter([*shown, *trashed])
    added = {job for machine in machines for job in machine.added}
    assert held.keys() - {""} == added
    placed = Counter(job for machine in machines for job in set(machine.placed))
    twice = {job for job, times in held.items() if times > 1}
    if [*first.bench.root.rglob("*.sync-conflict-*.png")]:
        return len(twice)  # of two pictures of one name each machine may have named one anew
    assert twice <= {job for job, times in placed.items() if times > 1}
    return len(twice)


def check_tidy(root: Path) -> None:
    """No copy of a record, a board's file or a spend file is left; two pictures of one name are two."""
    for path in root.rglob("*sync-conflict*"):
        picture = path.parent.parent / path.name.removesuffix(".json")
        assert is_picture_name(path.name) or picture.is_file() or (path.parent / picture.name).is_file(), path
