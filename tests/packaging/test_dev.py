"""The developer's door: readable by an old Python, standard library only, and it does what it says."""

import ast
import os
import runpy
import sys
from pathlib import Path

import pytest

import dev
import environment

PACKAGING = Path(dev.__file__).parent
DEV = PACKAGING / "dev.py"
BEFORE_THE_ENVIRONMENT = ("dev", "environment", "system_packages")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the door goes on as, instead of going on."""
    command: list[str] = []

    def note(*words: str) -> int:
        command.extend(words)
        return 0

    monkeypatch.setattr(dev, "replace_process", note)
    monkeypatch.setattr(environment, "ready_python", lambda _level, _say: "python")
    monkeypatch.setattr(dev, "check", lambda _arguments: 0)
    return command


def set_display(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name in names:
        monkeypatch.setenv(name, ":1")


def test_an_old_python_can_read_it() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 6, 9))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is Python 3\.6"):
        runpy.run_path(str(DEV), run_name="__main__")


@pytest.mark.parametrize("module", BEFORE_THE_ENVIRONMENT)
def test_what_runs_before_the_environment_needs_the_standard_library_only(module: str) -> None:
    tree = ast.parse((PACKAGING / f"{module}.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {name.split(".")[0] for name in imported}
    assert tops <= sys.stdlib_module_names | set(BEFORE_THE_ENVIRONMENT)


def test_what_is_started_may_keep_its_compiled_files(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    dev.main(["test"])
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_run_hands_its_arguments_to_the_application(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_display(monkeypatch, "DISPLAY")
    assert dev.main(["run", "--demo"]) == 0
    assert started == ["python", "-P", "-m", "seedream_desktop", "--demo"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_run_without_a_display_says_so_and_checks_itself(
    started: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_display(monkeypatch)
    assert dev.main(["run", "--demo"]) == 0
    assert started[-1] == "--self-check"
    assert capsys.readouterr().err.startswith("No display")


def test_a_question_is_answered_without_a_display(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_display(monkeypatch)
    assert dev.main(["run", "--version"]) == 0
    assert started[-1] == "--version"


def test_test_hands_its_arguments_to_pytest(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(".")
    assert dev.main(["test", "-k", "journal"]) == 0
    assert started == ["python", "-m", "pytest", "-k", "journal"]


def test_endurance_lifts_the_mark(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(".")
    assert dev.main(["test", "--endurance", "-x"]) == 0
    assert started == ["python", "-m", "pytest", "-x", "-m", "endurance or not endurance"]


def test_all_tests_run_on_all_processors(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(".")
    assert dev.main(["test"]) == 0
    assert started == ["python", "-m", "pytest", *dev.ALL_TESTS]


def test_no_test_runs_after_a_failed_check(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "check", lambda _arguments: 1)
    assert dev.main(["test"]) == 1
    assert started == []


def test_a_failed_set_up_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_level: str, _say: object) -> str:
        raise environment.SetUpError("the disk is full")

    monkeypatch.setattr(environment, "ready_python", fail)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "the disk is full\n"


def test_an_unknown_command_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["paint"]) == 2
    assert "usage: python3 packaging/dev.py" in capsys.readouterr().out
