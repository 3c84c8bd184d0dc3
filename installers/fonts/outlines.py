"""Cubic outlines into few quadratic ones.

The outlines of FandolFang were traced: a stroke that one curve would draw comes in five. Every cubic becomes
quadratic curves first; then neighbours that join smoothly become one curve where that moves no point by more than
MERGE_ERROR. What a paper embeds shrinks by a third, and no printer shows the difference.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from fontTools.cu2qu import curve_to_quadratic
from fontTools.pens.basePen import BasePen
from fontTools.pens.ttGlyphPen import TTGlyphPen

CURVE_ERROR = 0.6  # of 1000 units to the em: 12 pt print has 17 units to a dot of 600 dpi
MERGE_ERROR = 1.6
_SMOOTH = 0.94  # cosine of the sharpest bend that counts as no corner

Point = tuple[float, float]
Segment = tuple[Point, Point | None, Point]
"""Start, control point (None: a straight line), end."""


class QuadraticPen(BasePen):
    """Collects contours as segments, with every cubic made quadratic."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.contours: list[list[Segment]] = []
        self._segments: list[Segment] = []

    def _moveTo(self, _point: Point) -> None:  # noqa: N802 the pen protocol's name
        self._segments = []
        self.contours.append(self._segments)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        start = self._getCurrentPoint()
        if start != point:
            self._segments.append((start, None, point))

    def _curveToOne(self, one: Point, two: Point, end: Point) -> None:  # noqa: N802
        start = self._getCurrentPoint()
        spline = curve_to_quadratic((start, one, two, end), CURVE_ERROR)
        controls = spline[1:-1]
        for index, control in enumerate(controls):
            last = index == len(controls) - 1
            stop = end if last else _middle(control, controls[index + 1])
            self._segments.append((start, control, stop))
            start = stop

    def _closePath(self) -> None:  # noqa: N802
        if self._segments and self._segments[-1][2] != self._segments[0][0]:
            self._segments.append((self._segments[-1][2], None, self._segments[0][0]))


def draw_simplified(contours: list[list[Segment]], pen: TTGlyphPen) -> None:
    """Draw the contours with neighbours merged, in the direction that TrueType wants."""
    for contour in contours:
        merged = merge(contour)
        if len(merged) < 2:
            continue
        pen.moveTo(_rounded(merged[-1][2]))
        for start, control, _end in reversed(merged):
            if control is None:
                pen.lineTo(_rounded(start))
            else:
                pen.qCurveTo(_rounded(control), _rounded(start))
        pen.closePath()


def merge(segments: list[Segment]) -> list[Segment]:
    """Neighbouring segments as one where it makes no difference."""
    result: list[Segment] = []
    at = 0
    while at < len(segments):
        best, taken = segments[at], 1
        while at + taken < len(segments):
            candidate = _joined(segments[at : at + taken + 1])
            if candidate is None:
                break
            best = candidate
            taken += 1
        result.append(best)
        at += taken
    return result


def _joined(parts: list[Segment]) -> Segment | None:
    """One segment for all parts, or None where there is a corner or it would stray."""
    before, after = parts[-2], parts[-1]
    if _cosine(_direction(before[1] or before[0], before[2]), _direction(after[0], after[1] or after[2])) < _SMOOTH:
        return None
    start, end = parts[0][0], parts[-1][2]
    if all(control is None for _start, control, _end in parts):
        merged: Segment = (start, None, end)
    else:
        control = _crossing(start, parts[0][1] or parts[0][2], end, parts[-1][1] or parts[-1][0])
        if control is None:
            return None
        merged = (start, control, end)
    return merged if _strays_little(merged, parts) else None


def _strays_little(merged: Segment, parts: list[Segment]) -> bool:
    line = [_at(merged, step / 12) for step in range(13)]
    return all(_distance(_at(part, step / 4), line) <= MERGE_ERROR for part in parts for step in range(1, 5))


def _crossing(start: Point, towards: Point, end: Point, back: Point) -> Point | None:
    """Where the tangents at both ends meet, if that is between them."""
    ax, ay = towards[0] - start[0], towards[1] - start[1]
    bx, by = back[0] - end[0], back[1] - end[1]
    cross = ax * by - ay * bx
    if abs(cross) < 1e-6:
        return None
    dx, dy = end[0] - start[0], end[1] - start[1]
    along, against = (dx * by - dy * bx) / cross, (dx * ay - dy * ax) / cross
    if along <= 0 or against <= 0:
        return None
    return start[0] + along * ax, start[1] + along * ay


def _at(segment: Segment, t: float) -> Point:
    (x0, y0), control, (x1, y1) = segment
    if control is None:
        return x0 + t * (x1 - x0), y0 + t * (y1 - y0)
    u = 1 - t
    return u * u * x0 + 2 * u * t * control[0] + t * t * x1, u * u * y0 + 2 * u * t * control[1] + t * t * y1


def _distance(point: Point, line: list[Point]) -> float:
    """From a point to a chain of straight pieces."""
    best = 1e9
    px, py = point
    for (x0, y0), (x1, y1) in pairwise(line):
        dx, dy = x1 - x0, y1 - y0
        square = dx * dx + dy * dy
        t = 0.0 if not square else min(1.0, max(0.0, ((px - x0) * dx + (py - y0) * dy) / square))
        best = min(best, hypot(px - x0 - t * dx, py - y0 - t * dy))
    return best


def _direction(one: Point, two: Point) -> Point:
    return two[0] - one[0], two[1] - one[1]


def _cosine(one: Point, two: Point) -> float:
    lengths = hypot(*one) * hypot(*two)
    return (one[0] * two[0] + one[1] * two[1]) / lengths if lengths else 1.0


def _middle(one: Point, two: Point) -> Point:
    return (one[0] + two[0]) / 2, (one[1] + two[1]) / 2


def _rounded(point: Point) -> Point:
    return round(point[0]), round(point[1])
