"""The cells of tests/sdk/scenarios.json that exist with this SDK."""
import json
from collections import namedtuple
from pathlib import Path

SDK = "python"
TABLE = json.loads((Path(__file__).resolve().parents[2] / "scenarios.json").read_text("utf-8"))

Cell = namedtuple("Cell", "feature who transport title")


def every_cell(table):
    for feature in table["features"]:
        for who in feature["who"]:
            for transport in table["transports"]:
                yield Cell(feature["id"], who, transport, feature["title"])


def takes_away(absent, cell):
    return (cell.feature in absent.get("features", [cell.feature])
            and cell.who in absent.get("who", [cell.who])
            and SDK in absent.get("sdks", [SDK])
            and cell.transport in absent.get("transports", [cell.transport]))


def cells_of(table):
    missing = table["absent"] + TABLE["sdks"][SDK]["absent"]
    return [cell for cell in every_cell(table)
            if not any(takes_away(absent, cell) for absent in missing)]


def cells():
    return [cell for table in TABLE["tables"] for cell in cells_of(table)]
