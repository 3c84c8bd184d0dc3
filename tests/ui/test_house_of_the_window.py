"""The rules of the window's house: read from its source, so that no screen forgets one."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

import safetydesk.ui

UI = Path(safetydesk.ui.__file__).parent
CHINESE = re.compile(r"[\u3400-\u9fff]")
JARGON = (
    "副本", "哈希", "异常", "字段", "数据库", "缓存", "线程", "进程", "接口", "参数", "编码", "路径", "报错",
    "校验和", "令牌", "会话", "事务", "回滚", "索引", "句柄", "默认值", "布尔", "日志级别", "堆栈", "JSON", "SQL", "UUID",
    "Exception", "Error", "null", "None",
)  # fmt: skip
NOT_DIALOG = {"QApplication", "QCoreApplication", "app"}  # their exec() is the program itself
THREADS = {"threading", "concurrent", "multiprocessing", "asyncio"}
THREADS_OF_QT = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}
CUTTING = {"removesuffix", "removeprefix", "endswith", "startswith", "split", "partition", "rpartition", "find"}
NOT_SAID = {
    ("widgets/dates.py", "一二三四五六日"),  # its letters go into a text that does
    ("enterprises/form_fields.py", "是"),  # as the store writes it
    ("enterprises/form_fields.py", "否"),
    ("inspection/finding_form.py", "备注"),  # a key of what is stored
    ("inspection/walk_phrases.py", "部位"),  # any word will do, to load what makes initials
}
# What a subclass is there to answer: Qt asks, we say.
VIRTUAL = {
    "addItem", "boundingRect", "canFetchMore", "changeEvent", "childEvent", "clone", "closeEvent", "columnCount",
    "contextMenuEvent", "count", "createEditor", "data", "displayText", "dragEnterEvent", "dragLeaveEvent",
    "dragMoveEvent", "dropEvent", "editorEvent", "enterEvent", "event", "eventFilter", "expandingDirections",
    "fetchMore", "flags", "focusInEvent", "focusNextPrevChild", "focusOutEvent", "hasHeightForWidth", "headerData",
    "heightForWidth", "hideEvent", "index", "inputMethodEvent", "itemAt", "keyPressEvent", "keyReleaseEvent",
    "keyboardSearch", "leaveEvent", "loadResource", "match", "mimeData", "minimumSize", "minimumSizeHint",
    "mouseDoubleClickEvent", "mouseMoveEvent", "mousePressEvent", "mouseReleaseEvent", "moveCursor", "moveEvent",
    "paint", "paintEvent", "parent", "pixmap", "reject", "accept", "resizeEvent", "roleNames", "rowCount",
    "scaledPixmap", "scrollContentsBy", "selectionChanged", "setEditorData", "setGeometry", "setModelData",
    "showEvent", "showPopup", "hidePopup", "sizeHint", "sort", "stepBy", "supportedDropActions", "takeAt",
    "textFromValue", "timerEvent", "updateEditorGeometry", "validate", "valueFromText", "viewportEvent",
    "wheelEvent", "currentChanged", "sizeHintForColumn", "sizeHintForRow", "drawContents", "initStyleOption",
    "setVisible", "insertFromMimeData", "canInsertFromMimeData", "nextCheckState", "visualRect", "done",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One module of the window, and all that it says, part by part."""

    name: str
    tree: ast.Module
    parts: tuple[ast.AST, ...]

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def sources() -> tuple[Source, ...]:
    files = sorted(path for path in UI.rglob("*.py") if "__pycache__" not in path.parts)
    trees = [(str(path.relative_to(UI)), ast.parse(path.read_text("utf-8"))) for path in files]
    return tuple(Source(name, tree, tuple(ast.walk(tree))) for name, tree in trees)


def breaches(look: Callable[[Source], Iterator[str]]) -> list[str]:
    return [found for source in sources() for found in look(source)]


def docstrings(source: Source) -> set[ast.AST]:
    """Docstrings, and strings that stand alone as remarks."""
    return {one.value for one in source.parts if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)}


def strings(source: Source) -> Iterator[tuple[ast.Constant, str]]:
    """All other strings."""
    passed = docstrings(source)
    for node in source.parts:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            yield node, node.value


def called(node: ast.AST) -> str:
    """The last name of what is called."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def said(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """The texts that go to the screen."""
    for node in source.parts:
        if called(node) == "tr":
            assert isinstance(node, ast.Call)
            for part in _texts_of(node.args[0]):
                yield node, part


def _texts_of(node: ast.expr) -> list[str]:
    """Of a text, or of a choice between two."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=first, orelse=second):
            return _texts_of(first) + _texts_of(second)
    return []


def test_there_is_something_to_look_at() -> None:
    assert len(sources()) > 60
    assert sum(1 for source in sources() for _ in said(source)) > 300


def test_every_chinese_word_goes_through_tr() -> None:
    def look(source: Source) -> Iterator[str]:
        passed = {part for node in source.parts if called(node) == "tr" for part in ast.walk(node)}
        passed |= set(_only_compared(source)) | set(_in_a_table(source))
        for node, text in strings(source):
            if node not in passed and CHINESE.search(text) and (source.name, text) not in NOT_SAID:
                yield f"{source.at(node)} {text!r}"

    assert breaches(look) == []


def _only_compared(source: Source) -> Iterator[ast.AST]:
    """What is looked up, cut off or compared is no word of the screen but one of the data."""
    for node in source.parts:
        match node:
            case ast.Dict(keys=keys):
                yield from filter(None, keys)
            case ast.Compare():
                yield from ast.walk(node)
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in CUTTING:
                yield from node.args
            case ast.MatchValue(value=value):
                yield value


def _in_a_table(source: Source) -> Iterator[ast.AST]:
    """A table of words at the head of a module, out of which they go through tr() by name."""
    by_name = any(called(node) == "tr" and not _texts_of(node.args[0]) for node in source.parts)  # type: ignore[attr-defined]
    for node in source.tree.body if by_name else ():
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict | ast.Tuple):
            yield from ast.walk(node.value)


def test_a_text_is_written_out_where_it_is_said_so_that_it_can_be_translated() -> None:
    """Or it is a word of a workflow, by name: `tr(FILTER_LABELS[key])`. It is never put together."""

    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            if called(node) == "tr":
                assert isinstance(node, ast.Call)
                if len(node.args) != 1 or isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                    yield source.at(node)

    assert breaches(look) == []


def test_every_text_gets_the_facts_that_it_names_and_no_others() -> None:
    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            if called(node) != "tr":
                continue
            assert isinstance(node, ast.Call)
            given = {keyword.arg for keyword in node.keywords}
            texts = _texts_of(node.args[0])
            named = {
                name.split(".")[0].split("[")[0] for text in texts for _, name, _, _ in Formatter().parse(text) if name
            }
            if texts and None not in given and named != given:
                yield f"{source.at(node)} {texts[0]!r} names {sorted(named)}, is given {sorted(map(str, given))}"
            for text in texts if given else ():
                text.format(**{str(name): 1 for name in given})

    assert breaches(look) == []


def test_no_text_speaks_of_the_inside_of_computers() -> None:
    def look(source: Source) -> Iterator[str]:
        for node, text in said(source):
            bare = re.sub(r"\{[^}]*\}", "", text)
            for word in JARGON:
                if word in bare:
                    yield f"{source.at(node)} {word}: {text!r}"

    assert breaches(look) == []


def test_texts_are_set_as_an_office_sets_them() -> None:
    """Wide punctuation after Chinese, six dots, a space between a figure and its unit."""
    wrong = re.compile(r"[\u3400-\u9fff][,;!?:](?!\S*\()|(?<!…)…(?!…)$|\.\.\.|。。|[\u3400-\u9fff]\d+ ?[a-z]{3,}\d")

    def look(source: Source) -> Iterator[str]:
        for node, text in said(source):
            if wrong.search(text) and text != "…":
                yield f"{source.at(node)} {text!r}"

    assert breaches(look) == []


def test_colours_and_pixels_have_their_values_in_one_place() -> None:
    hexadecimal, pixel = re.compile(r"#[0-9a-fA-F]{3,8}\b"), re.compile(r"\d\s*px\b|\bpx\b")

    def look(source: Source) -> Iterator[str]:
        if source.name in ("theme.py", "sheet.py"):
            return
        for node, text in strings(source):
            if hexadecimal.search(text) or pixel.search(text):
                yield f"{source.at(node)} {text!r}"
        setters = ("setStyleSheet", "QColor", "setPixelSize", "setPointSize", "setPointSizeF")
        for node in source.parts:
            if called(node) in setters and not _takes_from_theme(node):
                yield f"{source.at(node)} {called(node)}"

    assert breaches(look) == []


def _takes_from_theme(node: ast.AST) -> bool:
    """`QColor(theme.colour(…))` is a copy of what the theme says; a size may follow that of the thing it stands on."""
    assert isinstance(node, ast.Call)
    if not any(isinstance(one, ast.Constant) and one.value for one in node.args) and "width()" in ast.unparse(node):
        return True
    inside = {called(part) for argument in node.args for part in ast.walk(argument)}
    names = {part.attr for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Attribute)}
    return bool({"colour", "style_sheet", "pixels"} & inside) or "transparent" in names or "colours" in names


def test_no_colour_is_named_beside_the_theme() -> None:
    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            match node:
                case ast.Attribute(value=ast.Attribute(attr="GlobalColor"), attr=name) if name != "transparent":
                    if source.name.startswith("papers/") and name == "white":
                        continue  # paper is white, in the dark too
                    yield f"{source.at(node)} {name}"

    assert breaches(look) == []


def test_distances_come_from_the_scale() -> None:
    """Spacings and margins: nothing, a hairline's pixel, or a Space."""
    setters = ("setSpacing", "setContentsMargins", "addSpacing", "setHorizontalSpacing", "setVerticalSpacing")

    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            if called(node) in setters:
                assert isinstance(node, ast.Call)
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and argument.value not in (0, 1, 2):
                        yield f"{source.at(node)} {ast.unparse(node)}"

    assert breaches(look) == []


def test_nothing_turns_the_wheel_of_events_by_itself() -> None:
    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            name = called(node)
            if name in ("processEvents", "exec_", "QEventLoop"):
                yield f"{source.at(node)} {name}"
            if name == "exec":
                assert isinstance(node, ast.Call)
                of = node.func.value if isinstance(node.func, ast.Attribute) else None
                if not (isinstance(of, ast.Name) and of.id in NOT_DIALOG):
                    yield f"{source.at(node)} {ast.unparse(node)}"
            if name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory", "getText"):
                yield f"{source.at(node)} {name}"
            if name in ("question", "warning", "critical", "information") and "QMessageBox" in ast.unparse(node):
                yield f"{source.at(node)} {name}"
            if name == "sleep":
                yield f"{source.at(node)} sleep"

    assert breaches(look) == []


def test_only_one_module_starts_threads() -> None:
    def look(source: Source) -> Iterator[str]:
        if source.name == "tasks.py":
            return
        for node in source.parts:
            match node:
                case ast.Import(names=names):
                    words = {one.name.partition(".")[0] for one in names}
                case ast.ImportFrom(module=str(module), names=names):
                    words = {module.partition(".")[0], *(one.name for one in names)}
                case _:
                    continue
            for word in words & (THREADS | THREADS_OF_QT):
                yield f"{source.at(node)} {word}"

    assert breaches(look) == []


def test_what_comes_from_a_worker_goes_to_a_method() -> None:
    """A lambda or a partial would run in the worker."""
    of_tasks = {"progressed", "succeeded", "failed", "stopped", "finished"}
    of_shell = {"read", "write", "pool"}

    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            if called(node) == "connect":
                assert isinstance(node, ast.Call)
                assert isinstance(node.func, ast.Attribute)
                signal = node.func.value
                if isinstance(signal, ast.Attribute) and signal.attr in of_tasks and _is_closure(node.args[0]):
                    yield f"{source.at(node)} {ast.unparse(node)[:80]}"
            if called(node) in of_shell and "shell" in ast.unparse(node)[:12]:
                assert isinstance(node, ast.Call)
                if any(_is_closure(argument) for argument in node.args[1:]):
                    yield f"{source.at(node)} {ast.unparse(node)[:80]}"

    assert breaches(look) == []


def _is_closure(node: ast.expr) -> bool:
    return isinstance(node, ast.Lambda) or called(node) == "partial"


def test_nothing_heavy_is_loaded_with_a_screen() -> None:
    heavy = {
        "pypinyin",
        "reportlab",
        "PIL",
        "pypdfium2",
        "openpyxl",
        "yaml",
        "pikepdf",
        "segno",
        "alembic",
        "sqlalchemy",
    }

    def look(source: Source) -> Iterator[str]:
        for node in source.tree.body:
            match node:
                case ast.Import(names=names):
                    words = {one.name.partition(".")[0] for one in names}
                case ast.ImportFrom(module=str(module)):
                    words = {module.partition(".")[0]}
                case _:
                    continue
            for word in words & heavy:
                yield f"{source.at(node)} {word}"

    assert breaches(look) == []


def test_only_the_five_parts_of_qt_are_used_that_are_shipped() -> None:
    shipped = {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg"}

    def look(source: Source) -> Iterator[str]:
        for node in source.parts:
            match node:
                case ast.ImportFrom(module=str(module)) if module.startswith("PySide6."):
                    if module.split(".")[1] not in shipped:
                        yield f"{source.at(node)} {module}"

    assert breaches(look) == []


@cache
def qt_names(base: str) -> frozenset[str]:
    for module in (QtWidgets, QtGui, QtCore):
        kind = getattr(module, base, None)
        if isinstance(kind, type):
            return frozenset(name for name in dir(kind) if not name.startswith("_"))
    return frozenset()


@cache
def our_classes() -> dict[str, tuple[Source, ast.ClassDef]]:
    return {
        node.name: (source, node) for source in sources() for node in source.parts if isinstance(node, ast.ClassDef)
    }


def bases_of(name: str, ours: dict[str, tuple[Source, ast.ClassDef]]) -> set[str]:
    """The classes of Qt below this one of ours."""
    found: set[str] = set()
    for base in ours[name][1].bases:
        word = base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
        found |= bases_of(word, ours) if word in ours else {word}
    return found


def own_names(node: ast.ClassDef) -> Iterator[tuple[str, ast.AST]]:
    """Methods, class attributes, and what is put on self."""
    for part in node.body:
        match part:
            case ast.FunctionDef(name=name):
                yield name, part
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, part
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name, part


def test_no_name_of_qt_is_hidden() -> None:
    """`self.actions = …` would take from Qt what it asks for; what it is meant to ask is listed."""
    ours = our_classes()
    found = []
    for name, (source, node) in ours.items():
        taken: set[str] = set()
        for base in bases_of(name, ours):
            taken |= qt_names(base)
        for own, part in own_names(node):
            if own in taken and own not in VIRTUAL:
                found.append(f"{source.at(part)} {name}.{own}")
    assert sorted(set(found)) == []


def test_an_override_keeps_to_what_qt_really_has() -> None:
    """Each name of the list above is one of Qt: a typing error in it would let something through."""
    everything = set().union(
        *(qt_names(name) for module in (QtWidgets, QtGui, QtCore) for name in dir(module) if name.startswith("Q"))
    )
    assert sorted(VIRTUAL - everything) == []


@pytest.mark.parametrize("wanted", ["QWidget", "QTableView", "QAbstractTableModel", "QDialog", "QStyledItemDelegate"])
def test_the_names_of_qt_are_known_here(wanted: str) -> None:
    assert len(qt_names(wanted)) > 20
