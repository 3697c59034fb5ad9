"""A board that is forgotten leaves no word on the disk, and takes nothing along that is not its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.imaging.markup import Crop, Markup
from seedream_desktop.library.library import Library
from seedream_desktop.library.markups import MarkedCopy
from seedream_desktop.library.values import Query
from tests.library.conftest import Bench

SECRETS = ("Geheimfuchs", "umbrella", "Zweitname", "狐狸")


def request(bench: Bench, library: Library, prompt: str, *numbers: int) -> GenerationRequest:
    """A request with the references of those numbers."""
    contents = [bench.bytes_of(number) for number in numbers]
    references = [
        library.add_reference(bench.source(content), bench.checked(content), "schuh.png")
        for content in contents
    ]
    return GenerationRequest("seedream", prompt, Size(preset="2K"), tuple(references))


def places_of(text: str, *folders: Path) -> list[str]:
    """Where a text is, in names and in contents."""
    paths = [path for folder in folders for path in folder.rglob("*")]
    held = [path for path in paths if path.is_file() and text.encode() in path.read_bytes()]
    return [path.name for path in (*held, *(path for path in paths if text in path.name))]


@pytest.fixture
def secret(bench: Bench, library: Library) -> str:
    """A board with three pictures, one of them in the trash, marked over and over again."""
    board = library.create_board("Zweitname 狐狸")
    for number in range(3):
        asked = request(bench, library, f"Geheimfuchs {number} umbrella 狐狸", 90, 91)
        new = bench.new(number, board_id=board.id, request=asked)
        picture = library.add(new)
        library.mark([picture.id], title="Geheimfuchs", note="umbrella", add_tags=("Geheimfuchs",))
    library.trash(library.ids(Query(board_id=board.id))[:1])
    library.add(bench.new(7, prompt="another", request=request(bench, library, "another", 91, 92)))
    return board.id


def test_nothing_of_it_is_found_on_the_disk_afterwards(bench: Bench, library: Library, secret: str) -> None:
    traces = library.traces_of_board(secret)
    assert traces is not None
    assert (len(traces.pictures), len(traces.trashed), len(traces.references)) == (2, 1, 1)
    assert places_of("Geheimfuchs", bench.root, bench.index.parent)
    told: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    library.forget_board(traces, hear)
    for text in SECRETS:
        assert places_of(text, bench.root, bench.index.parent) == []
    assert told[-1] == (2, 3)
    assert library.traces_of_board(secret) is None


def test_everything_else_stays(bench: Bench, library: Library, secret: str) -> None:
    traces = library.traces_of_board(secret)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    (left,) = library.ids(Query())
    assert library.pictures([left])[0].prompt == "another"
    references = sorted(path.stem for path in (bench.root / ".seedream" / "references").rglob("*.png"))
    assert references == sorted(bench.checked(bench.bytes_of(number)).sha256 for number in (91, 92))
    assert library.ids(Query(text="another")) == (left,)
    assert library.synchronise() is False
    assert library.ids(Query(trash=True)) == ()


def test_other_files_and_boards_within_stay_where_they_are(
    bench: Bench, library: Library, secret: str
) -> None:
    board = library.board(secret)
    assert board is not None
    folder = bench.root / board.path
    (folder / "offer.txt").write_text("theirs")
    (folder / "Within").mkdir()
    library.synchronise()
    traces = library.traces_of_board(secret)
    assert traces is not None
    assert traces.other_files == 1
    library.forget_board(traces, lambda _done, _total: True)
    assert sorted(path.name for path in folder.iterdir()) == ["Within", "offer.txt"]
    assert places_of("Geheimfuchs", bench.root, bench.index.parent) == []


def test_what_was_ended_in_the_middle_is_finished_by_doing_it_again(
    bench: Bench, library: Library, secret: str
) -> None:
    class Ended(Exception):
        pass

    def end(done: int, _total: int) -> bool:
        if done >= 2:
            raise Ended
        return True

    traces = library.traces_of_board(secret)
    assert traces is not None
    with pytest.raises(Ended):
        library.forget_board(traces, end)
    library.close()
    again = bench.open()
    again.synchronise()
    again.forget_board(traces, lambda _done, _total: True)
    for text in SECRETS:
        assert places_of(text, bench.root, bench.index.parent) == []
    assert again.synchronise() is False


def test_another_machine_drops_it_once_the_files_are_gone(
    bench: Bench, library: Library, secret: str, tmp_path: Path
) -> None:
    other = bench.open("machine-2", tmp_path / "other" / "index.sqlite3")
    other.synchronise()
    assert other.ids(Query(text="Geheimfuchs"))
    traces = library.traces_of_board(secret)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    other.synchronise()
    assert other.ids(Query(text="Geheimfuchs")) == ()
    assert len(other.ids(Query())) == 1


def test_a_renamed_board_keeps_its_id_and_its_pictures(library: Library, secret: str) -> None:
    library.rename_board(secret, "Umbra: a/b")
    board = library.board(secret)
    assert board is not None
    assert (board.count, board.name) == (2, Path(board.path).name)
    assert board.name.startswith("Umbra")
    pictures = library.pictures(library.ids(Query(board_id=secret)))
    assert all(picture.path.is_file() for picture in pictures)
    assert {picture.title for picture in pictures} == {"Geheimfuchs"}


def test_a_name_that_is_taken_becomes_the_next_and_the_inbox_keeps_its_own(
    library: Library, secret: str
) -> None:
    library.create_board("Taken")
    library.rename_board(secret, "taken")
    library.rename_board(library.inbox.id, "Other")
    assert next(board.name for board in library.boards()) == "Inbox"
    board = library.board(secret)
    assert board is not None
    assert board.name not in {"taken", "Taken"}
    library.rename_board(secret, board.name.upper())
    assert library.board(secret) == replace(board, name=board.name.upper(), path=board.name.upper())


def test_a_board_that_cannot_be_removed_says_why(bench: Bench, library: Library, secret: str) -> None:
    traces = library.traces_of_board(secret)
    assert traces is not None
    (bench.root / ".seedream" / "library.json").unlink()
    with pytest.raises(ProblemError):
        library.forget_board(traces, lambda _done, _total: True)
    assert len(list((bench.root / traces.path).glob("*.png"))) == 2


def test_a_reference_that_a_board_or_a_preset_names_stays(bench: Bench, library: Library) -> None:
    board, other = library.create_board("Goes"), library.create_board("Stays")
    asked = request(bench, library, "a cat", 90, 91, 92)
    library.add(bench.new(1, board_id=board.id, request=asked))
    named = [{"sha256": reference.sha256} for reference in asked.references]
    library.set_up_board(board.id, {"defaults": {"references": named}})
    library.set_up_board(other.id, {"defaults": {"references": named[:1]}})
    told = json.dumps({"recipe": {"references": named[1:2]}})
    (bench.root / ".seedream" / "presets" / "a.json").write_text(told)
    traces = library.traces_of_board(board.id)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    kept = {path.stem for path in (bench.root / ".seedream" / "references").glob("??/*")}
    assert kept == {reference.sha256 for reference in asked.references[:2]}


def test_with_a_marked_copy_goes_what_it_was_made_of_and_what_was_drawn(
    bench: Bench, library: Library
) -> None:
    board = library.create_board("Goes")
    original, copy = request(bench, library, "a cat", 90, 91).references
    size = original.width_px, original.height_px
    library.markups.keep(copy, MarkedCopy(original, Markup(*size, Crop(0, 0, 1, 1))))
    asked = GenerationRequest("seedream", "a cat", Size(preset="2K"), (copy,))
    library.add(bench.new(1, board_id=board.id, request=asked))
    traces = library.traces_of_board(board.id)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    assert not list((bench.root / ".seedream" / "references").glob("??/*"))


@pytest.mark.parametrize("is_gathered", [False, True])
def test_what_was_on_its_way_out_or_is_damaged_in_the_trash_goes_too(
    bench: Bench, library: Library, secret: str, is_gathered: bool
) -> None:
    entries = [entry.id for entry in library.trashed()]
    if is_gathered:
        library.emptying.gather(library.emptying.begin("Emptied"), entries)  # and it ends here
    else:
        (bench.root / ".seedream" / "trash" / entries[0] / "entry.json").write_bytes(b"\0")
    traces = library.traces_of_board(secret)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    library.emptying.put_back_left()
    assert [places_of(text, bench.root) for text in ("Geheimfuchs", "狐狸")] == [[], []]
    assert library.trashed() == ()


def test_what_was_removed_within_it_does_not_name_it_and_comes_back_without_it(
    bench: Bench, library: Library, secret: str
) -> None:
    within, empty = library.create_board("Within", secret), library.create_board("Empty", secret)
    (entry,) = library.trash([library.add(bench.new(8, within.id, prompt="another")).id])
    for board in (within, empty):
        library.board_folders.remove(board.id)
    assert places_of("Zweitname", bench.root / ".seedream" / "boards")
    traces = library.traces_of_board(secret)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    for text in SECRETS:
        assert places_of(text, bench.root, bench.index.parent) == []
    (back,) = library.restore([entry.id])
    assert (back.board_id, back.path.relative_to(bench.root).parts[:-1]) == (within.id, ("Within",))


def test_a_board_that_was_removed_and_came_back_is_forgotten_with_all_that_was_kept_of_it(
    bench: Bench, library: Library
) -> None:
    board = library.create_board("Geheimfuchs & 狐狸")
    library.board_folders.remove(board.id)
    library.board_folders.bring_back([board.id])
    traces = library.traces_of_board(board.id)
    assert traces is not None
    library.forget_board(traces, lambda _done, _total: True)
    assert [places_of(text, bench.root, bench.index.parent) for text in SECRETS] == [[]] * len(SECRETS)
