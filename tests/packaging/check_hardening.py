#!/usr/bin/env python3
"""Looks at how a program was compiled and linked (cmake/hardening.cmake), stripped or not.

    check_hardening.py PROGRAM

Exit code 77: readelf or objdump is missing, and nothing was looked at."""

import platform
import re
import shutil
import subprocess
import sys

ENDBR64 = b"\xf3\x0f\x1e\xfa"  # where an indirect jump may land
PAGE = 4096


def readelf(*arguments):
    return subprocess.run(
        ["readelf", "--wide", *arguments], check=True, capture_output=True, text=True).stdout


def segment(program, name):
    """The fields of a program header, or None."""
    for line in readelf("--program-headers", program).splitlines():
        if line.split()[:1] == [name]:
            return line.split()
    return None


def bytes_at(program, addresses):
    """The first of them that are code; whatever is not executable is left out."""
    with open(program, "rb") as file:
        image = file.read()
    code = []
    for line in readelf("--program-headers", program).splitlines():
        fields = line.split()
        if fields[:1] == ["LOAD"] and "E" in fields[6:-1]:
            code.append([int(fields[i], 16) for i in (1, 2, 4)])
    for address in addresses:
        for offset, start, size in code:
            if start <= address < start + size:
                place = offset + address - start
                yield image[place:place + len(ENDBR64)]


def lands_on_marked_places(program):
    """Whether all code that the program's data points to – virtual functions, tables of functions –
    begins as a place where an indirect jump may land. The relocations tell, also when stripped; the
    program's note does not, for Debian's start-up files are without the mark."""
    relocations = readelf("--relocs", program)
    targets = re.findall(r"R_X86_64_RELATIVE\s+([0-9a-f]+)", relocations)
    return all(start == ENDBR64 for start in bytes_at(program, {int(one, 16) for one in targets}))


def touches_each_page_of_its_stack(program):
    """Whether its stack grows by a page at a time at most, and somewhere by a whole one: a function
    that needs more touches each."""
    code = subprocess.run(["objdump", "--disassemble", "--no-show-raw-insn", program], check=True,
                          capture_output=True, text=True).stdout
    steps = [int(one, 16) for one in re.findall(r"\ssub\s+\$0x([0-9a-f]+),%rsp", code)]
    return PAGE in steps and max(step for step in steps if step < 1 << 63) <= PAGE


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
    if platform.machine() == "x86_64" and not lands_on_marked_places(program):
        yield "indirect jumps may land anywhere (cf-protection)"
    if platform.machine() == "x86_64" and not touches_each_page_of_its_stack(program):
        yield "its stack may grow past its guard (stack-clash-protection)"


def main():
    if shutil.which("readelf") is None or shutil.which("objdump") is None:
        print("skipped: readelf or objdump (binutils) is missing")
        return 77
    program = sys.argv[1]
    faults = list(faults_of(program))
    for fault in faults:
        print(f"{program}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
