"""The words for the key: where it is kept, and what a test showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.gui import words
from seedream_desktop.gui.problem_words import joined, problem_words

if TYPE_CHECKING:
    from seedream_desktop.api.account import Balance, KeyTest

translate = QCoreApplication.translate


def key_state_words(state: KeyState) -> str:
    """Where the key is kept."""
    place = {
        KeySource.KEYRING: translate("key", "Kept in {backend}.").format(backend=state.backend),
        KeySource.SESSION: translate("key", "Kept until the window is closed."),
        KeySource.ENVIRONMENT: translate("key", "Taken from COMETAPI_KEY; it is not stored."),
        KeySource.NONE: translate("key", "No key."),
    }[state.source]
    if state.problem is None:
        return place
    why = problem_words(state.problem).without_money
    return why if state.source is KeySource.SESSION else joined(place, why)


def key_test_tone(test: KeyTest) -> str:
    """How the words about a test are coloured."""
    if test.key_is_right:
        return "green"
    return "red" if test.key_is_right is False or not test.address_is_right else "amber"


def key_test_words(test: KeyTest) -> str:
    """What a test showed: that the address is right, or that the key is accepted."""
    if test.key_is_right:
        return joined(translate("key", "The service accepts the key."), _balance(test.balance))
    if test.key_is_right is False:
        refused = translate("key", "The service does not accept this key. Paste another one.")
        return joined(translate("key", "The address is right."), refused)
    if test.address_is_right:
        proof = translate("key", "The first picture will show whether the key is accepted.")
        return joined(translate("key", "The address is right."), proof)
    reason = problem_words(test.problem).without_money if test.problem else ""
    return joined(translate("key", "The key could not be tested."), reason)


def _balance(balance: Balance | None) -> str:
    if balance is None or balance.left_usd is None:
        return ""
    text = translate("key", "Its balance is {money}.")
    return text.format(money=words.money(round(balance.left_usd, 2)))
