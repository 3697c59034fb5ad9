"""A dropped picture on its whole way: kept, said in the tray, sent as the model takes it, on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.request import Derivation, SentForm
from seedream_desktop.library.values import Query
from seedream_desktop.state.session import Session
from tests.demo_fixtures import Demo
from tests.state.test_session import PATIENCE_MS, opened, session_at


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, demo: Demo) -> Iterator[Session]:
    session = session_at(tmp_path, demo)
    with qtbot.waitSignal(session.account.key_changed, timeout=PATIENCE_MS):
        session.account.load()
    opened(session, tmp_path / "library", qtbot)
    yield session
    assert session.close(5000)


def test_an_avif_whose_file_is_gone_is_sent_as_jpeg(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "fox.avif"
    Image.new("RGB", (640, 480), "red").save(path)
    with qtbot.waitSignal(session.intake.taken, timeout=PATIENCE_MS):
        session.intake.take_files((path,))
    path.unlink()
    (reference,) = session.draft.recipe.references or ()
    qtbot.waitUntil(lambda: isinstance(session.sent_forms.of(reference), SentForm), timeout=PATIENCE_MS)
    shown = session.sent_forms.of(reference)
    assert isinstance(shown, SentForm)
    assert shown.derived == (Derivation.CONVERTED, Derivation.COMPRESSED)
    session.press()
    library = session.pictures.the_library()
    qtbot.waitUntil(lambda: len(library.ids(Query())) == 1, timeout=PATIENCE_MS)
    (sent,) = library.record(library.ids(Query())[0]).made.sent_references
    assert (sent.sha256, sent.sent_sha256, sent.derived) == (
        reference.sha256,
        shown.sha256,
        "converted compressed",
    )
    assert library.reference_path(reference).suffix == ".avif"


def test_a_link_that_may_not_be_followed_is_refused_in_the_tray(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.intake.refused, timeout=PATIENCE_MS) as refused:
        session.intake.take_links(("https://10.1.2.3/cat.png?token=secret",))
    (problem,) = refused.args[0]
    assert problem.kind is ProblemKind.LINK_UNUSABLE
    assert problem.subject == "10.1.2.3"


def test_a_thumbnail_is_made_of_what_the_library_itself_does_not_take(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "fox.avif"
    Image.new("RGB", (640, 480), "red").save(path)
    with qtbot.waitSignal(session.intake.taken, timeout=PATIENCE_MS):
        session.intake.take_files((path,))
    (reference,) = session.draft.recipe.references or ()
    thumbnail = session.thumbnails.path_of(reference.sha256)
    thumbnail.unlink()
    with qtbot.waitSignal(session.thumbnails.thumbnail_ready, timeout=PATIENCE_MS):
        session.thumbnails.pixmap(reference.sha256, session.reference_path(reference), 56)
    assert thumbnail.is_file()
