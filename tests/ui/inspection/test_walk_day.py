"""A whole check by keys: 30 items, 5 findings, 5 photos, 4 readings, with the keys counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Result
from safetydesk.ui.shell import Shell

from .walk_hands import Hands, new_visit, walked

TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier
MOST_KEYS = 60  # an item one key, a finding six at most, a photo one, a reading two, the way to the end


def pictures(folder: Path, count: int) -> list[Path]:
    made = []
    for n in range(count):
        image = QImage(640, 480, QImage.Format.Format_RGB32)
        image.fill(0xFF000000 + n * 40)
        made.append(folder / f"现场{n}.jpg")
        image.save(str(made[-1]))
    return made


def test_thirty_items_five_findings_five_photos_and_four_readings_need_few_keys(
    qtbot: QtBot, shell: Shell, tmp_path: Path
) -> None:
    hands = Hands(qtbot, shell).open(new_visit(shell.desk, places=("污水站调节池", "一号厌氧池")))
    files = iter(pictures(tmp_path, 5))
    hands.keys = 0

    def photo() -> None:
        hands.shell.files.files = [next(files)]
        hands.press(Qt.Key.Key_P, modifiers=Qt.KeyboardModifier.AltModifier)
        hands.settle()

    hands.press("1111")  # 1-4
    hands.settle()
    hands.press("2", DOWN, ENTER)  # 5 出入口标志: where
    photo()
    hands.press(ENTER)
    hands.press("13" + "1" * 6)  # 6-13
    hands.settle()
    hands.press("2", DOWN, ENTER, TAB, DOWN, ENTER)  # 14 审批: which fault, where
    photo()
    hands.press(ENTER)
    hands.press("33" + "1" * 2)  # 15-18
    hands.settle()
    hands.press("2", DOWN, ENTER)  # 19 方案: which fault
    photo()
    hands.press(ENTER)
    hands.press("1" * 9)  # 20-28
    hands.settle()
    hands.press("2", ENTER)  # 29: the bare sentence will do
    hands.settle()
    hands.go("CS-33")
    hands.press("G")
    for at, value in enumerate(("18.2", "0", "0", "3")):
        if at:
            hands.press(TAB)
        hands.type(value)
    hands.press(ENTER, "2", DOWN, ENTER)  # 35 读数低于下限
    hands.shell.files.files = list(files)
    hands.press(Qt.Key.Key_P, modifiers=Qt.KeyboardModifier.AltModifier)
    hands.settle()
    hands.press(ENTER)
    hands.settle()
    hands.press(ENTER, modifiers=CONTROL)
    hands.settle()

    walk = walked(shell.desk, hands.model.walk.inspection_id)
    results = [state.result for state in walk.answers.values()]
    print(f"keys besides free text: {hands.keys}")
    assert (len(results), results.count(Result.FAIL), len(walk.photos)) == (30, 5, 5)
    assert sum(len(state.readings) for state in walk.answers.values()) == 4
    assert hands.finished == [walk.inspection_id]
    assert hands.keys <= MOST_KEYS
