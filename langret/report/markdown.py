"""Writing other people's text into Markdown without giving it a say in the layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")


def escaped(value: object) -> str:
    """Text on one line, with everything that Markdown or HTML would read escaped."""
    line = " ".join(str(value).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    # at the beginning of a line these start a list or underline a heading
    return re.sub(r"^(\d+(?=[.)](?: |$))|(?=[-+=]))", r"\1\\", line)


def link(url: str) -> str:
    """A web address as a link; anything else as plain text."""
    return f"<{url}>" if re.fullmatch(r"https?://[^\s<>|]+", url) else escaped(url)


def in_code(value: object) -> str:
    """Text on one line as inline code, whatever backticks it holds; a pipe would end a table cell."""
    line = " ".join(str(value).split()).replace("|", "¦")
    if not line:
        return ""
    ticks = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def fenced(text: str, info: str = "") -> str:
    """Text as a code block, with a fence longer than any in the text."""
    ticks = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{ticks}{info}\n{text.rstrip()}\n{ticks}"


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], right: int = 0) -> str:
    """A Markdown table of cells that are escaped already; the last ``right`` columns are aligned to the
    right."""
    rule = ["---:" if place >= len(heads) - right else "---" for place in range(len(heads))]
    lines = [heads, rule, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
