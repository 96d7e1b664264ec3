#!/usr/bin/env python3
"""Compares docs/iothub-emulator.schema.json with what the program reads, and with the documentation.

The schema must know exactly the members that the tables of emulator/app know, and must admit every
example of a configuration in the documentation, but none of a few that are wrong.
"""
import copy
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/iothub-emulator.schema.json").read_text())

# A table in emulator/app and the object of the schema that it reads; None: part of other tables.
TABLES = {
    ("config_file.cpp", "settings"): "",
    ("seed_document.cpp", "shared_members"): None,
    ("seed_document.cpp", "device_members"): "device",
    ("seed_document.cpp", "module_members"): "module",
    ("policy_document.cpp", "policy_members"): "policy",
    ("certificate_document.cpp", "authority_members"): "certificateAuthority",
    ("blob_storage_document.cpp", "members"): "blobStorage",
}

LIMITS = {int: ("minimum", "maximum"), str: ("minLength", "maxLength"), list: ("minItems", "maxItems")}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}

WRONG = [
    {"httpPort": 1}, {"httpsPort": "1"}, {"httpsPort": 65536}, {"inMemory": 1}, {"hostname": 1},
    {"logLevel": "loud"}, {"limits": "S4"}, {"acceptBearerTokens": "yes"}, {"policies": []},
    {"partitions": 0}, {"partitions": 33}, {"retentionHours": 169}, {"eventSources": ["Telemetry"]}, {"eventSources": "twinChangeEvents"}, {"devices": [{}]}, {"devices": [{"deviceId": "a b"}]},
    {"devices": [{"deviceId": "d", "modules": [{"moduleId": "m", "status": "enabled"}]}]},
    {"devices": [{"deviceId": "d", "primaryKey": "A" * 24}]},
    {"devices": [{"deviceId": "d", "primaryKey": "A" * 20, "secondaryKey": "A" * 20}]},
    {"certificateAuthorities": [{"name": "a"}]},
    {"certificateAuthorities": [{"name": "a", "file": "a.pem", "certificate": "-----BEGIN"}]},
    {"blobStorage": {"endpoint": "http://127.0.0.1:10000/a", "container": "c", "accountKey": "k"}},
]


def tables():
    """(file, table) and the names of its members, for every table of members in emulator/app."""
    start = r"constexpr (?:std::array|auto) (\w+)\s*(?:\{|=\s*with_shared_members\(std::array\{)"
    for file in sorted((ROOT / "emulator/app").glob("*.cpp")):
        for name, body in re.findall(start + r"(.*?)\n\}\)?;", file.read_text(), re.DOTALL):
            members = re.findall(r"(?:setting|member<\w+>)\{\s*\"([^\"]+)\"", body)
            if members:
                yield (file.name, name), set(members)


def check_members():
    found = dict(tables())
    if set(found) != set(TABLES):
        raise SystemExit(f"emulator/app has other tables than are known here: {set(found) ^ set(TABLES)}")
    shared = found["seed_document.cpp", "shared_members"]
    for table, definition in TABLES.items():
        if definition is None:
            continue
        known = SCHEMA["$defs"][definition] if definition else SCHEMA
        read = found[table] | (shared if table[0] == "seed_document.cpp" else set())
        if set(known["properties"]) != read:
            raise SystemExit(f"the schema's {definition or 'root'} and {table} differ in "
                             f"{set(known['properties']) ^ read}")
        if known.get("additionalProperties") is not False:
            raise SystemExit(f"the schema's {definition or 'root'} lets unknown members pass")


def fault(value, schema, place="the document"):
    """What is wrong, or None: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return fault(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], place)
    if "anyOf" in schema:
        faults = [fault(value, one, place) for one in schema["anyOf"]]
        return None if None in faults else faults[0]
    if "oneOf" in schema:
        fits = [fault_within(value, one, place) is None for one in schema["oneOf"]].count(True)
        if fits != 1:
            return f"{place} has what fits {fits} of {schema['oneOf']}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{place} is not one of {schema['enum']}"
    wanted = TYPES.get(schema.get("type"), object)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        return f"{place} is no {schema['type']}"
    if not is_within_limits(value, schema, wanted):
        return f"{place} is too small or too large"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return f"{place} does not match {schema['pattern']}"
    return fault_within(value, schema, place)


def is_within_limits(value, schema, kind):
    if kind not in LIMITS:
        return True
    least, most = LIMITS[kind]
    size = value if kind is int else len(value)
    return schema.get(least, size) <= size <= schema.get(most, size)


def fault_within(value, schema, place):
    faults = []
    if isinstance(value, list) and "items" in schema:
        faults = [fault(one, schema["items"], f"{place}[{i}]") for i, one in enumerate(value)]
    if isinstance(value, dict):
        needed = schema.get("required", []) + [
            other for name, others in schema.get("dependentRequired", {}).items()
            for other in others if name in value]
        faults = [f"{place} lacks {name}" for name in needed if name not in value]
    if isinstance(value, dict) and "properties" in schema:
        faults += [fault(one, schema["properties"][name], f"{place}.{name}")
                   if name in schema["properties"] else f"{place}.{name} is unknown"
                   for name, one in value.items()]
    return next((one for one in faults if one), None)


def examples():
    """Configurations that the pages show, and the name of the page; heredocs among them."""
    for page in ("configuration.md", "file-upload.md", "x509.md"):
        text = (ROOT / "docs" / page).read_text()
        for block in re.findall(r"(?:```json|<<'END')\n(.*?)\n(?:```|END\n)", text, re.DOTALL):
            yield page, json.loads(re.sub(r"^\s*//.*$", "", block, flags=re.MULTILINE))


def main():
    check_members()
    count = 0
    for page, document in examples():
        count += 1
        if wrong := fault(document, SCHEMA):
            raise SystemExit(f"an example of docs/{page} is refused: {wrong}")
    if count == 0:
        raise SystemExit("no page shows a configuration")
    for document in copy.deepcopy(WRONG):
        if not fault(document, SCHEMA):
            raise SystemExit(f"the schema admits {document}")
    print(f"schema: {len(TABLES)} tables, {count} examples and {len(WRONG)} mistakes")


main()
