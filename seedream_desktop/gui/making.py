"""What is wished for while composing, brought to the session; and back what the session says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.cost_words import cost_words
from seedream_desktop.gui.key_words import key_state_words
from seedream_desktop.gui.problem_acts import has_page, open_page
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.words import number

if TYPE_CHECKING:
    from seedream_desktop.api.account import KeyTest
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.commands import Commands
    from seedream_desktop.gui.compose_panel import ComposePanel
    from seedream_desktop.gui.generate_bar import GenerateBar
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.pressing import Press
    from seedream_desktop.state.session import Session

_PROMPT_CHARACTERS = 60
_ASKED_AGAIN = (ProblemKind.KEYRING_REFUSED, ProblemKind.KEYRING_SILENT)


class Making(QObject):
    """Ties Compose and the foot of the right column to a session."""

    problem_shown = Signal()  # the designer must see Compose now
    library_requested = Signal()  # there is none to save to
    board_requested = Signal(str)  # a job's pictures are about to come to this board

    def __init__(self, compose: ComposePanel, bar: GenerateBar, notices: NoticeBar, session: Session) -> None:
        """Connect both ways."""
        super().__init__()
        self._compose = compose
        self._bar = bar
        self._notices = notices
        self._session = session
        self._confirmed: Callable[[], None] = self._press  # what is sent once a question is answered
        self._connect_wishes()
        self._connect_facts()

    def generate(self) -> None:
        """Press Generate, from anywhere in the window."""
        self._bar.generate()

    def follow(self, commands: Commands) -> None:
        """Do what keys and menu say."""
        commands.generate_requested.connect(self.generate)
        commands.again_requested.connect(self._on_again)
        commands.paste_requested.connect(self._on_paste)

    def _connect_wishes(self) -> None:
        intake, account = self._session.intake, self._session.account
        self._compose.files_dropped.connect(intake.take_files)
        self._compose.picture_pasted.connect(intake.take_picture)
        self._compose.links_dropped.connect(intake.take_links)
        self._compose.edit_dropped.connect(self._on_edit_dropped)
        self._compose.parameters.reset.clicked.connect(self._session.board_defaults.reset)
        self._bar.generate_requested.connect(self._on_generate)
        self._bar.send_confirmed.connect(self._on_confirmed)
        self._bar.problem_pressed.connect(self._on_problem_pressed)
        self._bar.key_entered.connect(account.store)
        self._bar.board_chosen.connect(self._session.draft.set_board)
        self._bar.new_board_requested.connect(self._on_new_board)

    def _connect_facts(self) -> None:
        session = self._session
        session.intake.refused.connect(self._compose.show_refused)
        session.intake.reading_changed.connect(self._compose.show_reading)
        session.model_list.changed.connect(self._compose.parameters.show_offer)
        self._compose.parameters.show_offer(session.model_list.offer)
        session.account.key_changed.connect(self._on_key_changed)
        session.queue.job_changed.connect(session.account.follow_job)
        session.account.key_tested.connect(self._on_key_tested)
        session.account.failed.connect(self._bar.show_key_problem)
        session.pictures.library_changed.connect(self._on_library_changed)
        session.queue.not_queued.connect(self._on_not_queued)
        session.queue.failed.connect(self._on_journal_failed)
        session.queue.job_removed.connect(self._on_jobs_changed)
        session.queue.jobs_removed.connect(self._on_jobs_changed)
        session.queue.job_changed.connect(self._on_jobs_changed)

    def _on_paste(self) -> None:
        self._compose.paste()
        self.problem_shown.emit()  # that it was taken is seen there, too

    def _on_generate(self) -> None:
        same, draft = self._session.same_request(), self._session.draft
        if same is not None:
            self._confirmed = self._press
            self._bar.ask_again(same)
        elif self._session.is_large(draft.cost()):
            self._confirmed = self._press
            count = draft.requests_count()
            self._bar.ask_all(count, count * draft.request().pictures_at_most, draft.cost())
        else:
            self._press()

    def _on_confirmed(self) -> None:
        self._confirmed()

    def _on_again(self) -> None:
        """What was sent last is sent once more, whatever the draft is by now; it says what that was."""
        press = self._session.last_press
        if press is None:
            words = QCoreApplication.translate("making", "Nothing was sent yet that could be sent again.")
            self._bar.say(words, "dim")
        elif self._session.is_large(press.cost):
            self._confirmed = self._press_last
            self._bar.ask_all(len(press.asked), press.pictures_at_most, press.cost)
        else:
            self._press_last()

    def _press_last(self) -> None:
        press = self._session.last_press
        jobs = self._session.press_again()
        if jobs and press is not None:
            self._bar.say(again_words(press), "dim")
            self.board_requested.emit(jobs[0].board_id)

    def _on_jobs_changed(self) -> None:
        """A question goes with the request that it is about."""
        if self._bar.is_asking_again and self._session.same_request() is None:
            self._bar.withdraw_question()

    def _press(self) -> None:
        jobs = self._session.press()
        if jobs:
            self.board_requested.emit(jobs[0].board_id)
        elif self._session.target_board() is None:
            words = QCoreApplication.translate("making", "There is no library to save to. Nothing was sent.")
            act = QCoreApplication.translate("making", "Open a library…")
            self._notices.warn(words, act, self.library_requested.emit)

    def _on_edit_dropped(self, picture_ids: tuple[str, ...]) -> None:
        """A picture of the library dropped on the prompt is edited."""
        row = self._session.gallery.row_of(picture_ids[0])
        picture = self._session.gallery.picture(row) if row is not None else None
        if picture is not None:
            self._session.edit(picture)

    def _on_problem_pressed(self, problem: Problem) -> None:
        self.problem_shown.emit()
        self._compose.focus_problem(problem)

    def _on_new_board(self, name: str) -> None:
        def choose(board: Board) -> None:
            self._session.draft.set_board(board.id)

        self._session.board_acts.create(name, then=choose)

    def _on_key_changed(self, state: KeyState) -> None:
        self._bar.set_key_state(state)
        if state.problem is not None and state.problem.kind in _ASKED_AGAIN:
            act = QCoreApplication.translate("making", "Ask the keyring again")
            self._notices.warn(key_state_words(state), act, self._session.account.load)
        elif state.is_other:
            self._notices.warn(_other_key_words(state))

    def _on_key_tested(self, test: KeyTest) -> None:
        self._bar.set_key_test(test)
        problem = test.problem
        if has_page(problem):
            words = QCoreApplication.translate("making", "This network wants you to sign in.")
            page = QCoreApplication.translate("making", "Open the page")
            self._notices.warn(words, page, lambda: open_page(problem))

    def _on_library_changed(self, change: LibraryChange) -> None:
        self._bar.set_boards(change.boards)

    def _on_journal_failed(self, problem: Problem) -> None:
        self._notices.warn(problem_words(problem).without_money)

    def _on_not_queued(self, problem: Problem) -> None:
        """The journal could not be written: nothing was sent, the draft is as it was."""
        words = problem_words(problem).all
        self._notices.warn(words, QCoreApplication.translate("making", "Try again"), self.generate)


def again_words(press: Press) -> str:
    """What is sent once more, for how much."""
    prompt = plain(press.asked[0].request.prompt, _PROMPT_CHARACTERS)
    cost = cost_words(press.cost)
    if len(press.asked) == 1:
        text = QCoreApplication.translate("making", "Sent again ({money}): {prompt}")
        return text.format(money=cost, prompt=prompt)
    text = QCoreApplication.translate("making", "{count} requests sent again ({money}): {prompt}")
    return text.format(count=number(len(press.asked)), money=cost, prompt=prompt)


def _other_key_words(state: KeyState) -> str:
    if state.has_key:
        return QCoreApplication.translate(
            "making", "Another program has put another key into the keyring. It is used from the next try on."
        )
    return QCoreApplication.translate(
        "making", "The key is no longer in the keyring. Nothing is sent until there is one again."
    )
