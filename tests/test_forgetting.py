"""A board forgotten in the running application leaves no word of it on this disk, even after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.demo_fixtures import Demo
from tests.driven import Driven

PROMPT = "Geheimfuchs mit Regenschirm 狐狸"
BOARD = "Kundenname Quarz"
REFERENCE = "Vorlage-Zirkon.png"
WORDS = ("Geheimfuchs", "狐狸", "Quarz", "Zirkon")
SETTINGS = "Path(session.places.settings).read_text()"
NAMED = "[one for one in window.ties.board_menu._boards if one.name == 'Kundenname Quarz']"


def places_of(word: str, *folders: Path) -> list[str]:
    """Files that hold a word or are named so, in whichever way it may be written."""
    escaped = word.encode("ascii", "backslashreplace")
    forms = {word.encode(), escaped, word.encode("utf-16-le")}
    paths = [path for folder in folders for path in folder.rglob("*")]
    named = [path for path in paths if word in path.name]
    held = [path for path in paths if path.is_file() and any(form in path.read_bytes() for form in forms)]
    return sorted({path.name for path in (*named, *held)})


@contextmanager
def started(tmp_path: Path, demo: Demo) -> Iterator[Driven]:
    """An application on the same data and library every time."""
    library = ("--library", str(tmp_path / "library"), "--base-url", demo.base_url)
    driven = Driven(tmp_path / "data", *library)
    try:
        driven.wait_until_ready()
        yield driven
    finally:
        driven.kill()


def found(tmp_path: Path) -> dict[str, list[str]]:
    """Which words are still on the disk, and where."""
    places = {word: places_of(word, tmp_path / "data", tmp_path / "library") for word in WORDS}
    return {word: names for word, names in places.items() if names}


def fill(driven: Driven, tmp_path: Path) -> None:
    """A board with a picture that was made with a reference, and one in the trash; another one elsewhere."""
    driven.press("an ordinary cat")
    driven.wait_for("session.gallery.picture_count == 1")
    picture = next((tmp_path / "library" / "Inbox").glob("*.jpeg"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / REFERENCE).write_bytes(picture.read_bytes())
    driven.ask(f"session.pictures.create_board({BOARD!r}, lambda board: session.draft.set_board(board.id))")
    driven.wait_for(NAMED)
    driven.ask(f"session.intake.take_files((Path({str(tmp_path / 'outside' / REFERENCE)!r}),))")
    driven.wait_for("session.draft.recipe.references")
    driven.press(PROMPT, variations=2)
    driven.wait_for("session.gallery.picture_count == 3")
    driven.wait_for("not session.queue.jobs")
    driven.ask(f"session.pictures.acts.trash(mischief.ids_of(session, {NAMED}[0].id)[:1])")
    driven.wait_for("session.gallery.picture_count == 2")


def test_a_forgotten_board_is_found_nowhere_afterwards(tmp_path: Path, demo: Demo) -> None:
    with started(tmp_path, demo) as driven:
        fill(driven, tmp_path)
        driven.wait_for(f"'Geheimfuchs' in {SETTINGS}")
        driven.wait_for(
            "session.places.last_seen.exists() and 'Geheimfuchs' in session.places.last_seen.read_text()"
        )
        assert "last-seen.json" in found(tmp_path)["Geheimfuchs"]
        assert set(found(tmp_path)) == set(WORDS)
        driven.ask(f"session.forgetting.look({NAMED}[0])")
        driven.wait_for("mischief.buttons('Forget it for good')")
        driven.ask("mischief.buttons('Forget it for good')[0].click()")
        driven.wait_for("'is forgotten' in window.notices._words.text()")
        driven.wait_for(f"'Geheimfuchs' not in {SETTINGS}")
        assert found(tmp_path) == {}
        driven.wait_for("session.gallery.picture_count == 1")
        assert len(list((tmp_path / "library" / ".seedream" / "spend").rglob("*.json"))) == 3
        assert not (tmp_path / "data" / "forgetting").exists()
        assert driven.end()[0] == 0
    assert found(tmp_path) == {}


@pytest.mark.endurance
def test_what_a_kill_left_of_it_is_removed_at_the_next_start(tmp_path: Path, demo: Demo) -> None:
    with started(tmp_path, demo) as driven:
        fill(driven, tmp_path)
        driven.ask(f"session.forgetting._noted(session.pictures.library, {NAMED}[0].id)")
    assert list((tmp_path / "data" / "forgetting").iterdir())
    with started(tmp_path, demo) as again:
        again.wait_for("not session.places.data_dir.joinpath('forgetting').exists()")
        again.wait_for(f"'Geheimfuchs' not in {SETTINGS}")
        assert again.end()[0] == 0
    assert found(tmp_path) == {}


@pytest.mark.endurance
def test_while_a_request_is_under_way_its_board_stays(tmp_path: Path, demo: Demo) -> None:
    with started(tmp_path, demo) as driven:
        fill(driven, tmp_path)
        demo.set_delay(20)
        driven.press(PROMPT)
        driven.wait_for("session.queue.running")
        driven.ask(f"session.forgetting.forget({NAMED}[0].id)")
        driven.wait_for("mischief.buttons('Close')")
        assert driven.ask("session.gallery.picture_count") == 2
    assert places_of("Quarz", tmp_path / "library")
