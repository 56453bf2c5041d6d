"""What a registry's intake says of a bundle, which has nothing but the bundle: good ones, and one damage for each reason."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import command
from bundle_folder import BundleFolder, sha256
from command import ROOT
from documents import canonical
from workplace import files_below

REASONS = re.findall(r"^MF_INTAKE_REASON\((\w+), (\w+), ", (ROOT / "include/mf/publication/intake_reasons.def").read_text(), re.MULTILINE)
OUTCOMES = {"rejected": "REJECTED", "ineligible": "REGISTERED_INELIGIBLE"}


@pytest.fixture
def bundle(finished, tmp_path):
    """A copy of a published bundle, far from its registry and under another name."""
    return BundleFolder.copy_of(finished.bundle(), tmp_path / "a copy")


def admit(bundle, *words, **how):
    return command.mf("admit", bundle.folder, *words, **how)


def reasons(told):
    return sorted({row["reason"] for row in told["rows"]})


def require_refused(told, *expected):
    assert reasons(told) == sorted(expected), told.out
    assert told.result["figures"]["reasons"] == list(dict.fromkeys(row["reason"] for row in told["rows"]))
    assert all(row["member"] and row["what"] for row in told["rows"])


# A good bundle.


def test_a_published_bundle_is_registered_from_its_folder_alone(bundle, finished):
    shutil.rmtree(finished.folder)
    before = files_below(bundle.folder)
    told = admit(bundle, "--scope", "local/fraud/primary", "--allow-submitter", "HUMAN::operator", "--allow-submitter", "SYSTEM::model_factory")
    assert (told["outcome"], told["rows"]) == ("REGISTERED", [])
    assert files_below(bundle.folder) == before


def test_it_tells_who_asked_on_what_data_under_which_policy_and_why(bundle, finished):
    figures, request = admit(bundle)["figures"], finished.request()
    manifest = json.loads(finished.manifest().read_text())
    receipt = finished.document("gate_receipt")
    assert figures["asked_by"] == request["requester_principal"] and figures["requests"] == [request["request_id"]]
    assert figures["submitted_by"] == finished.document("bundle_submission")["submitter"]["actor_id"]
    assert manifest["dataset_fingerprint"] in figures["datasets"][0] and request["dataset_manifest_refs"][0] in figures["datasets"][0]
    assert figures["policy_digest"] == receipt["policy"]["profile_digest"] and figures["policy_revision"] == request["policy_revision"]
    assert len(figures["criteria"]) == len(receipt["criteria"]) > 0 and figures["verdict"] == "PASS"
    text = command.call("admit", bundle.folder).out
    for said in (figures["asked_by"], figures["submitted_by"], manifest["dataset_fingerprint"], figures["policy_digest"], *figures["criteria"]):
        assert said in text, said


def test_the_submission_says_who_asked_and_is_no_part_of_the_id(finished):
    submission, manifest = finished.document("bundle_submission"), finished.document("bundle_manifest")
    assert submission["idempotency_key"] == f"{manifest['bundle_id']}:{manifest['bundle_version']}"
    assert "submission.json" not in json.dumps(manifest)
    assert (finished.bundle() / "submission.json").read_bytes() == finished.recorded()["bundle_submission"].read_bytes()


# One damage for each reason.


def with_member(**changes):
    def change(manifest):
        manifest["members"][0].update(changes)
    return change


def without_member(path):
    def change(manifest):
        manifest["members"] = [member for member in manifest["members"] if member["path"] != path]
    return change


def take_out(bundle, path):
    """The bundle never had it."""
    bundle.path(path).unlink()
    bundle.forge("bundle_manifest.json", without_member(path))


def flip_a_byte(bundle):
    data = bytearray(bundle.path("model.ubj").read_bytes())
    data[len(data) // 2] ^= 1
    bundle.path("model.ubj").write_bytes(data)


def another_model(bundle):
    """Every digest fits; the bytes are no model."""
    model = b"{no model at all}"
    bundle.path("model.ubj").write_bytes(model)
    bundle.edit("scoring_contract.json", lambda contract: contract["model"].update(sha256=sha256(model)))
    bundle.edit("eval_report.json", lambda report: report["metrics"]["reproducibility_basis"].update(model_sha256=sha256(model)))
    bundle.edit("gate_receipt.json", lambda receipt: receipt["evidence_digests"].update(model=sha256(model)))
    follow_the_report(bundle)


def follow_the_report(bundle):
    """The receipt is of the report as it is now."""
    bundle.seal()
    digest = bundle.read("bundle_manifest.json")["evidence"]["eval_report_digest"]
    bundle.forge("gate_receipt.json", lambda receipt: receipt["evidence_digests"].update(eval_report=digest))


def two_features_exchanged(bundle):
    def exchange(contract):
        contract["features"][0], contract["features"][1] = contract["features"][1], contract["features"][0]
    bundle.forge("scoring_contract.json", exchange)


def without_datasets(bundle):
    bundle.forge("bundle_manifest.json", lambda manifest: manifest["lineage"].update(dataset_manifests=[]))


def report_of_another_run(bundle):
    bundle.edit("eval_report.json", lambda report: report["metrics"]["reproducibility_basis"].update(run_key="tr_" + "0" * 32))
    follow_the_report(bundle)


def blocked(receipt):
    next(c for c in receipt["criteria"] if c["severity"] == "block").update(outcome="FAIL")


def linked(bundle):
    bundle.path("model.ubj").rename(bundle.folder.parent / "model.ubj")
    bundle.path("model.ubj").symlink_to(bundle.folder.parent / "model.ubj")


def capable_of(*words):
    def change(bundle):
        bundle.edit("bundle_publication.json", lambda publication: publication["compatibility"].update(required_capabilities=list(words)))
        bundle.forge("bundle_manifest.json", lambda manifest: manifest["compatibility"].update(required_capabilities=list(words)))
    return change


def editing(name, change):
    return lambda bundle: bundle.edit(name, change)


def forging(name, change):
    return lambda bundle: bundle.forge(name, change)


def losing(name):
    return lambda bundle: bundle.path(name).unlink()


OTHER_SCOPE = ("--scope", "prod/fraud/primary")
MANIFEST, PUBLICATION, SUBMISSION, RECEIPT = "bundle_manifest.json", "bundle_publication.json", "submission.json", "gate_receipt.json"
# What is done, the reason that it gives, and the words of the command where they matter.
DAMAGES = {
    "a key that nobody knows": ("SCHEMA_INVALID", editing(PUBLICATION, lambda d: d.update(approved=True)), ()),
    "spelled with blanks": ("SCHEMA_INVALID", lambda b: b.path(MANIFEST).write_text(json.dumps(b.read(MANIFEST))), ()),
    "a document cut in two": ("SCHEMA_INVALID", lambda b: b.path(SUBMISSION).write_bytes(b.path(SUBMISSION).read_bytes()[:99]), ()),
    "no model": ("ARTIFACT_MISSING", losing("model.ubj"), ()),
    "no manifest": ("ARTIFACT_MISSING", losing(MANIFEST), ()),
    "no publication": ("ARTIFACT_MISSING", losing(PUBLICATION), ()),
    "a report that is named and is not there": ("ARTIFACT_MISSING", losing("eval_report.json"), ()),
    "a bundle that never had a model": ("ARTIFACT_MISSING", lambda b: take_out(b, "model.ubj"), ()),
    "a member that leads out": ("ARTIFACT_REF_INVALID", forging(MANIFEST, lambda d: d["members"].append(
        {"path": "../secret", "role": "model", "sha256": "0" * 64, "bytes": 1})), ()),
    "a member twice": ("ARTIFACT_REF_INVALID", forging(MANIFEST, lambda d: d["members"].append(d["members"][0])), ()),
    "a link in the place of a member": ("ARTIFACT_REF_INVALID", linked, ()),
    "a pipe in the place of a member": ("ARTIFACT_REF_INVALID", lambda b: (losing("model.ubj")(b), os.mkfifo(b.path("model.ubj"))), ()),
    "a file too many": ("ARTIFACT_UNEXPECTED", lambda b: b.path("notes.txt").write_text("hello"), ()),
    "a folder too many": ("ARTIFACT_UNEXPECTED", lambda b: b.path("more").mkdir(), ()),
    "a link too many": ("ARTIFACT_UNEXPECTED", lambda b: b.path("passwords").symlink_to("/etc/passwd"), ()),
    "no model in the model's place": ("ARTIFACT_UNSOUND", another_model, ()),
    "features in another order": ("ARTIFACT_UNSOUND", two_features_exchanged, ()),
    "a member without a digest": ("DIGEST_MISSING", editing(MANIFEST, lambda d: d["members"][0].pop("sha256")), ()),
    "evidence without a digest": ("DIGEST_MISSING", editing(MANIFEST, lambda d: d["evidence"].pop("gate_receipt_digest")), ()),
    "one bit of the model": ("DIGEST_MISMATCH", flip_a_byte, ()),
    "one figure of the report": ("DIGEST_MISMATCH", editing("eval_report.json", lambda d: d["metrics"]["scores"].update(auc_roc=0.99)), ()),
    "another id": ("BUNDLE_ID_MISMATCH", lambda b: [b.edit(name, lambda d: d.update(bundle_id="0" * 64)) for name in (MANIFEST, PUBLICATION)] and b.edit(
        SUBMISSION, lambda d: d.update(bundle_id="0" * 64, idempotency_key="0" * 64 + ":" + d["bundle_version"])), ()),
    "a publication of another version": ("DOCUMENTS_DISAGREE", editing(PUBLICATION, lambda d: d.update(bundle_version="v0-other")), ()),
    "a submission of another run": ("DOCUMENTS_DISAGREE", editing(SUBMISSION, lambda d: d.update(run_key="tr_" + "0" * 32)), ()),
    "a submission under another policy": ("DOCUMENTS_DISAGREE", editing(SUBMISSION, lambda d: d["gate"].update(profile_digest="0" * 64)), ()),
    "a receipt under another policy": ("DOCUMENTS_DISAGREE", forging(RECEIPT, lambda d: d["policy"].update(profile_digest="0" * 64)), ()),
    "no compatibility": ("COMPATIBILITY_MISSING", editing(MANIFEST, lambda d: d.pop("compatibility")), ()),
    "no feature set": ("COMPATIBILITY_MISSING", editing(PUBLICATION, lambda d: d["compatibility"].pop("feature_set_id")), ()),
    "a capability of nobody": ("COMPATIBILITY_INVALID", capable_of("allow_model_primary", "allow_everything"), ()),
    "no capability": ("COMPATIBILITY_INVALID", capable_of(), ()),
    "another feature set in the publication": ("COMPATIBILITY_INVALID", editing(PUBLICATION, lambda d: d["compatibility"].update(feature_set_version="v9")), ()),
    "another input contract": ("COMPATIBILITY_INVALID", lambda b: (
        b.edit(PUBLICATION, lambda d: d["compatibility"].update(input_contract_version="mf.scoring_contract.v9")),
        b.forge(MANIFEST, lambda d: d["compatibility"].update(input_contract_version="mf.scoring_contract.v9"))), ()),
    "a member of another role": ("ROLE_FORBIDDEN", forging(MANIFEST, with_member(role="model")), ()),
    "a member of no bundle": ("ROLE_FORBIDDEN", lambda b: (b.path("extra.bin").write_text("x"), b.forge(MANIFEST, lambda d: d["members"].append(
        {"path": "extra.bin", "role": "extra", "sha256": "0" * 64, "bytes": 1}))), ()),
    "no submission": ("SUBMITTER_MISSING", losing(SUBMISSION), ()),
    "a submission by nobody": ("SUBMITTER_MISSING", editing(SUBMISSION, lambda d: d.pop("submitter")), ()),
    "a submission that nobody asked for": ("SUBMITTER_MISSING", editing(SUBMISSION, lambda d: d.pop("requester_principal")), ()),
    "a submitter who may not": ("SUBMITTER_FORBIDDEN", lambda b: None, ("--allow-submitter", "SYSTEM::somebody_else")),
    "a person who is told to be a service": ("SUBMITTER_FORBIDDEN", editing(SUBMISSION, lambda d: d["submitter"].update(
        source_type="SYSTEM" if d["submitter"]["source_type"] == "HUMAN" else "HUMAN")), ()),
    "another slot": ("SCOPE_MISMATCH", lambda b: None, OTHER_SCOPE),
    "no evaluation": ("EVAL_EVIDENCE_MISSING", lambda b: take_out(b, "eval_report.json"), ()),
    "the evaluation of another run": ("EVAL_EVIDENCE_MISSING", report_of_another_run, ()),
    "no receipt": ("GATE_RECEIPT_MISSING", lambda b: take_out(b, RECEIPT), ()),
    "the receipt of another run": ("GATE_RECEIPT_MISSING", forging(RECEIPT, lambda d: d.update(run_key="tr_" + "0" * 32)), ()),
    "no dataset": ("LINEAGE_MISSING", without_datasets, ()),
    "a criterion that blocks": ("GATE_NOT_PASSED", forging(RECEIPT, blocked), ()),
    "no criterion": ("GATE_NOT_PASSED", forging(RECEIPT, lambda d: d.update(criteria=[])), ()),
}
assert {reason for reason, _, _ in DAMAGES.values()} == {name for name, _ in REASONS}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_bundle_is_not_registered_and_the_reason_is_told(bundle, damage):
    reason, act, words = DAMAGES[damage]
    act(bundle)
    told = admit(bundle, *words, expect=1)
    require_refused(told, reason)
    assert told["outcome"] == OUTCOMES[dict(REASONS)[reason]]
    assert reason in command.call("admit", bundle.folder, *words).out


def test_a_verdict_that_is_no_pass_is_told_by_both_who_tell_it(bundle):
    bundle.forge(RECEIPT, lambda receipt: receipt.update(gate_decision="FAIL", verdict="FAIL"))
    told = admit(bundle, expect=1)
    require_refused(told, "GATE_NOT_PASSED", "DOCUMENTS_DISAGREE")
    assert told["outcome"] == "REJECTED"  # the submission says that it passed


def test_all_reasons_are_told_and_the_gravest_decides(bundle):
    bundle.forge(RECEIPT, blocked)
    bundle.path("notes.txt").write_text("hello")
    told = admit(bundle, *OTHER_SCOPE, "--allow-submitter", "SYSTEM::nobody", expect=1)
    require_refused(told, "GATE_NOT_PASSED", "ARTIFACT_UNEXPECTED", "SCOPE_MISMATCH", "SUBMITTER_FORBIDDEN")
    assert told["outcome"] == "REJECTED"


def test_a_secret_behind_a_link_is_never_read(bundle, tmp_path):
    (tmp_path / "secret").write_text('{"password": "do-not-tell"}')
    bundle.path(SUBMISSION).unlink()
    bundle.path(SUBMISSION).symlink_to(tmp_path / "secret")
    told = command.told("admit", bundle.folder, "-v")
    assert told.exit == 1 and "do-not-tell" not in told.out + told.err


@pytest.mark.parametrize("words, code, status", [
    (["/nowhere/bundle"], "FILE_NOT_FOUND", 66), ([], "USAGE", 64), (["{bundle}/model.ubj"], "FILE_NOT_FOUND", 66),
    (["{bundle}", "--scope", "prod"], "USAGE", 64), (["{bundle}", "--scope", "prod//primary"], "USAGE", 64)])
def test_what_is_no_folder_and_no_scope_is_refused(bundle, words, code, status):
    told = command.mf("admit", *[word.format(bundle=bundle.folder) for word in words], expect=status)
    assert told.code == code


def test_the_page_has_every_reason_and_no_other():
    page = (ROOT / "docs/cli/admit.md").read_text().split("## Reasons")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    table = re.findall(r'^MF_INTAKE_REASON\((\w+), (\w+), "(.*)"\)$', (ROOT / "include/mf/publication/intake_reasons.def").read_text(), re.MULTILINE)
    assert rows == [(name, OUTCOMES[leads_to], sentence) for name, leads_to, sentence in table] and len(table) == len(REASONS)


# As somebody who can read nothing of MF's.


@pytest.fixture
def stranger():
    """Runs commands as a user who owns nothing, in a folder that this user can reach."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        assert os.environ.get("CI") != "true", "only root can become another user, with setpriv"
        pytest.skip("NOT ROOT, OR NO SETPRIV: NOTHING IS KNOWN ABOUT OTHER USERS")
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        shutil.copy(command.MF, Path(place) / "mf")
        yield Stranger(Path(place))


class Stranger:
    def __init__(self, place, user=65534):
        self.place = place
        self.user = user

    def call(self, *words):
        become = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "sh", "-c", 'umask 027 && exec "$@"', "sh"]
        return subprocess.run([*become, *map(str, words)], cwd="/", capture_output=True, text=True, check=False,
                              env=command.quiet_surroundings(XDG_CACHE_HOME=str(self.place / "cache"), HOME=str(self.place)), timeout=command.LONGEST)

    def mf(self, *words):
        return self.call(self.place / "mf", "--json", *words)


INTAKE = 65533  # the registry's own user


def require_outcome(ended, outcome):
    assert (ended.returncode, json.loads(ended.stdout)["outcome"]) == (0, outcome), ended.stdout + ended.stderr


def test_another_user_admits_what_it_can_read_and_nothing_else(stranger, finished):
    place = finished.copied_to(stranger.place / "cards")
    place.store.chmod(0o700)
    assert stranger.call("ls", place.store).returncode != 0
    require_outcome(stranger.mf("admit", place.bundle()), "REGISTERED")
    for hidden, mode in ((place.bundle() / "model.ubj", 0o600), (place.bundle(), 0o700)):
        hidden.chmod(mode)
        ended = stranger.mf("admit", place.bundle())
        assert (ended.returncode, json.loads(ended.stdout)["failure"]["code"]) == (77, "FILE_NOT_READABLE"), ended.stdout


# The registry's root is not MF's to write in.

PERMISSIONS = (ROOT / "docs/operate/permissions.md").read_text()


@pytest.fixture
def narrow(stranger, cards):
    """The cards with the owners and modes of the page: MF is the stranger, the intake another one."""
    place = cards.copied_to(stranger.place / "cards")
    (recipe,) = re.findall(r"^```sh\n(.*?)^```", PERMISSIONS, re.MULTILINE | re.DOTALL)
    names = {"STORE": place.store, "REGISTRY": place.registry, "RUN": place.request()["platform_run_id"], "OFS": "root",
             "MF": stranger.user, "INTAKE": INTAKE}
    subprocess.run(["bash", "-euc", recipe], check=True, env={**os.environ, **{name: str(value) for name, value in names.items()}})
    return place


def test_a_run_publishes_through_the_adapters_path_alone(stranger, narrow):
    require_outcome(stranger.mf("--profile", narrow.profile, "run", narrow.request_file), "PUBLISHED")
    require_outcome(stranger.mf("--profile", narrow.profile, "verify", narrow.request_file), "VERIFIED")
    for elsewhere in (narrow.registry / "x", narrow.registry / "registry/x", narrow.registry / "mf/x", narrow.store / "x",
                      narrow.manifest().with_name("x")):
        assert stranger.call("mkdir", elsewhere).returncode != 0
        assert stranger.call("touch", elsewhere).returncode != 0
    assert {path.name for path in (narrow.registry / "registry").iterdir()} == {"bundles", "events"}


def test_the_intake_reads_the_bundle_and_nothing_of_the_store(stranger, narrow):
    require_outcome(stranger.mf("--profile", narrow.profile, "run", narrow.request_file), "PUBLISHED")
    intake = Stranger(stranger.place, INTAKE)
    require_outcome(intake.mf("admit", narrow.bundle(), "--scope", "local/fraud/primary"), "REGISTERED")
    assert intake.call("ls", narrow.store / "mf").returncode != 0
    assert intake.call("ls", narrow.run_folder).returncode != 0
    assert intake.call("touch", narrow.bundle() / "approved").returncode != 0
    somebody = Stranger(stranger.place, INTAKE - 1)
    assert somebody.mf("admit", narrow.bundle()).returncode == 77


def test_doctor_is_content_with_the_same_permissions_and_needs_its_own_place(stranger, narrow):
    require_outcome(stranger.mf("--profile", narrow.profile, "doctor"), "HEALTHY")
    shutil.rmtree(narrow.registry / "mf")
    ended = stranger.mf("--profile", narrow.profile, "doctor")
    assert json.loads(ended.stdout)["figures"]["registry"] == "STORE_NOT_PERMITTED"
    require_outcome(stranger.mf("--profile", narrow.profile, "run", narrow.request_file), "PUBLISHED")


def test_the_policies_for_buckets_are_json_and_name_the_probes():
    layout = (ROOT / "src/store/layout.cpp").read_text()
    policies = [json.loads(text) for text in re.findall(r"^```json\n(.*?)^```", PERMISSIONS, re.MULTILINE | re.DOTALL)]
    assert len(policies) == 2
    actions = {action for policy in policies for s in policy["Statement"] for action in ([s["Action"]] if isinstance(s["Action"], str) else s["Action"])}
    assert actions == {"s3:GetObject", "s3:PutObject", "s3:ListBucket"}
    (probes,) = [s["Resource"] for s in policies[0]["Statement"] if s["Sid"] == "Probes"]
    assert sorted(key.split("fraud-registry/")[1] for key in probes) == sorted(re.findall(r'"(mf/doctor/[a-z.]+)"', layout))


# Several installations, one registry.


def elsewhere(place, folder, **profile):
    """The same request in another installation, which shares the registry."""
    other = place.copied_to(folder)
    shutil.rmtree(other.registry)
    other.registry.symlink_to(place.registry)
    other.wire(**profile)
    return other


def test_the_first_submission_stands_and_both_runs_verify(made_cards, tmp_path):
    first = made_cards.copied_to(tmp_path / "first")
    other = elsewhere(first, tmp_path / "other", profile_id="another", service_release_id="git:other",
                      actor={"actor_id": "SYSTEM::another", "source_type": "SYSTEM"})
    other.ask(request_id="request-of-another", requester_principal="HUMAN::another")
    one = first.run()
    before = first.published()
    again = other.run()
    assert (one["outcome"], again["outcome"]) == ("PUBLISHED", "ALREADY_PUBLISHED")
    assert one["figures"]["bundle_id"] == again["figures"]["bundle_id"]
    assert first.published() == before
    for place in (first, other):
        assert place.mf("verify", place.request_file)["outcome"] == "VERIFIED"
        assert place.run()["outcome"] == "ALREADY_PUBLISHED"
        assert place.mf("reproduce", place.request_file)["outcome"] == "REPRODUCED"
    assert other.document("bundle_submission")["submitter"]["actor_id"] == "SYSTEM::another"
    figures = command.mf("admit", first.bundle())["figures"]
    assert figures["submitted_by"] == first.document("bundle_submission")["submitter"]["actor_id"]
    assert figures["asked_by"] == first.request()["requester_principal"]


def test_a_submission_that_says_something_else_is_a_conflict(halted_before, finished):
    work = halted_before("publish")
    shutil.copytree(finished.registry, work.registry, dirs_exist_ok=True)
    BundleFolder(work.bundle()).edit(SUBMISSION, lambda submission: submission.update(run_key="tr_" + "0" * 32))
    before = work.published()
    assert work.phase("publish", expect=73)["outcome"] == "PUBLISH_CONFLICT"
    assert work.published() == before


@pytest.mark.parametrize("damage, code, status", [("changed", "PUBLISH_CONFLICT", 73), ("gone", "EVIDENCE_UNRESOLVED", 66)])
def test_a_submission_that_changed_since_is_found(finished, damage, code, status):
    path = finished.bundle() / SUBMISSION
    path.unlink() if damage == "gone" else BundleFolder(finished.bundle()).edit(
        SUBMISSION, lambda submission: submission.update(requester_principal="HUMAN::somebody_else"))
    assert finished.run(expect=status).code == code
    told = finished.ask_mf("verify", finished.request_file)
    assert (told.exit, told.code) == (1, code)


def test_a_bundle_that_was_published_without_a_submission_stays_without_one(halted_before, finished):
    work = halted_before("publish")
    (finished.bundle() / SUBMISSION).unlink()
    shutil.copytree(finished.registry, work.registry, dirs_exist_ok=True)
    assert work.phase("publish")["outcome"] == "ALREADY_PUBLISHED"
    assert work.published() == finished.published()
    assert work.mf("verify", work.request_file)["outcome"] == "VERIFIED"
    assert reasons(command.mf("admit", work.bundle(), expect=1)) == ["SUBMITTER_MISSING"]


# Logs from before there were submissions.


def as_it_was_before(place):
    """The run as an earlier release leaves it: no submission, and a log that says nothing of it."""
    for folder in (place.bundle(), place.run_folder / "bundle"):
        (folder / SUBMISSION).unlink()
    previous, ended = None, None
    for file in place.event_files():
        event = json.loads(file.read_text())
        event["detail"] = {name: value for name, value in event.get("detail", {}).items()
                           if not name.startswith(("bundle_submission_", "registry_bundle_"))}
        if previous:
            event["previous_sha256"] = previous
        file.write_text(canonical(event) + "\n")
        previous = sha256(file.read_bytes())
        ended = previous if event["event"] == "BUNDLE_PUBLISHED" else ended
    BundleFolder(place.run_folder / "ledger").edit("seal.json", lambda seal: seal.update(last_event_sha256=ended))


def test_a_run_that_was_published_before_there_were_submissions_verifies(finished):
    as_it_was_before(finished)
    assert finished.mf("verify", finished.request_file)["outcome"] == "VERIFIED"
    assert finished.run()["outcome"] == "ALREADY_PUBLISHED"
    told = finished.mf("reproduce", finished.request_file)
    assert told["outcome"] == "REPRODUCED" and "bundle_submission" not in told["figures"]["compared"]
    (finished.bundle() / PUBLICATION).write_text("{}\n")
    assert finished.run(expect=73).code == "PUBLISH_CONFLICT"
