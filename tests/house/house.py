"""Where the house stands: the root of the source tree, and the files in it."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(os.environ.get("MF_SOURCE_DIR") or Path(__file__).parents[2])
sys.path.append(str(ROOT / "tests" / "support"))


def cpp_files():
    """Every C++ file of the program (not of its tests), sorted."""
    found = [*(ROOT / "include" / "mf").rglob("*"), *(ROOT / "src").rglob("*")]
    return sorted(path for path in found if path.suffix in {".hpp", ".cpp", ".h", ".cc", ".def"})


def named(path):
    """The path as messages show it, from the root of the source tree."""
    return path.relative_to(ROOT).as_posix()


def dev_packages():
    """The Debian packages that ./dev installs, from its lists."""
    lists = re.findall(r"^readonly \w+_packages=\(([^)]*)\)", (ROOT / "dev").read_text(), re.MULTILINE)
    return {package for words in lists for package in words.split()}
