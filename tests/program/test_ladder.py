"""The environment ladder: the profiles of docs/operate are whole, differ in what their page says, and refuse what it says."""

import re

import pytest

import command
from packs import OPERATE, PROFILES, loaded
from s3_bucket import CREDENTIALS, REGION
from workplace import files_below, sha256

RUNGS = ("local", "local_parity", "dev", "prod")
PAGE = (OPERATE / "environments.md").read_text()
ADDRESSES = {
    "PLATFORM_STORE_ROOT": "s3://fraud-platform", "MF_REGISTRY_ROOT": "s3://fraud-registry", "OBJECT_STORE_REGION": "eu-west-1",
    "OBJECT_STORE_ENDPOINT": "https://s3.invalid", "MF_REGISTRY_ENDPOINT": "https://s3.invalid",
    "MF_REQUIRED_PLATFORM_RUN_ID": "platform_20260601T000000Z", "MF_SERVICE_RELEASE_ID": "mf:test"}
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::-([^}]*))?\}")


def profile_of(rung):
    return OPERATE / "profiles" / f"{rung}.yaml"


def table(heading):
    """The rows of the table below a heading, by their first cells."""
    section = PAGE.split(heading)[1].split("\n## ")[0]
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows[1:]}


def flat(value, prefix=""):
    """{"object_store.class": "s3", …}"""
    if not isinstance(value, dict):
        return {prefix: value}
    return {key: leaf for name, below in value.items() for key, leaf in flat(below, f"{prefix}.{name}" if prefix else name).items()}


def fields():
    return {rung: flat(loaded(profile_of(rung))[0]) for rung in RUNGS}


def told(rung, *words, **changes):
    """What mf says with the profile of a rung and all its variables; None takes one away."""
    environment = {name: value for name, value in {**ADDRESSES, **changes}.items() if value is not None}
    if rung == "local":
        environment.pop("PLATFORM_STORE_ROOT", None), environment.pop("MF_REGISTRY_ROOT", None)
    return command.told("validate-request", "--kind", "platform_profile.v1", words[0] if words else profile_of(rung), env=environment)


def test_there_is_a_profile_for_each_rung():
    assert {path.stem for path in PROFILES} == set(RUNGS)
    for rung, of_rung in fields().items():
        assert of_rung["environment"] == of_rung["profile_id"] == rung


@pytest.mark.parametrize("rung", RUNGS)
def test_a_profile_is_accepted(rung):
    answer = told(rung)
    assert answer["outcome"] == "ACCEPTED", answer.err


def test_what_differs_from_rung_to_rung_is_what_the_page_says():
    def shown(value):
        return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    of = fields()
    rows = table("stands in the profile:")
    assert set(rows) >= {"object_store.class", "require_pinned_refs", "evidence_refs.strict"}
    for name, cells in rows.items():
        assert cells == [shown(of[rung].get(name)) for rung in RUNGS], name
    # What the table leaves out is a name or an address, the same place of the registry, or where signals go.
    unsaid = {name for rung in RUNGS for name, value in of[rung].items() if value != of["local"].get(name)} - set(rows)
    names = {"profile_id", "environment", "service_release_id", "required_platform_run_id", "actor.actor_id", "launcher.revision",
             "evidence_refs.allowed_actors"}
    assert {name for name in unsaid - names if not name.startswith("signals.") and not name.startswith(("object_store.", "registry."))} == set()
    for rung in RUNGS:
        for part in ("region", "path_style", "attempts", "silence_seconds"):
            assert of[rung].get(f"registry.{part}") == of[rung].get(f"object_store.{part}")


def test_what_comes_from_the_environment_is_what_the_page_says():
    rows = table("## What comes from the environment")
    found = {rung: {name: default for name, default in VARIABLE.findall(profile_of(rung).read_text())} for rung in RUNGS}
    assert set(rows) == {name for rung in RUNGS for name in found[rung]}
    for name, cells in rows.items():
        assert cells[:4] == [found[rung][name] or "required" if name in found[rung] else "not used" for rung in RUNGS], name


@pytest.mark.parametrize("rung", RUNGS)
def test_a_variable_without_a_default_has_to_be_set(rung):
    text = profile_of(rung).read_text()
    for name in sorted({name for name, _ in VARIABLE.findall(text) if f"${{{name}}}" in text}):
        answer = told(rung, **{name: None})
        assert (answer["outcome"], answer.code) == ("REJECTED", "PROFILE_INVALID"), name
        assert name in answer.result["failure"]["message"]


def changed(tmp_path, rung, *changes):
    text = profile_of(rung).read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "mf.yaml"
    path.write_text(text)
    return path


def test_an_environment_of_your_own_may_do_what_local_parity_may(tmp_path):
    assert told("local", changed(tmp_path, "local", ("environment: local", "environment: Local"))).code == "PROFILE_INVALID"
    assert told("local_parity", changed(tmp_path, "local_parity", ("environment: local_parity", "environment: staging")))["outcome"] == "ACCEPTED"


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_from_local_parity_up_nothing_lies_in_a_folder(tmp_path, rung):
    local = profile_of("local").read_text()
    for place in ("object_store", "registry"):
        in_a_folder = re.search(rf"^{place}: .*$", local, re.MULTILINE)[0]
        text = re.sub(rf"^{place}:\n(  .*\n)+", in_a_folder + "\n", profile_of(rung).read_text(), flags=re.MULTILINE)
        assert in_a_folder in text
        path = tmp_path / f"{place}.yaml"
        path.write_text(text)
        answer = told(rung, path, PLATFORM_STORE_ROOT="store", MF_REGISTRY_ROOT="registry")
        assert (answer["outcome"], answer.code) == ("REJECTED", "PROFILE_INVALID"), place


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_from_local_parity_up_the_platform_run_has_to_be_named(tmp_path, rung):
    line = 'required_platform_run_id: "${MF_REQUIRED_PLATFORM_RUN_ID}"\n'
    assert told(rung, changed(tmp_path, rung, (line, ""))).code == "PROFILE_INVALID"
    assert told(rung, MF_REQUIRED_PLATFORM_RUN_ID="any")["outcome"] == "ACCEPTED"


@pytest.mark.parametrize("nested", ["${A:-${B}}", "${A:-${B:-c}}", "$A", "${}", "${A:+x}", "${a-b}"])
def test_nothing_but_the_two_forms_is_replaced(tmp_path, nested):
    path = changed(tmp_path, "local", ("${MF_SERVICE_RELEASE_ID:-mf:local}", nested))
    answer = command.told("validate-request", "--kind", "platform_profile.v1", path, env={"B": "b"})
    if nested == "$A":
        assert answer["outcome"] == "ACCEPTED"  # a text like any other
    else:
        assert (answer["outcome"], answer.code) == ("REJECTED", "PROFILE_INVALID")


def test_a_request_of_another_platform_run_is_refused(cards):
    cards.profile.write_text(profile_of("local").read_text())
    answer = cards.ask_mf("run", cards.request_file, env={"MF_REQUIRED_PLATFORM_RUN_ID": "platform_20260602T000000Z"})
    assert (answer.code, answer.exit) == ("RUN_SCOPE_INVALID", 65)
    assert cards.ask_mf("run", cards.request_file)["outcome"] == "PUBLISHED"


def test_a_ref_without_its_digest_is_refused_where_refs_are_pinned(cards):
    cards.profile.write_text(profile_of("local").read_text().replace("require_pinned_refs: false", "require_pinned_refs: true"))
    assert cards.ask_mf("run", cards.request_file).code == "REF_UNPINNED"


def in_buckets(rung, bucket, folder):
    """The variables of a rung, for buckets on loopback."""
    return {
        **ADDRESSES, **CREDENTIALS, "PLATFORM_STORE_ROOT": f"s3://{bucket.name}/store-{rung}",
        "MF_REGISTRY_ROOT": f"s3://{bucket.name}/registry-{rung}", "OBJECT_STORE_REGION": REGION, "OBJECT_STORE_PATH_STYLE": "true",
        "OBJECT_STORE_ENDPOINT": bucket.endpoint, "MF_REGISTRY_ENDPOINT": bucket.endpoint, "MF_RUNS_ROOT": str(folder / "runs")}


def test_every_rung_makes_the_same_bundle(cards, bucket):
    """The same request, its refs pinned, on each rung: another envelope, the same run and the same bundle."""
    pinned = {name: f"{ref}@sha256:{sha256((cards.store / ref).read_bytes())}"
              for name, ref in cards.request().items() if name in ("training_config_ref", "governance_profile_ref")}
    cards.ask(**pinned)
    told = {}
    for rung in RUNGS[1:]:
        for key, content in files_below(cards.store).items():
            bucket.put(f"store-{rung}/{key}", content)
        told[rung] = command.mf("--profile", profile_of(rung), "run", cards.request_file, env=in_buckets(rung, bucket, cards.folder))
    cards.profile.write_text(profile_of("local").read_text())
    told["local"] = cards.run()
    assert {answer["outcome"] for answer in told.values()} == {"PUBLISHED"}
    assert len({(answer["run"], answer["figures"]["bundle_id"], answer["figures"]["bundle_version"]) for answer in told.values()}) == 1
    model = (cards.bundle() / "model.ubj").read_bytes()
    for rung in RUNGS[1:]:
        published = bucket.below(f"registry-{rung}")
        assert [content for key, content in published.items() if key.endswith("/model.ubj")] == [model], rung
