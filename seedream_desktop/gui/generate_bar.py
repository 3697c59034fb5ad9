"""The foot of the right column: where results go, how many, and Generate, or a key in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.board_choice import BoardChoice
from seedream_desktop.gui.controls import StepBox, set_tone
from seedream_desktop.gui.cost_words import breakdown, budget_words, cost_words
from seedream_desktop.gui.generate_button import GenerateButton
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.key_entry import KeyEntry
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, caption_font, colours_of
from seedream_desktop.gui.words import number
from seedream_desktop.settings import VARIATIONS_MAX

if TYPE_CHECKING:
    from seedream_desktop.api.account import KeyTest
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.job import Job
    from seedream_desktop.gui.press_question import PressQuestion
    from seedream_desktop.gui.problem_list import ProblemList
    from seedream_desktop.library.cost_table import BudgetUse
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.draft import Draft

ONE_PRESS_MS = 500  # two presses within this time are one
_TOLD_WITH_A_KEY = ProblemKind.KEYRING_UNUSABLE  # before there is a key it would only worry
_SPIN_ROOM_PX = 36  # beside the figures: padding and arrows


class GenerateBar(QWidget):
    """Says what a press will do and what it may cost; wishes for it once however often it is pressed."""

    generate_requested = Signal()
    send_confirmed = Signal()  # what was asked about is to be sent
    problem_pressed = Signal(object)  # Problem: Generate was pressed, and this is in the way
    key_entered = Signal(str)
    demo_requested = Signal()
    board_chosen = Signal(str)  # board id
    new_board_requested = Signal(str)  # name

    def __init__(self, draft: Draft) -> None:
        """Show what ``draft`` asks for."""
        super().__init__()
        self._draft = draft
        self._has_key = True  # until the keyring has answered
        self._is_testing = False
        self._shows_empty_prompt = False
        self._says_problem = False  # what is said is about the draft, and goes when that is mended
        self._question: PressQuestion | None = None
        self._problems: ProblemList | None = None  # once there are any
        self.boards = BoardChoice()
        self.variations = StepBox()
        self.generate_button = GenerateButton()
        self.look = QToolButton()  # at what would be sent
        self.key_entry = KeyEntry()
        self._said, self._budget = Label(), Label()
        self._making = QWidget()
        self._board_row = ParameterRow(self.boards, stretched=True)
        self._pressed = QTimer(self, singleShot=True, interval=ONE_PRESS_MS)
        self._build()
        self._connect()
        self._write_words()
        self._show()

    def generate(self) -> None:
        """Do what a press of Generate does: wish for it, or say what is in the way."""
        if not self._has_key:
            self.say(problem_words(Problem(ProblemKind.NO_KEY)).without_money, "amber")
            self.key_entry.focus_first()
            self.problem_pressed.emit(Problem(ProblemKind.NO_KEY))
            return
        if self._pressed.isActive():
            return
        if self.is_asking and self._question is not None:
            self._question.focus_first()
            return
        if problems := self._draft.problems():
            self._shows_empty_prompt = True
            self._show()
            self.problem_pressed.emit(problems[0])
            return
        self._pressed.start()
        self.say("", "dim")
        self.generate_requested.emit()
        self._show()

    @property
    def is_asking(self) -> bool:
        """Whether it asks if something shall be sent."""
        return self._question is not None and not self._question.isHidden()

    @property
    def is_asking_again(self) -> bool:
        """Whether it asks if the same request shall be sent again."""
        return self.is_asking and self._question is not None and self._question.is_about_another

    def ask_again(self, same: Job) -> None:
        """Ask whether to send what ``same`` asks for once more; nothing was sent by the press."""
        self._asked_by().ask_again(same, self._draft.cost())
        self._show()

    def ask_all(self, requests: int, most: int, cost: Cost | None) -> None:
        """Ask whether to send so many requests for so many pictures; nothing was sent by the press."""
        self._asked_by().ask_all(requests, most, cost)
        self._show()

    def _asked_by(self) -> PressQuestion:
        from seedream_desktop.gui.press_question import PressQuestion  # late: rarely needed

        if self._question is None:
            self._question = PressQuestion()
            self._question.answered.connect(self._on_answered)
            self._column.insertWidget(self._column.indexOf(self._making), self._question)
        self._pressed.stop()
        return self._question

    def withdraw_question(self) -> None:
        """The other request is over, or this one is another now."""
        if self._question is not None and self.is_asking:
            has_focus = self._question.isAncestorOf(QApplication.focusWidget() or self)
            self._question.hide()
            if has_focus:
                self.generate_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_boards(self, boards: tuple[Board, ...]) -> None:
        """Offer these boards; the draft says which is chosen."""
        self.boards.show_boards(boards, self._draft.board_id)

    def show_budget(self, use: BudgetUse | None) -> None:
        """Warn where much of the board's budget is used; nothing is held up by it. None: there is none."""
        is_low = use is not None and use.is_low
        text = budget_words(use) if use is not None and is_low else ""
        self._budget.setText(text)
        self._budget.setAccessibleName(text)
        self._budget.setVisible(is_low)
        self.boards.warn(text)

    def set_key_state(self, state: KeyState) -> None:
        """Show Generate, or what stands in its place without a key; a key just entered is tested first."""
        self._has_key = state.has_key
        if self._has_key and self._is_testing:
            self.key_entry.show_testing(self.tr("Testing the key…"))
            return
        self.key_entry.reset()
        self._show_place()
        self.say("", "dim")
        self._show()
        if state.problem is not None and (self._has_key or state.problem.kind is not _TOLD_WITH_A_KEY):
            from seedream_desktop.gui.key_words import key_state_words  # late: after the first paint

            self.say(key_state_words(state), "amber")

    def set_key_test(self, test: KeyTest | None) -> None:
        """Say what a test showed; None takes the words away. A refused key makes room for another."""
        if test is None:
            self.say("", "dim")
            return
        from seedream_desktop.gui.key_words import key_test_tone, key_test_words  # late: as above

        text, tone = key_test_words(test), key_test_tone(test)
        if self._is_testing and test.key_is_right is False:
            self._ask_again(text)
            return
        if self._is_testing:
            self._take_key()
        self.say(text, tone)

    def show_key_problem(self, problem: Problem) -> None:
        """Say why what was entered is no key, or why it could not be kept."""
        text = problem_words(problem).without_money
        if self._is_testing and not self._has_key:
            self._ask_again(text)
            return
        if self._is_testing:
            self._take_key()
        self.say(text, "amber" if self._has_key else "red")

    def say(self, text: str, tone: str) -> None:
        """Show one sentence above the button until the next press."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        set_tone(self._said, tone)
        self._said.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()
            self._show()

    def _build(self) -> None:
        for label in (self._said, self._budget):
            label.setFont(caption_font())
            label.setWordWrap(True)
            label.hide()
        set_tone(self._budget, "amber")
        self.variations.setRange(1, VARIATIONS_MAX)
        self.variations.setPrefix("× ")
        self.variations.setValue(self._draft.variations)
        row = QHBoxLayout(self._making)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX)
        row.addWidget(self.variations)
        row.addWidget(self.generate_button, 1)
        row.addWidget(self.look)
        self.variations.setMinimumHeight(self.generate_button.sizeHint().height())
        digits_px = self.variations.fontMetrics().horizontalAdvance(f"× {VARIATIONS_MAX}")
        self.variations.setFixedWidth(digits_px + _SPIN_ROOM_PX)
        self._show_place()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX, GROUP_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._board_row)
        column.addWidget(self._budget)
        column.addWidget(self._said)
        column.addWidget(self._making)
        column.addWidget(self.key_entry)

    def _connect(self) -> None:
        draft = self._draft
        draft.recipe_changed.connect(self._show)
        for changed in (draft.recipe_changed, draft.variations_changed, draft.board_changed):
            changed.connect(self.withdraw_question)
        draft.variations_changed.connect(self._on_variations_changed)
        draft.board_changed.connect(self.boards.show_board)
        self.variations.valueChanged.connect(draft.set_variations)
        self.generate_button.clicked.connect(self.generate)
        self._pressed.timeout.connect(self._show)
        self.key_entry.key_entered.connect(self._on_key_entered)
        self.key_entry.demo_requested.connect(self.demo_requested)
        self.boards.board_chosen.connect(self.board_chosen)
        self.boards.new_board_requested.connect(self.new_board_requested)

    def _write_words(self) -> None:
        self._board_row.set_words(self.tr("Save to"))
        self.variations.setAccessibleName(self.tr("Variations"))
        self.variations.setToolTip(
            self.tr("How many independent pictures one press asks for; each is billed")
        )
        self.generate_button.setAccessibleName(self.tr("Generate"))
        self.look.setAccessibleName(self.tr("Look at the request"))
        self.look.setToolTip(self.tr("Look at the request as it will be sent, or copy it as curl"))
        self.look.setIcon(icon("eye", colours_of(self.palette()).text))

    def _show(self) -> None:
        act = self.tr("Sent") if self._pressed.isActive() else self._act()
        self.generate_button.say(act, self._price())
        self._write_hint()
        problems = self._draft.problems()
        if all(problem.kind is not ProblemKind.EMPTY_PROMPT for problem in problems):
            self._shows_empty_prompt = False
        shown = [
            one for one in problems if one.kind is not ProblemKind.EMPTY_PROMPT or self._shows_empty_prompt
        ]
        self._show_problems(shown, self._missing_references())

    def _show_problems(self, shown: list[Problem], missing: tuple[int, ...]) -> None:
        """Every one of them, in the place of what was said last."""
        if shown and not self._says_problem:
            self.say("", "dim")
        self._says_problem = bool(shown)
        if self._problems is None and (shown or missing):
            from seedream_desktop.gui.problem_list import ProblemList  # late: most drafts have none

            self._problems = ProblemList()
            self._problems.pressed.connect(self.problem_pressed)
            self._column.insertWidget(self._column.indexOf(self._said), self._problems)
        if self._problems is not None:
            self._problems.show_problems(shown, missing)

    def _missing_references(self) -> tuple[int, ...]:
        """The numbers that the prompt names and the tray does not hold."""
        recipe = self._draft.recipe
        if not recipe.prompt:
            return ()
        from seedream_desktop.generation.mentions import mentions  # late: an empty prompt does without

        held = len(recipe.references or ())
        return tuple(sorted({one.number for one in mentions(recipe.prompt) if one.number > held}))

    def _write_hint(self) -> None:
        """What the price is made of, and whose it is."""
        draft = self._draft
        keys = keys_of("generate").toString(keys_of("generate").SequenceFormat.NativeText)
        heading = ": ".join(filter(None, (self.tr("Generate") + f" ({keys})", self._price())))
        count = draft.requests_count()
        lines = breakdown(draft.request(), draft.model, count) if count else ()
        self.generate_button.setToolTip(plain_tip("\n".join(filter(None, (heading, *lines)))))

    def _price(self) -> str:
        return cost_words(self._draft.cost()) if self._draft.requests_count() else ""

    def _act(self) -> str:
        request, count = self._draft.request(), self._draft.requests_count()
        if request.images_in_set:
            most = request.images_in_set * count
            return self.tr("Generate up to {count}").format(count=most)
        if count <= 1:
            return self.tr("Generate")
        return self.tr("Generate {count}").format(count=number(count))

    def _show_place(self) -> None:
        self._making.setVisible(self._has_key)
        self.key_entry.setVisible(not self._has_key)

    def _on_variations_changed(self, count: int) -> None:
        self.variations.setValue(count)
        self._show()

    def _on_answered(self, is_sent: bool) -> None:
        self.withdraw_question()
        if is_sent:
            self._pressed.start()
            self.send_confirmed.emit()
        self._show()

    def _ask_again(self, why: str) -> None:
        self._is_testing = False
        self._has_key = False
        self._show_place()
        self.key_entry.ask_again(why)

    def _take_key(self) -> None:
        """The key is kept: Generate takes its place again, ready to be pressed."""
        self._is_testing = False
        self.key_entry.reset()
        self._show_place()
        self.generate_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_key_entered(self, key: str) -> None:
        self._is_testing = True
        self.say("", "dim")
        self.key_entry.show_testing(self.tr("Testing the key…"))
        self.key_entered.emit(key)
