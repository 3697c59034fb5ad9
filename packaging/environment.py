"""The virtual environment of a checkout: made from the lock files, known by a stamp, never made twice."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import system_packages

Say = Callable[[str], None]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WHEELS = VENV / "wheels"
RUN_LOCK = ROOT / "packaging" / "requirements.lock"
DEVELOP_LOCK = ROOT / "packaging" / "requirements-dev.lock"
RUN = "run"
DEVELOP = "develop"
LOCKS = {RUN: (RUN_LOCK,), DEVELOP: (RUN_LOCK, DEVELOP_LOCK)}
QT_IS_WHOLE = "import PySide6.QtWidgets, PySide6.QtNetwork, PySide6.QtDBus, PySide6.QtSvg"
RESOLVE = (
    "--generate-hashes",
    "--universal",
    "--python-version",
    "3.11",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


class SetUpError(Exception):
    """The set-up cannot go on; the message is for the person at the terminal."""


def ready_python(level: str, say: Say) -> str:
    """The environment's Python, with everything that `level` needs; instant when nothing has changed."""
    python = _python()
    if not _is_current(level):
        VENV.mkdir(exist_ok=True)
        with _alone(say):
            if not _is_current(level):
                _set_up(level, say)
    return str(python)


def write_locks(arguments: list[str], say: Say) -> None:
    """Resolve the dependencies of pyproject.toml anew into both lock files."""
    uv = shutil.which("uv") or str(Path(ready_python(DEVELOP, say)).parent / "uv")
    run_lock, develop_lock = str(RUN_LOCK.relative_to(ROOT)), str(DEVELOP_LOCK.relative_to(ROOT))
    compile_lock = [uv, "pip", "compile", "pyproject.toml", *RESOLVE, *arguments]
    _call([*compile_lock, "-o", run_lock], "the dependencies could not be resolved")
    _call(
        [*compile_lock, "--group", "pyproject.toml:dev", "-c", run_lock, "-o", develop_lock],
        "the development dependencies could not be resolved",
    )
    for lock in LOCKS[DEVELOP]:
        if "://" in lock.read_text(encoding="utf-8"):
            raise SetUpError(f"{lock.name} holds an address; it must not be committed like this.")
    say("Both lock files are fresh.")


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp(level: str) -> Path:
    return VENV / f"{level}.stamp"


def _wanted_stamp(level: str) -> str:
    digest = hashlib.sha256("{}.{}".format(*sys.version_info).encode())
    for lock in LOCKS[level]:
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def _is_current(level: str) -> bool:
    try:
        return _stamp(level).read_text(encoding="ascii") == _wanted_stamp(level) and _python().exists()
    except OSError:
        return False


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """Hold the set-up of this checkout; a second one waits here until the first is done."""
    with (VENV / "setup.lock").open("a") as file:
        if sys.platform == "win32":
            import msvcrt  # late: Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # late: not on Windows

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another set-up is under way in this checkout; waiting for it.")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _set_up(level: str, say: Say) -> None:
    _system(level, say)
    if not _can_be_built_upon():
        _empty_venv()
        say("Making the environment in .venv ...")
        _call([sys.executable, "-m", "venv", str(VENV)], "the environment could not be made")
        _link_checkout()
    say(f"Installing what it takes to {level} ...")
    _install(level)
    _call([str(_python()), "-c", QT_IS_WHOLE], "Qt cannot be loaded")
    for done in (RUN, level):
        _stamp(done).write_text(_wanted_stamp(done), encoding="ascii")


def _can_be_built_upon() -> bool:
    """Whether what is installed was finished once, and holds nothing from older lock files."""
    levels = [level for level in LOCKS if _stamp(level).exists()]
    return bool(levels) and all(_is_current(level) for level in levels)


def _system(level: str, say: Say) -> None:
    try:
        system_packages.provide(say, for_tests=level == DEVELOP)
    except system_packages.MissingPackagesError as error:
        raise SetUpError(str(error)) from error


def _empty_venv() -> None:
    for entry in VENV.iterdir():
        if entry.name == "setup.lock":
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _link_checkout() -> None:
    """Let the environment import the package straight from the checkout, also after that was moved."""
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (packages / "seedream-desktop.pth").write_text(os.path.relpath(ROOT, packages) + "\n", encoding="utf-8")


def _install(level: str) -> None:
    """Install exactly what the lock file names; pip gets all variables, for closed networks are set up there.

    For development the wheels are kept: the tests install the package from them without a network.
    """
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[level][-1])]
    if level == RUN:
        _call([*pip, "install", *locked], "pip could not install the dependencies")
        return
    shutil.rmtree(WHEELS, ignore_errors=True)
    _call([*pip, "download", "--dest", str(WHEELS), *locked], "pip could not download the dependencies")
    _call(
        [*pip, "install", "--no-index", "--find-links", str(WHEELS), *locked],
        "pip could not install the dependencies",
    )


def _call(command: list[str], failure: str) -> None:
    """Run a command from the checkout; all that it prints goes to standard error."""
    try:
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(f"Set-up stopped: {failure} ({error}). What was printed above says why.") from error
