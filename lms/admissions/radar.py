"""The profile of a baseline as the points of a drawing: a ring per level, a spoke and a label per area."""

from dataclasses import dataclass
from math import cos, pi, sin

CENTRE_X, CENTRE_Y, RADIUS = 180, 165, 112
LABEL_RADIUS = 126
LINE = 18  # height of a label's line
RINGS = (60, 80, 100)


@dataclass(frozen=True)
class Label:
    """An area's name in lines of text (x, y, words), and on which side it is anchored."""

    anchor: str
    lines: tuple


@dataclass(frozen=True)
class Chart:
    """Paths and points in a box of 360 × 330."""

    rings: tuple
    spokes: tuple
    area: str
    dots: tuple
    labels: tuple
    scale: tuple


def chart(values):
    """The drawing of (name, per cent) pairs, clockwise from the top. Fewer than three are no area: None."""
    count = len(values)
    if count < 3:
        return None
    dots = tuple(_point(n, count, RADIUS * percent / 100) for n, (_name, percent) in enumerate(values))
    return Chart(
        rings=tuple(_path([_point(n, count, RADIUS * ring / 100) for n in range(count)]) for ring in RINGS),
        spokes=tuple(_point(n, count, RADIUS) for n in range(count)),
        area=_path(dots),
        dots=dots,
        labels=tuple(_label(name, n, count) for n, (name, _percent) in enumerate(values)),
        scale=tuple((ring, CENTRE_Y + 5 + round(RADIUS * ring / 100)) for ring in RINGS[:2]),
    )


def _point(n, count, radius):
    angle = 2 * pi * n / count
    return round(CENTRE_X + radius * sin(angle)), round(CENTRE_Y - radius * cos(angle))


def _path(points):
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def _label(name, n, count):
    x, y = _point(n, count, LABEL_RADIUS)
    anchor = "middle" if abs(x - CENTRE_X) < 8 else "start" if x > CENTRE_X else "end"
    if anchor == "middle":
        words = [name]
        y += -4 if y < CENTRE_Y else LINE - 4
    else:
        words = _wrapped(name)
        x += 6 if anchor == "start" else -6
    return Label(anchor, tuple((x, y + LINE * line, word) for line, word in enumerate(words)))


def _wrapped(name, most=11):
    """Latin words by the line; Chinese, which has none, in two halves when it is long."""
    if name.isascii() and " " not in name:
        return [name]
    if " " not in name:
        half = (len(name) + 1) // 2
        return [name] if len(name) <= 4 else [name[:half], name[half:]]
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        lines[-1:] = [joined] if len(joined) <= most or not lines[-1] else [lines[-1], word]
    return lines
