"""What became of each cell, for scripts/write_matrix.py (tests/sdk/README.md)."""
import json
import os
from pathlib import Path

from support.table import SDK

ROOT = Path(__file__).resolve().parents[4]
FOLDER = Path(os.environ.get("IOTHUB_SDK_RESULTS") or ROOT / "build/sdk-results")

outcomes = []


def record(cell, outcome, detail=None):
    row = {"feature": cell.feature, "who": cell.who, "transport": cell.transport, "outcome": outcome}
    outcomes.append({**row, "detail": detail} if detail else row)


def write():
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"sdk": SDK, "cells": outcomes}, indent=1, ensure_ascii=False)
    (FOLDER / f"{SDK}.json").write_text(text + "\n", encoding="utf-8")
