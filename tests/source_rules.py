"""The rules of the house that no linter knows, as functions from a source file to what is wrong with it."""

import ast
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_WINDOW_LINES = 249
PACKAGE = "seedream_desktop"
WINDOW = f"{PACKAGE}/gui/window.py"

# Where a library may be imported: file or folder below the package, a folder ends in a slash.
QT_PLACES = ("tasks.py", "state/", "gui/", "app.py", "__main__.py", "self_check.py")
PLACES = {
    "httpx": ("api/",),
    "httpcore": ("api/",),
    "keyring": ("credentials.py",),
    "PIL": ("imaging/", "demo/"),
    "PySide6": QT_PLACES,
    "PySide6.QtWidgets": ("gui/", "app.py"),
    "PySide6.QtGui": ("state/", "gui/", "app.py", "self_check.py"),
}
# The stand-in delays answers; Windows lets go of a file that a scanner looks at only after a while.
MAY_SLEEP = ("demo/", "files.py")
# An address of a package registry, or a path of one machine. Letters are bracketed to keep this file out.
UNWANTED = re.compile(
    r"[p]ypi\.org|[p]ythonhosted|[d]eb\.debian\.org|--[i]ndex-url|--[e]xtra-index-url"
    r"|--[f]ind-links[ =]\S*[:/]|://[^ \"']+/[s]imple(/|\"|'|$)|(?<![\w.])/[w]ork/|(?<![\w.>])/[r]oot/"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the checkout; `path` is relative to its top."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file as Python sees it."""
        return _parsed(self.text, self.path)

    @property
    def below_package(self) -> str:
        """The path below the package, empty for a file outside it."""
        path = PurePosixPath(self.path)
        return str(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else ""


def long_file(source: Source) -> Iterator[str]:
    """The file is too long."""
    lines = len(source.text.splitlines())
    if lines > MAX_FILE_LINES:
        yield f"{source.path}: {lines} lines, at most {MAX_FILE_LINES}"


def long_function(source: Source) -> Iterator[str]:
    """A function is too long."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > MAX_FUNCTION_LINES:
            yield f"{source.path}: {node.name} has {_lines(node)} lines, at most {MAX_FUNCTION_LINES}"


def long_window(source: Source) -> Iterator[str]:
    """The main window grows into what everything hangs on."""
    if source.path != WINDOW:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and _lines(node) > MAX_WINDOW_LINES:
            yield f"{source.path}: {node.name} has {_lines(node)} lines, at most {MAX_WINDOW_LINES}"


def full_init(source: Source) -> Iterator[str]:
    """An `__init__.py` holds more than its docstring (and, at the top of the package, the version)."""
    if not source.path.endswith("__init__.py"):
        return
    body = source.tree.body
    if not body or ast.get_docstring(source.tree) is None:
        yield f"{source.path}: no docstring"
    for node in body[1:]:
        is_version = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__"
        if not (is_version and source.path == f"{PACKAGE}/__init__.py"):
            yield f"{source.path}:{node.lineno}: more than a docstring"


def frozen_window(source: Source) -> Iterator[str]:
    """The event loop is entered from inside, or a thread sleeps instead of waiting for something."""
    if not source.below_package:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "processEvents":
            yield f"{source.path}:{node.lineno}: processEvents"
        if _is_sleep(node) and not any(_is_at(source.below_package, place) for place in MAY_SLEEP):
            yield f"{source.path}: time.sleep"


def open_painter(source: Source) -> Iterator[str]:
    """A painter is left to the garbage collector: one that outlives its paint event crashes the process."""
    if not source.below_package:
        return
    tree = source.tree
    ended = {
        id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "QPainter":
            continue
        if id(node) not in ended:
            yield f"{source.path}:{node.lineno}: QPainter outside of a with statement"


def misplaced_library(source: Source) -> Iterator[str]:
    """A library is imported where the design does not have it."""
    if not source.below_package:
        return
    for node, module in _imports(source.tree):
        for library, places in PLACES.items():
            is_concerned = module == library or module.startswith(f"{library}.")
            if is_concerned and not any(_is_at(source.below_package, place) for place in places):
                yield f"{source.path}:{node.lineno}: {module} belongs to {', '.join(places)}"


def unexplained_late_import(source: Source) -> Iterator[str]:
    """An import inside a function without the reason on its line."""
    lines = source.text.splitlines()
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node, module in _imports(function):
            said = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if "# late: " not in said:
                yield f"{source.path}:{node.lineno}: {module} is imported late, and nothing says why"


def unwanted_address(source: Source) -> Iterator[str]:
    """An address of a package registry or a path of one machine."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNWANTED.search(line):
            yield f"{source.path}:{number}: {line.strip()[:100]}"


PYTHON_RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    long_file,
    long_function,
    long_window,
    full_init,
    frozen_window,
    open_painter,
    misplaced_library,
    unexplained_late_import,
)


@functools.cache
def _parsed(text: str, path: str) -> ast.Module:
    """Each file once, for all rules."""
    return ast.parse(text, path)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_sleep(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "time" and any(name.name == "sleep" for name in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "sleep" and ast.unparse(node) == "time.sleep"


def _imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Every import below a node by its full name: `from PySide6 import QtGui` gives PySide6.QtGui."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)


def _is_at(path: str, place: str) -> bool:
    return path.startswith(place) if place.endswith("/") else path == place
