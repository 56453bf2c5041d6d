"""The example of a page in docs/formats: an example document of its kind, whole or shortened as the page says."""

import json
import re

BLOCK = re.compile(r"```(json|yaml)\n(.*?)```\n(?:\nShortened: (.*)\.\n)?", re.DOTALL)


def sections(page):
    """Heading -> text of each section; the text before the first `## ` under the empty heading."""
    parts = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2]))}


def example_of(page):
    """(json or yaml, text, what the page says was left out) of the example section; None when it holds no block."""
    block = BLOCK.search(sections(page).get("Example", ""))
    return (block[1], block[2], block[3] or "") if block else None


def left_out(whole, shown, path=""):
    """What `shown` leaves out of `whole`, in the page's words; None when it says something else."""
    if isinstance(whole, dict) and isinstance(shown, dict):
        return left_out_of_object(whole, shown, path)
    if isinstance(whole, list) and isinstance(shown, list):
        return left_out_of_list(whole, shown, path)
    return [] if whole == shown and isinstance(whole, bool) == isinstance(shown, bool) else None


def left_out_of_object(whole, shown, path):
    if not set(shown) <= set(whole):
        return None
    names = ", ".join(f"`{name}`" for name in sorted(whole))
    kept = ", ".join(f"`{name}`" for name in sorted(shown))
    here = [f"`{path}`: only {kept} of {names}"] if len(shown) < len(whole) else []
    inside = [left_out(whole[name], shown[name], f"{path}.{name}" if path else name) for name in shown]
    return None if None in inside else here + sum(inside, [])


def left_out_of_list(whole, shown, path):
    if len(shown) > len(whole) or (whole and not shown):
        return None
    here = [f"`{path}`: {len(shown)} of {len(whole)} entries"] if len(shown) < len(whole) else []
    inside = [left_out(of_whole, of_shown, f"{path}[]") for of_whole, of_shown in zip(whole, shown)]
    return None if None in inside else here + sum(inside, [])


def shows(page, documents):
    """Whether the page's example is one of `documents` ({file name: bytes}), but for what the page says it leaves out."""
    found = example_of(page)
    if found is None:
        return False
    syntax, text, said = found
    if syntax == "yaml":
        return said == "" and text.encode() in documents.values()
    shown = json.loads(text)
    parsed = [json.loads(data) for name, data in documents.items() if name.endswith(".json")]
    return any((rest := left_out(whole, shown)) is not None and "; ".join(rest) == said for whole in parsed)
