"""The batch scripts of docs/operate on a real Slurm; in the long form only."""

import pytest

import command
from card_store import GOVERNANCE, TRAINING
from injection import ALL
from packs import OPERATE
from slurm_cluster import Cluster
from test_crash import started, wait_until
from test_tamper import bring_registry_back, take_registry_away

SCRIPT = OPERATE / "slurm" / "mf-run.sbatch"
PHASES = OPERATE / "slurm" / "mf-phases.sh"


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    if not ALL:
        pytest.skip("THE BATCH SCRIPTS ARE TRIED ON A REAL SLURM BY ./dev torture ONLY")
    cluster = Cluster(tmp_path_factory.mktemp("slurm"))
    yield cluster
    cluster.stop()


@pytest.fixture
def surroundings(cards):
    """What a user of mf has in the environment when submitting a job."""
    return {"MF_PROFILE": str(cards.profile), "MF_PROGRAM": str(command.MF), "XDG_CACHE_HOME": command.CACHE}


def submit(slurm, surroundings, *words):
    return slurm.say("sbatch", "--parsable", SCRIPT, *words, **surroundings)


def requeued(slurm, number):
    """Slurm begins a requeued job two minutes later; here seconds later: within the same one, its node takes it for the job that it has ended."""
    wait_until(lambda: (job := slurm.job(number))["JobState"] == "PENDING" and job["Restarts"] != "0")
    slurm.say("scontrol", "update", f"JobId={number}", "StartTime=now+3")


def test_a_request_is_run_as_a_batch_job(slurm, surroundings, cards):
    number = submit(slurm, surroundings, "run", cards.request_file)
    job = slurm.wait_for(number, "COMPLETED", "FAILED")
    assert (job["JobState"], job["ExitCode"], job["Restarts"]) == ("COMPLETED", "0:0", "0"), slurm.log(number)
    assert cards.states() == {cards.run_key: "PUBLISHED"} and "PUBLISHED" in slurm.log(number)


def test_what_is_transient_is_done_again(slurm, surroundings, cards):
    take_registry_away(cards)
    number = submit(slurm, surroundings, "run", cards.request_file)
    requeued(slurm, number)
    bring_registry_back(cards)
    job = slurm.wait_for(number, "COMPLETED", "FAILED")
    assert (job["JobState"], job["Restarts"]) == ("COMPLETED", "1"), slurm.log(number)
    assert cards.attempts("TRAIN") == 1 and "REGISTRY_UNAVAILABLE" in slurm.log(number)


def test_it_is_done_again_as_often_as_is_said_and_no_more(slurm, surroundings, cards):
    take_registry_away(cards)
    number = submit(slurm, {**surroundings, "MF_REQUEUES": "1"}, "run", cards.request_file)
    requeued(slurm, number)
    job = slurm.wait_for(number, "COMPLETED", "FAILED")
    assert (job["JobState"], job["ExitCode"], job["Restarts"]) == ("FAILED", "75:0", "1"), slurm.log(number)


def test_what_is_refused_is_not_done_again(slurm, surroundings, cards):
    cards.data_file().write_text("nothing")
    number = submit(slurm, surroundings, "run", cards.request_file)
    job = slurm.wait_for(number, "COMPLETED", "FAILED")
    assert (job["JobState"], job["ExitCode"], job["Restarts"]) == ("FAILED", "65:0", "0"), slurm.log(number)


def test_told_to_stop_in_training_it_gives_the_run_back_and_goes_on_later(slurm, surroundings, cards):
    cards.edit(TRAINING, lambda profile: profile["algorithm"].update(rounds=1000, early_stopping_rounds=1000))
    number = submit(slurm, surroundings, "run", cards.request_file)
    wait_until(lambda: started(cards, "TRAIN"))
    slurm.say("scancel", "--batch", "--signal=TERM", number)  # as Slurm does a minute before the time is over
    requeued(slurm, number)
    told = [(event["event"], event.get("detail", {}).get("code")) for event in cards.events()]
    assert ("STAGE_FAILED", "INTERRUPTED") in told
    assert slurm.wait_for(number, "COMPLETED", "FAILED")["JobState"] == "COMPLETED", slurm.log(number)
    assert cards.attempts("TRAIN") == 2 and cards.states() == {cards.run_key: "PUBLISHED"}


def chain(slurm, surroundings, cards):
    return dict(line.split() for line in slurm.say(PHASES, cards.request_file, **surroundings).splitlines())


def test_phases_are_jobs_that_wait_for_one_another(slurm, surroundings, cards):
    jobs = chain(slurm, surroundings, cards)
    assert list(jobs) == ["resolve", "train", "eval", "gate", "publish"]
    assert slurm.wait_for(jobs["publish"], "COMPLETED", "FAILED", "CANCELLED")["JobState"] == "COMPLETED"
    assert cards.states() == {cards.run_key: "PUBLISHED"}


def test_after_a_gate_that_failed_nothing_is_published(slurm, surroundings, cards):
    cards.edit(GOVERNANCE, lambda policy: policy["criteria"][0].update(at_least=0.999))
    jobs = chain(slurm, surroundings, cards)
    assert slurm.wait_for(jobs["publish"], "COMPLETED", "FAILED", "CANCELLED")["JobState"] == "CANCELLED"
    assert slurm.job(jobs["gate"])["ExitCode"] == "1:0" and not cards.published()
