"""Which programs open a kind of file, by freedesktop.org's rules, and how each is started.

MIME Applications 1.0 and Desktop Entry 1.5, read from the files themselves: the libraries that do it are many
times larger than these rules.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from seedream_desktop.platforms.programs import Program

_SUFFIX = ".desktop"
_FIELD = re.compile(r"%(.)")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_OWN = frozenset({"seedream-desktop.desktop"})
_FILE_BYTES_MOST = 1 << 20

Groups = Mapping[str, Mapping[str, str]]


class DesktopFiles:
    """What the desktop's files say. Reads them when it is asked."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """By the folders and the language that ``environment`` names."""
        home = Path(environment.get("HOME") or Path.home())
        config = environment.get("XDG_CONFIG_HOME") or str(home / ".config")
        data = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
        configs = (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
        everyones = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        self._applications = tuple(Path(one) / "applications" for one in (data, *everyones) if one)
        self._folders = (*(Path(one) for one in (config, *configs) if one), *self._applications)
        desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
        self._lists = (*(f"{one}-mimeapps.list" for one in desktops if one), "mimeapps.list")
        self._path = environment.get("PATH")
        self._languages = _languages(environment)

    def programs_for(self, media_type: str) -> tuple[Program, ...]:
        """The programs that open it, the one that is meant for it first."""
        found: dict[str, Program] = {}
        for desktop_id in self._ids_for(media_type) if media_type else ():
            entry = self._entry(desktop_id)
            if desktop_id not in found and desktop_id not in _OWN and self._can_be_used(entry):
                found[desktop_id] = Program(desktop_id, self._name(entry, desktop_id))
        return tuple(found.values())

    def command(self, desktop_id: str, path: Path) -> tuple[str, ...]:
        """What starts it with ``path``; empty: it is not here any more."""
        entry = self._entry(desktop_id)
        if not self._can_be_used(entry):
            return ()
        command: list[str] = []
        has_file = False
        for argument in _arguments(entry.get("Exec", "")):
            if argument in {"%i", "%c", "%k"}:  # icon, name and file of the program: nothing that it needs
                continue
            told = _FIELD.sub(lambda found: _field(found[1], path), argument)
            has_file = has_file or told != _FIELD.sub(lambda found: "%" if found[1] == "%" else "", argument)
            command.append(told)
        return tuple(command if has_file else (*command, str(path)))

    def _ids_for(self, media_type: str) -> Iterator[str]:
        """By rank; what a folder of higher rank takes away, one of lower rank does not bring back."""
        meant, added, removed = list[str](), list[str](), set[str]()
        for folder in self._folders:
            for groups in (_groups(folder / name) for name in self._lists):
                meant += _listed(groups, "Default Applications", media_type)
                added += [
                    one for one in _listed(groups, "Added Associations", media_type) if one not in removed
                ]
                removed.update(_listed(groups, "Removed Associations", media_type))
            if folder in self._applications:
                known = self._known_in(folder, media_type)
                added += [one for one in known if one not in removed]
        yield from (one for one in meant if one not in removed)
        yield from added

    def _known_in(self, folder: Path, media_type: str) -> tuple[str, ...]:
        """By the cache of a folder; where it has none, by each of its files."""
        cache = folder / "mimeinfo.cache"
        if cache.is_file():
            return _listed(_groups(cache), "MIME Cache", media_type)
        entries = sorted(folder.glob(f"*{_SUFFIX}"))
        return tuple(
            path.name
            for path in entries
            if media_type in _groups(path).get("Desktop Entry", {}).get("MimeType", "").split(";")
        )

    def _entry(self, desktop_id: str) -> Mapping[str, str]:
        if "/" in desktop_id or not desktop_id.endswith(_SUFFIX):
            return {}
        for folder in self._applications:
            for name in _file_names(desktop_id):
                if (folder / name).is_file():
                    return _groups(folder / name).get("Desktop Entry", {})
        return {}

    def _can_be_used(self, entry: Mapping[str, str]) -> bool:
        is_away = any(entry.get(key) == "true" for key in ("Hidden", "NoDisplay", "Terminal"))
        command = _arguments(entry.get("Exec", ""))
        needed = entry.get("TryExec") or (command[0] if command else "")
        return bool(needed) and not is_away and shutil.which(needed, path=self._path) is not None

    def _name(self, entry: Mapping[str, str], desktop_id: str) -> str:
        names = (entry.get(f"Name[{language}]") for language in self._languages)
        return next(filter(None, (*names, entry.get("Name"))), desktop_id.removesuffix(_SUFFIX))


def _languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """As names are translated: ``zh_CN``, then ``zh``."""
    asked = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, asked), "").partition(".")[0].partition("@")[0]
    return tuple(dict.fromkeys(filter(None, (locale, locale.partition("_")[0]))))


def _groups(path: Path) -> Groups:
    """The keys of each group; what cannot be read says nothing."""
    try:
        with path.open("rb") as file:
            text = file.read(_FILE_BYTES_MOST).decode("utf-8", "replace")
    except OSError:
        return {}
    groups: dict[str, dict[str, str]] = {}
    keys: dict[str, str] = {}
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            keys = groups.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key.strip(), re.sub(r"\\(.)", _unescaped, value.strip()))
    return groups


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[0])


def _listed(groups: Groups, group: str, media_type: str) -> tuple[str, ...]:
    return tuple(one for one in groups.get(group, {}).get(media_type, "").split(";") if one)


def _file_names(desktop_id: str) -> Iterable[str]:
    """A dash of an id may stand for a folder."""
    yield desktop_id
    parts = desktop_id.split("-")
    for count in range(1, len(parts)):
        yield "/".join((*parts[:count], "-".join(parts[count:])))


def _arguments(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quote that never ends
        return []


def _field(code: str, path: Path) -> str:
    if code in "fF":
        return str(path)
    if code in "uU":
        return path.as_uri()
    return "%" if code == "%" else ""
