"""Full pictures are decoded off the GUI thread, upright, in sRGB, and kept within a budget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QColorSpace, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.state.full_picture import FullPicture, FullPictures, read_full_picture
from seedream_desktop.tasks import TaskRunner


def write(path: Path, width: int = 64, height: int = 32, colour: str = "#c04020") -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner(2)
    yield runner
    runner.close(2000)


@pytest.fixture
def pictures(runner: TaskRunner) -> FullPictures:
    return FullPictures(runner, draw_picture, budget_mb=300, parent=runner)


def test_a_picture_comes_later_and_is_then_at_hand(
    qtbot: QtBot, pictures: FullPictures, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.png")
    with qtbot.waitSignal(pictures.picture_ready) as told:
        pictures.want([path])
        assert pictures.get(path) is None
    assert told.args is not None
    full = pictures.get(path)
    assert full is told.args[0]
    assert full is not None
    assert (full.width_px, full.height_px) == (64, 32)


def test_levels_are_halves_down_to_about_a_thousand_pixels(tmp_path: Path) -> None:
    full = read_full_picture(write(tmp_path / "a.jpeg", 4097, 2000), draw_picture)
    assert [level.width() for level in full.levels] == [4097, 2049, 1025, 513]


def test_the_smallest_level_that_is_large_enough_is_painted(tmp_path: Path) -> None:
    full = read_full_picture(write(tmp_path / "a.jpeg", 4096, 2048), draw_picture)
    widths = [full.level_for(zoom).width() for zoom in (0.01, 0.25, 0.26, 0.5, 0.51, 1.0, 8.0)]
    assert widths == [1024, 1024, 2048, 2048, 4096, 4096, 4096]


def test_every_level_is_ready_to_paint(tmp_path: Path) -> None:
    image = QImage(1500, 1200, QImage.Format.Format_RGBA64)
    image.fill(QColor(10, 20, 30, 128))
    assert image.save(str(tmp_path / "a.png"))
    formats = {level.format() for level in read_full_picture(tmp_path / "a.png", draw_picture).levels}
    assert formats == {QImage.Format.Format_ARGB32_Premultiplied}


def test_an_embedded_profile_is_brought_to_srgb(tmp_path: Path) -> None:
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 60, 30))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    assert image.save(str(tmp_path / "p3.png"))
    expected = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb)).pixelColor(5, 5)
    shown = read_full_picture(tmp_path / "p3.png", draw_picture).levels[0]
    assert expected != QColor(200, 60, 30)
    assert {shown.pixelColor(x, y).rgb() for x, y in ((0, 0), (899, 699), (450, 350))} == {expected.rgb()}


def test_a_picture_stands_upright(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpeg", 60, 20)
    content = path.read_bytes()
    orientation = bytes.fromhex(
        "ffe10022457869660000 4d4d002a00000008 0001 0112 0003 00000001 0006 0000 00000000"
    )
    path.write_bytes(content[:2] + orientation + content[2:])
    full = read_full_picture(path, draw_picture)
    assert (full.width_px, full.height_px) == (20, 60)


def test_a_very_large_picture_is_reduced_and_still_says_its_size(tmp_path: Path) -> None:
    image = QImage(8000, 6000, QImage.Format.Format_Grayscale8)
    image.fill(90)
    assert image.save(str(tmp_path / "a.png"))
    full = read_full_picture(tmp_path / "a.png", draw_picture)
    assert (full.width_px, full.height_px) == (8000, 6000)
    assert full.levels[0].width() < 8000
    assert full.level_for(1.0) is full.levels[0]


def test_a_cut_jpeg_is_shown_and_known_not_to_be_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jpeg"
    image = QImage(800, 800, QImage.Format.Format_RGB32)
    for y in range(800):
        for x in range(0, 800, 3):
            image.setPixel(x, y, (x * y * 7919) & 0xFFFFFF)
    assert image.save(str(path))
    assert read_full_picture(path, draw_picture).is_whole
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert not read_full_picture(path, draw_picture).is_whole


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, ProblemKind.FILE_UNREADABLE),
        (b"", ProblemKind.EMPTY_FILE),
        (b"hello", ProblemKind.NOT_A_PICTURE),
    ],
    ids=["missing", "empty", "no picture"],
)
def test_what_cannot_be_shown_says_why(tmp_path: Path, content: bytes | None, kind: ProblemKind) -> None:
    path = tmp_path / "a.jpeg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProblemError) as caught:
        read_full_picture(path, draw_picture)
    assert caught.value.problem.kind is kind


def test_a_failure_is_told_and_forgotten_when_nobody_wants_it(
    qtbot: QtBot, pictures: FullPictures, tmp_path: Path
) -> None:
    path = tmp_path / "gone.png"
    with qtbot.waitSignal(pictures.picture_failed):
        pictures.want([path])
    problem = pictures.problem(path)
    assert problem is not None
    assert problem.kind is ProblemKind.FILE_UNREADABLE
    pictures.want([])
    assert pictures.problem(path) is None


def test_what_is_no_longer_wanted_is_not_kept(qtbot: QtBot, pictures: FullPictures, tmp_path: Path) -> None:
    dropped, wanted = write(tmp_path / "a.png"), write(tmp_path / "b.png")
    ready: list[FullPicture] = []
    pictures.picture_ready.connect(ready.append)
    pictures.want([dropped])
    pictures.want([wanted])
    qtbot.waitUntil(lambda: bool(ready))
    assert [full.path for full in ready] == [wanted]
    assert pictures.get(dropped) is None


def test_the_picture_on_the_stage_comes_before_its_neighbours(
    qtbot: QtBot, pictures: FullPictures, tmp_path: Path
) -> None:
    paths = [write(tmp_path / f"{name}.png") for name in "abc"]
    ready: list[FullPicture] = []
    pictures.picture_ready.connect(ready.append)
    pictures.want(paths)
    qtbot.waitUntil(lambda: len(ready) == 3)
    assert [full.path for full in ready] == paths


def test_what_is_let_go_of_is_gone(qtbot: QtBot, pictures: FullPictures, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.png") for name in "ab"]
    pictures.want(paths)
    qtbot.waitUntil(lambda: pictures.get(paths[1]) is not None)
    pictures.keep_only(paths[:1])
    assert pictures.get(paths[0]) is not None
    assert pictures.get(paths[1]) is None


def test_memory_is_bounded_and_the_picture_on_the_stage_stays(
    qtbot: QtBot, runner: TaskRunner, tmp_path: Path
) -> None:
    pictures = FullPictures(runner, draw_picture, budget_mb=5, parent=runner)
    paths = [write(tmp_path / f"{name}.png", 1000, 600) for name in "abc"]  # 2.4 MB each
    ready: list[FullPicture] = []
    pictures.picture_ready.connect(ready.append)
    pictures.want(paths)
    qtbot.waitUntil(lambda: len(ready) == 3)
    assert pictures.held_bytes <= 5 * 1024 * 1024
    assert pictures.get(paths[0]) is not None
    assert pictures.get(paths[2]) is None
    assert runner.drain(2000)
    qtbot.wait(0)
    assert len(ready) == 3
