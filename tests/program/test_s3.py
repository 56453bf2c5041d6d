"""The store in a bucket: the whole corridor on a real S3-compatible server, and on one that misbehaves."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import command
from documents import content
from s3_bucket import CREDENTIALS, SECRET_KEY, Bucket
from s3_server import free_port

STORE_TEST = command.MF.parent / "store_test"


def bundle_of(files):
    """What its files say, circumstance left out."""
    return {key: content(data) for key, data in files.items() if key.startswith("registry/bundles/")}


def disturb(tmp_path, *faults):
    (tmp_path / "mock" / "faults.json").write_text(json.dumps(faults))


# On a real server.


def test_the_promise_of_every_store_holds_in_a_bucket(gateway, tmp_path):
    bucket = Bucket(gateway.endpoint, "promise").made()
    ended = subprocess.run(
        [STORE_TEST, "--gtest_filter=AnyStore/2.*", "--gtest_brief=1"], capture_output=True, text=True, check=False,
        env={**os.environ, **CREDENTIALS, "MF_TEST_S3_ENDPOINT": gateway.endpoint, "MF_TEST_S3_BUCKET": "promise", "NO_PROXY": "*"})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert bucket.keys("test-"), "the tests ran somewhere else"


def test_a_run_in_a_bucket_publishes_the_bundle_that_a_run_in_a_folder_does(moved, finished_demo):
    assert moved.run()["outcome"] == "PUBLISHED"
    assert bundle_of(moved.bucket.below("registry")) == bundle_of(finished_demo.published())
    again = moved.run()
    assert (again.exit, again["outcome"]) == (0, "ALREADY_PUBLISHED")
    assert moved.trainings() == 1


def test_a_run_in_a_bucket_is_reproduced_and_nothing_is_put_there(moved):
    assert moved.run()["outcome"] == "PUBLISHED"
    before = {part: moved.bucket.below(part) for part in ("store", "registry")}
    told = moved.tell("reproduce", moved.place.request_file)
    assert (told.exit, told["outcome"]) == (0, "REPRODUCED"), told.out
    assert {part: moved.bucket.below(part) for part in ("store", "registry")} == before


def test_many_launchers_of_one_request_train_once(moved):
    with ThreadPoolExecutor(8) as launchers:
        answers = list(launchers.map(lambda _: moved.run(), range(8)))
    assert {a.exit for a in answers} <= {0, 75}, [a.out for a in answers]
    assert {a.code for a in answers if a.exit} <= {"LEASE_HELD", "LEASE_LOST"}
    assert moved.run()["outcome"] == "ALREADY_PUBLISHED"
    assert moved.trainings() == 1


def test_doctor_finds_the_bucket_in_order(moved):
    assert moved.tell("doctor")["outcome"] == "HEALTHY"


@pytest.mark.parametrize(
    ("env", "code", "exit_status"),
    [({}, "STORE_NOT_PERMITTED", 77),
     ({"AWS_ACCESS_KEY_ID": CREDENTIALS["AWS_ACCESS_KEY_ID"]}, "STORE_NOT_PERMITTED", 77),
     ({**CREDENTIALS, "AWS_SECRET_ACCESS_KEY": SECRET_KEY + "x"}, "STORE_NOT_PERMITTED", 77)])
def test_who_may_not_enter_is_told_so(moved, env, code, exit_status):
    answer = moved.run(env={**env, "HOME": "/nowhere"})
    assert (answer.code, answer.exit) == (code, exit_status)
    assert SECRET_KEY not in answer.out + answer.err


def test_credentials_come_from_the_shared_file_too(moved, tmp_path):
    file = tmp_path / "credentials"
    file.write_text(f"[mf]\naws_access_key_id = {CREDENTIALS['AWS_ACCESS_KEY_ID']}\naws_secret_access_key = {SECRET_KEY}\n")
    answer = moved.tell("doctor", env={"AWS_SHARED_CREDENTIALS_FILE": str(file), "AWS_PROFILE": "mf"})
    assert answer["outcome"] == "HEALTHY"


def test_the_secret_is_in_nothing_that_a_run_leaves(moved):
    answer = moved.run()
    left = b"".join([answer.out.encode(), answer.err.encode(), *moved.bucket.below("store").values(), *moved.bucket.below("registry").values()])
    assert SECRET_KEY.encode() not in left


def test_a_bucket_that_is_not_there_is_named(moved):
    moved.wire(Bucket(moved.bucket.endpoint, "not-there"))
    answer = moved.run()
    assert answer.code == "STORE_UNAVAILABLE"
    assert "NoSuchBucket" in answer["failure"]["message"]


def test_a_server_that_is_away_is_worth_retrying(moved):
    moved.wire(Bucket(f"http://127.0.0.1:{free_port()}", "bucket"))
    answer = moved.run()
    assert (answer.code, answer.exit) == ("STORE_UNAVAILABLE", 75)


def test_a_registry_that_is_away_leaves_the_run_pending_and_nothing_is_trained_again(moved):
    moved.wire(moved.bucket, registry=Bucket(f"http://127.0.0.1:{free_port()}", "bucket"))
    assert moved.run()["outcome"] == "PUBLISH_PENDING"
    moved.wire(moved.bucket)
    assert moved.run()["outcome"] == "PUBLISHED"
    assert moved.trainings() == 1


@pytest.mark.parametrize("lacking", ["endpoint", "region", "path_style"])
def test_a_place_in_a_bucket_is_told_whole_or_refused(moved, lacking):
    profile = json.loads(moved.profile.read_text())
    del profile["object_store"][lacking]
    moved.profile.write_text(json.dumps(profile))
    answer = moved.run()
    assert (answer.code, answer.exit) == ("PROFILE_INVALID", 78)


# On a server that misbehaves.


def test_a_server_that_replaces_is_refused_before_anything_is_kept(on_mock):
    place = on_mock("--forget-condition")
    before = set(place.bucket.keys("store/"))
    answer = place.run()
    assert (answer.code, answer.exit) == ("STORE_REPLACES", 78)
    assert set(place.bucket.keys("store/")) - before == {"store/mf/doctor/condition.txt"}
    assert place.tell("doctor")["figures"]["profile and store"] == "STORE_REPLACES"


def test_a_run_lives_through_a_server_that_is_busy_and_loses_replies(on_mock, finished_demo, tmp_path):
    place = on_mock()
    disturb(tmp_path,
            {"method": "PUT", "path": "/bucket/", "every": 5, "do": "busy"}, {"method": "PUT", "path": "/store/", "every": 4, "do": "lost"},
            {"method": "GET", "path": "/bucket/", "every": 6, "do": "cut"}, {"method": "GET", "path": "/bucket/", "every": 7, "do": "busy"})
    assert place.run()["outcome"] == "PUBLISHED"
    disturb(tmp_path)
    assert bundle_of(place.bucket.below("registry")) == bundle_of(finished_demo.published())
    assert place.trainings() == 1


def test_a_publication_whose_replies_were_all_lost_is_found_by_the_next_try(on_mock, finished_demo, tmp_path):
    place = on_mock()
    disturb(tmp_path, {"method": "PUT", "path": "/registry/", "every": 1, "do": "lost"})
    assert place.run()["outcome"] == "PUBLISH_PENDING"
    disturb(tmp_path)
    assert place.run().exit == 0
    assert bundle_of(place.bucket.below("registry")) == bundle_of(finished_demo.published())
    assert place.trainings() == 1


def test_a_registry_that_lets_nobody_write_leaves_the_run_pending(on_mock, tmp_path):
    place = on_mock()
    disturb(tmp_path, {"method": "PUT", "path": "/registry/", "every": 1, "do": "denied"})
    answer = place.run()
    assert answer["outcome"] == "PUBLISH_PENDING"
    assert "AccessDenied" in answer["failure"]["message"]
    disturb(tmp_path)
    assert place.run()["outcome"] == "PUBLISHED"
    assert place.trainings() == 1


def test_a_run_in_a_bucket_is_verified_and_what_is_gone_from_there_is_missed(moved):
    assert moved.run().exit == 0
    told = moved.tell("verify", moved.place.request_file, "--inputs")
    assert (told.exit, told["outcome"]) == (0, "VERIFIED"), told.out
    assert told["figures"]["events"] == len(moved.events())
    (model,) = [key for key in moved.bucket.keys("store") if "/artifacts/model-" in key]
    moved.bucket.ask("DELETE", model)
    told = moved.tell("verify", moved.place.request_file)
    assert (told.exit, told.code) == (1, "EVIDENCE_UNRESOLVED")
    assert told["failure"]["context"]["check"] == "model"
