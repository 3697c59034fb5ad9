"""The key from the window's side: kept, tested, forgotten, and never said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import KeyTest
from seedream_desktop.api.client import Client
from seedream_desktop.credentials import Credentials, KeySource, KeyState, NamedBackend
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.state.account import EVERY_MS, Account
from seedream_desktop.tasks import TaskRunner
from tests.demo_fixtures import Demo
from tests.jobs import a_job


@pytest.fixture
def account(qtbot: QtBot, demo: Demo) -> Iterator[Account]:
    """No keyring here; the provider is the stand-in."""
    runner = TaskRunner(2)
    credentials = Credentials("http://127.0.0.1", None, lambda: None)
    client = Client(demo.base_url, credentials.key, lambda _: Path())
    yield Account(credentials, lambda: client, runner)
    assert runner.close(60_000)


def test_a_key_is_kept_for_the_session_and_then_tested(account: Account, demo: Demo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.key_tested) as tested:
        account.store(f"  {demo.key}\n")
    assert account.state.source is KeySource.SESSION
    assert tested.args is not None
    test = tested.args[0]
    assert isinstance(test, KeyTest)
    assert (test.address_is_right, test.key_is_right) == (True, True)


def test_a_wrong_key_is_told_from_a_right_address(account: Account, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.key_tested) as tested:
        account.store("not-a-key-of-the-demo")
    assert tested.args is not None
    assert (tested.args[0].address_is_right, tested.args[0].key_is_right) == (True, False)


def test_what_is_no_key_is_refused_without_repeating_it(account: Account, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.failed) as failed:
        account.store("sk-secret\x00 with a blank")
    assert failed.args is not None
    assert failed.args[0].kind is ProblemKind.KEY_MALFORMED
    assert "secret" not in repr(failed.args[0])
    assert not account.has_key


def test_a_forgotten_key_is_gone(account: Account, demo: Demo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.key_tested):
        account.store(demo.key)
    with qtbot.waitSignal(account.key_changed):
        account.forget()
    assert not account.has_key


def test_the_balance_comes_with_a_proven_key(account: Account, demo: Demo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.balance_changed) as balance:
        account.store(demo.key)
    assert balance.args is not None
    assert balance.args[0].used_usd is not None


def kept(account: Account, demo: Demo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(account.balance_changed):
        account.store(demo.key)
    qtbot.waitUntil(lambda: account._testing is not None and account._testing.is_over)


def test_a_balance_that_cannot_be_known_is_told_apart_from_a_failed_key(
    account: Account, demo: Demo, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(account.balance_failed) as without_key:
        account.refresh_balance()
    assert without_key.args is not None
    assert without_key.args[0].kind is ProblemKind.NO_KEY
    kept(account, demo, qtbot)
    demo.set_fault("status", on="billing", status=500, code="InternalServiceError")
    with qtbot.assertNotEmitted(account.failed), qtbot.waitSignal(account.balance_failed) as failed:
        account.refresh_balance()
    assert failed.args is not None
    assert failed.args[0].kind is ProblemKind.SERVER_FAULT


def test_the_balance_is_asked_once_at_a_time(account: Account, demo: Demo, qtbot: QtBot) -> None:
    kept(account, demo, qtbot)
    before = len(demo.requests())
    with qtbot.waitSignal(account.balance_changed):
        account.refresh_balance()
        account.refresh_balance()
    assert len(demo.requests()) == before + 2  # the two billing calls


def test_a_balance_that_was_heard_holds_up_no_other(account: Account, demo: Demo, qtbot: QtBot) -> None:
    kept(account, demo, qtbot)
    account.balance_changed.connect(
        lambda _: account.refresh_balance(), Qt.ConnectionType.SingleShotConnection
    )
    with qtbot.waitSignals([account.balance_changed] * 2):
        account.refresh_balance()


def test_after_jobs_the_balance_is_not_asked_again_and_again(
    account: Account, demo: Demo, qtbot: QtBot
) -> None:
    kept(account, demo, qtbot)
    account.refresh_balance_soon()
    assert account._soon.isActive()
    assert 0 < account._soon.remainingTime() <= EVERY_MS
    account._soon.setInterval(EVERY_MS)
    before_ms = account._soon.remainingTime()
    account.refresh_balance_soon()
    assert account._soon.remainingTime() <= before_ms
    account.balance_asked_ms -= EVERY_MS
    account._soon.stop()
    with qtbot.waitSignal(account.balance_changed):
        account.refresh_balance_soon()


def test_the_balance_of_another_key_is_not_taken_for_that_of_this_one(
    account: Account, demo: Demo, qtbot: QtBot
) -> None:
    kept(account, demo, qtbot)
    demo.set_fault("silence", on="billing")
    account.refresh_balance()
    asking = account._asking_balance
    assert asking is not None
    with qtbot.waitSignal(account.key_changed):
        account.forget()
    assert asking.is_cancelled
    qtbot.waitUntil(lambda: asking.is_over)


def test_of_two_keys_the_later_is_in_use_however_slow_the_keyring_is(
    account: Account, demo: Demo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_is_under_way, may_end = threading.Event(), threading.Event()

    def slow(key: str) -> KeyState:
        if key == "sk-first":
            first_is_under_way.set()
            assert may_end.wait(5)
        return store(account._credentials, key)

    store = Credentials.store
    monkeypatch.setattr(Credentials, "store", lambda _self, key: slow(key))
    account.store("sk-first")
    account.store("sk-second")
    assert first_is_under_way.wait(5)
    may_end.set()
    qtbot.waitUntil(lambda: account._credentials.key() == "sk-second" and not account._keeping)
    qtbot.waitUntil(lambda: account._testing is not None and account._testing.is_over)


def test_a_test_is_about_the_key_in_use(account: Account, demo: Demo, qtbot: QtBot) -> None:
    demo.set_fault("silence", on="models")
    tested: list[KeyTest] = []
    account.key_tested.connect(tested.append)
    account.store(demo.key)
    qtbot.waitUntil(lambda: len(demo.requests()) == 1)
    account.store("not-a-key-of-the-demo")
    qtbot.waitUntil(lambda: bool(tested))
    assert [test.key_is_right for test in tested] == [False]


class SlowKeyring:
    """Answers when it is told to; what it holds can be changed by others."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.held: str | None = "sk-of-the-keyring"

    def get_password(self, service: str, username: str) -> str | None:
        self.may_answer.wait()
        return self.held

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held = password

    def delete_password(self, service: str, username: str) -> None:
        self.held = None


def test_a_slow_keyring_is_said_to_be_waited_for_and_nothing_else_waits(qtbot: QtBot, demo: Demo) -> None:
    keyring, runner = SlowKeyring(), TaskRunner(1)
    credentials = Credentials("http://127.0.0.1", None, lambda: NamedBackend("A keyring", keyring))
    account = Account(credentials, lambda: Client(demo.base_url, credentials.key, lambda _: Path()), runner)
    account._slow.setInterval(1)
    with qtbot.waitSignal(account.waiting_changed) as waiting:
        account.load()
    assert waiting.args == [True]
    assert account.is_waiting
    with qtbot.waitSignal(account.key_changed):
        keyring.may_answer.set()
    assert account.has_key
    qtbot.waitUntil(lambda: not account.is_waiting)
    assert runner.close(60_000)


@pytest.mark.parametrize("held", ["sk-of-another-program", None])
def test_a_refused_key_is_looked_up_again_once_for_each_job(
    qtbot: QtBot, demo: Demo, held: str | None
) -> None:
    keyring, runner = SlowKeyring(), TaskRunner(1)
    keyring.may_answer.set()
    credentials = Credentials("http://127.0.0.1", None, lambda: NamedBackend("A keyring", keyring))
    account = Account(credentials, lambda: Client(demo.base_url, credentials.key, lambda _: Path()), runner)
    with qtbot.waitSignal(account.key_changed):
        account.load()
    keyring.held = held
    job = replace(a_job(), problem=Problem(ProblemKind.KEY_REFUSED))
    with qtbot.waitSignal(account.key_changed) as changed:
        account.follow_job(job)
    assert changed.args is not None
    assert changed.args[0].is_other
    assert credentials.key() == held
    account.follow_job(job)
    assert account._keeping == []
    assert runner.close(60_000)
