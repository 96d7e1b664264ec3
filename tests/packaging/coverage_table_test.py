"""Shows that scripts/coverage_table.py counts what tests took, names what they did not, and tells when a
group is below its goal."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "coverage_table.py"
sys.path.insert(0, str(SCRIPT.parent))
from coverage_table import GROUPS  # noqa: E402

# A file for each part of each group, of which a test took everything.
WHOLE = {part + ("whole.cpp" if part.endswith("/") else "cpp"): (0, 0, [[1, 1, 1, 4, 1, 1, 0, 0, 4]])
         for parts in GROUPS.values() for part in parts}
TWIN = "emulator/core/twins/twin.cpp"


def branch(line, when_true, when_false, column=5):
    return [line, column, line, column + 4, when_true, when_false, 0, 0, 4]


class Table(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def show(self, files, *missing, whole=WHOLE, text="line {};\n"):
        """files: path → (lines taken, lines in all, branches)"""
        described = []
        for path, (covered, count, branches) in {**whole, **files}.items():
            source = self.root / path
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_text("".join(text.format(n) for n in range(1, 10)), encoding="utf-8")
            described.append({"filename": str(source), "branches": branches,
                              "summary": {"lines": {"covered": covered, "count": count}}})
        export = self.root / "export.json"
        export.write_text(json.dumps({"data": [{"files": described}]}), encoding="utf-8")
        ran = subprocess.run([sys.executable, SCRIPT, export, self.root, *missing],
                             capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    def assert_row(self, output, *words):
        rows = [line.split() for line in output.splitlines()]
        wanted = " ".join(words).split()
        self.assertTrue(any(row[:len(wanted)] == wanted for row in rows), output)

    def test_lines_of_the_whole_product_count(self):
        code, output = self.show({"common/a.cpp": (90, 100, []), "client/src/b.cpp": (95, 100, [])})
        self.assert_row(output, "overall lines 185 of 200 92.5 %")
        self.assertEqual(code, 0, output)

    def test_what_is_no_part_of_the_product_does_not_count(self):
        _, output = self.show({"common/a.cpp": (9, 10, []), "tests/b.cpp": (0, 100, [])})
        self.assert_row(output, "overall lines 9 of 10")

    def test_too_few_lines_miss_the_goal(self):
        code, output = self.show({"common/a.cpp": (89, 100, [])})
        self.assertEqual(code, 1, output)
        self.assertIn("MISSED", output)

    def test_each_way_of_a_condition_is_a_branch(self):
        code, output = self.show({TWIN: (1, 1, [branch(2, 7, 0), branch(3, 1, 1)])})
        self.assert_row(output, "twins branches 5 of 6 83.3 %")
        self.assertEqual(code, 1, output)

    def test_what_one_instance_of_a_template_took_is_taken(self):
        code, output = self.show({TWIN: (1, 1, [branch(2, 7, 0), branch(2, 0, 7)])})
        self.assert_row(output, "twins branches 4 of 4 100.0 %")
        self.assertEqual(code, 0, output)

    def test_conditions_in_one_line_are_told_apart(self):
        _, output = self.show({TWIN: (1, 1, [branch(2, 1, 0), branch(2, 0, 1, column=12)])})
        self.assert_row(output, "twins branches 4 of 6")

    def test_a_constant_is_no_condition(self):
        code, output = self.show({TWIN: (1, 1, [branch(2, 0, 0, column=8)])},
                                 "emulator/core/twins", text="while (true) {{}} // {}\n")
        self.assert_row(output, "twins branches 2 of 2")
        self.assertNotIn("never", output)
        self.assertEqual(code, 0, output)

    def test_a_part_that_names_no_file_is_a_fault(self):
        without = {path: told for path, told in WHOLE.items() if path != "common/utf8.cpp"}
        code, output = self.show({}, whole=without)
        self.assertIn("common/utf8", output)
        self.assertIn("nothing was counted", output)
        self.assertEqual(code, 1, output)

    def test_missing_branches_are_named_with_their_line(self):
        files = {TWIN: (1, 1, [branch(2, 7, 0)]), "common/utf8.cpp": (1, 1, [branch(4, 0, 1)])}
        _, output = self.show(files, "emulator/core/twins")
        self.assertIn(f"{TWIN}:2:5: never false: line 2;", output)
        self.assertNotIn("common/utf8.cpp:4", output)

    def test_a_file_may_be_asked_for(self):
        _, output = self.show({"common/utf8.cpp": (1, 1, [branch(4, 0, 1)])}, "common/utf8.cpp")
        self.assertIn("common/utf8.cpp:4:5: never true", output)


unittest.main()
