"""What a synchroniser may bring: nothing makes a library hang, crash, eat memory or leave its folder."""

from __future__ import annotations

import functools
import json
import os
import sys
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from tests.hostile import peak_mib, within
from tests.library.conftest import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes, devices and links")

SECONDS = 5.0
MEMORY_MIB = 128
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14" + b"\0" * 8
DEEP = b"[" * 100_000 + b"]" * 100_000
RECORD = "Inbox/.seedream/x.png.json"
BOARD = "B/.seedream/board.json"
SPEND = ".seedream/spend/2026-11/j.json"
ENTRY = ".seedream/trash/e/entry.json"
PIPE = "pipe"
MADE = {
    "sha256": "a" * 64,
    "size_bytes": len(PICTURE),
    "media_type": "image/png",
    "width_px": 30,
    "height_px": 20,
    "made_ms": 1000,
}
IN_THE_TRASH = {"format": 1, "id": "e", "picture": "Inbox/x.png", "board_id": "", "trashed_ms": 1}
SPENT = {
    "format": 1,
    "job_id": "j",
    "at_ms": 5,
    "board_id": "",
    "model": "m",
    "asked": 1,
    "delivered": 1,
    "failed": 0,
    "price_usd": 1.0,
    "price_as_of": "",
    "billed": "yes",
}
Content = bytes | str | int | Path  # of a file; a pipe; how many bytes of nothing; where a link leads
Lies = dict[str, Content]


def put(root: Path, lies: Lies) -> None:
    for name, content in lies.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content == PIPE:
            os.mkfifo(path)
        elif isinstance(content, Path):
            path.symlink_to(content)
        elif isinstance(content, int):
            with path.open("wb") as file:
                file.truncate(content)
        elif isinstance(content, bytes):
            path.unlink(missing_ok=True)
            path.write_bytes(content)


def record(**changes: object) -> Lies:
    content = json.dumps({"format": 1, "made": {**MADE, **changes}, "marks": {}}).encode()
    return {"Inbox/x.png": PICTURE, RECORD: content}


def marked(marks: bytes) -> Lies:
    made = json.dumps(MADE).encode()
    return {"Inbox/x.png": PICTURE, RECORD: b'{"format":1,"made":' + made + b',"marks":' + marks + b"}"}


def trashed(**changes: object) -> Lies:
    return {ENTRY: json.dumps(IN_THE_TRASH | changes).encode(), ".seedream/trash/e/x.png": PICTURE}


def spent(**changes: object) -> Lies:
    return {SPEND: json.dumps(SPENT | changes).encode()}


def nested(depth: int) -> bytes:
    return b'{"id":"q","x":' + b"[" * depth + b"]" * depth + b"}"


ZERO = Path("/dev/zero")
NO_TEXT = os.fsdecode(b"\xff\xfe")
REQUEST = {"model": "m", "prompt": "a\ud800\0b", "size": {"preset": "2K"}}
LIES: dict[str, Lies] = {
    "a picture that is a pipe": {"Inbox/x.png": PIPE},
    "a record that is a pipe": {"Inbox/x.png": PICTURE, RECORD: PIPE},
    "a record that is a device": {"Inbox/x.png": PICTURE, RECORD: ZERO},
    "a record that is a folder": {"Inbox/x.png": PICTURE, f"{RECORD}/a": b""},
    "a record of 500 MB": {"Inbox/x.png": PICTURE, RECORD: 500 << 20},
    "a record of brackets": {"Inbox/x.png": PICTURE, RECORD: DEEP},
    "a copy of a record that is a pipe": record() | {"Inbox/.seedream/x (1).json": PIPE},
    "a board that is a pipe": {BOARD: PIPE},
    "a board that is a device": {BOARD: ZERO},
    "a board of 2 GB": {BOARD: 2 << 30},
    "a board of brackets": {BOARD: DEEP},
    "boards almost too deep": {BOARD: nested(900), "B/.seedream/board (2).json": nested(899)},
    "a copy of a board that is a pipe": {BOARD: nested(1), "B/.seedream/board (1).json": PIPE},
    "a board with half a character": {BOARD: b'{"id":"\\ud800","also":["\\udfff"]}'},
    "a board without a time": {BOARD: b'{"id":"k","order":{"value":["a"],"at":1e999,"by":3}}'},
    "a spend file that is a pipe": {SPEND: PIPE},
    "a spend file that is a device": {SPEND: ZERO},
    "a spend file of brackets": {SPEND: DEEP},
    "a spend file of digits": {SPEND: b'{"at_ms":' + b"9" * 100_000 + b"}"},
    "spend for half a board": spent(board_id="\ud800", model="\ud800"),
    "spend without end": {SPEND: json.dumps(SPENT).replace("1.0", "1e999").encode()},
    "a month elsewhere": {".seedream/spend/2026-12": Path("/proc")},
    "an entry that is a pipe": {ENTRY: PIPE, ".seedream/trash/e/x.png": PICTURE},
    "an entry of brackets": {ENTRY: DEEP, ".seedream/trash/e/x.png": PICTURE},
    "an entry from outside": trashed(id="../../x", picture="../../../outside/x.png"),
    "an entry from the end of time": trashed(trashed_ms=10**40),
    "an entry whose picture is a pipe": trashed() | {".seedream/trash/e/x.png": PIPE},
    "a record of half characters": record(media_type="\ud800", request=REQUEST, made_from=["\ud800"]),
    "a record of huge numbers": record(made_ms=10**40, width_px=10**40, number=10**30, size_bytes=10**40),
    "a record of numbers that just fit": record(made_ms=2**63 - 1, width_px=2**63 - 1, number=2**63 - 1),
    "a record of numbers below all": record(made_ms=-(2**63), width_px=-5, set_index=-5, press_index=-9),
    "a record that names a path": record(sha256="../../../../etc/passwd"),
    "marks beyond all bounds": marked(
        b'{"rating":{"value":99,"at":9999999999999999999999},"title":{"value":"\\ud800"}}'
    ),
    "marks of tomorrow": marked(b'{"rating":{"value":-9,"at":9223372036854775807,"by":"\\ud800"}}'),
    "names of any kind": {"Inbox/a\nb.png": PICTURE, "Inbox/\u202egnp.exe.png": PICTURE},
    "names that are no text": {"Inbox/" + NO_TEXT + ".png": PICTURE},
    "a folder whose name is no text": {NO_TEXT + "/x.png": PICTURE},
    "links in a circle": {"Inbox/l": Path("l"), "L": Path(), "Inbox/m.png": Path("m.png")},
}


def numbered(lies: Lies, number: int) -> Lies:
    """``lies`` under names of their own, so that many fit into one library."""

    names = {"Inbox/x": f"Inbox/x{number}", "/x.png": f"/x{number}.png", "/j.json": f"/j{number}.json"}
    names |= {"trash/e/": f"trash/e{number}/", "B/.seedream": f"B{number}/.seedream"}

    def renamed(name: str) -> str:
        return functools.reduce(lambda so_far, part: so_far.replace(*part), names.items(), name)

    return {renamed(name): content for name, content in lies.items()}


def test_all_that_may_lie_in_a_library_at_once_does_no_harm(bench: Bench) -> None:
    lies: Lies = {}
    for number, name in enumerate(LIES):
        lies |= numbered(LIES[name], number)
    assert len(lies) > len(LIES)
    look_through(bench, lies)


@pytest.mark.endurance
@pytest.mark.parametrize("name", LIES)
def test_what_lies_in_a_library_does_no_harm(bench: Bench, name: str) -> None:
    look_through(bench, LIES[name])


def look_through(bench: Bench, lies: Lies) -> None:
    """Do everything that is done with a library while ``lies`` lie in it."""
    library = bench.open()
    library.synchronise()
    put(bench.root, lies | {"Inbox/good.png": PICTURE + b"good"})
    before_mib = peak_mib()
    with within(SECONDS):
        library = bench.open(index=bench.folder / "another.sqlite3")
        library.synchronise()
        for board in library.boards():
            library.board_settings(board.id)
            library.set_up_board(board.id, {"client_safe": True})
        pictures = [one for board in library.boards() for one in library.by_sha256("a" * 64)]
        library.mark([picture.id for picture in pictures], rating=3, title="new")
        library.restore([entry.id for entry in library.trashed()])
        library.synchronise()
        library.trash([picture.id for picture in pictures])
        library.purge([entry.id for entry in library.trashed()])
    assert peak_mib() - before_mib < MEMORY_MIB
    assert (bench.root / "Inbox/good.png").read_bytes() == PICTURE + b"good"
    assert library.counts().all >= 1
    assert not (bench.folder / "outside").exists()


@pytest.mark.parametrize(
    "content", [DEEP, PIPE, ZERO, b'{"id":"a","format":1e999}', b'{"id":"a"}', 500 << 20]
)
def test_a_library_that_is_not_known_by_its_file_is_refused(bench: Bench, content: Content) -> None:
    bench.open()
    place = bench.root / ".seedream/library.json"
    place.unlink()
    put(bench.root, {".seedream/library.json": content})
    with within(SECONDS), pytest.raises(ProblemError) as caught:
        bench.open()
    assert caught.value.problem.kind is ProblemKind.FILE_UNREADABLE


def test_nothing_outside_is_taken_for_a_picture(bench: Bench) -> None:
    library = bench.open()
    secret = bench.folder / "secret.png"
    secret.write_bytes(PICTURE)
    entry = json.dumps(IN_THE_TRASH).encode()
    put(bench.root, {"Inbox/z.png": secret, ENTRY: entry, ".seedream/trash/e/x.png": secret})
    put(bench.root, {"Linked": bench.folder})
    library.synchronise()
    assert not library.trashed()
    assert [board.name for board in library.boards()] in (["Inbox"], [])
    assert library.counts().all == 0


def test_a_folder_whose_records_lie_elsewhere_is_no_board_and_nothing_is_written_there(bench: Bench) -> None:
    library = bench.open()
    elsewhere = bench.folder / "elsewhere"
    elsewhere.mkdir()
    put(bench.root, {"B/.seedream": elsewhere, "B/x.png": PICTURE})
    library.synchronise()
    assert not list(elsewhere.iterdir())
    assert "B" not in [board.name for board in library.boards()]


def test_purging_a_link_leaves_alone_what_it_leads_to(bench: Bench) -> None:
    library = bench.open()
    put(bench.root, trashed())
    library.synchronise()
    (entry,) = library.trashed()
    mine = bench.folder / "mine"
    (bench.root / ".seedream/trash/e").rename(mine)
    put(bench.root, {".seedream/trash/e": mine})
    library.purge([entry.id])
    assert sorted(path.name for path in mine.iterdir()) == ["entry.json", "x.png"]
    assert not (bench.root / ".seedream/trash/e").is_symlink()


@pytest.mark.parametrize("size_bytes", [PICTURE_LIMITS.size_bytes + 1, 5 << 30, 1 << 40])
def test_a_file_larger_than_any_picture_is_never_read(bench: Bench, size_bytes: int) -> None:
    library = bench.open()
    put(bench.root, {"Inbox/y.png": size_bytes})
    with within(SECONDS):
        library.synchronise()
    assert library.counts().all == 0
