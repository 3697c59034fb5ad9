"""The tray shows the draft's references, how much room is left, and what was refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Derivation, Reference, SentForm
from seedream_desktop.gui.reference_list import ReferenceList, ReferenceModel
from seedream_desktop.gui.reference_tile import AddTile, Sign
from seedream_desktop.gui.reference_tray import ReferenceTray
from seedream_desktop.gui.refused_list import RefusedList
from seedream_desktop.gui.sending_row import SendingRow
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import LITE, V3, Maker, a_draft, a_reference, forms_of, nowhere, part, references


@pytest.fixture
def draft() -> Draft:
    return a_draft(references=references(2))


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def tray(qtbot: QtBot, draft: Draft, maker: Maker, tmp_path: Path) -> Iterator[ReferenceTray]:
    runner = TaskRunner(1)
    thumbnails = ThumbnailCache(tmp_path, runner, lambda picture, thumbnail: None)
    tray = ReferenceTray(draft, thumbnails, nowhere, forms_of(draft, runner, maker))
    qtbot.addWidget(tray)
    tray.resize(308, 200)
    tray.show()
    yield tray
    assert runner.close(60_000)


def said(tray: ReferenceTray) -> str:
    return " | ".join(label.text() for label in tray.findChildren(QLabel) if label.isVisible())


def test_it_says_how_much_will_be_sent(tray: ReferenceTray) -> None:
    assert "2 · 1.9 MB to send" in said(tray)


def test_room_is_told_from_eight_references_on(tray: ReferenceTray, draft: Draft) -> None:
    assert "room" not in said(tray)
    draft.add_references(tuple(a_reference(number) for number in range(10, 17)))
    assert "room for 5 more" in said(tray)


def test_a_set_shares_its_fifteen_places(tray: ReferenceTray, draft: Draft) -> None:
    draft.set_set(True)
    draft.set_images_in_set(6)
    assert "8 of 15 with the set" in said(tray)


def test_a_model_without_references_says_so(tray: ReferenceTray, draft: Draft) -> None:
    draft.set_model(V3)
    assert "not taken by 3.0" in said(tray)
    assert not part(tray, AddTile).isVisible()
    draft.set_model(LITE)
    assert part(tray, AddTile).isVisible()


def test_the_tile_that_adds_follows_the_last_reference(tray: ReferenceTray, draft: Draft) -> None:
    tiles = part(tray, ReferenceList)
    assert part(tray, AddTile).geometry() == tiles.cell(2)
    draft.remove_reference(0)
    assert part(tray, AddTile).geometry() == tiles.cell(1)


def test_the_tile_that_adds_asks_for_files(
    qtbot: QtBot, tray: ReferenceTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/a/1.png", "/a/2.png"], ""))
    with qtbot.waitSignal(tray.files_chosen) as blocker:
        part(tray, AddTile).click()
    assert blocker.args == [(Path("/a/1.png"), Path("/a/2.png"))]


def test_moving_and_removing_change_the_draft(tray: ReferenceTray, draft: Draft) -> None:
    tiles = part(tray, ReferenceList)
    tiles.move_requested.emit(0, 1)
    tiles.remove_requested.emit(0)
    assert [reference.name for reference in draft.recipe.references or ()] == ["cat 1.png"]


def test_what_was_refused_is_listed_once_with_its_reason_until_dismissed(tray: ReferenceTray) -> None:
    problem = Problem(ProblemKind.NOT_A_PICTURE, subject="brief.docx")
    tray.show_refused((problem, Problem(ProblemKind.EMPTY_FILE, subject="empty.png")))
    tray.show_refused((problem,))
    assert said(tray).count("brief.docx is not a picture.") == 1
    assert "empty.png is empty." in said(tray)
    part(part(tray, RefusedList), QToolButton).click()
    assert "brief.docx" not in said(tray)


def test_hundreds_of_refused_files_take_five_lines(tray: ReferenceTray) -> None:
    refused = tuple(Problem(ProblemKind.EMPTY_FILE, subject=f"{number}.png") for number in range(300))
    tray.show_refused(refused)
    assert "and 296 more" in said(tray)
    assert said(tray).count("is empty") == 4


def test_a_reference_without_room_is_refused_in_the_tray(tray: ReferenceTray, draft: Draft) -> None:
    draft.add_references(references(13))
    assert "Too many references: 14 at most." in said(tray)


def test_what_had_no_room_is_forgotten_with_another_model(tray: ReferenceTray, draft: Draft) -> None:
    draft.add_references(references(13))
    tray.show_refused((Problem(ProblemKind.EMPTY_FILE, subject="empty.png"),))
    draft.set_model("seedream-5-0-pro-260628")
    assert "14 at most" not in said(tray)
    assert "empty.png is empty." in said(tray)


def test_what_had_no_room_is_forgotten_once_there_is_some(tray: ReferenceTray, draft: Draft) -> None:
    draft.add_references(references(13))
    draft.remove_reference(0)
    assert "14 at most" not in said(tray)


def test_a_screen_reader_hears_of_every_refused_file(tray: ReferenceTray) -> None:
    tray.show_refused(tuple(Problem(ProblemKind.EMPTY_FILE, subject=f"{number}.png") for number in range(6)))
    heard = [label.accessibleName() for label in part(tray, RefusedList).findChildren(QLabel)]
    assert any("5.png is empty." in name for name in heard)


def test_it_says_while_files_are_being_read(tray: ReferenceTray) -> None:
    tray.show_reading(3)
    assert "reading 3" in said(tray)
    tray.show_reading(0)
    assert "reading" not in said(tray)


def big(number: int) -> Reference:
    return replace(a_reference(number, 8000, 6000), size_bytes=9_000_000)


def a_form(reference: Reference, *derived: Derivation, size_bytes: int = 600_000) -> SentForm:
    return SentForm(f"{reference.sha256[:60]}sent", "image/jpeg", 2048, 1536, size_bytes, derived)


@pytest.fixture
def much(tray: ReferenceTray, draft: Draft, maker: Maker) -> tuple[Reference, ...]:
    """Three references of 9 MB that can be sent with a fifteenth of that."""
    many = tuple(big(number) for number in range(20, 23))
    for one in many:
        maker.answers[one.sha256, True] = a_form(one, Derivation.CONVERTED, Derivation.REDUCED)
    draft.apply(Recipe(references=many))
    return many


def act(tray: ReferenceTray) -> QPushButton:
    return part(part(tray, SendingRow), QPushButton)


def test_little_to_send_says_nothing_more(tray: ReferenceTray) -> None:
    assert not part(tray, SendingRow).isVisible()


@pytest.mark.usefixtures("much")
def test_much_to_send_offers_to_send_less_with_real_figures(qtbot: QtBot, tray: ReferenceTray) -> None:
    qtbot.waitUntil(lambda: act(tray).isVisible())
    assert "More than 10 MB" in said(tray)
    assert act(tray).text() == act(tray).accessibleName() == "Send smaller (36 → 2.4 MB)"
    assert "image 2: sent as JPEG, 2048 × 1536 instead of 8000 × 6000" in act(tray).toolTip()


@pytest.mark.usefixtures("much")
def test_the_wish_for_smaller_ones_can_be_taken_back_and_undone(
    qtbot: QtBot, tray: ReferenceTray, draft: Draft
) -> None:
    qtbot.waitUntil(lambda: act(tray).isVisible())
    act(tray).click()
    assert draft.request().smaller_references
    assert "3 · 2.4 MB to send" in said(tray)
    assert act(tray).text() == "Send as they are"
    act(tray).click()
    assert "3 · 36 MB to send" in said(tray)
    draft.undo()
    assert draft.request().smaller_references


def test_what_can_hardly_be_smaller_is_not_offered(
    qtbot: QtBot, tray: ReferenceTray, draft: Draft, maker: Maker
) -> None:
    draft.apply(Recipe(references=(big(30), big(31))))
    qtbot.waitUntil(lambda: "24 MB to send" in said(tray) and "More than" in said(tray))
    qtbot.waitUntil(lambda: act(tray).text() == "Send smaller (24 → 24 MB)")
    assert not act(tray).isVisible()


def test_a_tile_says_what_is_lost(qtbot: QtBot, tray: ReferenceTray, draft: Draft, maker: Maker) -> None:
    one = a_reference(40, 8000, 6000)
    form = a_form(one, Derivation.FIRST_FRAME, Derivation.CONVERTED, Derivation.REDUCED, Derivation.CLEANED)
    maker.answers[one.sha256, False] = replace(form, frames=12)
    draft.apply(Recipe(references=(one,)))
    model = part(tray, ReferenceList).model()
    words = (
        "sent as JPEG, 2048 × 1536 instead of 8000 × 6000, first of 12 frames, "
        "place, serial number and owner removed"
    )
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    qtbot.waitUntil(lambda: model.data(model.index(0, 0), role) == words)
    tip = str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert words in " ".join(tip.split())  # it breaks its lines
    assert isinstance(model, ReferenceModel)
    assert model.sign(model.index(0, 0)) is Sign.CHANGED


def test_a_tile_says_that_the_model_cannot_be_sent_it(
    qtbot: QtBot, tray: ReferenceTray, draft: Draft, maker: Maker
) -> None:
    one = a_reference(41, 4000, 1000)
    problem = Problem(ProblemKind.PICTURE_TOO_NARROW, subject=one.name, limit=3, actual=4)
    maker.answers[one.sha256, False] = problem
    draft.apply(Recipe(references=(one,)))
    model = part(tray, ReferenceList).model()
    assert isinstance(model, ReferenceModel)
    qtbot.waitUntil(lambda: model.sign(model.index(0, 0)) is Sign.UNFIT)
    assert "one side may be 3 times the other" in str(
        model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    )
    assert "cat 41.png is too long and narrow." in said(tray)
    draft.remove_reference(0)
    assert "too long" not in said(tray)
