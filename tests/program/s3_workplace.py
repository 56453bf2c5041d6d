"""A workplace whose store and registry lie in a bucket."""

import json

import command
from s3_bucket import CREDENTIALS
from workplace import files_below


class BucketWorkplace:
    """The folder keeps the request and the profile; what lay in its store is copied into the bucket."""

    def __init__(self, place, bucket):
        self.place = place
        self.bucket = bucket
        for key, content in files_below(place.store).items():
            bucket.put(f"store/{key}", content)
        self.wire(bucket)

    def wire(self, bucket, registry=None):
        profile = {
            "schema_version": "mf.platform_profile.v1", "profile_id": "s3", "environment": "test", "require_pinned_refs": False,
            "service_release_id": "mf:test", "actor": {"actor_id": "HUMAN::tester", "source_type": "HUMAN"},
            "object_store": bucket.place("s3", "store"), "registry": (registry or bucket).place("object_store", "registry"), "threads": 1}
        self.profile = self.place.folder / "s3.json"
        self.profile.write_text(json.dumps(profile))

    def tell(self, *args, env=CREDENTIALS):
        return command.told("--profile", self.profile, *args, env=env)

    def run(self, **how):
        return self.tell("run", self.place.request_file, **how)

    def events(self):
        below = self.bucket.below("store")
        return [json.loads(content) for key, content in sorted(below.items()) if "/ledger/events/" in key]

    def trainings(self):
        return sum(e["event"] == "STAGE_STARTED" and e["detail"]["stage"] == "TRAIN" for e in self.events())
