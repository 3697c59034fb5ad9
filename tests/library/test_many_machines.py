"""Machines on one synchronised folder agree in the end, whatever was done where and in what order."""

from __future__ import annotations

import random
import shutil
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.conftest import Bench
from tests.library.machines import ACTS, Act, Machine, add, check_nothing_lost, check_tidy
from tests.library.synchroniser import Folder, Synchroniser

ROUNDS = 12  # of bringing everything to everybody; more is no agreement


MakeMachines = Callable[[int, float], tuple[list[Machine], list[Folder]]]


@pytest.fixture
def make_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeMachines]:
    """Gives machines that share a library, and what the synchroniser knows of each."""
    opened: list[Bench] = []
    monkeypatch.setattr("os.fsync", lambda _: None)  # power stays on; each would cost a millisecond

    def make(number: int, settle_s: float) -> tuple[list[Machine], list[Folder]]:
        place = tmp_path / uuid.uuid4().hex
        machines: list[Machine] = []
        for letter in "abc"[:number]:
            bench = Bench(place / letter)
            bench.folder.mkdir(parents=True)
            opened.append(bench)
            if machines:
                shutil.copytree(machines[0].bench.root, bench.root)
            library = bench.open(letter, settle_s=settle_s)
            machines.append(Machine(letter, bench, library))
        folders = [Folder(machine.name, machine.bench.root) for machine in machines]
        folders[0].scan()
        for folder in folders[1:]:
            folder.known = dict(folders[0].known)
        return machines, folders

    yield make
    for bench in opened:
        for library in bench.opened:
            library.close()


def let_agree(machines: list[Machine], synchroniser: Synchroniser) -> None:
    """Bring everything to everybody until nobody has anything to say; never is no agreement."""
    for machine in machines:
        machine.library._folder._settle_s = 0.0
    for _ in range(ROUNDS):
        synchroniser.bring_all()
        before = [dict(folder.known) for folder in synchroniser.folders]
        for machine in machines:
            machine.library.synchronise()
        for folder in synchroniser.folders:
            folder.scan()
        if before == [folder.known for folder in synchroniser.folders]:
            trees = [{name: content for name, (content, _) in known.items() if content} for known in before]
            if all(tree == trees[0] for tree in trees):
                return
    raise AssertionError("they never agree")


steps = st.lists(
    st.tuples(st.sampled_from((*ACTS, add, None, None)), st.integers(0, 2), st.integers(0, 9)),
    min_size=6,
    max_size=24,
)


def test_machines_agree_whatever_was_done_where(
    make_machines: MakeMachines, say_figures: Callable[[str], None]
) -> None:
    runs, conflicts, pictures = count(), count(), count()

    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(
        steps=steps,
        number=st.just(2),  # of three, one may rename a picture twice: the synchroniser, not the library
        settle_s=st.sampled_from((0.0, 30.0)),
        seed=st.integers(0, 9999),
    )
    def agree(steps: list[tuple[Act | None, int, int]], number: int, settle_s: float, seed: int) -> None:
        machines, folders = make_machines(number, settle_s)
        synchroniser = Synchroniser(folders, random.Random(seed))
        for act, which, choice in steps:
            machine = machines[which % number]
            if act is None:
                synchroniser.bring_some((0.3, 0.9)[choice % 2])
                machine.library.synchronise()
            else:
                act(machine, choice)
        let_agree(machines, synchroniser)
        assert all(machine.view() == machines[0].view() for machine in machines)
        check_tidy(machines[0].bench.root)
        check_nothing_lost(machines)
        next(runs)
        take(conflicts, sum(folder.conflicts for folder in folders))
        take(pictures, sum(len(machine.added) for machine in machines))
        for machine in machines:
            machine.library.close()
            machine.bench.opened.clear()
        shutil.rmtree(machines[0].bench.folder.parent)

    agree()
    say_figures(
        f"machines: {next(runs)} histories of 2, {next(conflicts)} conflict copies, "
        f"{next(pictures)} pictures, 0 lost; all agreed"
    )


def take(numbers: Iterator[int], how_many: int) -> None:
    """Go on by that many."""
    for _ in range(how_many):
        next(numbers)
