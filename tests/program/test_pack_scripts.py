"""What the scripts of docs/operate make of exit statuses and signals, with programs that play mf and Slurm."""

import os
import signal
import subprocess
import time

import pytest

import awaited
import command
from packs import OPERATE
from test_crash import wait_until

LOOP = [str(OPERATE / "pack" / "mf-work-loop")]
BATCH = ["bash", str(OPERATE / "slurm" / "mf-run.sbatch")]
PATIENCE = 30


class Played:
    """A program that ends with the given statuses, one at each call and the last one from then on, and notes how it was called."""

    def __init__(self, folder, name, *statuses, takes=0):
        self.calls_file = folder / f"{name}.calls"
        self.told_file = folder / f"{name}.told"
        self.file = folder / name
        self.calls_file.touch()
        self.file.write_text(f"""#!/bin/bash
trap 'echo TERM >>{self.told_file}; exit 75' TERM
statuses=({' '.join(map(str, statuses))})
nth=$(wc -l <{self.calls_file})
echo "$*" >>{self.calls_file}
for ((i = 0; i < {int(takes * 20)}; i++)); do sleep 0.05; done
exit "${{statuses[nth < ${{#statuses[@]}} ? nth : -1]}}"
""")
        self.file.chmod(0o755)

    def calls(self):
        return self.calls_file.read_text().splitlines()

    def was_told_to_stop(self):
        return self.told_file.exists()


def surroundings(mf, **more):
    return {"PATH": f"{mf.file.parent}:{os.environ['PATH']}", "MF_PROGRAM": str(mf.file), "MF_WORK_PAUSE": "0.05", **more}


def start(script, mf, *words, **more):
    return subprocess.Popen([*script, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings(mf, **more))


# The loop.

def test_the_loop_calls_again_after_what_another_call_mends(tmp_path):
    mf = Played(tmp_path, "mf", 0, 1, 74, 75, 0)
    process = start(LOOP, mf, "--log-format", "json")
    wait_until(lambda: len(mf.calls()) >= 7)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert set(mf.calls()) == {"work --once --log-format json"}


@pytest.mark.parametrize("status", [64, 65, 66, 70, 73, 77, 78])
def test_the_loop_ends_with_what_it_cannot_mend(tmp_path, status):
    mf = Played(tmp_path, "mf", 0, status)
    assert start(LOOP, mf).wait(PATIENCE) == status
    assert len(mf.calls()) == 2


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_the_loop_hands_the_order_to_stop_on_and_waits_for_mf(tmp_path, word):
    mf = Played(tmp_path, "mf", 0, takes=20)
    process = start(LOOP, mf)
    wait_until(mf.calls)
    time.sleep(0.1)
    process.send_signal(word)
    assert process.wait(PATIENCE) == 0
    assert mf.was_told_to_stop() and len(mf.calls()) == 1


def test_the_loop_is_told_to_stop_in_its_pause(tmp_path):
    mf = Played(tmp_path, "mf", 0)
    process = start(LOOP, mf, MF_WORK_PAUSE="60")
    wait_until(mf.calls)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not mf.was_told_to_stop()


def test_the_loop_with_mf_itself(cards):
    """It answers what is queued while it lives, and ends with 78 when it cannot use its profile."""
    awaited.leave_out_if_needed(["enqueue", "work"], "THE LOOP WITH MF ITSELF")
    cards.profile.write_text((OPERATE / "profiles" / "local.yaml").read_text())
    environment = command.quiet_surroundings(MF_PROFILE=str(cards.profile), MF_PROGRAM=str(command.MF), MF_WORK_PAUSE="0.05")
    process = subprocess.Popen(LOOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    cards.mf("enqueue", "train-build", cards.request_file)
    wait_until(lambda: "PUBLISHED" in cards.states().values())
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    cards.profile.write_text("nothing: of use")
    assert subprocess.run(LOOP, capture_output=True, env=environment, timeout=PATIENCE, check=False).returncode == 78


# The batch script; test_torture_slurm.py has it on a real Slurm.

def batch(tmp_path, status, *words, restarts=None, **more):
    mf, scontrol = Played(tmp_path, "mf", status), Played(tmp_path, "scontrol", 1)  # 1: so that nobody waits to be ended
    begun = {} if restarts is None else {"SLURM_RESTART_COUNT": str(restarts)}
    process = start(BATCH, mf, *words, SLURM_JOB_ID="7", **begun, **more)
    return process.wait(PATIENCE), mf.calls(), scontrol.calls()


def test_a_batch_job_is_the_command_that_it_is_given(tmp_path):
    assert batch(tmp_path, 0, "train", "--run", "tr_1") == (0, ["train --run tr_1 --log-format json"], [])


@pytest.mark.parametrize("status", [1, 65, 66, 70, 73, 74, 77, 78])
def test_a_batch_job_ends_as_mf_ended(tmp_path, status):
    assert batch(tmp_path, status, "run", "request.json") == (status, ["run request.json --log-format json"], [])


@pytest.mark.parametrize("restarts, asked", [(None, ["requeue 7"]), (1, ["requeue 7"]), (2, [])])
def test_a_batch_job_asks_to_be_done_again_after_75_for_a_while(tmp_path, restarts, asked):
    status, _, requeued = batch(tmp_path, 75, "run", "request.json", restarts=restarts, MF_REQUEUES="2")
    assert (status, requeued) == (75, asked)


def test_a_batch_job_hands_the_order_to_stop_on_and_waits_for_mf(tmp_path):
    mf, scontrol = Played(tmp_path, "mf", 0, takes=20), Played(tmp_path, "scontrol", 1)
    process = start(BATCH, mf, "run", "request.json", SLURM_JOB_ID="7")
    wait_until(mf.calls)
    time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 75
    assert mf.was_told_to_stop() and scontrol.calls() == ["requeue 7"]
