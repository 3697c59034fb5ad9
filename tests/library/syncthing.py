"""Two real synchronisers on loopback, each with a home of its own, that know nobody but each other."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

PROGRAM = "syncthing"
FOLDER = "library"
PATIENCE_S = 60.0
_KEY = "key-of-a-test"
_EVENTS = "StateChanged,RemoteIndexUpdated,LocalIndexUpdated,DeviceConnected,DeviceResumed"
_OFF = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "crashReportingEnabled": "false",
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "startBrowser": "false",
    "stunKeepaliveStartS": "0",
    "announceLANAddresses": "false",
    "reconnectionIntervalS": "1",
    "progressUpdateIntervalS": "-1",
}


class Syncthing:
    """One synchroniser for one folder."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.folder = folder
        self._home = home
        self._ports = (_free_port(), _free_port())
        self._process: subprocess.Popen[bytes] | None = None
        _run("generate", f"--home={home}", "--no-default-folder", "--skip-port-probing")
        self.device = _run("serve", f"--home={home}", "--device-id").strip()

    @property
    def address(self) -> str:
        """Where the other one finds it."""
        return f"tcp://127.0.0.1:{self._ports[0]}"

    def start(self, other: Syncthing) -> None:
        """Begin to share the folder with ``other``."""
        self._configure(other)
        (self.folder / ".stfolder").mkdir(parents=True, exist_ok=True)
        command = [PROGRAM, "serve", f"--home={self._home}", "--no-browser", "--no-restart", "--no-upgrade"]
        with (self._home / "output").open("wb") as output:
            self._process = subprocess.Popen(
                command, stdout=output, stderr=output, env=_environment(self._home)
            )

    def stop(self) -> None:
        """End it, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def ask(self, path: str, method: str = "GET") -> Any:
        """What it answers; it is waited for while it starts."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._ports[1]}/rest/{path}", method=method, headers={"X-API-Key": _KEY}
        )
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                    content = answer.read()
                return json.loads(content) if content.strip().startswith((b"{", b"[")) else None
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)  # there is no event before it answers

    def scan(self) -> None:
        """Look at the whole folder now."""
        self.ask(f"db/scan?folder={FOLDER}", "POST")

    def status(self) -> dict[str, Any]:
        """How far it is."""
        found: dict[str, Any] = self.ask(f"db/status?folder={FOLDER}")
        return found

    def wait(self, seen: int) -> int:
        """Wait until something happens after the event ``seen``; gives the last one's number."""
        events: list[dict[str, int]] | None = self.ask(f"events?since={seen}&timeout=1&events={_EVENTS}")
        return max([seen, *(event["id"] for event in events or ())])

    def _configure(self, other: Syncthing) -> None:
        path = self._home / "config.xml"
        tree = ET.parse(path)  # its own
        root = tree.getroot()
        gui = root.find("gui")
        options = root.find("options")
        assert gui is not None
        assert options is not None
        _set(gui, "address", f"127.0.0.1:{self._ports[1]}")
        _set(gui, "apikey", _KEY)
        for name, value in {**_OFF, "listenAddress": self.address}.items():
            _set(options, name, value)
        for device in root.findall("device"):
            _set(device, "address", "dynamic")
        peer = ET.SubElement(root, "device", {"id": other.device, "compression": "never"})
        _set(peer, "address", other.address)
        usual = root.find("defaults/folder")
        assert usual is not None
        shared = copy.deepcopy(usual)  # what is left out of a folder is nothing, also of its conflict copies
        shared.attrib.update(_folder(self.folder))
        root.append(shared)
        for device_id in (self.device, other.device):
            ET.SubElement(shared, "device", {"id": device_id})
        tree.write(path)


@contextlib.contextmanager
def two_synchronisers(place: Path, first: Path, second: Path) -> Iterator[tuple[Syncthing, Syncthing]]:
    """Synchronisers of two folders, running and connected."""
    pair = Syncthing(place / "st-a", first), Syncthing(place / "st-b", second)
    try:
        pair[0].start(pair[1])
        pair[1].start(pair[0])
        yield pair
    finally:
        for one in pair:
            one.stop()


def part(first: Syncthing, second: Syncthing) -> None:
    """Take the line between them away."""
    first.ask(f"system/pause?device={second.device}", "POST")
    second.ask(f"system/pause?device={first.device}", "POST")


def join(first: Syncthing, second: Syncthing) -> None:
    """Give the line back."""
    first.ask(f"system/resume?device={second.device}", "POST")
    second.ask(f"system/resume?device={first.device}", "POST")


def bring_all(first: Syncthing, second: Syncthing) -> None:
    """Wait until both have the same files, those that changed until now included."""
    deadline = time.monotonic() + PATIENCE_S
    first.scan()
    second.scan()
    seen = first.wait(0)
    while not _are_even(first, second):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{first.status()} {second.status()}")
        seen = first.wait(seen)


def _are_even(first: Syncthing, second: Syncthing) -> bool:
    sides = [one.status() for one in (first, second)]
    if any(side["state"] != "idle" or side["needTotalItems"] for side in sides):
        return False
    return files_below(first.folder) == files_below(second.folder)


def files_below(folder: Path) -> dict[str, bytes]:
    """The library's files by name; what the synchroniser is just writing is none of them."""
    found = {}
    for path in folder.rglob("*"):
        if not path.name.startswith((".syncthing.", ".stfolder")) and path.is_file():
            with contextlib.suppress(FileNotFoundError):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _folder(path: Path) -> dict[str, str]:
    return {
        "id": FOLDER,
        "path": str(path),
        "type": "sendreceive",
        "rescanIntervalS": "3600",
        "fsWatcherEnabled": "true",
        "fsWatcherDelayS": "1",
    }


def _set(parent: ET.Element, name: str, value: str) -> None:
    for held in parent.findall(name):
        parent.remove(held)
    ET.SubElement(parent, name).text = value


def _run(*arguments: str) -> str:
    home = next(part.partition("=")[2] for part in arguments if part.startswith("--home="))
    done = subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, check=True, env=_environment(Path(home))
    )
    return done.stdout


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "STNOUPGRADE": "1", "GOMAXPROCS": "1"}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def is_there() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None
