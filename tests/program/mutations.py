"""Documents made wrong, in small ways and large ones, from valid examples. The same seed makes the same documents."""

import copy
import json
import random
import re

WORDS = ["", " ", "x", ".", "..", "../../x", "/etc/passwd", "latest", "a/latest/b", "C:\\x", "%2e%2e/x", "a\nb", "a\x00b",
         "\x1b[31m", "\u202eevil", "\u00e9", "e\u0301", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
         "x" * 200, "null", "true", "0", "1e3", "2026-02-10T00:00:00Z", "2026-02-30T00:00:00Z", "sha256:" + "0" * 64,
         "0" * 64, "F" * 64, "tr_" + "0" * 32, "tr_" + "g" * 32, "PASS", "pass", "file:///etc/x", "s3://b/k", "a b", "\u3000"]
# Numbers as they are written; most of them are not what JSON, or what a field, may hold.
NUMBERS = ["0", "-0", "1", "-1", "0.5", "1.0", "-0.0", "2", "1e2", "1e999", "-1e999", "1e-999", "5e-324", "1e308",
           "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
           "123456789012345678901234567890", "0.1000000000000000055511151231257827", "01", "+1", ".5", "1.", "0x10", "1_000",
           "NaN", "Infinity", "-Infinity", "nan", "1E+2", "--1", "1" * 400, "0." + "0" * 400 + "1"]
BYTES = [b"\x00", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xef\xbb\xbf", b"\\ud800",
         b"\\u0000", b"\\x41", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\t", b"\n", b"\r", b"\x0b", b"//x\n",
         b"/*x*/", b"#x\n", b"'", b"\x1b", b"\xc2\x85", b"\xe2\x80\xa8", b"&a ", b"*a", b"!t ", b"- ", b"? ", b"<<: ", b"---\n"]
RAW = re.compile(r'"@raw:([^"]*)@"')


class Mutator:
    """Makes documents of one kind."""

    def __init__(self, seed, examples):
        self.random = random.Random(seed)
        self.examples = [json.loads(text) for text in examples]

    def document(self, yaml=False):
        """The bytes of one more document, and the value that was written before its text was hurt; or no value."""
        tree = copy.deepcopy(self.random.choice(self.examples))
        for _ in range(self.random.choice([0, 1, 1, 1, 1, 1, 2, 3])):
            tree = self.changed(tree)
        text = (self.as_yaml if yaml else self.as_json)(tree)
        if yaml:
            text = self.in_other_words(text)
        text = RAW.sub(r"\1", text).encode("utf-8", "surrogatepass")
        if self.random.random() < 0.6:
            return text
        for _ in range(self.random.choice([1, 1, 1, 2, 4])):
            text = self.hurt(text)
        return text

    # Trees.

    def places(self, tree):
        """Every member of a list or an object: what holds it, and under which name."""
        if isinstance(tree, (dict, list)):
            for name in list(tree) if isinstance(tree, dict) else range(len(tree)):
                yield tree, name
                yield from self.places(tree[name])

    def changed(self, tree):
        places = list(self.places(tree))
        if not places:
            return self.other(tree)
        holder, name = self.random.choice(places)
        change = self.random.choice([self.remove, self.rename, self.add, self.replace, self.replace, self.replace, self.wrap,
                                     self.swap, self.repeat, self.transplant, self.edit, self.edit])
        change(tree, holder, name)
        return tree

    def remove(self, _, holder, name):
        del holder[name]

    def rename(self, _, holder, name):
        if isinstance(holder, dict):
            holder[self.misspelt(name)] = holder.pop(name)

    def add(self, _, holder, name):
        if isinstance(holder, dict):
            holder[self.random.choice([self.misspelt(str(name)), "x", "", "__proto__", "schema_version "])] = 1
        else:
            holder.insert(name, self.other(holder[name]))

    def replace(self, _, holder, name):
        holder[name] = self.other(holder[name])

    def edit(self, _, holder, name):
        if isinstance(holder[name], str):
            holder[name] = self.misspelt(holder[name])

    def wrap(self, _, holder, name):
        for _ in range(self.random.choice([1, 2, 27, 28, 29, 30, 31, 32, 33, 60])):
            holder[name] = self.random.choice([lambda v: [v], lambda v: {"a": v}])(holder[name])

    def swap(self, tree, holder, name):
        other, there = self.random.choice(list(self.places(tree)))
        holder[name], other[there] = copy.deepcopy(other[there]), copy.deepcopy(holder[name])

    def repeat(self, _, holder, name):
        if isinstance(holder, list):
            holder.insert(name, copy.deepcopy(holder[name]))
        else:
            holder[f"@twice:{name}"] = copy.deepcopy(holder[name])

    def transplant(self, _, holder, name):
        others = [(h, n) for h, n in self.places(self.random.choice(self.examples)) if n == name]
        if others:
            there, where = self.random.choice(others)
            holder[name] = copy.deepcopy(there[where])

    def other(self, value):
        number = f"@raw:{self.random.choice(NUMBERS)}@"
        return self.random.choice([None, True, False, [], {}, number, number, number, *[self.random.choice(WORDS)] * 4,
                                   [value], {"a": value}, "x" * (65 << 10) if self.random.random() < 0.02 else "X"])

    def misspelt(self, text):
        at = self.random.randrange(len(text) + 1)
        piece = self.random.choice(["", text[at:at + 1] * 2, *WORDS[:12], "_", "A", "0"])
        return self.random.choice([text[:at] + piece + text[at + 1:], text.upper(), text + piece, text[:at]])

    # Texts.

    def as_json(self, tree):
        how = self.random.choice([{}, {"indent": 1}, {"separators": (",", ":")}, {"ensure_ascii": False, "indent": "\t"}])
        text = json.dumps(self.shuffled(tree), **how)
        return text.replace('"@twice:', '"')

    def shuffled(self, tree):
        if isinstance(tree, list):
            return [self.shuffled(item) for item in tree]
        if not isinstance(tree, dict):
            return tree
        pairs = [(name, self.shuffled(member)) for name, member in tree.items()]
        if self.random.random() < 0.5:
            self.random.shuffle(pairs)
        return dict(pairs)

    def hurt(self, text):
        blow = self.random.choice([self.flip, self.cut, self.leave_out, self.say_twice, self.insert, self.insert, self.trade,
                                   self.append, self.pad])
        return blow(text)

    def span(self, text):
        start = self.random.randrange(len(text) + 1)
        return start, min(len(text), start + self.random.choice([1, 1, 2, 5, 20, 100]))

    def flip(self, text):
        if not text:
            return text
        at = self.random.randrange(len(text))
        return text[:at] + bytes([text[at] ^ (1 << self.random.randrange(8))]) + text[at + 1:]

    def cut(self, text):
        return text[:self.span(text)[0]]

    def leave_out(self, text):
        start, end = self.span(text)
        return text[:start] + text[end:]

    def say_twice(self, text):
        start, end = self.span(text)
        return text[:end] + text[start:end] + text[end:]

    def insert(self, text):
        at = self.span(text)[0]
        return text[:at] + self.random.choice(BYTES) + text[at:]

    def trade(self, text):
        (a, b), (c, d) = sorted([self.span(text), self.span(text)])
        return text if b > c else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]

    def append(self, text):
        return text + self.random.choice([b"{}", b"x", b"\n", text, b"]", b"}", b",", b"\x00", b"\n---\n{}\n", b" \t\r\n"])

    def pad(self, text):
        blank = self.random.choice([b" ", b"\n", b"\r\n", b"\t", b"\xc2\xa0"])
        return blank + text + blank

    # YAML. Whatever is written, it is written so that YAML 1.1 and 1.2 read it alike; the exceptions come after.

    def as_yaml(self, tree):
        return self.block(tree, 0).lstrip("\n") + "\n"

    def block(self, value, indent):
        flow = not isinstance(value, (dict, list)) or not value or indent > 40 or self.random.random() < 0.15
        if flow:
            return self.flow(value)
        lead = "\n" + " " * indent
        if isinstance(value, list):
            return "".join(f"{lead}- {self.block(item, indent + 2)}" for item in value)
        return "".join(f"{lead}{self.scalar(name.removeprefix('@twice:'))}: {self.block(member, indent + 2)}"
                       for name, member in value.items())

    def flow(self, value):
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.scalar(k.removeprefix('@twice:'))}: {self.flow(v)}" for k, v in value.items()) + "}"
        return self.scalar(value)

    def scalar(self, value):
        if isinstance(value, float):
            text = repr(value)
            return text if "e" not in text or "." in text else text.replace("e", ".0e")
        plain = isinstance(value, str) and re.fullmatch("[a-z][a-z_.]{3,}", value) and value not in ("null", "true", "false")
        if plain and self.random.random() < 0.7:
            return value
        return json.dumps(value, ensure_ascii=False)

    def in_other_words(self, text):
        """What YAML has and JSON has not, in the place of one scalar."""
        if self.random.random() < 0.7:
            return text
        spelling = self.random.choice(["yes", "No", "on", "~", "1_000", "0777", "0x1F", "12:30", "2026-01-01", "1e3", ".inf",
                                       "&a x", "*a", "!!str x", "!t x", "|\n   x", ">-\n   x", "'x'", "? a", "- - a", "[a", "{a",
                                       "'it''s'", '"\\x41"', "@x", "`x", "%x", "\tx", "x # y", "<<"])
        places = [found.start() for found in re.finditer(": ", text)]
        at = self.random.choice(places or [0]) + 2
        line_end = text.find("\n", at)
        return text[:at] + spelling + text[line_end if line_end > 0 else len(text):]
