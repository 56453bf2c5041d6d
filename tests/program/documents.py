"""The documents' schemas, and what of a document is content rather than circumstance."""

import functools
import json

import jsonschema

from command import ROOT

CIRCUMSTANCE = "x-mf-circumstance"


@functools.cache
def schemas():
    """Every schema, by the schema_version that it is for."""
    found = {}
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text())
        found[schema["properties"]["schema_version"]["const"]] = schema
    return found


def require_valid(document, schema_version=None):
    schema = schemas()[schema_version or document["schema_version"]]
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)


def without_circumstance(value, schema):
    """`value` less every field that its schema marks as circumstance."""
    if isinstance(value, list):
        return [without_circumstance(item, schema.get("items", {})) for item in value]
    if not isinstance(value, dict):
        return value
    fields = schema.get("properties", {})
    others = schema.get("additionalProperties")
    others = others if isinstance(others, dict) else {}
    return {
        name: without_circumstance(member, fields.get(name, others))
        for name, member in value.items() if not fields.get(name, others).get(CIRCUMSTANCE)
    }


def content(data):
    """What a JSON document says, circumstance left out; anything else as it is."""
    try:
        document = json.loads(data)
    except ValueError:
        return data
    schema = schemas().get(document.get("schema_version")) if isinstance(document, dict) else None
    return without_circumstance(document, schema) if schema else data


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
