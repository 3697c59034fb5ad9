#!/usr/bin/env python3
"""The developer's door, from a bare machine: sets the project up where it is needed, then does what is asked.

Standard library only. This file is written so that an old Python still reads it and can say what it lacks.
"""

import os
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
USAGE = """\
usage: python3 packaging/dev.py COMMAND [ARGUMENTS]

  run [ARGUMENTS OF THE APPLICATION]   start the application from this checkout
  test [--endurance] [PYTEST ARGUMENTS]  check, then run the tests (with --endurance the long ones too)
  check                                format, lint, types, floors
  bench [WHAT ...]                     measure the application and print the figures
  screenshots [ARGUMENTS]              make the pictures of the README anew
  translations [ARGUMENTS]             refresh the translations
  lock [--upgrade]                     resolve the dependencies anew and write the lock files
"""

if sys.version_info < OLDEST_PYTHON:
    sys.exit(
        "Seedream Desktop needs Python {}.{} or newer, and this is Python {}.{}. Start it with a newer one, "
        "for example: python3.{} packaging/dev.py run".format(
            *OLDEST_PYTHON, *sys.version_info[:2], OLDEST_PYTHON[1]
        )
    )

sys.dont_write_bytecode = True

import environment  # noqa: E402  # not before the version is known
from environment import DEVELOP, ROOT, RUN, SetUpError  # noqa: E402

CHECKS = (
    ("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("types", ("-m", "mypy", "--no-error-summary")),
    ("floors", ("-c", "from importlinter.cli import lint_imports_command as lint; lint()")),
)
# A file stays in one process: what its tests share is made once.
ALL_TESTS = ("--numprocesses=auto", "--dist=loadfile")
QUESTIONS = ("--self-check", "--version", "--help", "-h")


def say(text: str) -> None:
    """Print to standard error, which leaves standard output to what was asked for."""
    print(text, file=sys.stderr, flush=True)


def has_display() -> bool:
    """Whether a window could be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def replace_process(python: str, *arguments: str) -> int:
    """Go on as another program; on Windows, which cannot, start it and wait for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(python, [python, *arguments])
    return subprocess.call([python, *arguments])


def run(arguments: list[str]) -> int:
    """Start the application, or its self-check where no window can be shown."""
    python = environment.ready_python(RUN, say)
    if not has_display() and not any(question in arguments for question in QUESTIONS):
        say("No display (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs --self-check instead.")
        arguments = ["--self-check"]
    return replace_process(python, "-P", "-m", "seedream_desktop", *arguments)


def check(_arguments: list[str]) -> int:
    """Run every check, show what those that failed have found."""
    python = environment.ready_python(DEVELOP, say)
    failed = []
    for name, command in CHECKS:
        result = subprocess.run(
            [python, *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            failed.append(name)
            say(result.stdout.rstrip())
    say("check: " + ("failed: " + ", ".join(failed) if failed else "format, lint, types and floors are good"))
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Check, then run the tests; the closing line is pytest's."""
    python = environment.ready_python(DEVELOP, say)
    if check([]):
        return 1
    own = [word for word in arguments if word != "--endurance"]
    marked = [] if own == arguments else ["-m", "endurance or not endurance"]
    os.chdir(ROOT)
    return replace_process(python, "-m", "pytest", *(own or ALL_TESTS), *marked)


def script(name: str, arguments: list[str]) -> int:
    """Run one of the scripts beside this file."""
    python = environment.ready_python(DEVELOP, say)
    return replace_process(python, str(ROOT / "packaging" / name), *arguments)


def lock(arguments: list[str]) -> int:
    """Resolve the dependencies anew."""
    environment.write_locks(arguments, say)
    return 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code."""
    command = arguments[0] if arguments else ""
    # Where this is set, every start of Python compiles everything anew. Neither the application nor what the
    # tests and benches start a hundred times shall pay for that: as installed, it is compiled once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    commands = {"run": run, "test": test, "check": check, "lock": lock}
    try:
        if command in commands:
            return commands[command](arguments[1:])
        if command in {"bench", "screenshots", "translations"}:
            return script(f"{command}.py", arguments[1:])
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    print(USAGE, end="")
    return 0 if command in {"-h", "--help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
