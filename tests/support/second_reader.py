"""A second opinion on what a document is: JSON read strictly and held against its schema, by other code than mf's."""

import functools
import json
import re
from pathlib import Path

import jsonschema

SCHEMAS = Path(__file__).parents[2] / "schemas"
MOST_BYTES, MOST_TEXT, MOST_DEPTH, MOST_VALUES = 4 << 20, 64 << 10, 32, 200_000
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Refused(ValueError):
    """What is not a document of its kind, and why."""


def kinds():
    """Every kind of document, by the stem of its schema."""
    return sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))


def without_repeats(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refused("a key is repeated")
    return dict(pairs)


def no_number(word):
    raise Refused(f"{word} is no number of JSON")


def whole_number(text):
    if len(text) > 20 or not -(2**63) <= int(text) < 2**63:
        raise Refused("an integer does not fit 64 bits")
    return int(text)


def real_number(text):
    value = float(text)
    mantissa = re.split("[eE]", text)[0]
    if value in (float("inf"), float("-inf")) or (value == 0 and re.search("[1-9]", mantissa)):
        raise Refused("a number does not fit a double")
    return value


def require_within_limits(value, depth=0):
    """Returns how many values there are."""
    if isinstance(value, str):
        require_text(value)
        return 1
    if not isinstance(value, (list, dict)):
        return 1
    if depth >= MOST_DEPTH:
        raise Refused("nested too deep")
    for name in value if isinstance(value, dict) else ():
        require_text(name)
    members = value.values() if isinstance(value, dict) else value
    count = 1 + sum(require_within_limits(member, depth + 1) for member in members)
    if count > MOST_VALUES:
        raise Refused("too many values")
    return count


def require_text(text):
    try:
        size = len(text.encode())
    except UnicodeEncodeError as fault:
        raise Refused("half of a surrogate pair") from fault
    if size > MOST_TEXT:
        raise Refused("a text is too long")


def parse_strictly(data):
    """The value that `data` is in JSON, and in nothing but JSON."""
    if len(data) > MOST_BYTES:
        raise Refused("too large")
    if b"\0" in data or data.startswith(b"\xef\xbb\xbf"):
        raise Refused("a NUL byte, or a byte order mark")
    try:
        value = json.loads(data.decode("utf-8", "strict"), object_pairs_hook=without_repeats, parse_constant=no_number,
                           parse_int=whole_number, parse_float=real_number)
    except RecursionError as fault:
        raise Refused("nested too deep") from fault
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    require_within_limits(value)
    return value


def is_integer(_, value):
    """1.0 is no integer to mf: it has other bytes in canonical JSON."""
    return isinstance(value, int) and not isinstance(value, bool)


def matches(_, pattern, value, __):
    """`$` is the end, as in JavaScript, and not also the place before a last line feed, as in Python."""
    if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), value, re.ASCII):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


def is_visible(_, wanted, value, __):
    if wanted and isinstance(value, str) and HIDDEN.search(value):
        yield jsonschema.ValidationError("an id has a hidden character")


Validator = jsonschema.validators.extend(
    jsonschema.Draft7Validator, {"pattern": matches, "x-mf-id": is_visible},
    type_checker=jsonschema.Draft7Validator.TYPE_CHECKER.redefine("integer", is_integer))


@functools.cache
def validator(stem):
    return Validator(json.loads((SCHEMAS / f"{stem}.schema.json").read_text()))


def require_fits(value, stem):
    fault = next(validator(stem).iter_errors(value), None)
    if fault:
        raise Refused("/" + "/".join(map(str, fault.absolute_path)) + ": " + fault.message[:200])


def require_document(data, stem):
    require_fits(parse_strictly(data), stem)


def is_document(data, stem):
    try:
        require_document(data, stem)
    except Refused:
        return False
    return True


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
