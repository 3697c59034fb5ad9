"""Two machines, one library, and a real synchroniser between them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.library import machines as acts
from tests.library.conftest import Bench
from tests.library.machines import Machine, check_nothing_lost, check_tidy
from tests.library.syncthing import Syncthing, bring_all, files_below, is_there, join, part, two_synchronisers

pytestmark = pytest.mark.skipif(not is_there(), reason="syncthing is not installed")

ROUNDS = 6
Pair = tuple[Syncthing, Syncthing]


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[tuple[Bench, Bench]]:
    pair = Bench(tmp_path / "a"), Bench(tmp_path / "b")
    for bench in pair:
        bench.root.mkdir(parents=True)
    yield pair
    for bench in pair:
        for library in bench.opened:
            library.close()


def machines_of(benches: tuple[Bench, Bench]) -> tuple[Machine, Machine]:
    """Both machines; the second one comes to the library of the first."""
    first, second = benches
    one = Machine("a", first, first.open("a"))
    if not (second.root / ".seedream").exists():
        shutil.copytree(first.root, second.root, dirs_exist_ok=True)
    return one, Machine("b", second, second.open("b"))


def let_agree(pair: Pair, machines: tuple[Machine, Machine]) -> int:
    """Bring everything to both until none has anything to say; gives how often that took."""
    for number in range(ROUNDS):
        bring_all(*pair)
        before = [files_below(machine.bench.root) for machine in machines]
        for machine in machines:
            machine.library.synchronise()
        if before == [files_below(machine.bench.root) for machine in machines] and before[0] == before[1]:
            return number
    raise AssertionError("they never agree")


@pytest.mark.endurance  # what the synchroniser says of itself comes late on a busy machine
def test_machines_that_were_apart_agree(
    tmp_path: Path, benches: tuple[Bench, Bench], say_figures: Callable[[str], None]
) -> None:
    first, second = machines = machines_of(benches)
    with two_synchronisers(tmp_path, *(bench.root for bench in benches)) as pair:
        acts.add(first, 0)
        acts.add(first, 1)
        let_agree(pair, machines)
        assert [one.sha256 for one in second.pictures()] == [one.sha256 for one in first.pictures()]

        part(*pair)
        acts.add(first, 2)
        acts.add(second, 3)
        acts.rate(first, 4)
        acts.name(second, 5)
        acts.rate(second, 2)
        acts.create_board(first, 0)
        acts.create_board(second, 0)
        acts.set_up_board(first, 0)
        acts.settle(first, 0)
        acts.settle(second, 1)
        join(*pair)
        bring_all(*pair)
        copies = len([*first.bench.root.rglob("*sync-conflict*")])
        assert copies
        began_s = time.monotonic()
        rounds = let_agree(pair, machines)
        took_s = time.monotonic() - began_s
    assert second.view() == first.view()
    check_tidy(first.bench.root)
    assert check_nothing_lost(machines) == 0
    say_figures(
        f"syncthing: 2 machines apart, {copies} conflict copies, 0 left; 4 pictures, 0 lost, 0 doubled; "
        f"agreed after {rounds} rounds in {took_s:.1f} s"
    )
