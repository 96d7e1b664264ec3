"""What a row says when its pairs are known: the median of the ratios, their spread, and whether the
goal is held. Only computes (figures_test.py)."""
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Goal:
    """`of` is "ratio" (hub by yardstick) or "hub" (the hub's own figure, in the row's unit)."""
    limit: float
    at_least: bool
    of: str = "ratio"

    def held_by(self, figures):
        value = figures.ratio if self.of == "ratio" else figures.hub
        if value is None:
            return None
        return value >= self.limit if self.at_least else value <= self.limit

    def text(self, unit):
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.limit:g}" + ("×" if self.of == "ratio" else f" {unit}")


@dataclass(frozen=True)
class Figures:
    """Of the pairs (hub, yardstick) of a row; a yardstick may be None throughout."""
    hub: float
    yardstick: float | None
    ratio: float | None
    spread: tuple | None
    by_processor: float | None = None  # the ratio of what a second of the servers' work brings


def figures_of(pairs, busy):
    """`busy` holds the shares of time that the servers worked, a pair for each; None: unknown."""
    hub = median(pair[0] for pair in pairs)
    if pairs[0][1] is None:
        return Figures(hub, None, None, None)
    ratios = [pair[0] / pair[1] for pair in pairs]
    return Figures(hub, median(pair[1] for pair in pairs), median(ratios),
                   (min(ratios), max(ratios)), by_processor(ratios, busy))


def by_processor(ratios, busy):
    if any(not one[0] or not one[1] for one in busy):
        return None
    return median(ratio * one[1] / one[0] for ratio, one in zip(ratios, busy))


def number(value):
    """Three digits or so: 123,456; 12.3; 0.94."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def share(busy):
    return "–" if busy is None else f"{100 * busy:.0f} %"
