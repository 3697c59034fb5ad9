"""``--self-check`` does the whole main job, says so as JSON, and touches nothing of the user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop import self_check
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

ROOT = Path(__file__).parents[1]


def test_self_check_reports_what_it_could_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise ProblemError(Problem(ProblemKind.DEMO_DID_NOT_START))

    monkeypatch.setattr(self_check, "Application", refused)
    assert self_check.self_check() == 1
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (report["ok"], report["problem"]) == (False, "demo_did_not_start")


def test_self_check_makes_a_picture_and_reports_it(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    result = subprocess.run(
        [sys.executable, "-m", "seedream_desktop", "--self-check"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    report = json.loads(result.stdout.splitlines()[-1])
    assert (result.returncode, report["ok"], report["problem"]) == (0, True, ""), result.stderr
    assert report["saved"][0]["width_px"] == 2048
    assert {"jpeg", "png", "webp"} <= set(report["image_formats"])
    assert list(tmp_path.rglob("*")) == []
