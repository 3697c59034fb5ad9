"""An index that is cut, overwritten or flipped at any byte is noticed, and is then as good as a fresh one."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, ProblemError
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench
from tests.library.index_contents import Contents, contents, rebuilt

PAGE_BYTES = 4096
SUFFIXES = ("", "-wal", "-shm", ".seal")


@dataclass(frozen=True, slots=True)
class Kept:
    """A library, a fresh index of it, and the files of one that was killed in the middle of its work."""

    bench: Bench
    killed: Path
    fresh: Contents

    def lay_out(self, damage: Callable[[Path], object]) -> None:
        """Put the killed one in place, damaged."""
        for suffix in (*SUFFIXES, ".damaged", ".damaged-wal", ".damaged-shm"):
            self.bench.index.with_name(self.bench.index.name + suffix).unlink(missing_ok=True)
        for file in self.killed.iterdir():
            shutil.copy(file, self.bench.index.parent / file.name)
        damage(self.bench.index)

    def survives(self, damage: Callable[[Path], object]) -> None:
        """Use the library on the damaged index; afterwards that holds what a fresh one does."""
        self.lay_out(damage)
        library = open_library(self.bench.root, self.bench.index, "machine-1")
        use(library)
        library.synchronise()
        use(library)
        library.close()
        assert contents(self.bench.index) == self.fresh
        left = {file.name for file in self.bench.index.parent.iterdir()}
        assert left == {self.bench.index.name, f"{self.bench.index.name}.seal"}


def use(library: Library) -> None:
    """Ask everything that a window asks; only a ProblemError may come of it."""
    asks: tuple[Callable[[], object], ...] = (
        lambda: library.pictures(library.ids(Query())),
        lambda: library.pictures(library.ids(Query(text="cat", rated=True))),
        lambda: library.ids(Query(text="C++")),
        lambda: library.by_sha256("0" * 64),
        lambda: library.made_with("0" * 64),
        library.counts,
        library.boards,
        library.trashed,
        lambda: library.charges_since(0),
        lambda: library.spent(None, "1970-01"),
    )
    for ask in asks:
        with contextlib.suppress(ProblemError):
            ask()


@pytest.fixture
def kept(bench: Bench, tmp_path: Path) -> Kept:
    """One part in the file, another in its log, as after a kill."""
    library = bench.open()
    pictures = [library.add(bench.new(number, prompt=f"a cat {number} 窗边的猫")) for number in range(6)]
    library.mark([pictures[0].id, pictures[1].id], rating=5, add_tags=["blue"], note="a note")
    library.record_spend(Spend("job", 5, "board", "model", 1, 1, 0, 0.5, "2026-11-01", Billed.YES))
    library.synchronise()
    library.close()
    library = bench.open()
    library.add(bench.new(7, prompt="only in the log"))
    library.trash([pictures[2].id])
    library.synchronise()
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in bench.index.parent.iterdir():
        shutil.copy(file, killed / file.name)
    library.close()
    return Kept(bench, killed, rebuilt(bench.root))


def flipped(suffix: str, place: float, bits: int = 0xFF) -> Callable[[Path], object]:
    def damage(index: Path) -> None:
        path = index.with_name(index.name + suffix)
        content = bytearray(path.read_bytes())
        content[int(place * len(content))] ^= bits
        path.write_bytes(content)

    return damage


def cut(suffix: str, share: float) -> Callable[[Path], object]:
    def damage(index: Path) -> None:
        path = index.with_name(index.name + suffix)
        os.truncate(path, int(path.stat().st_size * share))

    return damage


def overwritten(suffix: str, chance: random.Random) -> Callable[[Path], object]:
    def damage(index: Path) -> None:
        path = index.with_name(index.name + suffix)
        size_bytes = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(chance.randrange(max(1, size_bytes // PAGE_BYTES)) * PAGE_BYTES)
            file.write(chance.randbytes(PAGE_BYTES))

    return damage


def gone(suffix: str) -> Callable[[Path], object]:
    return lambda index: index.with_name(index.name + suffix).unlink()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_file_is_made_up_for(kept: Kept, suffix: str) -> None:
    kept.survives(gone(suffix))


def test_a_few_flips_and_cuts_anywhere_are_made_up_for(kept: Kept) -> None:
    chance = random.Random(4)
    for suffix in SUFFIXES:
        for _ in range(3):
            kept.survives(flipped(suffix, chance.random(), 1 << chance.randrange(8)))
            kept.survives(cut(suffix, chance.random()))
        kept.survives(overwritten(suffix, chance))


def test_a_letter_that_changed_in_a_prompt_is_not_believed(kept: Kept) -> None:
    def damage(index: Path) -> None:
        content = index.read_bytes()
        assert b"a cat 3" in content
        index.write_bytes(content.replace(b"a cat 3", b"a rat 3"))

    kept.survives(damage)


def test_an_index_without_its_full_text_is_searched_letter_by_letter_and_mended(kept: Kept) -> None:
    library = kept.bench.open()
    library._index.write(lambda connection: connection.execute("DELETE FROM search_data"))
    assert len(library.ids(Query(text="cat"))) == 5
    assert library.needs_rebuild
    library.synchronise()
    assert not library.needs_rebuild
    library.close()
    assert contents(kept.bench.index) == kept.fresh


def test_an_index_that_another_process_holds_for_a_while_is_waited_for(kept: Kept) -> None:
    library = kept.bench.open()
    other = sqlite3.connect(kept.bench.index, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")

    def let_go() -> None:
        time.sleep(0.2)
        other.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=let_go)
    thread.start()
    (rated,) = library.mark(library.ids(Query(text="log")), rating=3)
    thread.join()
    assert rated.rating == 3


@pytest.mark.endurance
def test_every_byte_of_an_index_may_be_wrong(kept: Kept, say_figures: Callable[[str], None]) -> None:
    """As many bytes as fit into the time, evenly, from the first to the last; then pages at random."""
    chance, tried, until_s = random.Random(5), 0, time.monotonic() + 120
    for number in range(10_000):
        share = number * 0.6180339887 % 1  # spreads evenly wherever it is stopped
        for suffix in SUFFIXES:
            damage = chance.choice((flipped(suffix, share), cut(suffix, share), overwritten(suffix, chance)))
            kept.survives(damage)
            tried += 1
        if time.monotonic() > until_s:
            break
    say_figures(f"index harness: {tried} damages tried, {tried} survived, 0 lost")
    assert tried > 100
