"""One program in every environment: what a profile takes from its surroundings, for whom it works, and who may read evidence."""

import json

import pytest

from card_store import PLATFORM_RUN
from workplace import files_below

ELSEWHERE = "platform_20260701T000000Z"
STAMPED = ("plan", "execution_record", "eval_report", "train_eval_receipt", "gate_receipt", "publish_eligibility",
           "bundle_publication", "publish_receipt")


def digests_in(value):
    """Every run_config_digest in a document."""
    if isinstance(value, dict):
        own = [value["run_config_digest"]] if "run_config_digest" in value else []
        return own + [digest for member in value.values() for digest in digests_in(member)]
    return [digest for member in value for digest in digests_in(member)] if isinstance(value, list) else []


def digest_of(place, **env):
    """That of the configuration in force, as the first event tells it."""
    place.mf("resolve", place.request_file, env=env)
    return place.events()[0]["detail"]["run_config_digest"]


def audits(place):
    """(event, reason or status, what) of each resolution of a protected ref."""
    return [(event["event"], one.get("reason_code", one["status"]), one["purpose"])
            for event in place.events() for one in json.loads(event["detail"].get("evidence_refs", "[]"))]


# What the surroundings say.


def test_a_profile_takes_its_places_from_the_environment(cards):
    cards.wire(object_store={"class": "filesystem", "root": "${MF_TEST_ROOT:-nowhere}"}, threads="${MF_TEST_THREADS:-1}")
    assert cards.ask_mf("runs").code == "STORE_UNAVAILABLE"
    assert cards.mf("run", cards.request_file, env={"MF_TEST_ROOT": "store"})["outcome"] == "PUBLISHED"


@pytest.mark.parametrize(("text", "words"), {
    "not set": ("${MF_TEST_OF_NOBODY}", "MF_TEST_OF_NOBODY, which is not set"),
    "nested": ("${MF_TEST_A:-${MF_TEST_B:-x}}", "not understood"),
    "another operator": ("${MF_TEST_A:?no}", "not understood"),
    "open": ("${MF_TEST_A", "without its }"),
    "a secret": ("${MF_TEST_PASSWORD}", "MF_TEST_PASSWORD, whose name is that of a secret"),
}.values())
def test_what_is_not_understood_is_refused(cards, text, words):
    cards.wire(service_release_id=text)
    told = cards.ask_mf("runs", env={"MF_TEST_PASSWORD": "canary-of-a-password"})
    assert (told.exit, told.code) == (78, "PROFILE_INVALID")
    assert words in told["failure"]["message"] and told["failure"]["context"]["pointer"] == "/service_release_id"
    assert "canary" not in told.out


# The digest of the configuration.


def test_the_digest_covers_what_the_environment_overrides(made_cards, tmp_path):
    def digest(name, wired=None, **env):
        place = made_cards.copied_to(tmp_path / name)
        place.wire(**(wired or {"service_release_id": "${MF_TEST_RELEASE:-mf:test}"}))
        return digest_of(place, **env)
    plain = digest("plain")
    assert digest("same", MF_TEST_RELEASE="mf:test") == digest("spelt", {"service_release_id": "mf:test"}) == plain
    others = [digest("release", MF_TEST_RELEASE="mf:other"), digest("threads", {"threads": 1}),
              digest("budget", {"stage_retry_budget": 7}), digest("scope", {"required_platform_run_id": "any"}),
              digest("pins", {"require_pinned_refs": False, "actor": {"actor_id": "HUMAN::x", "source_type": "HUMAN"}})]
    assert len({plain, *others}) == 6


def test_comments_and_secrets_are_not_in_the_digest(made_cards, tmp_path):
    first, second = (made_cards.copied_to(tmp_path / name) for name in ("first", "second"))
    profile = json.loads(second.profile.read_text())
    second.profile.write_text("# the same\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in reversed(profile.items())))
    assert digest_of(first) == digest_of(second, AWS_SECRET_ACCESS_KEY="canary-of-a-secret")


def test_the_digest_is_stamped_into_all_evidence(finished):
    expected = {finished.events()[0]["detail"]["run_config_digest"]}
    for name in STAMPED:
        assert set(digests_in(finished.document(name))) == expected, name
    claims = [event["detail"] for event in finished.events() if event["event"] == "LEASE_CLAIMED"]
    assert {claim["run_config_digest"] for claim in claims} == expected
    published = json.loads((finished.bundle() / "bundle_publication.json").read_text())
    assert {published["provenance"]["run_config_digest"]} == expected


def test_another_configuration_goes_on_with_the_first_ones_evidence(halted_before):
    """Wiring is circumstance: what is recorded stands, and the bundle has the same name."""
    one, other = halted_before("gate"), halted_before("publish")
    for place in (one, other):
        place.wire(service_release_id="mf:another")
    assert one.run()["figures"]["bundle_id"] == other.run()["figures"]["bundle_id"]
    assert digests_in(one.document("plan")) != digests_in(one.document("gate_receipt"))
    for place in (one, other):
        assert place.mf("verify", place.request_file)["outcome"] == "VERIFIED"


# The ladder.


@pytest.mark.parametrize("environment", ["local_parity", "dev", "prod", "uat"])
@pytest.mark.parametrize("words", [("runs",), ("run", "request.json"), ("doctor",)])
def test_no_rung_above_the_first_lies_in_folders(cards, environment, words):
    cards.wire(environment=environment, required_platform_run_id="any")
    before = files_below(cards.folder)
    told = cards.ask_mf(*words, cwd=cards.folder)
    if words == ("doctor",):
        assert told.exit == 1 and "PROFILE_INVALID" in told.out
    else:
        assert (told.exit, told.code) == (78, "PROFILE_INVALID")
        assert told["failure"]["context"]["pointer"] == "/object_store/root"
    assert files_below(cards.folder) == before


# For whom.


def test_what_is_out_of_scope_is_refused_before_anything_is_written(made_halts, halted_before, made_cards, tmp_path):
    fresh = made_cards.copied_to(tmp_path / "fresh")
    fresh.wire(required_platform_run_id=ELSEWHERE)
    before = files_below(fresh.store)
    for words in (["run"], ["resolve"], ["train"]):
        told = fresh.ask_mf(*words, fresh.request_file)
        assert (told.exit, told.code) == (65, "RUN_SCOPE_INVALID")
        assert ELSEWHERE in told["failure"]["message"] and PLATFORM_RUN in told["failure"]["message"]
    assert files_below(fresh.store) == before
    begun = halted_before("gate")
    begun.wire(required_platform_run_id=ELSEWHERE)
    before = files_below(begun.store)
    for words in (["gate", "--run", begun.run_key], ["publish", "--run", begun.run_key],
                  ["cancel", begun.run_key, "--reason", "another's"]):
        assert begun.ask_mf(*words).code == "RUN_SCOPE_INVALID", words
    assert files_below(begun.store) == before


def test_looking_is_free(finished):
    finished.wire(required_platform_run_id=ELSEWHERE)
    for words in (["status"], ["verify", finished.run_key], ["report", finished.run_key, "--out", "-"], ["runs"],
                  ["reproduce", finished.run_key]):
        finished.mf(*words)


@pytest.mark.parametrize("scope", ["any", PLATFORM_RUN])
def test_what_is_in_scope_runs(cards, scope):
    cards.wire(required_platform_run_id=scope)
    assert cards.run()["outcome"] == "PUBLISHED"


# Who reads evidence.


def rules(strict, *actors):
    return {"allowed_actors": list(actors), "strict": strict, "purpose": "mf_train_build"}


def test_every_protected_ref_is_audited_where_it_counts(finished):
    said = audits(finished)
    assert {status for _, status, _ in said} == {"RESOLVED"}
    kinds = {purpose.split(":")[1] for _, _, purpose in said}
    assert kinds == {"dataset_manifest", "dataset_materialization", "plan", "eval_report", "gate_receipt", "publish_eligibility"}
    assert ("PLAN_LOCKED", "RESOLVED", "mf_train_build:dataset_manifest") in said


def test_who_may_not_read_is_refused_and_recorded(cards):
    cards.wire(evidence_refs=rules(True, "SYSTEM::mf-launcher"))
    told = cards.ask_mf("run", cards.request_file)
    assert (told.exit, told.code) == (77, "REF_ACCESS_DENIED")
    assert told["failure"]["context"]["reason_code"] == "REF_ACCESS_DENIED" and "HUMAN::operator" in told["failure"]["message"]
    assert audits(cards) == [("STAGE_STARTED", "REF_ACCESS_DENIED", "mf_train_build:dataset_manifest")] or \
        audits(cards) == [("STAGE_FAILED", "REF_ACCESS_DENIED", "mf_train_build:dataset_manifest")]
    cards.profile.write_text(json.dumps({**json.loads(cards.profile.read_text()), "evidence_refs": rules(True, "HUMAN::operator")}))
    assert cards.run()["outcome"] == "PUBLISHED", "the refusal has not ended the run"


@pytest.mark.parametrize("strict", [True, False])
def test_a_ref_of_another_platform_run_is_out_of_scope(cards, strict):
    manifest = cards.manifest()
    ref = cards.request()["dataset_manifest_refs"][0]
    elsewhere = f"{ELSEWHERE}/ofs/manifests/{manifest.name}"
    cards.put(elsewhere, manifest.read_bytes())
    cards.ask(dataset_manifest_refs=[elsewhere + "@" + ref.split("@")[1]])
    cards.wire(evidence_refs=rules(strict, "HUMAN::operator"))
    told = cards.ask_mf("run", cards.request_file)
    if strict:
        assert told.code == "REF_ACCESS_DENIED" and told["failure"]["context"]["reason_code"] == "REF_SCOPE_MISMATCH"
    else:
        assert told["outcome"] == "PUBLISHED"
    assert "REF_SCOPE_MISMATCH" in {status for _, status, _ in audits(cards)}


def test_what_is_not_there_keeps_its_own_code(cards):
    cards.manifest().unlink()
    cards.wire(evidence_refs=rules(True, "HUMAN::operator"))
    assert cards.ask_mf("run", cards.request_file).code == "MANIFEST_UNRESOLVED"
    assert ("STAGE_FAILED", "REF_NOT_FOUND", "mf_train_build:dataset_manifest") in audits(cards)
