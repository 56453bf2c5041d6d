"""Workplaces whose store or registry, or both, lie in a bucket."""

import json
import subprocess

import command
from documents import content
from s3_bucket import CREDENTIALS
from s3_proxy import SILENCE
from same_end import of_content
from workplace import files_below

# So that whoever waits for a server in trouble gives up while the tests look on.
IMPATIENT = {"attempts": 2, "silence_seconds": SILENCE}


def started(profile, request):
    return subprocess.Popen(
        [str(command.MF), "--json", "--profile", str(profile), "run", str(request)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=command.quiet_surroundings(**CREDENTIALS))


class BucketWorkplace:
    """The folder keeps the request and the profile; what lay in its store is copied into the bucket."""

    def __init__(self, place, bucket):
        self.place = place
        self.bucket = bucket
        for key, content in files_below(place.store).items():
            bucket.put(f"store/{key}", content)
        self.wire(bucket)

    def wire(self, bucket, registry=None, patience=None, **changes):
        store, bundles = bucket.place("s3", "store"), (registry or bucket).place("object_store", "registry")
        profile = {
            "schema_version": "mf.platform_profile.v1", "profile_id": "s3", "environment": "test",
            "required_platform_run_id": "any", "require_pinned_refs": False,
            "service_release_id": "mf:test", "actor": {"actor_id": "HUMAN::tester", "source_type": "HUMAN"},
            "object_store": {**store, **(patience or {})}, "registry": {**bundles, **(patience or {})}, "threads": 1, **changes}
        self.profile = self.place.folder / "s3.json"
        self.profile.write_text(json.dumps(profile))

    def tell(self, *args, env=CREDENTIALS):
        return command.told("--profile", self.profile, *args, env=env)

    def run(self, **how):
        return self.tell("run", self.place.request_file, **how)

    def start(self):
        """`mf run`, without waiting for it."""
        return started(self.profile, self.place.request_file)

    def events(self):
        below = self.bucket.below("store")
        return [json.loads(content) for key, content in sorted(below.items()) if "/ledger/events/" in key]

    def trainings(self):
        return sum(e["event"] == "STAGE_STARTED" and e["detail"]["stage"] == "TRAIN" for e in self.events())

    def artifacts(self):
        """As same_end has them of folders; less what a bucket has and a folder does not."""
        return of_content({(part, key): data for part in ("store", "registry") for key, data in self.bucket.below(part).items()
                           if not key.endswith("/doctor/condition.txt")})


class BucketRegistry:
    """A workplace in a folder that publishes into a bucket."""

    def __init__(self, place, bucket):
        self.place = place
        self.bucket = bucket
        self.wire(bucket)

    def wire(self, bucket, patience=None, **changes):
        self.place.wire(registry={**bucket.place("object_store", "registry"), **(patience or IMPATIENT)}, **changes)

    def run(self):
        return self.place.ask_mf("run", self.place.request_file, env=CREDENTIALS)

    def start(self):
        """`mf run`, without waiting for it."""
        return started(self.place.profile, self.place.request_file)

    def publish(self):
        return self.place.ask_mf("publish", self.place.request_file, env=CREDENTIALS)

    def count(self, event):
        return sum(e["event"] == event for e in self.place.events())

    def bundles(self):
        return bundles_of(self.bucket.below("registry"))


def bundles_of(files):
    """What the files of the bundles in a registry say, by their keys, circumstance left out: a submission has its time."""
    return {key: content(data) for key, data in files.items() if key.startswith("registry/bundles/")}
