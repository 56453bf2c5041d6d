#!/usr/bin/python3
"""Times `mf run` beside XGBoost's C API alone and beside the usual Python way, on the same million rows.

    bench/run.py [--folder build/bench] [--rows 1000000] [--features 30] [--runs 5] [--threads 2]
    bench/run.py --grow 250000,1000000,4000000 [--folder build/bench] [--features 30] [--runs 5] [--threads 2] [--format parquet]
    bench/run.py --limit 1000 --rows 4000000 --features 60

Every program is run once in turn, --runs times over; medians and ratios are printed as Markdown tables, with the machine and
the goals. --grow runs `mf run` alone, on more and more rows. --limit gives it so many megabytes of address space, and then of
data (RLIMIT_AS, RLIMIT_DATA), and tells what became of it. Needs build/bin/mf and build/bin/bench_xgboost_c_api, and
build/arrow for Parquet (./dev bench builds them); the Python way reads Parquet through a pyarrow that suits Debian's pandas,
fetched once.
"""

import argparse
import json
import math
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
BIN = HERE.parent / "build" / "bin"
PLATFORM_RUN = "platform_20260516T000000Z"
# Kind of matrix, and share of the rows: mf trains on the first 70 % of them, and does everything else with all.
C_API = {"C API, plain matrix": ("dense", 1), "C API, quantile matrix": ("quantile", 1),
         "C API, quantile matrix in batches": ("batches", 1), "C API, quantile matrix of the train part": ("quantile", 0.7),
         "C API, quantile matrix of the train part in batches": ("batches", 0.7)}
# What, against which program, what of it, and the most that the first may take of it.
GOALS = [("mf run, Parquet", "C API, quantile matrix", "seconds", 1.10), ("mf run, CSV", "C API, quantile matrix", "seconds", 1.25),
         ("mf run, Parquet", "C API, quantile matrix in batches", "megabytes", 1.30),
         ("mf run, CSV", "C API, quantile matrix in batches", "megabytes", 1.30),
         ("mf run, CSV", "Python way, CSV", "seconds", 0.70), ("mf run, Parquet", "Python way, Parquet", "seconds", 0.80),
         ("mf run, CSV", "Python way, CSV", "megabytes", 0.35), ("mf run, Parquet", "Python way, Parquet", "megabytes", 0.35)]
FORMATS = {"CSV": "csv", "Parquet": "parquet"}
ARROW = HERE.parent / "build" / "arrow" / "bin" / "python"
OLDER_PYARROW = "pyarrow==15.0.2"  # the last for the NumPy that Debian 12 has
BYTES_A_CELL, MEGABYTES_BESIDE, MOST_A_DOUBLING = 2, 200, 2.1
NOT_FEATURES = {"event_id", "event_time_utc", "card_id", "label", "label_observed_utc"}

TRAINING_PROFILE = """schema_version: mf.training_profile.v1
policy_id: bench.train
revision: r1
feature_definition_set: {feature_set_id: bench, feature_set_version: v1}
expected_manifest_schema_version: learning.dataset_manifest.v1
label_resolution_rule: "observed_time<=label_asof_utc"
algorithm_id: xgboost.gbtree
algorithm:
  rounds: 50
  params: {max_depth: 6, eta: 0.1}
split_strategy: time_based
split: {train: 0.7, validation: 0.15, test: 0.15, embargo_hours: 0}
seed_policy: {recipe: mf.phase4.seed.v0, base_seed: 31}
leakage: {suspect_single_feature_auc: 0.995, forbid_entity_overlap: false}
evaluation: {top_k: [50, 100, 500], alert_rates: [0.001, 0.005, 0.01]}
"""

GOVERNANCE_PROFILE = """schema_version: mf.governance_profile.v1
policy_id: bench.governance
revision: r1
criteria:
  - {id: ranking, metric: auc_roc, part: test, at_least: 0.6, severity: block}
"""


def timed(command, **options):
    """Runs a command; its wall seconds and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command[0]} failed with status {status}: {output.decode()}")
    return {"seconds": seconds, "megabytes": usage.ru_maxrss / 1024, "output": output.decode()}


def mf(folder, *arguments):
    return timed([BIN / "mf", "--profile", folder / "mf.yaml", "--quiet", "--json", *arguments])


def write_workshop(folder, threads):
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("store/profiles", "registry"):
        (folder / name).mkdir(parents=True)
    (folder / "store/profiles/training.yaml").write_text(TRAINING_PROFILE)
    (folder / "store/profiles/governance.yaml").write_text(GOVERNANCE_PROFILE)
    (folder / "mf.yaml").write_text(
        "schema_version: mf.platform_profile.v1\nprofile_id: bench\nenvironment: local\n"
        "object_store: {class: filesystem, root: store}\nregistry: {class: object_store, root: registry}\n"
        f"require_pinned_refs: false\nservice_release_id: bench\nthreads: {threads}\n"
        'actor: {actor_id: "SYSTEM::bench", source_type: SYSTEM}\n')


def pin(folder, data, kind):
    facts = json.loads((data / "data.json").read_text())
    header = (data / "events.csv").open().readline().strip().split(",")
    features = [word for name in header if name not in NOT_FEATURES for word in ("--feature", name)]
    answer = mf(folder, "pin", data / f"events.{kind}", "--format", kind, "--platform-run-id", PLATFORM_RUN, "--id", "event_id",
                "--time", "event_time_utc", "--label", "label", "--label-time", "label_observed_utc", "--entity", "card_id",
                "--amount", "amount", "--label-asof", facts["label_asof_utc"], "--feature-set", "bench@v1",
                "--ofs-code-release", "bench", "--ofs-config-revision", "bench", *features)
    return json.loads(answer["output"])["refs"]["dataset_manifest_ref"]


def write_request(folder, manifest_ref, name):
    request = {"schema_version": "learning.mf_train_build_request.v0", "request_id": f"bench-request-{name}",
               "intent_kind": "baseline_train", "platform_run_id": PLATFORM_RUN, "dataset_manifest_refs": [manifest_ref],
               "training_config_ref": "profiles/training.yaml", "governance_profile_ref": "profiles/governance.yaml",
               "requester_principal": "SYSTEM::bench", "target_scope": {"environment": "local", "mode": "fraud", "bundle_slot": "primary"},
               "policy_revision": "r1", "config_revision": f"c{name}", "mf_code_release_id": "bench", "publish_allowed": True}
    path = folder / f"request-{name}.json"
    path.write_text(json.dumps(request))
    return path


def made_data(folder, rows, features):
    """The data of this size, made unless it is there."""
    data = folder / f"data-{rows}x{features}"
    if not (data / "data.json").exists():
        subprocess.run(["/usr/bin/python3", HERE / "make_data.py", data, "--rows", str(rows), "--features", str(features)], check=True)
    if not ARROW.exists():
        sys.exit("the bench needs build/arrow for Parquet: run ./dev build with a network")
    if not (data / "events.parquet").exists():
        subprocess.run([ARROW, HERE / "make_parquet.py", data], check=True)
    return data


def made_workshop(arguments, data, kinds):
    workshop = arguments.folder / "workshop"
    write_workshop(workshop, arguments.threads)
    return workshop, {kind: pin(workshop, data, kind) for kind in kinds}


def with_older_pyarrow(folder):
    """The environment in which Debian's pandas reads Parquet."""
    place = folder / "pyarrow"
    if not place.exists():
        subprocess.run([ARROW, "-m", "pip", "install", "--quiet", "--no-deps", "--target", place, OLDER_PYARROW], check=True)
    return os.environ | {"PYTHONPATH": str(place)}


def measure(arguments):
    data = made_data(arguments.folder, arguments.rows, arguments.features)
    workshop, manifest_refs = made_workshop(arguments, data, FORMATS.values())
    columns, pandas_reads = arguments.features + 1, with_older_pyarrow(arguments.folder)
    results = {}

    def add(name, command, **options):
        results.setdefault(name, []).append(timed(command, **options))

    for number in range(arguments.runs):
        for name, kind in FORMATS.items():
            request = write_request(workshop, manifest_refs[kind], f"{kind}-{number:04}")
            results.setdefault(f"mf run, {name}", []).append(mf(workshop, "run", request))
        results.setdefault("mf run again", []).append(mf(workshop, "run", request))
        for name, (kind, share) in C_API.items():
            add(name, [BIN / "bench_xgboost_c_api", kind, data, columns, arguments.threads, 50, share])
            results[name][-1]["seconds"] = json.loads(results[name][-1]["output"])["seconds"]  # reading the file is not in them
        for name, kind in FORMATS.items():
            add(f"Python way, {name}", ["/usr/bin/python3", HERE / "python_way.py", data, "--format", kind, "--threads", arguments.threads],
                env=pandas_reads)
        add("sha256sum of the CSV", ["sha256sum", data / "events.csv"])
    return results


def grow(arguments):
    """`mf run` on each number of rows: the medians of seconds and megabytes."""
    medians = {}
    for rows in arguments.grow:
        workshop, refs = made_workshop(arguments, made_data(arguments.folder, rows, arguments.features), [arguments.format])
        runs = [mf(workshop, "run", write_request(workshop, refs[arguments.format], f"{rows}-{number:04}"))
                for number in range(arguments.runs)]
        medians[rows] = tuple(statistics.median(run[what] for run in runs) for what in ("seconds", "megabytes"))
    return medians


def run_within(arguments):
    """`mf run` with no more than --limit megabytes of its own: trained, or refused before it began?"""
    data = made_data(arguments.folder, arguments.rows, arguments.features)
    workshop, refs = made_workshop(arguments, data, [arguments.format])
    limit = arguments.limit << 20
    for what in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        request = write_request(workshop, refs[arguments.format], f"within-{what}")
        start = time.perf_counter()
        process = subprocess.run([BIN / "mf", "--profile", workshop / "mf.yaml", "--quiet", "--json", "run", request],
                                 stdout=subprocess.PIPE, check=False, preexec_fn=lambda: resource.setrlimit(what, (limit, limit)))
        answer = json.loads(process.stdout)
        print(f"{arguments.rows} x {arguments.features + 1} within {arguments.limit} MB of {'address space' if what == resource.RLIMIT_AS else 'data'}: "
              f"{answer['outcome']}, exit status {process.returncode} after {time.perf_counter() - start:.1f} s"
              + (f": {answer['failure']['message']}" if answer["failure"] else ""))


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"{os.cpu_count()} x {model}, Linux {platform.release()}"


def median_of(runs, what):
    return statistics.median(run[what] for run in runs)


def print_table(results):
    print(f"{machine()}; medians of {len(results['mf run, CSV'])} runs in turn\n")
    print("| program | seconds | min-max | peak MB |\n|---|---|---|---|")
    for name, runs in results.items():
        spread = f"{min(run['seconds'] for run in runs):.2f}-{max(run['seconds'] for run in runs):.2f}"
        print(f"| {name} | {median_of(runs, 'seconds'):.3f} | {spread} | {median_of(runs, 'megabytes'):.0f} |")


def print_goals(results):
    print("\n| what | against | of its | ratio | goal | |\n|---|---|---|---|---|---|")
    for name, against, what, goal in GOALS:
        ratio = median_of(results[name], what) / median_of(results[against], what)
        print(f"| {name} | {against} | {what} | {ratio:.2f} | at most {goal:.2f} | {'met' if ratio <= goal else 'missed'} |")


def print_growth(medians, features):
    print(f"{machine()}; medians, {features} features and the amount\n")
    print("| rows | seconds | a doubling | peak MB | goal MB |\n|---|---|---|---|---|")
    before = None
    for rows, (seconds, megabytes) in medians.items():
        doublings = math.log2(rows / before[0]) if before else 0
        growth = f"{(seconds / before[1]) ** (1 / doublings):.2f} of {MOST_A_DOUBLING}" if before else ""
        goal = rows * (features + 1) * BYTES_A_CELL / 1e6 + MEGABYTES_BESIDE
        print(f"| {rows} | {seconds:.2f} | {growth} | {megabytes:.0f} | {goal:.0f} |")
        before = rows, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, default=HERE.parent / "build" / "bench")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=30)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--grow", type=lambda text: [int(rows) for rows in text.split(",")])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--format", choices=FORMATS.values(), default="parquet")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.limit:
        run_within(arguments)
    elif arguments.grow:
        print_growth(grow(arguments), arguments.features)
    else:
        results = measure(arguments)
        print_table(results)
        print_goals(results)


if __name__ == "__main__":
    main()
