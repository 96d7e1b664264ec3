#!/usr/bin/env python3
"""Shows that check_hardening.py finds each protection that a stripped program lacks.

    check_hardening_test.py COMPILER

Exit code 77: it cannot be tried here."""

import platform
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).resolve().parent / "check_hardening.py"
COMPILER = ""

# A table of functions, a buffer of several pages and one that strcpy may overrun.
PROGRAM = r"""
#include <cstdio>
#include <cstring>
static int shorter(const char* text) { return std::puts(text); }
static int longer(const char* text) {
    char copy[20000];
    std::strncpy(copy, text, sizeof copy - 1);
    copy[sizeof copy - 1] = 0;
    return std::puts(copy);
}
int (*volatile table[])(const char*) = {shorter, longer};
int main(int count, char** words) {
    char text[16];
    std::strcpy(text, words[0]);
    return table[count % 2](text);
}
"""

FLAGS = ["-O2", "-fPIE", "-pie", "-fstack-protector-strong", "-fstack-clash-protection",
         "-fcf-protection=full", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2",
         "-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack"]


def verdict(*other):
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "program.cpp"), Path(folder, "program")
        source.write_text(PROGRAM, encoding="utf-8")
        subprocess.run([COMPILER, *FLAGS, *other, "-s", source, "-o", program], check=True)
        result = subprocess.run([sys.executable, CHECK, program], capture_output=True, text=True,
                                check=False)
        return result.returncode, result.stdout + result.stderr


class Hardening(unittest.TestCase):
    def assert_fault(self, words, *other):
        code, output = verdict(*other)
        self.assertEqual((code, output.count("\n")), (1, 1), output)
        self.assertIn(words, output)

    def test_all_of_it_is_fine(self):
        self.assertEqual(verdict(), (0, ""))

    def test_each_that_is_missing_is_found(self):
        self.assert_fault("cf-protection", "-fcf-protection=none")
        self.assert_fault("stack-clash-protection", "-fno-stack-clash-protection")
        self.assert_fault("its stack has no guards", "-fno-stack-protector")
        self.assert_fault("not fortified", "-U_FORTIFY_SOURCE")
        self.assert_fault("(relro)", "-Wl,-z,norelro")
        self.assert_fault("(now)", "-Wl,-z,lazy")
        self.assert_fault("its stack is executable", "-Wl,-z,execstack")
        self.assert_fault("a search path of its own", "-Wl,-rpath,/nowhere")

    def test_a_program_at_a_fixed_place_is_found(self):
        code, output = verdict("-fno-pie", "-no-pie")
        self.assertEqual(code, 1)
        self.assertIn("it is not position-independent", output)


if __name__ == "__main__":
    COMPILER = sys.argv.pop()
    if platform.machine() != "x86_64" or not (shutil.which("readelf") and shutil.which("objdump")):
        print("skipped: it takes readelf, objdump and a processor of the x86-64 kind")
        sys.exit(77)
    unittest.main()
