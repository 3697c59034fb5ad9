"""The details say how a picture was made and what it cost, and hand its recipe out in parts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, Reference, Size
from seedream_desktop.gui.details_panel import DetailsPanel
from seedream_desktop.gui.origin_words import Fact, facts_of, shared_facts, usable_parts
from seedream_desktop.library.marks import Mark, Marks
from seedream_desktop.library.record import AnswerFacts, Record
from seedream_desktop.state.origins import Origin
from seedream_desktop.tasks import TaskRunner
from tests.gui.panel_values import (
    PROMPT,
    catalog,
    made,
    origin,
    picture,
    reference,
    reference_path,
    related,
    request,
    thumbnails,
)

LEFT = Qt.MouseButton.LeftButton
ELSEWHERE: dict[str, Any] = {"request": None, "recipe": Recipe(), "answer": AnswerFacts(), "press_count": 1}


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> Iterator[DetailsPanel]:
    runner = TaskRunner(1)
    panel = DetailsPanel(thumbnails(runner, tmp_path), catalog(), reference_path)
    qtbot.addWidget(panel)
    panel.resize(340, 800)
    with qtbot.waitActive(panel):
        panel.show()
    yield panel
    assert runner.close(60_000)


def fact(label: str, shown: Origin) -> Fact | None:
    return next((one for one in facts_of(shown, catalog()) if one.label == label), None)


def value(label: str, **changes: Any) -> str:
    found = fact(label, origin(**changes))
    return found.value if found is not None else ""


def texts(panel: DetailsPanel) -> dict[str, str]:
    """What can be read and selected, by its name for screen readers."""
    return {
        one.accessibleName(): one.toPlainText() for one in panel.findChildren(QTextEdit) if one.isVisible()
    }


def button(panel: DetailsPanel, name: str) -> QToolButton:
    return next(one for one in panel.findChildren(QToolButton) if one.accessibleName() == name)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Model", "Seedream 5.0 lite"),
        ("Asked for", "2048 × 2048, JPEG"),
        ("Delivered", "2048 × 2048, JPEG, 1.9 MB"),
        ("Press", "1 of 4"),
        ("Watermark", "off"),
        ("Cost", "$0.035, billed"),
        ("Board", "Acme rebrand"),
        ("Folder", str(picture().path.parent)),
        ("Request", "20261122083312a7f3c9d2"),
    ],
)
def test_it_says_how_the_picture_was_made(label: str, said: str) -> None:
    assert value(label) == said


def test_when_it_was_made_names_day_time_and_duration() -> None:
    assert value("Made").startswith("22 Nov 2026, ")
    assert value("Made").endswith(", in 28 s")


def test_press_and_set_are_left_out_where_there_is_one() -> None:
    assert value("Press", press_count=1) == ""
    assert value("Set") == ""
    assert value("Set", set_index=0, set_count=3) == "1 of 3"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"billed": Billed.MAYBE}, "$0.035, may have been billed"),
        ({"billed": Billed.NO}, "not billed"),
        ({"price_usd": None}, "billed, price not known"),
        ({"price_usd": None, "billed": Billed.MAYBE}, "may have been billed, price not known"),
        ({"answer": AnswerFacts(generated_images=3)}, "$0.035, $0.11 billed for 3 pictures"),
        ({"answer": AnswerFacts(), "set_count": 2}, "$0.035, $0.07 billed for 2 pictures"),
        ({"surcharge_usd": 0.006}, "$0.041, billed, references included"),
    ],
)
def test_it_is_exact_about_money(changes: dict[str, Any], said: str) -> None:
    assert value("Cost", **changes) == said


def test_the_price_names_its_list_and_its_date() -> None:
    assert value("Price list", price_as_of="2026-11-22") == "BytePlus, 2026-11-22"
    assert value("Price list", price_as_of="2024-01-01") == "2024-01-01"
    assert value("Price list", price_as_of="2026-11-22", price_usd=None) == ""


def test_another_size_or_format_than_asked_for_is_marked() -> None:
    small = fact("Delivered", origin(picture(width_px=1920, height_px=1920)))
    other = fact("Delivered", origin(request=request(output_format=OutputFormat.PNG)))
    assert small is not None
    assert small.note == "not the size that was asked for"
    assert other is not None
    assert other.note == "not the format that was asked for"


def test_another_resolution_than_the_preset_asked_for_is_marked() -> None:
    smaller = fact("Delivered", origin(request=request(size=Size(preset="4K"))))
    assert smaller is not None
    assert (smaller.value.split(", ")[0], smaller.note) == ("2048 × 2048", "not the size that was asked for")
    assert value("Asked for", request=request(size=Size(preset="4K"))).startswith("4K")


def test_a_size_that_the_answer_did_not_say_is_that_of_the_bytes() -> None:
    silent = fact("Delivered", origin(answer=AnswerFacts(size_said="")))
    assert silent is not None
    assert silent.value.startswith("2048 × 2048")


@pytest.mark.parametrize("size", [Size(width_px=2048, height_px=2048), Size(preset="2K"), None])
def test_what_came_as_asked_is_not_marked(size: Size | None) -> None:
    found = fact("Delivered", origin(request=request(size=size)))
    assert found is not None
    assert found.note == ""


def test_only_what_the_model_takes_is_listed() -> None:
    assert value("Seed") == ""
    assert value("Seed", request=request(seed=-1)) == "-1"
    assert value("Guidance scale", request=request(guidance_scale=2.5)) == "2.5"


def test_the_parts_of_a_recipe_come_alone() -> None:
    parts = usable_parts(Record(made()))
    assert parts.prompt == Recipe(prompt=PROMPT)
    assert parts.references == Recipe(references=(reference(1), reference(2)))
    assert parts.size == Recipe(size=Size(width_px=2048, height_px=2048))


def test_everything_holds_what_was_chosen_and_what_was_sent() -> None:
    chosen = Recipe(prompt="as it was typed", seed=7)
    whole = usable_parts(Record(made(recipe=chosen))).all
    assert whole is not None
    assert (whole.prompt, whole.seed, whole.watermark) == ("as it was typed", 7, False)
    assert whole.model == request().model


def test_a_picture_made_elsewhere_offers_nothing_to_use(panel: DetailsPanel) -> None:
    panel.show_origin(replace(origin(picture(prompt=""), **ELSEWHERE), relatives=related()))
    assert usable_parts(Record(made(**ELSEWHERE))).is_empty
    assert not panel.use.isVisible()
    assert set(texts(panel)) == {"File name", "Size", "Made", "Board", "Folder"}


@pytest.mark.parametrize("name", ["prompt", "references", "size_", "all"])
def test_use_wishes_for_that_part(qtbot: QtBot, panel: DetailsPanel, name: str) -> None:
    panel.show_origin(origin())
    parts = usable_parts(origin().record)
    with qtbot.waitSignal(panel.use_requested) as used:
        QTest.mouseClick(getattr(panel.use, name), LEFT)
    assert used.args == [getattr(parts, name.strip("_"))]


def test_what_the_picture_has_not_cannot_be_used(panel: DetailsPanel) -> None:
    panel.show_origin(origin(request=request(references=()), recipe=Recipe(prompt=PROMPT)))
    assert panel.use.prompt.isEnabled()
    assert not panel.use.references.isEnabled()


def test_words_can_be_selected_in_part_and_copied(panel: DetailsPanel) -> None:
    panel.show_origin(origin())
    prompt = next(
        one for one in panel.findChildren(QTextEdit) if one.accessibleName() == "Prompt of the picture"
    )
    cursor = prompt.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(8, cursor.MoveMode.KeepAnchor)
    prompt.setTextCursor(cursor)
    QTest.keyClick(prompt, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "poster"
    assert prompt.isReadOnly()


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("Copy the request id", "20261122083312a7f3c9d2"),
        ("Copy the file's path", str(picture().path)),
    ],
)
def test_ids_and_paths_are_copied_with_one_click(panel: DetailsPanel, name: str, copied: str) -> None:
    panel.show_origin(origin())
    QTest.mouseClick(button(panel, name), LEFT)
    assert QGuiApplication.clipboard().text() == copied
    assert button(panel, name).toolTip() == "Copied"


def test_a_click_on_a_star_rates(qtbot: QtBot, panel: DetailsPanel) -> None:
    panel.show_origin(origin(picture(rating=0)))
    third = panel.stars.rect().center()
    with qtbot.waitSignal(panel.rate_requested) as rated:
        QTest.mouseClick(panel.stars, LEFT, Qt.KeyboardModifier.NoModifier, third)
    assert rated.args == [(picture().id,), 3]
    with qtbot.waitSignal(panel.rate_requested) as rated:
        QTest.mouseClick(panel.stars, LEFT, Qt.KeyboardModifier.NoModifier, third)
    assert rated.args == [(picture().id,), 0]


@pytest.mark.parametrize(
    ("key", "rating"),
    [(Qt.Key.Key_5, 5), (Qt.Key.Key_0, 0), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Right, 5)],
)
def test_the_keyboard_rates(qtbot: QtBot, panel: DetailsPanel, key: Qt.Key, rating: int) -> None:
    panel.show_origin(origin(picture(rating=4)))
    with qtbot.waitSignal(panel.rate_requested) as rated:
        QTest.keyClick(panel.stars, key)
    assert rated.args == [(picture().id,), rating]


def test_showing_another_picture_rates_nothing(qtbot: QtBot, panel: DetailsPanel) -> None:
    with qtbot.assertNotEmitted(panel.rate_requested):
        panel.show_origin(origin(picture(rating=2)))
        panel.show_origin(origin(picture(rating=5)))
    assert panel.stars.value() == 5


def test_relatives_are_numbered_and_lead_to_their_pictures(qtbot: QtBot, panel: DetailsPanel) -> None:
    panel.show_origin(origin())
    first, second = panel.lineage.made_from.tiles
    assert [tile.relative.number for tile in (first, second)] == [1, 2]
    assert first.accessibleName() == "Valley at noon"
    assert second.accessibleName() == "image 2: logo 2.png, 1024 × 768"
    with qtbot.waitSignal(panel.picture_requested) as wished:
        QTest.mouseClick(first, LEFT)
    assert wished.args == [picture(1).id]
    with qtbot.assertNotEmitted(panel.picture_requested):
        QTest.mouseClick(second, LEFT)


def test_what_it_led_to_can_be_gone_to(qtbot: QtBot, panel: DetailsPanel) -> None:
    panel.show_origin(origin())
    with qtbot.waitSignal(panel.picture_requested) as wished:
        QTest.mouseClick(panel.lineage.led_to.tiles[1], LEFT)
    assert wished.args == [picture(144).id]


def test_a_reference_that_is_gone_is_shown_as_gone(panel: DetailsPanel) -> None:
    gone = Reference("f" * 64, "image/png", 10, 10, 10)
    panel.show_origin(replace(origin(request=request(references=(gone,))), relatives=related()))
    (tile,) = panel.lineage.made_from.tiles
    assert tile.accessibleName() == "image 1: pasted picture, 10 × 10"
    assert not tile.grab().isNull()


def test_a_logo_that_led_to_hundreds_shows_the_first(panel: DetailsPanel) -> None:
    panel.show_origin(
        replace(origin(), relatives=related(led_to=tuple(picture(number) for number in range(500))))
    )
    assert len(panel.lineage.led_to.tiles) == 20
    assert "and 480 more" in [label.text() for label in panel.lineage.led_to.findChildren(QLabel)]


def test_tags_are_shown_as_they_are(panel: DetailsPanel) -> None:
    tags = (("<b>dawn</b>", Mark(True)), ("poster", Mark(True)), ("old", Mark(False)))
    panel.show_origin(replace(origin(), record=Record(made(), Marks(tags=tags))))
    assert "<b>dawn</b> · poster" in [label.text() for label in panel.findChildren(QLabel)]


def test_nothing_selected_is_a_calm_sentence(panel: DetailsPanel) -> None:
    panel.show_origin(origin())
    panel.show_nothing()
    assert texts(panel) == {}
    assert not panel.stars.isVisible()
    seen = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert seen == ["Select a picture to see how it was made."]


def test_of_a_picture_in_the_trash_no_folder_is_called_its_board() -> None:
    thrown = replace(picture(1), id=".trash/8a93/a fox.jpeg", trash_id="8a93")
    assert "Board" not in {one.label for one in shared_facts((thrown,), catalog())}


def test_several_pictures_say_what_they_share() -> None:
    shown = (picture(1), picture(2, width_px=1024), picture(3))
    facts = {one.label: one.value for one in shared_facts(shown, catalog())}
    assert facts == {
        "Model": "Seedream 5.0 lite",
        "Format": "JPEG",
        "Board": "Acme rebrand",
        "Together": "5.7 MB",
    }


def test_several_pictures_are_rated_together(qtbot: QtBot, panel: DetailsPanel) -> None:
    panel.show_several((picture(1, rating=1), picture(2)))
    assert texts(panel)["File name"] == "2 pictures selected"
    assert panel.stars.value() == 0
    with qtbot.waitSignal(panel.rate_requested) as rated:
        QTest.keyClick(panel.stars, Qt.Key.Key_5)
    assert rated.args == [(picture(1).id, picture(2).id), 5]


def test_stars_reach_all_that_are_selected_not_only_those_that_were_read(
    qtbot: QtBot, panel: DetailsPanel
) -> None:
    every = tuple(f"Inbox/{number}.png" for number in range(5000))
    panel.show_several((picture(1), picture(2)), every)
    assert texts(panel)["File name"] == "5,000 pictures selected"
    with qtbot.waitSignal(panel.rate_requested) as rated:
        QTest.keyClick(panel.stars, Qt.Key.Key_5)
    assert rated.args == [every, 5]


def test_what_is_in_the_trash_is_not_rated(panel: DetailsPanel) -> None:
    panel.show_several((replace(picture(1), trash_id="8a93"), picture(2)))
    assert not panel.stars.isVisible()


def test_a_count_alone_is_said_too(panel: DetailsPanel) -> None:
    panel.show_count(1200)
    assert texts(panel) == {"File name": "1,200 pictures selected"}


def test_long_words_wrap_and_never_widen_the_column(panel: DetailsPanel) -> None:
    name = "donaudampfschiff" * 8
    panel.show_origin(origin(picture(path=Path(f"/pictures/{name}/{name}.jpeg"), prompt=name)))
    panel.grab()
    assert panel.horizontalScrollBar().maximum() == 0
    heading = next(one for one in panel.findChildren(QTextEdit) if one.accessibleName() == "File name")
    assert heading.height() >= heading.document().size().height()
    assert heading.width() <= 340
