"""Programs that Windows' registry names for a kind of file, and the command line of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PureWindowsPath

from seedream_desktop.platforms.programs import Program

Values = Callable[[str], Mapping[str, str]]  # of a key of the registry; "" is its default value
_CLASSES = "HKEY_CLASSES_ROOT"
_CHOSEN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts"
_PLACE = re.compile(r'"?%(?:1|l|L)"?')
_REST = re.compile(r"\s*%(?:\*|[2-9])")


def programs_for(suffix: str, values: Values) -> tuple[Program, ...]:
    """The one that the user chose first, then those that were used, then what is registered."""
    found: dict[str, Program] = {}
    for key, name in _registered(suffix, values):
        command = values(rf"{key}\shell\open\command").get("")
        if command and (program := _program_of(command)):
            found.setdefault(program.lower(), Program(command, name or PureWindowsPath(program).stem))
    return tuple(found.values())


def command_line(command: str, path: str) -> str:
    """``command`` of the registry, or a program's path, with the file in its place."""
    if not _program_of(command) or '"' in path:
        return ""
    if not _PLACE.search(command):
        program = command if command.startswith('"') else f'"{command}"'
        return f'{program} "{path}"'
    return _REST.sub("", _PLACE.sub(lambda _: f'"{path}"', command))


def _registered(suffix: str, values: Values) -> Iterator[tuple[str, str]]:
    """Keys that have a command, with the name that they say they have."""
    chosen = values(rf"{_CHOSEN}\{suffix}\UserChoice").get("ProgId", "")
    classes = [chosen, *values(rf"{_CHOSEN}\{suffix}\OpenWithProgids")]
    classes += [values(rf"{_CLASSES}\{suffix}").get("", ""), *values(rf"{_CLASSES}\{suffix}\OpenWithProgids")]
    used = values(rf"{_CHOSEN}\{suffix}\OpenWithList")
    order = used.get("MRUList", "")
    executables = [used[letter] for letter in order if letter in used]
    for one in (*classes[:1], *(rf"Applications\{name}" for name in executables), *classes[1:]):
        if one:
            key = rf"{_CLASSES}\{one}"
            shown = values(rf"{key}\Application").get("ApplicationName", "")
            name = values(key).get("FriendlyAppName", "") or shown
            yield key, "" if name.startswith("@") else name  # a text in some library: not ours to load


def _program_of(command: str) -> str:
    """The program that a command line starts; empty: none."""
    quoted = re.match(r'\s*"([^"]+)"', command)
    plain = re.match(r"\s*(\S.*?\.exe)(?:\s|$)", command, re.IGNORECASE)
    return quoted[1] if quoted else plain[1] if plain else ""
