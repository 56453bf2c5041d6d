"""A second opinion on documents, without the program: MF's rules of reading in Python, and the places that break a schema."""

import json
import math
import re

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

MOST_LEVELS = 32
HIDDEN = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Unreadable(ValueError):
    """The bytes are not the one document that MF would take them for."""


def read_strictly(data):
    """The JSON document in `data`; Unreadable when two readers could see two documents, or none."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise Unreadable("a byte order mark")
    try:
        text = data.decode()
        hooks = {"parse_constant": refuse, "parse_int": integer, "parse_float": real}
        value = json.loads(text, object_pairs_hook=members, **hooks)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if levels(value) > MOST_LEVELS:
        raise Unreadable("nested too deep")
    return value


def refuse(word):
    raise ValueError(f"{word} is no JSON")


def integer(text):
    if not -(2**63) <= int(text) < 2**63:
        raise ValueError("an integer beyond 64 bits")
    return int(text)


def real(text):
    if not math.isfinite(float(text)):
        raise ValueError("a number beyond a double")
    return float(text)


def members(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def levels(value):
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(levels, inside), default=0)


def without_hidden_characters(_validator, is_id, text, _schema):
    if is_id and isinstance(text, str) and HIDDEN.search(text):
        yield ValidationError("a hidden character")


Validator = extend(Draft7Validator, {"x-mf-id": without_hidden_characters})


def faulty_places(schema, document):
    """JSON pointers of what breaks the schema, `/` for the document itself. A key that stands in for a missing one is
    the same fault as the missing one."""
    missing, unknown, other = set(), set(), set()
    for error in Validator(schema).iter_errors(document):
        path = [str(step).replace("~", "~0").replace("/", "~1") for step in error.absolute_path]
        here = "".join("/" + step for step in path)
        if error.validator == "required":
            missing |= {(here, name) for name in error.validator_value if name not in error.instance}
        elif error.validator == "additionalProperties":
            unknown |= {(here, name) for name in error.instance if name not in error.schema.get("properties", {})}
        else:
            other.add(here or "/")
    unknown = {(here, name) for here, name in unknown if here not in {place for place, _ in missing}}
    return other | {f"{here}/{name}" for here, name in missing | unknown}
