"""`pip install .` into an empty environment gives the whole application, away from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

import environment
from seedream_desktop import __version__

ROOT = Path(__file__).parent.parent.parent
RESOURCES = ROOT / "resources"


class Installed:
    """An environment that holds the package and what it depends on, nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / ("Scripts" if sys.platform == "win32" else "bin")

    def call(self, program: str, *arguments: str) -> str:
        """The standard output of a program of this environment, started away from the checkout."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    if not environment.WHEELS.is_dir():
        pytest.skip("needs the wheels that `python3 packaging/dev.py test` keeps in .venv/wheels")
    application = Installed(tmp_path_factory.mktemp("installed"))
    venv.create(application.folder, with_pip=False)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        str(application.programs / "python"),
    ]
    only_kept_wheels = ["--no-index", "--find-links", str(environment.WHEELS)]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", *only_kept_wheels, str(ROOT)], check=True)
    yield application
    shutil.rmtree(application.folder)


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_installed_command_tells_its_version(installed: Installed) -> None:
    assert installed.call("seedream-desktop", "--version").split()[-1] == __version__


def test_all_resources_but_the_screenshots_are_in_the_wheel(installed: Installed) -> None:
    where = "import seedream_desktop; print(seedream_desktop.__path__[0])"
    inside = Path(installed.call("python", "-c", where).strip()) / "resources"
    wanted = {name for name in files_below(RESOURCES) if not name.startswith("screenshots/")}
    assert inside.is_relative_to(installed.folder)
    assert files_below(inside) == wanted
    assert {name.split("/")[0] for name in wanted} == {"models.toml", "icons", "translations"}


def test_the_installed_application_does_its_main_job(installed: Installed) -> None:
    last_line = installed.call("seedream-desktop", "--self-check").splitlines()[-1]
    assert isinstance(json.loads(last_line), dict)
