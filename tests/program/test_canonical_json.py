"""The program's canonical JSON is Python's, byte for byte: told by the digests of open documents that hold thousands of values."""

import json
import math
import random
import struct

import pytest

from workplace import sha256

VALUES = 200  # in one document
PROFILE = "profiles/training.json"
EDGE_TEXTS = ['"', "\\", "/", "\b\f\n\r\t", "\0\x01\x1f", " ~\x7f\x80\x9f\xa0", "é", "e\u0301", "\u07ff\u0800", "\ud7ff\ue000",
              "\ufeff\ufffe\uffff", "\U00010000\U0001f600\U0010ffff", "\u2028\u2029", "\u202eabc", "", "yes", "1e3"]
EDGE_NUMBERS = [0, -1, 2**53 + 1, 2**63 - 1, -(2**63), 0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
                1e15, 1e16, 9999999999999998.0, 1e-4, 1e-5, 9.999999999999999e-05, 0.1, 1e22, 1e23, 123456789.125]


def any_float(dice):
    if dice.random() < 0.4:
        near = float(f"1e{dice.randint(-320, 308)}")
        return dice.choice([near, math.nextafter(near, 0), math.nextafter(near, math.inf), -near])
    while True:
        (number,) = struct.unpack("<d", dice.randbytes(8))
        if math.isfinite(number):
            return number


def any_text(dice):
    def point():
        number = dice.randrange(dice.choice([0x80, 0x800, 0xD800, 0x110000]))
        return chr(number if not 0xD800 <= number < 0xE000 else 0xFFFD)
    return "".join(dice.choice([dice.choice(EDGE_TEXTS), point()]) for _ in range(dice.randrange(6)))


def any_value(dice, depth=6):
    kind = dice.randrange(9 if depth else 6)
    if kind > 5:
        size = dice.randrange(4)
        if kind == 8:
            return [any_value(dice, depth - 1) for _ in range(size)]
        return {any_text(dice): any_value(dice, depth - 1) for _ in range(size)}
    return [lambda: any_text(dice), lambda: any_float(dice), lambda: dice.choice(EDGE_NUMBERS),
            lambda: dice.randrange(-(2**63), 2**63), lambda: dice.choice([True, False, None]),
            lambda: dice.choice(EDGE_TEXTS)][kind]()


def nested(depth):
    value = "deep"
    for level in range(depth):
        value = {"k": value} if level % 2 else [value]
    return value


def shuffled(value, dice):
    """The same value with its keys in another order."""
    if isinstance(value, list):
        return [shuffled(item, dice) for item in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    dice.shuffle(names)
    return {name: shuffled(value[name], dice) for name in names}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_told(work, spelling):
    """The digest that the program gives the document: a training profile of the older form, which is open."""
    work.put(PROFILE, spelling)
    work.ask(config_revision="r" + sha256(spelling), request_id="request-" + sha256(spelling)[:16], training_config_ref=PROFILE)
    told = work.phase("resolve")
    plan = json.loads((work.store / told["refs"]["resolved_train_plan_ref"]).read_text())
    return plan["training_profile"]["profile_digest"]


def profile_with(values):
    return {
        "policy_id": "p", "revision": "r", "expected_manifest_schema_version": "learning.dataset_manifest.v1",
        "feature_definition_set": {"feature_set_id": "cards", "feature_set_version": "v1"}, "values": values,
    }


def require_digest(work, values, dice):
    profile = profile_with(values)
    how = {"ensure_ascii": dice.random() < 0.5, "indent": dice.choice([None, 0, 3]),
           "separators": dice.choice([None, (" , ", "\t:\n")])}
    spelling = json.dumps(shuffled(profile, dice), **how)
    if digest_told(work, spelling) == sha256(canonical(profile)):
        return
    assert len(values) > 1, f"another canonical form than {canonical(values[0])}"
    for half in (values[: len(values) // 2], values[len(values) // 2:]):
        require_digest(work, half, dice)
    raise AssertionError("the values differ only together")


@pytest.mark.parametrize("seed", range(20))
def test_random_values_have_pythons_canonical_form(cards, seed):
    dice = random.Random(seed)
    require_digest(cards, [any_value(dice) for _ in range(VALUES)], dice)


def test_values_at_the_borders_have_pythons_canonical_form(cards):
    powers = [sign * 10.0**e for e in range(-323, 309) for sign in (1, -1)]
    neighbours = [math.nextafter(p, to) for p in powers for to in (0.0, math.inf) if math.isfinite(math.nextafter(p, to))]
    characters = [chr(c) for c in [*range(0x300), *range(0xD7F0, 0xD800), *range(0xE000, 0xE010), *range(0xFFF0, 0x10010),
                                   *range(0x10FFF0, 0x110000)]]
    values = [*EDGE_TEXTS, *EDGE_NUMBERS, *powers, *neighbours, *characters, {c: i for i, c in enumerate(characters)},
              nested(20), {}, [], [{}], {"": {}}]
    require_digest(cards, values, random.Random(0))


@pytest.mark.parametrize("smaller, larger", [
    ("\ufb01", "\U0001f600"), ("\uffff", "\U00010000"), ("Z", "a"), ("a", "aa"), ("\x7f", "\x80"), ("", "\0")])
def test_keys_are_sorted_by_code_point(cards, smaller, larger):
    require_digest(cards, [{larger: 1, smaller: 2}], random.Random(0))
    assert canonical({larger: 1, smaller: 2}).index(":2") < canonical({larger: 1, smaller: 2}).index(":1")


@pytest.mark.parametrize("one, another", [
    (1, 1.0), (0.0, -0.0), (0, False), (1, True), (None, "null"), ([], {}), ("1", 1), ("é", "e\u0301"), ([1, 2], [2, 1]),
    ({"a": 1, "b": 2}, {"a": 2, "b": 1}), (["a", "b"], ["a,b"]), ("a\",\"b", ["a", "b"])])
def test_what_is_not_the_same_has_another_digest(cards, one, another):
    digests = {digest_told(cards, json.dumps(profile_with([value]))) for value in (one, another)}
    assert len(digests) == 2


def test_the_governance_profile_is_named_the_same_way(cards):
    dice = random.Random(9)
    profile = {"policy_id": "g", "revision": "r", "values": [any_value(dice) for _ in range(VALUES)]}
    cards.put("profiles/governance.json", json.dumps(shuffled(profile, dice)))
    cards.ask(governance_profile_ref="profiles/governance.json")
    told = cards.phase("resolve")
    plan = json.loads((cards.store / told["refs"]["resolved_train_plan_ref"]).read_text())
    assert plan["governance_profile"]["profile_digest"] == sha256(canonical(profile))
