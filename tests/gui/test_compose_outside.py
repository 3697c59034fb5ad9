"""A screen reader finds every control of Compose by its name and role, and can use it."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.accessibility import Node, accessibility_bus, wait_for

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from seedream_desktop.gui.compose_panel import ComposePanel
from seedream_desktop.gui.generate_bar import GenerateBar
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.library.values import Board
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_draft, catalog, forms_of, nowhere, references
application = QApplication(sys.argv)
apply_theme(application, "dark")
draft = a_draft(references=references(2), is_set=True)
runner = TaskRunner(1)
cache = ThumbnailCache(Path(sys.argv[1]), runner, lambda picture, thumbnail: None)
panel, bar = ComposePanel(draft, catalog(), cache, nowhere, forms_of(draft, runner)), GenerateBar(draft)
bar.set_boards((Board("b1", "Inbox", "Inbox", 0), Board("b2", "Acme", "Acme", 0)))
bar.generate_requested.connect(lambda: draft.set_prompt("generated: " + (draft.recipe.prompt or "")))
window = QWidget()
column = QVBoxLayout(window)
column.addWidget(panel)
column.addWidget(bar)
window.resize(340, 900)
window.show()
sys.exit(application.exec())
"""
COMBO, SPIN, CHECK, BUTTON = "combo box", "spin box", "check box", "push button"


@pytest.fixture
def window(private_desktop: Mapping[str, str], tmp_path: Path) -> Iterator[Node]:
    process = subprocess.Popen([sys.executable, "-c", WINDOW, str(tmp_path)], env=dict(private_desktop))
    try:
        with accessibility_bus(private_desktop["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            yield bus.application(process.pid)
    finally:
        process.kill()
        process.wait()


def test_everything_has_its_name_and_role_and_can_be_used(window: Node) -> None:
    contract = {
        **dict.fromkeys(("Model", "Aspect ratio", "Resolution", "Output format", "Save to"), COMBO),
        **dict.fromkeys(("Variations", "Images in set"), SPIN),
        **dict.fromkeys(("Set", "Watermark"), CHECK),
        "Generate": BUTTON,
        "References": "list",
    }
    for name, role in contract.items():
        assert window.find(name, role).is_showing
    tiles = [node.name for node in window.find("References", "list").children()]
    assert tiles == ["image 1: cat 1.png, 1024 × 768", "image 2: cat 2.png, 1024 × 768"]
    window.find("Prompt", "text").type("a cat")
    window.find("Set", CHECK).press()
    window.find("Generate", BUTTON).press()
    wait_for(lambda: window.find("Prompt", "text").text == "generated: a cat", "press of Generate")


def test_a_model_can_be_chosen(window: Node) -> None:
    entries = window.find("Model", COMBO).children()[0]
    names = [entry.name for entry in entries.children()]
    assert entries.bus.ask(entries._at("Selection"), "SelectChild", "i", (names.index("Seedream 3.0"),))
    wait_for(lambda: window.find("Seed", SPIN).is_enabled, "seed that can be set")
    assert not window.find("Set", CHECK).is_enabled
