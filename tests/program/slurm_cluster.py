"""A real Slurm of one node on loopback, that a test starts and stops; its own accounts, ports and folders, and nothing of the machine's."""

import getpass
import os
import shutil
import subprocess
import time

import pytest

from s3_server import free_port

STARTS_WITHIN = 60  # seconds; usually three
PATIENCE = 180
# No accounting, no credentials, no cgroups: what is tried is what the batch scripts do. The node says that it has what they ask for.
CONFIGURATION = """\
ClusterName=mf
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control}
SlurmdPort={node}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ReturnToService=2
SchedulerParameters=sched_interval=1,sched_min_interval=100000,bf_interval=1
MinJobAge=3600
NodeName={host} NodeAddr=127.0.0.1 CPUs=8 RealMemory=65536 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        for name in ("slurmctld", "slurmd", "sbatch", "scontrol"):
            if not shutil.which(name):
                pytest.skip(f"{name.upper()} IS NOT THERE (DEBIAN'S slurm-wlm): NOTHING IS KNOWN ABOUT BATCH JOBS ON A REAL SLURM")
        for name in ("state", "spool"):
            (folder / name).mkdir()
        configuration = folder / "slurm.conf"
        configuration.write_text(CONFIGURATION.format(
            host=os.uname().nodename.split(".")[0], control=free_port(), node=free_port(), user=getpass.getuser(), folder=folder))
        self.environment = {"SLURM_CONF": str(configuration), "PATH": os.environ["PATH"]}
        self._daemons = [self._started("slurmctld", "-D", "-i"), self._started("slurmd", "-D")]
        try:
            self._wait_for(lambda: self.say("sinfo", "-h", "-o", "%T", expect=None) == "idle", STARTS_WITHIN, "it never came up")
        except AssertionError:
            self.stop()
            raise

    def _started(self, *words):
        with open(self.folder / f"{words[0]}.log", "wb") as log:
            return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment, start_new_session=True)

    def _wait_for(self, happened, seconds, otherwise):
        deadline = time.monotonic() + seconds
        while not happened():
            logs = "".join((self.folder / f"{name}.log").read_text()[-2000:] for name in ("slurmctld", "slurmd"))
            assert time.monotonic() < deadline, f"{otherwise}\n{logs}"
            time.sleep(0.1)

    def say(self, *words, expect=0, **environment):
        """What a command of Slurm prints."""
        ended = subprocess.run([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=PATIENCE,
                               cwd=self.folder, env={**self.environment, **environment})
        assert expect is None or ended.returncode == expect, f"{words}: {ended.returncode}\n{ended.stdout}"
        return ended.stdout.strip()

    def job(self, number):
        """What Slurm knows of a job, by the names that it gives."""
        told = self.say("scontrol", "--oneliner", "show", "job", number)
        return dict(word.split("=", 1) for word in told.split() if "=" in word)

    def wait_for(self, number, *states):
        self._wait_for(lambda: self.job(number)["JobState"] in states, PATIENCE, f"job {number} never was {states}: {self.job(number)}")
        return self.job(number)

    def log(self, number):
        return (self.folder / f"mf-{number}.log").read_text()

    def stop(self):
        for daemon in reversed(self._daemons):
            daemon.terminate()
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
