"""The style sheet, made from the theme. A widget's look is its `look` property; see `theme.look`."""

from __future__ import annotations

from safetydesk.ui.theme import RADIUS, RAIL_FOLDED, Colour, Space, Theme, Type

_SHEET = """
QWidget {{ color: {text}; font-size: {px_text}px; }}
QMainWindow, QDialog, QWidget[look="page"] {{ background: {window}; }}
QWidget[look="surface"] {{ background: {surface}; }}
QWidget[look="sunken"] {{ background: {sunken}; }}
QFrame[look="panel"] {{ background: {surface}; border: 1px solid {hairline}; border-radius: {radius}px; }}
QFrame[look="floating"] {{ background: {surface}; border: 1px solid {outline}; border-radius: {radius}px; }}
QFrame[look="pane"] {{ background: {surface}; border: none; border-left: 1px solid {hairline}; }}
QFrame[look="rail"] {{ background: {sunken}; border: none; border-right: 1px solid {hairline}; }}
QFrame[look="bar"] {{ background: {surface}; border: none; border-bottom: 1px solid {hairline}; }}
QFrame[look="foot"] {{ background: {surface}; border: none; border-top: 1px solid {hairline}; }}
QFrame[look="line"] {{ background: {hairline}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[look="upright"] {{ background: {hairline}; border: none; max-width: 1px; min-width: 1px; }}
QFrame[look="notice"] {{ background: {accent_soft}; border: none; border-radius: {radius}px; }}
QFrame[look="warning"] {{ background: {general_soft}; border: none; border-radius: {radius}px; }}
QFrame[look="trouble"] {{ background: {major_soft}; border: none; border-radius: {radius}px; }}
QFrame[look="good"] {{ background: {done_soft}; border: none; border-radius: {radius}px; }}

QLabel {{ background: transparent; }}
QLabel[look="note"] {{ color: {muted}; font-size: {px_note}px; }}
QLabel[look="muted"] {{ color: {muted}; }}
QLabel[look="emphasis"] {{ font-size: {px_emphasis}px; font-weight: 700; }}
QLabel[look="heading"] {{ font-size: {px_heading}px; font-weight: 700; }}
QLabel[look="figure"] {{ font-size: {px_figure}px; font-weight: 700; }}
QLabel[look="figure_major"] {{ color: {major}; font-size: {px_figure}px; font-weight: 700; }}
QLabel[look="major"] {{ color: {major}; }}
QLabel[look="larger"] {{ color: {larger}; }}
QLabel[look="general"] {{ color: {general}; }}
QLabel[look="low"] {{ color: {low}; }}
QLabel[look="done"] {{ color: {done}; }}
QLabel[look="error"] {{ color: {major}; font-size: {px_note}px; }}
QLabel[look="field"] {{ color: {muted}; font-size: {px_note}px; }}

QPushButton {{
    background: {surface}; border: 1px solid {outline}; border-radius: {radius}px;
    padding: 0 {s_l}px; min-height: {inner}px;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 {s_l_less}px; min-height: {inner_less}px; }}
QPushButton:disabled {{ color: {muted}; background: {window}; border-color: {hairline}; }}
QPushButton[look="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 700; }}
QPushButton[look="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[look="primary"]:disabled {{ background: {hairline}; color: {muted}; border-color: {hairline}; }}
QPushButton[look="danger"] {{ color: {major}; border-color: {major}; }}
QPushButton[look="danger"]:hover {{ background: {major_soft}; }}
QPushButton[look="danger_primary"] {{ background: {major}; color: {on_accent}; border-color: {major}; font-weight: 700; }}
QPushButton[look="danger_primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[look="quiet"] {{ background: transparent; border: 1px solid transparent; color: {accent}; padding: 0 {s_s}px; }}
QPushButton[look="quiet"]:hover {{ background: {hover}; }}
QPushButton[look="quiet"]:focus {{ border: 2px solid {accent}; padding: 0 {s_s_less}px; }}
QPushButton[look="quiet"]:disabled {{ color: {muted}; }}
QPushButton[look="chip"] {{ border: 1px solid {hairline}; border-radius: {chip_radius}px; padding: 0 {s_m}px; min-height: {chip}px; }}
QPushButton[look="chip"]:checked {{ background: {accent_soft}; border-color: {accent}; color: {accent}; font-weight: 700; }}
QPushButton[look="chip"]:focus {{ border: 2px solid {accent}; padding: 0 {s_m_less}px; min-height: {chip_less}px; }}
QPushButton[look="card"] {{ text-align: left; padding: {s_m}px {s_l}px; }}
QPushButton[look="thumb"] {{ padding: 0; min-height: 0; border: 1px solid {hairline}; background: {sunken}; }}
QPushButton[look="thumb"]:hover {{ border-color: {accent}; }}
QPushButton[look="thumb"]:focus {{ border: 2px solid {accent}; padding: 0; min-height: 0; }}
QPushButton[look="choice"] {{ text-align: left; padding: 0 {s_m}px; }}
QPushButton[look="choice"]:checked {{ background: {accent_soft}; border: 1px solid {accent}; font-weight: 700; }}
QPushButton[look="choice"]:focus {{ border: 2px solid {accent}; padding: 0 {s_m_less}px; }}
QPushButton[look="link"] {{
    text-align: left; background: transparent; border: 1px solid transparent; color: {accent}; padding: 0;
}}
QPushButton[look="link"]:hover {{ background: {hover}; }}
QPushButton[look="link"]:focus {{ border: 2px solid {accent}; padding: 0; }}
QPushButton[look="link"]:disabled {{ color: {muted}; }}
QPushButton[look="card"]:checked {{ background: {accent_soft}; border: 2px solid {accent}; }}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: {radius}px;
    min-width: {inner}px; min-height: {inner}px; padding: 0;
}}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ border: 2px solid {accent}; }}
QToolButton:checked {{ background: {accent_soft}; }}
QToolButton[look="rail"] {{ text-align: left; padding: 0 {s_m}px; margin: 0 {s_s}px; }}
QToolButton[look="rail_folded"] {{ padding: 0; margin: 0 {s_s}px; min-width: {rail_folded}px; max-width: {rail_folded}px; }}
QToolButton[look="rail"]:checked, QToolButton[look="rail_folded"]:checked {{
    background: {accent_soft}; color: {accent}; font-weight: 700; }}

QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox, QComboBox {{
    background: {surface}; border: 1px solid {outline}; border-radius: {radius}px;
    padding: 0 {s_s}px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit, QDateEdit, QSpinBox, QComboBox {{ min-height: {inner}px; }}
QPlainTextEdit, QTextEdit {{ padding: {s_xs}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: 2px solid {accent};
}}
QLineEdit:focus, QDateEdit:focus, QSpinBox:focus, QComboBox:focus {{ padding: 0 {s_s_less}px; min-height: {inner_less}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {s_xs_less}px; }}
QTextEdit[look="guide"], QTextEdit[look="guide"]:focus {{ background: transparent; border: none; padding: 0; }}
QLineEdit[trouble="true"], QPlainTextEdit[trouble="true"], QComboBox[trouble="true"], QDateEdit[trouble="true"] {{
    border-color: {major};
}}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{ background: {window}; }}
QLineEdit[look="bare"] {{ border: none; background: transparent; }}
QLineEdit QToolButton {{ min-width: 0; min-height: 0; }}
QComboBox::drop-down {{ border: none; width: {s_xl}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 16px; height: 16px; }}
QDateEdit::drop-down {{ border: none; width: {s_xl}px; }}
QDateEdit::down-arrow {{ image: url("{chevron}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{
    background: {surface}; border: 1px solid {outline}; outline: none; padding: {s_xs}px;
    selection-background-color: {accent_soft}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{ min-height: {target}px; }}
QCheckBox, QRadioButton {{ spacing: {s_s}px; min-height: {target}px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 18px; height: 18px; background: {surface}; border: 1px solid {outline}; border-radius: 4px;
}}
QRadioButton::indicator {{ border-radius: 10px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 6px solid {accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {window}; border-color: {hairline}; }}

QTableView, QListView, QTreeView {{
    background: {surface}; border: none; outline: none; gridline-color: {hairline};
    selection-background-color: {accent_soft}; selection-color: {text}; alternate-background-color: {surface};
}}
QTableView::item {{ border-bottom: 1px solid {hairline}; padding: 0 {s_s}px; }}
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {accent_soft}; color: {text}; }}
QTableView::item:hover, QListView::item:hover {{ background: {hover}; }}
QTableView::item:selected:hover, QListView::item:selected:hover {{ background: {accent_soft}; }}
QListView[look="sections"] {{ background: transparent; padding: {s_s}px; }}
QListView[look="sections"]::item {{ border: 2px solid transparent; border-radius: {radius}px; padding: 0 {s_s}px; }}
QListView[look="sections"]::item:selected {{ color: {accent}; }}
QListView[look="sections"]::item:selected:focus {{ border: 2px solid {accent}; }}
QHeaderView {{ background: {surface}; }}
QHeaderView::section {{
    background: {surface}; color: {muted}; font-size: {px_note}px; border: none; border-bottom: 1px solid {hairline};
    padding: 0 {s_s_more}px; min-height: {target}px;
}}
QHeaderView::down-arrow {{ image: url("{chevron}"); width: 14px; height: 14px; }}
QHeaderView::up-arrow {{ image: url("{chevron_up}"); width: 14px; height: 14px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}

QTabBar {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 2px solid transparent;
    padding: 0 {s_m}px; min-height: {target}px; margin-right: {s_xs}px;
}}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; font-weight: 700; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {hairline}; }}

QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[look="clear"] {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {outline}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; width: 0; height: 0;
}}
QSplitter::handle {{ background: {hairline}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QProgressBar {{
    background: {sunken}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QMenu {{ background: {surface}; border: 1px solid {outline}; padding: {s_xs}px; }}
QMenu::item {{ padding: {s_s}px {s_xl}px {s_s}px {s_l}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: {s_xs}px {s_s}px; }}
QToolTip {{ background: {text}; color: {surface}; border: none; padding: {s_xs}px {s_s}px; }}
QCalendarWidget QWidget {{ background: {surface}; alternate-background-color: {sunken}; }}
QCalendarWidget QToolButton {{ padding: 0 {s_s}px; }}
"""


def style_sheet(theme: Theme) -> str:
    """The whole sheet for one theme."""
    values: dict[str, str | int] = {str(name): theme.colours[name] for name in Colour}
    values |= {f"px_{kind.name.lower()}": round(kind * theme.scale) for kind in Type}
    values |= {f"s_{space.name.lower()}": int(space) for space in Space}
    values |= {f"s_{space.name.lower()}_less": int(space) - 1 for space in Space}
    values["s_s_more"] = Space.S + 3  # a cell has three more at its side than its padding says
    values["rail_folded"] = RAIL_FOLDED - 2 * Space.S - 3
    target = round(theme.target * (1.1 if theme.scale > 1 else 1))
    chip = target - 6
    values |= {
        "radius": RADIUS,
        "target": target,
        "inner": target - 2,
        "inner_less": target - 4,
        "chip": chip - 2,
        "chip_less": chip - 4,
        "chip_radius": chip // 2,
        "chevron": _drawn("arrow", theme),
        "chevron_up": _drawn("arrow-up", theme),  # smallest first points up, as everybody knows it
        "tick": _drawn("tick", theme),
    }
    return _SHEET.format_map(values)


def _drawn(name: str, theme: Theme) -> str:
    """A small picture in the colours of the theme: a sheet cannot colour what it draws."""
    from safetydesk.catalog.resources import resource

    return resource("icons", f"{name}-dark.svg" if theme.dark else f"{name}-light.svg").as_posix()
