"""Everything of every kind is done in the running application; no planted word is where it must not be."""

from __future__ import annotations

import base64
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import canaries
from tests.canaries import BOARD, FILE, KEY, KEYS, NAMES, ODD_KEY, PROMPT, REFERENCE, TITLE, Canary, search
from tests.demo_fixtures import Demo
from tests.driven import Driven, pictures_in

ALL = (*KEYS, *NAMES)
WRITE: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "escaped": lambda word: json.dumps({"a": word}).encode(),
    "in a link": lambda word: f"https://x/?a={quote(word)}".encode(),
    "utf-16": lambda word: word.encode("utf-16"),
    "base64": lambda word: base64.b64encode(b"Bearer " + word.encode() + b"!!"),
    "base64 shifted": lambda word: base64.b64encode(b"{" + word.encode() + b"}"),
    "bytes": lambda word: repr(word.encode()).encode(),
    "hex": lambda word: word.encode().hex().encode(),
}
FEW = ({"kind": "status", "status": 401}, {"kind": "partial_failure", "code": "x", "message": PROMPT})
MANY = (
    *({"kind": "status", "status": status} for status in (400, 402, 403, 404, 413, 422, 429, 500, 503)),
    *({"kind": kind} for kind in ("html", "empty", "truncated_json", "not_json", "drop_before_body")),
    *({"kind": kind} for kind in ("drop_after_body", "cut", "wrong_bytes", "error_in_200", "missing")),
    *(
        {"kind": kind}
        for kind in ("redirect", "extra_pictures", "damaged_pictures", "wrong_type", "odd_data")
    ),
    *({"kind": kind, "on": "links"} for kind in ("status", "cut", "drop_after_body", "wrong_bytes")),
    {"kind": "drop_after_body", "reset": True},
    {"kind": "status", "status": 400, "body": json.dumps({"error": {"message": f"{PROMPT} {KEY}"}})},
    {"kind": "status", "status": 401, "body": f"{KEY} {PROMPT} {REFERENCE}"},
    {"kind": "redirect", "location": f"http://127.0.0.1:9/{quote(PROMPT)}?{KEY}"},
)


@pytest.mark.parametrize("written", WRITE)
@pytest.mark.parametrize("canary", ALL, ids=lambda canary: canary.kind)
def test_a_planted_word_is_found_however_it_is_written(tmp_path: Path, canary: Canary, written: str) -> None:
    for word in canary.words:
        (tmp_path / "report").write_bytes(b"\0before" + WRITE[written](f"{word} {word} {word}") + b"after")
        assert search({"here": tmp_path}, ALL) == [f"here/report: {canary.kind}"]


class Everything:
    """One application that is made to do everything, and all the bytes that it leaves."""

    def __init__(self, folder: Path, demo: Demo) -> None:
        self.folder = folder
        self.demo = demo
        self.data, self.library = folder / "data", folder / "library"
        self.outside = folder / "outside"
        self.outside.mkdir()
        home = {"HOME": str(folder / "Heimkanarie"), "HOSTNAME": canaries.HOST}
        self.driven = Driven(
            self.data, "--library", str(self.library), "--base-url", demo.base_url, key=KEY, environment=home
        )
        self.seen: dict[str, bytes | Path] = {}

    def make(self) -> None:
        """A picture with a reference on a board of its own; marked, moved, trashed, taken back."""
        driven = self.driven
        driven.wait_until_ready()
        driven.ask(
            f"session.pictures.create_board({BOARD!r}, lambda board: session.draft.set_board(board.id))"
        )
        driven.wait_for("len(window.ties.board_menu._boards) == 2")
        driven.press(PROMPT)
        driven.wait_for("session.gallery.picture_count == 1")
        (picture,) = pictures_in(self.library)
        for name in (REFERENCE, FILE):
            shutil.copy(picture, self.outside / name)
        (self.outside / f"x{FILE}").write_bytes(b"no picture")
        files = [str(self.outside / name) for name in (REFERENCE, f"x{FILE}", f"gone-{FILE}")]
        driven.ask(f"session.intake.take_files(tuple(map(Path, {files!r})))")
        driven.wait_for("session.draft.recipe.references")
        paths = [str(self.outside / FILE)]
        again = f"tuple(map(Path, {paths!r})), session.draft.board_id, with_duplicates=True"
        driven.ask(f"session.importing.begin({again})")
        driven.wait_for("session.gallery.picture_count == 2")
        ids = "mischief.ids_of(session, '')[:1]"
        driven.ask(f"session.pictures.act(lambda one: one.mark({ids}, title={TITLE!r}), lambda _: None)")
        driven.ask(f"session.pictures.acts.rate({ids}, 4)")
        driven.ask(f"session.pictures.acts.trash({ids})")
        driven.wait_for("session.gallery.picture_count == 1")
        driven.ask("session.undo.undo()")
        driven.wait_for("session.gallery.picture_count == 2")

    def fail(self, faults: tuple[dict[str, object], ...]) -> None:
        """Requests with every fault, and keys of every kind."""
        for fault in faults:
            self.demo.clear_faults()
            self.demo.set_fault(str(fault["kind"]), **{name: fault[name] for name in fault if name != "kind"})
            self.driven.press(PROMPT)
            self.driven.wait_for(
                "not session.queue.running and not session.queue.waiting or session.queue.is_paused"
            )
            self.driven.ask("session.queue.resume()")
            self.driven.wait_for("not session.queue.running")
        self.demo.clear_faults()
        self.driven.ask(f"session.account.store({ODD_KEY!r})")
        self.driven.ask(f"session.account.store({KEY!r})")
        self.driven.wait_for("session.account.state.is_for_session")

    def break_(self) -> None:
        """Errors of ours that quote all of it, and a worker that dies."""
        words = f"{PROMPT} {FILE} {REFERENCE} {BOARD} {KEY} {self.library}"
        driven = self.driven
        for where in ("in_slot(", "in_event(window, ", "in_thread(", "in_destructor(", "warn("):
            driven.ask(f"mischief.{where}{words!r})")
        for where in ("in_pool", "in_task"):
            driven.ask(f"mischief.{where}(session.reading, {words!r})")
        driven.wait_for("application._reports._count >= 5")
        driven.ask("mischief.break_client(session)")
        driven.press(PROMPT)
        driven.wait_for(
            "any(job.problem and job.problem.kind.value == 'unexpected' for job in session.queue.jobs)"
        )
        self.seen["children"] = self.children()
        driven.ask("[child._process.kill() for child in session.worker._idle]")
        driven.ask(f"session.intake.take_files((Path({str(self.outside / FILE)!r}),))")

    def report(self) -> None:
        """The crash report and the diagnostics, as they are shown and as they are saved."""
        driven = self.driven
        driven.wait_for("window.notices._act.isVisible() and 'did not work' in window.notices._words.text()")
        driven.ask("window.notices._act.click()")
        driven.ask("window.diagnostics.begin()")
        driven.wait_for("len(mischief.reports()) == 2")
        texts = driven.ask("[one.report.toPlainText() for one in mischief.reports()]")
        assert any("Error" in text for text in texts)
        self.seen["reports"] = "\n".join(texts).encode()
        saved = self.folder / "diagnostics.zip"
        driven.ask(
            "window.diagnostics._diagnostics.collected.connect("
            f"lambda parts: window.diagnostics.save(parts, {str(saved)!r}))"
        )
        driven.ask("window.diagnostics.begin()")
        driven.wait_for(f"Path({str(saved)!r}).exists() and 'Saved' in window.notices._words.text()")
        self.seen["diagnostics"] = saved.read_bytes()
        with zipfile.ZipFile(saved) as archive:
            assert archive.namelist() == ["diagnostics.json", "seedream-desktop.log"]
            facts = json.loads(archive.read("diagnostics.json"))
        assert facts["library"]["pictures"] == len(pictures_in(self.library))
        assert facts["journal"]["their problems"]["unexpected"] == 1
        assert facts["provider"] == {"address": "another", "scheme": "http", "is demo": False, "proxy": ""}

    def children(self) -> bytes:
        """Environment and command line of every child."""
        pid = self.driven.process.pid
        held = b""
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            held += Path(f"/proc/{child}/environ").read_bytes() + Path(f"/proc/{child}/cmdline").read_bytes()
        assert b"seedream_desktop.worker" in held
        return held

    def end(self) -> None:
        """End it; from now on all that it wrote is there."""
        assert self.driven.end()[0] == 0
        lines = self.driven.said.split(b"\n")
        self.seen["output"] = b"\n".join(line for line in lines if not line.startswith(b'{"'))  # ours to ask
        self.seen["logs"] = self.data / "logs"

    def leaks(self) -> list[str]:
        """Where a word is that must not be there."""
        for_all = search(self.seen, ALL)
        own_folder = (Canary("home", ("Heimkanarie",)), Canary("host", (canaries.HOST,)))
        told = {name: self.seen[name] for name in ("reports", "diagnostics", "logs")}
        return [
            *for_all,
            *search(told, own_folder),
            *search({"data": self.data, "library": self.library}, KEYS),
        ]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    "faults", [FEW, pytest.param(MANY, marks=pytest.mark.endurance)], ids=["few", "many"]
)
def test_no_planted_word_is_where_it_must_not_be(
    tmp_path: Path, demo: Demo, faults: tuple[dict[str, object], ...], say_figures: Callable[[str], None]
) -> None:
    everything = Everything(tmp_path, demo)
    try:
        everything.make()
        everything.fail(faults)
        everything.break_()
        everything.report()
        everything.end()
    finally:
        everything.driven.kill()
    assert everything.leaks() == []
    log = everything.data / "logs" / "seedream-desktop.log"
    assert "InPoolError" in log.read_text()
    written = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    say_figures(f"canaries: {len(ALL)} planted, {len(faults)} faults, {written:,} bytes searched, 0 found")
    with log.open("a") as file:  # the same search finds what is there
        file.write(f"while saving {BOARD}\n")
    assert everything.leaks() == ["logs/seedream-desktop.log: board"]
    os.truncate(log, 0)
    (everything.library / "notes.txt").write_text(f"Authorization: Bearer {KEY}")
    assert everything.leaks() == ["library/notes.txt: key"]
