"""Writes what each SDK was seen to do (tests/sdk/README.md) into docs/compatibility.md, between the two
comments below. Cells that were not tried now keep what the page said of them.

usage: write_matrix.py [RESULTS [ROOT]]     RESULTS: the folder with NAME.json of each suite that ran

Exit code 1 when the page said something else than was seen: it is rewritten, and each difference named.
Also, whatever the page said, when a cell failed, or was not tried by a suite that ran: each is named.
"""
import json
import sys
from pathlib import Path

PAGE = "docs/compatibility.md"
BEGIN = "<!-- written by scripts/write_matrix.py from tests/sdk/scenarios.json and what was seen -->"
END = "<!-- end of what scripts/write_matrix.py writes -->"
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def tables_of(scenarios):
    """Each has a matrix of its own, with the same SDKs."""
    return [{**table, "sdks": scenarios["sdks"]} for table in scenarios["tables"]]


def rows_of(table):
    return [(feature["id"], who) for feature in table["features"] for who in feature["who"]]


def columns_of(table):
    return [(sdk, transport) for sdk in table["sdks"] for transport in table["transports"]]


def takes_away(absent, row, column):
    (feature, who), (sdk, transport) = row, column
    return (feature in absent.get("features", [feature]) and who in absent.get("who", [who])
            and sdk in absent.get("sdks", [sdk])
            and transport in absent.get("transports", [transport]))


def reasons(table):
    """(row, column) of each cell that the SDK has not: why."""
    found = {}
    for row in rows_of(table):
        for column in columns_of(table):
            for absent in table["absent"] + table["sdks"][column[0]].get("absent", []):
                if takes_away(absent, row, column):
                    found.setdefault((row, column), absent["reason"])
    return found


def split(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def former_cells(table, section):
    """(row, column) of each cell of the written tables: its text. A column is known by its heading."""
    headings = {heading(table, column): column for column in columns_of(table)}
    cells, names = {}, []
    for line in (split(line) for line in section.splitlines() if line.startswith("|")):
        names = line if line[0] == "feature" else names
        for name, text in zip(names[2:], line[2:]):
            if name in headings:
                cells[(line[0], line[1]), headings[name]] = text
    return cells


def heading(table, column):
    sdk, transport = column
    return f"{table['sdks'][sdk]['name']} {table['transports'][transport]}"


def read_results(folder):
    """SDK: {(feature, who, transport): what the suite wrote of it}, of those that were run."""
    results = {}
    for path in sorted(Path(folder).glob("*.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        results[result["sdk"]] = {
            (cell["feature"], cell["who"], cell["transport"]): cell
            for cell in result["cells"]}
    return results


def outcome_of(results, row, column):
    sdk, transport = column
    untried = {"outcome": "" if sdk in results else "not run"}
    return results.get(sdk, {}).get((*row, transport), untried)


def seen(results, former, row, column):
    kept = former.get((row, column), "")
    kept = "" if kept.startswith("—") else kept
    outcome = outcome_of(results, row, column)["outcome"]
    return kept if outcome == "not run" else outcome


def cells_of(table, results, former):
    """(row, column) of each cell: its text; and the notes that the texts refer to."""
    absent = reasons(table)
    notes = list(dict.fromkeys(absent.values()))

    def text(row, column):
        if (row, column) in absent:
            return "—" + str(notes.index(absent[row, column]) + 1).translate(SUPERSCRIPT)
        return seen(results, former, row, column)

    return {(row, column): text(row, column)
            for row in rows_of(table) for column in columns_of(table)}, notes


def matrix_of(table, cells, notes):
    columns = columns_of(table)
    lines = ["| feature | of a | " + " | ".join(heading(table, c) for c in columns) + " |",
             "|---" * (len(columns) + 2) + "|"]
    lines += [f"| {row[0]} | {row[1]} | " + " | ".join(cells[row, c] for c in columns) + " |"
              for row in rows_of(table)]
    lines += [""] * bool(notes) + [f"{number}. {note}" for number, note in enumerate(notes, 1)]
    return "\n".join(lines)


def legend_of(scenarios):
    packages = "; ".join(f"{sdk['name']}: {sdk['packages']}" for sdk in scenarios["sdks"].values())
    return packages + ". `—`: the note says why not. Blank: not tried yet."


def name_of(table, row, column):
    return f"{row[0]} of a {row[1]}, {heading(table, column)}"


def differences(table, former, cells):
    for (row, column), text in cells.items():
        was = former.get((row, column), "")
        if was != text:
            yield f"{name_of(table, row, column)}: was \"{was}\", is \"{text}\""


def failures(table, results):
    absent = reasons(table)
    for row, column in ((row, column) for row in rows_of(table) for column in columns_of(table)):
        cell = outcome_of(results, row, column)
        if (row, column) not in absent and cell["outcome"] not in ("works", "not run"):
            unsaid = "no reason is given" if cell["outcome"] else "its suite left it out"
            why = " ".join(cell.get("detail", unsaid).split())
            yield f"{name_of(table, row, column)} fails: {why}"


def update_page(root, scenarios, results):
    """Whether the page had said what was seen."""
    page = (root / PAGE).read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    section, end, tail = rest.partition(END)
    if not end:
        sys.exit(f"{PAGE} has not the two comments between which the matrix stands")
    parts, changes = [legend_of(scenarios)], []
    for table in tables_of(scenarios):
        former = former_cells(table, section)
        cells, notes = cells_of(table, results, former)
        parts.append(matrix_of(table, cells, notes))
        changes += differences(table, former, cells)
    written = f"{head}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{tail}"
    if written == page:
        print(f"{PAGE} says what was seen")
        return True
    (root / PAGE).write_text(written, encoding="utf-8")
    print("\n".join([*changes, f"{PAGE} was rewritten: commit it"]))
    return False


def main():
    root = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent.parent)
    results = read_results(sys.argv[1] if len(sys.argv) > 1 else root / "build/sdk-results")
    scenarios = json.loads((root / "tests/sdk/scenarios.json").read_text(encoding="utf-8"))
    agreed = update_page(root, scenarios, results)
    failed = [failure for table in tables_of(scenarios) for failure in failures(table, results)]
    for failure in failed:
        print(failure)
    sys.exit(0 if agreed and not failed else 1)


if __name__ == "__main__":
    main()
