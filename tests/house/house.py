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
    """The packages that ./dev installs to build, test and check: the lists of Debian's, the wheel with Apache Arrow, and ECharts."""
    text = (ROOT / "dev").read_text()
    lists = re.findall(r"^readonly \w+_packages=\(([^)]*)\)", text, re.MULTILINE)
    others = re.findall(r"kArrow=(\w+)==", text) + re.findall(r"kCharts=(\w+)@", text)
    return {package for words in lists for package in words.split()} | set(others)
