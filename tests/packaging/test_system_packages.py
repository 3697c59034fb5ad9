"""What the system lacks: found, installed as root on a Debian-like system, otherwise told in one line."""

import importlib.util
import os
import shutil
import subprocess
import sys

import pytest

import system_packages
from system_packages import Missing, MissingPackagesError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system packages are a Linux matter"
)

GLIB = Missing("libglib-2.0.so.0", "libglib2.0-0")
NOT_THERE = {"libnot-there.so.9": "libnot-there9"}


def ignore(_text: str) -> None:
    """Say nothing."""


@pytest.fixture
def apt_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A Debian-like system that lacks one library until apt-get has installed something."""
    calls: list[tuple[str, ...]] = []

    def apt_get(_apt: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        calls.append(arguments)
        is_stale = arguments[0] == "install" and ("update",) not in calls
        if arguments[0] == "install" and not is_stale:
            monkeypatch.setattr(system_packages, "QT_LIBRARIES", {})
        return subprocess.CompletedProcess([], 100 if is_stale else 0, stdout="no such package")

    monkeypatch.setattr(system_packages, "QT_LIBRARIES", NOT_THERE)
    monkeypatch.setattr(system_packages, "_apt_get", apt_get)
    monkeypatch.setattr(shutil, "which", lambda name, path=None: f"/usr/bin/{name}")
    monkeypatch.setattr(system_packages, "_apt_knows", lambda _package: False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return calls


def test_a_complete_system_is_left_alone(
    apt_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "QT_LIBRARIES", {"libc.so.6": "libc6"})
    system_packages.provide(ignore, for_tests=False)
    assert apt_calls == []


def test_root_gets_what_is_missing_installed_after_an_update(apt_calls: list[tuple[str, ...]]) -> None:
    system_packages.provide(ignore, for_tests=False)
    assert apt_calls[-2:] == [("update",), ("install", "libnot-there9")]


def test_root_is_told_when_apt_fails(
    apt_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess[str]([], 100, stdout="E: unmet dependencies")
    monkeypatch.setattr(system_packages, "_apt_get", lambda *_arguments: failed)
    with pytest.raises(MissingPackagesError, match="E: unmet dependencies"):
        system_packages.provide(ignore, for_tests=False)


def test_an_ordinary_user_gets_the_one_line_to_run(
    apt_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(MissingPackagesError) as stopped:
        system_packages.provide(ignore, for_tests=False)
    line = "sudo apt-get install -y --no-install-recommends libnot-there9"
    assert str(stopped.value).splitlines()[-1] == line
    assert apt_calls == []


def test_another_distribution_gets_the_list(
    apt_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name, path=None: None)
    with pytest.raises(MissingPackagesError, match=r"libnot-there\.so\.9 +\(on Debian in libnot-there9\)"):
        system_packages.provide(ignore, for_tests=False)


@pytest.mark.parametrize(("is_new", "package"), [(True, "libglib2.0-0t64"), (False, "libglib2.0-0")])
def test_a_renamed_package_goes_by_the_name_of_the_release(
    monkeypatch: pytest.MonkeyPatch, is_new: bool, package: str
) -> None:
    monkeypatch.setattr(system_packages, "_apt_knows", lambda _package: is_new)
    assert system_packages.package_names((GLIB, GLIB)) == (package,)


def test_a_missing_ensurepip_is_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    missing = next(system_packages.find_missing(for_tests=False))
    assert missing.package == "python{}.{}-venv".format(*sys.version_info)


def test_only_the_tests_need_a_display_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "find_program", lambda _name: None)
    to_run = {one.package for one in system_packages.find_missing(for_tests=False)}
    to_test = {one.package for one in system_packages.find_missing(for_tests=True)}
    assert to_test - to_run >= {"xvfb", "dbus", "gnome-keyring", "at-spi2-core"}
