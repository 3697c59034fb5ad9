"""Settings survive damage, places stay where they belong, and a directory has one process."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from seedream_desktop.files import stage
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.platforms.platform import current
from seedream_desktop.settings import (
    DirectoryLock,
    Settings,
    Theme,
    load_settings,
    places,
    save_settings,
)

DRAFT = Recipe(prompt="猫\n\ud83d", size=Size(width_px=2848, height_px=1600), references=(), watermark=False)
FULL = Settings(
    library="/some/where",
    recent_libraries=("/a", "/b"),
    theme=Theme.LIGHT,
    language="zh_CN",
    jobs_at_once=5,
    recipe=replace(DRAFT, references=(Reference("ab", "image/png", 20, 30, 400, "name"),)),
    variations=4,
    board_id="board",
    window_geometry="AAAA",
    panels=(200, 300),
    sidebar_shown=False,
    tile_px=300,
    listed_models=("seedream-5-0-pro-260628",),
    listed_origin="https://api.example.com/v1",
    machine_id="machine",
)
KNOWN = replace(Settings(), machine_id="machine")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "application" / "settings.json"


def saved_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_comes_back_after_a_restart(path: Path) -> None:
    save_settings(path, FULL)
    assert load_settings(path) == FULL
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_the_first_start_has_the_defaults_and_a_machine_id_of_its_own(path: Path) -> None:
    first, second = load_settings(path), load_settings(path)
    assert replace(first, machine_id="") == Settings()
    assert len(first.machine_id) >= 32
    assert first.machine_id != second.machine_id


def test_a_copied_data_directory_is_another_machine(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_settings(path, load_settings(path))
    known = load_settings(path).machine_id
    assert load_settings(path).machine_id == known
    copy = path.parent.with_name("a new laptop") / path.name
    shutil.copytree(path.parent, copy.parent)
    assert load_settings(copy).machine_id != known


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "\0" * 100, "[" * 100_000])
def test_a_damaged_file_is_kept_beside_and_does_not_stop_the_start(path: Path, text: str) -> None:
    settings = load_settings(saved_text(path, text))
    assert replace(settings, machine_id="") == Settings()
    assert path.with_name("settings.json.damaged").read_text() == text


def test_one_value_that_makes_no_sense_does_not_cost_the_others(path: Path) -> None:
    save_settings(path, FULL)
    raw = json.loads(path.read_text())
    settings = load_settings(saved_text(path, json.dumps({**raw, "theme": "pink", "panels": [1, "2"]})))
    assert settings == replace(FULL, theme=Theme.SYSTEM, panels=())
    assert path.with_name("settings.json.damaged").exists()


def test_what_a_newer_version_wrote_is_no_damage(path: Path) -> None:
    text = '{"machine_id": "machine", "new": {}, "recipe": {"prompt": "a cat", "new": 1}}'
    settings = load_settings(saved_text(path, text))
    assert settings == replace(KNOWN, recipe=Recipe(prompt="a cat"))
    assert not path.with_name("settings.json.damaged").exists()


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("jobs_at_once", 0, 1),
        ("jobs_at_once", 99, 8),
        ("variations", -1, 1),
        ("variations", 10**9, 100),
        ("tile_px", 1, 96),
        ("tile_px", 99_999, 480),
    ],
)
def test_numbers_stay_in_their_range(path: Path, name: str, wrong: int, right: int) -> None:
    settings = load_settings(saved_text(path, json.dumps({"machine_id": "machine", name: wrong})))
    assert settings == replace(KNOWN, **{name: right})  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([*Settings.__dataclass_fields__, "new"])


@given(st.dictionaries(NAMES, JSON, max_size=6))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_stops_the_start(path: Path, raw: dict[str, object]) -> None:
    settings = load_settings(saved_text(path, json.dumps(raw)))
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError):
        save_settings(tmp_path / "file" / "settings.json", Settings())


def test_a_failed_save_leaves_the_old_settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    save_settings(path, FULL)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(ProblemError) as caught:
            save_settings(path, Settings())
    assert caught.value.problem.kind is ProblemKind.DISK_FULL
    assert load_settings(path) == FULL
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_what_a_killed_process_had_half_saved_is_gone_after_the_next_start(path: Path) -> None:
    path.parent.mkdir(parents=True)
    half = stage(b"{}", path.parent)
    other = path.with_name("of another program.part")
    other.touch()
    load_settings(path)
    assert (half.exists(), other.exists()) == (False, True)


def test_a_data_dir_holds_everything(tmp_path: Path) -> None:
    here = places(tmp_path)
    paths = (here.settings, here.journal, here.spool, here.thumbnails, here.logs, here.index("id", tmp_path))
    assert all(path.parent == tmp_path for path in paths)
    assert len(set(paths)) == len(paths)
    assert list(tmp_path.iterdir()) == []


def test_a_relative_data_dir_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert places(Path("data")).settings == tmp_path / "data" / "settings.json"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the folders of Linux")
def test_the_platforms_own_places_separate_what_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    found = places(None)
    assert found.journal == tmp_path / "XDG_DATA_HOME" / "seedream-desktop" / "journal.sqlite3"
    assert found.thumbnails == tmp_path / "XDG_CACHE_HOME" / "seedream-desktop" / "thumbnails"
    assert found.logs.is_relative_to(tmp_path / "XDG_STATE_HOME")


def test_two_copies_of_a_library_have_two_indexes(tmp_path: Path) -> None:
    here = places(tmp_path)
    assert here.index("id", tmp_path / "a") != here.index("id", tmp_path / "b")
    assert here.index("id", tmp_path / "a") == here.index("id", tmp_path / "a")


@given(st.text())
def test_a_librarys_id_never_leads_out_of_the_folder(library_id: str) -> None:
    folder = Path("/data")
    index = places(folder).index(library_id, Path("/library"))
    assert index.parent == folder
    assert len(index.name) < 120


def test_one_process_has_the_directory(tmp_path: Path) -> None:
    first, second = DirectoryLock(tmp_path / "data"), DirectoryLock(tmp_path / "data")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_rubbish_in_the_lock_file_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(os.urandom(100))
    lock = DirectoryLock(tmp_path)
    assert lock.acquire()
    lock.release()


def test_a_file_system_without_locks_locks_nobody_out(tmp_path: Path) -> None:
    class NoLocks(type(current())):  # type: ignore[misc]
        def lock(self, descriptor: int) -> bool:
            raise OSError(95, "Operation not supported")

    lock = DirectoryLock(tmp_path, NoLocks())
    assert lock.acquire()
    lock.release()


HOLDER = """
import sys
from pathlib import Path
from seedream_desktop.settings import DirectoryLock

lock = DirectoryLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOLDER, str(path)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_process_gives_the_directory_back(tmp_path: Path) -> None:
    lock = DirectoryLock(tmp_path)
    with holder(tmp_path) as process:
        assert said(process) == "True"
        assert not lock.acquire()
        process.send_signal(signal.SIGKILL)
    assert lock.acquire()
    lock.release()


def test_of_four_starts_at_once_one_gets_the_directory(tmp_path: Path) -> None:
    processes = [holder(tmp_path) for _ in range(4)]
    answers = [said(process) for process in processes]
    for process in processes:
        process.communicate()
    assert sorted(answers) == ["False"] * 3 + ["True"]


def test_a_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    lock = DirectoryLock(tmp_path)
    assert lock.acquire()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        again = DirectoryLock(tmp_path)
        assert again.acquire()
        child.communicate(b"\n")
    again.release()
