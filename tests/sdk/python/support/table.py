"""The cells of tests/sdk/scenarios.json that exist with this SDK."""
import json
from collections import namedtuple
from pathlib import Path

SDK = "python"
TABLE = json.loads((Path(__file__).resolve().parents[2] / "scenarios.json").read_text("utf-8"))

Cell = namedtuple("Cell", "feature who transport title")


def every_cell():
    for feature in TABLE["features"]:
        for who in feature["who"]:
            for transport in TABLE["transports"]:
                yield Cell(feature["id"], who, transport, feature["title"])


def takes_away(absent, cell):
    return (cell.feature in absent.get("features", [cell.feature])
            and cell.who in absent.get("who", [cell.who])
            and cell.transport in absent.get("transports", [cell.transport]))


def cells():
    missing = TABLE["absent"] + TABLE["sdks"][SDK]["absent"]
    return [cell for cell in every_cell()
            if not any(takes_away(absent, cell) for absent in missing)]
