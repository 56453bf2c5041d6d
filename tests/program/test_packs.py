"""What docs/operate hands to schedulers: every file is what its scheduler reads, and calls commands that exist, in the way they want it."""

import os
import re
import shutil
import subprocess

import pytest

import awaited
import command
from packs import CONTAINERFILE, MANIFESTS, OPERATE, PACKS, READERS, SCRIPTS, UNITS, command_lines, containers, lines_in_shell, loaded, mentions
from test_docs import OPTION_IN_HELP, commands

USAGE = 64
RUN = "tr_" + 32 * "0"
NEVER_AS_IT_IS = [1, 64, 65, 66, 70, 73, 77, 78]  # exit statuses that the same command gives again until something is changed
VALIDATOR = command.ROOT / "build" / "kubernetes" / "bin" / "kubernetes-validate"


def tool(name, what, path=None):
    """The program of that name; without it, what needs it is left out: loudly, and never on CI."""
    found = shutil.which(str(path or name))
    if not found:
        assert os.environ.get("CI") != "true", f"{name} is not there; ./dev installs it"
        pytest.skip(f"{name.upper()} IS NOT THERE: NOTHING IS KNOWN ABOUT {what}")
    return found


def succeeds(*words, **how):
    ended = subprocess.run([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=60, **how)
    assert ended.returncode == 0, ended.stdout.decode()
    return ended.stdout.decode()


# Commands.

def test_every_folder_of_packs_has_its_reader():
    read = {path.parent.name for paths, _ in READERS for path in paths} | {"profiles", "container"}
    assert read == {path.name for path in OPERATE.iterdir() if path.is_dir()} | {"operate"}


@pytest.mark.parametrize("path, words", command_lines(), ids=lambda part: part.name if hasattr(part, "name") else "_".join(part))
def test_a_command_line_is_understood(path, words, tmp_path):
    """Tried in an empty folder and without a profile: it may fail, but not for its words."""
    awaited.leave_out_if_needed(words[:1], f"A COMMAND LINE OF {path.name}")
    told = command.call(*[{"$RUN": RUN, "tr_...": RUN}.get(word, word) for word in words], cwd=tmp_path)
    assert told.exit != USAGE, f"{path.name}: mf {' '.join(words)}\n{told.out}{told.err}"


def test_what_is_said_of_a_command_is_true():
    known = set(commands()) | set(awaited.COMMANDS)
    for path, words in mentions():
        name, *rest = words
        assert name in known, f"{path}: mf {name}"
        options = {word for word in rest if word.startswith("--")}
        if name not in awaited.COMMANDS and options:
            assert options <= set(OPTION_IN_HELP.findall(command.call(name, "--help").out)), f"{path}: mf {' '.join(words)}"


def test_commands_are_found_in_shell():
    assert lines_in_shell("mf work --once; status=$?; sleep 1") == [["work", "--once"]]
    assert lines_in_shell('X=1 /usr/local/bin/mf run "a b" && exec mf status # mf no\n# mf no') == [["run", "a b"], ["status"]]
    assert lines_in_shell("if mf doctor; then echo mf; fi") == [["doctor"]]


# The orchestrator of the platform.

@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_has_the_form_that_the_orchestrator_reads(path):
    (pack,) = loaded(path)
    assert (set(pack), pack["version"]) == ({"version", "pack_id", "active_run", "defaults", "processes"}, 1)
    assert path.stem == pack["pack_id"].replace("_v0", ".v0").replace("mf_jobs_", "mf_jobs.")
    assert pack["active_run"] == {"required": True, "source_path": "runs/fraud-platform/ACTIVE_RUN_ID"}
    assert (command.ROOT / pack["defaults"]["env"]["MF_PROFILE"]).is_file()
    for value in pack["defaults"]["env"].values():
        assert isinstance(value, str) and ("$" not in value or re.fullmatch(r"\$\{[A-Z_]+(:-[^${}]*)?\}", value)), value
    (worker,) = pack["processes"]
    assert (worker["id"], worker["readiness"]["kind"]) == ("mf_job_worker", "command")
    if "/" in worker["command"][0]:
        assert os.access(command.ROOT / worker["command"][0], os.X_OK)


# systemd.

@pytest.fixture
def installed_units(tmp_path):
    """The units, with the program where it was built."""
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text().replace("/usr/local/bin/mf", str(command.MF)))
    return [tmp_path / path.name for path in UNITS]


def test_units_are_what_systemd_reads(installed_units):
    assert len(installed_units) == 4
    assert succeeds(tool("systemd-analyze", "UNITS OF SYSTEMD"), "verify", "--man=no", *installed_units) == ""


def test_a_unit_that_systemd_refuses_is_seen(installed_units):
    service = next(path for path in installed_units if path.name == "mf-work.service")
    service.write_text(service.read_text().replace("Restart=on-failure", "Restart=always"))
    told = subprocess.run([tool("systemd-analyze", "UNITS OF SYSTEMD"), "verify", "--man=no", service], capture_output=True, check=False)
    assert b"Refusing" in told.stderr


def test_services_have_no_more_rights_than_they_need(installed_units):
    analyze = tool("systemd-analyze", "UNITS OF SYSTEMD")
    for path in installed_units:
        if path.suffix == ".service":
            succeeds(analyze, "security", "--offline=true", "--threshold=15", path)  # of 100


def test_the_worker_is_restarted_for_what_another_call_mends_and_for_nothing_else():
    text = next(path for path in UNITS if path.name == "mf-work.service").read_text()
    (prevented,) = re.findall(r"^RestartPreventExitStatus=(.*)$", text, re.MULTILINE)
    assert [1, *map(int, prevented.split())] == NEVER_AS_IT_IS and "\nSuccessExitStatus=1\n" in text


def test_the_services_forbid_nothing_that_a_run_does(strace, cards):
    """Of the system calls of a whole run, and of its memory."""
    groups = {}
    for line in succeeds(tool("systemd-analyze", "UNITS OF SYSTEMD"), "syscall-filter").splitlines():
        if line.startswith("@"):
            group = groups.setdefault(line.strip(), set())
        elif re.match(r" +[@a-z]", line):
            group.add(line.strip())

    def calls(name):
        return set().union(*(calls(member) if member.startswith("@") else {member} for member in groups[name]))

    allowed = calls("@system-service") - calls("@privileged") - calls("@resources")
    log = cards.folder / "calls.strace"
    cards.ask_mf("run", cards.request_file, under=[strace, "-f", "-qq", "-o", log])
    assert cards.states() == {cards.run_key: "PUBLISHED"}
    made = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", log.read_text(), re.MULTILINE))
    assert len(made) > 20 and made - allowed - calls("@default") <= {"sched_setaffinity"}
    assert not re.search(r"(mmap|mprotect)\(.*PROT_WRITE\|PROT_EXEC", log.read_text())


# Kubernetes.

@pytest.mark.parametrize("version", ["1.31", "1.37"])  # the first with podFailurePolicy for good, and the last one known
def test_manifests_are_what_kubernetes_publishes(version):
    succeeds(tool("kubernetes-validate", "MANIFESTS OF KUBERNETES", VALIDATOR), "--strict", "--quiet", "-k", version, *MANIFESTS)


def test_a_manifest_that_kubernetes_refuses_is_seen(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(MANIFESTS[0].read_text().replace("concurrencyPolicy", "concurencyPolicy"))
    assert wrong.read_text() != MANIFESTS[0].read_text()
    words = [tool("kubernetes-validate", "MANIFESTS OF KUBERNETES", VALIDATOR), "--strict", "--quiet", str(wrong)]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_pod_can_do_little_and_is_tried_again_only_where_that_helps(path):
    (document,) = loaded(path)
    job = document["spec"]["jobTemplate"]["spec"] if document["kind"] == "CronJob" else document["spec"]
    pod = job["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"] and pod["restartPolicy"] == "Never"
    for container in containers(document):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
        assert {"cpu", "memory", "ephemeral-storage"} == set(container["resources"]["limits"])
        mounted = {mount["name"]: mount for mount in container["volumeMounts"]}
        assert set(mounted) == {volume["name"] for volume in pod["volumes"]}
        environment = {entry["name"]: entry.get("value") for entry in container["env"]}
        assert environment["TMPDIR"] == mounted["scratch"]["mountPath"]
        assert not any(environment[name] for name in environment if name.startswith("AWS_"))  # from the Secret
    _, fails = job["podFailurePolicy"]["rules"]
    assert (fails["action"], fails["onExitCodes"]["values"]) == ("FailJob", NEVER_AS_IT_IS)


def test_what_is_never_tried_again_as_it_is_are_the_statuses_of_hard_failures(mf):
    rows = [mf("explain", code)["figures"] for code in mf("explain")["figures"]]
    assert sorted({1} | {row["exit"] for row in rows if row["class"] == "HARD"}) == NEVER_AS_IT_IS
    assert {row["exit"] for row in rows if row["class"] == "TRANSIENT"} == {75}


# Scripts.

def test_scripts_are_sound_shell():
    succeeds(tool("shellcheck", "SCRIPTS OF SHELL"), *SCRIPTS)
    for path in SCRIPTS:
        succeeds("bash" if path.read_text().startswith("#!/bin/bash") else "sh", "-n", path)


# The container.

def instructions():
    """[(word, the rest)], the lines of each joined."""
    text = re.sub(r"(?m)^#.*\n", "", CONTAINERFILE.read_text()).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def stages():
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_the_image_is_made_in_two_stages_and_runs_as_nobody_in_particular():
    build, image = stages()
    assert build[0] == ("FROM", "docker.io/library/debian:12-slim AS build") and image[0] == ("FROM", "docker.io/library/debian:12-slim")
    of_image = dict(image)
    user = loaded(MANIFESTS[0])[0]["spec"]["jobTemplate"]["spec"]["template"]["spec"]["securityContext"]
    assert of_image["USER"] == f"{user['runAsUser']}:{user['runAsGroup']}"
    assert of_image["ENTRYPOINT"] == '["/opt/mf/bin/mf"]' and of_image["COPY"] == "--from=build /opt/mf /opt/mf"
    assert "--uid 10001 --gid 10001" in of_image["RUN"]


def test_the_version_is_the_same_everywhere():
    (version,) = re.findall(r"project\(model_factory VERSION ([0-9.]+)", (command.ROOT / "CMakeLists.txt").read_text())
    named = re.findall(r"(?:mf:|image\.version=\")(\d+\.\d+\.\d+)", CONTAINERFILE.read_text() + "".join(path.read_text() for path in MANIFESTS))
    assert named and set(named) == {version}


def test_what_the_image_is_built_from_is_there():
    build, _ = stages()
    assert ("COPY", ". .") in build and (command.ROOT / "dev").is_file()
    (made,) = [rest for word, rest in build if word == "RUN"]
    assert "./dev build" in made
    ignored = [line for line in (command.ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert ignored == [".git", "/build*", "**/__pycache__"]
    for pattern in re.findall(r"(build/\S+)", made):
        found = list(command.ROOT.glob(pattern))
        assert found or (not (command.ROOT / "build/arrow/installed").exists() and os.environ.get("CI") != "true"), pattern


def packages_of_the_image():
    (made,) = [rest for word, rest in stages()[1] if word == "RUN"]
    return re.search(r"--no-install-recommends\s+([^&]+)&&", made)[1].split()


def test_packages_of_the_image_are_debian_s():
    assert tool("apt-cache", "PACKAGES OF THE IMAGE")
    for package in packages_of_the_image():
        assert f"Package: {package}\n" in succeeds("apt-cache", "show", "--no-all-versions", package), package


def test_every_library_that_the_program_needs_is_in_the_image():
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", succeeds("readelf", "-d", command.MF)))
    for path in (command.ROOT / "src").rglob("*_library.cpp"):
        needed |= set(re.findall(r'"(lib\w+\.so\.\d+)"', path.read_text()))
    assert {"libxgboost.so.0", "libcurl.so.4", "libduktape.so.207"} <= needed
    owners = set()
    for line in succeeds("/sbin/ldconfig", "-p").splitlines():
        name, _, place = line.strip().partition(" (")
        if name in needed:
            place = os.path.realpath(place.split(" => ")[1])
            usr = place if place.startswith("/usr") else "/usr" + place
            told = subprocess.run(["dpkg", "-S", place, usr], capture_output=True, text=True, check=False).stdout
            owners |= set(re.findall(r"^([a-z0-9.+-]+)(?::\w+)?: ", told, re.MULTILINE))
            needed.discard(name)
    assert not needed, f"not found on this machine: {needed}"
    assert owners - {"libc6", "libgcc-s1"} <= set(packages_of_the_image())
