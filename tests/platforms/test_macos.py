"""macOS: what is asked of ``open``, tried with a stand-in."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from seedream_desktop.platforms.macos import MacOS


class Starter:
    """Remembers what was to be started."""

    def __init__(self, commands: list[tuple[str, ...]], answer: bool = True) -> None:
        self._commands = commands
        self._answer = answer

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        self._commands.append(tuple(command))
        return self._answer


def test_the_library_is_in_pictures(tmp_path: Path) -> None:
    assert MacOS({"HOME": str(tmp_path)}).default_library() == tmp_path / "Pictures" / "Seedream"


def test_the_finder_selects_the_file(tmp_path: Path) -> None:
    commands: list[tuple[str, ...]] = []
    macos = MacOS({}, Starter(commands))
    assert macos.reveal(tmp_path / "-a cat.png")
    assert macos.open_with_default(tmp_path / "cat.png")
    assert commands == [("open", "-R", f"{tmp_path}/-a cat.png"), ("open", f"{tmp_path}/cat.png")]


def test_a_failure_is_told(tmp_path: Path) -> None:
    assert not MacOS({}, Starter([], answer=False)).reveal(tmp_path)


def test_hiding_leaves_a_dotted_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / ".seedream"
    folder.mkdir()
    MacOS({}).hide(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_children_get_no_secret_and_nothing_of_a_bundle() -> None:
    environment = {"HOME": "/a", "COMETAPI_KEY": "sk", "DYLD_LIBRARY_PATH": "/b", "QT_PLUGIN_PATH": "/b"}
    assert MacOS(environment).child_environment() == {"HOME": "/a"}


def test_the_system_is_kept_awake_by_its_own_program_as_long_as_our_pipe_lasts() -> None:
    held: list[tuple[str, ...]] = []

    def hold(command: Sequence[str], environment: Mapping[str, str]) -> Callable[[], None]:
        held.append(tuple(command))
        assert "COMETAPI_KEY" not in environment
        return held.clear

    release = MacOS({"COMETAPI_KEY": "sk"}, hold=hold).stay_awake("pictures")
    assert held == [("caffeinate", "-i", "cat")]
    assert release is not None
