"""The folder of thumbnails has a cap."""

import os
from pathlib import Path

from seedream_desktop.library.thumbnails import trim


def test_the_oldest_go_until_there_is_room(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / f"{number:02}" / f"{number}.thumbnail"
        path.parent.mkdir()
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    assert trim(tmp_path, limit_bytes=600) == 5
    assert sorted(int(path.stem) for path in tmp_path.glob("*/*")) == [5, 6, 7, 8, 9]


def test_below_the_cap_nothing_goes(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "a.thumbnail").write_bytes(b"x" * 100)
    assert trim(tmp_path, limit_bytes=100) == 0
    assert trim(tmp_path / "missing") == 0
