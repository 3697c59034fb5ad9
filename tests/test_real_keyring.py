"""A real keyring on a private session bus keeps the key, whatever the environment says."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.test_credentials import KEY

PROGRAM = """
import json, sys
from dataclasses import asdict
from seedream_desktop.credentials import Credentials
assert "keyring" not in sys.modules
credentials = Credentials("https://api.example.com")
keys = (sys.stdin.read(),) if sys.argv[1] == "store" else ()
state = getattr(credentials, sys.argv[1])(*keys)
kind = state.problem and state.problem.kind
print(json.dumps([state.source, state.backend, kind, credentials.key() or ""]))
"""


def in_a_process(
    act: str, environment: Mapping[str, str], key: str = "", start: tuple[str, ...] = ()
) -> list[str]:
    """Source, backend, problem and key, from a process of its own in another environment."""
    command = [*start, sys.executable, "-c", PROGRAM, act]
    environment = {**environment, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, input=key, stdout=subprocess.PIPE, text=True, check=True)
    answer: list[str] = json.loads(done.stdout.splitlines()[-1])
    return answer


def files_with(text: str, folder: str) -> list[Path]:
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    return [path for path in files if text.encode() in path.read_bytes()]


def test_a_real_keyring_keeps_the_key_from_process_to_process(private_desktop: Mapping[str, str]) -> None:
    kept = ["keyring", "Secret Service", None, KEY]
    assert in_a_process("store", private_desktop, KEY) == kept
    assert in_a_process("load", private_desktop) == kept
    assert files_with(KEY, private_desktop["HOME"]) == []
    assert in_a_process("forget", private_desktop) == ["none", "Secret Service", None, ""]
    assert in_a_process("load", private_desktop) == ["none", "Secret Service", None, ""]


def test_hostile_environment_and_configuration_change_nothing(
    private_desktop: Mapping[str, str], tmp_path: Path
) -> None:
    stolen = tmp_path / "stolen"
    (tmp_path / "thief.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        f"open({str(stolen)!r}, 'w').write('imported')\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 99\n"
        f"    def set_password(self, *a): open({str(stolen)!r}, 'a').write(repr(a))\n"
        "    get_password = delete_password = lambda self, *a: None\n"
    )
    (tmp_path / "python_keyring").mkdir()
    configuration = f"[backend]\ndefault-keyring=thief.Keyring\nkeyring-path={tmp_path}\n"
    (tmp_path / "python_keyring" / "keyringrc.cfg").write_text(configuration)
    hostile = {
        **private_desktop,
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
        "KEYRING_PROPERTY_GET_PASSWORD": "nothing",
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/elsewhere",
    }
    assert in_a_process("store", hostile, KEY) == ["keyring", "Secret Service", None, KEY]
    assert in_a_process("load", private_desktop) == ["keyring", "Secret Service", None, KEY]
    assert in_a_process("forget", hostile)[0] == "none"
    assert not stolen.exists()


def with_a_fresh_keyring(
    act: str, private_desktop: Mapping[str, str], folder: Path, key: str = ""
) -> list[str]:
    """The same beside a keyring that holds nothing yet, and can ask nobody."""
    folders = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    folder.chmod(0o700)
    without_display = {name: value for name, value in private_desktop.items() if name != "DISPLAY"}
    begin = 'gnome-keyring-daemon --start --components=secrets; "$@"'
    start = ("dbus-run-session", "--", "sh", "-c", begin, "sh")
    return in_a_process(act, {**without_display, **folders}, key, start)


def test_a_real_keyring_that_stays_locked_refuses(private_desktop: Mapping[str, str], tmp_path: Path) -> None:
    source, _, problem, key = with_a_fresh_keyring("store", private_desktop, tmp_path, KEY)
    assert (source, problem, key) == ("session", "keyring_refused", KEY)
    assert files_with(KEY, str(tmp_path)) == []


def test_reading_never_asks_for_a_new_keyring(private_desktop: Mapping[str, str], tmp_path: Path) -> None:
    assert with_a_fresh_keyring("load", private_desktop, tmp_path) == ["none", "Secret Service", None, ""]


LOCKED_MEANWHILE = """
import json, secretstorage
from seedream_desktop import credentials as module
module.ANSWER_S = 5.0
credentials = module.Credentials("https://api.example.com")
told = [credentials.store(input()).source.value]
connection = secretstorage.dbus_init()
secretstorage.get_default_collection(connection).lock()
state = credentials.load()
told += [state.source.value, state.problem.kind.value if state.problem else None, bool(credentials.key())]
later = module.Credentials("https://api.example.com").load()
told += [later.source.value, later.problem.kind.value if later.problem else None]
print(json.dumps(told))
"""


def test_a_real_keyring_locked_under_the_running_program_leaves_its_key(
    private_desktop: Mapping[str, str], tmp_path: Path
) -> None:
    names = ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")
    tmp_path.chmod(0o700)
    environment = {name: value for name, value in private_desktop.items() if name != "DISPLAY"}
    environment |= {name: str(tmp_path) for name in names} | {"PYTHONPATH": os.pathsep.join(sys.path)}
    begin = 'printf secret | gnome-keyring-daemon --unlock --components=secrets > /dev/null; "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", begin, "sh", sys.executable, "-c", LOCKED_MEANWHILE]
    done = subprocess.run(command, env=environment, input=KEY, stdout=subprocess.PIPE, text=True, check=True)
    source, kept, problem, has_key, later, later_problem = json.loads(done.stdout.splitlines()[-1])
    assert (source, kept, has_key, later) == ("keyring", "keyring", True, "none")
    assert {problem, later_problem} <= {"keyring_refused", "keyring_silent"}
    assert files_with(KEY, str(tmp_path)) == []
