"""Faces as drawings: what brows, lids, mouth and nose do in each expression, on six different heads.

What moves in an expression follows the prototypes of the Facial Action Coding System, in words beside each; the drawings
are ours and no person has ever been asked what they show: *not validated on people*.

Source:
    Ekman & Friesen 1978, Facial Action Coding System, for the prototypes of the first six; the rest are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from thirdchair_lab.studies.emotion_faces.drawing import Ellipse, Filled, Point, Shape, Stroke, curve, drawn


@dataclass(frozen=True, slots=True)
class Pose:
    """What the parts of a face do; 0 is at rest, about 1 is full.

    Args:
        inner, outer: how far the inner and outer ends of the brows are raised; below 0 lowered.
        knit: how far the brows are drawn together.
        one_brow: how far one brow alone is raised.
        open: how far the eyes are open, 1 at rest, 0 shut.
        one_eye: the same for one eye, where it differs.
        lower_lid: how far the lower lid is raised.
        gaze: to the side and down.
        smile: corners of the mouth up; below 0 down.
        one_corner: one corner alone up.
        wide: the mouth stretched sideways.
        gape: the mouth open.
        lip: the upper lip raised, and the nose wrinkled.
        tight: lips pressed.
    """

    inner: float = 0.0
    outer: float = 0.0
    knit: float = 0.0
    one_brow: float = 0.0
    open: float = 1.0
    one_eye: float | None = None
    lower_lid: float = 0.0
    gaze: Point = (0.0, 0.0)
    smile: float = 0.0
    one_corner: float = 0.0
    wide: float = 0.0
    gape: float = 0.0
    lip: float = 0.0
    tight: float = 0.0

    def at(self, strength: float) -> Pose:
        """The same, weaker."""

        def part(value: float, rest: float = 0.0) -> float:
            return rest + (value - rest) * strength

        return Pose(
            inner=part(self.inner),
            outer=part(self.outer),
            knit=part(self.knit),
            one_brow=part(self.one_brow),
            open=part(self.open, 1.0),
            one_eye=None if self.one_eye is None else part(self.one_eye, 1.0),
            lower_lid=part(self.lower_lid),
            gaze=(part(self.gaze[0]), part(self.gaze[1])),
            smile=part(self.smile),
            one_corner=part(self.one_corner),
            wide=part(self.wide),
            gape=part(self.gape),
            lip=part(self.lip),
            tight=part(self.tight),
        )


POSES: Final[Mapping[str, Pose]] = MappingProxyType(
    {
        # cheeks and lip corners up
        "happy": Pose(smile=1.0, wide=0.5, gape=0.35, lower_lid=0.7, outer=0.1),
        # inner brows up, lip corners down
        "sad": Pose(inner=1.0, outer=-0.5, knit=0.4, open=0.7, gaze=(0.0, 0.6), smile=-0.9),
        # brows up, lids up, jaw dropped
        "surprised": Pose(inner=1.1, outer=1.1, open=1.6, wide=-0.5, gape=1.0),
        # brows up and together, lids up, lips stretched
        "afraid": Pose(inner=1.1, outer=0.3, knit=0.9, open=1.55, smile=-0.5, wide=0.7, gape=0.4),
        # brows down and together, lids tight, lips pressed
        "angry": Pose(inner=-1.1, outer=0.4, knit=0.8, open=0.85, lower_lid=0.4, smile=-0.3, tight=1.0),
        # nose wrinkled, upper lip up, brows down
        "disgusted": Pose(inner=-0.7, outer=-0.2, knit=0.5, open=0.5, lower_lid=0.8, smile=-0.5, lip=1.0),
        # one lip corner up, lids a little down
        "scornful": Pose(one_corner=1.0, open=0.6, outer=0.1, gaze=(0.0, 0.4), tight=0.6),
        # brows up within and together, lips pressed, gaze away
        "worried": Pose(inner=0.9, outer=-0.1, knit=0.9, open=1.1, gaze=(0.6, 0.0), smile=-0.35, tight=0.6),
        # lids down, brows up to hold them, jaw slack
        "sleepy": Pose(inner=0.5, outer=0.5, open=0.22, gaze=(0.0, 0.7), smile=-0.25, wide=-0.7, gape=0.16),
        # lids narrow, gaze to the side, one brow up, lips pressed
        "suspicious": Pose(
            inner=-0.6, outer=-0.1, one_brow=1.0, open=0.5, lower_lid=0.5, gaze=(1.0, 0.0), tight=0.8
        ),
        # one eye shut, a smile to one side
        "playful": Pose(one_brow=0.8, one_eye=0.0, smile=0.7, one_corner=0.6, wide=0.3, lower_lid=0.3),
        # eyes shut, all at ease, the hint of a smile
        "peaceful": Pose(open=0.0, smile=0.45, inner=0.1, outer=0.1),
    }
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head without an expression.

    Args:
        rx, ry: half width and half height.
        skin, hair: shade.
        style: of the hair: "short", "long", "curly", "bun", "scarf", "none".
        brow: width of the brows.
        glasses: whether it wears them.
        lines: whether age has drawn lines.
    """

    rx: float
    ry: float
    skin: float
    hair: float
    style: str
    brow: float
    glasses: bool = False
    lines: bool = False


HEADS: Final = (
    Head(29, 36, 0.93, 0.20, "short", 2.6),
    Head(27, 35, 0.66, 0.07, "long", 1.9),
    Head(31, 35, 0.80, 0.47, "curly", 2.2),
    Head(28, 37, 0.93, 0.73, "none", 2.3, lines=True),
    Head(28, 36, 0.73, 0.33, "scarf", 2.0),
    Head(27, 36, 0.87, 0.60, "bun", 1.9, glasses=True, lines=True),
)

_MIDDLE: Final = 50.0
_EYE_Y: Final = 48.0
_EYE_X: Final = 12.5
_MOUTH_Y: Final = 71.0


def face(expression: str, head: int, strength: float, *, upside_down: bool = False) -> bytes:
    """A face as a PNG file.

    Args:
        expression: a key of `POSES`.
        head: place in `HEADS`.
        strength: above 0, 1 is full.
    """
    of, pose = HEADS[head], POSES[expression].at(strength)
    shapes = [*_behind(of), *_head(of), *_nose(of, pose), *_mouth(of, pose)]
    for side in (-1, 1):
        shapes += [*_eye(of, pose, side), *_brow(of, pose, side)]
    if of.glasses:
        shapes += _glasses()
    return drawn(shapes, upside_down=upside_down)


def _behind(of: Head) -> list[Shape]:
    """Hair or scarf behind the face."""
    match of.style:
        case "long":
            return [Ellipse((50, 44), of.rx + 6, 40, of.hair), Ellipse((50, 72), of.rx + 5, 24, of.hair)]
        case "curly":
            around = [
                (22, 34),
                (27, 22),
                (37, 14),
                (50, 11),
                (63, 14),
                (73, 22),
                (78, 34),
                (20, 46),
                (80, 46),
            ]
            return [Ellipse(at, 9, 9, of.hair) for at in around]
        case "bun":
            return [Ellipse((50, 9), 9, 8, of.hair), Ellipse((50, 38), of.rx + 4, 31, of.hair)]
        case "scarf":
            return [Ellipse((50, 50), of.rx + 8, 45, of.hair), Ellipse((50, 92), 26, 14, of.hair)]
        case "short":
            return [Ellipse((50, 38), of.rx + 3, 31, of.hair)]
        case _:
            return []


def _head(of: Head) -> list[Shape]:
    skull: list[Shape] = [
        Ellipse((_MIDDLE, 54), of.rx + 0.8, of.ry + 0.8, 0.0),
        Ellipse((_MIDDLE, 54), of.rx, of.ry, of.skin),
    ]
    if of.style in ("short", "long", "bun"):
        fringe = (*curve((24, 38), (32, 20), (50, 26)), *curve((50, 26), (68, 20), (76, 38)))
        skull.append(Filled((*fringe, (74, 28), (62, 19), (50, 17), (38, 19), (26, 28)), of.hair))
    if of.lines:
        skull += [
            Stroke(curve((38, 30), (50, 28), (62, 30)), 0.7, of.skin - 0.27),
            Stroke(curve((33, 60), (32, 66), (34, 71)), 0.8, of.skin - 0.27),
            Stroke(curve((67, 60), (68, 66), (66, 71)), 0.8, of.skin - 0.27),
        ]
    return skull


def _brow(of: Head, pose: Pose, side: int) -> list[Shape]:
    raised = pose.one_brow if side > 0 else 0.0
    inner = (50 + side * (6.5 - 1.8 * pose.knit), 38.5 - 4.6 * (pose.inner + 1.1 * raised))
    outer = (50 + side * 20.5, 39.5 - 4.0 * (pose.outer + 0.9 * raised))
    bend = (50 + side * 14.0, min(inner[1], outer[1]) - 2.4 - 1.4 * max(0.0, pose.outer + raised))
    shapes: list[Shape] = [Stroke(curve(inner, bend, outer), of.brow, min(of.hair, 0.4))]
    if pose.knit > 0.3:
        x = 50 + side * 2.2
        shapes.append(Stroke(((x, 36.0), (x - side * 0.5, 36.0 + 5 * pose.knit)), 0.8, of.skin - 0.4))
    return shapes


def _eye(of: Head, pose: Pose, side: int) -> list[Shape]:
    wide = pose.open if side > 0 or pose.one_eye is None else pose.one_eye
    x, left, right = 50 + side * _EYE_X, 50 + side * _EYE_X - 6.6, 50 + side * _EYE_X + 6.6
    if wide < 0.21:
        sag = 3.2 - 3.0 * pose.lower_lid
        return [Stroke(curve((left, _EYE_Y), (x, _EYE_Y + 2 * sag), (right, _EYE_Y)), 1.3)]
    up, down = 8.6 * wide, 6.6 * (0.35 + 0.65 * min(wide, 1.2)) * (1 - 0.6 * pose.lower_lid)
    upper = curve((left, _EYE_Y), (x, _EYE_Y - up), (right, _EYE_Y))
    lower = curve((right, _EYE_Y), (x, _EYE_Y + down), (left, _EYE_Y))
    shapes: list[Shape] = [Filled((*upper, *lower), 1.0)]
    shapes += _iris(pose, x, up, down)
    shapes += _lids(of, x, up, down)
    shapes += [Stroke(upper, 1.5), Stroke(lower, 0.9, 0.2)]
    if pose.lower_lid > 0.4:
        pouch = _EYE_Y + down / 2 + 3.0
        shapes.append(
            Stroke(curve((left + 1.5, pouch), (x, pouch + 1.8), (right - 1.5, pouch)), 0.7, of.skin - 0.35)
        )
    return shapes


def _iris(pose: Pose, x: float, up: float, down: float) -> list[Shape]:
    at = (x + 3.0 * pose.gaze[0], _EYE_Y + (down - up) / 4 + 1.6 * pose.gaze[1])
    return [Ellipse(at, 3.3, 3.3, 0.27), Ellipse(at, 1.6, 1.6, 0.0)]


def _lids(of: Head, x: float, up: float, down: float) -> list[Shape]:
    """Skin over what of the iris the lids hide."""
    left, right, far = x - 7.4, x + 7.4, 9.0
    upper = curve((x - 6.6, _EYE_Y), (x, _EYE_Y - up), (x + 6.6, _EYE_Y))
    lower = curve((x - 6.6, _EYE_Y), (x, _EYE_Y + down), (x + 6.6, _EYE_Y))
    top = min(far, up / 2 + 2.6)
    bottom = min(far, down / 2 + 2.6)
    return [
        Filled(
            (*upper, (right, _EYE_Y), (right, _EYE_Y - top), (left, _EYE_Y - top), (left, _EYE_Y)), of.skin
        ),
        Filled(
            (*lower, (right, _EYE_Y), (right, _EYE_Y + bottom), (left, _EYE_Y + bottom), (left, _EYE_Y)),
            of.skin,
        ),
    ]


def _nose(of: Head, pose: Pose) -> list[Shape]:
    shade = of.skin - 0.45
    shapes: list[Shape] = [Stroke(curve((48.5, 50), (45.0, 61), (50.5, 61.5)), 1.0, shade)]
    if pose.lip > 0.3:
        for side in (-1, 1):
            for step in range(3):
                y = 49 + 3.0 * step
                shapes.append(Stroke(((50 + side * 1.5, y), (50 + side * 4.5, y - 1.8)), 0.8, of.skin - 0.5))
            fold = curve((50 + side * 6, 58), (50 + side * 12, 60), (50 + side * 14, 68))
            shapes.append(Stroke(fold, 0.9, of.skin - 0.45))
    return shapes


def _mouth(of: Head, pose: Pose) -> list[Shape]:
    half = 10.5 + 4.0 * pose.wide + 1.5 * max(0.0, pose.smile)
    left = (50 - half, _MOUTH_Y - 4.2 * pose.smile)
    right = (50 + half, _MOUTH_Y - 4.2 * pose.smile - 5.0 * pose.one_corner)
    middle = _MOUTH_Y + 2.0 * pose.smile
    thin = 1.8 - 0.6 * pose.tight
    if pose.lip > 0.3:
        return _bared(of, pose, left, right)
    if pose.gape < 0.15:
        shapes: list[Shape] = [Stroke(curve(left, (50, 2 * middle - _MOUTH_Y), right), thin)]
        return shapes + _creases(of, pose, left, right)
    top = curve(left, (50, 2 * middle - _MOUTH_Y - 4.5 * pose.gape * (0 if pose.smile > 0.4 else 1)), right)
    low = curve(right, (50, 2 * middle - _MOUTH_Y + 6 + 16 * pose.gape), left)
    shapes = [Filled((*top, *low), 0.13), Stroke((*top, *low), 1.5)]
    if pose.smile > 0.4:
        teeth = curve(right, (50, 2 * middle - _MOUTH_Y + 7 * pose.gape + 3), left)
        shapes.insert(1, Filled((*top, *teeth), 1.0))
    return shapes + _creases(of, pose, left, right)


def _bared(of: Head, pose: Pose, left: Point, right: Point) -> list[Shape]:
    """The upper lip drawn up over the teeth."""
    lift = 5.0 * pose.lip
    top = curve(left, (50, _MOUTH_Y - 2 * lift), right)
    low = curve(right, (50, _MOUTH_Y + 1.5), left)
    return [Filled((*top, *low), 0.93), Stroke((*top, *low), 1.4)]


def _creases(of: Head, pose: Pose, left: Point, right: Point) -> list[Shape]:
    """Beside the corners where they are drawn up or down."""
    made: list[Shape] = []
    for side, corner in ((-1, left), (1, right)):
        pull = pose.smile + (pose.one_corner if side > 0 else 0.0)
        if pull > 0.35:
            x, y = corner[0] + side * 2.5, corner[1]
            made.append(Stroke(curve((x, y - 5), (x + side * 2.0, y), (x, y + 4)), 0.9, of.skin - 0.4))
        elif pull < -0.4:
            x, y = corner
            made.append(Stroke(((x + side * 0.8, y), (x + side * 1.6, y + 3.5)), 0.9, of.skin - 0.4))
    return made


def _glasses() -> list[Shape]:
    rims: list[Shape] = []
    for side in (-1, 1):
        x = 50 + side * _EYE_X
        rim = (*curve((x - 9.5, 48), (x - 9.5, 39), (x, 39)), *curve((x, 39), (x + 9.5, 39), (x + 9.5, 48)))
        rim += (
            *curve((x + 9.5, 48), (x + 9.5, 57.5), (x, 57.5)),
            *curve((x, 57.5), (x - 9.5, 57.5), (x - 9.5, 48)),
        )
        rims.append(Stroke(rim, 0.8, 0.13))
    return [*rims, Stroke(((47, 47), (53, 47)), 0.8, 0.13)]
