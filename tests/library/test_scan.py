"""What lies on a board is told as the index tells it, so that only what differs is looked at."""

from __future__ import annotations

import os
import time
from unittest import mock

import pytest

from seedream_desktop.library import scan
from seedream_desktop.library.adoption import Adoption
from seedream_desktop.library.library import Library
from seedream_desktop.library.scan import has_record, is_same_file, known_lines, lines, scan_board, told_by
from tests.library.conftest import Bench

ODD_NAMES = ("a  b 0 0.png", "一只 猫.png", "0 0 0 0 x.png")


def lines_on_disk(library: Library) -> set[str]:
    boards = library.boards()
    return {line for board in boards for _, line in lines(scan_board(library._folder, board.path), board)}


def lines_in_index(library: Library) -> set[str]:
    return library._index.read(lambda connection: {one for page in known_lines(connection) for one in page})


@pytest.mark.parametrize("page", [1, 2, 4096])
def test_what_is_as_it_was_has_the_same_line(
    bench: Bench, library: Library, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(ODD_NAMES):
        (library.root / "Inbox" / name).write_bytes(bench.bytes_of(number))
    library.create_board("Acme / a")
    library.synchronise()
    gone = library.add(bench.new(7))
    library.add(bench.new(8))
    library.trash([gone.id])
    monkeypatch.setattr(scan, "_PAGE", page)
    assert lines_in_index(library) == lines_on_disk(library)
    assert len(lines_on_disk(library)) == len(ODD_NAMES) + 1


def test_a_line_tells_what_was_put_in(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    (line,) = lines_in_index(library)
    picture_id, told = told_by(line)
    assert picture_id == picture.id
    assert told == scan_board(library._folder, "Inbox").pictures[picture.path.name]
    assert has_record(told)


def test_a_record_does_not_make_another_file_of_a_picture() -> None:
    assert is_same_file("10 20 30 40", "10 20 0 0")
    assert not is_same_file("10 20 30 40", "10 21 30 40")
    assert not has_record("10 20 0 0")


def test_only_what_differs_is_looked_at_again(bench: Bench, library: Library) -> None:
    pictures = [library.add(bench.new(number)) for number in range(6)]
    library.synchronise()
    changed = library._folder.record_path(pictures[2].id)
    at_ns = time.time_ns() - 10**10
    os.utime(changed, ns=(at_ns, at_ns))
    with mock.patch.object(Adoption, "items", autospec=True, side_effect=Adoption.items) as looked:
        library.synchronise()
    assert [[each[0] for each in call.args[1]] for call in looked.call_args_list] == [[pictures[2].id]]
