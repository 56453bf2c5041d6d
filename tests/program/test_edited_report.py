"""A report counts only as far as its scored rows give it: whichever field is edited, the gate notices.

The forger here is a good one: the edited report is in the evidence pack by its digest, and the ledger vouches for both.
"""

import copy
import json

import pytest

from card_store import GOVERNANCE, GOVERNANCE_PROFILE, TRAINING, TRAINING_PROFILE
from test_tamper import forge, forged_report

EVALUATION = {
    **TRAINING_PROFILE["evaluation"],
    "max_fpr": [0.05],
    "card_top_k": [5],
    "operating_point": {"rule": "alert_rate", "value": 0.1},
    "beta": 2,
    "costs": {"alert": 5, "missed_fraud": 1, "missed_fraud_amount_share": 1},
    "slices": {"columns": ["country"], "min_rows": 1, "min_frauds": 0},
    "bootstrap": {"resamples": 20, "cluster_by": "entity_key"},
}
CAUGHT = {"EVAL_REPORT_MISMATCH", "GATE_DECISION_MISMATCH"}
# What MF does not even read as a report.
UNREADABLE = {"EVAL_REPORT_INVALID"}


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory, made_halts):
    work = made_halts["resolve"].copied_to(tmp_path_factory.mktemp("edited") / "work")
    work.put_json(TRAINING, {**TRAINING_PROFILE, "evaluation": EVALUATION})
    work.put_json(GOVERNANCE, GOVERNANCE_PROFILE)
    work.ask(request_id="request-to-edit")
    for phase in ("resolve", "train", "eval"):
        work.phase(phase)
    return work


def leaves(value, path=()):
    """(path, value) of every field that is no object or list, and of those that are empty."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for key, child in children for leaf in leaves(child, (*path, key))]
    return found or [(path, value)]


def kind_of(path):
    """Of all entries of a list one is edited, and of all figures one, but for those of the test part: each of these is."""
    whole = path[:4] == ("metrics", "parts", "test", "figures")
    named = {"figures", "undefined", "intervals"}
    return tuple("*" if isinstance(key, int) or (not whole and at > 0 and path[at - 1] in named) else key
                 for at, key in enumerate(path))


def one_of_each_kind(report):
    return list({kind_of(path): path for path, _ in leaves(report)}.values())


def another(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1 if isinstance(value, int) else value * (1 + 2**-52) if value else 5e-324
    if value is None:
        return 0.5
    return value + "x" if isinstance(value, str) else {"x": 1} if value == {} else ["x"]


def edited(report, path):
    changed = copy.deepcopy(report)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = another(place[path[-1]])
    return changed


def test_every_kind_of_field_is_held_against_the_scored_rows(evaluated, tmp_path):
    report = json.loads(evaluated.recorded()["eval_report"].read_text())
    kinds = one_of_each_kind(report)
    assert len(kinds) > 150, "the report holds figures, intervals, curves, slices, days and weeks"
    missed = {}
    for number, path in enumerate(kinds):
        work = evaluated.copied_to(tmp_path / str(number))
        changed = edited(report, path)
        forge(work, lambda places, changed=changed: forged_report(places, lambda r: (r.clear(), r.update(changed))))
        code = work.ask_mf("gate", work.request_file).code
        if code not in CAUGHT | UNREADABLE:
            missed["/".join(map(str, path))] = code
    assert missed == {}
