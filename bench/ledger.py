#!/usr/bin/python3
"""Times what must not grow with the store: an event append, `mf status`, `mf runs` and `mf export` beside many runs, and the corridor's own work.

    bench/ledger.py [--folder build/bench/ledger] [--runs 10000] [--appends 500] [--calls 20]

Prints a Markdown table. The store of many runs is made by build/bin/bench_ledger and kept for the next time.
The corridor is timed as the whole of `mf run`, start of the process included, on a dataset of some hundred rows: what reading those rows, loading XGBoost and
eight small rounds take is in it, so it is an upper bound of everything else. CPU seconds tell what a busy machine adds.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
BIN = HERE.parent / "build" / "bin"
sys.path.append(str(HERE.parent / "tests" / "program"))


def timed(words, calls, environment):
    """(wall, CPU) in milliseconds, for each call."""
    spent = []
    for call in range(calls):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [str(word) for word in (words(call) if callable(words) else words)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append((1000 * wall, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)))
    return spent


def appends(folder, count):
    shutil.rmtree(folder / "appends", ignore_errors=True)
    (folder / "appends").mkdir(parents=True)
    told = subprocess.run([BIN / "bench_ledger", "append", folder / "appends", str(count)], check=True, capture_output=True, text=True)
    return [(int(microseconds) / 1000, None) for microseconds in told.stdout.split()]


def store_of(folder, runs):
    """A workplace whose store holds so many runs."""
    place = folder / f"store-of-{runs}"
    if not (place / "mf.yaml").exists():
        shutil.rmtree(place, ignore_errors=True)
        (place / "store").mkdir(parents=True)
        (place / "registry").mkdir()
        subprocess.run([BIN / "bench_ledger", "fill", place / "store", str(runs)], check=True)
        (place / "mf.yaml").write_text(
            "schema_version: mf.platform_profile.v1\nprofile_id: bench\nenvironment: local\n"
            "object_store: {class: filesystem, root: store}\nregistry: {class: object_store, root: registry}\n"
            'require_pinned_refs: false\nservice_release_id: bench\nactor: {actor_id: "SYSTEM::bench", source_type: SYSTEM}\n')
    return place


def seeing(folder, runs, calls):
    place = store_of(folder, runs)
    cache = folder / "cache"
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    mf = [BIN / "mf", "--profile", place / "mf.yaml"]
    shutil.rmtree(cache, ignore_errors=True)
    cold = timed([*mf, "runs"], 1, environment)
    time.sleep(3)
    timed([*mf, "runs"], 2, environment)
    one = next((place / "store/mf/runs").iterdir()).stem
    return {f"`mf status` beside {runs} runs": timed([*mf, "status", one], calls, environment),
            f"`mf runs` of {runs} runs": timed([*mf, "runs"], calls, environment),
            f"`mf runs --json` of {runs} runs": timed([*mf, "runs", "--json"], calls, environment),
            f"`mf runs` of {runs} runs, without an index": cold}


def exporting(folder, runs, calls):
    """`mf export` of many runs: the first time, with nothing remembered and nothing written; again; and with lineage."""
    place = store_of(folder, runs)
    spent = {}
    for what, more in (("", []), (" with lineage", ["--openlineage", folder / "exported/lineage.ndjson"])):
        for left in ("export-cache", "exported"):
            shutil.rmtree(folder / left, ignore_errors=True)
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "export-cache")}
        words = [BIN / "mf", "--profile", place / "mf.yaml", "export", "--runs-root", folder / "exported/runs", "--textfile-folder", folder / "exported", *more]
        spent[f"`mf export` of {runs} runs{what}, the first time"] = timed(words, 1, environment)
        spent[f"`mf export` of {runs} runs{what}, again"] = timed(words, max(1, calls // 4), environment)
    return spent


def corridor(folder, calls):
    from card_store import CardStore
    shutil.rmtree(folder / "cards", ignore_errors=True)
    place = CardStore(folder / "cards").lay_out()
    place.wire(threads=1)
    files = [place.request_with(f"request-{i}.json", request_id=f"bench-request-{i:04}", config_revision=f"c{i}") for i in range(calls)]
    return timed(lambda call: [BIN / "mf", "--quiet", "--profile", place.profile, "run", files[call]], calls, dict(os.environ))


def row(name, spent, goal):
    walls = sorted(wall for wall, _ in spent)
    cpus = [cpu for _, cpu in spent if cpu is not None]
    cpu = f"{statistics.median(cpus):.1f}" if cpus else "-"
    return (f"| {name} | {len(walls)} | {statistics.median(walls):.2f} | {walls[0]:.2f} | {walls[int(0.99 * (len(walls) - 1))]:.2f} | "
            f"{cpu} | {goal} |")


def print_table(folder, runs, count, calls):
    folder.mkdir(parents=True, exist_ok=True)
    print("| what | calls | median ms | least | 99 % | CPU ms | goal |\n|---|---|---|---|---|---|---|")
    print(row("an event append", appends(folder, count), "under 5"))
    for name, spent in seeing(folder, runs, calls).items():
        print(row(name, spent, "-" if "without" in name else "under 20" if "status" in name else "under 100"))
    for name, spent in exporting(folder, runs, calls).items():
        print(row(name, spent, "under 5000"))
    print(row("`mf run` on some hundred rows, all of it", corridor(folder, calls), "under 150 without reading and XGBoost"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, default=HERE.parent / "build" / "bench" / "ledger")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--appends", type=int, default=500)
    parser.add_argument("--calls", type=int, default=20)
    arguments = parser.parse_args()
    print_table(arguments.folder, arguments.runs, arguments.appends, arguments.calls)


if __name__ == "__main__":
    main()
