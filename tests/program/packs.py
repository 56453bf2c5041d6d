"""What docs/operate has for schedulers, and the command lines of mf in it."""

import re
import shlex

import yaml

from command import ROOT

OPERATE = ROOT / "docs" / "operate"
PROFILES = sorted((OPERATE / "profiles").glob("*.yaml"))
PACKS = sorted((OPERATE / "pack").glob("*.yaml"))
MANIFESTS = sorted((OPERATE / "kubernetes").glob("*.yaml"))
UNITS = sorted(path for path in (OPERATE / "systemd").iterdir() if path.suffix in (".service", ".timer"))
SCRIPTS = sorted([OPERATE / "pack" / "mf-work-loop", *(OPERATE / "slurm").iterdir()])
CONTAINERFILE = OPERATE / "container" / "Containerfile"
PAGES = sorted(OPERATE.glob("*.md"))
SEPARATORS = re.compile(r"&&|\|\|?|;|\n|&(?!&)")


def loaded(path):
    """The documents of a YAML file."""
    return list(yaml.safe_load_all(path.read_text()))


def lines_in_shell(text):
    """The command lines of mf in a piece of shell, each as its words without `mf`; comments are no commands."""
    found = []
    for part in SEPARATORS.split(re.sub(r"(?m)(^|\s)#.*$", "", text.replace("\\\n", " "))):
        try:
            words = shlex.split(part)
        except ValueError:  # a part of a longer quotation
            continue
        while words and re.fullmatch(r"\w+=.*|then|else|do|if|!|exec|\{|\(", words[0]):
            words = words[1:]
        if words and words[0].rsplit("/", 1)[-1] == "mf":
            found.append(words[1:])
    return found


def lines_in_pack(path):
    """Of the processes and probes of a pack; of a script, what the script is given."""
    found = []
    for process in loaded(path)[0]["processes"]:
        for command in (process["command"], process["readiness"].get("command")):
            if command[:2] == ["sh", "-c"]:
                found += lines_in_shell(command[2])
            elif command[0].endswith("mf-work-loop"):
                found.append(["work", "--once", *command[1:]])
            else:
                assert command[0] == "mf", command
                found.append(command[1:])
    return found


def lines_in_manifest(path):
    """Of every container, whose image begins with mf itself."""
    return [container["args"] for document in loaded(path) for container in containers(document)]


def containers(document):
    spec = document["spec"]["jobTemplate"]["spec"] if document["kind"] == "CronJob" else document["spec"]
    pod = spec["template"]["spec"]
    return [*pod.get("initContainers", []), *pod["containers"]]


def lines_in_unit(path):
    return [line for command in re.findall(r"^ExecStart=(.*)$", path.read_text(), re.MULTILINE) for line in lines_in_shell(command)]


def lines_in_script(path):
    """What a script calls itself, and what its comments say that it may be given."""
    text = path.read_text()
    handed_on = re.findall(r"^#\s+sbatch mf-run\.sbatch (.*)$", text, re.MULTILINE)
    phases = re.findall(r"^submit (\w+) ", text, re.MULTILINE)
    work = ["work --once"] if '"$mf" work --once' in text else []
    return [shlex.split(line) for line in handed_on] + [[phase, "request.json"] for phase in phases] + [line.split() for line in work]


def lines_on_page(path):
    blocks = re.findall(r"^```sh\n(.*?)^```$", path.read_text(), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in lines_in_shell(block)]


READERS = [(PACKS, lines_in_pack), (MANIFESTS, lines_in_manifest), (UNITS, lines_in_unit), (SCRIPTS, lines_in_script),
           (PAGES, lines_on_page)]


def command_lines():
    """Every command line that is meant to be called as it stands, once a file: (the file, the words after `mf`)."""
    found = {(path, tuple(words)) for paths, lines_in in READERS for path in paths for words in lines_in(path)}
    return [(path, list(words)) for path, words in sorted(found)]


def mentions():
    """What is said about commands in comments and sentences, perhaps not whole: (the file, the words after `mf`)."""
    return [(path, line) for path in sorted(OPERATE.rglob("*")) if path.is_file()
            for quoted in re.findall(r"`(mf [a-z][^`\n]*)`", path.read_text()) for line in lines_in_shell(quoted)]
