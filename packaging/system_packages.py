"""What the project needs from a Linux system, what of it is missing, and how a Debian-like one gets it."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]

# Shared libraries that the Qt wheels load and do not bring (ELF headers of PySide6-Essentials 6.11.3), and
# the Debian packages that hold them.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# Debian 13 and Ubuntu 24.04 renamed packages when time stamps grew to 64 bits.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
DESKTOP_PROGRAMS = {  # a private screen, bus and keyring
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "at-spi-bus-launcher": "at-spi2-core",
}
TEST_PROGRAMS = DESKTOP_PROGRAMS | {"strace": "strace", "syncthing": "syncthing"}
PROGRAM_FOLDERS = (
    "/usr/bin",
    "/bin",
    "/usr/sbin",
    "/usr/libexec",
    "/usr/lib/at-spi2-core",
    "/usr/libexec/at-spi2-core",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CHINESE_FONTS = ("*CJK*", "wqy-*", "DroidSansFallback*", "*SourceHan*", "uming*", "ukai*")
APT_LISTS = Path("/var/lib/apt/lists")


class MissingPackagesError(Exception):
    """The system lacks something that cannot be installed from here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the system lacks, and the Debian package that brings it."""

    what: str
    package: str


def provide(say: Say, *, for_tests: bool) -> None:
    """See that the system has what it takes: as root on a Debian-like one install it, else say how."""
    if not sys.platform.startswith("linux"):
        return
    missing = tuple(find_missing(for_tests=for_tests))
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        raise MissingPackagesError(_without_apt(missing))
    packages = package_names(missing)
    if os.geteuid() != 0:
        raise MissingPackagesError(_without_root(missing, packages))
    say(f"Installing system packages with apt-get: {' '.join(packages)}")
    _install(apt, missing)
    still = tuple(find_missing(for_tests=for_tests))
    if still:
        raise MissingPackagesError(
            "apt-get was content, but still missing: " + ", ".join(one.what for one in still)
        )


def find_missing(*, for_tests: bool) -> Iterator[Missing]:
    """What this Linux system lacks to run the application, and with `for_tests` to run the tests."""
    if importlib.util.find_spec("ensurepip") is None:
        yield Missing("Python's ensurepip", "python{}.{}-venv".format(*sys.version_info))
    for library, package in QT_LIBRARIES.items():
        if not _loads(library):
            yield Missing(library, package)
    if for_tests:
        yield from _missing_for_tests()


def find_program(name: str) -> str | None:
    """The path of a program, also where no shell looks for it."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(PROGRAM_FOLDERS))


def package_names(missing: tuple[Missing, ...]) -> tuple[str, ...]:
    """The packages of this system's release that bring what is missing, each once."""
    names = dict.fromkeys(one.package for one in missing)
    return tuple(RENAMED[name] if name in RENAMED and _apt_knows(RENAMED[name]) else name for name in names)


def _missing_for_tests() -> Iterator[Missing]:
    for program, package in TEST_PROGRAMS.items():
        if find_program(program) is None:
            yield Missing(program, package)
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    if not any(any(folder.rglob(pattern)) for folder in folders for pattern in CHINESE_FONTS):
        yield Missing("a font with Chinese characters", "fonts-wqy-microhei")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_knows(package: str) -> bool:
    found = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", package], capture_output=True, check=False, timeout=60
    )
    return found.returncode == 0 and bool(found.stdout.strip())


def _install(apt: str, missing: tuple[Missing, ...]) -> None:
    """Install with apt-get, whose package lists may be absent or out of date."""
    if any(APT_LISTS.glob("*_Packages*")):
        first_try = _apt_get(apt, "install", *package_names(missing))
        if first_try.returncode == 0:
            return
    update = _apt_get(apt, "update")
    result = _apt_get(apt, "install", *package_names(missing))
    if result.returncode:
        said = (update.stdout if update.returncode else "") + result.stdout
        raise MissingPackagesError(
            f"{said.rstrip()}\napt-get could not install what is missing; its words are above."
        )


def _apt_get(apt: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [apt, "-y", "-q", "--no-install-recommends", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _without_root(missing: tuple[Missing, ...], packages: tuple[str, ...]) -> str:
    return (
        f"This system lacks {', '.join(one.what for one in missing)}.\n"
        "Run this line, then the same command again:\n"
        f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    )


def _without_apt(missing: tuple[Missing, ...]) -> str:
    lines = "\n".join(f"  {one.what}   (on Debian in {one.package})" for one in missing)
    return f"This system lacks the following; install it with its own package tool, then try again:\n{lines}"
