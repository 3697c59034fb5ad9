"""Exports run off the GUI thread, say how they end, and remember what was chosen; sheets are vector pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.imaging.export_form import ExportWish, Outcome, Paper, SheetForm
from seedream_desktop.library.exporting import ExportReport
from seedream_desktop.library.folder import record_path
from seedream_desktop.library.library import Library
from seedream_desktop.library.outbox import Outbox
from seedream_desktop.library.presets import Preset
from seedream_desktop.library.values import Picture
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.contact_sheet import Sheet, SheetPicture, cell_mm, longest_px, write_sheet
from seedream_desktop.state.exporting import ExportFacts, Exporting, SheetWords, in_their_order
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from seedream_desktop.worker import Worker
from tests.gallery_stage import a_picture
from tests.imaging.leaving import manifest, pixels
from tests.state.handing_stage import Shelf, shelf

WORDS = SheetWords("Acme rebrand 品牌", "Page {page} of {pages}", QFont())


@pytest.fixture
def stage(tmp_path: Path) -> Shelf:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "out").mkdir()
    return shelf(own)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def exporting(qtbot: QtBot, stage: Shelf, worker: Worker, tmp_path: Path) -> Iterator[Exporting]:
    acting, runner, activities = TaskRunner(1), TaskRunner(1), Activities()

    def opened(_: Path) -> Library:
        return stage.library

    pictures = Pictures(opened, acting, UndoStack(), activities)
    with qtbot.waitSignal(pictures.opened):
        pictures.open(stage.library.root)
    outbox = Outbox(tmp_path / "exporting")
    yield Exporting(pictures, activities, lambda: worker, runner, tmp_path / "export.json", outbox)
    assert acting.close(60_000)
    assert runner.close(60_000)


def _facts(exporting: Exporting, qtbot: QtBot, *pictures: Picture) -> ExportFacts:
    with qtbot.waitSignal(exporting.facts_known) as known:
        exporting.look([picture.id for picture in pictures])
    assert known.args is not None
    facts = known.args[0]
    assert isinstance(facts, ExportFacts)
    return facts


def _export(
    exporting: Exporting, qtbot: QtBot, facts: ExportFacts, wish: ExportWish, folder: Path
) -> ExportReport:
    with qtbot.waitSignal(exporting.ended) as ended:
        exporting.begin(facts, wish, folder, WORDS)
    assert ended.args is not None
    report = ended.args[0]
    assert isinstance(report, ExportReport)
    return report


def test_files_are_written_by_the_worker_and_the_choice_is_remembered(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, tmp_path: Path
) -> None:
    picture, wish = stage.add(1, stage.usual), ExportWish(pattern="{board}-{index}")
    report = _export(exporting, qtbot, _facts(exporting, qtbot, picture), wish, tmp_path / "out")
    assert [path.name for path in report.written] == ["Posters-01.png"]
    facts = _facts(exporting, qtbot, picture)
    assert (facts.wish, facts.folder) == (wish, str(tmp_path / "out"))


def test_marks_are_counted_before_anything_is_written(
    exporting: Exporting, stage: Shelf, qtbot: QtBot
) -> None:
    pictures = stage.add(1, stage.usual, "jpeg", manifest()), stage.add(2, stage.usual)
    with qtbot.waitSignal(exporting.marks_found) as found:
        exporting.look([picture.id for picture in pictures])
    assert found.args is not None
    assert (found.args[0].looked_at, found.args[0].with_credentials, found.args[0].untagged) == (2, 1, 0)


def test_the_marks_of_all_pictures_are_counted_however_many(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.state.exporting.LOOKED_AT_ONCE", 2)
    pictures = [
        stage.add(number, stage.usual, "jpeg", manifest() if number == 4 else b"") for number in range(5)
    ]
    told: list[tuple[int, int]] = []
    exporting.marks_found.connect(lambda found: told.append((found.looked_at, found.with_credentials)))
    exporting.look([picture.id for picture in pictures])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [(2, 0), (4, 0), (5, 1)]


def test_nobody_looks_on_once_the_question_is_closed(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.state.exporting.LOOKED_AT_ONCE", 1)
    pictures = [stage.add(number, stage.usual) for number in range(3)]
    exporting.marks_found.connect(exporting.look_no_longer)
    with qtbot.waitSignal(exporting.marks_found):
        exporting.look([picture.id for picture in pictures])
    with qtbot.assertNotEmitted(exporting.marks_found, wait=200):
        pass


def test_a_zip_has_the_boards_name(exporting: Exporting, stage: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    facts = _facts(exporting, qtbot, stage.add(1, stage.safe))
    report = _export(exporting, qtbot, facts, ExportWish(outcome=Outcome.ZIP), tmp_path / "out")
    assert [path.name for path in report.written] == ["Acme rebrand 品牌.zip"]
    assert facts.client_safe == (next(one for one in facts.boards if one.id == stage.safe.id),)


def test_a_contact_sheet_shows_numbers_and_nothing_that_tells(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, tmp_path: Path
) -> None:
    facts = _facts(exporting, qtbot, *(stage.add(number, stage.safe) for number in range(3)))
    form = SheetForm(rows=1, columns=2, has_titles=True)
    wish = ExportWish(outcome=Outcome.SHEET, sheet=form)
    report = _export(exporting, qtbot, facts, wish, tmp_path / "out")
    content = report.written[0].read_bytes()
    assert report.written == (tmp_path / "out" / "Acme rebrand 品牌.pdf",)
    assert len(re.findall(rb"/Type /Page\b", content)) == 2
    assert b"/FontFile" in content  # words are words
    unpacked = b"".join(
        _unpacked(stream) for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    )
    for text in (content, unpacked):
        assert b"canary" not in text
        assert "canary".encode("utf-16-be") not in text
    assert list((tmp_path / "out").iterdir()) == list(report.written)


def test_presets_are_kept_in_the_library(exporting: Exporting, stage: Shelf, qtbot: QtBot) -> None:
    wishes = ExportWish(pattern="{index}"), ExportWish(outcome=Outcome.SHEET)
    told: list[tuple[Preset, ...]] = []
    exporting.presets_changed.connect(told.append)
    for wish in wishes:  # of one name the later one counts
        with qtbot.waitSignal(exporting.presets_changed):
            exporting.save_preset("For Acme / 品牌", wish)
    assert told == [(Preset("For Acme / 品牌", wish),) for wish in wishes]
    assert stage.bench.open(index=stage.bench.folder / "machine" / "other.sqlite3").presets.all() == (
        Preset("For Acme / 品牌", wishes[1]),
    )
    (stage.library.root / ".seedream" / "presets" / "bad.json").write_text('{"format": 9}')
    with qtbot.waitSignal(exporting.presets_changed):
        exporting.remove_preset("for acme / 品牌")
    assert told[-1] == ()


def test_the_pictures_of_one_press_count_in_its_order() -> None:
    one, two = (a_picture(n, press_id="p", press_index=0, set_index=n) for n in (1, 2))
    other = a_picture(3, press_id="q")
    assert in_their_order((two, one)) == (one, two)
    assert in_their_order((two, other, one)) == (two, other, one)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("is_landscape", [False, True])
def test_cells_fit_on_the_page(paper: Paper, is_landscape: bool) -> None:
    form = SheetForm(paper, is_landscape, rows=12, columns=12)
    assert min(cell_mm(form)) > 3
    assert longest_px(form) >= 64


def test_a_stopped_sheet_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    pixels().save(tmp_path / "a.jpg")
    sheet = Sheet(SheetForm(), "Acme", (SheetPicture(1), SheetPicture(2)), "{page}/{pages}", QFont())
    assert write_sheet(tmp_path / "a.pdf", sheet, lambda _: tmp_path / "a.jpg")
    assert not write_sheet(tmp_path / "b.pdf", sheet, lambda place: None if place else tmp_path / "a.jpg")


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_library_that_goes_away_ends_an_export_and_is_said(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, tmp_path: Path, outcome: Outcome
) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(3)]
    facts = _facts(exporting, qtbot, *pictures)
    stage.library.root.rename(tmp_path / "unplugged")
    report = _export(exporting, qtbot, facts, ExportWish(outcome=outcome), tmp_path / "out")
    (tmp_path / "unplugged").rename(stage.library.root)
    assert report.problem is not None
    assert (report.problem.kind, report.problem.subject) == (
        ProblemKind.LIBRARY_AWAY,
        str(stage.library.root),
    )
    assert (report.written, list((tmp_path / "out").iterdir())) == ((), [])


def test_a_picture_that_is_gone_with_its_record_is_named_and_the_others_are_written(
    exporting: Exporting, stage: Shelf, qtbot: QtBot, tmp_path: Path
) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(3)]
    facts = _facts(exporting, qtbot, *pictures)
    pictures[0].path.unlink()
    record_path(pictures[0].path).unlink()
    report = _export(exporting, qtbot, facts, ExportWish(), tmp_path / "out")
    assert [problem.subject for problem in report.failed] == [pictures[0].path.name]
    assert (len(report.written), report.problem) == (2, None)
