"""Thumbnails come later, from files or freshly made; memory is bounded; what scrolled away is not read."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.state import thumbnail_cache
from seedream_desktop.state.thumbnail_cache import (
    MAKES_MOST,
    READS_AT_ONCE,
    THREADS,
    ThumbnailCache,
    read_thumbnail,
)
from seedream_desktop.tasks import TaskRunner

SHA256 = "ab" * 32


def an_image(width: int = 512, height: int = 256, colour: str = "#446688") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


class Maker:
    """Makes thumbnails, or refuses."""

    def __init__(self) -> None:
        self.made: list[Path] = []
        self.works = True

    def __call__(self, picture: Path, thumbnail: Path) -> None:
        self.made.append(picture)
        if self.works:
            an_image().save(str(thumbnail), "JPEG")  # type: ignore[call-overload]


# Opens the pipe, which waits for a reader, says so, and gives the picture once it is told to; or 2 s later.
_DISK = 'exec 3> "$1"; echo opened; read -t 2 told; echo "$told"; cat "$0" >&3'


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe stands for a slow disk")
def test_a_slow_disk_holds_up_no_other_thread(tmp_path: Path) -> None:
    picture, slow = tmp_path / "picture.jpeg", tmp_path / "slow"
    an_image().save(str(picture))
    os.mkfifo(slow)
    command = ["bash", "-c", _DISK, str(picture), str(slow)]
    pipe = subprocess.PIPE
    with (
        ThreadPoolExecutor(1) as pool,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1) as disk,
    ):
        assert disk.stdin is not None
        assert disk.stdout is not None
        reading = pool.submit(read_thumbnail, slow, 256)
        said = [disk.stdout.readline()]
        disk.stdin.write("while it is waited for\n")
        said.append(disk.stdout.readline())
        image = reading.result()
    assert said == ["opened\n", "while it is waited for\n"]
    assert image is not None
    assert image.width() == 256


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner(THREADS)
    yield runner
    runner.close(2000)


@pytest.fixture
def cache(tmp_path: Path, runner: TaskRunner, maker: Maker) -> ThumbnailCache:
    return ThumbnailCache(tmp_path, runner, maker, budget_mb=1)


def write(cache: ThumbnailCache, sha256: str, image: QImage | None = None) -> None:
    path = cache.path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    (image or an_image()).save(str(path), "JPEG")  # type: ignore[call-overload]


def test_a_thumbnail_is_not_there_at_once_and_told_when_it_is(qtbot: QtBot, cache: ThumbnailCache) -> None:
    write(cache, SHA256)
    with qtbot.waitSignal(cache.thumbnail_ready) as told:
        assert cache.pixmap(SHA256, Path("a.jpeg"), 200) is None
    assert told.args == [SHA256]
    pixmap = cache.pixmap(SHA256, Path("a.jpeg"), 200)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (200, 100)


def test_a_missing_thumbnail_is_made(qtbot: QtBot, cache: ThumbnailCache, maker: Maker) -> None:
    with qtbot.waitSignal(cache.thumbnail_ready):
        cache.pixmap(SHA256, Path("a.jpeg"), 200)
    assert maker.made == [Path("a.jpeg")]
    assert cache.path_of(SHA256).exists()


def test_another_size_is_shown_until_the_right_one_is_there(qtbot: QtBot, cache: ThumbnailCache) -> None:
    write(cache, SHA256)
    with qtbot.waitSignal(cache.thumbnail_ready):
        cache.pixmap(SHA256, Path("a.jpeg"), 100)
    small = cache.pixmap(SHA256, Path("a.jpeg"), 300)
    assert small is not None
    assert small.width() == 100
    with qtbot.waitSignal(cache.thumbnail_ready):
        pass
    large = cache.pixmap(SHA256, Path("a.jpeg"), 300)
    assert large is not None
    assert large.width() == 300


def test_a_damaged_picture_is_told_once_and_not_tried_again(
    qtbot: QtBot, cache: ThumbnailCache, maker: Maker
) -> None:
    maker.works = False
    with qtbot.waitSignal(cache.thumbnail_failed) as told:
        cache.pixmap(SHA256, Path("a.jpeg"), 200)
    assert told.args == [SHA256]
    assert cache.has_failed(SHA256)
    assert cache.pixmap(SHA256, Path("a.jpeg"), 200) is None
    assert len(maker.made) == 1


def test_a_picture_that_is_back_is_tried_again(qtbot: QtBot, cache: ThumbnailCache, maker: Maker) -> None:
    maker.works = False
    with qtbot.waitSignal(cache.thumbnail_failed):
        cache.pixmap(SHA256, Path("a.jpeg"), 200)
    maker.works = True
    cache.forget_failures()
    with qtbot.waitSignal(cache.thumbnail_ready):
        cache.pixmap(SHA256, Path("a.jpeg"), 200)


def test_a_library_that_is_not_there_yet_is_no_failure(
    qtbot: QtBot, cache: ThumbnailCache, maker: Maker
) -> None:
    found: list[Path] = []

    def look() -> Path:
        if not found:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))
        return found[0]

    with qtbot.assertNotEmitted(cache.thumbnail_failed, wait=50):
        cache.pixmap(SHA256, look, 200)
    found.append(Path("a.jpeg"))
    with qtbot.waitSignal(cache.thumbnail_ready):  # so that who shows it asks again
        cache.forget_failures()
    with qtbot.waitSignal(cache.thumbnail_ready):
        cache.pixmap(SHA256, look, 200)
    assert maker.made == found


def test_what_fills_the_view_stays_whatever_the_budget(cache: ThumbnailCache) -> None:
    cache.hold_views(512 * 512)
    for number in range(20):
        cache.put(f"{number:064x}", an_image(512, 512))
    assert cache.held_bytes == thumbnail_cache.VIEWS * 512 * 512 * 4
    assert cache.pixmap(f"{19:064x}", Path("none"), 512) is not None


def test_memory_stays_within_the_budget_and_the_last_shown_stays(qtbot: QtBot, cache: ThumbnailCache) -> None:
    for number in range(8):
        cache.put(f"{number:064x}", an_image(512, 256))
        cache.pixmap(f"{0:064x}", Path("a.jpeg"), 512)
    assert cache.held_bytes <= 1024 * 1024
    assert cache.pixmap(f"{0:064x}", Path("a.jpeg"), 512) is not None
    assert cache.pixmap(f"{7:064x}", Path("a.jpeg"), 512) is not None


def test_what_scrolled_away_is_not_read(qtbot: QtBot, cache: ThumbnailCache, maker: Maker) -> None:
    shas = [f"{number:064x}" for number in range(50)]
    for sha256 in shas:
        cache.pixmap(sha256, Path(sha256), 200)
    cache.drop_requests(shas[:-1])
    qtbot.waitUntil(lambda: cache.pixmap(shas[-1], Path(shas[-1]), 200) is not None)
    assert len(maker.made) <= READS_AT_ONCE + 1


def test_a_thumbnail_with_transparency_keeps_it(tmp_path: Path) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 100))
    image.save(str(tmp_path / "a.thumbnail"), "PNG")  # type: ignore[call-overload]
    read = read_thumbnail(tmp_path / "a.thumbnail", 200)
    assert read is not None
    assert read.hasAlphaChannel()


def test_a_file_that_is_no_picture_gives_none(tmp_path: Path) -> None:
    (tmp_path / "a.thumbnail").write_bytes(b"not a picture")
    assert read_thumbnail(tmp_path / "a.thumbnail", 200) is None
    assert read_thumbnail(tmp_path / "missing", 200) is None


class Held:
    """A drive that does not answer before it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.is_let_go = threading.Event()

    def __call__(self, picture: Path, thumbnail: Path) -> None:
        if picture.name == "slow.jpeg":
            self.begun += 1
            self.is_let_go.wait()
        an_image().save(str(thumbnail), "JPEG")  # type: ignore[call-overload]


@pytest.fixture
def held() -> Iterator[Held]:
    held = Held()
    yield held
    held.is_let_go.set()


def test_what_is_on_this_disk_does_not_wait_for_a_slow_drive(
    qtbot: QtBot, tmp_path: Path, runner: TaskRunner, held: Held
) -> None:
    cache = ThumbnailCache(tmp_path, runner, held)
    for number in range(MAKES_MOST + 2):
        cache.pixmap(f"{number:064x}", Path("slow.jpeg"), 200)
    write(cache, SHA256)
    with qtbot.waitSignal(cache.thumbnail_ready) as told:
        cache.pixmap(SHA256, Path("a.jpeg"), 200)
    assert told.args == [SHA256]
    held.is_let_go.set()


def test_a_slow_drive_lets_the_pictures_of_others_be_made(
    qtbot: QtBot, tmp_path: Path, runner: TaskRunner, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnail_cache, "_SLOW_S", 0.02)
    cache = ThumbnailCache(tmp_path, runner, held)
    for number in range(thumbnail_cache.MAKES_AT_ONCE):
        cache.pixmap(f"{number:064x}", Path("slow.jpeg"), 200)
    qtbot.waitUntil(lambda: held.begun == thumbnail_cache.MAKES_AT_ONCE)
    with qtbot.waitSignal(cache.thumbnail_ready) as told:
        cache.pixmap(SHA256, Path("quick.jpeg"), 200)
    assert told.args == [SHA256]
    assert not cache.is_busy
    held.is_let_go.set()


def test_a_thread_that_reads_names_no_class_of_qt_first() -> None:
    """PySide makes a class when it is first imported, and crashes where two threads do so at once."""
    named = set(read_thumbnail.__code__.co_names)
    assert {"QBuffer", "QIODevice", "QImageReader"} <= named & set(vars(thumbnail_cache))
