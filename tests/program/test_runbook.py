"""The runbook can be followed: every command in it does what stands below it, in the situation that the entry is about."""

import json
import re
import stat
from contextlib import ExitStack

import pytest

import awaited
import command
from card_rows import card_rows
from card_store import GOVERNANCE
from followed_page import Block, Event, Shell, entries, fits
from frozen import Frozen
from test_docs import commands
from test_tamper import bring_registry_back, take_registry_away

RUNBOOK = command.ROOT / "docs" / "operate" / "runbook.md"
BEFORE_THE_MODEL = 14  # files that appear before it: the process stops in the middle of its training
PROFILE = command.ROOT / "docs" / "operate" / "profiles" / "local.yaml"
ENTRIES = entries(RUNBOOK.read_text())


class Scene:
    """Where an entry is followed: a workplace, and a shell that knows it."""

    def __init__(self, place, strace, meanwhile):
        self.place = place
        self.strace = strace
        self.meanwhile = meanwhile  # what ends with the scene
        self.tools = place.folder / "tools"
        self.tools.mkdir()
        self.kept = None
        (self.tools / "mf").symlink_to(command.MF)
        place.profile.write_text(PROFILE.read_text())
        environment = command.quiet_surroundings(MF_PROFILE="mf.yaml")
        self.shell = Shell(place.folder, {**environment, "PATH": f"{self.tools}:{environment['PATH']}"})
        self.shell.know(REQUEST="request.json")

    def know_the_run(self):
        self.shell.know(RUN=self.place.run_key)

    def change(self, path):
        """Somebody changes a file."""
        self.kept = (path, path.read_bytes())
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
        path.write_bytes(self.kept[1].replace(b"1", b"2", 1))

    def budget(self, name, number):
        text, changed = re.subn(f"^{name}: .*", f"{name}: {number}", self.place.profile.read_text(), flags=re.MULTILINE)
        assert changed == 1
        self.place.profile.write_text(text)


# What happens, as the page has it in its comments.

def a_request_is_there(scene):
    assert scene.place.request_file.is_file()


def a_run_is_there(scene):
    if not (scene.place.store / "mf/runs").exists():
        scene.place.run()
    scene.know_the_run()


def a_run_stands_before_its_training(scene):
    scene.place.phase("resolve")
    scene.know_the_run()


def the_registry_does_not_answer(scene):
    take_registry_away(scene.place)


def the_registry_answers_again(scene):
    bring_registry_back(scene.place)


def a_run_waits_for_its_registry(scene):
    take_registry_away(scene.place)
    scene.place.mf("run", scene.place.request_file, expect=75)
    scene.know_the_run()


def all_retries_are_spent(scene):
    a_run_waits_for_its_registry(scene)
    for _ in range(3):
        scene.place.phase("publish", expect=75)


def a_process_works(scene):
    process = Frozen(scene.strace, scene.place, BEFORE_THE_MODEL)
    scene.meanwhile.enter_context(process)
    scene.know_the_run()


def a_process_was_killed(scene):
    with Frozen(scene.strace, scene.place, BEFORE_THE_MODEL):
        pass
    scene.know_the_run()


def killed_each_time(scene):
    scene.budget("stage_retry_budget", 1)
    a_process_was_killed(scene)


def a_policy_that_is_not_met(scene):
    file = scene.place.store / GOVERNANCE
    policy = json.loads(file.read_text())
    (scene.place.folder / "milder.yaml").write_text(json.dumps({**policy, "revision": "r3"}))
    policy["criteria"][0]["at_least"] = 0.999
    file.write_text(json.dumps({**policy, "revision": "r2"}))
    scene.shell.know(RUN=scene.place.mf("validate-request", scene.place.request_file)["run"])


def a_file_of_the_dataset_has_changed(scene):
    scene.change(scene.place.data_file())


def the_file_is_as_it_was(scene):
    path, content = scene.kept
    path.write_bytes(content)


def a_row_makes_no_sense(scene):
    rows = card_rows()
    rows[5]["amount"] = "n/a"
    scene.place.repin(rows)


def a_corrected_dataset(scene):
    corrected = scene.place.put_dataset("dm_corrected", card_rows())
    scene.place.request_with("corrected.json", request_id="request-0002", dataset_manifest_refs=[corrected])


def the_disk_is_full(scene):
    (scene.tools / "mf").unlink()
    (scene.tools / "mf").write_text(
        f'#!/bin/sh\nexec {scene.strace} -f -qq -o /dev/null -e trace=linkat -e inject=linkat:error=ENOSPC:when=8+ {command.MF} "$@"\n')
    (scene.tools / "mf").chmod(0o755)


def there_is_room_again(scene):
    (scene.tools / "mf").unlink()
    (scene.tools / "mf").symlink_to(command.MF)


def a_recorded_file_has_changed(scene):
    a_run_is_there(scene)
    (model,) = (scene.place.run_folder / "artifacts").glob("model-*.ubj")
    scene.change(model)


def the_profile_is_changed(scene):
    scene.budget("publish_retry_budget", 4)


def a_bundle_is_handed_over(scene):
    scene.place.run()
    bundle = scene.place.bundle().rename(scene.place.folder / "bundle")
    scene.shell.know(BUNDLE="bundle", MF_PROFILE="/nonexistent")
    scene.place.store.rename(scene.place.folder / "somewhere-else")
    assert bundle.is_dir()


def a_model_has_not_come(scene):
    a_file_of_the_dataset_has_changed(scene)
    scene.place.mf("run", scene.place.request_file, expect=65)


EVENTS = {
    "a request is there": a_request_is_there,
    "a run is there": a_run_is_there,
    "a run stands before its training": a_run_stands_before_its_training,
    "the registry does not answer": the_registry_does_not_answer,
    "the registry answers again": the_registry_answers_again,
    "a run waits for its registry": a_run_waits_for_its_registry,
    "a run waits for its registry, and all its retries are spent": all_retries_are_spent,
    "a process works on the run, and has stopped moving": a_process_works,
    "a process that worked on the run was killed": a_process_was_killed,
    "the process was killed each time that it trained": killed_each_time,
    "a policy that this model does not meet": a_policy_that_is_not_met,
    "a file of the dataset has changed": a_file_of_the_dataset_has_changed,
    "the file is as it was": the_file_is_as_it_was,
    "a row of the dataset makes no sense": a_row_makes_no_sense,
    "there is a corrected dataset, and a request for it": a_corrected_dataset,
    "the disk is full": the_disk_is_full,
    "there is room again": there_is_room_again,
    "somebody has changed a recorded file": a_recorded_file_has_changed,
    "the profile is changed": the_profile_is_changed,
    "somebody hands over a bundle": a_bundle_is_handed_over,
    "the model of a request has not come": a_model_has_not_come,
}


@pytest.fixture
def scene(cards, strace):
    with ExitStack() as meanwhile:
        yield Scene(cards, strace, meanwhile)


@pytest.mark.parametrize("heading", [heading for heading, steps in ENTRIES.items() if steps])
def test_an_entry_can_be_followed(scene, heading):
    for step in ENTRIES[heading]:
        if isinstance(step, Event):
            EVENTS[step.name](scene)
            continue
        awaited.leave_out_if_needed(step.commands(), f"FROM LINE {step.line} ON THIS ENTRY")
        step.require(*scene.shell.type(step.typed))


def test_every_event_happens_on_the_page():
    happening = {step.name for steps in ENTRIES.values() for step in steps if isinstance(step, Event)}
    assert happening == set(EVENTS)


def test_nothing_is_awaited_that_is_there():
    assert not set(awaited.COMMANDS) & set(commands())


def test_every_block_is_in_an_entry():
    in_entries = sum(isinstance(step, Block) for steps in ENTRIES.values() for step in steps)
    assert in_entries == RUNBOOK.read_text().count("\n```sh\n") > 30


def test_gaps_masks_and_exact_lines():
    assert fits(["a", "…", "d"], "a\nb\nc\nd\n") and fits(["a", "…", "d"], "a\nd\n")
    assert fits(["held by process 7 of … until 2026-01-01T00:00:00Z"], "held by process 99 of this host until 2026-02-02T02:02:02.5Z\n")
    assert not fits(["a", "d"], "a\nb\nd\n") and not fits(["0.7"], "0x7\n") and not fits(["a"], "a\nb\n")
