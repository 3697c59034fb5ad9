"""The checkout keeps the rules of the house, and each rule is shown to bite."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import source_rules as rules
from tests.source_rules import Source

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {"pyproject.toml", "seedream_desktop", "resources", "tests", "packaging", "README.md", "LICENSE"}
LINT_FLOORS = "from importlinter.cli import lint_imports_command as lint; lint()"

Rule = Callable[[Source], Iterator[str]]


def tracked_files() -> tuple[str, ...]:
    """What git holds, less what has been removed since."""
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for path in listed.stdout.split("\0") if path and (ROOT / path).exists())


def sources(suffix: str = "") -> Iterator[Source]:
    """The tracked text files."""
    for path in tracked_files():
        content = (ROOT / path).read_bytes()
        if path.endswith(suffix) and b"\0" not in content:
            yield Source(path, content.decode("utf-8", errors="replace"))


def folders_with_code(top: str) -> set[str]:
    """The folders just below `top` that hold Python files, at any depth."""
    parts = [
        path.split("/") for path in tracked_files() if path.startswith(f"{top}/") and path.endswith(".py")
    ]
    return {words[1] for words in parts if len(words) > 2}


@pytest.mark.parametrize("rule", rules.PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_every_python_file_keeps_the_rule(rule: Rule) -> None:
    assert [fault for source in sources(".py") for fault in rule(source)] == []


def test_no_registry_and_no_machine_is_named() -> None:
    assert [fault for source in sources() for fault in rules.unwanted_address(source)] == []


def function(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def class_of(lines: int) -> str:
    return "class Window:\n" + "    pass\n" * (lines - 1)


BROKEN = (
    (rules.long_file, "tests/a.py", "x = 1\n" * 401),
    (rules.long_function, "tests/a.py", function(51)),
    (rules.long_function, "tests/a.py", "async " + function(51)),
    (rules.long_window, "seedream_desktop/gui/window.py", class_of(250)),
    (rules.full_init, "seedream_desktop/api/__init__.py", '"""Doc."""\nfrom a import b\n'),
    (rules.full_init, "seedream_desktop/api/__init__.py", '"""Doc."""\n__version__ = "1"\n'),
    (rules.full_init, "seedream_desktop/api/__init__.py", ""),
    (rules.frozen_window, "seedream_desktop/gui/a.py", "application.processEvents()\n"),
    (rules.open_painter, "seedream_desktop/gui/a.py", "painter = QPainter(self)\n"),
    (rules.frozen_window, "seedream_desktop/api/a.py", "import time\ntime.sleep(1)\n"),
    (rules.frozen_window, "seedream_desktop/api/a.py", "from time import sleep\n"),
    (rules.misplaced_library, "seedream_desktop/pipeline/run.py", "import httpx\n"),
    (rules.misplaced_library, "seedream_desktop/library/a.py", "from PIL import Image\n"),
    (rules.misplaced_library, "seedream_desktop/api/keys.py", "import keyring.backends\n"),
    (rules.misplaced_library, "seedream_desktop/library/a.py", "from PySide6.QtCore import QObject\n"),
    (rules.misplaced_library, "seedream_desktop/state/a.py", "from PySide6.QtWidgets import QWidget\n"),
    (rules.misplaced_library, "seedream_desktop/tasks.py", "from PySide6 import QtGui\n"),
    (rules.unexplained_late_import, "seedream_desktop/a.py", "def f():\n    import httpx\n"),
    (rules.unwanted_address, "a.lock", "--in" + "dex-url x\n"),
    (rules.unwanted_address, "a.md", "https://mirror.example/sim" + "ple/\n"),
    (rules.unwanted_address, "a.toml", 'path = "/wo' + 'rk/main"\n'),
)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_a_broken_rule_is_noticed(rule: Rule, path: str, text: str) -> None:
    assert len(list(rule(Source(path, text)))) == 1


KEPT = (
    (rules.long_file, "tests/a.py", "x = 1\n" * 400),
    (rules.long_function, "tests/a.py", function(50)),
    (rules.long_window, "seedream_desktop/gui/window.py", class_of(249)),
    (rules.long_window, "seedream_desktop/gui/viewer.py", class_of(300)),
    (rules.full_init, "seedream_desktop/__init__.py", '"""Doc."""\n\n__version__ = "1"\n'),
    (rules.frozen_window, "seedream_desktop/demo/a.py", "import time\ntime.sleep(1)\n"),
    (rules.misplaced_library, "seedream_desktop/api/client.py", "import httpx\n"),
    (rules.misplaced_library, "seedream_desktop/gui/a.py", "from PySide6.QtWidgets import QWidget\n"),
    (rules.unexplained_late_import, "a.py", "def f():\n    import httpx  # late: 140 ms\n"),
    (rules.unwanted_address, "a.md", "https://example.com/pictures simple work/ network/\n"),
)


@pytest.mark.parametrize(("rule", "path", "text"), KEPT, ids=lambda value: getattr(value, "__name__", None))
def test_a_kept_rule_is_left_in_peace(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) == []


def test_the_top_level_holds_what_the_design_names() -> None:
    visible = {path.split("/")[0] for path in tracked_files() if not path.startswith(".")}
    assert visible == TOP_LEVEL


def test_the_tests_mirror_the_package_folder_for_folder() -> None:
    assert folders_with_code("tests") - {"packaging"} == folders_with_code("seedream_desktop")


def test_lock_files_are_exact_hashed_and_name_no_host() -> None:
    for lock in (ROOT / "packaging").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert "://" not in text
        assert pins
        assert all("==" in pin for pin in pins)
        assert text.count("\n    --hash=sha256:") >= len(pins)


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"": settings["project"]["dependencies"], "-dev": settings["dependency-groups"]["dev"]}
    for suffix, requirements in asked.items():
        locked = (ROOT / "packaging" / f"requirements{suffix}.lock").read_text(encoding="utf-8")
        names = {re.split(r"[=<>;\s]", requirement)[0].lower() for requirement in requirements}
        exact = {requirement.lower() for requirement in requirements if "==" in requirement.split(";")[0]}
        assert names <= set(re.findall(r"^([\w.-]+)==", locked, re.MULTILINE))
        assert all(f"\n{pin} " in f"\n{locked}" for pin in exact)


def test_the_licence_is_mit() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def floors() -> tuple[str, ...]:
    """The modules that the contract puts on floors."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return tuple(re.findall(r"\w+", " ".join(layers)))


def lint_floors(folder: Path, changed: dict[str, str]) -> str:
    """What the project's own contracts say of a made-up package; empty when they are content."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    package = folder / "seedream_desktop"
    package.mkdir()
    for name in ("__init__", *floors()):
        (package / f"{name}.py").touch()
    for name, text in changed.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", LINT_FLOORS, "--no-cache"]
    linted = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return linted.stdout if linted.returncode else ""


FLOORS_BROKEN = {
    "upwards": {"generation": "import seedream_desktop.journal\n"},
    "sisters": {"journal": "import seedream_desktop.settings\n"},
    "on no floor": {"unknown": ""},
    "Qt too low": {"library": "import PySide6.QtCore\n"},
}


@pytest.mark.parametrize("changed", FLOORS_BROKEN.values(), ids=FLOORS_BROKEN)
def test_an_import_against_the_floors_is_noticed(tmp_path: Path, changed: dict[str, str]) -> None:
    assert "BROKEN" in lint_floors(tmp_path, changed)


def test_an_import_downwards_is_left_in_peace(tmp_path: Path) -> None:
    assert (
        lint_floors(tmp_path, {"pipeline": "import seedream_desktop.journal, seedream_desktop.files\n"}) == ""
    )
