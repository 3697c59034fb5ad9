"""The kill harness: the whole application, ended without notice anywhere, started again until all is done."""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import PIL.Image
import pytest

from tests.bookkeeping import Books, Found
from tests.demo_fixtures import Demo
from tests.driven import LOOK_EVERY_S, PATIENCE_S, SMALL, Driven
from tests.kill_points import KILL

QUICK = "doubao-seedream-3-0-t2i-250415"
MOMENTS = 200
JOBS_OF_A_RUN = 50
LONGEST_RUN_S = 420.0  # on a busy machine fewer moments fit in; the figures say how many
FEWEST = 40
LONGEST_S = 1.2  # after the start, within which a moment is chosen
IS_QUIET = "session.recovering.is_done and not session.queue.running and not session.queue.waiting"
SCENARIOS: dict[str, dict[str, object]] = {
    "set": {"prompt": "a set of 2 images of a fox", "pictures": 2, "reference": 1},
    "inline": {"prompt": "a fox", "form": "b64_json", "model": QUICK},
}


@dataclass
class Desk:
    """A library, a data directory, the processes that were started on them, and the books on it all."""

    folder: Path
    demo: Demo
    kills: int = 0
    started: list[Driven] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.books = Books(self.folder / "library", self.folder / "data", self.demo)
        self._until_s = time.monotonic() + LONGEST_RUN_S

    @property
    def is_to_go_on(self) -> bool:
        """Whether there are moments left to be killed in."""
        return self.kills < MOMENTS and time.monotonic() < self._until_s

    def start(self, kill: str = "", *, is_awaited: bool = True) -> Driven:
        """A process that heeds where it is to be killed."""
        named = ("--library", str(self.books.library), "--base-url", self.demo.base_url)
        application = Driven(self.books.data_dir, *named, environment={KILL: kill})
        self.started.append(application)
        if is_awaited:
            application.wait_until_ready()
        return application

    def take_reference(self, application: Driven) -> None:
        """Put one into the draft, which keeps it."""
        path = self.folder / "reference.png"
        PIL.Image.new("RGB", (64, 48), "teal").save(path)
        application.ask(f"session.draft.set_model({SMALL!r})")
        application.ask(f"session.intake.take_files((Path({str(path)!r}),))")
        application.wait_for("session.draft.recipe.references")

    def is_killed(self, application: Driven, expression: str) -> bool:
        """Ask until it counts as true, or until the process is gone."""
        until_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            try:
                if application.ask(expression):
                    return False
                threading.Event().wait(LOOK_EVERY_S)
            except (AssertionError, OSError):
                if application.process.wait(PATIENCE_S) != -signal.SIGKILL:
                    raise
                self.bury(application)
                return True
        pytest.fail(f"neither killed nor {expression}")

    def is_killed_ending(self, application: Driven) -> bool:
        """Ask it to end, which writes a few things more."""
        code, _ = application.end()
        assert code in {0, -signal.SIGKILL}
        if code:
            self.bury(application)
        return bool(code)

    def bury(self, application: Driven) -> None:
        """Kill it, if it still lives, and write down how it left everything."""
        application.kill()
        self.kills += 1
        self.books.note()

    def end(self) -> Found:
        """Start it once more, let it bring everything to its end, and balance the books."""
        application = self.start()
        go_on(application)
        assert application.end()[0] == 0
        return self.books.balance()


@pytest.fixture
def desk(tmp_path: Path, demo: Demo) -> Iterator[Desk]:
    desk = Desk(tmp_path, demo)
    yield desk
    for application in desk.started:
        application.kill()


def figures(name: str, desk: Desk, found: Found) -> str:
    lost, doubled = len(found.lost), len(found.doubled)
    return f"{name}: {desk.kills} faults tried, {desk.kills} survived, {lost} lost, {doubled} doubled"


def press(application: Driven, **wish: object) -> None:
    application.ask(f"press(**{wish!r})")


def go_on(application: Driven) -> None:
    """Let all that an earlier run left come to its end."""
    application.wait_for("session.recovering.is_done")
    application.ask("session.queue.resume()")
    application.wait_for(IS_QUIET)


def killed_at(desk: Desk, kill: tuple[str, int], wish: dict[str, object]) -> bool:
    """Start, let what was left come to its end, press, and be killed at a point; False: it was not passed."""
    application = desk.start()
    go_on(application)
    application.ask(f"points.arm(*{kill!r})")
    try:
        press(application, **wish)
    except (AssertionError, OSError):
        assert application.process.wait(PATIENCE_S) == -signal.SIGKILL
        desk.bury(application)
        return True
    return desk.is_killed(application, IS_QUIET) or desk.is_killed_ending(application)


def points_of(desk: Desk, wish: dict[str, object]) -> list[tuple[str, int]]:
    """What a job passes on its way."""
    application = desk.start()
    if wish.get("reference") and not application.ask("bool(session.draft.recipe.references)"):
        desk.take_reference(application)
    application.ask("points.arm('', 0)")
    press(application, **wish)
    application.wait_for(IS_QUIET)
    passed = application.ask("points.passed")
    application.end()
    return [(name, nth) for name, nth in passed]


def test_killed_around_the_commits_of_a_job_nothing_is_lost_or_doubled(
    desk: Desk, say_figures: Callable[[str], None]
) -> None:
    for point in (
        "journal store_answer answered, after",
        "index write, after",
        "journal forget_link, before",
    ):
        assert killed_at(desk, (point, 1), SCENARIOS["inline"])
    found = desk.end()
    say_figures(figures("kill harness, in short", desk, found))
    found.check()


@pytest.mark.endurance
def test_killed_at_every_transition_and_every_step_of_saving(
    desk: Desk, say_figures: Callable[[str], None], take_up_to: Callable[[float], None]
) -> None:
    take_up_to(900)  # 3 minutes on a machine of one's own
    missed = []
    for wish in SCENARIOS.values():
        points = points_of(desk, wish)
        assert len(points) > 20
        missed += [point for point in points if not killed_at(desk, point, wish)]
    found = desk.end()
    say_figures(figures("kill harness, every step", desk, found))
    found.check()
    assert len(missed) < desk.kills / 4, missed


@pytest.mark.endurance
def test_killed_at_random_moments_of_runs_of_50_jobs(
    desk: Desk, say_figures: Callable[[str], None], take_up_to: Callable[[float], None]
) -> None:
    take_up_to(900)  # 3 minutes on a machine of one's own
    chance = random.Random(4)
    while desk.is_to_go_on:
        run_killed_now_and_then(desk, chance)
    found = desk.end()
    say_figures(figures("kill harness, random moments", desk, found))
    found.check()
    assert desk.kills >= FEWEST


def run_killed_now_and_then(desk: Desk, chance: random.Random) -> None:
    """A run of 50 jobs, killed until all of it is done or the moments are used up."""
    is_pressed = False
    while desk.is_to_go_on:
        application = desk.start(is_awaited=False)
        if chance.random() < 0.15:  # while it starts
            wait(application, chance.uniform(0.05, 0.6))
            desk.bury(application)
            continue
        application.wait_until_ready()
        application.wait_for("session.recovering.is_done")
        if is_pressed and application.ask(IS_QUIET):
            for job_id in application.ask("[job.id for job in session.queue.jobs]"):
                application.ask(f"session.queue.dismiss({job_id!r})")  # what is unknown was seen in the books
            assert application.end()[0] == 0
            return
        if not is_pressed:
            if not application.ask("bool(session.draft.recipe.references)"):
                desk.take_reference(application)
            press_a_mix(application, chance, desk.kills)
            is_pressed = True
        application.ask("session.queue.resume()")
        if chance.random() < 0.3:
            desk.demo.set_fault("drip", on="links", times=chance.randint(1, 3), bytes_per_s=300_000)
        wait(application, chance.uniform(0.0, LONGEST_S))
        desk.bury(application)


def press_a_mix(application: Driven, chance: random.Random, number: int) -> None:
    """Fifty jobs of every kind."""
    left = JOBS_OF_A_RUN
    while left:
        pictures = chance.choice((1, 1, 1, 1, 2, 3))
        count = min(left, chance.choice((1, 1, 2, 5)) if pictures == 1 else 1)
        prompt = (
            f"a set of {pictures} images of fox {number} {left}" if pictures > 1 else f"fox {number} {left}"
        )
        reference = int(pictures > 1 and chance.random() < 0.5)
        wish = {"prompt": prompt, "pictures": pictures, "variations": count, "reference": reference}
        wish["form"] = chance.choice(("url", "b64_json"))
        press(application, **wish, **({"model": QUICK} if pictures == 1 else {}))
        left -= count


def wait(application: Driven, seconds: float) -> None:
    """Let it run; it does not end by itself."""
    with pytest.raises(subprocess.TimeoutExpired):
        application.process.wait(seconds)
