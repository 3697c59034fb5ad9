"""What comes as a ZIP is judged before any of it is unpacked, whoever made it."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.library import parcel
from seedream_desktop.library.parcel import (
    DIRECTORY_BYTES_MOST,
    EXPANSION_FREE_BYTES,
    PARCEL_FILE,
    contents_of,
    document_in,
    fetch,
    is_fair_name,
    opened,
)

SAYS = b'{"format": 1}'
SHA = "ab" * 32


def zipped(path: Path, entries: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> Path:
    """A ZIP that says that it is a parcel."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in ({PARCEL_FILE: SAYS} | entries).items():
            archive.writestr(name, content)
    return path


def why_refused(path: Path) -> ProblemKind | None:
    """None: it is opened, and all of it can be read."""
    try:
        with opened(path) as found:
            for number, entry in enumerate(found.sizes):
                fetch(found, entry, path.with_name(f"unpacked {number}"))
    except ProblemError as error:
        return error.problem.kind
    return None


def test_a_fair_parcel_is_opened_and_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "Acme.zip", {"Acme/fox.png": b"fox"})
    assert why_refused(path) is None
    with opened(path) as found:
        fetch(found, "Acme/fox.png", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"fox"


@pytest.mark.parametrize(
    "name",
    [
        *("../fox.png", "Acme/../../fox.png", "/etc/fox.png", "C:/fox.png", "Acme\\..\\fox.png"),
        *("Acme//fox.png", "Acme/./fox.png", "a/" * 20 + "fox.png", "x" * 2000 + ".png", "Acme/fox.png:s"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "hostile.zip", {name: b"fox"})
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED
    assert sorted(one.name for one in tmp_path.iterdir()) == ["hostile.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    content = bytes(40 * EXPANSION_FREE_BYTES)
    path = zipped(tmp_path / "bomb.zip", {"Acme/fox.png": content}, zipfile.ZIP_DEFLATED)
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED


def test_entries_that_share_their_bytes_are_a_bomb_too(tmp_path: Path) -> None:
    path = zipped(tmp_path / "many.zip", {"Acme/0.png": bytes(EXPANSION_FREE_BYTES)})
    with zipfile.ZipFile(path, "a") as archive:
        first = archive.getinfo("Acme/0.png")
        for number in range(1, 60):
            again = zipfile.ZipInfo(f"Acme/{number}.png")
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.file_size = again.compress_size = first.file_size
            archive.filelist.append(again)
        archive.writestr("Acme/last.png", b"fox")  # so that the list is written anew
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED


def test_more_than_was_said_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "liar.zip", {"Acme/fox.png": b"f" * 100})
    content = path.read_bytes()
    true, said = struct.pack("<II", 100, 100), struct.pack("<II", 100, 10)
    path.write_bytes(content.replace(true, said))
    assert why_refused(path) in {ProblemKind.FILE_UNREADABLE, ProblemKind.PARCEL_REFUSED}


def test_a_link_and_a_device_are_refused(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO):
        path = tmp_path / "linked.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(PARCEL_FILE, SAYS)
            entry = zipfile.ZipInfo("Acme/fox.png")
            entry.external_attr = (kind | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
        assert why_refused(path) is ProblemKind.PARCEL_REFUSED


def test_an_encrypted_entry_and_two_of_one_name_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", {"Acme/fox.png": b"fox"})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(PARCEL_FILE, SAYS)
        archive.writestr("Acme/fox.png", SAYS)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("Acme/fox.png", SAYS)
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED


def test_an_absurd_count_is_refused_before_its_list_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "long.zip", {})
    content = bytearray(path.read_bytes())
    content[-10:-6] = struct.pack("<I", DIRECTORY_BYTES_MOST + 1)
    path.write_bytes(bytes(content))
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED


def test_more_entries_than_one_takes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "many.zip", {f"Acme/{number}.png": b"x" for number in range(5)})
    assert why_refused(path) is None
    monkeypatch.setattr(parcel, "ENTRIES_MOST", 5)
    for old in tmp_path.glob("unpacked*"):
        old.unlink()
    assert why_refused(path) is ProblemKind.PARCEL_REFUSED


@pytest.mark.parametrize("says", [b"", b"[]", b'{"format": 2}', b"[" * 5000, b"\xff"])
def test_a_zip_that_is_nothing_of_ours_is_refused(tmp_path: Path, says: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr(PARCEL_FILE, says)
    assert why_refused(tmp_path / "other.zip") is ProblemKind.PARCEL_REFUSED
    (tmp_path / "none.zip").write_bytes(says)
    assert why_refused(tmp_path / "none.zip") is ProblemKind.PARCEL_REFUSED


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_zip_is_read_or_refused_and_never_anything_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (PARCEL_FILE, "Acme/fox.png", "Acme/.seedream/fox.png.json", "Acme/.seedream/board.json"):
            archive.writestr(name, SAYS * 9)
        archive.writestr(PARCEL_FILE.replace("parcel", "other"), SAYS)
    content = bytearray(held.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "damaged.zip"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert why_refused(path) in {None, ProblemKind.PARCEL_REFUSED, ProblemKind.FILE_UNREADABLE}


@given(st.text(max_size=60))
def test_a_fair_name_stays_inside_on_every_system(name: str) -> None:
    if is_fair_name(name):
        parts = name.split("/")
        assert not name.startswith("/")
        assert ".." not in parts
        assert not set(name) & set("\\:\0")


_PARTS = st.lists(
    st.sampled_from(["Acme", ".seedream", "a.png", "board.json", "x", "references"]), max_size=5
)


@given(st.dictionaries(_PARTS.map("/".join), st.integers(0, 9)))
def test_the_contents_are_on_boards_that_are_known_outermost_first(sizes: dict[str, int]) -> None:
    found = contents_of(sizes)
    assert {picture.board for picture in found.pictures} <= set(found.boards)
    assert all(picture.record in {"", *sizes} for picture in found.pictures)
    for number, board in enumerate(found.boards):
        above = board.rpartition("/")[0]
        assert not above or above in found.boards[:number]


def test_of_a_library_s_folder_the_trash_and_what_is_linked_stay_out(tmp_path: Path) -> None:
    root = tmp_path / "library"
    for place in ("Acme/.seedream", ".seedream/trash/1", f".seedream/references/{SHA[:2]}", "Acme/.git"):
        (root / place).mkdir(parents=True)
    for name in ("Acme/a.png", "Acme/.seedream/a.png.json", ".seedream/trash/1/b.png", "Acme/.git/c.png"):
        (root / name).write_bytes(b"{}")
    (root / f".seedream/references/{SHA[:2]}/{SHA}.png").write_bytes(b"r")
    (root / "Acme" / "round").symlink_to(root, target_is_directory=True)
    with opened(root) as found:
        contents = contents_of(found.sizes)
        assert document_in(found, "Acme/.seedream/a.png.json") == {}
    assert [picture.entry for picture in contents.pictures] == ["Acme/a.png"]
    assert contents.boards == ("Acme",)
    assert list(contents.references) == [SHA]
