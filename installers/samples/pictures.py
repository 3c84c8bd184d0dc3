"""Eight drawn "site photos" for the sample visits: flat pictures with a caption that says what they are.

Real photos of real places have no business in a sample. Each carries the time and place that a camera would write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from safetydesk.catalog.resources import resource

SIZE = (1600, 1200)
_SCALE = 2  # drawn larger, then reduced: smooth edges
_LARGEST = 150 << 10

INK, CONCRETE, WALL, FLOOR = "#2b3440", "#b9bec4", "#e6e9e4", "#c9c5ba"
STEEL, DARK, YELLOW, RED = "#8d99a6", "#3d4854", "#f2c230", "#c8402f"
BLUE, WHITE, WOOD, GREEN, SKY = "#2f6fb3", "#fbfbf8", "#b98a55", "#4f8f5b", "#cfe3f2"

Colour = str
Point = tuple[float, float]


class Canvas:
    """A picture in the coordinates of 1600 by 1200."""

    def __init__(self, font: Path) -> None:
        self.image = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), WALL)
        self._draw = ImageDraw.Draw(self.image)
        self._font = font

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, *, line: int = 5, radius: float = 0) -> None:
        area = [v * _SCALE for v in (x, y, x + w, y + h)]
        self._draw.rounded_rectangle(
            area, radius * _SCALE, fill=fill, outline=INK if line else None, width=line * _SCALE
        )

    def oval(self, x: float, y: float, w: float, h: float, fill: Colour, *, line: int = 5) -> None:
        area = [v * _SCALE for v in (x, y, x + w, y + h)]
        self._draw.ellipse(area, fill=fill, outline=INK if line else None, width=line * _SCALE)

    def shape(self, points: Sequence[Point], fill: Colour, *, line: int = 5) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.polygon(scaled, fill=fill)
        if line:
            self._draw.line([*scaled, scaled[0]], fill=INK, width=line * _SCALE, joint="curve")

    def path(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")
        radius = width * _SCALE / 2
        for x, y in (scaled[0], scaled[-1]):
            self._draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)

    def text(self, x: float, y: float, words: str, size: float, colour: Colour = INK, *, anchor: str = "lm") -> None:
        face = ImageFont.truetype(str(self._font), round(size * _SCALE))
        self._draw.text((x * _SCALE, y * _SCALE), words, fill=colour, font=face, anchor=anchor)

    def sign(self, x: float, y: float, size: float) -> None:
        """A yellow triangle with an exclamation mark."""
        self.shape([(x, y + size), (x + size / 2, y), (x + size, y + size)], YELLOW, line=6)
        self.path([(x + size / 2, y + size * 0.38), (x + size / 2, y + size * 0.68)], INK, size * 0.08)
        self.oval(x + size * 0.45, y + size * 0.78, size * 0.1, size * 0.1, INK, line=0)

    def ground(self, y: float, colour: Colour = FLOOR) -> None:
        self.box(-10, y, 1620, 1220 - y, colour)

    def caption(self, words: str) -> None:
        self.box(-10, 1104, 1620, 120, WHITE, line=3)
        self.text(36, 1152, words, 34)
        self.text(1564, 1152, "示例图片", 34, RED, anchor="rm")


def open_manhole(c: Canvas) -> None:
    c.box(-10, -10, 1620, 470, SKY, line=0)
    c.box(120, 150, 620, 310, WALL)
    for x in (180, 380, 580):
        c.box(x, 215, 110, 120, "#9cc3dd")
    c.ground(450, "#a9b39b")
    c.shape([(180, 1104), (470, 560), (1230, 560), (1500, 1104)], CONCRETE)
    c.oval(520, 640, 560, 260, STEEL, line=8)
    c.oval(560, 664, 480, 208, "#14181c", line=6)
    for step in range(3):
        c.path([(740, 716 + step * 46), (860, 716 + step * 46)], "#6d5a3c", 12)
    c.oval(1120, 800, 380, 150, DARK, line=8)
    c.oval(1120, 780, 380, 150, STEEL, line=8)
    for k in range(4):
        c.path([(1190 + k * 66, 812), (1212 + k * 66, 898)], DARK, 9)
    c.path([(310, 1000), (420, 880), (560, 840), (640, 760)], "#37618a", 34)


def gas_cylinders(c: Canvas) -> None:
    c.box(-10, -10, 1620, 760, "#dfe3e6", line=0)
    for x in range(0, 1700, 130):
        c.path([(x, 0), (x, 740)], "#cfd5d9", 6)
    c.ground(740, "#bdb7aa")
    for x, body, top in ((430, "#57a3cf", "氧"), (720, WHITE, "乙炔")):
        c.box(x, 330, 190, 640, body, radius=80, line=8)
        c.box(x + 62, 262, 66, 76, STEEL, line=6)
        c.path([(x + 95, 300), (x + 170, 268)], DARK, 16)
        c.oval(x + 150, 214, 84, 84, WHITE, line=7)
        c.path([(x + 192, 256), (x + 214, 238)], RED, 6)
        c.text(x + 95, 610, top, 72, RED if top == "乙炔" else INK, anchor="mm")
    c.path([(620, 262), (760, 200), (1010, 360), (1130, 820), (1290, 880)], GREEN, 16)
    c.path([(950, 262), (1040, 190), (1180, 420), (1200, 800), (1290, 880)], RED, 16)
    c.path([(1290, 880), (1400, 800)], DARK, 20)
    c.path([(525, 1030), (815, 1030)], INK, 6)
    for x in (525, 815):
        c.path([(x, 1006), (x, 1054)], INK, 6)
    c.text(670, 1002, "3.2 m", 52, RED, anchor="mb")


def dust_collector(c: Canvas) -> None:
    c.box(-10, -10, 1620, 760, SKY, line=0)
    c.box(-10, 260, 420, 500, WALL)
    c.ground(760, "#aab0a6")
    c.path([(300, 420), (610, 420)], STEEL, 70)
    c.box(600, 210, 560, 400, "#7f93a3", line=9)
    for x in (640, 820, 1000):
        c.box(x, 260, 120, 290, "#8ea2b1", line=6)
        c.oval(x + 86, 396, 20, 20, INK, line=0)
    for x in (680, 960):
        c.shape([(x - 70, 610), (x + 190, 610), (x + 90, 780), (x + 30, 780)], "#6d808f", line=8)
        c.box(x, 780, 120, 190, "#d9c79a", radius=26, line=6)
        c.path([(x + 8, 800), (x + 112, 800)], WOOD, 14)
    for x in (620, 1110):
        c.path([(x, 610), (x, 1000)], DARK, 26)
    c.path([(1160, 330), (1320, 330), (1320, 110)], STEEL, 70)
    c.box(1230, 620, 230, 180, BLUE, line=8, radius=20)
    c.oval(1276, 640, 140, 140, "#3f82c9", line=6)
    c.path([(1320, 330), (1340, 630)], STEEL, 60)


def electric_box(c: Canvas) -> None:
    c.ground(930, "#b5ab98")
    c.box(560, 200, 460, 640, "#9aa6b2", line=10)
    c.box(600, 240, 380, 560, "#e9ecee", line=6)
    c.shape([(560, 200), (330, 270), (330, 900), (560, 840)], "#b8c2cb", line=9)
    c.sign(385, 430, 120)
    for row in range(2):
        for k in range(4):
            c.box(630 + k * 84, 300 + row * 190, 64, 120, WHITE, line=5)
            c.box(650 + k * 84, 336 + row * 190, 24, 48, DARK, line=0)
    for k, colour in enumerate((RED, YELLOW, GREEN, BLUE)):
        c.path([(662 + k * 84, 610), (650 + k * 60, 690), (800 + k * 40, 780), (760 + k * 130, 1010)], colour, 13)
    c.path([(1150, 1010), (1178, 986)], "#c98a3c", 10)
    c.path([(1150, 1010), (1184, 1022)], "#c98a3c", 10)
    for x in range(600, 990, 22):
        c.oval(x, 782 + (x * 7) % 9, 26, 16, "#b9a27c", line=0)


def blocked_exit(c: Canvas) -> None:
    c.ground(900, "#b9b3a4")
    c.box(480, 190, 560, 720, "#d5ddd6", line=10)
    c.box(500, 210, 255, 700, "#7ba386", line=7)
    c.box(765, 210, 255, 700, "#7ba386", line=7)
    c.box(630, 80, 260, 88, GREEN, line=6)
    c.text(760, 124, "安全出口", 48, WHITE, anchor="mm")
    for x, y, w, h in ((380, 700, 330, 300), (690, 640, 360, 370), (470, 470, 300, 240), (980, 780, 300, 230)):
        c.box(x, y, w, h, WOOD, line=8)
        c.path([(x + w / 2, y + 6), (x + w / 2, y + h - 6)], "#e2c08c", 22)
    c.path([(300, 1010), (1330, 1010)], "#8a6a3e", 26)
    c.path([(745, 505), (785, 505)], INK, 16)
    c.oval(738, 520, 54, 64, YELLOW, line=6)


def gas_detector(c: Canvas) -> None:
    c.box(-10, -10, 1620, 1130, "#aeb6a2", line=0)
    c.oval(960, 620, 720, 340, "#1a1f24", line=10)
    c.shape([(380, 1104), (470, 720), (900, 720), (990, 1104)], "#e3b48f", line=7)
    c.box(440, 130, 480, 720, YELLOW, radius=60, line=10)
    c.box(500, 210, 360, 330, "#cfe0c6", line=8, radius=16)
    for row, (gas, value, colour) in enumerate(
        (("O2", "18.2", RED), ("LEL", "2", INK), ("H2S", "4", INK), ("CO", "6", INK))
    ):
        c.text(520, 256 + row * 78, gas, 46)
        c.text(738, 256 + row * 78, value, 52, colour, anchor="rm")
        c.text(752, 258 + row * 78, ("%VOL", "%LEL", "ppm", "ppm")[row], 26)
    for k in range(3):
        c.oval(520 + k * 120, 620, 84, 84, DARK, line=6)
    c.oval(640, 60, 80, 100, STEEL, line=8)
    c.path([(680, 70), (1000, 110), (1240, 420), (1290, 800)], "#4d5a66", 22)


def combustibles(c: Canvas) -> None:
    c.ground(760, "#b5b0a6")
    c.box(120, 330, 330, 560, STEEL, line=9)
    c.box(120, 330, 330, 60, "#74808c", line=7)
    c.path([(450, 470), (820, 470), (820, 300), (1540, 300)], "#6c7884", 44)
    for k in range(14):
        angle = k * 71 % 97
        c.path([(470, 480), (530 + angle * 2.2, 520 + (k * 53) % 260)], ("#ffb02e", "#ffd873", "#f5822e")[k % 3], 7)
    c.oval(440, 440, 80, 80, "#fff3c4", line=0)
    for x, y, w, h in ((620, 740, 280, 240), (880, 690, 300, 300), (1160, 780, 260, 210)):
        c.box(x, y, w, h, WOOD, line=8)
        c.path([(x, y + h / 2), (x + w, y + h / 2)], "#d9b27c", 18)
    c.shape([(560, 1010), (760, 960), (980, 1020), (1200, 980), (1380, 1040), (900, 1080)], "#ece3cf", line=6)


def dust_on_beam(c: Canvas) -> None:
    c.box(-10, -10, 1620, 1130, "#d3d8d6", line=0)
    c.shape([(0, 120), (1600, 0), (1600, 110), (0, 230)], "#a2acb2", line=7)
    c.box(-10, 430, 1620, 60, "#6f7f8c", line=8)
    c.box(-10, 490, 1620, 150, "#8496a3", line=8)
    c.box(-10, 640, 1620, 60, "#6f7f8c", line=8)
    points: list[Point] = [(0, 430)]
    points += [(x, 384 - (x * 37 % 41) - (24 if 500 < x < 1100 else 0)) for x in range(0, 1640, 40)]
    c.shape([*points, (1600, 430)], "#c6a877", line=5)
    for k in range(60):
        c.oval(40 + (k * 263) % 1520, 706 + (k * 97) % 330, 14, 10, "#c6a877", line=0)
    c.box(820, 250, 70, 182, WHITE, line=6)
    for k in range(8):
        c.path([(826, 272 + k * 21), (850 if k % 2 else 866, 272 + k * 21)], INK, 4)


# Name, what draws it, caption, the visit it belongs to, when it was taken.
PICTURES: tuple[tuple[str, Callable[[Canvas], None], str, str, str], ...] = (
    ("open-manhole.jpg", open_manhole, "污水调节池人孔敞开，盖板移开，无标志", "confined-space", "2026-11-17 09:42:10"),
    ("gas-detector.jpg", gas_detector, "池口复测读数", "confined-space", "2026-11-17 09:58:31"),
    ("dust-collector.jpg", dust_collector, "干式除尘器，未见泄爆装置", "dust-explosion", "2026-11-18 14:05:02"),
    ("electric-box.jpg", electric_box, "打磨区配电箱敞开，线头外露积尘", "dust-explosion", "2026-11-18 14:21:47"),
    ("blocked-exit.jpg", blocked_exit, "打磨车间安全出口堆放纸箱", "dust-explosion", "2026-11-18 14:30:15"),
    ("dust-on-beam.jpg", dust_on_beam, "横梁上表面积尘", "dust-explosion", "2026-11-18 14:36:58"),
    ("gas-cylinders.jpg", gas_cylinders, "氧气瓶与乙炔瓶间距不足", "hot-work", "2026-11-19 10:12:20"),
    ("combustibles.jpg", combustibles, "动火点旁纸箱、包装膜未清理", "hot-work", "2026-11-19 10:18:44"),
)


def shipped_font() -> Path:
    return resource("fonts", "song-bold.ttf")


def draw_all(folder: Path, font: Path, places: Mapping[str, Point]) -> None:
    """`places`: longitude and latitude of each visit; every photo is a few metres off."""
    for number, (name, draw, caption, visit, taken_at) in enumerate(PICTURES, start=1):
        canvas = Canvas(font)
        draw(canvas)
        canvas.caption(caption)
        picture = canvas.image.resize(SIZE, Image.Resampling.LANCZOS)
        path = folder / name
        longitude, latitude = places[visit]
        exif = _exif(datetime.fromisoformat(taken_at), (longitude + number * 3e-5, latitude + number * 2e-5))
        picture.save(path, quality=82, optimize=True, exif=exif)
        assert path.stat().st_size <= _LARGEST, name


def _exif(taken_at: datetime, place: Point) -> Image.Exif:
    exif = Image.Exif()
    stamp = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif[0x010E] = "SAMPLE PICTURE"  # ImageDescription
    exif[0x0132] = stamp
    exif.get_ifd(0x8769).update({0x9003: stamp, 0x9004: stamp, 0x9011: "+08:00"})
    longitude, latitude = place
    exif.get_ifd(0x8825).update({0: b"\2\3\0\0", 1: "N", 2: _degrees(latitude), 3: "E", 4: _degrees(longitude)})
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return (float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2))
