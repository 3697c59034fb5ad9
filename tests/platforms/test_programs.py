"""Each system says which programs open a picture, and each is started with that picture and nothing else."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from seedream_desktop.platforms.desktop_files import DesktopFiles
from seedream_desktop.platforms.linux import Linux
from seedream_desktop.platforms.macos import MacOS
from seedream_desktop.platforms.programs import Program
from seedream_desktop.platforms.windows import Windows
from seedream_desktop.platforms.windows_programs import command_line
from seedream_desktop.platforms.windows_system import WindowsSystem
from tests.platforms.test_windows import FakeSystem

PICTURE = Path("/pictures/窗边的猫 'edit' 1.png")
KRITA = r'"C:\Program Files\Krita\bin\krita.exe" "%1" %*'
CLASSES, CHOSEN = (
    "HKEY_CLASSES_ROOT",
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.png",
)
REGISTRY: dict[str, dict[str, str]] = {
    rf"{CHOSEN}\UserChoice": {"ProgId": "Krita.png"},
    rf"{CHOSEN}\OpenWithList": {"a": "photoshop.exe", "b": "gone.exe", "MRUList": "ba"},
    rf"{CLASSES}\.png": {"": "pngfile"},
    rf"{CLASSES}\.png\OpenWithProgids": {"Krita.png": "", "AppX43hnxtbyyps62jhe9sqpdzxn1790zetc": ""},
    rf"{CLASSES}\Krita.png\Application": {"ApplicationName": "Krita"},
    rf"{CLASSES}\Krita.png\shell\open\command": {"": KRITA},
    rf"{CLASSES}\Applications\photoshop.exe\shell\open\command": {"": r'"D:\Adobe\Photoshop.exe" "%1"'},
    rf"{CLASSES}\pngfile\shell\open\command": {"": r"C:\Windows\system32\mspaint.exe %1"},
}


class Starter:
    """Remembers what was to be started."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        self.commands.append(tuple(command))
        return True


class Registry(FakeSystem):
    """A registry."""

    def registry_values(self, key: str) -> Mapping[str, str]:
        return REGISTRY.get(key, {})


@pytest.fixture
def desktop(tmp_path: Path) -> dict[str, str]:
    """An environment with programs of one's own and of everyone."""
    own, everyones, config, programs = (
        tmp_path / name for name in ("own/applications", "all/applications", "config", "bin")
    )
    for folder in (own, everyones / "kde", config, programs):
        folder.mkdir(parents=True)
    for name in ("gimp", "krita", "viewer", "flatpak"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)

    def write(path: Path, command: str, *more: str) -> None:
        path.write_text("\n".join(("[Desktop Entry]", f"Exec={command}", *more)))

    write(own / "gimp.desktop", "gimp %U", "Name=GIMP", "Name[zh]=图像处理", "MimeType=image/png;image/jpeg;")
    write(everyones / "kde" / "krita.desktop", 'krita --name "a b" %F', "Name=Krita")
    write(everyones / "viewer.desktop", "viewer", "Name=Viewer", "[Desktop Action new]", "Exec=rubbish %f")
    write(everyones / "gone.desktop", "not-there %f", "Name=Gone")
    write(everyones / "shell.desktop", "viewer %f", "Name=Shell", "Terminal=true")
    write(everyones / "hidden.desktop", "viewer %f", "Name=Hidden", "NoDisplay=true")
    write(everyones / "org.inkscape.desktop", "flatpak run --file-forwarding ink @@u %u @@ %i", "Name=Ink")
    every = (
        "viewer.desktop;gone.desktop;shell.desktop;hidden.desktop;org.inkscape.desktop;kde-krita.desktop;x;"
    )
    (everyones / "mimeinfo.cache").write_text(f"[MIME Cache]\nimage/png={every}\n")
    (config / "mimeapps.list").write_text(
        "[Default Applications]\nimage/png=kde-krita.desktop\n"
        "[Removed Associations]\nimage/png=viewer.desktop;\n"
        "# nothing\n[Added Associations]\nimage/webp=viewer.desktop\n"
    )
    return {
        "XDG_DATA_HOME": str(tmp_path / "own"),
        "XDG_DATA_DIRS": str(tmp_path / "all"),
        "XDG_CONFIG_HOME": str(config),
        "XDG_CONFIG_DIRS": str(tmp_path / "none"),
        "PATH": str(programs),
        "LANG": "zh_CN.UTF-8",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="needs programs that can be run")
def test_linux_offers_what_the_desktop_says_the_one_that_is_meant_first(desktop: dict[str, str]) -> None:
    found = Linux(desktop).programs_for(PICTURE)
    assert [program.name for program in found] == ["Krita", "图像处理", "Ink"]
    assert [program.name for program in Linux(desktop).programs_for(Path("a.webp"))] == ["Viewer"]
    assert Linux(desktop).programs_for(Path("a.unknown")) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("gimp.desktop", ("gimp", PICTURE.as_uri())),
        ("kde-krita.desktop", ("krita", "--name", "a b", str(PICTURE))),
        ("viewer.desktop", ("viewer", str(PICTURE))),
        (
            "org.inkscape.desktop",
            ("flatpak", "run", "--file-forwarding", "ink", "@@u", PICTURE.as_uri(), "@@"),
        ),
        ("/opt/affinity", ("/opt/affinity", str(PICTURE))),
    ],
)
def test_linux_starts_a_program_as_its_desktop_file_says(
    desktop: dict[str, str], program: str, command: tuple[str, ...]
) -> None:
    start = Starter()
    assert Linux(desktop, start).open_with(program, PICTURE)
    assert start.commands == [command]


@pytest.mark.parametrize(
    "program", ["gone.desktop", "../../etc/passwd", "none.desktop", "", "hidden.desktop"]
)
def test_linux_starts_nothing_that_is_not_there(desktop: dict[str, str], program: str) -> None:
    start = Starter()
    assert not Linux(desktop, start).open_with(program, PICTURE)
    assert start.commands == []


def test_rubbish_of_a_desktop_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "bad.desktop").write_bytes(b'\xff[Desktop Entry]\nExec="never %f\n=\n\0')
    (tmp_path / "applications" / "mimeinfo.cache").write_text(
        "image/png=bad.desktop\n[MIME Cache]\nimage/png"
    )
    environment = {
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_DATA_DIRS": str(tmp_path / "none"),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    assert DesktopFiles(environment).programs_for("image/png") == ()


def test_macos_offers_what_bundles_say_and_opens_in_one_of_them(tmp_path: Path) -> None:
    def bundle(place: str, **said: object) -> None:
        (tmp_path / place / "Contents").mkdir(parents=True)
        (tmp_path / place / "Contents" / "Info.plist").write_bytes(plistlib.dumps(said))

    def opens(**kind: object) -> list[object]:
        return [{"CFBundleTypeRole": "Editor", **kind}]

    bundle(
        "Adobe/Photoshop.app",
        CFBundleName="Photoshop",
        CFBundleDocumentTypes=opens(CFBundleTypeExtensions=["png"]),
    )
    bundle("Preview.app", CFBundleDocumentTypes=opens(LSItemContentTypes=["public.image"]))
    bundle("Music.app", CFBundleDocumentTypes=opens(LSItemContentTypes=["public.mp3"]))
    bundle(
        "Looker.app",
        CFBundleDocumentTypes=[{"CFBundleTypeRole": "QLGenerator", "CFBundleTypeExtensions": ["png"]}],
    )
    (tmp_path / "Broken.app" / "Contents").mkdir(parents=True)
    (tmp_path / "Broken.app" / "Contents" / "Info.plist").write_bytes(b"<plist><dict>")
    start = Starter()
    macos = MacOS({"HOME": str(tmp_path / "home")}, start, applications=(tmp_path,))
    found = macos.programs_for(PICTURE)
    assert [program.name for program in found] == ["Photoshop", "Preview"]
    assert macos.open_with(found[0].id, PICTURE)
    assert start.commands == [("open", "-a", f"{tmp_path}/Adobe/Photoshop.app", str(PICTURE))]


def test_windows_offers_what_the_registry_says_and_opens_in_one_of_them() -> None:
    system = Registry()
    windows = Windows({}, system)
    found = windows.programs_for(PICTURE)
    assert [program.name for program in found] == ["Krita", "Photoshop", "mspaint"]
    assert found[0] == Program(KRITA, "Krita")
    assert windows.open_with(found[0].id, PICTURE)
    assert system.asked == [("run", rf'"C:\Program Files\Krita\bin\krita.exe" "{PICTURE.absolute()}"')]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (r"C:\Windows\system32\mspaint.exe %1", r'C:\Windows\system32\mspaint.exe "D:\a b.png"'),
        (r'"C:\x.exe" -o "%L"', r'"C:\x.exe" -o "D:\a b.png"'),
        (r"C:\Program Files\Affinity\Photo.exe", r'"C:\Program Files\Affinity\Photo.exe" "D:\a b.png"'),
        ("", ""),
        ("rundll32", ""),
    ],
)
def test_a_command_line_of_windows_holds_the_file_once_and_quoted(command: str, line: str) -> None:
    assert command_line(command, r"D:\a b.png") == line


@pytest.mark.skipif(sys.platform == "win32", reason="is about the others")
def test_there_is_no_registry_elsewhere() -> None:
    assert WindowsSystem().registry_values(r"HKEY_CLASSES_ROOT\.png") == {}
