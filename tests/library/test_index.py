"""The index is a cache: whatever happens to it, it is begun anew and nothing is reported."""

import random
import sqlite3
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library import index as index_module
from seedream_desktop.library import seal, synchronise
from seedream_desktop.library.index import Index
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Picture, Query
from tests.library.conftest import Bench


def filled(bench: Bench) -> tuple[Picture, ...]:
    library = bench.open()
    library.mark([library.add(bench.new(number)).id for number in range(12)][:3], rating=5)
    library.trash(library.ids(Query())[:1])
    before = library.pictures(library.ids(Query()))
    library.synchronise()
    library.close()
    return before


def again(bench: Bench) -> tuple[Picture, ...]:
    library = bench.open()
    library.synchronise()
    assert not library.needs_rebuild
    found = library.pictures(library.ids(Query()))
    assert len(library.trashed()) == 1
    assert len(library.ids(Query(text="cat"))) == len(found)
    library.close()
    return found


def test_a_deleted_index_is_rebuilt(bench: Bench) -> None:
    before = filled(bench)
    bench.index.unlink()
    assert again(bench) == before


def test_while_it_is_being_filled_the_file_is_not_read_over_and_over(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled(bench)
    bench.index.unlink()
    monkeypatch.setattr(index_module, "_LOG_LIMIT_BYTES", 1)
    monkeypatch.setattr(synchronise, "_AT_ONCE", 2)
    read: list[Path] = []
    fingerprint = seal._fingerprint

    def noted(path: Path) -> str:
        read.append(path)
        return fingerprint(path)

    monkeypatch.setattr(seal, "_fingerprint", noted)
    library = bench.open()
    library.synchronise()
    assert len(read) <= 4  # at its beginning, and once it is whole
    assert seal.is_sealed(bench.index)
    library.close()
    assert again(bench) == before


def test_one_that_was_closed_half_filled_goes_on_where_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled(bench)
    bench.index.unlink()
    monkeypatch.setattr(index_module, "_LOG_LIMIT_BYTES", 1)
    monkeypatch.setattr(synchronise, "_AT_ONCE", 2)
    library = bench.open()
    library.synchronise(lambda done, _total: done < 6)
    held = library.ids(Query())
    assert 0 < len(held) < len(before)
    library.close()
    library = bench.open()
    assert library.needs_rebuild
    assert library.ids(Query()) == held
    library.close()
    assert again(bench) == before


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.9])
def test_a_truncated_index_is_rebuilt(bench: Bench, share: float) -> None:
    before = filled(bench)
    content = bench.index.read_bytes()
    bench.index.write_bytes(content[: int(len(content) * share)])
    assert again(bench) == before


@pytest.mark.parametrize("seed", range(12))
def test_an_index_damaged_anywhere_is_rebuilt(bench: Bench, seed: int) -> None:
    before = filled(bench)
    content = bytearray(bench.index.read_bytes())
    chance = random.Random(seed)
    for _ in range(1 + seed):
        start = chance.randrange(len(content) // 4096) * 4096
        content[start : start + 4096] = chance.randbytes(4096)
    bench.index.write_bytes(content)
    assert again(bench) == before


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 500, b"SQLite format 3\0" + b"\0" * 5000]
)
def test_a_file_that_is_no_index_is_set_aside(bench: Bench, content: bytes) -> None:
    before = filled(bench)
    bench.index.write_bytes(content)
    library = bench.open()
    if content:
        assert bench.index.with_name(f"{bench.index.name}.damaged").read_bytes() == content
    library.close()
    assert again(bench) == before
    assert [path for path in bench.index.parent.iterdir() if ".damaged" in path.name] == []


def test_an_index_of_a_newer_version_is_set_aside(bench: Bench) -> None:
    before = filled(bench)
    with sqlite3.connect(bench.index) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert again(bench) == before


def test_an_index_of_another_library_is_not_used(bench: Bench) -> None:
    filled(bench)
    index = Index(bench.index, "another library")
    assert index.needs_rebuild
    assert index.read(lambda connection: connection.execute("SELECT count(*) FROM pictures").fetchone()) == (
        0,
    )
    index.close()


def test_damage_under_the_running_library_shows_nothing_until_it_is_rebuilt(bench: Bench) -> None:
    before = filled(bench)
    library = bench.open()
    connection = sqlite3.connect(bench.index)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bench.index.read_bytes()
    bench.index.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    assert library.ids(Query()) == ()
    assert library.needs_rebuild
    assert library.synchronise()
    assert library.pictures(library.ids(Query())) == before


def test_what_fails_within_a_write_leaves_nothing(library: Library) -> None:
    def act(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        library._index.write(act)
    found = library._index.read(lambda c: c.execute("SELECT * FROM meta WHERE name = 'a'").fetchall())
    assert found == []


def test_a_mistake_in_a_question_is_not_taken_for_damage(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError):
        library._index.read(lambda connection: connection.execute("SELECT nonsense FROM pictures"))
    assert not library._index.age


def test_an_index_that_cannot_be_made_is_a_problem(bench: Bench) -> None:
    (bench.folder / "machine").write_bytes(b"a file in the way")
    with pytest.raises(ProblemError) as caught:
        bench.open()
    assert caught.value.problem.kind in {ProblemKind.FOLDER_NOT_WRITABLE, ProblemKind.UNEXPECTED}


def test_the_rebuilt_index_says_the_same_as_the_one_that_grew(bench: Bench) -> None:
    filled(bench)

    def dump(path: Path) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(path)
        rows = [
            row
            for table in ("pictures", "links", "tags", "texts", "boards", "spend")
            for row in connection.execute(f"SELECT * FROM {table}")
        ]
        connection.close()
        return sorted((row[1:] for row in rows), key=repr)

    grown = dump(bench.index)
    bench.index.unlink()
    again(bench)
    assert dump(bench.index) == grown
