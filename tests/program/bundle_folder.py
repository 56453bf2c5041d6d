"""A copy of a bundle in a folder, and the verbs of somebody who damages it: coarsely, or so that every digest fits again."""

import hashlib
import json
import shutil
from pathlib import Path

from documents import canonical, content


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def digest(value):
    return sha256(canonical(value).encode())


class BundleFolder:
    """The files of a bundle, wherever they lie."""

    def __init__(self, folder):
        self.folder = Path(folder)

    @classmethod
    def copy_of(cls, bundle, folder):
        shutil.copytree(bundle, folder)
        return cls(folder)

    def path(self, name):
        return self.folder / name

    def read(self, name):
        return json.loads(self.path(name).read_text())

    def write(self, name, document):
        self.path(name).write_text(canonical(document) + "\n")

    def edit(self, name, change):
        """Changes a document through `change(its content)`, and spells it as mf does."""
        document = self.read(name)
        change(document)
        self.write(name, document)

    def forge(self, name, change):
        """The same, and everything that names the document by digest follows."""
        self.edit(name, change)
        self.seal()

    def seal(self):
        """Gives the members that are there their digests again, and the bundle the id and version of its content."""
        manifest = self.read("bundle_manifest.json")
        for member in manifest["members"]:
            if self.path(member["path"]).is_file():
                data = self.path(member["path"]).read_bytes()
                member.update(sha256=sha256(data), bytes=len(data))
        for name in ("eval_report", "gate_receipt"):
            if self.path(f"{name}.json").is_file():
                manifest["evidence"][f"{name}_digest"] = digest(content(self.path(f"{name}.json").read_bytes()))
        payload = {key: value for key, value in manifest.items() if key not in ("bundle_id", "bundle_version")}
        named = {"bundle_id": digest({"recipe": "mf.bundle_id.v2", "tag": "bundle_v1", "payload": payload})}
        named["bundle_version"] = "v0-" + digest({**named, "policy_revision": manifest["policy_revision"],
                                                  "config_revision": manifest["config_revision"]})[:12]
        self.write("bundle_manifest.json", {**payload, **named})
        self.edit("bundle_publication.json", lambda publication: publication.update(named))
        self.edit("submission.json", lambda submission: submission.update(
            named, idempotency_key=f"{named['bundle_id']}:{named['bundle_version']}"))
