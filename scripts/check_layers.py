"""Enforces the layers of docs/architecture.md on what each file includes, as text.

usage: check_layers.py [ROOT]
"""
import re

import source_tree

# Folder: what of ours its files may include besides their own folder. The longest match counts.
OURS = {
    "common": [],
    "emulator/core": ["common"],
    "emulator/storage": ["common", "emulator/core"],
    "emulator/net": ["common"],
    "emulator/http_codec": ["common", "emulator/net"],
    "emulator/blob": ["common", "emulator/core", "emulator/net", "emulator/http_codec"],
    "emulator/http": ["common", "emulator/core", "emulator/net", "emulator/http_codec"],
    "emulator/session": ["common", "emulator/core", "emulator/net"],
    "emulator/mqtt": ["common", "emulator/core", "emulator/net", "emulator/session"],
    "emulator/amqp": ["common", "emulator/core", "emulator/net", "emulator/session"],
    "emulator/management": ["common", "emulator/core", "emulator/net", "emulator/http_codec"],
    "emulator/app": ["common", "emulator", "iothub"],
    "emulator/main.cpp": ["common", "emulator/app"],
    "emulator/include": ["iothub"],
    "client/include": ["iothub"],
    "client/src": ["common", "client", "iothub"],
    "samples": ["iothub"],
    "cmake": [],
}

# Third-party header: the only folders that may include it.
THIRD_PARTY = {
    "boost/beast": ["emulator/http_codec", "emulator/blob", "emulator/app", "client/src",
                    "cmake/boost", "emulator/net/websocket_stream.cpp",
                    "emulator/net/websocket_beast_transport.hpp"],
    "boost/asio": ["emulator/net", "emulator/http_codec", "emulator/blob", "emulator/http",
                   "emulator/session", "emulator/mqtt", "emulator/amqp", "emulator/management",
                   "emulator/app", "client/src", "cmake/boost"],
    "boost/system/result": ["common"],
    "boost/url": ["emulator/http", "emulator/http_codec", "emulator/management", "client/src"],
    "sqlite3.h": ["emulator/storage"],
    "openssl": ["common", "emulator/net", "emulator/app", "client/src"],
    "mosquitto.h": ["client/src"],
    "proton": ["emulator/amqp", "client/src"],
    "CLI": ["emulator/app", "emulator/main.cpp"],
    "spdlog": ["emulator/app"],
    "catch2": [],
}

# What may include anything.
NOT_SHIPPED = ["tests", "cmake/precompiled"]

# Headers whose types hold JSON by value; all others are cheaper with the forward declaration.
HOLD_JSON = {"common/json.hpp", "emulator/core/query/expression.hpp",
             "emulator/core/twins/twin.hpp", "emulator/core/twins/twin_part.hpp"}

# What the domain has no business with: it is told the time, and nothing in it blocks or runs beside.
NOT_IN_CORE = re.compile(
    r"\b(?:system_clock|steady_clock|high_resolution_clock)::now"
    r"|#\s*include\s*<(?:thread|mutex|condition_variable|future|atomic|sys/|netinet/|unistd)"
)
COROUTINES = re.compile(r"\bco_(?:await|return|yield|spawn)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>]+)>|"([^"]+)")', re.MULTILINE)


def within(path, folder):
    return path == folder or path.startswith(folder + "/")


def layer_of(path):
    matching = [layer for layer in OURS if within(path, layer)]
    return max(matching, key=len, default=None)


def is_public(path):
    return "include/iothub/" in path


def faults_of_include(path, layer, header):
    for folder, allowed in THIRD_PARTY.items():
        if within(header, folder):
            if is_public(path) or not any(within(path, place) for place in allowed):
                yield f"includes <{header}>, which only {', '.join(allowed) or 'tests'} may"
            return
    if header in ("nlohmann/json.hpp", "common/json.hpp"):
        if path.endswith(".hpp") and path not in HOLD_JSON:
            yield f"a header includes {header}; json_fwd.hpp is enough, and 0.8 s cheaper"
    if is_public(path) and within(header, "boost"):
        yield f"a public header includes <{header}>"
    ours = any(within(header, top) for top in ("common", "emulator", "client", "iothub", "samples"))
    if ours and not any(within(header, place) for place in [layer, *OURS[layer]]):
        yield f'{layer} may not include "{header}"'


def faults_of(root, path):
    name = path.as_posix()
    layer = layer_of(name)
    text = source_tree.read(root, path)
    if layer is None:
        yield f"{name}: belongs to no layer that scripts/check_layers.py knows"
        return
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for fault in faults_of_include(name, layer, match.group(1) or match.group(2)):
            yield f"{name}:{line}: {fault}"
    code = source_tree.code_only(text)
    for match in COROUTINES.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        yield f"{name}:{line}: {match.group()}: g++ 12.2 miscompiles coroutines; use a callback"
    if layer == "emulator/core":
        for match in NOT_IN_CORE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: core knows no clock, thread or socket: {match.group().strip()}"


def is_product(path):
    return not any(within(path.as_posix(), folder) for folder in NOT_SHIPPED)


def main():
    root = source_tree.root_from_arguments()
    product = [path for path in source_tree.cpp_files(root) if is_product(path)]
    source_tree.end("layers", [fault for path in product for fault in faults_of(root, path)])


main()
