"""Boards are folders, and their ids stay whatever is done to the folders."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library.board_folders import Standing
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench


def board_id_in(folder: Path) -> str:
    return str(json.loads((folder / ".seedream" / "board.json").read_text())["id"])


def test_a_board_is_a_folder_with_an_id(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme: rebrand/2")
    assert (board.name, board.path) == ("Acme rebrand 2", "Acme rebrand 2")
    assert board_id_in(bench.root / board.path) == board.id
    assert library.board(board.id) == board


def test_a_name_that_is_taken_becomes_the_next_free_one(bench: Bench, library: Library) -> None:
    names = [library.create_board(name).name for name in ("Acme", "ACME", "inbox", "", "  ")]
    assert names == ["Acme", "ACME (2)", "inbox (2)", "Board", "Board (2)"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40))
def test_any_name_makes_a_board_directly_in_the_library(bench: Bench, library: Library, name: str) -> None:
    board = library.create_board(name)
    assert (bench.root / board.path).parent == bench.root
    assert (bench.root / board.path / ".seedream" / "board.json").is_file()


def test_inbox_comes_first_then_by_name_with_counts(bench: Bench, library: Library) -> None:
    for name in ("zebra", "Äpfel", "acme"):
        library.create_board(name)
    library.add(bench.new(1, "", "acme"))
    assert [(board.name, board.count) for board in library.boards()] == [
        ("Inbox", 0),
        ("acme", 1),
        ("zebra", 0),
        ("Äpfel", 0),
    ]


def test_inbox_is_made_again_when_it_was_removed(bench: Bench, library: Library) -> None:
    shutil.rmtree(bench.root / "Inbox")
    assert library.add(bench.new(1)).id == "Inbox/a cat 0001.png"


def test_a_folder_renamed_outside_is_the_same_board(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    picture = library.add(bench.new(1, board.id))
    library.mark([picture.id], rating=3)
    (bench.root / "Acme").rename(bench.root / "Acme 2026")
    assert library.synchronise()
    (found,) = library.pictures(library.ids(Query(board_id=board.id)))
    assert (found.id, found.rating, found.sha256) == ("Acme 2026/a cat 0001.png", 3, picture.sha256)
    renamed = library.board(board.id)
    assert renamed is not None
    assert renamed.name == "Acme 2026"


def test_a_picture_follows_its_board_that_was_renamed_a_moment_ago(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    (bench.root / "Acme").rename(bench.root / "Acme 2026")
    assert library.add(bench.new(1, board.id, "Acme")).id == "Acme 2026/a cat 0001.png"
    assert not (bench.root / "Acme").exists()


def test_a_copied_folder_is_a_board_of_its_own_with_the_same_records(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    library.mark([library.add(bench.new(1, board.id)).id], rating=5)
    library.synchronise()
    shutil.copytree(bench.root / "Acme", bench.root / "A copy")
    assert library.synchronise()
    copy = next(board for board in library.boards() if board.name == "A copy")
    assert copy.id != board.id
    assert library.board(board.id) is not None
    assert [picture.rating for picture in library.pictures(library.ids(Query(board_id=copy.id)))] == [5]
    assert len(library.ids(Query(board_id=board.id))) == 1
    assert not library.synchronise()


def test_a_folder_made_outside_becomes_a_board_nested_ones_too(bench: Bench, library: Library) -> None:
    (bench.root / "Acme" / "Round 2").mkdir(parents=True)
    (bench.root / ".hidden").mkdir()
    assert library.synchronise()
    assert [board.path for board in library.boards()] == ["Inbox", "Acme", "Acme/Round 2"]
    picture = library.add(bench.new(1, library.boards()[2].id))
    assert picture.id == "Acme/Round 2/a cat 0001.png"


def test_a_folder_removed_outside_is_forgotten(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    library.add(bench.new(1, board.id))
    shutil.rmtree(bench.root / "Acme")
    assert library.synchronise()
    assert (library.board(board.id), library.counts().all) == (None, 0)


def test_links_are_not_followed(bench: Bench, library: Library) -> None:
    outside = bench.folder / "outside"
    outside.mkdir()
    (outside / "private.png").write_bytes(bench.bytes_of(1))
    (bench.root / "loop").symlink_to(bench.root)
    (bench.root / "away").symlink_to(outside)
    (bench.root / "Inbox" / "link.png").symlink_to(outside / "private.png")
    library.synchronise()
    assert ([board.path for board in library.boards()], library.counts().all) == (["Inbox"], 0)


def test_settings_stay_with_the_board_and_newer_keys_too(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    path = bench.root / "Acme" / ".seedream" / "board.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "budget": {"value": 100}}))
    library.set_up_board(board.id, {"client_safe": True})
    assert library.set_up_board(board.id, {"order": ["b.png", "a.png"]}).is_client_safe
    assert library.board_settings(board.id).order == ("b.png", "a.png")
    assert json.loads(path.read_text())["budget"] == {"value": 100}


@pytest.mark.parametrize("is_known", [False, True])
def test_what_is_done_to_a_board_that_was_removed_outside_says_so_and_changes_nothing(
    bench: Bench, library: Library, is_known: bool
) -> None:
    board = library.create_board("Acme")
    picture = library.add(bench.new(1))
    shutil.rmtree(bench.root / "Acme")
    if is_known:
        library.synchronise()
    acts: list[Callable[[], object]] = [
        lambda: library.set_up_board(board.id, {"client_safe": True}),
        lambda: library.board_settings(board.id),
        lambda: library.create_board("Round 2", board.id),
        lambda: library.hand_order.arrange(board.id, [picture.id], ""),
        lambda: library.board_folders.move(Standing(library.inbox.id, board.id, "")),
    ]
    if is_known:
        acts.append(lambda: library.move([picture.id], board.id))
    for act in acts:
        with pytest.raises(ProblemError) as error:
            act()
        assert error.value.problem.kind is ProblemKind.BOARD_GONE
    assert not (bench.root / "Acme").exists()
    bench.root.rename(bench.folder / "away")
    with pytest.raises(ProblemError) as error:
        library.board_settings(board.id)
    assert error.value.problem.kind is ProblemKind.LIBRARY_AWAY


def test_only_what_is_set_up_anew_wins_over_what_another_machine_said(bench: Bench, library: Library) -> None:
    board = library.create_board("Acme")
    library.set_up_board(board.id, {"client_safe": False, "name_pattern": "{board}"})
    path = bench.root / "Acme" / ".seedream" / "board.json"
    before = path.read_bytes()
    library.set_up_board(board.id, {"client_safe": True})
    locked = path.read_bytes()
    path.write_bytes(before)
    other = bench.open("machine-2", bench.folder / "another.sqlite3")
    other.synchronise()
    other.set_up_board(board.id, {"client_safe": False, "name_pattern": "{prompt}"})
    path.with_name("board (2).json").write_bytes(locked)
    library.synchronise()
    held = library.board_settings(board.id)
    assert (held.is_client_safe, held.name_pattern) == (True, "{prompt}")


@pytest.mark.parametrize("name", ["board.sync-conflict-20261122-101010-ABCDEFG.json", "board (1).json"])
def test_copies_of_a_boards_file_are_merged_and_removed(bench: Bench, library: Library, name: str) -> None:
    board = library.create_board("Acme")
    path = bench.root / "Acme" / ".seedream" / "board.json"
    held = {
        **json.loads(path.read_text()),
        "id": "0" * 32,
        "client_safe": {"value": True, "at": 9, "by": "b"},
    }
    path.with_name(name).write_text(json.dumps(held))
    library.synchronise()
    assert not path.with_name(name).exists()
    found = library.board(board.id)
    assert found is not None
    assert (found.id, library.board_settings(board.id).is_client_safe) == ("0" * 32, True)
