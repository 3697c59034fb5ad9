"""A board handed over as a ZIP comes to another library as it was; a client-safe one tells nothing."""

from __future__ import annotations

import errno
import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Reference, Size
from seedream_desktop.library.handing_over import HandOverReport, hand_over
from seedream_desktop.library.library import Library
from seedream_desktop.library.outbox import Passing
from seedream_desktop.library.values import Board, Picture, Query
from seedream_desktop.worker import Worker
from tests.imaging.leaving import PROMPT, plain
from tests.library.conftest import files_below
from tests.state.handing_stage import NOTE, Shelf, shelf
from tests.state.import_stage import Dock, docked

SECRETS = (PROMPT.encode(), b"canary", NOTE.encode(), b"seedream-5", b"secret tag")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def sender(tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / "sender").mkdir()
    stage = shelf(tmp_path / "sender")
    yield stage
    stage.library.close()


@pytest.fixture
def receiver(qtbot: QtBot, tmp_path: Path, worker: Worker) -> Iterator[Dock]:
    (tmp_path / "receiver").mkdir()
    with docked(qtbot, tmp_path / "receiver", worker) as dock:
        yield dock


def with_reference(stage: Shelf, number: int, board: Board, worker: Worker) -> tuple[Picture, Reference]:
    """A picture that was made with a reference."""
    source = stage.bench.folder / "reference.png"
    source.write_bytes(plain("png"))
    reference = stage.library.add_reference(source, worker.check_reference(source, None), "cat.png")
    content = plain("webp")
    new = stage.bench.new(number, board.id, prompt=PROMPT)
    new.source.write_bytes(content)
    checked = stage.bench.checked(content)
    request = GenerationRequest("seedream-5-0-lite", PROMPT, Size(preset="2K"), references=(reference,))
    recipe = Recipe(prompt=PROMPT, references=(reference,))
    facts = {"sha256": checked.sha256, "size_bytes": checked.size_bytes, "request": request, "recipe": recipe}
    made = replace(new.made, **facts)  # type: ignore[arg-type]
    picture = stage.library.add(replace(new, made=made, extension="webp"))
    stage.library.mark([picture.id], rating=4, note=NOTE, add_tags=["secret tag"])
    return picture, reference


def handed(stage: Shelf, folder: Path, worker: Worker, *boards: Board) -> HandOverReport:
    folder.mkdir(exist_ok=True)
    return hand_over(stage.library, boards, Passing(folder), worker.export, lambda *_: True)


def board_named(library: Library, name: str) -> Board:
    return next(board for board in library.boards() if board.name == name)


def test_a_board_arrives_with_pictures_records_references_and_the_boards_inside(
    sender: Shelf, receiver: Dock, worker: Worker, tmp_path: Path
) -> None:
    picture, reference = with_reference(sender, 1, sender.usual, worker)
    inside = sender.library.create_board("Drafts 草稿", sender.usual.id)
    other = sender.add(2, inside)
    sender.library.set_up_board(sender.usual.id, {"order": [picture.path.name]})
    sent = handed(sender, tmp_path / "out", worker, *sender.library.board_folders.below(sender.usual.id))
    assert sent.path is not None
    assert (sent.path.name, sent.pictures, sent.clean, sent.problem) == ("Posters.zip", 2, 0, None)
    report = receiver.bring(sent.path)
    assert (report.taken, len(report.boards), report.refused) == (2, 2, ())
    posters, drafts = (board_named(receiver.library, name) for name in ("Posters", "Drafts 草稿"))
    assert (posters.id, drafts.id) == (sender.usual.id, inside.id)
    assert drafts.path == "Posters/Drafts 草稿"
    (there,) = receiver.library.pictures(receiver.library.ids(Query(board_id=posters.id)))
    held = receiver.library.record(there.id)
    assert there.path.read_bytes() == picture.path.read_bytes()
    assert (there.path.name, held.made.request) == (
        picture.path.name,
        sender.library.record(picture.id).made.request,
    )
    assert (held.marks.rating.value, held.marks.note.value, held.marks.tag_names) == (
        4,
        NOTE,
        ("secret tag",),
    )
    assert receiver.library.reference_path(reference).read_bytes() == plain("png")
    assert receiver.library.board_settings(posters.id).order == (picture.path.name,)
    assert other.path.name in {Path(one).name for one in receiver.ids}


def test_a_client_safe_board_leaves_without_prompts_notes_and_recipes(
    sender: Shelf, receiver: Dock, worker: Worker, tmp_path: Path
) -> None:
    picture = sender.add(1, sender.safe, "jpeg")
    with_reference(sender, 2, sender.safe, worker)
    sender.library.set_up_board(sender.safe.id, {"defaults": {"prompt": PROMPT}})
    sent = handed(sender, tmp_path / "out", worker, sender.safe)
    assert sent.path is not None
    assert (sent.pictures, sent.clean) == (2, 2)
    with zipfile.ZipFile(sent.path) as archive:
        told = b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    assert not [secret for secret in SECRETS if secret in told]
    assert b"references" not in told
    assert receiver.bring(sent.path).taken == 2
    board = board_named(receiver.library, "Acme rebrand")
    assert board.is_client_safe
    there = receiver.library.pictures(receiver.library.ids(Query(board_id=board.id)))
    assert sorted(one.rating for one in there) == [0, 4]
    assert all(one.path.name.startswith("Acme rebrand 00") for one in there)
    assert picture.path.read_bytes().count(b"canary")  # the original stays as it is


def test_a_board_that_is_there_already_comes_beside_it_under_an_id_of_its_own(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path
) -> None:
    sender.add(1, sender.usual)
    sent = handed(sender, tmp_path / "out", worker, sender.usual)
    assert sent.path is not None
    receiver.bring(sent.path)
    before = files_below(receiver.library.root / "Posters")
    receiver.bring(sent.path)
    assert files_below(receiver.library.root / "Posters") == before
    boards = [board for board in receiver.library.boards() if board.name.startswith("Posters")]
    assert [board.name for board in boards] == ["Posters", "Posters (2)"]
    assert len({board.id for board in boards}) == 2
    assert [board.count for board in boards] == [1, 1]


def test_an_added_board_is_taken_back_and_done_again_in_one_step(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path
) -> None:
    sender.add(1, sender.usual)
    sent = handed(sender, tmp_path / "out", worker, sender.usual)
    assert sent.path is not None
    receiver.bring(sent.path)

    def names() -> list[str]:
        return [board.name for board in receiver.library.boards()]

    receiver.steps.undo()
    receiver.qtbot.waitUntil(lambda: names() == ["Inbox"])
    receiver.steps.redo()
    receiver.until(1)
    assert names() == ["Inbox", "Posters"]
    assert board_named(receiver.library, "Posters").id == sender.usual.id


def test_another_library_comes_as_one_board_with_its_boards_inside_and_stays_as_it_is(
    sender: Shelf, worker: Worker, receiver: Dock
) -> None:
    sender.add(1, sender.usual)
    _, reference = with_reference(sender, 2, sender.library.inbox, worker)
    before = files_below(sender.library.root)
    report = receiver.bring(sender.library.root)
    assert report.taken == 2
    paths = {board.path for board in receiver.library.boards()}
    assert {"library", "library/Inbox", "library/Posters", "library/Acme rebrand"} <= paths
    assert receiver.library.reference_path(reference).is_file()
    assert {picture.prompt for picture in receiver.library.pictures(receiver.ids)} == {PROMPT}
    assert files_below(sender.library.root) == before


def test_a_record_of_other_bytes_and_what_is_no_picture_are_not_believed(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path
) -> None:
    picture = sender.add(1, sender.usual)
    record = sender.library.root / "Posters" / ".seedream" / f"{picture.path.name}.json"
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(".seedream/parcel.json", b'{"format": 1}')
        archive.writestr("A/other.png", plain("png"))
        archive.writestr("A/.seedream/other.png.json", record.read_bytes())
        archive.writestr(
            "A/.seedream/board.json", b'{"id": "../../etc", "client_safe": [1], "rank": {"value": 9}}'
        )
        archive.writestr("A/fake.png", b"MZ no picture")
    report = receiver.bring(path)
    assert (report.taken, [one.subject for one in report.refused]) == (1, ["fake.png"])
    assert receiver.library.record(receiver.ids[0]).made.request is None
    board = board_named(receiver.library, "A")
    assert (board.id.isalnum(), board.rank) == (True, None)


def test_a_zip_of_something_else_is_refused_and_changes_nothing(receiver: Dock) -> None:
    path = receiver.folder / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fox.png", plain("png"))
    before = files_below(receiver.library.root)
    report = receiver.bring(path)
    assert [problem.subject for problem in report.refused] == ["other.zip"]
    assert files_below(receiver.library.root) == before


def test_a_stopped_and_a_failed_hand_over_leave_nothing(
    sender: Shelf, worker: Worker, tmp_path: Path
) -> None:
    for number in range(3):
        sender.add(number, sender.usual)
    out = tmp_path / "out"
    out.mkdir()
    stopped = hand_over(
        sender.library, (sender.usual,), Passing(out), worker.export, lambda done, _: done < 2
    )
    assert (stopped.path, stopped.is_cancelled) == (None, True)
    assert list(out.iterdir()) == []
    failed = hand_over(
        sender.library, (sender.usual,), Passing(tmp_path / "gone"), worker.export, lambda *_: True
    )
    assert failed.path is None
    assert failed.problem is not None


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_goes(
    sender: Shelf, worker: Worker, tmp_path: Path
) -> None:
    picture, _ = sender.add(1, sender.usual), sender.add(2, sender.usual)
    picture.path.unlink()
    sent = handed(sender, tmp_path / "out", worker, sender.usual)
    assert sent.pictures == 1
    assert [problem.subject for problem in sent.failed] == [picture.path.name]


def test_a_board_that_comes_twice_says_how_much_of_it_was_there(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path
) -> None:
    pictures = [sender.add(number, sender.usual, kind) for number, kind in enumerate(("png", "jpeg"))]
    first = handed(sender, tmp_path / "first", worker, sender.usual)
    sender.add(3, sender.usual, "webp")
    sender.library.mark([pictures[0].id], rating=2)
    second = handed(sender, tmp_path / "second", worker, sender.usual)
    assert first.path is not None
    assert second.path is not None
    assert receiver.bring(first.path).known == 0
    report = receiver.bring(second.path)
    assert (report.taken, report.known) == (3, 2)
    again = board_named(receiver.library, "Posters (2)")
    found = receiver.library.pictures(receiver.library.ids(Query(board_id=again.id)))
    assert sorted(picture.rating for picture in found) == [0, 0, 2]


def test_boards_and_pictures_with_names_in_every_script_arrive_under_them(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path
) -> None:
    board = sender.library.create_board("品牌 – سلام 👩🏽‍🎨 ผ้าไหม")
    inner = sender.library.create_board("Ronda #2 – 第二轮", board.id)
    for number, prompt in enumerate(("窗边的猫", "سلام عالم", "ผ้าไหม", "👩🏽‍🎨 ✨", "e\u0301te\u0301 noir")):
        new, content = sender.bench.new(number, inner.id, prompt=prompt), plain("png")
        new.source.write_bytes(content)
        checked = sender.bench.checked(content)
        made = replace(new.made, sha256=checked.sha256, size_bytes=checked.size_bytes)
        sender.library.add(replace(new, made=made))
    sent = handed(sender, tmp_path / "out", worker, board, inner)
    assert sent.path is not None
    assert receiver.bring(sent.path).taken == 5
    there = {
        picture.path.relative_to(receiver.library.root) for picture in receiver.library.pictures(receiver.ids)
    }
    here = sender.library.pictures(sender.library.ids(Query(board_id=inner.id)))
    assert there == {picture.path.relative_to(sender.library.root) for picture in here}


def test_taking_a_board_in_that_is_stopped_keeps_what_came_and_can_be_taken_back(
    sender: Shelf, worker: Worker, receiver: Dock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        sender.add(number, sender.usual, ("png", "jpeg", "webp")[number % 3])
    sent = handed(sender, tmp_path / "out", worker, sender.usual)
    assert sent.path is not None
    whole, came = Library.import_picture, itertools.count(1)

    def stopping(*arguments: Any) -> Picture:
        if next(came) == 3:
            receiver.activities.stop()
        return whole(*arguments)

    monkeypatch.setattr(Library, "import_picture", stopping)
    report = receiver.bring(sent.path)
    assert (report.is_stopped, report.taken) == (True, 3)
    receiver.until(3)
    receiver.steps.undo()
    receiver.qtbot.waitUntil(lambda: [board.name for board in receiver.library.boards()] == ["Inbox"])


def test_a_library_within_a_folder_is_known_as_one_and_keeps_its_ratings(
    sender: Shelf, receiver: Dock, tmp_path: Path
) -> None:
    picture = sender.add(1, sender.usual)
    sender.library.mark([picture.id], rating=5)
    loose = sender.bench.folder / "scan.png"
    loose.write_bytes(plain("webp"))
    report = receiver.bring(sender.bench.folder)
    assert (report.taken, report.refused_count) == (2, 0)
    boards = {board.path for board in receiver.library.boards()}
    assert f"{sender.library.root.name}/Posters" in boards
    assert max(one.rating for one in receiver.library.pictures(receiver.ids)) == 5


def test_the_library_itself_dropped_on_its_window_changes_nothing(receiver: Dock) -> None:
    receiver.bring(receiver.drawn("fox.png"))
    before = files_below(receiver.library.root)
    for path in (receiver.library.root, receiver.library.root.parent):
        report = receiver.bring(path)
        assert report.taken == 0
        assert report.duplicates
        assert files_below(receiver.library.root) == before


@pytest.mark.parametrize("safe", [False, True])
def test_a_library_that_goes_away_is_said_and_no_zip_is_there(
    sender: Shelf, worker: Worker, tmp_path: Path, safe: bool
) -> None:
    board = sender.safe if safe else sender.usual
    for number in range(6):
        sender.add(number, board)
    out = tmp_path / "out"
    out.mkdir()
    for number in range(5):

        def unplug(done: int, _: int, number: int = number) -> bool:
            if done == number + 1:
                sender.library.root.rename(tmp_path / "unplugged")
            return True

        report = hand_over(sender.library, (board,), Passing(out), worker.export, unplug)
        (tmp_path / "unplugged").rename(sender.library.root)
        assert report.path is None
        assert report.problem is not None
        assert (report.problem.kind, report.problem.subject) == (
            ProblemKind.LIBRARY_AWAY,
            str(sender.library.root),
        )
        assert list(out.iterdir()) == []


def test_a_picture_that_breaks_while_it_is_read_leaves_no_zip_and_is_named(
    sender: Shelf, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = sender.add(1, sender.usual)

    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("seedream_desktop.library.handing_over.files.open_regular", lambda _: Breaking())
    report = handed(sender, tmp_path / "out", worker, sender.usual)
    assert report.path is None
    assert report.problem == Problem(
        ProblemKind.FILE_UNREADABLE, said="Input/output error", subject=picture.path.name
    )
    assert list((tmp_path / "out").iterdir()) == []
