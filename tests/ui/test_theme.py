"""Colours that can be read, type that grows, and one place for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui import icons, sheet, theme
from safetydesk.ui.config import Appearance
from safetydesk.ui.theme import Colour, Type
from safetydesk.ui.widgets.buttons import danger_button, icon_button, plain_button, primary_button, quiet_button

from .shown_without_fonts import boxes

LEAST = 4.5
PLAIN = (Colour.WINDOW, Colour.SURFACE, Colour.SUNKEN)
TOUCHED = (Colour.HOVER, Colour.ACCENT_SOFT)  # under the pointer, picked
SOFT = (Colour.MAJOR_SOFT, Colour.LARGER_SOFT, Colour.GENERAL_SOFT, Colour.LOW_SOFT, Colour.DONE_SOFT)
RISKS = (Colour.MAJOR, Colour.LARGER, Colour.GENERAL, Colour.LOW, Colour.DONE)
GROUNDS: dict[Colour, tuple[Colour, ...]] = {
    Colour.TEXT: (*PLAIN, *TOUCHED, *SOFT),
    Colour.MUTED: (*PLAIN, *TOUCHED, *SOFT, Colour.HAIRLINE),
    Colour.ACCENT: (*PLAIN, *TOUCHED, *SOFT),
    Colour.ON_ACCENT: (Colour.ACCENT, Colour.ACCENT_HOVER, Colour.MAJOR),
    Colour.SURFACE: (Colour.TEXT,),  # tips
    **{risk: (*PLAIN, *TOUCHED, soft) for risk, soft in zip(RISKS, SOFT, strict=True)},
}
LOOKS = [Appearance(scheme, large, touch) for scheme, large, touch in product(("light", "dark"), *[(False, True)] * 2)]


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, Appearance(), own_face=True)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[Colour, Colour]]:
    return [(ink, ground) for ink, grounds in GROUNDS.items() for ground in grounds]


def rules(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        lines = (line.partition(":") for line in body.split(";") if ":" in line)
        yield selector.strip(), {name.strip(): value.strip() for name, _, value in lines}


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), pairs(), ids=lambda colour: str(colour))
def test_text_can_be_read_on_whatever_it_stands(qapp: QApplication, scheme: str, ink: Colour, ground: Colour) -> None:
    theme.apply(qapp, Appearance(scheme), own_face=True)
    colours = theme.current().colours
    assert contrast(colours[ink], colours[ground]) >= LEAST, (colours[ink], colours[ground])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_sheet_writes_on_its_own_ground_can_be_read(qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, Appearance(scheme), own_face=True)
    found = 0
    for selector, values in rules(sheet.style_sheet(theme.current())):
        ink, ground = values.get("color"), values.get("background")
        if ink and ground and ground.startswith("#"):
            found += 1
            assert contrast(ink, ground) >= LEAST, selector
    assert found > 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ring_around_what_has_the_focus_stands_out(qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, Appearance(scheme), own_face=True)
    colours = theme.current().colours
    assert all(contrast(colours[Colour.ACCENT], colours[ground]) >= 3 for ground in PLAIN)


def test_every_colour_has_a_value_in_both_schemes(qapp: QApplication) -> None:
    for scheme in ("light", "dark"):
        theme.apply(qapp, Appearance(scheme), own_face=True)
        assert set(theme.current().colours) == set(Colour)
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in theme.current().colours.values())


def test_rare_characters_of_names_show_on_a_system_without_faces(qapp: QApplication) -> None:
    """As in a bare Debian: hei.ttf lacks the last two; boxes would stand in their place."""
    theme.apply(qapp, Appearance(), own_face=True)
    theme.add_rare_face()
    faces: set[str] = set()
    assert boxes("样喆堃㛃䶮", theme.font(), faces) == set()
    assert len(theme.current().families) == len(faces) == 2
    theme.add_rare_face()  # again, and after another look: it stays as it is
    theme.apply(qapp, Appearance("dark"))
    assert len(theme.current().families) == 2


def test_dark_is_dark(qapp: QApplication) -> None:
    theme.apply(qapp, Appearance("dark"), own_face=True)
    assert luminance(theme.current().colours[Colour.WINDOW]) < 0.05
    assert qapp.palette().window().color() == theme.colour(Colour.WINDOW)


def test_large_type_is_a_quarter_larger_everywhere(qapp: QApplication) -> None:
    theme.apply(qapp, Appearance(), own_face=True)
    usual = {kind: theme.font(kind).pixelSize() for kind in Type}
    theme.apply(qapp, Appearance(large=True), own_face=True)
    assert {kind: theme.font(kind).pixelSize() for kind in Type} == {
        kind: round(size * 1.25) for kind, size in usual.items()
    }
    assert theme.scaled(100) == 125
    assert qapp.font().pixelSize() == round(Type.TEXT * 1.25)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_sheet_can_be_read_by_qt_in_every_look(qtbot: QtBot, qapp: QApplication, look: Appearance) -> None:
    """Qt warns of a sheet that it does not understand, and a warning fails the test."""
    theme.apply(qapp, look, own_face=True)
    window = QWidget()
    qtbot.addWidget(window)
    for kind in (QLabel, QLineEdit, QPushButton, QToolButton, QCheckBox, QComboBox):
        kind(window)
    window.show()
    assert "{" not in re.sub(r"\{[^{}]*\}", "", sheet.style_sheet(theme.current()))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_is_clicked_is_high_enough_for_a_finger(qtbot: QtBot, qapp: QApplication, look: Appearance) -> None:
    theme.apply(qapp, look, own_face=True)
    window = QWidget()
    qtbot.addWidget(window)
    made = [make("字", parent=window) for make in (primary_button, plain_button, quiet_button, danger_button)]
    made += [icon_button("x", "关闭", window), QLineEdit(window), QComboBox(window), QCheckBox("字", window)]
    for widget in made:
        widget.ensurePolished()
        least = 44 if look.touch else 36
        assert max(widget.sizeHint().height(), widget.minimumHeight()) >= least, type(widget).__name__


def test_the_focus_does_not_make_a_button_jump(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Appearance(), own_face=True)
    for make in (primary_button, plain_button, quiet_button, danger_button):
        window = QWidget()
        qtbot.addWidget(window)
        button = make("开始检查", parent=window)
        window.show()
        qtbot.waitExposed(window)
        before = button.sizeHint()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        assert button.sizeHint() == before


def test_what_paints_by_itself_hears_of_another_look(qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changes().changed):
        theme.apply(qapp, Appearance("dark"), own_face=True)


def dominant(picture: QPixmap) -> QColor:
    image = picture.toImage()
    return max(
        (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())),
        key=lambda colour: colour.alpha(),
    )


def test_an_icon_takes_the_colour_of_the_look_it_is_shown_in(qapp: QApplication) -> None:
    theme.apply(qapp, Appearance(), own_face=True)
    icon = icons.icon("lock", Colour.TEXT)
    light = dominant(icon.pixmap(20, 20))
    theme.apply(qapp, Appearance("dark"), own_face=True)
    dark = dominant(icon.pixmap(20, 20))
    assert light.lightness() < 100 < dark.lightness()


def test_icons_survive_being_copied_and_thrown_away(qtbot: QtBot, qapp: QApplication) -> None:
    """Qt clones their engines behind the back of Python."""
    import gc

    window = QWidget()
    qtbot.addWidget(window)
    buttons = [QPushButton(window) for _ in range(20)]
    for round_ in range(30):
        for button in buttons:
            button.setIcon(icons.icon("lock" if round_ % 2 else "x", Colour.MUTED, on=Colour.ACCENT))
            assert not button.icon().pixmap(18, 18).isNull()
        gc.collect()
    assert not buttons[0].icon().isNull()


def test_every_icon_that_is_shipped_can_be_drawn(qapp: QApplication) -> None:
    from safetydesk.catalog.resources import resource

    names = sorted(path.stem for path in resource("icons", "lock.svg").parent.glob("*.svg"))
    assert len(names) > 30
    for name in names:
        assert dominant(icons.pixmap(name, 20, Colour.TEXT)).alpha() > 100, name


def test_a_look_that_is_given_twice_costs_nothing(qtbot: QtBot) -> None:
    label = QLabel("字")
    qtbot.addWidget(label)
    theme.look(label, "heading")
    font = label.font().pixelSize()
    theme.look(label, "heading")
    assert label.font().pixelSize() == font
    theme.look(label, "note")
    label.ensurePolished()
    assert label.font().pixelSize() == Type.NOTE
