"""The environment of the checkout: exact, made once, by one set-up at a time."""

import sys
import threading
from pathlib import Path

import pytest

import environment

WRONG_HASH = "0" * 64


def ignore(_text: str) -> None:
    """Say nothing."""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose environment is there and current."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "WHEELS", tmp_path / "wheels")
    monkeypatch.setattr(environment, "LOCKS", {environment.RUN: (lock,), environment.DEVELOP: (lock,)})
    python = environment._python()
    python.parent.mkdir(parents=True)
    python.touch()
    environment._stamp(environment.RUN).write_text(
        environment._wanted_stamp(environment.RUN), encoding="ascii"
    )
    return tmp_path


@pytest.fixture
def set_ups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    levels: list[str] = []
    monkeypatch.setattr(environment, "_set_up", lambda level, _say: levels.append(level))
    return levels


def test_nothing_is_installed_twice(checkout: Path, set_ups: list[str]) -> None:
    assert environment.ready_python(environment.RUN, ignore).startswith(str(checkout))
    assert set_ups == []


def test_another_lock_file_asks_for_another_environment(checkout: Path, set_ups: list[str]) -> None:
    (checkout / "requirements.lock").write_text("a==2\n", encoding="utf-8")
    environment.ready_python(environment.RUN, ignore)
    assert set_ups == [environment.RUN]


def test_a_python_that_is_gone_asks_for_another_environment(checkout: Path, set_ups: list[str]) -> None:
    environment._python().unlink()
    environment.ready_python(environment.RUN, ignore)
    assert set_ups == [environment.RUN]


def test_an_environment_to_run_does_not_do_to_develop(checkout: Path, set_ups: list[str]) -> None:
    environment.ready_python(environment.DEVELOP, ignore)
    assert set_ups == [environment.DEVELOP]


def test_a_set_up_that_was_broken_off_begins_anew(checkout: Path) -> None:
    assert environment._can_be_built_upon()
    environment._stamp(environment.RUN).unlink()
    assert not environment._can_be_built_upon()


def test_an_old_environment_is_not_built_upon(checkout: Path) -> None:
    environment._stamp(environment.DEVELOP).write_text("of an older lock file", encoding="ascii")
    assert not environment._can_be_built_upon()


def test_a_second_set_up_waits_for_the_first(checkout: Path) -> None:
    waiting, entered = threading.Event(), threading.Event()

    def second() -> None:
        with environment._alone(lambda _text: waiting.set()):
            entered.set()

    thread = threading.Thread(target=second)
    with environment._alone(ignore):
        thread.start()
        assert waiting.wait(60)
        assert not entered.is_set()
    thread.join(10)
    assert entered.is_set()


def test_a_wrong_hash_stops_and_pip_says_why(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    wheel = checkout / "closed-network" / "paint-1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"not what was locked")
    (checkout / "requirements.lock").write_text(f"paint==1 --hash=sha256:{WRONG_HASH}\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    monkeypatch.setattr(environment, "_python", lambda: Path(sys.executable))
    with pytest.raises(environment.SetUpError, match="pip could not install"):
        environment._install(environment.RUN)
    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().err
