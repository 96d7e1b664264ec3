"""Shows that each rule of scripts/check_*.py finds what breaks it, and leaves alone what does not."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def run(script, argument):
    result = subprocess.run([sys.executable, SCRIPTS / script, argument], capture_output=True,
                            text=True, check=False)
    return result.returncode, result.stdout + result.stderr


class Checks(unittest.TestCase):
    def check(self, script, files):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return run(script, root)

    def assert_fault(self, script, files, words):
        code, output = self.check(script, files)
        self.assertEqual(code, 1, output)
        self.assertIn(words, output)

    def assert_fine(self, script, files):
        code, output = self.check(script, files)
        self.assertEqual(code, 0, output)


class Layers(Checks):
    def assert_refused(self, path, line, words=""):
        self.assert_fault("check_layers.py", {path: line + "\n"}, words or path + ":1")

    def assert_allowed(self, path, line):
        self.assert_fine("check_layers.py", {path: line + "\n"})

    def test_dependencies_run_downwards(self):
        self.assert_refused("common/a.cpp", '#include "emulator/core/hub.hpp"')
        self.assert_refused("emulator/core/a.cpp", '#include "emulator/storage/a.hpp"')
        self.assert_refused("emulator/mqtt/a.cpp", '#include "emulator/http/a.hpp"')
        self.assert_refused("emulator/http/a.cpp", '#include "emulator/storage/a.hpp"')
        self.assert_refused("emulator/net/a.cpp", '#include "emulator/core/hub.hpp"')
        self.assert_refused("emulator/http_codec/a.cpp", '#include "emulator/core/hub.hpp"')
        self.assert_refused("client/src/a.cpp", '#include "emulator/core/hub.hpp"')
        self.assert_allowed("emulator/http/a.cpp", '#include "emulator/core/hub.hpp"')
        self.assert_allowed("emulator/http/a.cpp", '#include "emulator/http_codec/a.hpp"')
        self.assert_allowed("emulator/app/a.cpp", '#include "emulator/storage/a.hpp"')
        self.assert_allowed("client/src/a.cpp", '#include "common/base64.hpp"')

    def test_third_party_headers_stay_in_their_folder(self):
        self.assert_refused("emulator/mqtt/a.cpp", "#include <boost/beast/http.hpp>")
        self.assert_refused("emulator/core/a.cpp", "#include <boost/asio/post.hpp>")
        self.assert_refused("emulator/http/a.cpp", "#include <sqlite3.h>")
        self.assert_refused("emulator/net/a.cpp", "#include <mosquitto.h>")
        self.assert_allowed("emulator/storage/a.cpp", "#include <sqlite3.h>")

    def test_public_headers_name_no_third_party(self):
        self.assert_refused("client/include/iothub/a.hpp", "#include <mosquitto.h>")
        self.assert_refused("emulator/include/iothub/a.hpp", "#include <boost/asio/post.hpp>")
        self.assert_refused("emulator/include/iothub/a.hpp", "#include <boost/optional.hpp>")
        self.assert_allowed("client/include/iothub/a.hpp", "#include <nlohmann/json_fwd.hpp>")

    def test_headers_take_the_forward_declaration_of_json(self):
        self.assert_refused("emulator/http/a.hpp", '#include "common/json.hpp"')
        self.assert_allowed("emulator/http/a.cpp", '#include "common/json.hpp"')

    def test_no_coroutines(self):
        self.assert_refused("emulator/net/a.cpp", "void f() { co_await g(); }", "co_await")
        self.assert_allowed("emulator/net/a.cpp", "// co_await would be wrong here")

    def test_core_knows_no_clock_and_no_thread(self):
        self.assert_refused("emulator/core/a.cpp", "auto t = std::chrono::system_clock::now();")
        self.assert_refused("emulator/core/a.cpp", "#include <thread>")

    def test_every_product_file_has_a_layer(self):
        self.assert_refused("elsewhere/a.cpp", "int a;", "belongs to no layer")


class Sizes(Checks):
    def test_a_file_over_400_lines_fails(self):
        self.assert_fault("check_sizes.py", {"common/a.cpp": "int a;\n" * 401}, "401 lines")
        self.assert_fine("check_sizes.py", {"common/a.cpp": "int a;\n" * 400})

    def test_long_functions_and_parameter_lists_are_reported(self):
        text = ("namespace n {\nclass c {\npublic:\n    c(int a) : a_{a}, b_{} {\n" + "    ;\n" * 70
                + "    }\n};\n\nint f(int a, int b, int c, int d, int e, int g, int h) {\n"
                + "    return 1;\n}\n}\n")
        _, output = self.check("check_sizes.py", {"common/a.cpp": text})
        self.assertIn("function of 72 lines: common/a.cpp:4: c", output)
        self.assertIn("7 parameters: common/a.cpp:78: f", output)
        self.assertIn("2 functions", output)


class Text(Checks):
    def test_faults(self):
        for text, words in (("int a; \n", "blanks"), ("\tint a;\n", "a tab"),
                            ("int a;", "one line end"), ("int a;\n\n", "one line end"),
                            ("// see /" + "home/me/x\n", "one machine")):
            self.assert_fault("check_text.py", {"common/a.cpp": text}, words)

    def test_headers_open_with_what_they_are(self):
        self.assert_fault("check_text.py", {"a.hpp": "// text\n#pragma once\n"}, "#pragma once")
        self.assert_fault("check_text.py", {"a.hpp": "#pragma once\nint a;\n"}, "in a comment")
        self.assert_fine("check_text.py", {"a.hpp": "#pragma once\n// What it is.\n"})


RESULTS = """<testsuite>
<testcase name="a" status="run">
  <system-out>All tests passed (9 assertions in 5 test cases)
</system-out></testcase>
<testcase name="b" status="fail"><failure/>
  <system-out>test cases:  3 |  2 passed | 1 failed
</system-out></testcase>
<testcase name="c" status="run"><system-out>fine</system-out></testcase>
<testcase name="d" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>
<testcase name="e" status="notrun"><skipped message="Unable to find executable"/></testcase>
<testcase name="f" status="fail"><failure/><system-out>Segmentation fault</system-out></testcase>
</testsuite>
"""


class Counting(unittest.TestCase):
    def test_counts_cases_programs_and_skips(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "results.xml").write_text(RESULTS, encoding="utf-8")
            self.assertEqual(run("count_tests.py", Path(folder, "results.xml")), (0, "8 3 1\n"))


if __name__ == "__main__":
    unittest.main()
