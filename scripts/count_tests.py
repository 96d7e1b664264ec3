"""Reads what `ctest --output-junit` wrote and prints "PASSED FAILED SKIPPED": the test cases of each
Catch2 program, and 1 for any other test.

usage: count_tests.py RESULTS.xml
"""
import re
import sys
from xml.etree import ElementTree

ALL_PASSED = re.compile(r"^All tests passed \(.* in (\d+) test cases?\)$", re.MULTILINE)
SOME_FAILED = re.compile(r"^test cases: .*$", re.MULTILINE)


def number_before(word, text):
    match = re.search(rf"(\d+) {word}", text)
    return int(match.group(1)) if match else 0


def counts_of(test):
    output = test.findtext("system-out") or ""
    skipped = test.find("skipped")
    if skipped is not None and skipped.get("message", "").startswith("SKIP_"):
        return 0, 0, 1
    if test.get("status") == "run":
        return sum(map(int, ALL_PASSED.findall(output))) or 1, 0, 0
    cases = "\n".join(SOME_FAILED.findall(output))
    return number_before("passed", cases), max(number_before("failed", cases), 1), 0


def main():
    tests = ElementTree.parse(sys.argv[1]).getroot().iter("testcase")
    print(*map(sum, zip(*map(counts_of, tests), (0, 0, 0))))


main()
