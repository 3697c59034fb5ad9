"""Refreshes the translations: collects every string of the window, and compiles what is translated.

Called as ``python3 packaging/dev.py translations [--check]``; with ``--check`` nothing is written, and what
is not translated, not collected or not compiled makes it fail.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)


def tool(name: str) -> str:
    """The path of one of Qt's tools in this environment."""
    found = shutil.which(f"pyside6-{name}", path=sysconfig.get_path("scripts"))
    if found is None:
        sys.exit(f"pyside6-{name} is missing from this environment.")
    return found


def sources() -> list[str]:
    """Every file that may hold words, in a fixed order."""
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "seedream_desktop" / "gui").glob("*.py"))]


def collect(target: Path, language: str) -> None:
    """Bring the list of strings in ``target`` up to date; what is translated stays."""
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    command = [tool("lupdate"), *sources(), *options, "-ts", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def build(source: Path, target: Path) -> None:
    """Compile ``source``; only what is translated gets in."""
    command = [tool("lrelease"), "-silent", str(source), "-qm", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def untranslated(source: Path) -> list[str]:
    """The strings of ``source`` without a finished translation."""
    found = []
    for message in ET.parse(source).getroot().iter("message"):
        translation = message.find("translation")
        words = [*(translation.itertext() if translation is not None else ())]
        is_finished = translation is not None and translation.get("type") is None
        if not is_finished or not "".join(words).strip():
            found.append(message.findtext("source") or "")
    return found


def uncollected(source: Path) -> list[str]:
    """The calls of the window that translate, and whose string is not in ``source``.

    The tool passes over what is no literal, and over ``translate`` with a number that is more than a name.
    """
    messages = ET.parse(source).getroot().iter("message")
    collected = {message.findtext("source") for message in messages}
    return [
        f"{path}:{call.lineno}"
        for path in sources()
        for call, text in _translating_calls(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if text not in collected
    ]


def _translating_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str | None]]:
    """Every call of ``tr`` and ``translate`` with its string, None where that is no literal."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        position = {"tr": 0, "translate": 1}.get(name)
        if position is None or len(call.args) <= position or _is_painter(call):
            continue
        text = call.args[position]
        value = text.value if isinstance(text, ast.Constant) else None
        yield call, value if isinstance(value, str) else None


def _is_painter(call: ast.Call) -> bool:
    """A painter and a polygon translate as well: by two figures."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) not in {
        "self",
        "QCoreApplication",
    }


def check(language: str) -> list[str]:
    """What is wrong with the files of ``language``; empty when nothing is."""
    committed = FOLDER / f"seedream_desktop_{language}.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / committed.name
        shutil.copy(committed, fresh)
        collect(fresh, language)
        built = fresh.with_suffix(".qm")
        build(fresh, built)
        problems = [f"not translated: {text}" for text in untranslated(fresh)]
        problems += [f"not collected: {place}" for place in uncollected(fresh)]
        if built.read_bytes() != committed.with_suffix(".qm").read_bytes():
            problems.append(f"{committed.with_suffix('.qm').name} is not what a fresh build gives")
    return problems


def main(arguments: list[str]) -> int:
    """Refresh, or check; returns the exit code."""
    problems = []
    for language in LANGUAGES:
        source = FOLDER / f"seedream_desktop_{language}.ts"
        if "--check" in arguments:
            problems += check(language)
            continue
        collect(source, language)
        build(source, source.with_suffix(".qm"))
        problems += [f"not translated: {text}" for text in untranslated(source)]
        problems += [f"not collected: {place}" for place in uncollected(source)]
    print("\n".join(problems) or "Every string is translated.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
