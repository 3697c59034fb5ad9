"""Pictures from elsewhere come in pieces, once each, with their recipes, and go again in one step."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from seedream_desktop.file_names import legal_name
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_in, recipe_text
from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.export_form import ExportForm, ExportWish, FileFormat, Telling
from seedream_desktop.imaging.exporting import export_picture
from seedream_desktop.library.exporting import outgoing_of
from seedream_desktop.library.values import Query
from seedream_desktop.state.importing import ImportReport
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.worker import Worker
from tests.imaging.leaving import plain
from tests.state.import_stage import Dock, docked

_LONG_MS = 900_000  # each picture is synced to the disk four times
STEMS = (
    *(
        "窗边的猫",
        "سلام عالم",
        "קצר",
        "ผ้าไหม",
        "Ünïcöde",
        "e\u0301te\u0301",
        "👩🏽‍🎨 ✨",
        "🇨🇳",
        "नमस्ते",
        "ß" * 80,
    ),
    *(
        "-rf",
        " spaced ",
        "a.b.c",
        "CON",
        "trailing.",
        "x" * 200,
        "100% #1 & 'q' \"q\"",
        "new\nline",
        "\u202egnp",
    ),
)
RECIPE = Recipe(prompt="a fox 狐狸", model="seedream-5-0-lite", images_in_set=3, is_set=True)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def dock(qtbot: QtBot, tmp_path: Path, worker: Worker) -> Iterator[Dock]:
    with docked(qtbot, tmp_path, worker) as dock:
        yield dock


def test_what_is_no_picture_is_refused_by_name_and_the_rest_is_taken(dock: Dock) -> None:
    text = dock.folder / "notes.png"
    text.write_text("no picture", encoding="utf-8")
    report = dock.bring(dock.drawn("fox.png"), text, dock.folder / "gone.png")
    assert (report.taken, report.refused_count) == (1, 2)
    assert [one.kind for one in report.refused] == [ProblemKind.NOT_A_PICTURE, ProblemKind.FILE_UNREADABLE]
    assert [one.subject for one in report.refused] == ["notes.png", "gone.png"]


def test_of_a_folder_all_pictures_below_come_and_nothing_hidden_or_linked(dock: Dock) -> None:
    dock.drawn("shoot/a.png", 1)
    dock.drawn("shoot/day two/b.PNG", 2)
    dock.drawn("shoot/.cache/c.png", 3)
    (dock.folder / "shoot" / "notes.txt").write_text("no picture", encoding="utf-8")
    (dock.folder / "shoot" / "round").symlink_to(dock.folder / "shoot", target_is_directory=True)
    report = dock.bring(dock.folder / "shoot")
    assert (report.taken, report.refused) == (2, ())


def test_a_folder_without_pictures_is_named(dock: Dock) -> None:
    (dock.folder / "empty").mkdir()
    report = dock.bring(dock.folder / "empty")
    assert [(one.kind, one.subject) for one in report.refused] == [(ProblemKind.IS_A_FOLDER, "empty")]


def test_the_same_bytes_come_once_under_whatever_name_unless_asked_for(dock: Dock) -> None:
    first, copy = dock.drawn("fox.png"), dock.drawn("copy of fox.png")
    assert dock.bring(first, copy).duplicates == (copy,)
    report = dock.bring(copy)
    assert (report.taken, report.duplicates, report.step) == (0, (copy,), None)
    assert dock.bring(*report.duplicates, with_duplicates=True).taken == 1
    assert len(dock.ids) == 2


def test_what_is_in_the_trash_is_no_duplicate(dock: Dock) -> None:
    path = dock.drawn("fox.png")
    dock.bring(path)
    dock.library.trash(dock.ids)
    assert dock.bring(path).taken == 1


def test_a_file_in_the_library_that_is_dropped_on_it_stays_as_it_is(dock: Dock) -> None:
    dock.bring(dock.drawn("fox.png"))
    inside = dock.library.root / dock.ids[0]
    before = inside.read_bytes()
    assert dock.bring(inside).duplicates == (inside,)
    assert inside.read_bytes() == before


@pytest.mark.parametrize("form", [FileFormat.PNG, FileFormat.JPEG, FileFormat.WEBP])
def test_an_exported_picture_brings_its_recipe_back_into_the_record(dock: Dock, form: FileFormat) -> None:
    source = dock.folder / "source.png"
    source.write_bytes(plain("png"))
    target = dock.folder / f"exported.{form.value}"
    export_picture(source, target, ExportForm(format=form), Telling(recipe=recipe_text(RECIPE)))
    assert dock.bring(target).recipes == 1
    assert dock.library.record(dock.ids[0]).made.recipe == RECIPE


def test_a_recipe_that_came_with_a_picture_goes_out_with_it_again(dock: Dock) -> None:
    source, target = dock.folder / "source.png", dock.folder / "exported.png"
    source.write_bytes(plain("png"))
    export_picture(source, target, ExportForm(), Telling(recipe=recipe_text(RECIPE)))
    dock.bring(target)
    (picture,) = dock.library.pictures(dock.ids)
    record = dock.library.record(picture.id)
    wish = ExportWish(form=ExportForm(format=FileFormat.JPEG), embeds_recipe=True)
    going = outgoing_of(picture, record, "again", wish, is_client_safe=False)
    assert recipe_in(going.telling.recipe) == RECIPE
    assert going.telling.is_made_by_model


def test_a_recipe_from_elsewhere_brings_no_links(dock: Dock) -> None:
    link = Reference("ab" * 32, "image/png", 4, 4, 9, "cat", url="https://evil.example/?token=1")
    text = recipe_text(Recipe(prompt="a fox", references=(link,)))
    hostile = text.replace('"sha256"', '"url": "https://evil.example/?token=1", "sha256"', 1)
    target = dock.folder / "exported.png"
    source = dock.folder / "source.png"
    source.write_bytes(plain("png"))
    export_picture(source, target, ExportForm(format=FileFormat.PNG), Telling(recipe=hostile))
    dock.bring(target)
    record = dock.library.root / "Inbox" / ".seedream" / f"{Path(dock.ids[0]).name}.json"
    assert "a fox" in record.read_text(encoding="utf-8")
    assert "evil" not in record.read_text(encoding="utf-8")


def test_an_import_is_taken_back_to_the_trash_and_done_again_in_one_step(dock: Dock) -> None:
    report = dock.bring(*(dock.drawn(f"{number}.png", number) for number in range(3)))
    assert dock.steps.next_undo is report.step
    dock.steps.undo()
    dock.until(0)
    assert dock.library.counts().trash == 3
    dock.steps.redo()
    dock.until(3)
    dock.steps.undo()
    dock.until(0)


def test_an_import_that_is_taken_back_under_way_stops_and_goes(dock: Dock) -> None:
    paths = tuple(dock.drawn(f"{number}.png", number) for number in range(60))
    with dock.qtbot.waitSignal(dock.importing.ended) as ended:
        dock.importing.begin(paths, dock.library.inbox.id)
        dock.qtbot.waitUntil(lambda: bool(dock.ids))
        dock.steps.undo()
    assert ended.args is not None
    assert ended.args[0].is_stopped
    dock.until(0)


def test_an_import_ends_soon_when_the_window_is_closed(dock: Dock) -> None:
    paths = tuple(dock.drawn(f"{number}.png", number) for number in range(60))
    dock.importing.begin(paths, dock.library.inbox.id)
    dock.qtbot.waitUntil(lambda: bool(dock.ids))
    with dock.qtbot.waitSignal(dock.importing.ended) as ended:
        dock.activities.stop()
    assert ended.args is not None
    assert ended.args[0].is_stopped
    assert 0 < ended.args[0].taken < len(paths)


def test_an_import_that_brought_nothing_is_no_step(dock: Dock) -> None:
    dock.bring(dock.folder / "gone.png")
    assert dock.steps.next_undo is None


def test_a_library_that_cannot_be_written_ends_the_import_with_the_reason(dock: Dock) -> None:
    (dock.library.root / ".seedream" / "library.json").rename(dock.folder / "away.json")
    report = dock.bring(dock.drawn("fox.png"))
    assert report.problem is not None
    assert report.problem.kind is ProblemKind.LIBRARY_AWAY


def _longest_pause_s(dock: Dock, paths: tuple[Path, ...]) -> tuple[ImportReport, float, int]:
    """What came, how long the GUI thread was held up at most, and in how many pieces it was told."""
    pauses, last, told = [0.0], [time.monotonic()], list[LibraryChange]()
    dock.pictures.library_changed.connect(told.append)

    def tick() -> None:
        now_s = time.monotonic()
        pauses.append(now_s - last[0])
        last[0] = now_s

    timer = QTimer(interval=5)
    timer.timeout.connect(tick)
    timer.start()
    report = dock.bring(*paths, wait_ms=_LONG_MS)
    timer.stop()
    return report, max(pauses), len(told)


def test_a_thousand_files_do_not_hold_up_the_window(dock: Dock) -> None:
    pictures = tuple(dock.drawn(f"{number}.png", number) for number in range(40))
    others = tuple(dock.folder / f"note {number}.txt" for number in range(960))
    for path in others:
        path.write_bytes(b"text")
    report, pause_s, pieces = _longest_pause_s(dock, (*pictures, *others))
    assert (report.taken, report.refused_count, len(report.refused)) == (40, 960, 200)
    assert pause_s < 0.5
    assert pieces < 40


@pytest.mark.endurance
def test_ten_thousand_files_dropped_at_once_do_not_hold_up_the_window(dock: Dock) -> None:
    paths = tuple(dock.drawn(f"drop/{number}.png", number * 7) for number in range(10_000))
    report, pause_s, _ = _longest_pause_s(dock, paths)
    assert report.taken == 10_000
    assert pause_s < 0.5
    dock.steps.undo()
    dock.qtbot.waitUntil(lambda: not dock.ids, timeout=_LONG_MS)


def test_names_in_every_script_come_and_can_be_searched(dock: Dock) -> None:
    for number, stem in enumerate(STEMS):
        dock.drawn(f"{stem}.png", number + 1)
    report = dock.bring(dock.folder)
    assert (report.taken, report.refused_count) == (len(STEMS), 0)
    pictures = dock.library.pictures(dock.ids)
    assert all(
        picture.path.is_file() and legal_name(picture.path.name) == picture.path.name for picture in pictures
    )
    assert len({picture.path for picture in pictures}) == len(STEMS)
    for text in ("猫", "קצר", "ผ้า"):
        assert len(dock.library.ids(Query(text=text))) == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions are set")
def test_a_source_that_is_read_only_stays_as_it_is(dock: Dock) -> None:
    path = dock.drawn("card/DCIM/1.png")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    before = path.stat()
    try:
        assert dock.bring(dock.folder / "card").taken == 1
        assert path.stat() == before
    finally:
        path.parent.chmod(0o755)
