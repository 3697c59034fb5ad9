"""Ends of the process, foreseen and not: nothing paid for is lost, nothing is sent again unasked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import PIL.Image
import pytest

from tests.demo_fixtures import Demo
from tests.driven import PROMPT, Driven, pictures_in

SCREEN = {
    "name": "one",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1080,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}


@dataclass
class Desk:
    """A library, a data directory, and the processes that were started on them."""

    folder: Path
    base_url: str
    started: list[Driven] = field(default_factory=list)

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    def start(self, *arguments: str) -> Driven:
        """A process whose provider is the stand-in, ready to be used, on a screen of a usual size."""
        named = ("--library", str(self.library), "--base-url", self.base_url)
        screen = self.folder / "screen.json"
        screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="ascii")
        platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
        application = Driven(self.data_dir, *named, *arguments, environment=platform)
        self.started.append(application)
        application.wait_until_ready()
        return application


@pytest.fixture
def desk(tmp_path: Path, demo: Demo) -> Iterator[Desk]:
    desk = Desk(tmp_path, demo.base_url)
    yield desk
    for application in desk.started:
        application.kill()


def sent(demo: Demo, count: int = 1) -> None:
    """Wait until so many requests have arrived whole."""
    demo.wait_for(lambda seen: sum(one["body_complete"] for one in seen if one["method"] == "POST") == count)


def test_killed_while_sending_it_is_unknown_maybe_billed_and_not_sent_again(desk: Desk, demo: Demo) -> None:
    demo.set_delay(60)
    application = desk.start()
    application.press()
    sent(demo)
    application.kill()
    again = desk.start()
    again.wait_for("session.queue.jobs")
    assert again.jobs() == [("unknown", "ended_while_sending")]
    assert again.ask("[job.problem.billed.value for job in session.queue.jobs]") == ["maybe"]
    again.wait_for("list(Path(session.pictures.library.root).rglob('spend/*/*.json'))")
    (spend,) = (desk.library / ".seedream" / "spend").rglob("*.json")
    assert json.loads(spend.read_bytes())["billed"] == "maybe"
    assert again.end()[0] == 0
    assert len(demo.posts()) == 1


def test_killed_while_fetching_a_set_it_goes_on_by_itself(desk: Desk, demo: Demo) -> None:
    demo.set_fault("drip", on="links", times=3, bytes_per_s=5000)
    application = desk.start()
    application.press("a set of 3 images of a fox", pictures=3)
    demo.wait_for(lambda seen: any("X-Tos" in one["target"] for one in seen))
    application.wait_for("[job for job in session.queue.jobs if job.state.value == 'answered']")
    application.kill()
    demo.clear_faults()
    again = desk.start()
    again.wait_for(
        "session.recovering.is_done and not session.queue.jobs and session.gallery.rowCount() == 3"
    )
    assert again.end()[0] == 0
    pictures = pictures_in(desk.library)
    records = [json.loads((one.parent / ".seedream" / f"{one.name}.json").read_bytes()) for one in pictures]
    hashes = [hashlib.sha256(one.read_bytes()).hexdigest() for one in pictures]
    assert [record["made"]["sha256"] for record in records] == hashes
    assert len(set(hashes)) == 3
    assert len(demo.posts()) == 1
    assert list((desk.data_dir / "spool").iterdir()) == []


def test_the_systems_wish_to_end_is_followed_at_once(desk: Desk, demo: Demo) -> None:
    demo.set_delay(60)
    application = desk.start()
    application.press()
    sent(demo)
    code, took_s = application.end()
    assert code == 0
    assert took_s < 3
    again = desk.start()
    again.wait_for("session.queue.jobs")
    assert again.jobs() == [("unknown", "stopped_waiting")]
    assert len(demo.posts()) == 1


def test_what_is_queued_waits_for_a_word_after_a_restart(desk: Desk, demo: Demo) -> None:
    demo.set_delay(60)
    application = desk.start()
    application.ask("session.queue.set_jobs_at_once(1)")
    application.press(variations=3)
    sent(demo)
    application.kill()
    again = desk.start()
    again.wait_for("len(session.queue.jobs) == 3")
    assert sorted(state for state, _ in again.jobs()) == ["queued", "queued", "unknown"]
    assert again.ask("session.queue.is_paused")
    assert len(demo.posts()) == 1
    demo.set_delay(0)
    again.ask("session.queue.resume()")
    again.wait_for("len(session.queue.jobs) == 1")
    assert len(demo.posts()) == 3
    assert len(pictures_in(desk.library)) == 2


def test_closing_with_a_request_under_way_asks_and_staying_stays(desk: Desk, demo: Demo) -> None:
    demo.set_delay(60)
    application = desk.start()
    application.press()
    sent(demo)
    application.ask("window.close()")
    application.ask("button('Stay').click()")
    assert application.ask("window.isVisible()")
    assert application.jobs() == [("sending", "")]
    application.ask("window.close()")
    application.ask("button('Close now').click()")
    code, took_s = application.wait()
    assert code == 0
    assert took_s < 3


def test_closing_can_wait_for_the_answer(desk: Desk, demo: Demo) -> None:
    demo.set_delay(1.5)
    application = desk.start()
    application.press()
    sent(demo)
    application.ask("window.close()")
    application.ask("button('Wait and close').click()")
    assert not application.ask("window.isVisible()")
    assert application.wait()[0] == 0
    assert len(pictures_in(desk.library)) == 1


def test_a_second_start_brings_back_a_window_that_waits(desk: Desk, demo: Demo) -> None:
    demo.set_delay(60)
    application = desk.start()
    application.press()
    sent(demo)
    application.ask("window.close()")
    application.ask("button('Wait and close').click()")
    assert Driven(desk.data_dir).wait()[0] == 0
    assert application.ask("window.isVisible()")
    assert not application.ask("session.queue.is_paused")
    assert application.jobs() == [("sending", "")]


def test_what_was_left_comes_back_even_after_a_kill(desk: Desk, tmp_path: Path) -> None:
    reference = tmp_path / "reference.png"
    application = desk.start()
    PIL.Image.new("RGB", (64, 48)).save(reference)
    application.ask(f"session.intake.take_files((Path({str(reference)!r}),))")
    application.wait_for("session.draft.recipe.references")
    application.ask(f"window.compose.prompt.setPlainText({PROMPT!r})")
    application.ask("session.draft.set_variations(7)")
    application.ask("session.pictures.create_board('Acme', lambda board: session.draft.set_board(board.id))")
    application.ask("window.resize(1234, 777)")
    application.ask("window.columns.setSizes([250, 584, 400])")
    application.wait_for("session.draft.board_id")
    left = application.ask(
        "[session.draft.board_id, window.width(), window.height(), window.columns.sizes()]"
    )
    application.wait_for("application._remembering._saved == application._settings_now()")
    application.kill()
    again = desk.start()
    assert again.ask("window.compose.prompt.toPlainText()") == PROMPT
    assert again.ask("[one.name for one in session.draft.recipe.references]") == ["reference.png"]
    assert again.ask("session.draft.variations") == 7
    found = again.ask("[session.target_board().id, window.width(), window.height(), window.columns.sizes()]")
    assert found == left


def test_a_draft_is_saved_while_somebody_types_without_a_pause(desk: Desk) -> None:
    application = desk.start()
    for count in range(200):
        application.ask(f"window.compose.prompt.setPlainText('word ' * {count})")
        settings = desk.data_dir / "settings.json"
        if settings.exists() and "word word" in settings.read_text(encoding="utf-8"):
            return
        application.ask("__import__('threading').Event().wait(0.02)")
    pytest.fail("it was never saved")
