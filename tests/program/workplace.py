"""A folder with a platform profile, a request, a store and a registry, and the verbs of somebody who works there."""

import hashlib
import json
import shutil
from pathlib import Path

import command


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


class Workplace:
    """Everything that a run needs and leaves lies below one folder, so copying the folder copies the run."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.profile = self.folder / "mf.yaml"
        self.request_file = self.folder / "request.json"
        self.store = self.folder / "store"
        self.registry = self.folder / "registry"

    def copied_to(self, folder):
        shutil.copytree(self.folder, folder)
        return type(self)(folder)

    # Commands.

    def mf(self, *args, expect=0, **how):
        return command.mf("--profile", self.profile, *args, expect=expect, **how)

    def ask_mf(self, *args, **how):
        """However it ends."""
        return command.told("--profile", self.profile, *args, **how)

    def say(self, *args, **how):
        """Without --json, as people read it."""
        return command.call("--profile", self.profile, *args, **how)

    def run(self, request=None, expect=0):
        return self.mf("run", request or self.request_file, expect=expect)

    def phase(self, name, expect=0):
        return self.mf(name, self.request_file, expect=expect)

    def phases(self, *names):
        for name in names:
            self.phase(name)

    def states(self, *filters):
        """The state of each run that `mf runs` lists."""
        return {row["run"]: row["state"] for row in self.mf("runs", *filters)["rows"]}

    # What is asked and how.

    def request(self):
        return json.loads(self.request_file.read_text())

    def ask(self, **changes):
        """Changes the request file; a value of None takes the field out."""
        request = {**self.request(), **changes}
        self.request_file.write_text(json.dumps({k: v for k, v in request.items() if v is not None}, indent=1))

    def request_with(self, name, **changes):
        """Another request file beside the first one."""
        file = self.folder / name
        file.write_text(json.dumps({**self.request(), **changes}))
        return file

    def wire(self, **changes):
        """Changes the platform profile."""
        text = self.profile.read_text()
        if text.startswith("{"):
            self.profile.write_text(json.dumps({**json.loads(text), **changes}))
        else:
            self.profile.write_text(text + "".join(f"{k}: {json.dumps(v)}\n" for k, v in changes.items()))

    def edit(self, key, change):
        """Changes a document of the store that was written as JSON, through `change(its content)`."""
        path = self.store / key
        content = json.loads(path.read_text())
        change(content)
        path.write_text(json.dumps(content))

    # What is there.

    @property
    def run_key(self):
        (anchor,) = (self.store / "mf/runs").glob("*.json")
        return anchor.stem

    @property
    def run_folder(self):
        return self.run_folder_of(self.run_key)

    def run_folder_of(self, run_key):
        return self.store / self.request()["platform_run_id"] / "mf/train_runs" / run_key

    def event_files(self):
        return sorted((self.run_folder / "ledger/events").glob("*.json"))

    def events(self):
        return [json.loads(file.read_text()) for file in self.event_files()]

    def attempts(self, stage):
        return sum(e["event"] == "STAGE_STARTED" and e["detail"]["stage"] == stage for e in self.events())

    def recorded(self):
        """Every artifact that the ledger vouches for, by name: its path in the store."""
        places = {}
        for event in self.events():
            detail = event.get("detail", {})
            for name, ref in detail.items():
                if name.endswith("_ref") and name[:-4] + "_sha256" in detail:
                    places[name[:-4]] = self.store / ref
        return places

    def document(self, name):
        return json.loads(self.recorded()[name].read_text())

    def manifest(self):
        """The first manifest of the request, as a path."""
        return self.store / self.request()["dataset_manifest_refs"][0].split("@sha256:")[0]

    def materialization(self):
        ref = json.loads(self.manifest().read_text())["materialization_ref"]
        return self.store / ref.split("@sha256:")[0]

    def data_file(self):
        return self.store / json.loads(self.materialization().read_text())["files"][0]["ref"]

    def published(self):
        """The files in the registry, by their keys."""
        return files_below(self.registry)

    def bundle(self):
        (publication,) = self.registry.glob("registry/bundles/*/*/bundle_publication.json")
        return publication.parent


def files_below(folder):
    """The bytes of every file below `folder`, by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
