"""The fields of a schema, as the tables in docs/formats show them.

`python3 tests/house/schema_fields.py eval_report.v0` prints the table of schemas/eval_report.v0.schema.json; after a schema has
changed, `python3 tests/house/schema_fields.py` puts every table into its page anew.
"""

import json
import sys
from typing import NamedTuple

from house import ROOT

SCHEMAS = ROOT / "schemas"
PAGES = ROOT / "docs" / "formats"
HEADING = "| field | type | required | meaning |"


class Field(NamedTuple):
    path: str  # dotted; [] for the elements of a list, * for the values of a map
    type: str
    required: str  # yes or no, and (c) when it is circumstance
    meaning: str


def stems():
    """Every document version, such as eval_report.v0."""
    return sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))


def schema_of(stem):
    return json.loads((SCHEMAS / f"{stem}.schema.json").read_text())


def fields(schema, prefix=""):
    """Every property of the schema, in its order; those inside a property follow it."""
    for name, prop in schema.get("properties", {}).items():
        required = "yes" if name in schema.get("required", []) else "no"
        circumstance = " (c)" if prop.get("x-mf-circumstance") else ""
        yield Field(prefix + name, type_of(prop), required + circumstance, prop.get("description", ""))
        yield from fields_inside(prop, prefix + name)


def fields_inside(prop, path):
    yield from fields(prop, path + ".")
    if "items" in prop:
        yield from fields_inside(prop["items"], path + "[]")
    if isinstance(prop.get("additionalProperties"), dict):
        yield from fields_inside(prop["additionalProperties"], path + ".*")


def parts_of(prop, value, path):
    """(schema, value, path) of each value inside `value`, which has the schema `prop` and stands at `path`."""
    if isinstance(value, list):
        yield from ((prop.get("items", {}), element, path + "[]") for element in value)
    if isinstance(value, dict):
        known, rest = prop.get("properties", {}), prop.get("additionalProperties")
        for name, member in value.items():
            if name in known:
                yield known[name], member, f"{path}.{name}" if path else name
            elif isinstance(rest, dict):
                yield rest, member, path + ".*"


def fields_in(prop, value, path=""):
    """The paths of the schema's properties that a document holds, by the names of `fields`."""
    for part, inside, place in parts_of(prop, value, path):
        if not place.endswith(("[]", ".*")):
            yield place
        yield from fields_in(part, inside, place)


def words_in(prop, value, path=""):
    """(path, word) of each word that a document holds where the schema lists words."""
    if "enum" in prop and not isinstance(value, (dict, list)):
        yield path, value
    for part, inside, place in parts_of(prop, value, path):
        yield from words_in(part, inside, place)


def words(prop, path=""):
    """(path, word) of each word that the schema lists."""
    yield from ((path, word) for word in prop.get("enum", []))
    for name, part in prop.get("properties", {}).items():
        yield from words(part, f"{path}.{name}" if path else name)
    if "items" in prop:
        yield from words(prop["items"], path + "[]")
    if isinstance(prop.get("additionalProperties"), dict):
        yield from words(prop["additionalProperties"], path + ".*")


def type_of(prop):
    if "const" in prop:
        return f"`{prop['const']}`"
    if "enum" in prop:
        return alternatives(f"`{value}`" for value in prop["enum"])
    names = prop["type"] if isinstance(prop["type"], list) else [prop["type"]]
    return alternatives(named_type(name, prop) for name in names)


def alternatives(words):
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def named_type(name, prop):
    if name == "object" and isinstance(prop.get("additionalProperties"), dict):
        return f"map of {type_of(prop['additionalProperties'])}"
    if name == "array":
        return f"list of {type_of(prop['items'])}{size_of(prop, 'Items', 'entries')}"
    if name == "string":
        return string_type(prop)
    return name + (bounds_of(prop) if name in {"integer", "number"} else "")


def string_type(prop):
    if "x-mf-pattern" in prop:
        return "string: " + prop["x-mf-pattern"].replace("<", "&lt;")
    if prop.get("minLength", 0) == 1 and "maxLength" not in prop:
        return "string"
    return "string" + (size_of(prop, "Length", "characters") or ", may be empty")


def size_of(prop, what, unit):
    least, most = prop.get("min" + what, 0), prop.get("max" + what)
    if most is not None:
        return f", {least} to {most} {unit}"
    if least == 1:
        return ", not empty"
    return f", at least {least} {unit}" if least else ""


def bounds_of(prop):
    words = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "and below"}
    return "".join(f" {word} {prop[key]}" for key, word in words.items() if key in prop)


def table(stem):
    """The table of a page, as text."""
    rows = [f"| `{field.path}` | {field.type} | {field.required} | {field.meaning} |" for field in fields(schema_of(stem))]
    return "\n".join([HEADING, "|---|---|---|---|", *rows]) + "\n"


def table_in(page):
    """The field table that a page holds, as text; empty when there is none."""
    lines = page.splitlines()
    if HEADING not in lines:
        return ""
    start = end = lines.index(HEADING)
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return "\n".join(lines[start:end]) + "\n"


def renew(stem):
    path = PAGES / f"{stem}.md"
    page = path.read_text()
    path.write_text(page.replace(table_in(page), table(stem)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(table(sys.argv[1]), end="")
    else:
        for each in stems():
            renew(each)
