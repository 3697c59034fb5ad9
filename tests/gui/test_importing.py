"""Dropped on the window: imported and said; a recipe is offered back; boards come and go; copies open."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_text
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.place_list import PlaceList
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.imaging.export_form import ExportForm, Telling
from seedream_desktop.imaging.exporting import export_picture
from seedream_desktop.library.values import Board, Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.platforms.linux import Linux
from seedream_desktop.platforms.macos import MacOS
from seedream_desktop.platforms.programs import Program
from seedream_desktop.platforms.windows import Windows
from seedream_desktop.state.session import Session
from tests.gallery_stage import a_press
from tests.gui.window_stage import WindowStage, window_stage
from tests.imaging.leaving import plain, telling

RECIPE = Recipe(prompt="a fox in the snow", watermark=False)


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    return window_stage(session, tmp_path, qtbot)


def exported(folder: Path, name: str = "exported.png") -> Path:
    """A picture that left another machine with its recipe inside."""
    source, target = folder / "plain.png", folder / name
    source.write_bytes(plain("png"))
    export_picture(source, target, ExportForm(), Telling(recipe=recipe_text(RECIPE)))
    return target


def said(stage: WindowStage) -> str:
    return " ".join(label.text() for label in stage.window.notices.findChildren(Label))


def press(stage: WindowStage, words: str) -> None:
    next(one for one in stage.window.notices.findChildren(QPushButton) if one.text() == words).click()


def until_said(stage: WindowStage, words: str) -> None:
    stage.qtbot.waitUntil(lambda: words in said(stage))


def test_what_is_dropped_on_the_grid_comes_with_its_recipe_and_once(
    stage: WindowStage, tmp_path: Path
) -> None:
    path = exported(tmp_path)
    stage.window.gallery.files_dropped.emit((path,))
    until_said(stage, "1 picture imported. 1 picture came with a recipe.")
    library = stage.session.pictures.the_library()
    stage.window.gallery.files_dropped.emit((path,))
    until_said(stage, "1 picture left out: the same files are in the library already.")
    assert library.counts().all == 1
    press(stage, "Import anyway")
    stage.qtbot.waitUntil(lambda: library.counts().all == 2)
    until_said(stage, "1 picture imported")
    press(stage, "Undo")
    stage.qtbot.waitUntil(lambda: library.counts().all == 1)


class Web:
    """What lies behind links."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages

    async def download(self, url: str, target: Path, progress: Callable[[int, int | None], None]) -> None:
        name = url.rpartition("/")[2].split(".")[0]
        if name not in self.pages:
            raise ProblemError(Problem(ProblemKind.LINK_DENIED, said="403"))
        target.write_bytes(self.pages[name])  # noqa: ASYNC240 - a test


def drop(stage: WindowStage, mime: QMimeData) -> None:
    gallery, actions = stage.window.gallery, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    where = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), actions, mime, *where)
    gallery.dragEnterEvent(entering)
    assert entering.isAccepted()
    gallery.dropEvent(QDropEvent(QPointF(50, 50), actions, mime, *where))


def a_bitmap() -> QMimeData:
    image, mime = QImage(40, 30, QImage.Format.Format_RGB32), QMimeData()
    image.fill(QColor("teal"))
    mime.setImageData(image)
    return mime


def bytes_of_a_page() -> QMimeData:
    mime = QMimeData()
    mime.setData("image/png", plain("png"))
    return mime


def html_around(source: str) -> QMimeData:
    mime = QMimeData()
    mime.setHtml(f'<meta charset="utf-8"><img class="hero" src="{source}" alt="a cat">')
    mime.setUrls([QUrl("https://example.com/page")])
    return mime


@pytest.mark.parametrize(
    "mime",
    [
        a_bitmap,
        bytes_of_a_page,
        lambda: html_around("data:image/png;base64," + base64.b64encode(plain("png")).decode()),
        lambda: html_around("https://example.com/cat.png?width=2000&amp;fit=crop"),
    ],
)
def test_a_picture_dragged_out_of_a_browser_is_imported(
    stage: WindowStage, mime: Callable[[], QMimeData]
) -> None:
    vars(stage.session)["client"] = Web(cat=plain("png"))
    library = stage.session.pictures.the_library()
    drop(stage, mime())
    until_said(stage, "1 picture imported.")
    assert library.counts().all == 1
    drop(stage, mime())
    until_said(stage, "1 picture left out: the same files are in the library already.")
    press(stage, "Import anyway")
    stage.qtbot.waitUntil(lambda: library.counts().all == 2)


def a_board(stage: WindowStage) -> Board:
    board = stage.session.pictures.the_library().create_board("Acme")
    stage.session.pictures.tell_everything()
    places = stage.window.sidebar.places
    stage.qtbot.waitUntil(lambda: any(shown == "Acme" for shown in names(places)))
    return board


def names(places: PlaceList) -> list[str]:
    model = places.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def drop_on_board(stage: WindowStage, name: str, mime: QMimeData) -> None:
    places = stage.window.sidebar.places
    row = names(places).index(name)
    at, actions = places.visualRect(places.model().index(row, 0)).center(), Qt.DropAction.CopyAction
    where = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(at, actions, mime, *where), QDragMoveEvent(at, actions, mime, *where)):
        QApplication.sendEvent(places.viewport(), event)
        assert event.isAccepted()
    QApplication.sendEvent(places.viewport(), QDropEvent(QPointF(at), actions, mime, *where))


def test_a_folder_dropped_on_a_board_brings_all_pictures_below_it_there(
    stage: WindowStage, tmp_path: Path
) -> None:
    folder = tmp_path / "shoot"
    (folder / "raw" / "day 2").mkdir(parents=True)
    for number, place in enumerate((folder, folder / "raw", folder / "raw" / "day 2")):
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        image.fill(QColor(number, 0, 0))
        assert image.save(str(place / f"{number}.png"))
    (folder / "notes.txt").write_text("no picture", encoding="utf-8")
    board = a_board(stage)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    drop_on_board(stage, "Acme", mime)
    until_said(stage, "3 pictures imported.")
    library = stage.session.pictures.the_library()
    assert len(library.ids(Query(board_id=board.id))) == 3


def test_a_picture_out_of_a_browser_dropped_on_a_board_goes_there(stage: WindowStage) -> None:
    board = a_board(stage)
    drop_on_board(stage, "Acme", a_bitmap())
    until_said(stage, "1 picture imported.")
    assert len(stage.session.pictures.the_library().ids(Query(board_id=board.id))) == 1


def test_a_link_that_leads_to_no_picture_is_told_and_the_others_come(stage: WindowStage) -> None:
    vars(stage.session)["client"] = Web(cat=plain("png"), page=b"<html>no picture</html>")
    mime = QMimeData()
    mime.setText("https://example.com/gone.png\nhttps://example.com/cat.png\nhttps://example.com/page.html")
    mime.setUrls([QUrl(line) for line in mime.text().splitlines()])
    refused: list[Problem] = []
    stage.session.dropped_pictures.refused.connect(refused.append)
    drop(stage, mime)
    until_said(stage, "1 picture imported.")
    assert [problem.kind for problem in refused] == [ProblemKind.LINK_UNUSABLE]
    assert "page" in said(stage)
    assert stage.session.pictures.the_library().counts().all == 1


def test_files_that_are_no_pictures_are_told_in_one_sentence(stage: WindowStage, tmp_path: Path) -> None:
    paths = tuple(tmp_path / f"note {number}.txt" for number in range(5))
    for path in paths:
        path.write_text("no picture", encoding="utf-8")
    stage.window.sidebar.files_dropped.emit(paths, stage.session.pictures.the_library().inbox.id)
    until_said(stage, "5 files could not be taken, among them note 0.txt, note 1.txt, note 2.txt.")


def test_a_recipe_that_is_dropped_on_compose_is_offered_and_used_undoably(
    stage: WindowStage, tmp_path: Path
) -> None:
    draft = stage.session.draft
    draft.set_prompt("what I had written")
    stage.window.compose.files_dropped.emit((exported(tmp_path),))
    until_said(stage, "This picture carries a recipe.")
    assert draft.recipe.prompt == "what I had written"
    stage.qtbot.waitUntil(lambda: bool(draft.recipe.references))
    press(stage, "Use it")
    assert (draft.recipe.prompt, draft.recipe.watermark) == (RECIPE.prompt, False)
    draft.undo()
    assert draft.recipe.prompt == "what I had written"


def test_a_board_is_handed_over_and_dropped_on_the_right_column(
    stage: WindowStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.fill(2)
    library, tie = stage.session.pictures.the_library(), stage.window.ties.handing_over
    library.create_board("Inside", library.inbox.id)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(out))
    stage.window.ties.board_menu.hand_over_requested.emit(library.inbox)
    stage.qtbot.waitUntil(lambda: bool(stage.window.findChildren(QMessageBox)))
    (box,) = stage.window.findChildren(QMessageBox)
    assert box.findChild(QCheckBox) is not None
    next(one for one in box.buttons() if one.text() == "Choose a folder…").click()
    until_said(stage, "Inbox.zip written, with 2 pictures.")
    assert tie.parent() is stage.window
    stage.window.compose.boards_dropped.emit((out / "Inbox.zip",))
    until_said(stage, "2 boards added. 2 pictures imported.")
    assert {board.path for board in library.boards()} >= {"Inbox (2)", "Inbox (2)/Inside"}


def test_the_question_says_what_a_client_safe_board_keeps_back(stage: WindowStage) -> None:
    stage.fill(1)
    library, handing_over = stage.session.pictures.the_library(), stage.session.handing_over
    library.set_up_board(library.inbox.id, {"client_safe": True})
    with stage.qtbot.waitSignal(handing_over.facts_known) as known:
        handing_over.look(library.inbox.id)
    assert known.args is not None
    box = stage.window.ties.handing_over.question(known.args[0])
    assert "neither prompts nor recipes" in box.informativeText()
    assert "what made them" not in box.informativeText()
    assert box.checkBox() is None
    box.close()


def test_a_working_copy_of_what_was_just_made_stands_beside_it(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for system in (Linux, MacOS, Windows):
        monkeypatch.setattr(system, "open_with_default", lambda *_: True)
    model, jobs = stage.session.gallery, a_press(2, "press")
    model.add_jobs(jobs)
    for number, job in enumerate(jobs):
        picture = stage.add(number, press_id="press", press_index=number)
        model.place_picture(PictureSaved(job.id, 0, picture))
        model.remove_job(job.id)
    stage.session.pictures.tell_everything()
    stage.qtbot.waitUntil(lambda: model.picture_count == 2)
    first = model.picture(0)
    assert first is not None
    stage.select((first,))
    stage.window.gallery.act_requested.emit(PictureKey.OPEN_WITH)
    stage.qtbot.waitUntil(lambda: model.picture_count == 3)
    names = [Path(model.picture_id(row) or "").stem for row in range(3)]
    assert names[:2] == [first.path.stem, f"{first.path.stem} edit 1"]


def test_a_working_copy_is_opened_and_never_the_original(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def note(_: object, path: Path) -> bool:
        seen.append(path)
        return True

    for system in (Linux, MacOS, Windows):
        monkeypatch.setattr(system, "open_with_default", note)
    (picture,) = stage.fill(1)
    stage.select((picture,))
    stage.window.gallery.act_requested.emit(PictureKey.OPEN_WITH)
    until_said(stage, f"{picture.path.stem} edit 1.png is open in another program.")
    assert seen == [picture.path.with_name(f"{picture.path.stem} edit 1.png")]
    model = stage.session.gallery
    stage.qtbot.waitUntil(lambda: len(model.stack_of(model.row_of(picture.id) or 0)) == 2)
    stage.qtbot.waitUntil(lambda: len(stage.window.gallery.rows_in_view()) == 1)
    stage.session.undo.undo()
    library = stage.session.pictures.the_library()
    stage.qtbot.waitUntil(lambda: (library.counts().all, library.counts().trash) == (1, 1))


def test_a_program_is_chosen_for_a_working_copy_and_used_again(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []

    def note(_: object, program_id: str, path: Path) -> bool:
        opened.append((program_id, path.name))
        return True

    for system in (Linux, MacOS, Windows):
        monkeypatch.setattr(system, "programs_for", lambda *_: (Program("k", "Krita"), Program("p", "P & Q")))
        monkeypatch.setattr(system, "open_with", note)
    (picture,) = stage.fill(1)
    before = picture.path.read_bytes()
    stage.select((picture,))
    stage.window.gallery.act_requested.emit(PictureKey.CHOOSE_PROGRAM)
    stage.qtbot.waitUntil(lambda: bool(stage.window.findChildren(QMenu, "programs")))
    (menu,) = stage.window.findChildren(QMenu, "programs")
    entries = {act.text(): act for act in menu.actions() if act.text()}
    assert list(entries) == [
        *("The system's program for it", "Krita", "P && Q", "Choose another program…"),
    ]
    entries["Krita"].trigger()
    stem = picture.path.stem
    until_said(stage, f"{stem} edit 1.png is open in Krita.")
    menu.close()
    stage.select((stage.now(picture),))
    stage.window.gallery.act_requested.emit(PictureKey.OPEN_WITH)
    until_said(stage, f"{stem} edit 2.png is open in Krita.")
    assert opened == [("k", f"{stem} edit 1.png"), ("k", f"{stem} edit 2.png")]
    assert picture.path.read_bytes() == before


def test_the_board_that_is_shown_is_handed_over_from_the_menu(stage: WindowStage) -> None:
    stage.fill(1)
    commands, inbox = stage.window.commands, stage.session.pictures.the_library().inbox

    def offered() -> bool:
        commands.menu_opening.emit()
        return commands._actions["hand_over"].isEnabled()

    assert not offered()
    stage.session.gallery.set_query(Query(board_id=inbox.id))
    assert offered()
    commands._actions["hand_over"].trigger()
    stage.qtbot.waitUntil(lambda: bool(stage.window.findChildren(QMessageBox)))
    (box,) = stage.window.findChildren(QMessageBox)
    assert "Inbox" in box.text()
    box.close()


@pytest.mark.parametrize(
    ("kind", "becomes"), [("png", "png"), ("jpeg", "jpeg"), ("webp", "webp"), ("gif", "png")]
)
def test_a_working_copy_on_a_client_safe_board_tells_nothing_inside_either(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch, kind: str, becomes: str
) -> None:
    for system in (Linux, MacOS, Windows):
        monkeypatch.setattr(system, "open_with_default", lambda *_: True)
    source = stage.folder / f"exported.{kind}"
    source.write_bytes(telling(kind))
    stage.window.gallery.files_dropped.emit((source,))
    stage.qtbot.waitUntil(lambda: stage.session.gallery.picture_count == 1)
    library = stage.session.pictures.the_library()
    library.set_up_board(library.inbox.id, {"client_safe": True})
    (picture,) = library.pictures(library.ids(Query()))
    with stage.qtbot.waitSignal(stage.session.pictures.library_changed):
        stage.session.pictures.tell_everything()
    before = picture.path.read_bytes()
    assert b"canary" in before
    with stage.qtbot.waitSignal(stage.session.working_copies.opened) as opened:
        stage.session.working_copies.open((picture,))
    assert opened.args is not None
    (copy,) = opened.args[0]
    assert b"canary" not in copy.path.read_bytes()
    assert copy.path.suffix == f".{becomes}"
    assert library.record(copy.id).made.media_type == f"image/{becomes}"
    assert library.record(copy.id).made.size_bytes == copy.path.stat().st_size
    assert picture.path.read_bytes() == before
