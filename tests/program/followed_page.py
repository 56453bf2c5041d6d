"""A page that is to be followed: its entries, what they say is to be typed, what is to be seen then, and what happens meanwhile.

An entry is a `## ` heading and what stands below it. `sh` blocks are typed; the `text` block after one is what it shows, its last line
`[exit N]` the exit status. A comment of the page, which readers do not see, is an event: something that happens at that point.
"""

import re
import subprocess
from dataclasses import dataclass, field

PATIENCE = 300  # seconds; only a hanging command takes so long
GAP = "…"  # a line of its own: any lines; in a line: any characters
MASKS = [
    (re.compile(r"\btr_[0-9a-f]{32}\b"), "tr_RUN"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "TIME"),
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{8}…"), "DIGEST"),
    (re.compile(r"\bv0-[0-9a-f]{12}\b"), "VERSION"),
    (re.compile(r"\bprocess \d+\b"), "process PID"),
]


@dataclass
class Event:
    name: str


@dataclass
class Block:
    line: int
    typed: str
    seen: list = field(default_factory=list)
    status: int = 0

    def commands(self):
        """The commands of mf that are typed in it."""
        return set(re.findall(r"\bmf ([a-z][a-z-]*)", self.typed))

    def require(self, output, status):
        """What it showed is what the page says."""
        shown = f"line {self.line}:\n{self.typed}\nshould show\n{chr(10).join(self.seen)}\nwith exit status {self.status}, and showed\n{output}"
        assert (status, fits(self.seen, output)) == (self.status, True), f"{shown}\nwith exit status {status}"


def fits(expected, output):
    """Whether `output` is the `expected` lines; with none expected, anything is."""
    if not expected:
        return True
    lines = ["(?:.*\n)*?" if line.strip() == GAP else "[^\n]*".join(map(re.escape, masked(line).split(GAP))) + "\n" for line in expected]
    return re.fullmatch("".join(lines), "".join(line.rstrip() + "\n" for line in masked(output).splitlines())) is not None


def masked(text):
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return text


def entries(text):
    """The entries of a page, by their headings: the events and blocks of each, in their order."""
    found, steps, language = {}, [], None
    for number, line in enumerate(text.splitlines(), 1):
        if language is not None:
            if line == "```":
                take(steps, language, number, body)
                language = None
            else:
                body.append(line)
        elif line.startswith("```"):
            language, body = line[3:], []
        elif line.startswith("## "):
            steps = found.setdefault(line[3:], [])
        elif event := re.fullmatch(r"<!-- (.*) -->", line):
            steps.append(Event(event[1]))
    return found


def take(steps, language, number, body):
    if language == "sh":
        steps.append(Block(number - len(body) - 1, "\n".join(body)))
    elif language == "text":
        block = steps[-1]
        assert isinstance(block, Block) and not block.seen, f"line {number}: nothing shows this"
        if body and (status := re.fullmatch(r"\[exit (\d+)\]", body[-1])):
            block.status = int(status[1])
            body.pop()
        block.seen = body


class Shell:
    """Types one block after the other, each with what the ones before it left in folder and variables."""

    def __init__(self, folder, environment):
        self._environment = environment
        self._left = folder.parent / "left.sh"
        self._left.write_text(f"cd '{folder}'\n")

    def know(self, **values):
        """Variables that the reader has set."""
        with self._left.open("a") as left:
            left.writelines(f"{name}='{value}'\n" for name, value in values.items())

    def type(self, text):
        """What it shows, on both streams, and its exit status."""
        script = f'set -a; . {self._left}\n{text}\nstatus=$?; {{ export -p; echo "cd \'$PWD\'"; }} >{self._left}; exit $status'
        ended = subprocess.run(["bash", "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               env=self._environment, timeout=PATIENCE, check=False)
        return ended.stdout.decode(), ended.returncode
