"""The files of the project and their text, for the check_*.py scripts."""
import os
import re
import sys
from pathlib import Path

NOT_OURS = {".git", ".cache", "build", "node_modules", "__pycache__"}


def root_from_arguments():
    """The tree to check: the first argument, or the one this script lies in."""
    return Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()


def files(root, suffixes=None):
    """Paths relative to the root, sorted; all of them or those with one of the suffixes."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in names:
            path = Path(folder, name)
            if path.is_file() and (suffixes is None or path.suffix in suffixes):
                found.append(path.relative_to(root))
    return sorted(found)


def cpp_files(root):
    return files(root, {".hpp", ".cpp"})


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="surrogateescape")


_TOKENS = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^()\\\s]*)\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.VERBOSE,
)


def code_only(text):
    """C++ text with comments and literals blanked; every line keeps its number."""

    def blank(match):
        kept = "\n" * match.group().count("\n")
        return kept if match.group().startswith("/") else '"' + kept + '"'

    return _TOKENS.sub(blank, text)


def end(name, faults):
    """Prints the faults and ends the program: exit code 1 when there are any."""
    for fault in faults:
        print(fault)
    print(f"check_{name}: {len(faults)} faults" if faults else f"check_{name}: nothing found")
    sys.exit(1 if faults else 0)
