"""What a look through the library found, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from seedream_desktop.gui import words
from seedream_desktop.library.findings import Checkup, FindingKind

translate = QCoreApplication.translate


def summary(checkup: Checkup) -> str:
    """How it stands, in a line."""
    looked_at = words.pictures(checkup.pictures)
    if not checkup.is_complete:
        text = translate("checkup", "Stopped after {pictures}. This was found until then:")
        if not checkup.findings:
            text = translate("checkup", "Stopped after {pictures}. Nothing was wrong until then.")
        return text.format(pictures=looked_at)
    if not checkup.findings:
        return translate("checkup", "Everything is in order: {pictures}.").format(pictures=looked_at)
    if all(finding.is_healed for finding in checkup.findings):
        text = translate("checkup", "{pictures} looked at. What was wrong has been mended.")
    else:
        text = translate("checkup", "{pictures} looked at. Some things need a look of yours.")
    return text.format(pictures=looked_at)


def title(kind: FindingKind, *, is_healed: bool) -> str:
    """What a group of findings is called."""
    mended = {
        FindingKind.RECORD_MISSING: translate("checkup", "Pictures that had no record and have one now"),
        FindingKind.RECORD_DAMAGED: translate("checkup", "Damaged records, restored from the index"),
        FindingKind.INDEX_WRONG: translate("checkup", "Entries of the index, corrected"),
        FindingKind.COPY_LEFT: translate("checkup", "Copies of records, merged"),
        FindingKind.LEFTOVER: translate("checkup", "Leftovers of interrupted writing, removed"),
    }
    open_ = {
        FindingKind.PICTURE_MISSING: translate("checkup", "Pictures that are missing"),
        FindingKind.PICTURE_DAMAGED: translate("checkup", "Pictures that cannot be opened"),
        FindingKind.PICTURE_CHANGED: translate("checkup", "Pictures whose bytes have changed"),
        FindingKind.PICTURE_UNREADABLE: translate("checkup", "Files that could not be read"),
        FindingKind.PICTURE_ELSEWHERE: translate("checkup", "Pictures that are only in the cloud"),
        FindingKind.PICTURE_TWICE: translate("checkup", "Pictures that lie on several boards"),
        FindingKind.RECORD_MISSING: translate("checkup", "Pictures without a record"),
        FindingKind.RECORD_DAMAGED: translate("checkup", "Records that were damaged"),
        FindingKind.REFERENCE_MISSING: translate("checkup", "References that are missing"),
        FindingKind.REFERENCE_DAMAGED: translate("checkup", "References that are damaged"),
        FindingKind.SPEND_DAMAGED: translate("checkup", "Cost records that are damaged"),
        FindingKind.TRASH_DAMAGED: translate("checkup", "Incomplete entries in the trash"),
        FindingKind.LEFTOVER: translate("checkup", "Leftovers of interrupted writing"),
    }
    return (mended if is_healed else open_).get(kind) or open_.get(kind) or mended[kind]


def explanation(kind: FindingKind, *, is_healed: bool) -> str:
    """What it means, and what can be done; empty: nothing is to be done."""
    if is_healed:
        restored = translate("checkup", "Sizes and parameters were only in the damaged records.")
        return restored if kind is FindingKind.RECORD_DAMAGED else ""
    return {
        FindingKind.PICTURE_MISSING: translate("checkup", "Rating and recipe wait for them, under any name."),
        FindingKind.PICTURE_DAMAGED: translate(
            "checkup", "Put them back from a backup; rating and recipe are kept."
        ),
        FindingKind.PICTURE_CHANGED: translate("checkup", "Another program or a failing disk changed them."),
        FindingKind.PICTURE_UNREADABLE: translate("checkup", "The disk or its permissions do not give them."),
        FindingKind.PICTURE_ELSEWHERE: translate("checkup", "They were not fetched to be looked at."),
        FindingKind.PICTURE_TWICE: translate(
            "checkup",
            "Their boards were copied, or two computers moved them apart. Trash those that are one too many.",
        ),
        FindingKind.RECORD_MISSING: translate("checkup", "No record could be written for them."),
        FindingKind.RECORD_DAMAGED: translate(
            "checkup", "Nothing was known of them; the damaged files are kept."
        ),
        FindingKind.REFERENCE_MISSING: translate("checkup", "The pictures made with them are not affected."),
        FindingKind.REFERENCE_DAMAGED: translate("checkup", "Add the original once more to replace it."),
        FindingKind.SPEND_DAMAGED: translate("checkup", "What these requests cost is not counted."),
        FindingKind.TRASH_DAMAGED: translate("checkup", "They stay until the trash is emptied."),
    }.get(kind, "")


def name(finding_name: str) -> str:
    """What is found, by name."""
    return finding_name or translate("checkup", "The whole index, built anew")
