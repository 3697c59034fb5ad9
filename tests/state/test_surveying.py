"""Pictures that nobody looked at are looked at from what is in view outward, while nothing in view waits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.imaging.twins import Twins
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.likeness import Likeness
from seedream_desktop.state.surveying import Surveying
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner

COUNT = 9


class Known:
    """The fingerprints of a library of nine pictures."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.swept = 0
        self.count = COUNT
        self.changed = set[str]()
        self.gone = set[str]()

    def is_as_known(self, picture_id: str) -> bool:
        return picture_id not in self.changed

    def unknown(self) -> bytes:
        names = (f"{number}" * 64 for number in range(self.count))
        return bytes.fromhex("".join(name for name in names if name not in self.kept))

    def picture_of(self, sha256: str) -> str:
        return f"board/{sha256[0]}.jpeg" if sha256 not in self.gone else ""

    def keep(self, fingerprints: dict[str, str]) -> None:
        self.kept |= fingerprints

    def forget_unused(self) -> None:
        self.swept += 1


@dataclasses.dataclass
class Stage:
    """A survey of that library."""

    surveying: Surveying
    thumbnails: ThumbnailCache
    likeness: Likeness
    activities: Activities
    library: SimpleNamespace
    looked: list[str]
    damaged: set[str]
    away: list[str]  # names of pictures while the library is away
    searched: list[str]  # what is being searched for

    def begin(self) -> None:
        self.surveying.follow(self.library)  # type: ignore[arg-type]
        self.surveying._beginning.setInterval(0)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    runner, looked, damaged = TaskRunner(1), list[str](), set[str]()
    away = list[str]()

    def check_present() -> None:
        if away:
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY))

    library = SimpleNamespace(
        root=tmp_path / "library", likeness=Known(), check_present=check_present, needs_rebuild=False
    )

    def look(path: Path, thumbnail: Path | None) -> CheckedPicture:
        looked.append(path.stem[:1])
        if path.stem in away:
            raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE))
        if path.stem in damaged:
            raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED))
        if thumbnail is not None:
            thumbnail.write_bytes(b"x" * 1000)
        return CheckedPicture("image/jpeg", "jpeg", 1, 1, 1, "", has_alpha=False, fingerprint="aa")

    thumbnails = ThumbnailCache(tmp_path / "thumbnails", runner, lambda *_: None)
    likeness = Likeness(runner, lambda _: "", lambda: library, lambda *_: Twins(()))  # type: ignore[arg-type, return-value]
    activities = Activities()
    searched = list[str]()
    surveying = Surveying(runner, look, thumbnails, likeness, activities, lambda: bool(searched))
    yield Stage(surveying, thumbnails, likeness, activities, library, looked, damaged, away, searched)
    runner.close(2000)


def all_looked_at(stage: Stage) -> Callable[[], bool]:
    return lambda: len(stage.looked) == COUNT and stage.surveying._ongoing is None


def test_all_are_looked_at_and_kept(qtbot: QtBot, stage: Stage) -> None:
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))
    stage.likeness.keep_now()
    qtbot.waitUntil(lambda: len(stage.library.likeness.kept) == COUNT)
    assert stage.library.likeness.swept == 1
    assert stage.thumbnails.path_of("3" * 64).exists()


def test_what_is_near_the_view_comes_first(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails.asked_for = "4" * 64
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))
    distances = [abs(int(number) - 4) for number in stage.looked]
    assert distances == sorted(distances)


def test_it_waits_while_something_in_view_does(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails._making[object()] = float("inf")  # type: ignore[index]
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    assert not stage.looked
    stage.thumbnails._making.clear()
    qtbot.waitUntil(all_looked_at(stage))


def test_no_picture_is_read_before_the_index_is_whole(qtbot: QtBot, stage: Stage) -> None:
    stage.library.needs_rebuild = True
    stage.begin()
    for _ in range(3):  # asked again and again
        with qtbot.waitSignal(stage.surveying._beginning.timeout):
            pass
    assert not stage.looked
    assert not stage.library.likeness.swept
    stage.library.needs_rebuild = False
    qtbot.waitUntil(all_looked_at(stage))


def test_it_waits_where_the_index_is_begun_anew(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails._making[object()] = float("inf")  # type: ignore[index]
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    stage.library.needs_rebuild = True
    stage.thumbnails._making.clear()
    with qtbot.waitSignal(stage.surveying._waiting.timeout):
        pass
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    assert not stage.looked
    stage.library.needs_rebuild = False
    qtbot.waitUntil(all_looked_at(stage))


def test_what_was_stopped_by_hand_stays_so_until_it_is_asked_for(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails._making[object()] = float("inf")  # type: ignore[index]
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    with qtbot.waitSignal(stage.surveying.stopped):
        stage.activities.cancel(1)
    stage.thumbnails._making.clear()
    stage.surveying.look_again()
    assert not stage.surveying._beginning.isActive()
    assert stage.looked == []
    stage.surveying.go_on()
    qtbot.waitUntil(all_looked_at(stage))


def test_another_library_is_looked_at_though_the_one_before_was_stopped(qtbot: QtBot, stage: Stage) -> None:
    stage.searched.append("fox")
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    with qtbot.waitSignal(stage.surveying.stopped):
        stage.activities.cancel(1)
    stage.searched.clear()
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))


def test_it_waits_while_somebody_searches(qtbot: QtBot, stage: Stage) -> None:
    stage.searched.append("fox")
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    assert not stage.looked
    stage.searched.clear()
    qtbot.waitUntil(all_looked_at(stage))


def test_a_damaged_picture_is_not_looked_at_again_and_again(qtbot: QtBot, stage: Stage) -> None:
    stage.damaged.add("2")
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))
    stage.likeness.keep_now()
    qtbot.waitUntil(lambda: len(stage.library.likeness.kept) == COUNT - 1)
    stage.surveying._ask()
    qtbot.waitUntil(lambda: not stage.surveying._asking)
    assert len(stage.looked) == COUNT


def test_a_library_that_goes_away_is_gone_on_with_once_it_is_back(qtbot: QtBot, stage: Stage) -> None:
    stage.away += [str(number) for number in range(2, COUNT)]
    stage.begin()
    qtbot.waitUntil(lambda: bool(stage.looked) and stage.surveying._ongoing is None)
    qtbot.waitUntil(lambda: not stage.surveying._under_way)
    assert len(stage.looked) <= 4  # two were under way; nobody knocks at every door
    stage.away.clear()
    stage.likeness.keep_now(stage.surveying.look_again)
    qtbot.waitUntil(lambda: len(set(stage.looked)) == COUNT and stage.surveying._ongoing is None)


def test_what_was_replaced_outside_is_looked_at_once_that_is_known(qtbot: QtBot, stage: Stage) -> None:
    known = stage.library.likeness
    known.changed.add("board/3.jpeg")
    stage.begin()
    qtbot.waitUntil(lambda: len(stage.looked) == COUNT - 1 and stage.surveying._ongoing is None)
    assert not stage.thumbnails.path_of("3" * 64).exists()
    known.changed.clear()
    stage.likeness.keep_now(stage.surveying.look_again)
    qtbot.waitUntil(all_looked_at(stage))
    assert stage.looked[-1] == "3"


def test_what_went_meanwhile_is_passed_over(qtbot: QtBot, stage: Stage) -> None:
    stage.library.likeness.gone.add("3" * 64)
    stage.begin()
    qtbot.waitUntil(lambda: len(stage.looked) == COUNT - 1 and stage.surveying._ongoing is None)
    assert "3" not in stage.looked


def test_when_the_cap_is_near_only_the_fingerprints_are_made(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails.limit_bytes = 5000
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))
    made = [path for path in stage.thumbnails.folder.glob("??/*") if path.is_file()]
    assert len(made) in {5, 6}  # two were under way


def test_a_thumbnail_that_is_there_spares_its_picture(qtbot: QtBot, stage: Stage) -> None:
    path = stage.thumbnails.path_of("5" * 64)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"held")
    stage.begin()
    qtbot.waitUntil(all_looked_at(stage))
    assert path.read_bytes() == b"held"


def test_what_comes_meanwhile_is_looked_at_afterwards(qtbot: QtBot, stage: Stage) -> None:
    stage.thumbnails._making[object()] = float("inf")  # type: ignore[index]
    stage.begin()
    qtbot.waitUntil(stage.surveying._waiting.isActive)
    stage.surveying.look_again()
    stage.library.likeness.count += 1
    stage.thumbnails._making.clear()
    qtbot.waitUntil(lambda: len(stage.looked) == COUNT + 1)
    assert stage.looked[-1] == str(COUNT)
