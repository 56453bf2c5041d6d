"""What training reads of CSV files is what Python's csv module reads, or the refusal that docs/formats/csv.md names.

Each line of the page's tables has a case here. A thousand files are made of these cases, and each is read by several threads and in
pieces of several sizes, through csv_rows.cpp.
"""

import csv
import ctypes
import io
import itertools
import json
import os
import random
import re
import struct
import subprocess

import pytest

import command

READER = command.MF.parent / "csv_rows"
if not READER.exists():
    assert os.environ.get("CI") != "true", "csv_rows is not built; ninja -C build csv_rows"
    pytest.skip("NO csv_rows: NOTHING IS KNOWN ABOUT CSV", allow_module_level=True)

FILES = 1_000
WAYS = list(itertools.product((1, 2, 4), (1 << 20, 997, 61)))  # threads, bytes of a block
WAYS_OF_LONG_FILES = list(itertools.product((1, 4), (1 << 20, 300_007)))
LONGEST = 1 << 20
MISSING = 0x7FC00000
COLUMNS = [("id", "string", ["subject_key"]), ("time", "epoch_s", ["event_time", "label_observed_time"]), ("label", "int64", ["label"]),
           ("a", "string", ["slice"]), ("b", "string", ["slice"]), ("x", "float32", ["feature"]), ("y", "float64", ["feature"]),
           ("n", "int64", ["feature"])]
HEADER = b"id,time,label,a,spare,b,x,y,n"
NAMES = HEADER.decode().split(",")
TEXTS = ["b", "time", "spare", "a", "id"]

csv.field_size_limit(1 << 30)
strtof = ctypes.CDLL(None).strtof
strtof.restype, strtof.argtypes = ctypes.c_float, (ctypes.c_char_p, ctypes.c_void_p)


# --- what can stand in a file: each function changes a record, given as its raw fields, or says which bytes it has instead ---


def quoted(dice, fields):
    fields[dice.choice(NAMES[3:6])] = b'"' + dice.choice([b"a,b", b"", b"a\nb\n", b" x ", b",,,", b"\n"]) + b'"'
    fields["x"] = b'"%s"' % fields["x"]


def quotes_in_quotes(dice, fields):
    fields["a"] = dice.choice([b'"a""b"', b'""""', b'"""a"', b'"a"",""b"', b'"""\n"""'])


def line_ends_in_quotes(dice, fields):
    fields["b"] = b'"' + dice.choice([b"a\r\nb", b"\ra", b"a\r", b"\r\n", b"\n\r\n"]) + b'"'


def blanks(dice, fields):
    fields["b"] = dice.choice([b" ", b" a", b"a ", b"\ta\t", b"a b"])


def beyond_ascii(dice, fields):
    fields["id"] += dice.choice(["é", "日本", "\U0001F600", "\u0085\u2028", "\uFEFF"]).encode()


def spellings(dice, fields):
    fields["x"] = dice.choice([b"7.", b".5", b"-0", b"1e3", b"007", b"-.5e-2", b"16777217", b"16777217.0000001", b"0.1", b"3.4028235e38"])
    fields["y"] = dice.choice([b"%.17g" % dice.gauss(0, 1e3), b"%.6g" % dice.gauss(0, 1), b"123456789012345678901", b"-7."])
    fields["n"] = dice.choice([b"-0", b"007", b"9223372036854775807", b"-9007199254740993", b"16777217"])


def too_small(dice, fields):
    fields[dice.choice("xy")] = dice.choice([b"1e-400", b"-1e-400", b"0.%s1" % (b"0" * 400)])


def undeclared(dice, fields):
    fields["spare"] = dice.choice([b"NaN", b"\xFF\xFE", b"a\0b", b'"\0\xFF,\n"', b"1e309"])


def empty(dice, fields):
    for name in dice.sample(["label", "a", "b", "x", "y", "n"], 3):
        fields[name] = dice.choice([b"", b'""'])


ACCEPTED = {
    "a field in quotes": quoted,
    "two quotes in a field in quotes": quotes_in_quotes,
    "CRLF, LF or CR in a field in quotes": line_ends_in_quotes,
    "an empty field, with or without quotes": empty,
    "blanks in or around a text": blanks,
    "text beyond ASCII": beyond_ascii,
    "`7.`, `.5`, `-0`, `1e3`, `007`": spellings,
    "a number too small for its type, such as `1e-400`": too_small,
    "anything in a column that is not declared, if its quotes fit": undeclared,
}
# These are not of a record, but of the file; Case.text knows them.
OF_FILES = {"LF or CRLF at the end of a record, also mixed", "the last record without a line end", "a line without anything", "a header and no records"}


def in_a_number(*spellings):
    def change(dice, fields):
        fields[dice.choice("xyn")] = dice.choice(spellings)
    return change


def in_a_text(*texts):
    def change(dice, fields):
        fields[dice.choice(["id", "a", "b"])] = dice.choice(texts)
    return change


def anywhere(*texts):
    def change(dice, fields):
        fields[dice.choice(NAMES)] = dice.choice(texts)
    return change


def drop_fields(dice, fields):
    for name in NAMES[dice.randrange(1, len(NAMES)):]:
        del fields[name]


def add_fields(dice, fields):
    fields["n"] += dice.choice([b",", b",1", b",,"])


def too_large(dice, fields):
    name, value = dice.choice([("x", b"1e309"), ("y", b"-1e309"), ("x", b"1e39"), ("y", b"1e39"), ("n", b"9223372036854775808")])
    fields[name] = value


WIDTH, QUOTES, NUMBER = "the record has [0-9]+ fields, but the header has 9", "has quotes, or a carriage return", "expected (float|int)"
REFUSED = {
    "a record with fewer fields than the header": (drop_fields, WIDTH),
    "a record with more fields than the header, or with a comma at its end": (add_fields, WIDTH),
    "a line with nothing but blanks": (lambda dice, fields: (fields.clear(), fields.update(id=b"  ")), WIDTH),
    "a carriage return outside of quotes that ends no line": (
        anywhere(b"a\rb", b"\ra"), "a carriage return that ends no line|" + QUOTES),
    "a quote in a field without quotes, also after a blank": (anywhere(b'a"b', b' "a"', b'1"', b'a"'), QUOTES + "|is not closed"),
    "text behind the closing quote": (anywhere(b'"a"b', b'"a" ', b'"1"2"'), QUOTES),
    "`NaN`, `inf` or another word for a number": (in_a_number(b"NaN", b"nan", b"inf", b"-inf", b"Infinity", b"null", b"NA", b"-", b"."), NUMBER),
    "a number too large for its type, such as `1e309`, or `1e39` for a feature": (too_large, NUMBER),
    "`+1`, `0x1F`, `1_000`, `1,5` or blanks around a number": (
        in_a_number(b"+1", b"0x1F", b"1_000", b'"1,5"', b" 1", b"1 ", b"1e", b"--1", b"1.2.3", b'" 1"'), NUMBER),
    "a NUL in a declared text": (in_a_text(b"a\0b", b"\0", b'"a\0"'), "expected string"),
    "bytes that are not UTF-8 in a declared text": (in_a_text(b"\xFF", b"a\xC3", b"\xED\xA0\x80", b"\xC0\x80", b'"\xF5\x80\x80\x80"'), "expected string"),
}
OF_HEADERS = {
    "no bytes at all": (lambda header, records: b"", "the file is empty"),
    "a byte order mark": (lambda header, records: b"\xEF\xBB\xBF" + header + records, "line 1: the file begins with a byte order mark"),
    "a declared column that the header lacks": (lambda header, records: header.replace(b"time", b"times") + records, "line 1: the header lacks"),
    "a declared column that the header has twice": (lambda header, records: header.replace(b"spare", b"time") + records, "line 1: the header has"),
}
# Told by tests of their own.
OF_THE_END = {"a quote that is never closed", "a record of more than 1,048,576 bytes, its line end counted"}


# --- files made of these ---


class Case:
    """A file, and which refusal it must find: none, or the words of the first."""

    def __init__(self, number):
        self.dice = random.Random(number)
        self.refusal = None
        self.text = HEADER + self.line_end()
        bad = list(REFUSED)[number // 2 % len(REFUSED)] if number % 2 else None
        count = self.dice.choice([0, 1, 3, 10, 40])
        bad_one = self.dice.randrange(count) if bad and count else None
        for i in range(count):
            self.add_record(i, REFUSED[bad] if i == bad_one else None)
        if self.dice.random() < 0.3 and self.refusal is None:
            self.text = re.sub(rb"\r?\n\Z", b"", self.text)
        if number % 25 == 24:
            self.spoil_header(list(OF_HEADERS)[number // 25 % len(OF_HEADERS)])

    def line_end(self):
        return self.dice.choice([b"\n", b"\n", b"\r\n"])

    def add_record(self, number, refusal):
        fields = dict(id=b"e%d" % number, time=b"%d" % (1_767_225_600 + number), label=self.dice.choice([b"0", b"1"]), a=b"web", spare=b"-",
                      b=b"pos", x=b"%.6g" % self.dice.gauss(0, 1), y=b"%.2f" % self.dice.uniform(0, 1e4), n=b"%d" % self.dice.randrange(-9, 10**9))
        for change in ACCEPTED.values():
            if self.dice.random() < 0.07:
                change(self.dice, fields)
        if self.dice.random() < 0.05:
            self.text += self.line_end()
        if refusal:
            refusal[0](self.dice, fields)
            self.refusal = "DATA_INVALID", f"line {self.text.count(b'%c' % 10) + 1}\\b.*({refusal[1]})"
        self.text += b",".join(fields[name] for name in NAMES if name in fields) + self.line_end()

    def spoil_header(self, name):
        header, _, records = self.text.partition(b"\n")
        spoil, words = OF_HEADERS[name]
        self.text = spoil(header + b"\n", records)
        self.refusal = "DATA_EMPTY" if name == "no bytes at all" else "DATA_INVALID", words


def bits_of(name, text):
    if not text:
        return MISSING
    # A float64 is read as such, and cut to the float of a feature; the other types are read as that float.
    number = float(text) if name == "y" else strtof(text.encode(), None)
    return struct.unpack("<I", struct.pack("<f", 0.0 if name == "n" and number == 0 else number))[0]


def read_by_python(text):
    lines = io.StringIO(text.decode("utf-8", "surrogateescape"), newline="")
    header, *records = [record for record in csv.reader(lines, strict=True) if record]
    for record in records:
        row = dict(zip(header, record, strict=True))
        yield [row["id"], int(row["time"]) * 1_000_000, int(row["label"] or -1), row["a"], row["b"],
               *(bits_of(name, row[name]) for name in "xyn")]


@pytest.fixture(name="read", scope="module")
def reader(tmp_path_factory):
    """Has texts read by training, each in every way."""
    place = tmp_path_factory.mktemp("csv")
    declared = place / "materialization.json"
    declared.write_text(json.dumps({"columns": [{"name": name, "type": kind, "roles": roles} for name, kind, roles in COLUMNS]}))

    def read(texts, ways=tuple(WAYS)):
        for i, text in enumerate(texts):
            (place / f"{i}.csv").write_bytes(text)
        questions = [json.dumps({"file": f"{i}.csv", "threads": threads, "block_bytes": size}) for i in range(len(texts)) for threads, size in ways]
        told = subprocess.run([READER, place, declared], input="\n".join(questions).encode(), stdout=subprocess.PIPE, check=True, timeout=300).stdout
        answers = [json.loads(line) for line in told.splitlines()]
        assert len(answers) == len(questions)
        return [answers[i:i + len(ways)] for i in range(0, len(answers), len(ways))]

    return read


def expect_refusal(answer, code, words):
    assert answer.get("code") == code and re.search(words, answer["message"]), f"expected {code}, {words}; told {str(answer)[:300]}"


def test_a_thousand_files_are_read_as_python_reads_them(read):
    cases = [Case(number) for number in range(FILES)]
    answers = read([case.text for case in cases])
    for case, (answer, *others) in zip(cases, answers, strict=True):
        assert all(other == answer for other in others), case.text[:300]
        if case.refusal:
            expect_refusal(answer, *case.refusal)
        else:
            assert answer == {"rows": list(read_by_python(case.text))}, case.text[:300]
    refused = sum(case.refusal is not None for case in cases)
    assert FILES / 4 < refused < FILES * 3 / 4


def record_of(name, value):
    fields = dict(zip(NAMES, b"e1,1767225600,1,web,-,pos,1,2,3".split(b","), strict=True)) | {name: value}
    return b",".join(fields.values()) + b"\n"


@pytest.mark.parametrize("name", TEXTS)
def test_a_quote_that_is_never_closed_is_refused_where_it_opens(read, name):
    good = record_of("a", b"web")
    start = HEADER + b"\n" + good + record_of(name, b'"web')
    short, longer = read([start, start + good * 3])
    for answer in short + longer + read([start + good * 40_000], WAYS_OF_LONG_FILES)[0]:
        expect_refusal(answer, "DATA_INVALID", "line 3: the record (has a quoted field that is not closed|is longer than 1048576 bytes|has quotes)")


@pytest.mark.parametrize("name", ["a", "spare", "x"])
@pytest.mark.parametrize("marks", [b"", b'"'])
def test_a_record_has_at_most_a_mebibyte(read, name, marks):
    def text(size):
        filling = b"0" * (size - len(record_of(name, marks * 2)))
        return HEADER + b"\n" + record_of(name, marks + filling + marks) + record_of("a", b"web")

    most, more, far_more = read([text(LONGEST), text(LONGEST + 1), text(10_000_000)], WAYS_OF_LONG_FILES)
    assert all(len(answer["rows"]) == 2 for answer in most)
    for answer in more + far_more:
        expect_refusal(answer, "DATA_INVALID", "line 2: the (line|record) is longer than 1048576 bytes")


def test_every_line_of_the_page_has_a_case():
    page = (command.ROOT / "docs" / "formats" / "csv.md").read_text(encoding="utf-8")
    accepted, refused = ([line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()[2:]]
                         for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE))
    assert sorted(accepted) == sorted([*ACCEPTED, *OF_FILES])
    assert sorted(refused) == sorted([*REFUSED, *OF_HEADERS, *OF_THE_END])
