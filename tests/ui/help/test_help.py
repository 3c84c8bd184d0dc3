"""F1 and `?`: pages without a network, and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.help.keys_sheet import KeysSheet, everywhere
from safetydesk.ui.help.pane import HelpPane
from safetydesk.workflows import guide

FOLDER = Path(__file__).parents[3] / "docs" / "guide"
PAGES = sorted(path.stem for path in FOLDER.glob("*.md"))
JARGON = re.compile("副本|哈希|异常|字段|数据库|SQL|UUID")


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[HelpPane]:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(500, 700)
    made = HelpPane(around)
    made.resize(made.width(), around.height())
    around.show()
    qtbot.waitExposed(around)
    yield made
    around.close()


def test_there_is_a_page_for_every_screen_and_an_index_that_names_them_all() -> None:
    wanted = {"today", "enterprises", "inspection", "hazards", "papers", "settings", "first-start", "lock", "keys"}
    assert wanted | {guide.INDEX} <= set(PAGES)
    index = (FOLDER / "index.md").read_text("utf-8")
    assert {f"({name}.md)" for name in PAGES if name != guide.INDEX} <= set(re.findall(r"\([\w-]+\.md\)", index))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_short_plain_and_its_links_lead_somewhere(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    assert guide.title_of(text)
    assert len(text) < 3000
    assert JARGON.search(text) is None
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert {target for target in targets if not (FOLDER / target).is_file()} == set()


def test_the_page_of_a_screen_is_shown(pane: HelpPane) -> None:
    pane.show_page("inspection")
    assert pane.page_name == "inspection"
    assert pane.title.whole == guide.title_of(guide.page("inspection")[1])
    assert pane.browser.toPlainText().strip()


@pytest.mark.parametrize("name", ["", "no such page", "../architecture", "/etc/passwd"])
def test_where_there_is_no_page_the_index_is_shown(pane: HelpPane, name: str) -> None:
    pane.show_page(name)
    assert pane.page_name == guide.INDEX


def test_a_link_leads_to_its_page_and_back_again(qtbot: QtBot, pane: HelpPane) -> None:
    pane.show_page("index")
    assert not pane.back_button.isEnabled()
    pane.browser.anchorClicked.emit(QUrl("papers.md"))
    assert pane.page_name == "papers"
    qtbot.mouseClick(pane.back_button, Qt.MouseButton.LeftButton)
    assert pane.page_name == "index"


@pytest.mark.parametrize("target", ["https://example.invalid/papers.md", "../architecture.md", "file:///etc/passwd"])
def test_nothing_outside_of_the_guide_is_opened(pane: HelpPane, target: str) -> None:
    pane.show_page("today")
    before = pane.browser.toPlainText()
    pane.browser.anchorClicked.emit(QUrl(target))
    assert (pane.browser.toPlainText() == before) is (pane.page_name == "today")
    assert pane.page_name in PAGES


def test_a_word_is_found_in_the_page_again_and_again(qtbot: QtBot, pane: HelpPane) -> None:
    pane.show_page("inspection")
    qtbot.keyClick(pane.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.find_edit.hasFocus()
    pane.find_edit.insert("照片")
    assert "处" in pane.found_label.text()
    first = pane.browser.textCursor().position()
    qtbot.keyClick(pane.find_edit, Qt.Key.Key_Return)
    assert pane.browser.textCursor().selectedText() == "照片"
    assert pane.browser.textCursor().position() != first
    pane.find_edit.setText("不会有的词")
    assert "没有" in pane.found_label.text()


def test_escape_closes_the_pane(qtbot: QtBot, pane: HelpPane) -> None:
    pane.show_page("today")
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane.browser, Qt.Key.Key_Escape)
    assert pane.isHidden()


def test_a_missing_guide_is_said_and_not_a_crash(pane: HelpPane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "guide_folder", lambda: None)
    pane.show_page("today")
    assert "重新安装" in pane.browser.toPlainText()


def test_the_sheet_shows_the_keys_of_the_screen_beside_those_of_everywhere(qtbot: QtBot) -> None:
    sheet = KeysSheet([("1", "符合"), ("2", "不符合")])
    qtbot.addWidget(sheet)
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"这一页", "到处都能用", "1", "符合", "Ctrl+K"} <= said


def test_a_screen_without_keys_of_its_own_shows_the_others_alone(qtbot: QtBot) -> None:
    sheet = KeysSheet([])
    qtbot.addWidget(sheet)
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert "这一页" not in said
    assert {key for key, _ in everywhere()} <= said


@pytest.mark.qt_log_ignore("propagateSizeHints")  # said of every dialog where there is no display
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question])
def test_escape_or_the_same_key_closes_the_sheet(qtbot: QtBot, key: Qt.Key) -> None:
    sheet = KeysSheet([("1", "符合")])
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitExposed(sheet)
    with qtbot.waitSignal(sheet.finished):
        qtbot.keyClick(sheet, key)
