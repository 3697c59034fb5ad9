"""``--self-check`` does the whole main job, says so as JSON, and touches nothing of the user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


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
