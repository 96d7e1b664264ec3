"""Prints what scripts/coverage has counted: lines of the whole product, and branches of the groups below.

usage: coverage_table.py EXPORT ROOT [MISSING...]

EXPORT is what llvm-cov-19 export -skip-functions wrote. A branch is one way that a condition can go: it
counts as taken when any test of any program took it, whichever instance of a template that was. MISSING
are folders or files below ROOT whose branches that were never taken are listed. Exit code 1 where a
group stays below its goal, or where a part of it names no file that was counted.
"""
import json
import sys
from pathlib import Path

LINES_GOAL = 90
BRANCHES_GOAL = 95
PRODUCT = ("common/", "emulator/", "client/")
GROUPS = {
    "codecs": ["emulator/http_codec/", "emulator/mqtt/codec/", "emulator/amqp/values/",
               "common/base64.", "common/c2d_topics.", "common/connection_string.",
               "common/hub_topics.", "common/json_merge_patch.", "common/json_text.",
               "common/json_writer.", "common/member_reader.", "common/percent_encoding.",
               "common/property_bag.", "common/timestamp.", "common/utf8."],
    "security": ["emulator/core/security/", "common/blob_signature.", "common/redaction.",
                 "common/sas_token.", "common/secret."],
    "query": ["emulator/core/query/"],
    "twins": ["emulator/core/twins/"],
}


def read_files(export, root):
    """The files of the product: path below the root, what llvm-cov says of it."""
    data = json.loads(Path(export).read_text(encoding="utf-8"))["data"][0]
    prefix = str(Path(root).resolve()) + "/"
    named = {str(Path(file["filename"]).resolve()).removeprefix(prefix): file
             for file in data["files"]}
    return {path: file for path, file in sorted(named.items()) if path.startswith(PRODUCT)}


def ways(file):
    """{(line, column, way): taken} of a file's conditions; instances of a template are one. The export
    also has the conditions that are constants, as never evaluated: those are left out."""
    text = Path(file["filename"]).read_text(encoding="utf-8").splitlines()
    found = {}
    for line, column, end_line, end, when_true, when_false, *_ in file["branches"]:
        if end_line == line and text[line - 1][column - 1:end - 1] in ("true", "false"):
            continue
        for way, count in (("true", when_true), ("false", when_false)):
            key = (line, column, way)
            found[key] = found.get(key, False) or count > 0
    return found


def share(taken, all_of_them):
    return 100.0 if all_of_them == 0 else 100.0 * taken / all_of_them


def row(name, what, counts, goal=None):
    taken, every = counts
    reached = share(taken, every)
    remark = "" if goal is None else f"   goal {goal} %"
    if goal is not None and reached < goal:
        remark += ", MISSED"
    print(f"{name:<34} {what:<9} {taken:>6} of {every:>6} {reached:>6.1f} %{remark}")
    return goal is None or reached >= goal


def lines_of(files):
    counts = [file["summary"]["lines"] for file in files.values()]
    return sum(c["covered"] for c in counts), sum(c["count"] for c in counts)


def branches_of(files, part):
    found = [taken for path, file in files.items() if path.startswith(part)
             for taken in ways(file).values()]
    return sum(found), len(found)


def print_table(files):
    reached = [row("overall", "lines", lines_of(files), LINES_GOAL)]
    for name, parts in GROUPS.items():
        reached.append(row(name, "branches", branches_of(files, tuple(parts)), BRANCHES_GOAL))
        for part in parts if len(parts) > 1 else ():
            row("  " + part.rstrip("/."), "branches", branches_of(files, part))
        for part in parts:
            if not any(path.startswith(part) for path in files):
                print(f"{part.rstrip('/.')}: nothing was counted; is it called otherwise now?")
                reached.append(False)
    return all(reached)


def print_missing(files, root, wanted):
    for path, file in files.items():
        if path != wanted and not path.startswith(wanted + "/"):
            continue
        text = (Path(root) / path).read_text(encoding="utf-8").splitlines()
        for (line, column, way), taken in sorted(ways(file).items()):
            if not taken:
                print(f"{path}:{line}:{column}: never {way}: {text[line - 1].strip()}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    export, root, *missing = sys.argv[1:]
    files = read_files(export, root)
    reached = print_table(files)
    for wanted in missing:
        print()
        print_missing(files, root, wanted.rstrip("/"))
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
