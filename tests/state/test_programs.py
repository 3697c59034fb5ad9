"""The program that was used last is used again, and what the system means where that one is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.platforms.linux import Linux
from seedream_desktop.platforms.programs import Program
from seedream_desktop.state.programs import CHOSEN_MOST, MEANT, Programs

PICTURE = Path("/pictures/a cat edit 1.png")
KRITA, GIMP = Program("krita.desktop", "Krita"), Program("gimp.desktop", "GIMP")


class Desktop(Linux):
    """A desktop with a few programs."""

    def __init__(self, *programs: Program) -> None:
        super().__init__({})
        self.programs = programs
        self.opened: list[str] = []
        self.opens_by_itself = True

    def programs_for(self, path: Path) -> tuple[Program, ...]:
        return self.programs

    def open_with(self, program_id: str, path: Path) -> bool:
        self.opened.append(program_id)
        return program_id in {one.id for one in self.programs} or program_id.startswith("/")

    def open_with_default(self, path: Path) -> bool:
        self.opened.append("")
        return self.opens_by_itself


def test_what_was_used_last_is_used_again_after_a_restart(tmp_path: Path) -> None:
    desktop, memory = Desktop(KRITA, GIMP), tmp_path / "programs.json"
    assert Programs(desktop, memory).open(PICTURE, None) == MEANT
    assert Programs(desktop, memory).open(PICTURE, GIMP) == GIMP
    assert Programs(desktop, memory).choice_for(PICTURE).last == GIMP
    assert Programs(desktop, memory).open(PICTURE, None) == GIMP
    assert Programs(desktop, memory).open(PICTURE, MEANT) == MEANT
    assert Programs(desktop, memory).open(PICTURE, None) == MEANT
    assert desktop.opened == ["", "gimp.desktop", "gimp.desktop", "", ""]


def test_a_program_that_is_gone_gives_way_to_what_the_system_means(tmp_path: Path) -> None:
    desktop = Desktop(KRITA)
    programs = Programs(desktop, tmp_path / "programs.json")
    assert programs.open(PICTURE, KRITA) == KRITA
    desktop.programs = ()
    assert programs.open(PICTURE, None) == MEANT
    assert programs.open(PICTURE, KRITA) is None
    desktop.opens_by_itself = False
    assert programs.open(PICTURE, None) is None


def test_programs_that_were_chosen_by_their_paths_are_offered_again(tmp_path: Path) -> None:
    programs = Programs(Desktop(KRITA), tmp_path / "programs.json")
    for number in range(CHOSEN_MOST + 2):
        programs.open(PICTURE, Program(f"/opt/{number}", f"{number}"))
    programs.open(PICTURE, KRITA)
    offered = [program.id for program in programs.choice_for(PICTURE).programs]
    assert offered == [KRITA.id, *(f"/opt/{number}" for number in range(6, 1, -1))]


@pytest.mark.parametrize("held", ["", "[]", '{"last": 5}', '{"last": {"id": []}}'])
def test_a_damaged_memory_remembers_nothing(tmp_path: Path, held: str) -> None:
    memory = tmp_path / "programs.json"
    memory.write_text(held)
    assert Programs(Desktop(KRITA), memory).choice_for(PICTURE).last == MEANT
