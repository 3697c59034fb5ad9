"""What is copied can be pasted as a picture and as a file; what is client-safe tells nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.recipe_text import recipe_in
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.platforms.linux import Linux
from seedream_desktop.state.handing_out import HandingOut
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import a_picture
from tests.imaging.leaving import PROMPT, manifest, pixels
from tests.state.handing_stage import NOTE, Shelf, shelf


class NoFileManager(Linux):
    """A system on which nothing can show a folder."""

    def reveal(self, path: Path) -> bool:
        return False


@pytest.fixture
def stage(tmp_path: Path) -> Shelf:
    return shelf(tmp_path)


@pytest.fixture
def handing_out(qtbot: QtBot, stage: Shelf) -> Iterator[HandingOut]:
    runner = TaskRunner(1)
    yield HandingOut(NoFileManager(), runner, draw_picture, stage.copies, lambda: stage.library)
    assert runner.close(60_000)


def _prepared(
    handing_out: HandingOut, qtbot: QtBot, *pictures: Picture, is_clean: bool = False
) -> tuple[Path, ...]:
    found: list[tuple[Path, ...]] = []
    handing_out.prepare(pictures, found.append, is_clean=is_clean)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def _tells(path: Path) -> bool:
    content = str(path).encode() + path.read_bytes()
    return b"canary" in content or PROMPT.encode() in content or NOTE.encode() in content


def test_a_copied_picture_is_there_as_picture_and_file(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot
) -> None:
    picture = stage.add(1, stage.usual)
    with qtbot.waitSignal(handing_out.copied):
        handing_out.copy_picture(picture)
    mime = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in mime.urls()] == [str(picture.path)]
    assert QImage(mime.imageData()).width() == 48


def test_copied_files_are_there_in_their_order(handing_out: HandingOut, stage: Shelf) -> None:
    pictures = stage.add(2, stage.usual), stage.add(1, stage.usual)
    handing_out.copy_files(pictures)
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in urls] == [str(picture.path) for picture in pictures]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_nothing_of_a_client_safe_picture_tells_how_it_was_made(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot, kind: str
) -> None:
    picture = stage.add(1, stage.safe, kind)
    original = picture.path.read_bytes()
    (path,) = _prepared(handing_out, qtbot, picture)
    assert path.name == f"Acme rebrand 0001.{'jpg' if kind == 'jpeg' else kind}"
    assert not _tells(path)
    with qtbot.waitSignal(handing_out.copied):
        handing_out.copy_picture(picture)
    mime = QGuiApplication.clipboard().mimeData()
    assert not _tells(Path(mime.urls()[0].toLocalFile()))
    assert mime.text() == "" or "canary" not in mime.text()
    assert picture.path.read_bytes() == original


def test_only_what_is_client_safe_is_copied_first(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot
) -> None:
    usual, safe = stage.add(1, stage.usual), stage.add(2, stage.safe)
    paths = _prepared(handing_out, qtbot, usual, safe)
    assert paths[0] == usual.path
    assert paths[1].name == "Acme rebrand 0002.png"


def test_any_picture_can_leave_telling_nothing(handing_out: HandingOut, stage: Shelf, qtbot: QtBot) -> None:
    pictures = stage.add(1, stage.usual), stage.add(2, stage.usual, "jpeg")
    paths = _prepared(handing_out, qtbot, *pictures, is_clean=True)
    assert [path.name for path in paths] == ["Posters 0001.png", "Posters 0002.jpg"]
    assert not any(map(_tells, paths))


def test_credentials_that_break_are_said(handing_out: HandingOut, stage: Shelf, qtbot: QtBot) -> None:
    picture = stage.add(1, stage.safe, "jpeg", manifest())
    with qtbot.waitSignal(handing_out.credentials_lost) as told:
        handing_out.prepare((picture,), lambda _: None)
    assert told.args == [1]


def test_prompt_and_recipe_are_copied_as_text(handing_out: HandingOut, stage: Shelf, qtbot: QtBot) -> None:
    pictures = stage.add(1, stage.usual), stage.add(2, stage.usual)
    handing_out.copy_prompt(pictures)
    assert QGuiApplication.clipboard().text() == PROMPT
    with qtbot.waitSignal(handing_out.recipe_copied):
        handing_out.copy_recipe(pictures[0])
    recipe = stage.library.record(pictures[0].id).made.recipe
    assert recipe_in(QGuiApplication.clipboard().text()) == recipe


def test_prompt_and_recipe_stay_on_a_client_safe_board(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot
) -> None:
    picture = stage.add(1, stage.safe)
    QGuiApplication.clipboard().clear()
    copies: tuple[Callable[[], None], ...] = (
        lambda: handing_out.copy_prompt((picture,)),
        lambda: handing_out.copy_recipe(picture),
    )
    for copy in copies:
        with qtbot.waitSignal(handing_out.failed) as failed:
            copy()
        assert failed.args is not None
        assert (failed.args[0].kind, failed.args[0].subject) == (ProblemKind.CLIENT_SAFE, "Acme rebrand")
    assert QGuiApplication.clipboard().text() == ""


def test_a_missing_picture_is_said(handing_out: HandingOut, qtbot: QtBot) -> None:
    with qtbot.waitSignal(handing_out.failed) as failed:
        handing_out.copy_picture(a_picture(1))
    assert failed.args is not None
    assert failed.args[0].kind is ProblemKind.FILE_UNREADABLE


def test_a_system_without_a_file_manager_is_said(handing_out: HandingOut, stage: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(handing_out.failed):
        handing_out.reveal(stage.library.root)


def test_old_copies_are_swept_and_new_ones_stay(stage: Shelf, tmp_path: Path) -> None:
    old, new = tmp_path / "leaving" / "old", tmp_path / "leaving" / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "a.png").write_bytes(b"a")
    os.utime(old, (0, 0))
    stage.copies.make([stage.add(1, stage.safe)], of_all=False)
    assert not old.exists()
    assert new.exists()


def test_a_copy_that_had_to_be_coded_anew_is_called_what_it_is(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot
) -> None:
    file = BytesIO()
    pixels().convert("P").save(file, "GIF", comment=PROMPT.encode())
    source = stage.bench.source(file.getvalue())
    checked = replace(stage.bench.checked(file.getvalue()), media_type="image/gif", extension="gif")
    picture = stage.library.import_picture(source, checked, stage.safe.id)
    (path,) = _prepared(handing_out, qtbot, picture)
    assert path.suffix == ".png"
    assert path.read_bytes().startswith(b"\x89PNG")
    assert not _tells(path)


def test_in_the_trash_it_tells_nothing_either_also_when_its_board_is_gone(
    handing_out: HandingOut, stage: Shelf, qtbot: QtBot
) -> None:
    kept = stage.add(1, stage.safe)
    gone = stage.add(2, stage.safe)
    stage.library.trash([kept.id])
    trashed = stage.library.pictures(stage.library.ids(Query(trash=True)))
    assert not any(map(_tells, _prepared(handing_out, qtbot, *trashed)))
    stage.library.trash([gone.id])
    stage.library.board_folders.remove(stage.safe.id)
    trashed = stage.library.pictures(stage.library.ids(Query(trash=True)))
    paths = _prepared(handing_out, qtbot, *trashed)
    assert len(paths) == 2
    assert not any(map(_tells, paths))
