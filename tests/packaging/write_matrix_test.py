"""Shows that scripts/write_matrix.py writes what was seen, keeps what was not tried again, and tells when
the page said something else or a cell fails."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "write_matrix.py"
OF_DEVICES = {
    "transports": {"mqtt": "MQTT", "https": "HTTPS"},
    "features": [{"id": "connect", "who": ["device"]}, {"id": "send", "who": ["device", "module"]}],
    "absent": [{"features": ["connect"], "transports": ["https"], "reason": "none has it"}],
}
OF_BACK_ENDS = {
    "transports": {"rest": "REST"},
    "features": [{"id": "query", "who": ["back end"]}, {"id": "bulk", "who": ["back end"]}],
    "absent": [{"features": ["bulk"], "sdks": ["two"], "reason": "Two has no bulk"}],
}
OF_READERS = {
    "transports": {"mqtt": "MQTT"},
    "features": [{"id": "read", "who": ["back end"]}],
    "absent": [],
}
TABLE = {
    "tables": [OF_DEVICES, OF_BACK_ENDS],
    "sdks": {
        "one": {"name": "One", "packages": "one 1.0", "absent": [
            {"who": ["module"], "transports": ["https"], "reason": "One has not"}]},
        "two": {"name": "Two", "packages": "two 2.0"},
    },
}
PAGE = """# Page
<!-- written by scripts/write_matrix.py from tests/sdk/scenarios.json and what was seen -->
<!-- end of what scripts/write_matrix.py writes -->
The rest.
"""


class Matrix(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.page = self.root / "docs/compatibility.md"
        for path in (self.root / "tests/sdk", self.root / "results", self.page.parent):
            path.mkdir(parents=True)
        self.set_table(TABLE)
        self.page.write_text(PAGE, encoding="utf-8")

    def set_table(self, table):
        (self.root / "tests/sdk/scenarios.json").write_text(json.dumps(table), encoding="utf-8")

    def saw(self, sdk, **outcomes):
        """outcomes: FEATURE_WHO_TRANSPORT=outcome; the other cells that the SDK has were not run"""
        every = {"connect_device_mqtt": "", "send_device_mqtt": "", "send_device_https": "",
                 "send_module_mqtt": "", "query_back end_rest": "",
                 **({"send_module_https": ""} if sdk == "two" else {"bulk_back end_rest": ""})}
        cells = [dict(zip(("feature", "who", "transport"), key.split("_")),
                      outcome=outcome or "not run")
                 for key, outcome in {**every, **outcomes}.items()]
        self.wrote(sdk, cells)

    def wrote(self, sdk, cells):
        text = json.dumps({"sdk": sdk, "cells": cells})
        (self.root / "results" / (sdk + ".json")).write_text(text, encoding="utf-8")

    def forget(self, sdk):
        (self.root / "results" / (sdk + ".json")).unlink()

    def run_it(self):
        result = subprocess.run([sys.executable, SCRIPT, self.root / "results", self.root],
                                capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr

    def row(self, feature, who):
        for line in self.page.read_text(encoding="utf-8").splitlines():
            if line.startswith(f"| {feature} | {who} |"):
                return [cell.strip() for cell in line.split("|")[3:-1]]
        return None

    def test_writes_what_was_seen_and_why_something_is_absent(self):
        self.saw("one", connect_device_mqtt="works", send_device_mqtt="fails")
        code, output = self.run_it()
        self.assertEqual(code, 1, output)
        self.assertIn('send of a device, One MQTT: was "", is "fails"', output)
        self.assertIn("docs/compatibility.md was rewritten: commit it", output)
        self.assertEqual(self.row("connect", "device"), ["works", "—¹", "", "—¹"])
        self.assertEqual(self.row("send", "device"), ["fails", "", "", ""])
        self.assertEqual(self.row("send", "module"), ["", "—²", "", ""])
        text = self.page.read_text(encoding="utf-8")
        self.assertIn("1. none has it\n2. One has not\n", text)
        self.assertTrue(text.startswith("# Page\n") and text.endswith("The rest.\n"), text)

    def test_what_back_ends_do_has_a_matrix_of_its_own(self):
        self.saw("one", **{"query_back end_rest": "works", "connect_device_mqtt": "works"})
        self.saw("two", **{"query_back end_rest": "works"})
        self.run_it()
        self.assertEqual(self.row("query", "back end"), ["works", "works"])
        self.assertEqual(self.row("bulk", "back end"), ["", "—¹"])
        self.assertEqual(self.row("connect", "device"), ["works", "—¹", "", "—¹"])
        self.forget("one")
        self.assertEqual(self.run_it()[0], 0)
        self.assertEqual(self.row("query", "back end"), ["works", "works"])

    def test_tables_may_share_the_names_of_their_columns(self):
        self.set_table({**TABLE, "tables": [OF_DEVICES, OF_BACK_ENDS, OF_READERS]})
        self.saw("one", **{"connect_device_mqtt": "works", "read_back end_mqtt": "works"})
        self.run_it()
        self.assertEqual(self.row("read", "back end"), ["works", ""])
        self.forget("one")
        self.assertEqual(self.run_it()[0], 0)
        self.assertEqual(self.row("read", "back end"), ["works", ""])
        self.assertEqual(self.row("connect", "device"), ["works", "—¹", "", "—¹"])

    def test_is_content_when_the_page_says_what_was_seen(self):
        self.saw("one", connect_device_mqtt="works")
        self.run_it()
        written = self.page.read_text(encoding="utf-8")
        self.assertEqual(self.run_it(), (0, "docs/compatibility.md says what was seen\n"))
        self.assertEqual(self.page.read_text(encoding="utf-8"), written)

    def test_keeps_what_was_not_tried_again(self):
        self.saw("one", connect_device_mqtt="works")
        self.saw("two", connect_device_mqtt="works", send_device_mqtt="works")
        self.run_it()
        self.forget("one")
        self.saw("two", connect_device_mqtt="not run", send_device_mqtt="works")
        code, output = self.run_it()
        self.assertEqual(code, 0, output)
        self.assertEqual(self.row("connect", "device"), ["works", "—¹", "works", "—¹"])

    def test_a_claim_that_was_not_seen_is_a_difference(self):
        self.saw("one", connect_device_mqtt="works", send_device_mqtt="works")
        self.run_it()
        self.wrote("one", [{"feature": "connect", "who": "device", "transport": "mqtt",
                            "outcome": "fails", "detail": "not within 20 s: it is back"}])
        code, output = self.run_it()
        self.assertEqual(code, 1)
        self.assertIn('connect of a device, One MQTT: was "works", is "fails"', output)
        self.assertIn('send of a device, One MQTT: was "works", is ""', output)
        self.assertIn("connect of a device, One MQTT fails: not within 20 s: it is back\n", output)

    def test_a_cell_that_fails_again_is_an_error(self):
        self.saw("one", connect_device_mqtt="works", send_device_mqtt="fails")
        self.run_it()
        written = self.page.read_text(encoding="utf-8")
        self.assertEqual(self.run_it(), (1, "docs/compatibility.md says what was seen\n"
                                            "send of a device, One MQTT fails: no reason is given\n"))
        self.assertEqual(self.page.read_text(encoding="utf-8"), written)

    def test_a_failure_that_was_not_tried_again_is_none(self):
        self.saw("one", connect_device_mqtt="works", send_device_mqtt="fails")
        self.run_it()
        self.saw("one", connect_device_mqtt="works")
        self.assertEqual(self.run_it(), (0, "docs/compatibility.md says what was seen\n"))
        self.forget("one")
        self.assertEqual(self.run_it(), (0, "docs/compatibility.md says what was seen\n"))

    def test_a_cell_that_its_suite_left_out_is_an_error(self):
        self.wrote("two", [])
        self.run_it()
        code, output = self.run_it()
        self.assertEqual(code, 1)
        self.assertIn("says what was seen\n", output)
        self.assertIn("send of a module, Two HTTPS fails: its suite left it out\n", output)
        self.assertNotIn("One", output)
        self.assertNotIn("connect of a device, Two HTTPS", output)

    def test_a_cell_that_now_exists_is_blank_until_it_is_tried(self):
        self.run_it()
        self.set_table({**TABLE, "tables": [{**OF_DEVICES, "absent": []}]})
        self.run_it()
        self.assertEqual(self.row("connect", "device"), ["", "", "", ""])

    def test_a_page_without_the_comments_is_an_error(self):
        self.page.write_text("# Page\n", encoding="utf-8")
        code, output = self.run_it()
        self.assertEqual(code, 1)
        self.assertIn("has not the two comments", output)


if __name__ == "__main__":
    unittest.main()
