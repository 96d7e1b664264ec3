"""Reports the sizes of C++ files and functions, so that what stands out is seen and thought about.
Fails for a file over 400 lines only.

usage: check_sizes.py [ROOT]
"""
import re
from statistics import median

import source_tree

FILE_LIMIT = 400
LARGE_FILE = 300
FUNCTION_LIMIT = 60
PARAMETER_LIMIT = 6

TYPE = re.compile(r"\b(?:class|struct|union|enum)\b(?!.*\))", re.DOTALL)
NAMESPACE = re.compile(r'\bnamespace\b|\bextern\s*"')
LEADING = re.compile(r"\s*(?:(?:public|private|protected)\s*:\s*)?")
NAME = re.compile(r"([~\w:]+(?:\s*operator\s*\S+?)?|operator\s*\S+?)\s*\(")


def kind_of_scope(head, enclosing, before):
    """What an opening brace opens, from the text between the last ; { } and it."""
    if enclosing not in ("namespace", "type"):
        return "block"
    if NAMESPACE.search(head):
        return "namespace"
    if before.isspace() and "(" in head and not re.search(r"=\s*$", head):
        return "function"
    return "type" if TYPE.search(head) else "block"


def parameters(head):
    start = head.find("(", NAME.search(head).end() - 1) if NAME.search(head) else -1
    depth, count, text = 0, 0, ""
    for character in head[start:] if start >= 0 else "":
        depth += {"(": 1, "<": 1, "[": 1, ")": -1, ">": -1, "]": -1}.get(character, 0)
        text += character
        count += character == "," and depth == 1
        if depth == 0:
            break
    return count + 1 if text.strip("() \n") else 0


def functions(text):
    """(name, first line, lines, parameters) of each function defined in namespaces and classes."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", source_tree.code_only(text), flags=re.M)
    scopes, opened, closed, head_start = ["namespace"], [], "", 0
    for i, character in enumerate(code):
        if character == "{":
            head = code[head_start:i]
            start = head_start + LEADING.match(head).end()
            scopes.append(kind_of_scope(head, scopes[-1], code[i - 1]))
            opened.append((head, start))
        elif character == "}" and len(scopes) > 1:
            head, start = opened.pop()
            closed = scopes.pop()
            if closed == "function":
                first = code.count("\n", 0, start) + 1
                name = NAME.search(head)
                yield (name.group(1) if name else "?", first, code.count("\n", start, i) + 1,
                       parameters(head))
        elif character != ";":
            continue
        # A member's initialiser in braces belongs to the head of its constructor.
        if scopes[-1] in ("namespace", "type") and not (character == "}" and closed == "block"):
            head_start = i + 1


def report(title, root, paths):
    lengths = {path: source_tree.read(root, path).count("\n") for path in paths}
    if not lengths:
        return []
    found = [(path, *f) for path in paths for f in functions(source_tree.read(root, path))]
    largest = max(lengths, key=lengths.get)
    print(f"{title}: {len(paths)} files, {sum(lengths.values())} lines; median "
          f"{median(lengths.values()):.0f}, largest {lengths[largest]} ({largest.as_posix()}); "
          f"{len(found)} functions, median {median([f[3] for f in found] or [0]):.0f} lines")
    for path, lines in sorted(lengths.items(), key=lambda item: -item[1]):
        if lines > LARGE_FILE:
            print(f"  file of {lines} lines: {path.as_posix()}")
    for path, name, first, lines, count in sorted(found, key=lambda f: -f[3]):
        if lines > FUNCTION_LIMIT:
            print(f"  function of {lines} lines: {path.as_posix()}:{first}: {name}")
        if count > PARAMETER_LIMIT:
            print(f"  {count} parameters: {path.as_posix()}:{first}: {name}")
    return [f"{path.as_posix()}: {lines} lines, more than {FILE_LIMIT}"
            for path, lines in lengths.items() if lines > FILE_LIMIT]


def main():
    root = source_tree.root_from_arguments()
    everything = source_tree.cpp_files(root)
    tests = [path for path in everything if path.parts[0] == "tests"]
    product = [path for path in everything if path.parts[0] != "tests"]
    faults = report("product", root, product) + report("tests", root, tests)
    source_tree.end("sizes", faults)


main()
