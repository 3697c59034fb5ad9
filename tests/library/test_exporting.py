"""An export writes what was wished, over nothing, tells only what it may, and says how it ended."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.files import problem_of
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.carried import carried_by
from seedream_desktop.imaging.export_form import (
    Exported,
    ExportForm,
    ExportWish,
    FileFormat,
    Loss,
    Resize,
    Telling,
)
from seedream_desktop.imaging.exporting import export_picture
from seedream_desktop.imaging.packet import MADE_BY_A_MODEL
from seedream_desktop.library.exporting import (
    ExportReport,
    Outgoing,
    export_files,
    export_zip,
    names_of,
    outgoing_of,
    stems_of,
)
from seedream_desktop.library.leaving import client_safe_ids
from seedream_desktop.library.outbox import Passing
from seedream_desktop.library.values import Picture
from tests.imaging.leaving import PROMPT
from tests.library.conftest import files_below
from tests.state.handing_stage import NOTE, Shelf, shelf

SMALL = ExportForm(FileFormat.JPEG, resize=Resize.LONGEST_SIDE, longest_px=24)


@pytest.fixture
def stage(tmp_path: Path) -> Shelf:
    own = tmp_path / "own"
    own.mkdir()
    return shelf(own)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "out"
    target.mkdir()
    return target


def _outgoing(stage: Shelf, pictures: list[Picture], wish: ExportWish) -> Iterator[Outgoing]:
    safe = client_safe_ids(stage.library.boards())
    for picture, stem in zip(pictures, stems_of(pictures, wish, stage.library.boards()), strict=True):
        record, is_safe = stage.library.record(picture.id), wish.is_client_safe or picture.board_id in safe
        yield outgoing_of(picture, record, stem, wish, is_client_safe=is_safe)


def _export(
    stage: Shelf, pictures: list[Picture], folder: Path, wish: ExportWish, stop_after: int = 99
) -> ExportReport:
    outgoing = _outgoing(stage, pictures, wish)
    return export_files(
        outgoing, len(pictures), Passing(folder), wish.form, export_picture, lambda done, _: done < stop_after
    )


def test_files_have_the_names_that_were_shown_and_originals_stay(stage: Shelf, folder: Path) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(3)]
    before = files_below(stage.library.root)
    wish = ExportWish(pattern="{board} {index}", form=SMALL)
    (folder / "posters 02.JPG").write_bytes(b"mine")
    report = _export(stage, pictures, folder, wish)
    names = [path.name for path in report.written]
    assert names_of(pictures, wish, stage.library.boards()) == (
        *("Posters 01.jpg", "Posters 02.jpg", "Posters 03.jpg"),
    )
    assert set(names) <= {path.name for path in folder.iterdir()}
    assert (folder / "posters 02.JPG").read_bytes() == b"mine"
    assert (len(names), report.total, report.problem) == (3, 3, None)
    assert files_below(stage.library.root) == before


def test_what_is_there_is_never_overwritten(stage: Shelf, folder: Path) -> None:
    picture = stage.add(1, stage.usual)
    for _ in range(3):
        _export(stage, [picture], folder, ExportWish())
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["Posters 0001 (2).png", "Posters 0001 (3).png", "Posters 0001.png"]


@pytest.mark.parametrize("embeds", [False, True])
def test_recipe_is_written_or_left_out_and_the_source_type_always_there(
    stage: Shelf, folder: Path, embeds: bool
) -> None:
    picture = stage.add(1, stage.usual)
    report = _export(stage, [picture], folder, ExportWish(embeds_recipe=embeds))
    content = report.written[0].read_bytes()
    told = carried_by(content, "image/png").told
    assert told.source_type == MADE_BY_A_MODEL
    assert bool(told.recipe) is embeds
    assert NOTE.encode() not in content
    assert (b"canary" in content) is embeds


@pytest.mark.parametrize(
    "form", [ExportForm(), SMALL, ExportForm(FileFormat.TIFF), ExportForm(FileFormat.WEBP)]
)
@pytest.mark.parametrize("is_marked", [True, False], ids=["by its board", "by wish"])
def test_nothing_client_safe_tells_how_it_was_made(
    stage: Shelf, folder: Path, form: ExportForm, is_marked: bool
) -> None:
    board = stage.safe if is_marked else stage.usual
    pictures = [stage.add(number, board, kind) for number, kind in enumerate(("jpeg", "png", "webp"))]
    pattern = "{prompt} {name} {title} {model}{board} {number}"
    wish = ExportWish(pattern=pattern, form=form, embeds_recipe=True, is_client_safe=not is_marked)
    report = _export(stage, pictures, folder, wish)
    outgoing = _outgoing(stage, pictures, wish)
    zipped = export_zip(outgoing, 3, Passing(folder), "Acme", form, export_picture, lambda *_: True)
    assert len(report.written) == 3
    for path in (*report.written, *zipped.written):
        told = path.name.encode() + path.read_bytes()
        assert b"canary" not in told
        assert "秘密".encode() not in told
        assert b"seedream-5" not in told


def test_a_cancelled_export_keeps_what_was_written_and_nothing_half(stage: Shelf, folder: Path) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(6)]
    report = _export(stage, pictures, folder, ExportWish(), stop_after=2)
    assert report.is_cancelled
    assert sorted(report.written) == sorted(folder.iterdir())
    assert len(report.written) == 2


def test_a_zip_is_whole_or_not_there(stage: Shelf, folder: Path) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(4)]
    wish = ExportWish(pattern="{board}")
    arguments = (len(pictures), Passing(folder), "Acme: final", wish.form, export_picture)
    cancelled = export_zip(_outgoing(stage, pictures, wish), *arguments, lambda done, _: done < 2)
    assert cancelled.is_cancelled
    assert (cancelled.written, list(folder.iterdir())) == ((), [])
    report = export_zip(_outgoing(stage, pictures, wish), *arguments, lambda *_: True)
    assert report.written == (folder / "Acme final.zip",)
    with zipfile.ZipFile(report.written[0]) as archive:
        assert archive.namelist() == ["Posters.png", "Posters (2).png", "Posters (3).png", "Posters (4).png"]
        assert archive.testzip() is None
    assert list(folder.iterdir()) == [folder / "Acme final.zip"]


@pytest.mark.parametrize("is_zip", [False, True])
def test_a_full_disk_ends_it_and_is_said(stage: Shelf, folder: Path, is_zip: bool) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(6)]
    calls: list[Path] = []

    def full(source: Path, target: Path, form: ExportForm, telling: Telling) -> Exported:
        calls.append(source)
        if len(calls) > 2:
            target.write_bytes(b"half")
            raise ProblemError(problem_of(OSError(errno.ENOSPC, "full"), target))
        return export_picture(source, target, form, telling)

    outgoing = _outgoing(stage, pictures, ExportWish())
    if is_zip:
        report = export_zip(outgoing, 6, Passing(folder), "a", ExportForm(), full, lambda *_: True)
    else:
        report = export_files(outgoing, 6, Passing(folder), ExportForm(), full, lambda *_: True)
    assert report.problem is not None
    assert report.problem.kind is ProblemKind.DISK_FULL
    assert sorted(report.written) == sorted(folder.iterdir())
    assert len(report.written) <= (0 if is_zip else 2)  # what was under way beside it is done or gone


def test_a_picture_that_cannot_be_read_is_said_and_the_others_are_written(stage: Shelf, folder: Path) -> None:
    pictures = [stage.add(number, stage.usual) for number in range(3)]
    pictures[1].path.unlink()
    report = _export(stage, pictures, folder, ExportWish())
    assert [problem.kind for problem in report.failed] == [ProblemKind.FILE_UNREADABLE]
    assert len(report.written) == 2


def test_a_folder_that_is_gone_is_not_called_the_library(stage: Shelf, tmp_path: Path) -> None:
    def write(source: Path, target: Path, form: ExportForm, telling: Telling) -> Exported:
        raise ProblemError(problem_of(OSError(errno.ENOENT, "gone"), target))

    outgoing = _outgoing(stage, [stage.add(1, stage.usual)], ExportWish())
    report = export_files(outgoing, 1, Passing(tmp_path / "gone"), ExportForm(), write, lambda *_: True)
    assert report.problem == Problem(
        ProblemKind.FOLDER_NOT_WRITABLE, said="gone", subject=str(tmp_path / "gone")
    )


def test_a_visible_mark_that_may_be_cut_is_said(stage: Shelf, folder: Path) -> None:
    form = ExportForm(resize=Resize.BOX, width_px=20, height_px=20)
    report = _export(stage, [stage.add(1, stage.usual)], folder, ExportWish(form=form))
    assert report.losses == (("Posters 0001.png", Loss.WATERMARK),)
    assert report.untagged == 0
    assert PROMPT not in report.written[0].name
