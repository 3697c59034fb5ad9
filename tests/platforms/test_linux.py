"""Linux: folders by freedesktop.org's rules, files shown by whatever is there, children without secrets."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from seedream_desktop.platforms import posix
from seedream_desktop.platforms.linux import Linux

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


class Starter:
    """Remembers what was to be started, and says that the programs named in `present` did it."""

    def __init__(self, *present: str) -> None:
        self.present = present
        self.commands: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        self.commands.append(command)
        return command[0] in self.present


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / ".config").mkdir()
    return tmp_path


def library(home: Path, **environment: str) -> Path:
    return Linux({"HOME": str(home), **environment}).default_library()


def configure(home: Path, line: str) -> None:
    text = f'# This file is written by xdg-user-dirs-update\nXDG_MUSIC_DIR="$HOME/Music"\n{line}\n'
    (home / ".config" / "user-dirs.dirs").write_text(text, encoding="utf-8")


def test_pictures_are_where_the_environment_says(home: Path) -> None:
    assert library(home, XDG_PICTURES_DIR="/mnt/pictures") == Path("/mnt/pictures/Seedream")
    assert library(home, XDG_PICTURES_DIR="$HOME/Photos") == home / "Photos" / "Seedream"


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('XDG_PICTURES_DIR="$HOME/图片"', "图片"),
        ('XDG_PICTURES_DIR="${HOME}/My Pictures"', "My Pictures"),
        ('  XDG_PICTURES_DIR = "$HOME/Bilder"  ', "Bilder"),
        ('XDG_PICTURES_DIR="$HOME/a \\"quoted\\" one"', 'a "quoted" one'),
        ('XDG_PICTURES_DIR="$HOME/"', "Pictures"),
        ('XDG_PICTURES_DIR="$HOME"', "Pictures"),
        ('XDG_PICTURES_DIR="relative"', "Pictures"),
        ('#XDG_PICTURES_DIR="$HOME/Commented"', "Pictures"),
        ("", "Pictures"),
    ],
)
def test_pictures_are_where_the_desktop_says(home: Path, line: str, folder: str) -> None:
    configure(home, line)
    assert library(home) == home / folder / "Seedream"


def test_without_any_word_pictures_are_in_the_home_folder(home: Path) -> None:
    (home / ".config" / "user-dirs.dirs").write_bytes(b"\xff\xfe rubbish")
    assert library(home) == home / "Pictures" / "Seedream"
    assert library(home, XDG_CONFIG_HOME=str(home / "none")) == home / "Pictures" / "Seedream"


def test_a_configuration_elsewhere_is_read_there(home: Path) -> None:
    configure(home, 'XDG_PICTURES_DIR="$HOME/Photos"')
    (home / ".config").rename(home / "elsewhere")
    assert library(home, XDG_CONFIG_HOME=str(home / "elsewhere")) == home / "Photos" / "Seedream"


@pytest.mark.parametrize(
    ("present", "tried"),
    [
        (("gdbus", "dbus-send", "xdg-open"), ["dbus-send"]),
        (("gdbus", "xdg-open"), ["dbus-send", "gdbus"]),
        (("xdg-open",), ["dbus-send", "gdbus", "xdg-open"]),
    ],
)
def test_a_file_is_shown_by_the_first_program_that_can(
    home: Path, present: tuple[str, ...], tried: list[str]
) -> None:
    start = Starter(*present)
    assert Linux({}, start).reveal(home / "a cat.png")
    assert [command[0] for command in start.commands] == tried


def test_without_a_file_manager_nothing_is_claimed(home: Path) -> None:
    assert not Linux({}, Starter()).reveal(home)
    assert not Linux({}, Starter()).open_with_default(home)
    assert not Linux({"PATH": "/nonexistent"}).reveal(home)


def test_the_folder_is_opened_where_no_file_can_be_selected(home: Path) -> None:
    start = Starter("xdg-open")
    Linux({}, start).reveal(home / "cat.png")
    Linux({}, start).reveal(home)
    assert [command[1] for command in start.commands if command[0] == "xdg-open"] == [str(home)] * 2


def test_a_name_with_every_sign_stays_one_address(home: Path) -> None:
    start = Starter()
    Linux({}, start).reveal(home / "猫 'a',\"b\"%#?\n.png")
    by_dbus_send, by_gdbus = (command[-2] for command in start.commands[:2])
    assert by_gdbus.count("'") == 2
    assert "," not in by_dbus_send
    assert by_dbus_send.endswith("%E7%8C%AB%20%27a%27%2C%22b%22%25%23%3F%0A.png")


@pytest.fixture
def file_manager(private_session_bus: str) -> Iterator["FileManager"]:
    with closing(FileManager(private_session_bus)) as manager:
        yield manager


class FileManager:
    """A file manager on the private session bus that remembers what it was asked to show."""

    def __init__(self, address: str) -> None:
        import threading  # late: with the bus

        from jeepney import message_bus  # late: on Linux only
        from jeepney.io.blocking import open_dbus_connection  # late: on Linux only

        self._connection = open_dbus_connection(address)
        reply = self._connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.FileManager1"))
        assert reply.body == (1,)
        self.shown: list[tuple[str, ...]] = []
        self._thread = threading.Thread(target=self._answer)

    def answer_one_call(self) -> None:
        self._thread.start()

    def wait(self) -> None:
        self._thread.join(10)

    def close(self) -> None:
        self._connection.close()

    def _answer(self) -> None:
        from jeepney import HeaderFields, MessageType, new_error, new_method_return  # late: on Linux only

        while not self.shown:
            message = self._connection.receive(timeout=10)
            if message.header.fields.get(HeaderFields.member) == "ShowItems":
                self.shown.append(message.body[0])
                self._connection.send(new_method_return(message))
            elif message.header.message_type is MessageType.method_call:  # gdbus asks what there is
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))


@pytest.mark.parametrize("program", [name for name in ("dbus-send", "gdbus") if shutil.which(name)])
def test_a_real_file_manager_is_asked_to_show_the_file(
    file_manager: FileManager, home: Path, program: str
) -> None:
    def only(command: Sequence[str], environment: Mapping[str, str]) -> bool:
        return command[0] == program and posix.start(command, environment)

    path = home / "猫 'a', b%#.png"
    path.write_bytes(b"")
    file_manager.answer_one_call()
    assert Linux(os.environ, only).reveal(path)
    file_manager.wait()
    assert [list(uris) for uris in file_manager.shown] == [[path.as_uri()]]


def test_a_program_that_goes_on_counts_as_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posix, "STARTED_AFTER_S", 0.05)
    assert posix.start([sys.executable, "-c", "import time; time.sleep(0.3)"], {})


@pytest.mark.parametrize(("code", "started"), [(0, True), (3, False)])
def test_a_program_that_fails_is_noticed(code: int, started: bool) -> None:
    assert posix.start([sys.executable, "-c", f"raise SystemExit({code})"], {}) is started


SECRETS = {
    "COMETAPI_KEY": "sk-canary",
    "OPENAI_API_KEY": "sk-canary",
    "AWS_SECRET_ACCESS_KEY": "canary",
    "QT_PLUGIN_PATH": "/bundle/plugins",
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHONSTARTUP": "/tmp/x.py",
    "LD_PRELOAD": "/bundle/x.so",
}
NEEDED = {"PATH": "/usr/bin", "HOME": "/home/a", "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": "/run/user/1000"}


def test_children_get_what_they_need_and_no_more() -> None:
    assert Linux({**SECRETS, **NEEDED}, frozen=True).child_environment() == NEEDED


def test_a_bundles_library_path_stays_inside() -> None:
    bundle = {"LD_LIBRARY_PATH": "/bundle", "PATH": "/usr/bin"}
    assert "LD_LIBRARY_PATH" not in Linux(bundle, frozen=True).child_environment()
    restored = Linux({**bundle, "LD_LIBRARY_PATH_ORIG": "/own"}, frozen=True).child_environment()
    assert restored["LD_LIBRARY_PATH"] == "/own"
    assert Linux(bundle, frozen=False).child_environment()["LD_LIBRARY_PATH"] == "/bundle"
