"""Windows: what is decided with its calls, tried with a stand-in for the calls."""

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from seedream_desktop.platforms.windows import Windows
from seedream_desktop.platforms.windows_system import WindowsSystem


class FakeSystem:
    """Remembers what Windows was asked."""

    def __init__(self, pictures: str = "") -> None:
        self.pictures = pictures
        self.asked: list[tuple[object, ...]] = []
        self.can_require = True
        self.has_required = threading.Semaphore(0)

    def known_folder(self, identifier: str) -> str:
        self.asked.append(("known_folder", identifier))
        return self.pictures

    def run(self, command_line: str) -> bool:
        self.asked.append(("run", command_line))
        return True

    def open_file(self, path: str) -> bool:
        self.asked.append(("open_file", path))
        return False

    def registry_values(self, key: str) -> Mapping[str, str]:
        self.asked.append(("registry_values", key))
        return {}

    def add_attribute(self, path: str, attribute: int) -> None:
        self.asked.append(("add_attribute", path, attribute))

    def require(self, states: int) -> bool:
        self.asked.append(("require", states, threading.get_ident()))
        self.has_required.release()
        return self.can_require

    def lock(self, descriptor: int) -> bool:
        self.asked.append(("lock", descriptor))
        return descriptor == 7


def test_the_library_follows_pictures_that_were_moved() -> None:
    assert Windows({}, FakeSystem("/onedrive/Pictures")).default_library() == Path(
        "/onedrive/Pictures/Seedream"
    )


def test_without_a_known_folder_the_library_is_in_the_profile() -> None:
    windows = Windows({"USERPROFILE": "/users/a"}, FakeSystem())
    assert windows.default_library() == Path("/users/a/Pictures/Seedream")


def test_explorer_selects_the_file(tmp_path: Path) -> None:
    system = FakeSystem()
    assert Windows({}, system).reveal(tmp_path / "a, cat.png")
    assert system.asked == [("run", f'explorer.exe /select,"{tmp_path}/a, cat.png"')]


def test_a_failed_double_click_is_told(tmp_path: Path) -> None:
    assert not Windows({}, FakeSystem()).open_with_default(tmp_path)


def test_a_dotted_folder_gets_the_hidden_attribute(tmp_path: Path) -> None:
    system = FakeSystem()
    Windows({}, system).hide(tmp_path)
    assert system.asked == [("add_attribute", str(tmp_path), 2)]


@pytest.mark.parametrize(("descriptor", "is_ours"), [(7, True), (8, False)])
def test_the_lock_is_windows_own(descriptor: int, is_ours: bool) -> None:
    assert Windows({}, FakeSystem()).lock(descriptor) is is_ours


def test_children_get_no_secret_whatever_the_case_of_names() -> None:
    environment = {"SystemRoot": "C:\\Windows", "Path": "C:\\x", "ProgramFiles(x86)": "C:\\y"}
    secrets = {"CometAPI_Key": "sk", "QT_PLUGIN_PATH": "b", "PYTHONHOME": "b"}
    children = Windows({**environment, **secrets}, FakeSystem()).child_environment()
    assert children == {name.upper(): value for name, value in environment.items()}


def test_elsewhere_windows_own_calls_claim_nothing(tmp_path: Path) -> None:
    system = WindowsSystem()
    assert system.known_folder("{33E28130-4E1E-4676-835A-98395C3BC3BB}") == ""
    assert not system.open_file(str(tmp_path))
    assert not system.run("explorer.exe /select,x")
    with pytest.raises(OSError, match="no such"):
        system.add_attribute(str(tmp_path), 2)
    with pytest.raises(OSError, match="no such"):
        system.lock(0)


def test_the_system_is_kept_awake_by_one_thread_until_it_is_released() -> None:
    system = FakeSystem()
    release = Windows({}, system).stay_awake("pictures")
    assert release is not None
    release()
    assert all(system.has_required.acquire(timeout=10) for _ in range(2))
    (required, held), (cleared, other) = ((one[1], one[2]) for one in system.asked)
    assert (required, cleared, held) == (0x80000001, 0x80000000, other)


def test_a_system_that_refuses_to_stay_awake_is_told_of() -> None:
    system = FakeSystem()
    system.can_require = False
    assert Windows({}, system).stay_awake("pictures") is None
    assert not WindowsSystem().require(1)
