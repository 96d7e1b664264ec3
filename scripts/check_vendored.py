"""Compares the vendored files of the page with the hashes in their README.md.

usage: check_vendored.py [ROOT] [--fetch]

--fetch also unpacks the packages from npm's registry and compares the files with theirs.
"""
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import source_tree

FOLDER = Path("emulator/management/page/vendor")
# | `file` | … `path/in/package.js` of the npm package `name`… | version | licence | `hash` |
ROW = re.compile(r"^\| `([^`]+)` \|.*`([^`]+)` of the npm package `([^`]+)`[^|]*\| (\S+) \|[^|]*\| `(\w{64})` \|",
                 re.MULTILINE)


def published(package, version, path):
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True,
                              capture_output=True, text=True)
        with tarfile.open(Path(folder, made.stdout.strip().splitlines()[-1])) as archive:
            return archive.extractfile(f"package/{path}").read()


def faults(root, fetch):
    rows = ROW.findall((root / FOLDER / "README.md").read_text())
    listed = {row[0] for row in rows}
    for path in sorted((root / FOLDER).glob("*.js")):
        if path.name not in listed:
            yield f"{FOLDER}/{path.name}: is not listed in README.md"
    for name, path, package, version, digest in rows:
        content = (root / FOLDER / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            yield f"{FOLDER}/{name}: is not the file that README.md names"
        if fetch and published(package, version, path) != content:
            yield f"{FOLDER}/{name}: is not what {package} {version} has as {path}"


fetch_wanted = "--fetch" in sys.argv
sys.argv = [argument for argument in sys.argv if argument != "--fetch"]
source_tree.end("vendored", list(faults(source_tree.root_from_arguments(), fetch_wanted)))
