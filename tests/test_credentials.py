"""The key is in the operating system's keyring, in memory while it is used, and nowhere else."""

import copy
import json
import pickle
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop import credentials as module
from seedream_desktop.credentials import (
    SERVICE,
    Backend,
    Credentials,
    KeySource,
    KeyState,
    NamedBackend,
    find_keyring,
    parse_key,
)
from seedream_desktop.generation.errors import ProblemError, ProblemKind

ORIGIN = "https://api.example.com"
KEY = "sk-canary-5f2d9c7e41"


class MemoryKeyring:
    """A keyring that keeps what it is given."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.stored[service, username]


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that says yes and stores nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    """A keyring whose prompt is dismissed; its error text holds what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"dismissed {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"dismissed {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("dismissed")


def using(keyring: Backend | None, origin: str = ORIGIN, environment_key: str | None = None) -> Credentials:
    named = None if keyring is None else NamedBackend("A keyring", keyring)
    return Credentials(origin, environment_key, find=lambda: named)


def problem_kind(state: KeyState) -> ProblemKind | None:
    return None if state.problem is None else state.problem.kind


def test_a_stored_key_is_there_at_the_next_start() -> None:
    keyring = MemoryKeyring()
    assert using(keyring).store(f" {KEY}\n") == KeyState(KeySource.KEYRING, "A keyring")
    assert keyring.stored == {(SERVICE, ORIGIN): KEY}
    later = using(keyring)
    assert later.key() is None
    assert later.load() == KeyState(KeySource.KEYRING, "A keyring")
    assert later.key() == KEY


def test_a_key_that_another_program_replaced_is_used_and_told() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    assert credentials.load() == KeyState(KeySource.KEYRING, "A keyring")
    keyring.stored[SERVICE, ORIGIN] = "sk-of-another-program"
    assert credentials.load() == KeyState(KeySource.KEYRING, "A keyring", is_other=True)
    assert credentials.key() == "sk-of-another-program"
    assert not credentials.load().is_other


def test_what_another_program_spoilt_is_no_key() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    keyring.stored[SERVICE, ORIGIN] = "no\nkey"
    state = credentials.load()
    assert (state.source, problem_kind(state)) == (KeySource.NONE, ProblemKind.KEY_MALFORMED)
    assert credentials.key() is None


def test_a_keyring_that_was_locked_meanwhile_leaves_the_key_in_use() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    keyring.get_password = LockedKeyring().get_password  # type: ignore[method-assign]
    state = credentials.load()
    assert (state.source, problem_kind(state)) == (KeySource.KEYRING, ProblemKind.KEYRING_REFUSED)
    assert credentials.key() == KEY


def test_a_keyring_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()

    class SilentKeyring(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            answer.wait()
            return None

    monkeypatch.setattr(module, "ANSWER_S", 0.05)
    credentials = using(SilentKeyring())
    assert problem_kind(credentials.load()) is ProblemKind.KEYRING_SILENT
    state = credentials.store(KEY)
    assert (state.source, problem_kind(state)) == (KeySource.SESSION, ProblemKind.KEYRING_SILENT)
    answer.set()


def test_another_origin_does_not_get_the_key() -> None:
    keyring = MemoryKeyring()
    using(keyring).store(KEY)
    other = using(keyring, "https://elsewhere.example.com")
    assert other.load().source is KeySource.NONE
    assert other.key() is None


def test_the_environments_key_is_used_and_not_stored() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring, environment_key=KEY)
    assert credentials.load().source is KeySource.ENVIRONMENT
    assert credentials.key() == KEY
    assert keyring.stored == {}


def test_the_keyrings_key_goes_before_the_environments() -> None:
    keyring = MemoryKeyring()
    using(keyring).store("sk-stored")
    credentials = using(keyring, environment_key="sk-environment")
    assert credentials.load().source is KeySource.KEYRING
    assert credentials.key() == "sk-stored"
    assert credentials.forget().source is KeySource.ENVIRONMENT
    assert credentials.key() == "sk-environment"


def test_a_forgotten_key_is_gone() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    assert credentials.forget() == KeyState(KeySource.NONE, "A keyring")
    assert credentials.key() is None
    assert keyring.stored == {}
    assert credentials.forget().problem is None


def test_without_a_keyring_the_key_lasts_for_the_session() -> None:
    credentials = using(None)
    assert problem_kind(credentials.load()) is ProblemKind.KEYRING_UNUSABLE
    state = credentials.store(KEY)
    assert (state.source, problem_kind(state)) == (KeySource.SESSION, ProblemKind.KEYRING_UNUSABLE)
    assert credentials.load().source is KeySource.SESSION
    assert credentials.key() == KEY
    assert credentials.forget().source is KeySource.NONE


def test_a_keyring_that_stores_nothing_is_found_out() -> None:
    state = using(ForgetfulKeyring()).store(KEY)
    assert (state.source, problem_kind(state)) == (KeySource.SESSION, ProblemKind.KEYRING_UNUSABLE)


def test_a_dismissed_prompt_keeps_the_key_for_the_session() -> None:
    credentials = using(LockedKeyring())
    assert problem_kind(credentials.load()) is ProblemKind.KEYRING_REFUSED
    state = credentials.store(KEY)
    assert (state.source, problem_kind(state)) == (KeySource.SESSION, ProblemKind.KEYRING_REFUSED)
    assert credentials.key() == KEY


def test_a_key_that_could_not_be_removed_is_not_called_forgotten() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    keyring.delete_password = LockedKeyring().delete_password  # type: ignore[method-assign]
    state = credentials.forget()
    assert (state.source, problem_kind(state)) == (KeySource.KEYRING, ProblemKind.KEYRING_REFUSED)
    assert credentials.key() == KEY


def test_a_key_removed_by_another_program_is_noticed() -> None:
    keyring = MemoryKeyring()
    credentials = using(keyring)
    credentials.store(KEY)
    keyring.stored.clear()
    assert credentials.load() == KeyState(KeySource.NONE, "A keyring", is_other=True)
    assert credentials.key() is None


def test_a_keyring_that_appears_later_is_found() -> None:
    found: list[NamedBackend] = []
    credentials = Credentials(ORIGIN, find=lambda: found[0] if found else None)
    assert credentials.store(KEY).source is KeySource.SESSION
    found.append(NamedBackend("A keyring", MemoryKeyring()))
    assert credentials.store(KEY).source is KeySource.KEYRING


@pytest.mark.parametrize(
    "text", ["", "  \n", "sk-a b", "sk-a\nb", "sk-a\0b", "sk-猫", "sk-\u200b", "sk-\x7f", "k" * 5001]
)
def test_a_key_that_no_header_can_carry_is_refused_unseen(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        using(MemoryKeyring()).store(text)
    problem = caught.value.problem
    assert problem.kind is ProblemKind.KEY_MALFORMED
    assert (problem.said, problem.subject) == ("", "")
    assert caught.value.args == ("key_malformed",)


@given(st.text())
def test_a_parsed_key_is_always_a_legal_header(text: str) -> None:
    try:
        key = parse_key(text)
    except ProblemError:
        return
    assert key == text.strip()
    assert key.isascii()
    assert key.isprintable()
    assert " " not in key


@pytest.mark.parametrize("bad", ["sk-a\nb", " "])
def test_a_malformed_key_from_outside_is_a_problem_and_not_used(bad: str) -> None:
    keyring = MemoryKeyring()
    keyring.stored[SERVICE, ORIGIN] = bad
    for credentials in (using(keyring), using(MemoryKeyring(), environment_key=bad)):
        assert problem_kind(credentials.load()) is ProblemKind.KEY_MALFORMED
        assert credentials.key() is None


def test_the_key_shows_nowhere() -> None:
    credentials = using(MemoryKeyring())
    state = credentials.store(KEY)
    shown = (repr(credentials), str(credentials), f"{credentials}", repr(state), json.dumps(asdict(state)))
    assert not any(KEY in text for text in shown)
    assert not hasattr(credentials, "__dict__")


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy], ids=lambda value: value.__name__)
def test_the_key_cannot_be_written_or_copied(write: Callable[[Credentials], object]) -> None:
    credentials = using(MemoryKeyring())
    credentials.store(KEY)
    with pytest.raises(TypeError) as caught:
        write(credentials)
    assert KEY not in str(caught.value)


def test_a_keyrings_error_does_not_carry_the_key(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ProblemError) as caught:
        module._ask(lambda: LockedKeyring().set_password(SERVICE, ORIGIN, KEY))
    error = caught.value
    assert error.__context__ is None
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert KEY not in shown + repr(error.problem) + caplog.text
    assert error.problem.said == "RuntimeError"


def test_many_threads_see_one_key() -> None:
    credentials = using(MemoryKeyring())
    credentials.store(KEY)
    with ThreadPoolExecutor(8) as pool:
        states = set(pool.map(lambda _: credentials.load(), range(100)))
    assert states == {KeyState(KeySource.KEYRING, "A keyring")}


def test_without_a_session_bus_there_is_no_keyring() -> None:
    assert find_keyring() is None
