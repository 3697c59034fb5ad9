"""What a job is done with, out of the session that it belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.pipeline.step import Tools

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.state.session import Session


def tools_of(session: Session) -> Tools:
    """Called on the pool thread of a job."""
    return Tools(
        session.journal,
        session.client,
        session.places.spool,
        session.pictures.library_of,
        lambda path, thumbnail: _checked(session, path, thumbnail),
        session.thumbnails.path_of,
        session.sent_files.form_for,
        passes_links=not session.provider.is_demo,  # the stand-in fetches from this computer only
        library_thread=session.library_thread,
    )


def _checked(session: Session, path: Path, thumbnail: Path) -> CheckedPicture:
    """What it looks like is known from the same decode. Raises ProblemError."""
    checked = session.worker.check_picture(path, thumbnail)
    session.note_likeness(checked.sha256, checked.fingerprint)
    return checked
