"""Canaries: secrets are planted in the environment, in the profile, in URLs and in what errors quote; no byte that mf writes may hold one."""

import base64
import json

import pytest

import command
from card_store import PLATFORM_RUN
from job_place import LAUNCHER
from workplace import files_below

IN_ENVIRONMENT = {
    "AWS_SECRET_ACCESS_KEY": "canary1+of/a=secret+key", "AWS_SESSION_TOKEN": "canary2-of-a-session", "DB_PASSWORD": "canary3-of-a-password",
    "SERVICE_API_KEY": "canary4-of-an-api-key",
}
IN_TEXTS = ("canary5-in-a-url", "canary6-in-a-query", "canary7-in-a-reason", "canary8-in-a-header", "canary9-in-a-metric")
CANARIES = [*IN_ENVIRONMENT.values(), *IN_TEXTS]
FORMS = [form for canary in CANARIES for form in (
    canary.encode(), json.dumps(canary)[1:-1].encode(), canary.encode().hex().encode(), base64.b64encode(canary.encode()).rstrip(b"="))]
WAYS = (["--json", "--verbose"], ["--verbose"], ["--verbose", "--log-format", "json"], ["--quiet"])


class Watched:
    """A workplace in which everything that comes out is kept."""

    def __init__(self, place):
        self.place = place
        self.cache = place.folder / "cache"
        self.said = []
        self.inputs = set()

    def plant(self, **changes):
        self.place.wire(**changes)
        self.inputs = {name for name, data in files_below(self.place.folder).items() if any(form in data for form in FORMS)}

    def say(self, *words):
        for options in WAYS:
            told = command.call("--profile", self.place.profile, *options, *words, cwd=self.place.folder,
                                env={**IN_ENVIRONMENT, "XDG_CACHE_HOME": str(self.cache)})
            self.said += [told.out.encode(), told.err.encode()]

    def require_no_canary(self):
        for text in self.said:
            assert [form for form in FORMS if form in text] == [], text.decode()[:2000]
        written = {name: data for name, data in files_below(self.place.folder).items() if name not in self.inputs}
        assert [name for name, data in written.items() if any(form in data for form in FORMS)] == []
        return written


@pytest.fixture
def watched(cards):
    cards.wire(required_platform_run_id=PLATFORM_RUN, launcher=LAUNCHER, signals={
        "runs_root": "runs", "textfile_folder": "prom", "openlineage_file": "lineage.ndjson", "on_every_command": True})
    (cards.folder / "prom").mkdir()
    return Watched(cards)


def test_what_the_environment_holds_is_never_told(watched):
    """The registry that is away has a name out of the environment: messages of failures name it, and they are kept."""
    watched.plant(registry={"class": "object_store", "root": f"away-{IN_ENVIRONMENT['DB_PASSWORD']}"})
    place = watched.place
    watched.say("run", place.request_file)
    for words in (["status"], ["runs"], ["publish", place.request_file], ["verify", place.request_file], ["doctor"], ["export"],
                  ["enqueue", "publish-retry", "--run", place.run_key], ["work", "--once"], ["prove", "--run", place.run_key],
                  ["prove", "--negative"], ["report", place.request_file, "--out", "-"], ["cancel", place.run_key, "--reason", "no more"]):
        watched.say(*words)
    written = watched.require_no_canary()
    assert any("/publish/failures/" in name for name in written) and any("/job_invocations/" in name for name in written)
    assert any(b"[redacted]" in data for name, data in written.items() if "/ledger/" in name), "the message was kept, without the secret"
    assert any(b"[redacted]" in text for text in watched.said)


def test_what_texts_quote_is_never_told(watched):
    place = watched.place
    url, query, reason, header, metric = IN_TEXTS
    place.edit("profiles/governance.yaml", lambda policy: policy["criteria"][0].update(metric=f"auc_roc?token={metric}"))
    place.ask(training_config_ref="profiles/training.yaml", requester_principal=f"HUMAN::x&password={query}")
    watched.plant()
    watched.say("run", place.request_file)
    watched.say("cancel", place.run_key, "--reason", f"the old password={reason} is gone; Authorization: Basic {header}")
    watched.say("status", place.run_key)
    watched.say("run", f"https://ana:{url}@host/request.json")
    watched.say("run", f"/nowhere?access_token={query}")
    watched.say("validate-request", f"/nowhere?secret={query}", "--kind", "platform_profile.v1")
    watched.say("gate", "--policy", f"/nowhere/Bearer {header}", "--all")
    watched.say("explain", f"password={query}")
    # What the request itself says is the requester's own, and is kept as it was asked.
    kept = {name for name in files_below(place.folder) if "/ledger/events/00000001" in name}
    watched.inputs |= kept
    watched.said = [text for text in watched.said if f"HUMAN::x&password={query}".encode() not in text]
    watched.require_no_canary()


@pytest.mark.parametrize("root", ["s3://bucket/prefix", "s3://bucket"])
def test_a_url_with_a_password_is_refused_without_it(watched, root):
    watched.plant(registry={"class": "object_store", "root": root, "endpoint": f"https://ana:{IN_TEXTS[0]}@localhost:1", "region": "r", "path_style": True})
    for words in (["run", watched.place.request_file], ["doctor"], ["publish", watched.place.request_file]):
        watched.say(*words)
    watched.require_no_canary()


def test_a_variable_of_a_secret_is_no_part_of_a_profile(watched):
    watched.plant(service_release_id="${SERVICE_API_KEY}")
    watched.say("runs")
    watched.require_no_canary()
    assert any(b"SERVICE_API_KEY" in text for text in watched.said)


def test_the_canaries_would_be_seen(watched):
    watched.said.append(IN_TEXTS[0].encode())
    with pytest.raises(AssertionError):
        watched.require_no_canary()
