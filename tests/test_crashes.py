"""An error of ours is logged, offers a report, and the window goes on; at the start it ends with a code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.__main__ import DEFECT
from seedream_desktop.demo.process import DemoServer
from tests.driven import ROOT, Driven

CANARY = "a red fox of a secret client"
NOTICE = "window.notices._words.text() if window.notices.isVisible() else ''"


@pytest.fixture
def driven(tmp_path: Path) -> Iterator[Driven]:
    """An application whose provider is the stand-in."""
    with DemoServer.start() as server:
        library = ("--library", str(tmp_path / "library"), "--base-url", server.base_url)
        application = Driven(tmp_path / "data", *library)
        try:
            application.wait_until_ready()
            yield application
        finally:
            application.kill()


PLACES = {
    "InSlotError": "mischief.in_slot({!r})",
    "InEventError": "mischief.in_event(window, {!r})",
    "InPoolError": "mischief.in_pool(session.reading, {!r})",
    "InThreadError": "mischief.in_thread({!r})",
    "InTaskError": "mischief.in_task(session.reading, {!r})",
    "InDestructorError": "mischief.in_destructor({!r})",
}


def test_an_error_anywhere_is_logged_and_offers_a_report_and_the_window_goes_on(
    driven: Driven, tmp_path: Path
) -> None:
    log = tmp_path / "data" / "logs" / "seedream-desktop.log"
    for count, (error, expression) in enumerate(PLACES.items(), 1):
        driven.ask("setattr(application._reports, '_count', 0)")
        driven.ask(expression.format(CANARY))
        driven.wait_for("'did not work as it should' in (" + NOTICE + ")")
        driven.ask("window.notices._act.click()")
        driven.wait_for("len(mischief.reports()) == 1")
        report = driven.ask("mischief.reports()[0].report.toPlainText()")
        assert "FileNotFoundError 2\n  tests/mischief.py, line" in report
        assert f"\n{error}\n" in report
        assert CANARY not in report
        driven.ask("mischief.reports()[0].close()")
        driven.wait_for("not mischief.reports()")
        assert log.read_text().count("CRITICAL") + log.read_text().count("ERROR") >= count
    assert CANARY not in log.read_text()
    driven.press()
    driven.wait_for("session.gallery.picture_count == 1")
    driven.end()
    assert CANARY.encode() not in driven.said


def test_the_same_error_again_and_again_is_offered_once(driven: Driven) -> None:
    for _ in range(3):
        driven.ask(f"mischief.in_slot({CANARY!r})")
    driven.wait_for("'did not work as it should' in (" + NOTICE + ")")
    assert driven.ask("application._reports._count") == 1


def test_no_report_is_offered_over_pictures_that_have_the_whole_screen(driven: Driven) -> None:
    driven.ask("window.showFullScreen()")
    driven.ask(f"mischief.in_slot({CANARY!r})")
    driven.wait_for("bool(application._reports._waiting)")
    assert driven.ask(NOTICE) == ""
    driven.ask("window.showNormal()")
    driven.wait_for("'did not work as it should' in (" + NOTICE + ")")


def test_an_error_of_ours_ends_its_job_with_what_it_means_for_money(driven: Driven) -> None:
    driven.ask("mischief.break_client(session)")
    driven.press()
    driven.wait_for("[job.problem for job in session.queue.jobs if job.problem]")
    assert driven.jobs() == [("unknown", "unexpected")]
    driven.wait_for("'did not work as it should' in (" + NOTICE + ")")


FAILS = f"def fail(*a): raise ZeroDivisionError({CANARY!r})"
BREAK = {
    "import": "sys.modules['seedream_desktop.gui.window'] = type('M', (), {'__getattr__': fail})()",
    "building": "import seedream_desktop.app as app; app.load_settings = fail",
}


def test_no_image_of_its_memory_is_written_when_it_crashes(driven: Driven) -> None:
    limit = "(lambda one: one.getrlimit(one.RLIMIT_CORE)[0])(__import__('resource'))"
    assert driven.ask(limit) == 0


@pytest.mark.parametrize("where", BREAK)
def test_an_error_at_the_start_ends_with_its_code_and_without_its_words(tmp_path: Path, where: str) -> None:
    end = "from seedream_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    program = "\n".join(("import sys", FAILS, BREAK[where], end))
    command = [sys.executable, "-c", program, "--data-dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == DEFECT, done.stderr
    log = (tmp_path / "logs" / "seedream-desktop.log").read_text()
    assert "ZeroDivisionError" in log
    assert "see the log" in done.stderr
    assert CANARY not in log + done.stderr + done.stdout
