"""An open library with a client-safe board, for what hands its pictures out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from seedream_desktop.imaging.exporting import export_picture
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Board, Picture
from seedream_desktop.state.clean_copies import CleanCopies
from tests.imaging.leaving import PROMPT, telling
from tests.library.conftest import Bench

NOTE = "canary note for nobody else"


@dataclass(slots=True)
class Shelf:
    """A library with pictures in which the prompt stands."""

    bench: Bench
    library: Library
    safe: Board
    usual: Board
    copies: CleanCopies

    def add(self, number: int, board: Board, kind: str = "png", credentials: bytes = b"") -> Picture:
        """A picture that tells its prompt, and has a note."""
        content = telling(kind, 1, credentials)
        new = self.bench.new(number, board.id, prompt=PROMPT)
        new.source.write_bytes(content)
        checked = self.bench.checked(content)
        made = replace(new.made, sha256=checked.sha256, size_bytes=checked.size_bytes)
        picture = self.library.add(replace(new, made=made, extension=kind))
        self.library.mark([picture.id], note=NOTE)
        return picture


def shelf(folder: Path) -> Shelf:
    """A library in ``folder``; the copies are made in this process."""
    (folder / "machine").mkdir()
    bench = Bench(folder)
    library = bench.open()
    safe, usual = library.create_board("Acme rebrand"), library.create_board("Posters")
    library.set_up_board(safe.id, {"client_safe": True})
    copies = CleanCopies(folder / "leaving", lambda: library, library.boards, export_picture)
    return Shelf(bench, library, safe, usual, copies)
