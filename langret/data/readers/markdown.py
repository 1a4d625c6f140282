"""Markdown to plain sections: headings, their anchors, and text without markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_ANCHOR = re.compile(r"""<a\s+(?:name|id)\s*=\s*["']?([^"'>\s]+)["']?\s*/?>(?:\s*</a>)?""", re.I)
_ATTRIBUTE = re.compile(r"\s*\{#([^}\s]+)[^}]*\}\s*$")
HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_BREAKING_TAG = re.compile(
    r"</?(?:p|br|tr|li|ul|ol|table|div|h[1-6]|thead|tbody|section|details|summary)\b[^>\n]{0,300}>", re.I
)
_CELL = re.compile(r"</t[dh]>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][\w:-]{0,40}(?:\s[^<>]{0,1000})?/?>")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
INCLUDE = re.compile(
    r"\[!(?:include|INCLUDE)\s*\[[^\]]*\]\s*\([^)]*\)\]|\[!\w+(?: +https?://[^\]\s]*)?\](?!\()"
)
_DIRECTIVE = re.compile(r"^[ \t]*:::.*$", re.M)
_IMAGE = re.compile(
    r"!\[([^\[\]]{0,500}(?:\[[^\[\]]{0,200}\][^\[\]]{0,200}){0,3})\](?:\([^)]{0,1000}\)|\[[^\]]{0,200}\])"
)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]{0,500}(?:\[[^\[\]]{0,200}\][^\[\]]{0,200}){0,3})\]"
    r"(?:\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200}){0,3}\)|\[[^\[\]]{0,200}\])"
)
_DEFINITION = re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]+\S+.*$", re.M)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?", re.M)
_RULE = re.compile(r"^[ \t]{0,3}(?:\*[* \t]*\*[* \t]*\*|-[- \t]*-[- \t]*-|_[_ \t]*_[_ \t]*_)[ \t]*$", re.M)
_TABLE_RULE = re.compile(r"^[ \t|:-]*--[ \t|:-]*$", re.M)
_CODE = re.compile(r"(`{1,8})(.{1,2000}?)\1")
_STRONG = re.compile(r"(\*\*\*|\*\*|__|~~)(?=\S)(.{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=\S)\*(?!\*)|(?<![\w_\\])_(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)_(?!\w)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~<])")
_BLANKS = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass
class Section:
    """A heading and the text under it up to the next heading.

    Attributes:
        level: 1 to 6, or 0 for the text before the first heading.
        heading: Heading without markup.
        slug: Anchor of the heading, unique in its document; ``""`` for the text before the first heading.
        line: Line of the heading in the file, from 1.
        blocks: Paragraphs, tables, lists and code blocks as plain text.
        anchors: Names written into the heading, under which links know the section.
    """

    level: int
    heading: str
    slug: str
    line: int
    blocks: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Split off YAML front matter.

    Returns:
        The YAML (None where there is none), the rest, and how many lines the front matter took.
    """
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, text, 0
    for n, line in enumerate(lines[1:], 1):
        if line.strip() in ("---", "..."):
            return "\n".join(lines[1:n]), "\n".join(lines[n + 1 :]), n + 1
    return None, text, 0


def sections(text: str, first_line: int = 1) -> Iterator[Section]:
    """Split Markdown into sections; sections without text are given too.

    Args:
        text: Markdown without front matter.
        first_line: Number of its first line in the file.
    """
    current = Section(0, "", "", first_line)
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    slugs: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        mark = FENCE.match(line)
        if fence:
            closed = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            if not closed:
                code.append(line)
                continue
            current.blocks += ["\n".join(code).strip("\n")] if any(c.strip() for c in code) else []
            code, fence = [], ""
            continue
        if mark:
            current.blocks += plain_blocks("\n".join(prose))
            prose, fence = [], mark[1]
            continue
        heading = _HEADING.match(line)
        level, title = (len(heading[1]), heading[2] or "") if heading else (0, "")
        if not heading and prose and prose[-1].strip() and _is_underline(line, prose):
            level, title = (1 if "=" in line else 2), prose.pop()
        if not level:
            prose.append(line)
            continue
        current.blocks += plain_blocks("\n".join(prose))
        prose = []
        yield current
        current = Section(level, *_name(title, slugs), number, anchors=_ANCHOR.findall(title))
    # A fence that is never closed runs to the end of the file, as CommonMark has it.
    current.blocks += plain_blocks("\n".join(prose)) + (
        ["\n".join(code)] if any(c.strip() for c in code) else []
    )
    yield current


def _is_underline(line: str, prose: list[str]) -> bool:
    """Whether the line makes a heading of the one above, a paragraph of one line."""
    alone = len(prose) < 2 or not prose[-2].strip()
    return bool(_UNDERLINE.match(line)) and alone and not re.match(r"\s*([|>*+-]|\d+\.|<)", prose[-1])


def _name(raw: str, slugs: dict[str, int]) -> tuple[str, str]:
    """Heading without markup, and its slug: the anchor written into it, else GitHub's way of making one."""
    anchor = _ANCHOR.search(raw) or _ATTRIBUTE.search(raw)
    heading = plain(_ATTRIBUTE.sub("", raw))
    slug = anchor[1] if anchor else re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())
    slug = slug or "section"
    base = slug
    while slug in slugs:
        slugs[base] += 1
        slug = f"{base}-{slugs[base]}"
    slugs[slug] = 0
    return heading, slug


def plain_blocks(text: str) -> list[str]:
    """Plain text of Markdown prose, a string a block."""
    return [b for b in (b.strip() for b in _BLANKS.split(plain(text))) if b]


def plain(text: str) -> str:
    """Markdown prose without its markup; the words of links, tables and code stay."""
    for start, end in HIDDEN:
        text = without(text, start, end)
    text = INCLUDE.sub("", _DIRECTIVE.sub("", text))
    text = _DEFINITION.sub("", text)
    text = _QUOTE.sub("", text)
    text = _RULE.sub("", _TABLE_RULE.sub("", text))
    text = _BULLET.sub(r"\1", text)
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[2].strip())
        return f"\0{len(held) - 1}\0"

    text = _CODE.sub(hold, text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", _CELL.sub(" ", _BREAKING_TAG.sub("\n", text)))
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda m: m[1] or m[2], text)
    text = "\n".join(_row(line) for line in text.split("\n"))
    text = html.unescape(_ESCAPE.sub(r"\1", text))
    text = re.sub("\0(\\d+)\0", lambda m: held[int(m[1])], text)
    return re.sub(r"[ \t]+", " ", text).strip()


def without(text: str, start: str, end: str, *, lines: bool = False) -> str:
    """Text without what stands between two marks; a mark that is never closed stays, as text.

    Args:
        text: Any text.
        start: Mark at which it begins, in any case.
        end: Mark with which it ends.
        lines: Whether line ends between the marks stay, so that lines can still be counted.
    """
    opening, closing = (re.compile(re.escape(mark), re.I) for mark in (start, end))
    kept, at = [], 0
    while (begin := opening.search(text, at)) and (close := closing.search(text, begin.end())):
        kept.append(text[at : begin.start()])
        at = close.end()
        kept.append("\n" * text.count("\n", begin.start(), at) if lines else "")
    return "".join([*kept, text[at:]])


def _row(line: str) -> str:
    """Cells of a table row with blanks between them."""
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        return " ".join(c.strip() for c in bare.strip("|").split("|"))
    return line.rstrip()
