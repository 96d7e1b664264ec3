"""Checks what a reader sees in every text file: no tabs, trailing blanks or paths of one machine; each
header opens with #pragma once and a comment that says what it is.

usage: check_text.py [ROOT]
"""
import re

import source_tree

TEXT = {".hpp", ".cpp", ".py", ".cmake", ".txt", ".md", ".json", ".yml", ".yaml", ".js", ".mjs",
        ".in", ".sh", ""}
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(?:work|root|home/\w+|Users/\w+)/")
TABS_ALLOWED = {".md"}


def faults_of_lines(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield number, "blanks or a carriage return at the end of the line"
        if "\t" in line and path.suffix not in TABS_ALLOWED:
            yield number, "a tab"
        if MACHINE_PATH.search(line):
            yield number, "a path that exists on one machine only"
        if path.name == "package-lock.json" and '"resolved"' in line:
            yield number, "the registry a package came from (npm: omit-lockfile-registry-resolved)"


def faults_of_header(text):
    lines = text.split("\n")
    if lines[0] != "#pragma once":
        yield 1, "a header begins with #pragma once"
    elif len(lines) < 2 or not lines[1].startswith("//"):
        yield 2, "after #pragma once a header says what it is, in a comment"


def faults_of(root, path):
    text = source_tree.read(root, path)
    if "\0" in text or not text:
        return
    faults = list(faults_of_lines(path, text))
    if path.suffix == ".hpp":
        faults += faults_of_header(text)
    if not text.endswith("\n") or text.endswith("\n\n"):
        faults.append((text.count("\n") + 1, "a file ends with one line end"))
    for number, fault in faults:
        yield f"{path.as_posix()}:{number}: {fault}"


def main():
    root = source_tree.root_from_arguments()
    paths = source_tree.files(root, TEXT)
    source_tree.end("text", [fault for path in paths for fault in faults_of(root, path)])


main()
