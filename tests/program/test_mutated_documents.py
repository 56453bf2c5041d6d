"""Documents of every kind, mutated by the hundred: mf reads what a second, strict reader reads, and refuses the rest by name.

MF_MUTATIONS says how many documents of each kind (300). A failure names the document, which is left in its folder.
"""

import json
import os
import re
import shutil
from collections import Counter

import pytest

import command
from mutations import Mutator
from second_reader import SCHEMAS, is_document, kinds

HOW_MANY = int(os.environ.get("MF_MUTATIONS") or 300)
AT_ONCE = 500  # documents in one folder
MISMATCH = re.compile(r"(\S+): expected ACCEPTED, found REJECTED (\w+)(.*)", re.DOTALL)
BY_HAND = ["governance_profile.v1", "ownership_boundaries.v1", "platform_profile.v1", "training_profile.v1"]

# Codes of the fields of a request, beside the code of its kind.
OF_REQUESTS = {
    "REQUEST_ID_INVALID", "INTENT_KIND_UNSUPPORTED", "RUN_SCOPE_INVALID", "MANIFEST_REF_MISSING", "CONFIG_REF_MISSING",
    "GOVERNANCE_PROFILE_MISSING", "REQUESTER_MISSING", "TARGET_SCOPE_INVALID", "POLICY_REVISION_MISSING",
    "CONFIG_REVISION_MISSING", "CODE_RELEASE_MISSING", "REF_INVALID"}
OF_FIELDS = {
    "train_build_request.v0": OF_REQUESTS, "job_request.v0": OF_REQUESTS,
    # Without its schema_version, a policy is one of the older form, which may lack its identity.
    "governance_profile.v1": {"GOVERNANCE_PROFILE_UNRESOLVED"}}

# What a document has to be beyond its schema: the only reasons to refuse one that the schema takes.
A_REF = "the ref (has|is|leads)"
AN_ID = "should be 1 to 128 characters"
NOT_HIDDEN = "should have no hidden character"
BEYOND_THE_SCHEMA = {
    "train_build_request.v0": [A_REF, AN_ID, NOT_HIDDEN, "is blank", "holds only blank refs"],
    "job_request.v0": [
        A_REF, AN_ID, NOT_HIDDEN, "is blank", "holds only blank refs", "does not belong to a publish_retry",
        "a (train_build|publish_retry) needs it", "should be the job's own"],
    "platform_profile.v1": ["lies in an object store", "/required_platform_run_id is missing", "which is (not set|empty)", r"\$\{"],
    "training_profile.v1": ["/split", "/algorithm"],
    "governance_profile.v1": [
        "should have exactly one of at_least and at_most", "is the id of an earlier criterion", "there is no metric",
        "is given without comparisons", "need a baseline"],
    "ownership_boundaries.v1": [
        "does not list", "belongs to .* already; an output has one owner", "stands there a second time"],
    "fixture_set.v1": ["there is no kind of document called", "a REJECTED document has one", "is not a code of",
                       "is (ACCEPTED|REJECTED)", "names no document"],
}


def codes_of(stem):
    """The code of the kind, as the table in the source says, and those of its fields."""
    table = (command.ROOT / "src/contracts/document_kinds.def").read_text()
    (code,) = re.findall(rf"\b{re.escape(stem)}, [\w.]+, (\w+)\)", table)
    return {code} | OF_FIELDS.get(stem, set())


def examples_of(stem):
    return [path.read_text() for path in sorted((SCHEMAS / "examples" / stem).glob("valid-*.json"))]


def ends_of(folder, stem, documents):
    """How mf read each document, all of them expected to be accepted: nothing, or the refusal as (code, rest)."""
    folder.mkdir()
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    expected = {name: {"outcome": "ACCEPTED"} for name in documents}
    (folder / "fixtures.json").write_text(json.dumps(
        {"schema_version": "mf.fixture_set.v1", "kind": stem, "fixtures": expected}))
    told = command.call("--json", "validate-request", "--fixtures", folder)
    assert told.exit in (0, 1), f"mf ended with {told.exit}\n{told.out[:2000]}\n{told.err[:2000]}"
    figures = command.only_object(told.out)["figures"]
    refused = dict((found[1], (found[2], found[3])) for found in map(MISMATCH.fullmatch, figures["mismatches"]))
    assert len(refused) == figures["failed"] and figures["passed"] + figures["failed"] == len(documents)
    return {name: refused.get(name) for name in documents}


def batches(stem, yaml, how_many):
    mutator = Mutator(f"{stem} {yaml}", examples_of(stem))
    ending = "yaml" if yaml else "json"
    for start in range(0, how_many, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, how_many))
        yield start, {f"{number:06}.{ending}": mutator.document(yaml) for number in numbers}


def require_named(stem, name, end):
    code, rest = end
    assert code in codes_of(stem), f"{name}: {code}{rest}"
    assert len(rest) < 5000, f"{name}: {code}{rest[:5000]}"


def is_beyond_the_schema(stem, end):
    return any(re.search(pattern, end[1]) for pattern in BEYOND_THE_SCHEMA.get(stem, ()))


@pytest.mark.parametrize("stem", kinds())
def test_mutated_documents_are_read_as_a_second_reader_reads_them(stem, tmp_path):
    seen = Counter()
    for start, documents in batches(stem, False, HOW_MANY):
        folder = tmp_path / str(start)
        for name, end in ends_of(folder, stem, documents).items():
            is_one = is_document(documents[name], stem)
            if end is None:
                assert is_one, f"accepted although it is none: {folder / name}"
            else:
                require_named(stem, name, end)
                assert not is_one or is_beyond_the_schema(stem, end), f"refused although it is one: {folder / name}: {end}"
            seen["accepted" if end is None else "beyond" if is_one else "refused"] += 1
        shutil.rmtree(folder)
    print(stem, dict(seen))
    assert min(seen["accepted"], seen["refused"]) > HOW_MANY / 20, f"the mutations show little: {seen}"


@pytest.mark.parametrize("stem", BY_HAND)
def test_mutated_yaml_is_read_or_refused_by_name(stem, tmp_path):
    seen = Counter()
    for start, documents in batches(stem, True, HOW_MANY):
        folder = tmp_path / str(start)
        for name, end in ends_of(folder, stem, documents).items():
            if end is not None:
                require_named(stem, name, end)
            seen["accepted" if end is None else "refused"] += 1
        shutil.rmtree(folder)
    print(stem, "YAML", dict(seen))
    assert min(seen["accepted"], seen["refused"]) > HOW_MANY / 20, f"the mutations show little: {seen}"
