"""Generate says what it will do, wishes for it once, and says what is in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import Balance, KeyTest
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.generate_bar import ONE_PRESS_MS, GenerateBar
from seedream_desktop.gui.key_field import KeyField
from seedream_desktop.library.cost_table import BudgetUse
from seedream_desktop.library.values import Board
from seedream_desktop.state.draft import Draft
from tests.compose_stage import a_draft, part, references

KEPT = KeyState(KeySource.KEYRING, "GNOME Keyring")
NO_KEY = KeyState(KeySource.NONE)
BOARDS = (Board("b1", "Inbox", "Inbox", 3), Board("b2", "Acme rebrand", "Acme rebrand", 128))


@pytest.fixture
def draft() -> Draft:
    return a_draft(prompt="a cat")


@pytest.fixture
def bar(qtbot: QtBot, draft: Draft) -> GenerateBar:
    bar = GenerateBar(draft)
    bar.set_boards(BOARDS)
    qtbot.addWidget(bar)
    bar.resize(340, 140)
    with qtbot.waitActive(bar):
        bar.show()
    return bar


def said(bar: GenerateBar) -> str:
    labels = (label for label in bar.findChildren(QLabel) if label.isVisible())
    return " | ".join(label.text() for label in labels if label.text() != "Save to")


def enter_key(bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    bar.key_entry.ask_again("")
    part(bar, KeyField).setText("sk-secret")
    QTest.keyClick(part(bar, KeyField), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("variations", "is_set", "expected"),
    [
        (1, False, ("Generate", "about $0.04")),
        (4, False, ("Generate 4", "about $0.14")),
        (40, False, ("Generate 40", "about $1.40")),
        (1, True, ("Generate up to 4", "$0.04–0.14")),
        (3, True, ("Generate up to 12", "$0.11–0.42")),
    ],
)
def test_it_says_what_it_will_do_and_what_that_costs(
    bar: GenerateBar, draft: Draft, variations: int, is_set: bool, expected: tuple[str, str]
) -> None:
    draft.set_set(is_set)
    bar.variations.setValue(variations)
    assert bar.generate_button.said == expected
    assert bar.generate_button.accessibleDescription() == " · ".join(expected)


def test_its_name_stays_the_same(bar: GenerateBar) -> None:
    bar.variations.setValue(7)
    accessible = QAccessible.queryAccessibleInterface(bar.generate_button)
    assert (accessible.role(), accessible.text(QAccessible.Text.Name)) == (
        QAccessible.Role.Button,
        "Generate",
    )


def test_variations_and_board_are_named(bar: GenerateBar) -> None:
    assert bar.variations.accessibleName() == "Variations"
    assert bar.boards.combo.accessibleName() == "Save to"
    assert bar.variations.text() == "× 1"


def test_two_presses_within_half_a_second_are_one(qtbot: QtBot, bar: GenerateBar) -> None:
    presses: list[int] = []
    bar.generate_requested.connect(lambda: presses.append(1))
    for _ in range(2):
        QTest.mouseClick(bar.generate_button, Qt.MouseButton.LeftButton)
    assert (len(presses), bar.generate_button.said[0]) == (1, "Sent")
    qtbot.waitUntil(lambda: bar.generate_button.said[0] == "Generate", timeout=4 * ONE_PRESS_MS)
    QTest.mouseClick(bar.generate_button, Qt.MouseButton.LeftButton)
    assert len(presses) == 2


def test_an_empty_prompt_is_said_when_pressed_and_forgotten_when_written(
    qtbot: QtBot, bar: GenerateBar, draft: Draft
) -> None:
    draft.set_prompt(" ")
    assert said(bar) == ""
    with qtbot.assertNotEmitted(bar.generate_requested), qtbot.waitSignal(bar.problem_pressed) as blocker:
        bar.generate()
    assert blocker.args[0].kind is ProblemKind.EMPTY_PROMPT
    assert said(bar).startswith("The prompt is empty.")
    draft.set_prompt("a cat")
    assert said(bar) == ""


def test_what_the_endpoint_would_refuse_is_said_before_pressing(bar: GenerateBar, draft: Draft) -> None:
    draft.set_model("doubao-seedream-3-0-t2i-250415")
    assert said(bar) == ""
    draft.set_model("doubao-seedream-5-0-260128")
    draft.add_references(references(1))
    draft.set_model("doubao-seedream-3-0-t2i-250415")
    assert said(bar).startswith("This model takes no references.")


def test_without_a_key_there_are_three_ways_on(qtbot: QtBot, bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    assert not bar.generate_button.isVisible()
    names = ("Paste a key", "Where do I get one", "Try the demo")
    buttons = {button.text(): button for button in bar.key_entry.findChildren(QAbstractButton)}
    assert all(buttons[name].isVisible() for name in names)
    with qtbot.waitSignal(bar.demo_requested):
        buttons["Try the demo"].click()


def test_pressing_generate_without_a_key_asks_for_one(qtbot: QtBot, bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    with qtbot.assertNotEmitted(bar.generate_requested), qtbot.waitSignal(bar.problem_pressed) as blocker:
        bar.generate()
    assert blocker.args[0].kind is ProblemKind.NO_KEY
    assert said(bar) == "There is no key yet. Paste a key, or try the demo."


def test_enter_presses_the_way_on_that_has_the_focus(bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    bar.generate()
    QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Return)
    assert part(bar, KeyField).hasFocus()


def test_escape_leaves_the_field_before_it_means_anything_else(bar: GenerateBar) -> None:
    stepped_back: list[bool] = []
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), bar)
    escape.activated.connect(lambda: stepped_back.append(True))
    bar.set_key_state(NO_KEY)
    bar.key_entry.ask_again("")
    QTest.keyClick(part(bar, KeyField), Qt.Key.Key_Escape)
    assert not part(bar, KeyField).isVisible()
    assert stepped_back == []


def test_what_was_said_about_a_missing_key_goes_when_one_comes(bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    bar.generate()
    bar.set_key_state(KEPT)
    assert said(bar) == ""


def test_an_entered_key_is_handed_on_and_wiped(qtbot: QtBot, bar: GenerateBar) -> None:
    with qtbot.waitSignal(bar.key_entered) as blocker:
        enter_key(bar)
    assert blocker.args == ["sk-secret"]
    assert part(bar, KeyField).text() == ""
    assert said(bar) == "Testing the key…"


def test_a_key_that_is_accepted_gives_way_to_generate_with_the_draft_as_it_was(
    bar: GenerateBar, draft: Draft
) -> None:
    before = draft.recipe
    enter_key(bar)
    bar.set_key_state(KEPT)
    assert not bar.generate_button.isVisible()
    bar.set_key_test(KeyTest(True, True, Balance(20.0, 7.6)))
    assert bar.generate_button.isVisible()
    assert said(bar) == "The service accepts the key. Its balance is $12.40."
    assert draft.recipe == before


def test_a_refused_key_makes_room_for_another(bar: GenerateBar) -> None:
    enter_key(bar)
    bar.set_key_state(KEPT)
    bar.set_key_test(KeyTest(True, False, None, Problem(ProblemKind.KEY_REFUSED)))
    assert said(bar).startswith("The address is right. The service does not accept this key.")
    assert part(bar, KeyField).isVisible()
    assert part(bar, KeyField).isEnabled()
    assert not bar.generate_button.isVisible()


def test_what_is_no_key_is_said_in_place(bar: GenerateBar) -> None:
    enter_key(bar)
    bar.show_key_problem(Problem(ProblemKind.KEY_MALFORMED))
    assert said(bar).startswith("That does not look like a key.")
    assert part(bar, KeyField).isVisible()


def test_a_key_that_cannot_be_tested_now_is_kept(bar: GenerateBar) -> None:
    enter_key(bar)
    bar.set_key_state(KEPT)
    bar.show_key_problem(Problem(ProblemKind.UNREACHABLE, subject="api.cometapi.com"))
    assert bar.generate_button.isVisible()
    assert said(bar).startswith("api.cometapi.com cannot be reached.")


def test_a_key_kept_only_in_memory_is_told_and_stays_told(bar: GenerateBar, draft: Draft) -> None:
    problem = Problem(ProblemKind.KEYRING_UNUSABLE)
    bar.set_key_state(KeyState(KeySource.SESSION, problem=problem))
    draft.set_prompt("another cat")
    assert said(bar).startswith("This computer has no safe place for the key.")


def test_a_missing_keyring_is_not_told_before_there_is_a_key(bar: GenerateBar) -> None:
    bar.set_key_state(KeyState(KeySource.NONE, problem=Problem(ProblemKind.KEYRING_UNUSABLE)))
    assert said(bar) == ""
    bar.set_key_state(KeyState(KeySource.NONE, problem=Problem(ProblemKind.KEYRING_REFUSED)))
    assert "The system's keyring did not open." in said(bar)


def test_the_key_never_shows_or_leaves_by_copying(bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    field = part(bar, KeyField)
    field.setText("sk-secret")
    field.selectAll()
    field.copy()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert "sk-secret" not in field.displayText()
    assert QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Value) != "sk-secret"


def test_every_button_has_a_name(bar: GenerateBar) -> None:
    bar.set_key_state(NO_KEY)
    assert all(button.accessibleName() for button in bar.key_entry.findChildren(QAbstractButton))


@pytest.mark.parametrize(("used_usd", "says"), [(79.0, ""), (80.0, "80 %"), (120.0, "used up")])
def test_a_budget_warns_in_amber_and_in_words_and_holds_nothing_up(
    bar: GenerateBar, used_usd: float, says: str
) -> None:
    bar.show_budget(BudgetUse("b2", "Acme rebrand", 100.0, is_monthly=True, used_usd=used_usd))
    assert says in bar._budget.text()
    assert bar._budget.isVisibleTo(bar) is bool(says)
    assert bool(bar.boards.combo.property("problem")) is bool(says)
    assert bar.boards.combo.accessibleDescription() == bar._budget.text()
    assert bar.generate_button.isEnabled()
    bar.show_budget(None)
    assert not bar._budget.isVisibleTo(bar)


def test_it_says_how_many_requests_a_matrix_makes_and_nothing_of_one_that_cannot_be_sent(
    bar: GenerateBar, draft: Draft
) -> None:
    draft.set_prompt("a {red|blue} {cat|dog}")
    assert bar.generate_button.said == ("Generate 4", "about $0.14")
    draft.set_prompt("{0|1|2|3|4|5|6|7|8|9}" * 9)
    assert bar.generate_button.said == ("Generate", "")
    draft.set_prompt("a {red|blue cat")
    bar.generate()
    assert "not closed" in said(bar)
