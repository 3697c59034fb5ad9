"""Presets in the window: a quiet button beside the prompt's caption, a list, and what was changed by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.generation.plain import plain
from seedream_desktop.generation.recipe_parts import only, parts_chosen, parts_in
from seedream_desktop.gui.pick_list import PickRow
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.gui.recipe_part_words import changed_words, held_words, references_words

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe_parts import RecipePart
    from seedream_desktop.gui.presets_popup import PresetsPopup
    from seedream_desktop.gui.save_preset_popup import SavePresetPopup
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.presets import Applied
    from seedream_desktop.state.session import Session

_NAME_CHARACTERS = 40  # of a prompt that becomes a name


class PresetTie(QObject):
    """Ties Compose to the presets of the session, which are read when they are first asked for."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Put the button up."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._popup: PresetsPopup | None = None
        self._save_popup: SavePresetPopup | None = None
        self._is_listening = False
        self._offers_undo = False
        self.button = parts.window.compose.add_caption_button()
        self.button.clicked.connect(self.open)
        parts.commands.presets_requested.connect(self.open)
        parts.window.compose.words_written.connect(self._write_words)
        session.draft.recipe_changed.connect(self._on_draft)
        self._write_words()

    @property
    def popup(self) -> PresetsPopup:
        """The list."""
        if self._popup is None:
            from seedream_desktop.gui.presets_popup import PresetsPopup  # late: when it is first opened

            popup = self._popup = PresetsPopup(self._parts.window)
            popup.picked.connect(self.apply)
            popup.renamed.connect(self._rename)
            popup.removal_requested.connect(self.remove)
            popup.update_requested.connect(self._update)
            popup.save_requested.connect(self.ask)
        return self._popup

    @property
    def save_popup(self) -> SavePresetPopup:
        """What asks for a name."""
        if self._save_popup is None:
            from seedream_desktop.gui.save_preset_popup import SavePresetPopup  # late: rarely asked

            self._save_popup = SavePresetPopup(self._parts.window)
            self._save_popup.save_requested.connect(self._save)
        return self._save_popup

    def open(self) -> None:
        """Show the presets as they are now, also those that other machines brought."""
        self._listen()
        compose = self._parts.window.compose
        self._parts.right.show_compose()
        self._session.presets.read(lambda: self.popup.open_below(self._rows(), self.button, compose))

    def ask(self) -> None:
        """Ask under which name which parts of the draft shall be kept."""
        self._listen()
        recipe, compose = self._session.draft.recipe, self._parts.window.compose
        proposal = plain(" ".join((recipe.prompt or "").split()), _NAME_CHARACTERS)
        self._parts.right.show_compose()
        parts = parts_chosen(recipe, self._session.catalog)
        self.save_popup.ask(proposal, parts, self._session.presets.is_taken, self.button, compose)

    def apply(self, preset_id: str) -> None:
        """Put it into the draft."""
        self._listen()
        self._session.presets.apply(preset_id)

    def remove(self, preset_id: str) -> None:
        """Let a preset go, which can be taken back."""
        preset = self._session.presets.find(preset_id)
        if preset is None:
            return
        if preset.is_newer:
            self._on_refused(preset.name)
            return
        self._session.presets.remove(preset_id)
        text = self.tr("The preset {preset} is removed. The draft stays as it is.")
        self._parts.notices.say(
            text.format(preset=_shown(preset.name)), self.tr("Undo"), self._session.undo.undo
        )

    def _listen(self) -> None:
        if not self._is_listening:
            self._is_listening = True
            presets = self._session.presets
            presets.applied.connect(self._on_applied)
            presets.refused.connect(self._on_refused)
            presets.changed.connect(self._on_changed)
            presets.read()

    def _rows(self) -> list[PickRow]:
        catalog, newer = self._session.catalog, self.tr("Made by a newer version")
        return [
            PickRow(
                preset.id,
                _shown(preset.name),
                newer if preset.is_newer else held_words(preset.recipe, catalog),
                can_be_renamed=not preset.is_newer,
            )
            for preset in self._session.presets.presets
        ]

    def _on_changed(self) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.show_rows(self._rows())

    def _save(self, name: str, parts: tuple[RecipePart, ...]) -> None:
        self._session.presets.save(name, only(self._session.draft.recipe, parts))
        text = self.tr("{preset} is kept as a preset.")
        self._parts.notices.say(text.format(preset=_shown(name)), self.tr("Undo"), self._session.undo.undo)

    def _update(self, preset_id: str) -> None:
        preset = self._session.presets.find(preset_id)
        if preset is not None:
            recipe = only(self._session.draft.recipe, parts_in(preset.recipe))
            self._session.presets.change(preset_id, recipe)

    def _rename(self, preset_id: str, name: str) -> None:
        if self._session.presets.is_taken(name, preset_id):
            text = self.tr("Another preset is called {name}. Nothing was renamed.")
            self._parts.notices.warn(text.format(name=_shown(name)))
        else:
            self._session.presets.rename(preset_id, name)

    def _on_applied(self, applied: Applied) -> None:
        name = _shown(applied.name)
        if applied.changed:
            text = self.tr("Preset {preset}: {parts} changed.")
            said = text.format(preset=name, parts=changed_words(applied.changed))
        else:
            said = self.tr("The draft was already as the preset {preset} says.").format(preset=name)
        if applied.missing:
            gone = self.tr("{references} left out: the files are not in this library any more.")
            said = f"{said} {gone.format(references=references_words(applied.missing))}"
        if applied.changed:
            self._parts.notices.say(said, self.tr("Undo"), self._session.draft.undo)
            self._offers_undo = True
        else:
            self._parts.notices.say(said)
        self._parts.window.compose_prompt()

    def _on_refused(self, name: str) -> None:
        text = self.tr(
            "The preset {preset} was made by a newer version of Seedream Desktop. It stays as it is, and so "
            "does the draft."
        )
        self._parts.notices.warn(text.format(preset=_shown(name)))

    def _on_draft(self) -> None:
        """A notice does not go on offering to undo what is not the newest step any more."""
        if self._offers_undo:
            self._offers_undo = False
            self._parts.notices.withdraw_offer()

    def _write_words(self) -> None:
        self.button.setText(self.tr("Presets"))
        self.button.setAccessibleName(self.tr("Presets"))
        self.button.setToolTip(self.tr("Parts of requests that are kept under a name"))


def _shown(name: str) -> str:
    return plain(name, LABEL_CHARACTERS)
