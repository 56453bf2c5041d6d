"""What a run leaves on the disk, and for whom: files and folders of ordinary modes, and nothing of passage."""

import subprocess

import pytest

import command


@pytest.mark.parametrize("umask, file_mode, folder_mode", [
    ("022", 0o644, 0o755), ("000", 0o644, 0o755), ("027", 0o640, 0o750), ("077", 0o600, 0o700)])
def test_modes_are_ordinary_and_the_umask_narrows_them(cards, umask, file_mode, folder_mode):
    there = set(cards.folder.rglob("*"))
    subprocess.run(["sh", "-c", f'umask {umask} && exec "$@"', "sh", str(command.MF), "-q", "--profile", str(cards.profile), "run",
                    str(cards.request_file)], check=True, capture_output=True, env=command.quiet_surroundings())
    made = set(cards.folder.rglob("*")) - there
    assert {path.stat().st_mode & 0o7777 for path in made if path.is_file()} == {file_mode}
    assert {path.stat().st_mode & 0o7777 for path in made if path.is_dir()} == {folder_mode}
    assert not any(path.name.startswith(".") for path in made)
