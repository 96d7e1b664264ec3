#!/usr/bin/env python3
"""Looks at how a program was compiled and linked (cmake/hardening.cmake).

    check_hardening.py PROGRAM

Exit code 77: readelf is missing, and nothing was looked at."""

import platform
import re
import shutil
import subprocess
import sys

ENDBR64 = b"\xf3\x0f\x1e\xfa"  # where an indirect jump may land


def readelf(*arguments):
    return subprocess.run(
        ["readelf", "--wide", *arguments], check=True, capture_output=True, text=True).stdout


def segment(program, name):
    """The fields of a program header, or None."""
    for line in readelf("--program-headers", program).splitlines():
        if line.split()[:1] == [name]:
            return line.split()
    return None


def begins_with_landing_place(program):
    """Whether main does; True where the symbols were taken away."""
    symbols = readelf("--symbols", program)
    place = re.search(r":\s+([0-9a-f]+)\s.*\sFUNC\s.*\smain$", symbols, re.MULTILINE)
    if not place:
        return True
    address = int(place.group(1), 16)
    for line in readelf("--program-headers", program).splitlines():
        fields = line.split()
        if fields[:1] == ["LOAD"]:
            offset, start, size = (int(fields[i], 16) for i in (1, 2, 4))
            if start <= address < start + size:
                with open(program, "rb") as file:
                    file.seek(offset + address - start)
                    return file.read(len(ENDBR64)) == ENDBR64
    return False


def faults_of(program):
    dynamic = readelf("--dynamic", program)
    imports = readelf("--dyn-syms", program)
    stack = segment(program, "GNU_STACK")
    if not re.search(r"Type:\s+DYN", readelf("--file-header", program)):
        yield "it is not position-independent"
    if "PIE" not in dynamic:
        yield "it is a library, not a position-independent program"
    if segment(program, "GNU_RELRO") is None:
        yield "its relocations stay writable (relro)"
    if not re.search(r"BIND_NOW|Flags:.*\bNOW\b", dynamic):
        yield "its relocations are made while it runs (now)"
    if stack is None or "E" in stack[6]:
        yield "its stack is executable"
    if re.search(r"\((RPATH|RUNPATH|TEXTREL)\)", dynamic):
        yield "it has a search path of its own, or relocations in its code"
    if "__stack_chk_fail" not in imports:
        yield "its stack has no guards"
    if not re.search(r"__\w+_chk\b(?!_)", imports):
        yield "the C library's functions are not fortified"
    if platform.machine() == "x86_64" and not begins_with_landing_place(program):
        yield "indirect jumps may land anywhere (cf-protection)"


def main():
    if shutil.which("readelf") is None:
        print("skipped: readelf (binutils) is missing")
        return 77
    program = sys.argv[1]
    faults = list(faults_of(program))
    for fault in faults:
        print(f"{program}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
