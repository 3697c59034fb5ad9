"""Which variables of the environment child processes get: a list of what is allowed, never of what is not.

Secrets arrive in variables of any name, so only names that are known to be harmless and needed pass.
"""

from __future__ import annotations

from collections.abc import Mapping

COMMON = frozenset({"PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP"})
POSIX = COMMON | {"HOME", "USER", "LOGNAME", "SHELL"}


def allowed(
    environment: Mapping[str, str], names: frozenset[str], prefixes: tuple[str, ...] = ()
) -> dict[str, str]:
    """The variables of ``environment`` that are named in ``names`` or begin with one of ``prefixes``."""
    return {name: value for name, value in environment.items() if name in names or name.startswith(prefixes)}
