"""The verbs of a launcher and of a worker, in a workplace laid out by hand."""

import json

from card_store import PLATFORM_RUN

LAUNCHER = {"policy_id": "nightly", "revision": "r3", "stream_id": "mf.v0", "request_batch_limit": 20}
JOBS = f"{PLATFORM_RUN}/mf/job_requests"
RECEIPTS = f"{PLATFORM_RUN}/mf/job_invocations"


def for_jobs(place, **changes):
    """Lets the installation take jobs."""
    place.wire(**{"required_platform_run_id": PLATFORM_RUN, "launcher": LAUNCHER, **changes})
    return place


def enqueue(place, request=None, *more, expect=0):
    return place.mf("enqueue", "train-build", request or place.request_file, *more, expect=expect)


def enqueue_retry(place, *more, expect=0):
    return place.mf("enqueue", "publish-retry", "--run", place.run_key, *more, expect=expect)


def work(place, *more, expect=0):
    return place.mf("work", "--once", *more, expect=expect)


def requests(place, number, **changes):
    """So many request files, each of a run of its own."""
    return [place.request_with(f"{name}.json", request_id=name, config_revision=f"config@{name}", **changes)
            for name in (f"nightly-{i:04}" for i in range(number))]


def job(place, request_id):
    return json.loads((place.store / JOBS / f"{request_id}.json").read_text())


def put_job(place, name, content):
    """A file in the folder of jobs, by whatever name and with whatever in it."""
    path = place.store / JOBS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def receipt(place, request_id):
    return json.loads((place.store / RECEIPTS / f"{request_id}.json").read_text())


def answered(place):
    """The status of each job that has a receipt, by the name of the file."""
    return {path.stem: json.loads(path.read_text())["status"] for path in sorted((place.store / RECEIPTS).glob("*"))}


def rows(told):
    """What a worker told of each job that it looked at."""
    return {row["request_id"]: (row["status"], row["code"]) for row in told["rows"]}
