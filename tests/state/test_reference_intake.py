"""Dropped and pasted pictures become references; each that does not says why."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.checking import CheckedPicture, check_reference
from seedream_desktop.state.reference_intake import FILES_AT_ONCE, ReferenceIntake
from seedream_desktop.tasks import TaskRunner


class Checker:
    """The worker without its process."""

    def check_reference(self, path: Path, thumbnail: Path | None) -> CheckedPicture:
        return check_reference(path, thumbnail)


class Store:
    """Keeps what it was given."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def add_reference(self, source: Path, checked: CheckedPicture, name: str) -> Reference:
        self.kept[checked.sha256] = source.read_bytes()
        size = checked.width_px, checked.height_px, checked.size_bytes
        return Reference(checked.sha256, checked.media_type, *size, name)


class Web:
    """Links and what lies behind them: bytes, or a problem."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Problem] = {}

    async def download(self, url: str, target: Path, progress: Callable[[int, int | None], None]) -> None:
        page = self.pages[url]
        if isinstance(page, Problem):
            raise ProblemError(page)
        target.write_bytes(page)  # noqa: ASYNC240 - a test


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def intake(qapp: object, store: Store, web: Web, tmp_path: Path) -> Iterator[ReferenceIntake]:
    runner = TaskRunner(1)
    thumbnails = tmp_path / "thumbnails"
    yield ReferenceIntake(
        runner, Checker(), lambda: store, lambda sha: thumbnails / sha[:2] / sha, lambda: web
    )
    assert runner.close(60_000)


def a_picture(path: Path, width_px: int = 64, height_px: int = 48) -> Path:
    Image.new("RGB", (width_px, height_px), "teal").save(path)
    return path


def taken(qtbot: QtBot, intake: ReferenceIntake, *paths: Path) -> tuple[Reference, ...]:
    with qtbot.waitSignal(intake.taken) as blocker:
        intake.take_files(paths)
    return tuple(blocker.args[0])


def refused(qtbot: QtBot, intake: ReferenceIntake, *paths: Path) -> tuple[Problem, ...]:
    with qtbot.waitSignal(intake.refused) as blocker:
        intake.take_files(paths)
    return tuple(blocker.args[0])


def test_files_become_references_in_their_order(
    qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path
) -> None:
    paths = [a_picture(tmp_path / f"{number}.png", 64 + number) for number in (3, 1, 2)]
    references = taken(qtbot, intake, *paths)
    assert [reference.name for reference in references] == ["3.png", "1.png", "2.png"]
    assert [reference.width_px for reference in references] == [67, 65, 66]


def test_the_bytes_are_kept_and_a_thumbnail_is_made(
    qtbot: QtBot, intake: ReferenceIntake, store: Store, tmp_path: Path
) -> None:
    path = a_picture(tmp_path / "cat.png")
    sha256 = taken(qtbot, intake, path)[0].sha256
    assert store.kept == {sha256: path.read_bytes()}
    assert (tmp_path / "thumbnails" / sha256[:2] / sha256).is_file()


def test_of_a_folder_the_pictures_directly_inside_are_taken(
    qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "deeper").mkdir(parents=True)
    a_picture(folder / "b.png")
    a_picture(folder / "a.jpg")
    a_picture(folder / "deeper" / "c.png")
    a_picture(folder / ".hidden.png")
    (folder / "notes.txt").write_text("x")
    assert [reference.name for reference in taken(qtbot, intake, folder)] == ["a.jpg", "b.png"]


def test_good_files_are_taken_beside_bad_ones(qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path) -> None:
    good = a_picture(tmp_path / "good.png")
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    with qtbot.waitSignals([intake.taken, intake.refused]):
        intake.take_files((bad, good))


def make(folder: Path, name: str) -> Path:
    path = folder / name
    match name:
        case "text.png":
            path.write_text("this is no picture at all")
        case "empty.png":
            path.touch()
        case "folder":
            path.mkdir()
        case "small.png":
            a_picture(path, 10, 10)
        case "narrow.png":
            a_picture(path, 2000, 20)
        case "huge.png":
            with path.open("wb") as file:
                file.truncate((512 << 20) + 1)
        case "cut.png":
            a_picture(path, 300, 300)
            path.write_bytes(path.read_bytes()[:-20])
        case "pipe":
            os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text.png", ProblemKind.NOT_A_PICTURE),
        ("empty.png", ProblemKind.EMPTY_FILE),
        ("folder", ProblemKind.IS_A_FOLDER),
        ("missing.png", ProblemKind.FILE_UNREADABLE),
        ("small.png", ProblemKind.PICTURE_TOO_SMALL),
        ("narrow.png", ProblemKind.PICTURE_TOO_NARROW),
        ("huge.png", ProblemKind.FILE_TOO_LARGE),
        ("cut.png", ProblemKind.PICTURE_DAMAGED),
        ("pipe", ProblemKind.FILE_UNREADABLE),
    ],
)
def test_what_is_no_reference_is_refused_with_its_name(
    qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path, name: str, kind: ProblemKind
) -> None:
    problem = refused(qtbot, intake, make(tmp_path, name))[0]
    assert (problem.kind, problem.subject) == (kind, name)


def test_a_share_of_another_machine_is_never_opened(qtbot: QtBot, intake: ReferenceIntake) -> None:
    problem = refused(qtbot, intake, Path("//server/share/cat.png"))[0]
    assert (problem.kind, problem.subject) == (ProblemKind.FILE_UNREADABLE, "cat.png")


def test_a_drop_of_thousands_is_cut_and_says_so(
    qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path
) -> None:
    missing = tuple(tmp_path / f"{number}.png" for number in range(FILES_AT_ONCE + 5))
    problem = refused(qtbot, intake, *missing)[-1]
    assert (problem.kind, problem.limit) == (ProblemKind.TOO_MANY_REFERENCES, FILES_AT_ONCE)


def test_a_pasted_bitmap_becomes_a_reference_without_a_name(qtbot: QtBot, intake: ReferenceIntake) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    with qtbot.waitSignal(intake.taken) as blocker:
        intake.take_picture(image)
    reference = blocker.args[0][0]
    assert (reference.name, reference.media_type) == ("", "image/png")
    assert (reference.width_px, reference.height_px) == (40, 30)


def test_pasted_bytes_are_kept_as_they_are(
    qtbot: QtBot, intake: ReferenceIntake, store: Store, tmp_path: Path
) -> None:
    content = a_picture(tmp_path / "cat.webp").read_bytes()
    with qtbot.waitSignal(intake.taken) as blocker:
        intake.take_picture(content)
    assert store.kept == {blocker.args[0][0].sha256: content}


def test_it_says_how_many_files_are_being_read(qtbot: QtBot, intake: ReferenceIntake, tmp_path: Path) -> None:
    counts: list[int] = []
    intake.reading_changed.connect(counts.append)
    taken(qtbot, intake, a_picture(tmp_path / "a.png"), a_picture(tmp_path / "b.png"))
    assert counts == [2, 0]


LINK = "https://example.com/pictures/red%20cat.png?sig=secret"


def linked(qtbot: QtBot, intake: ReferenceIntake, *urls: str) -> tuple[Reference, ...]:
    with qtbot.waitSignal(intake.taken) as blocker:
        intake.take_links(urls)
    return tuple(blocker.args[0])


def test_a_link_becomes_a_reference_that_keeps_the_link(
    qtbot: QtBot, intake: ReferenceIntake, store: Store, web: Web, tmp_path: Path
) -> None:
    content = a_picture(tmp_path / "cat.png").read_bytes()
    web.pages = {LINK: content, "https://example.com/": content}
    first, second = linked(qtbot, intake, LINK, "https://example.com/")
    assert (first.url, first.name, second.name) == (LINK, "red cat.png", "")
    assert store.kept == {first.sha256: content}


@pytest.mark.parametrize(
    ("url", "page", "kind", "subject"),
    [
        (LINK, b"no picture", ProblemKind.LINK_UNUSABLE, "example.com"),
        (LINK, Problem(ProblemKind.LINK_DENIED, Billed.YES), ProblemKind.LINK_UNUSABLE, "example.com"),
        (LINK, Problem(ProblemKind.LINK_BROKE, Billed.YES), ProblemKind.LINK_UNUSABLE, "example.com"),
        (
            "http://example.com/a.png",
            Problem(ProblemKind.ADDRESS_NOT_ALLOWED, Billed.YES, subject="example.com"),
            ProblemKind.LINK_UNUSABLE,
            "example.com",
        ),
        (
            "https://10.0.0.1/a.png",
            Problem(ProblemKind.ADDRESS_NOT_ALLOWED, Billed.YES, subject="10.0.0.1"),
            ProblemKind.LINK_UNUSABLE,
            "10.0.0.1",
        ),
        (LINK, Problem(ProblemKind.UNREACHABLE), ProblemKind.LINK_UNUSABLE, "example.com"),
        (LINK, Problem(ProblemKind.NAME_NOT_FOUND), ProblemKind.LINK_UNUSABLE, "example.com"),
        (
            LINK,
            Problem(ProblemKind.FILE_TOO_LARGE, Billed.YES, limit=1),
            ProblemKind.FILE_TOO_LARGE,
            "red cat.png",
        ),
        (LINK, b"%PDF-1.7", ProblemKind.DRAWING_NOT_TAKEN, "red cat.png"),
    ],
)
def test_a_link_without_a_usable_picture_is_refused_and_nothing_is_billed(
    qtbot: QtBot,
    intake: ReferenceIntake,
    web: Web,
    url: str,
    page: bytes | Problem,
    kind: ProblemKind,
    subject: str,
) -> None:
    web.pages = {url: page}
    with qtbot.waitSignal(intake.refused) as blocker:
        intake.take_links((url,))
    (problem,) = blocker.args[0]
    assert (problem.kind, problem.subject, problem.billed) == (kind, subject, Billed.NO)
    assert "secret" not in str(problem)
