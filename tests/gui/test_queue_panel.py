"""The queue shows every open job in words, and offers what can be done about each."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.api.reports import Sending
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import Job, JobState, MissingPicture, now_ms
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.gui.queue_acts import RowActs
from seedream_desktop.gui.queue_panel import QueuePanel
from seedream_desktop.gui.queue_rows import Act, QueueRow, queue_rows
from seedream_desktop.gui.queue_words import act_words, cost_words, state_words
from seedream_desktop.pipeline.events import Progress
from tests.gui.panel_values import MAYBE_BILLED, NOT_BILLED, catalog, job, press, request

LEFT = Qt.MouseButton.LeftButton
SENT = Sending(100, 100, body_complete=True)
BY_HAND = Pause(PauseReason.BY_HAND)
AWAY = Problem(ProblemKind.LIBRARY_AWAY, billed=Billed.YES)
GATE = Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/")
PROXY = Problem(ProblemKind.PROXY_UNUSABLE)
WITH_ID = replace(MAYBE_BILLED, request_id="021-abc")
UNKNOWN = job(3, JobState.UNKNOWN, problem=MAYBE_BILLED)
FAILED = job(4, JobState.FAILED, problem=NOT_BILLED)


class Stage(QWidget):
    """A window with a queue that opens above its last row."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1000, 800)
        self.panel = QueuePanel(catalog(), self)
        self.field, self.status = QPushButton("field"), QPushButton("status")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addStretch()
        column.addWidget(self.status)

    def open_with(self, *jobs: Job, held_by: Pause | None = None) -> QueuePanel:
        self.panel.show_jobs(jobs, held_by)
        self.panel.pop_up(self.status)
        return self.panel


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    stage = Stage()
    qtbot.addWidget(stage)
    with qtbot.waitActive(stage):
        stage.show()
    return stage


def row(*jobs: Job, sending: Sending | None = None, is_paused: bool = False) -> QueueRow:
    sendings = {} if sending is None else {jobs[0].id: sending}
    (only,) = queue_rows(jobs, is_paused, sendings, catalog())
    return only


def said(*jobs: Job, sending: Sending | None = None, after_s: int = 12) -> str:
    """The state of one row, so many seconds after it was sent."""
    return state_words(row(*jobs, sending=sending), (jobs[0].sending_ms or 0) + after_s * 1000)


def buttons(panel: QWidget) -> dict[str, QPushButton]:
    """The buttons that can be seen, by their names for screen readers."""
    return {one.accessibleName(): one for one in panel.findChildren(QPushButton) if one.isVisible()}


def count_of_acts(panel: QueuePanel) -> int:
    """For how many rows there are buttons that can be seen."""
    return sum(1 for one in panel.findChildren(RowActs) if one.isVisible())


def spoken(panel: QueuePanel) -> list[str]:
    model = panel.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(number, 0).data(role)) for number in range(model.rowCount())]


def sending(number: int = 1) -> Job:
    return job(number, JobState.SENDING, sending_ms=now_ms())


def test_jobs_that_wait_from_one_press_are_one_row() -> None:
    jobs = (sending(1), *press(28), UNKNOWN, job(2))
    rows = queue_rows(jobs, False, {}, catalog())
    assert [(one.job.id, len(one.jobs)) for one in rows] == [
        ("job1", 1),
        ("job3", 1),
        ("job1000", 28),
        ("job2", 1),
    ]


@pytest.mark.parametrize(
    ("one", "acts"),
    [
        (row(job()), (Act.CANCEL,)),
        (row(*press(2)), (Act.CANCEL_THESE,)),
        (row(sending()), (Act.CANCEL,)),
        (row(sending(), sending=SENT), (Act.STOP_WAITING,)),
        (row(job(state=JobState.ANSWERED)), ()),
        (row(job(state=JobState.ANSWERED, problem=AWAY)), (Act.FETCH_AGAIN, Act.OPEN_LIBRARY)),
        (row(FAILED), (Act.TRY_AGAIN, Act.DISMISS)),
        (row(replace(FAILED, problem=replace(NOT_BILLED, billed=Billed.YES))), (Act.SEND_AGAIN, Act.DISMISS)),
        (row(UNKNOWN), (Act.CHECK, Act.SEND_AGAIN, Act.DISMISS)),
        (row(job(state=JobState.SAVED, problem=AWAY)), (Act.DISMISS,)),
        (row(job(problem=AWAY)), (Act.CANCEL,)),
        (row(job(problem=GATE)), (Act.SIGN_IN, Act.CANCEL)),
        (row(replace(FAILED, problem=GATE)), (Act.SIGN_IN, Act.TRY_AGAIN, Act.DISMISS)),
        (row(replace(FAILED, problem=PROXY)), (Act.PREFERENCES, Act.TRY_AGAIN, Act.DISMISS)),
        (
            row(replace(UNKNOWN, problem=WITH_ID)),
            (Act.CHECK, Act.SEND_AGAIN, Act.COPY_ID, Act.DISMISS),
        ),
    ],
    ids=lambda value: None if isinstance(value, tuple) else value.job.state,
)
def test_each_state_offers_what_can_be_done(one: QueueRow, acts: tuple[Act, ...]) -> None:
    assert one.acts == acts


def test_what_is_missing_is_said_and_asked_for_again_in_one_request() -> None:
    gone = MissingPicture(1, Problem(ProblemKind.RESULT_REFUSED))
    in_part = job(state=JobState.SAVED, saved=("a", "", "c"), missing=(gone,))
    assert row(in_part).acts == (Act.TRY_MISSING, Act.DISMISS)
    assert said(in_part).startswith("2 pictures saved, 1 missing. ")
    assert act_words(Act.TRY_MISSING, row(in_part))[0].startswith("Try the missing again · ")


def test_sending_is_told_in_megabytes() -> None:
    assert said(sending(), sending=Sending(12_000_000, 41_000_000)) == "sending 12 of 41 MB"
    assert said(sending(), sending=Sending(50_000, 2_000_000)) == "sending 50 KB of 2.0 MB"


def test_waiting_for_the_answer_is_told_in_time() -> None:
    assert said(sending(), sending=SENT) == "waiting for the answer 0:12 · usually 0:30"
    assert said(sending(), sending=SENT, after_s=61) == "waiting for the answer 1:01 · longer than usual"


def test_what_waits_to_be_sent_says_what_for_and_how_long() -> None:
    away = Sending(0, 100, waiting_s=4.0, problem=NOT_BILLED)
    told = said(job(problem=NOT_BILLED), sending=away)
    assert told == "waiting for the network · api.example.com cannot be reached."
    limit = Problem(ProblemKind.RATE_LIMITED, limit=20)
    limited = Sending(0, 100, waiting_s=8.0, problem=limit)
    assert said(job(problem=limit), sending=limited) == "waiting 8 s · The service asks to wait 20 s."


def test_what_waits_to_be_sent_stands_among_what_runs() -> None:
    rows = queue_rows((*press(3), job(1, problem=AWAY)), False, {}, catalog())
    assert [(one.key, len(one.jobs)) for one in rows] == [("job1", 1), ("press press", 3)]


def test_page_id_and_preferences_are_a_press_away(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    panel = stage.open_with(
        job(1, problem=GATE), replace(FAILED, problem=PROXY), replace(UNKNOWN, problem=WITH_ID)
    )
    with qtbot.waitSignal(panel.preferences_requested):
        buttons(panel)["Preferences"].click()
    buttons(panel)["Open the page"].click()
    buttons(panel)["Copy the id"].click()
    assert opened == [GATE.page]
    assert QGuiApplication.clipboard().text() == "021-abc"


def test_problems_say_what_they_mean_for_money() -> None:
    assert said(UNKNOWN) == "The connection broke after sending. It may have been billed."
    assert said(FAILED) == "api.example.com cannot be reached. Nothing was billed."


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (row(job()), "about $0.04"),
        (row(*press(28)), "up to $0.98"),
        (row(job(request=request(images_in_set=4))), "up to $0.14"),
        (row(job(price_usd=None)), "price not known"),
        (row(UNKNOWN), "about $0.04"),
        (row(FAILED), ""),
    ],
)
def test_each_row_says_what_it_may_cost(one: QueueRow, words: str) -> None:
    assert cost_words(one) == words


def test_a_screen_reader_hears_the_whole_row(stage: Stage) -> None:
    panel = stage.open_with(*press(28))
    prompt = request().prompt
    assert panel.list.accessibleName() == "Queue"
    assert spoken(panel) == [f"{prompt}. 28 waiting. Acme rebrand. up to $0.98"]


def test_it_opens_above_the_status_line(stage: Stage) -> None:
    panel = stage.open_with(sending(1), UNKNOWN)
    above_y = stage.status.mapTo(stage, QPoint(0, 0)).y()
    assert panel.geometry().bottom() < above_y
    assert panel.geometry().bottom() >= above_y - 8
    assert panel.list.verticalScrollBar().maximum() == 0


def test_it_never_grows_out_of_the_window(stage: Stage) -> None:
    panel = stage.open_with(*(job(number, JobState.UNKNOWN, problem=MAYBE_BILLED) for number in range(50)))
    assert panel.geometry().top() >= 0
    assert panel.list.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    ("one", "progress", "name", "signal"),
    [
        (sending(1), None, "Cancel", "cancel_requested"),
        (sending(1), SENT, "Stop waiting", "cancel_requested"),
        (replace(FAILED, id="job1"), None, "Try again", "retry_requested"),
        (replace(UNKNOWN, id="job1"), None, "Send again · $0.04", "retry_requested"),
        (replace(UNKNOWN, id="job1"), None, "Check", "check_requested"),
        (replace(UNKNOWN, id="job1"), None, "Dismiss", "dismiss_requested"),
        (job(1, JobState.ANSWERED, problem=AWAY), None, "Try again", "retry_requested"),
    ],
)
def test_buttons_act_on_their_job(
    qtbot: QtBot, stage: Stage, one: Job, progress: Sending | None, name: str, signal: str
) -> None:
    panel = stage.open_with(one)
    if progress is not None:
        panel.show_progress(Progress("job1", progress))
    with qtbot.waitSignal(getattr(panel, signal)) as wished:
        QTest.mouseClick(buttons(panel)[name], LEFT)
    assert wished.args == ["job1"]


def test_everything_is_cancelled_with_one_button(qtbot: QtBot, stage: Stage) -> None:
    panel = stage.open_with(sending(1), *press(3, "first"))
    with qtbot.waitSignal(panel.cancel_all_requested):
        QTest.mouseClick(buttons(panel)["Cancel all"], LEFT)


def test_cancel_these_is_for_one_press(qtbot: QtBot, stage: Stage) -> None:
    panel = stage.open_with(*press(3, "first"))
    with qtbot.waitSignal(panel.cancel_waiting_requested) as wished:
        QTest.mouseClick(buttons(panel)["Cancel these"], LEFT)
    assert wished.args == ["first"]


def test_pausing_and_going_on_take_turns(qtbot: QtBot, stage: Stage) -> None:
    panel = stage.open_with(*press(3))
    with qtbot.waitSignal(panel.pause_requested):
        QTest.mouseClick(buttons(panel)["Pause all"], LEFT)
    panel.show_jobs(press(3), BY_HAND)
    with qtbot.waitSignal(panel.resume_requested):
        QTest.mouseClick(buttons(panel)["Resume"], LEFT)
    assert spoken(panel)[0].startswith(f"{request().prompt}. 3 waiting, paused.")


def test_a_button_keeps_its_job_when_rows_move(stage: Stage) -> None:
    panel = stage.open_with(FAILED, UNKNOWN)
    button = buttons(panel)["Send again · $0.04"]
    button.setFocus()
    panel.show_jobs((UNKNOWN,), None)
    assert buttons(panel)["Send again · $0.04"] is button
    assert button.hasFocus()


def test_the_button_of_a_job_that_is_gone_acts_on_no_other(stage: Stage) -> None:
    panel = stage.open_with(UNKNOWN, job(5, JobState.UNKNOWN, problem=MAYBE_BILLED))
    named = (one for one in panel.findChildren(QPushButton) if one.accessibleName().startswith("Send again"))
    first = min(named, key=lambda one: one.mapTo(panel, QPoint(0, 0)).y())
    assert first.isVisible()
    panel.show_jobs((job(5, JobState.UNKNOWN, problem=MAYBE_BILLED),), None)
    assert not first.isVisible()


def test_a_row_about_which_nothing_can_be_done_any_more_loses_its_buttons(stage: Stage) -> None:
    panel = stage.open_with(sending(1))
    panel.show_progress(Progress("job1", SENT))
    buttons(panel)["Stop waiting"].setFocus()
    panel.show_jobs((replace(sending(1), state=JobState.ANSWERED), UNKNOWN), None)
    assert "Stop waiting" not in buttons(panel)
    assert panel.list.hasFocus()


def test_only_rows_in_view_have_buttons(stage: Stage) -> None:
    jobs = [job(number, JobState.UNKNOWN, problem=MAYBE_BILLED) for number in range(1000)]
    panel = stage.open_with(*jobs)
    assert 4 <= count_of_acts(panel) <= 20
    bar = panel.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert 4 <= count_of_acts(panel) <= 20
    assert spoken(panel)[999].startswith(request().prompt)


def test_enter_goes_from_the_row_to_its_first_button(stage: Stage) -> None:
    panel = stage.open_with(FAILED, UNKNOWN)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert buttons(panel)["Check"].hasFocus()


def test_the_keyboard_stays_at_its_row_when_others_go(stage: Stage) -> None:
    panel = stage.open_with(FAILED, UNKNOWN)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    panel.show_jobs((UNKNOWN,), None)
    assert panel.list.currentIndex().row() == 0


def test_escape_closes_and_gives_the_focus_back(stage: Stage) -> None:
    stage.field.setFocus()
    panel = stage.open_with(UNKNOWN)
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert stage.field.hasFocus()


def test_a_press_outside_closes(stage: Stage) -> None:
    panel = stage.open_with(UNKNOWN)
    QTest.mouseClick(panel, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    QTest.mousePress(stage.status, LEFT)
    assert panel.isVisible()
    QTest.mousePress(stage.field, LEFT)
    assert not panel.isVisible()


def test_the_button_that_opened_it_closes_it(stage: Stage) -> None:
    panel = stage.open_with()
    panel.pop_up(stage.status)
    assert not panel.isVisible()


def test_an_empty_queue_says_so(stage: Stage) -> None:
    panel = stage.open_with()
    assert not panel.list.isVisible()
    assert buttons(panel) == {}


def test_a_row_grows_when_its_words_do(stage: Stage) -> None:
    panel = stage.open_with(sending(1), job(2))
    before = panel.list.visualRect(panel.list.model().index(0, 0)).height()
    long = Problem(ProblemKind.NOT_THE_API, billed=Billed.MAYBE)
    panel.show_jobs((job(1, JobState.UNKNOWN, problem=long), job(2)), None)
    panel.resize(320, panel.height())
    stage.grab()
    assert panel.list.visualRect(panel.list.model().index(0, 0)).height() > before
