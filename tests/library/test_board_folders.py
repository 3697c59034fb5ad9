"""Boards are nested, moved, removed and brought back, and stay the same boards with the same pictures."""

import json
import shutil
from pathlib import Path

import pytest

from seedream_desktop.library import board_folders
from seedream_desktop.library.board_file import budget_value
from seedream_desktop.library.board_folders import Standing
from seedream_desktop.library.folder import LibraryFolder
from seedream_desktop.library.gone_boards import GoneBoard, remember
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Board, Query
from tests.library.conftest import Bench
from tests.library.index_contents import equals_a_fresh_rebuild


def found(library: Library, board_id: str) -> Board:
    board = library.board(board_id)
    assert board is not None
    return board


@pytest.fixture
def acme(library: Library) -> Board:
    return library.create_board("Acme")


@pytest.fixture
def round_2(library: Library, acme: Board) -> Board:
    return library.create_board("Round 2", acme.id)


def test_a_board_is_made_within_another_one(bench: Bench, acme: Board, round_2: Board) -> None:
    assert round_2.path == "Acme/Round 2"
    assert (bench.root / "Acme" / "Round 2" / ".seedream" / "board.json").is_file()


def test_a_board_that_moves_takes_its_pictures_and_boards_along(
    bench: Bench, library: Library, acme: Board, round_2: Board
) -> None:
    picture = library.add(bench.new(1, round_2.id))
    library.mark([picture.id], rating=4, add_tags=["final"])
    zine = library.create_board("Zine")
    was = library.board_folders.move(Standing(acme.id, zine.id, ""))
    assert was == Standing(acme.id, "", "Acme")
    assert found(library, round_2.id).path == "Zine/Acme/Round 2"
    (moved,) = library.pictures(library.ids(Query(board_id=round_2.id)))
    assert (moved.id, moved.rating) == ("Zine/Acme/Round 2/a cat 0001.png", 4)
    assert library.ids(Query(text="zine")) == (moved.id,)
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)
    assert library.board_folders.move(was) == Standing(acme.id, zine.id, "Acme")
    assert found(library, round_2.id).path == "Acme/Round 2"


def test_a_board_moves_to_where_the_index_still_holds_another(
    bench: Bench, library: Library, acme: Board
) -> None:
    old = library.create_board("Old")
    for number, board in enumerate((acme, old)):
        library.add(bench.new(number, board.id, prompt="一只猫, a cat"))
    shutil.rmtree(bench.root / "Old")
    (bench.root / "Acme" / "a cat.txt").write_text("not a picture")
    library.board_folders.move(Standing(acme.id, "", "Old"))
    assert [board.path for board in library.boards()] == ["Inbox", "Old"]
    assert library.counts().all == 1
    assert equals_a_fresh_rebuild(bench.root, bench.index)


def test_a_board_goes_neither_into_itself_nor_does_the_inbox_go_anywhere(
    library: Library, acme: Board, round_2: Board
) -> None:
    for wanted in (
        Standing(acme.id, acme.id, ""),
        Standing(acme.id, round_2.id, ""),
        Standing(library.inbox.id, acme.id, ""),
        Standing("nobody", "", ""),
    ):
        assert library.board_folders.move(wanted) is None
    assert [board.path for board in library.boards()] == ["Inbox", "Acme", "Acme/Round 2"]


def test_boards_are_nested_only_as_deep_as_they_are_found_again(library: Library) -> None:
    deepest = library.create_board("0")
    for depth in range(1, 16):
        deepest = library.create_board(str(depth), deepest.id)
    other = library.create_board("other")
    assert library.board_folders.move(Standing(other.id, deepest.id, "")) is None
    library.synchronise()
    assert found(library, other.id).path == "other"


def test_a_name_that_is_taken_there_becomes_the_next_free_one(library: Library, acme: Board) -> None:
    inner = library.create_board("ACME", acme.id)
    library.board_folders.move(Standing(inner.id, "", ""))
    assert found(library, inner.id).path == "ACME (2)"


def test_a_removed_board_comes_back_as_it_was(
    bench: Bench, library: Library, acme: Board, round_2: Board
) -> None:
    values = {"client_safe": True, "budget": budget_value(200.0, is_monthly=False), "rank": 3}
    library.set_up_board(round_2.id, values)
    before = found(library, round_2.id)
    assert library.board_folders.remove(acme.id) == (round_2.id, acme.id)
    assert [board.path for board in library.boards()] == ["Inbox"]
    assert not (bench.root / "Acme").exists()
    library.board_folders.bring_back([acme.id, round_2.id])
    assert found(library, round_2.id) == before
    assert (before.is_client_safe, before.budget_usd, before.budget_is_monthly) == (True, 200.0, False)
    assert not list((bench.root / ".seedream" / "boards").iterdir())


def test_a_picture_from_the_trash_brings_its_removed_board_back(
    bench: Bench, library: Library, acme: Board, round_2: Board
) -> None:
    picture = library.add(bench.new(1, round_2.id))
    (entry,) = library.trash([picture.id])
    library.board_folders.remove(acme.id)
    other = library.create_board("Acme")
    (restored,) = library.restore([entry.id])
    assert restored.board_id == round_2.id
    assert found(library, round_2.id).path == "Acme (2)/Round 2"
    assert found(library, acme.id).path == "Acme (2)"
    assert other.path == "Acme"
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)


@pytest.mark.parametrize("kept", ["sketch.psd", ".seedream/a cat 0001.png.json"])
def test_a_board_stays_where_other_files_are_in_it(
    bench: Bench, library: Library, acme: Board, round_2: Board, kept: str
) -> None:
    (bench.root / "Acme" / kept).write_text("{}")
    assert library.board_folders.remove(acme.id) == (round_2.id,)
    assert found(library, acme.id).path == "Acme"
    assert (bench.root / "Acme" / kept).is_file()


@pytest.mark.parametrize("name", ["new.png", ".seedream/new.png.json", "Round 3/new.png", "@eaDir/x"])
def test_what_arrives_while_a_board_is_removed_stays_and_so_does_the_board(
    bench: Bench, library: Library, acme: Board, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_up_board(acme.id, {"client_safe": True})
    came = bench.root / "Acme" / name

    def arrive(folder: LibraryFolder, gone: GoneBoard) -> None:
        remember(folder, gone)
        came.parent.mkdir(exist_ok=True)
        came.write_bytes(bench.bytes_of(7))

    monkeypatch.setattr(board_folders, "remember", arrive)
    assert library.board_folders.remove(acme.id) == ()
    assert came.read_bytes() == bench.bytes_of(7)
    library.synchronise()
    assert found(library, acme.id).is_client_safe
    assert not list((bench.root / ".seedream" / "boards").iterdir())


def test_a_board_with_pictures_or_the_inbox_is_not_removed(
    bench: Bench, library: Library, acme: Board
) -> None:
    library.add(bench.new(1, acme.id))
    assert library.board_folders.remove(acme.id) == ()
    assert library.board_folders.remove(library.inbox.id) == ()
    assert library.board_folders.remove("nobody") == ()


def test_removed_boards_are_let_go_of_once_the_trash_holds_nothing_of_them(
    bench: Bench, library: Library, acme: Board
) -> None:
    zine = library.create_board("Zine")
    (entry,) = library.trash([library.add(bench.new(1, acme.id)).id])
    for board in (acme, zine):
        library.board_folders.remove(board.id)
    library.board_folders.sweep(0)
    kept = bench.root / ".seedream" / "boards"
    assert len(list(kept.iterdir())) == 2
    library.board_folders.sweep(2**52)
    assert [path.stem for path in kept.iterdir()] == [acme.id]
    library.purge([entry.id])
    library.board_folders.sweep(2**52)
    assert not list(kept.iterdir())


@pytest.mark.parametrize("path", ["../outside", "/tmp", "a//b", ".seedream", 5, None])
def test_what_says_that_a_board_was_outside_is_not_believed(
    bench: Bench, library: Library, acme: Board, path: object
) -> None:
    library.board_folders.remove(acme.id)
    held = bench.root / ".seedream" / "boards" / f"{acme.id}.json"
    held.write_text(json.dumps({**json.loads(held.read_text()), "path": path}))
    library.board_folders.bring_back([acme.id])
    assert library.board(acme.id) is None
    assert {one.name for one in bench.folder.iterdir()} <= {"library", "machine"}


def test_what_another_machine_says_of_a_board_is_taken_in(
    bench: Bench, library: Library, acme: Board
) -> None:
    library.synchronise()
    path = bench.root / "Acme" / ".seedream" / "board.json"
    said = {
        "client_safe": {"value": True, "at": 5, "by": "b"},
        "order": {"value": ["x.png"], "at": 5, "by": "b"},
    }
    path.write_text(json.dumps({**json.loads(path.read_text()), **said}))
    assert (
        library.look([".seedream", "Acme/.seedream"]) if hasattr(library, "look") else library.synchronise()
    )
    assert found(library, acme.id).is_client_safe
    assert not library.synchronise()
    library.synchronise()
    assert equals_a_fresh_rebuild(bench.root, bench.index)


def test_no_junk_of_a_file_manager_keeps_a_board(bench: Bench, library: Library, acme: Board) -> None:
    Path(bench.root / "Acme" / ".DS_Store").write_bytes(b"x")
    assert library.board_folders.remove(acme.id) == (acme.id,)
