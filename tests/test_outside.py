"""The started application, used from outside as a screen reader does: by names and roles alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.accessibility import Node, accessibility_bus, wait_for

ROOT = Path(__file__).parents[1]


def pictures_in(library: Path) -> list[Path]:
    """The picture files that a file manager would show."""
    visible = (path for path in library.rglob("*.*") if ".seedream" not in path.parts)
    return sorted(path for path in visible if path.suffix in {".jpeg", ".png"})


@pytest.fixture(scope="module")
def started(
    private_desktop: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Node, Path]]:
    """The window of ``--demo`` and its library; one for all these tests."""
    folder = tmp_path_factory.mktemp("outside")
    library = folder / "library"
    arguments = ["--demo", "--library", str(library), "--data-dir", str(folder / "data")]
    process = subprocess.Popen(
        [sys.executable, "-m", "seedream_desktop", *arguments], env=dict(private_desktop), cwd=ROOT
    )
    try:
        with accessibility_bus(private_desktop["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            yield bus.application(process.pid), library
    finally:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_prompt_typed_from_outside_becomes_a_picture_on_disk(started: tuple[Node, Path]) -> None:
    window, library = started
    window.find("Prompt", "text").type("a red fox in snow")
    window.find("Generate", "push button").press()
    (picture,) = wait_for(lambda: pictures_in(library), "picture on disk", timeout_s=60)
    assert picture.name.startswith("a red fox in snow")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Prompt", "text"),
        ("References", "list"),
        ("Model", "combo box"),
        ("Aspect ratio", "combo box"),
        ("Resolution", "combo box"),
        ("Output format", "combo box"),
        ("Variations", "spin box"),
        ("Set", "check box"),
        ("Watermark", "check box"),
        ("Save to", "combo box"),
        ("Generate", "push button"),
        ("Library", "list"),
        ("Search", "text"),
        ("Status", ""),
    ],
)
def test_the_names_that_scripts_rely_on_are_there(started: tuple[Node, Path], name: str, role: str) -> None:
    window, _ = started
    assert window.find(name, role).name == name
