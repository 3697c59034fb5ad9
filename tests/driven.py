"""Drives a started application from outside, on Qt's offscreen platform: by expressions on its GUI thread."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE_S = 30.0
LOOK_EVERY_S = 0.01
SMALL = "doubao-seedream-4-0-250828"  # takes 1K, so that the tests are quick
PROMPT = "a red fox in snow"
IS_READY = "session.account.has_key and session.target_board() is not None"


class Driven:
    """One process. ``key``: what its environment holds; there is no keyring."""

    def __init__(
        self,
        data_dir: Path,
        *arguments: str,
        key: str | None = "sk-of-the-environment",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start it; it is ready when ``wait_until_ready`` returns."""
        variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **(environment or {})}
        if key is not None:
            variables["COMETAPI_KEY"] = key
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.driven_application", "--data-dir", str(data_dir), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables,
            cwd=ROOT,
        )
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self._input, self._output, self._errors = (
            self.process.stdin,
            self.process.stdout,
            self.process.stderr,
        )
        self.said = b""  # on standard output, all of it

    def ask(self, expression: str) -> Any:
        """The value of an expression; names as in ``driven_application.py``."""
        self._input.write(expression.encode() + b"\n")
        self._input.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            assert selector.select(PATIENCE_S), f"no answer to {expression}"
        line = self._output.readline()
        self.said += line
        assert line, self._errors.read().decode()
        said = json.loads(line)
        assert "error" not in said, f"{expression}: {said['error']}"
        return said["value"]

    def wait_for(self, expression: str) -> Any:
        """The value of an expression as soon as there is one that counts as true."""
        until_s = time.monotonic() + PATIENCE_S
        while not (value := self.ask(expression)):
            assert time.monotonic() < until_s, f"never: {expression}"
            threading.Event().wait(LOOK_EVERY_S)  # the GUI thread has something else to do
        return value

    def wait_until_ready(self) -> None:
        """Wait for the library and the key."""
        self.wait_for(IS_READY)

    def press(self, prompt: str = PROMPT, pictures: int = 1, variations: int = 1) -> None:
        """Write a prompt and press Generate."""
        for line in (
            f"session.draft.set_model({SMALL!r})",
            "session.draft.set_size(session.draft.model.sizes[0].size)",
            f"session.draft.set_set({pictures > 1})",
            f"session.draft.set_images_in_set({pictures})",
            f"session.draft.set_variations({variations})",
            f"window.compose.prompt.setPlainText({prompt!r})",
        ):
            self.ask(line)
        self.wait_for("window.generate_bar.generate_button.isEnabled()")
        self.wait_for("not window.generate_bar._pressed.isActive()")  # two presses in a moment are one
        self.ask("setattr(session.queue, '_last_press_s', 0.0)")
        self.ask("window.generate_bar.generate_button.click()")

    def jobs(self) -> list[tuple[str, str]]:
        """State and kind of problem of every open job."""
        rows = self.ask(
            "[(job.state.value, job.problem.kind.value if job.problem else '') for job in session.queue.jobs]"
        )
        return [(state, kind) for state, kind in rows]

    def kill(self) -> None:
        """End it without any notice, if it has not ended."""
        self.process.kill()
        self.process.wait(PATIENCE_S)
        self._close()

    def end(self) -> tuple[int, float]:
        """Ask it to end as the system does; its exit code and how many seconds it took."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> tuple[int, float]:
        """Wait until it has ended; its exit code and how many seconds it took."""
        began_s = time.monotonic()
        code = self.process.wait(PATIENCE_S)
        took_s = time.monotonic() - began_s
        self._close()
        return code, took_s

    def _close(self) -> None:
        if self._input.closed:
            return
        self.said += self._output.read() + self._errors.read()
        for pipe in (self._input, self._output, self._errors):
            pipe.close()


def pictures_in(library: Path) -> list[Path]:
    """The picture files that a file manager would show."""
    visible = (path for path in library.rglob("*.*") if ".seedream" not in path.parts)
    return sorted(path for path in visible if path.suffix in {".jpeg", ".png"})
