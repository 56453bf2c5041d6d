"""The recipes of docs/formats/identity.md, written out a second time: the values on the page are those of the examples.

The examples are one run of `mf demo`, so the documents themselves hold most of the values too.
"""

import json
from hashlib import sha256

import pytest
from house import ROOT
from schema_fields import schema_of, stems

PAGE = ROOT / "docs" / "formats" / "identity.md"
SEED_MODULUS = 2147483647


def file_of(stem, name="demo"):
    return ROOT / "schemas" / "examples" / stem / f"valid-{name}.json"


def example(stem, name="demo"):
    return json.loads(file_of(stem, name).read_text())


def canon(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def digest(value):
    """The document digest."""
    return sha256(canon(value).encode()).hexdigest()


def content(schema, value):
    """The value without the circumstance that its schema marks, at any depth."""
    if isinstance(value, list):
        return [content(schema.get("items", {}), element) for element in value]
    if not isinstance(value, dict):
        return value
    known = schema.get("properties", {})
    kept = {name: member for name, member in value.items() if not known.get(name, {}).get("x-mf-circumstance")}
    return {name: content(known.get(name, {}), member) for name, member in kept.items()}


def content_digest(stem, document):
    return digest(content(schema_of(stem), document))


def without(document, *names):
    return {name: value for name, value in document.items() if name not in names}


def chosen(document, *names):
    return {name: document[name] for name in names}


REQUEST = example("train_build_request.v0")
MANIFEST = example("dataset_manifest.v1")
MATERIALIZATION = example("dataset_materialization.v1")
PLAN = example("resolved_train_plan.v0")
EXECUTION = example("execution_record.v0")
REPORT = example("eval_report.v0", "demo-pass")
PACK = example("evidence_pack.v0")
BUNDLE = example("bundle_manifest.v1")
RUN = PLAN["run_key"]


def stripped(value):
    if isinstance(value, dict):
        return {name: stripped(member) for name, member in value.items()}
    if isinstance(value, list):
        return [text for text in map(stripped, value) if text]
    return value.strip() if isinstance(value, str) else value


def train_run_key(request=REQUEST):
    meaning = without(stripped(request), "schema_version", "request_id", "requester_principal", "publish_allowed")
    meaning["dataset_manifest_refs"] = sorted(set(meaning["dataset_manifest_refs"]))
    return digest({"recipe": "mf.train_run_key.v1", "payload": meaning})


def train_run_id(request=REQUEST):
    payload = {"train_run_key": train_run_key(request)}
    return "tr_" + digest({"recipe": "mf.train_run_id.v1", "payload": payload})[:32]


def request_payload_hash(request=REQUEST):
    asked = without({"publish_allowed": False, **stripped(request)}, "request_id")
    return digest({"recipe": "mf.request_payload.v1", "payload": canon(asked)})


def inputs():
    """(role, digest) of everything that shapes the result, sorted."""
    pairs = [
        ("training_profile", digest(example("training_profile.v1"))),
        ("governance_profile", digest(example("governance_profile.v1"))),
        ("code_release", sha256(REQUEST["mf_code_release_id"].encode()).hexdigest()),
        ("dataset_manifest", digest(MANIFEST)),
        ("dataset_materialization", sha256((canon(MATERIALIZATION) + "\n").encode()).hexdigest()),
    ]
    return sorted(pairs + [("data_file", each["sha256"]) for each in MATERIALIZATION["files"]])


def input_fingerprint():
    listed = [{"role": role, "digest": value} for role, value in inputs()]
    return digest({"recipe": "mf.input_fingerprint.v1", "tag": "mf_input_v1", "inputs": listed})


def seed_digest():
    policy = example("training_profile.v1")["seed_policy"]
    return digest({**policy, "run_key": RUN, "dataset_manifest_digests": [digest(MANIFEST)]})


def stage_seed():
    return (int(seed_digest()[:8], 16) + example("training_profile.v1")["seed_policy"]["base_seed"]) % SEED_MODULUS


def model_fingerprint():
    names = ("run_key", "dataset_manifest_digests", "split_strategy", "stage_seed")
    return digest({**chosen(EXECUTION, *names), "training_profile_digest": digest(example("training_profile.v1"))})


def evidence_pack_fingerprint():
    content = chosen(PACK, "run_key", "execution_record_ref", "train_artifact_ref", "eval_report_ref")
    content["metrics"] = {name: value for name, value in REPORT["metrics"]["scores"].items() if value is not None}
    content["gate_thresholds"] = REPORT["metrics"]["thresholds"]
    return digest(content)


def bundle_id():
    content = without(BUNDLE, "bundle_id", "bundle_version")
    return digest({"recipe": "mf.bundle_id.v2", "tag": "bundle_v1", "payload": content})


def bundle_version():
    return "v0-" + digest({"bundle_id": bundle_id(), **chosen(BUNDLE, "policy_revision", "config_revision")})[:12]


def registry_event_id():
    return "reg_evt_" + digest({"bundle_id": bundle_id(), "bundle_version": bundle_version()})[:24]


def cut_hash(recipe, seed, text):
    first = sha256(f"{recipe}\n{seed}\n{text}".encode()).digest()[:8]
    return repr((int.from_bytes(first, "big") >> 11) / 2**53)


def dataset_fingerprint():
    payload = {
        "files": [each["sha256"] for each in MATERIALIZATION["files"]],
        "columns": MATERIALIZATION["columns"],
        **chosen(MANIFEST, "label_basis", "feature_definition_set", "platform_run_id"),
    }
    return digest({"recipe": "mf.pinned_dataset.v1", "payload": payload})


def dataset_manifest_id():
    payload = {"dataset_fingerprint": dataset_fingerprint()}
    return "dm_" + digest({"recipe": "ofs.dataset_manifest_id.v1", "payload": payload})[:32]


def run_config_digest():
    profile = example("platform_profile.v1")
    text = digest(profile)
    root = profile["object_store"]["root"]
    return digest(
        {
            "recipe": "mf.phase8.run_config_digest.v1",
            "profile": {"profile_id": profile["profile_id"], "digest": text},
            "policy": {"policy_id": profile["profile_id"], "revision": profile["schema_version"], "digest": text},
            "wiring": {
                "stream_id": "mf.v0",
                "required_platform_run_id": None,
                "run_ledger_locator": root,
                "object_store_root": root,
                "service_release_id": profile["service_release_id"],
            },
        }
    )


# What the page shows, and what the program wrote into the examples where it writes it at all.
VALUES = [
    (digest(example("training_profile.v1")), PLAN["training_profile"]["profile_digest"]),
    (
        content_digest("gate_receipt.v0", example("gate_receipt.v0", "pass")),
        example("publish_eligibility.v0", "eligible")["gate_receipt_digest"],
    ),
    (train_run_key(), BUNDLE["train_run_key"]),
    (train_run_id(), RUN),
    (request_payload_hash(), example("ledger_event.v1", "first")["detail"]["request_payload_hash"]),
    *((value, None) for _, value in inputs()),
    (input_fingerprint(), PLAN["input_fingerprint"]),
    (seed_digest(), None),
    (str(stage_seed()), str(EXECUTION["stage_seed"])),
    (cut_hash("mf.entity_hash_split.v1", 31, "card_1"), None),
    (cut_hash("mf.negative_downsampling.v1", 31, "card_1"), None),
    (model_fingerprint(), example("train_artifact.v0")["model_fingerprint"]),
    ("er_" + sha256(RUN.encode()).hexdigest()[:16], REPORT["eval_report_id"]),
    (evidence_pack_fingerprint(), PACK["evidence_pack_fingerprint"]),
    (bundle_id(), BUNDLE["bundle_id"]),
    (bundle_version(), BUNDLE["bundle_version"]),
    (registry_event_id(), example("registry_lifecycle.v0")["registry_event_id"]),
    (dataset_fingerprint(), MANIFEST["dataset_fingerprint"]),
    (dataset_manifest_id(), MANIFEST["dataset_manifest_id"]),
    (run_config_digest(), None),
]


@pytest.mark.parametrize(("value", "written"), VALUES)
def test_the_page_shows_what_the_recipe_gives(value, written):
    assert written in {None, value}
    assert f"`{value}`" in PAGE.read_text()


def fixtures(stem):
    """(file, what is expected of it) of each accepted example in JSON."""
    folder = ROOT / "schemas" / "examples" / stem
    listed = json.loads((folder / "fixtures.json").read_text())["fixtures"]
    return [(folder / name, expected) for name, expected in listed.items() if name.startswith("valid-") and name.endswith(".json")]


@pytest.mark.parametrize("stem", stems())
def test_the_fixtures_expect_the_content_digest_that_the_recipe_gives(stem):
    told = {file: expected["content_digest"] for file, expected in fixtures(stem) if "content_digest" in expected}
    assert told == {file: content_digest(stem, json.loads(file.read_text())) for file in told}
    assert told, "no example tells its content digest"


@pytest.mark.parametrize(("file", "expected"), fixtures("train_build_request.v0"), ids=lambda value: getattr(value, "name", ""))
def test_the_fixtures_expect_the_names_that_follow_from_each_request(file, expected):
    request = json.loads(file.read_text())
    assert expected["train_run_key"] == train_run_key(request)
    assert expected["train_run_id"] == train_run_id(request)
    assert expected["request_payload_hash"] == request_payload_hash(request)


def test_circumstance_is_left_out_at_any_depth():
    at = {"x-mf-circumstance": True}
    schema = {"properties": {"at": at, "list": {"items": {"properties": {"at": at}}}}}
    assert content(schema, {"at": 1, "list": [{"at": 2, "a": 3}], "b": 4}) == {"list": [{"a": 3}], "b": 4}
