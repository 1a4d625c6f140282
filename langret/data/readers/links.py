"""Links of a folder of Markdown: their text asks for what they point to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from langret.data.readers.job import text_id
from langret.data.readers.markdown import FENCE, HIDDEN, INCLUDE, plain, without
from langret.data.records import Judgement, Query, Record, Rejected

VAGUE = 2
"""A text that leads to more places than this says too little about any of them. In 777 Japanese pages with 1,026
links inside the folder, 684 of 693 texts lead to at most two places; the others are "introduction", "exam",
"service" and the like."""
_TEXT = r"([^\[\]]{0,500}(?:\[[^\[\]]{0,200}\][^\[\]]{0,200}){0,3})"
_TARGET = r"<?([^()\s<>]{0,1000}(?:\([^()\s<>]{0,200}\)[^()\s<>]{0,200}){0,3})>?"
_TITLE = r"""(?:\s+(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?"""
_INLINE = re.compile(rf"(?<![!\\])\[{_TEXT}\]\([ \t]*{_TARGET}{_TITLE}[ \t]*\)")
_REFERENCE = re.compile(rf"(?<![!\\])\[{_TEXT}\]\[([^\[\]]{{0,200}})\]")
_DEFINITION = re.compile(r"^[ \t]{0,3}\[([^\]\n]{1,200})\]:[ \t]+<?([^\s<>]+)", re.M)
_ANCHOR = re.compile(
    r"""<a\s[^<>]{0,300}?href\s*=\s*["']?([^"'<>\s]{1,1000})[^<>]{0,300}>([^<>]{0,500})</a>""", re.I
)
_CODE = re.compile(r"(`{1,8})(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_DOCUMENTS = (".md", ".markdown", ".mdx", ".txt", ".text", ".html", ".htm", "")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Link:
    """One link.

    Attributes:
        line: Line on which it begins, from 1.
        text: Its words, without markup.
        target: Where it leads, as it is written.
    """

    line: int
    text: str
    target: str


def links(text: str, first_line: int = 1) -> Iterator[Link]:
    """Links of a Markdown text: inline, by reference, and ``<a href>``; none of those that stand in code.

    Args:
        text: Markdown without front matter.
        first_line: Number of its first line in the file.
    """
    text = _CODE.sub(lambda m: m[0] if "](" not in m[2] and "href" not in m[2] else _blank(m), _prose(text))
    named = {_key(m[1]): m[2] for m in reversed(list(_DEFINITION.finditer(text)))}
    found = [(m.start(), m[1], m[2]) for m in _INLINE.finditer(text)]
    found += [(m.start(), m[2], m[1]) for m in _ANCHOR.finditer(text)]
    for m in _REFERENCE.finditer(text):
        target = named.get(_key(m[2] or m[1]))
        if target is not None:
            found.append((m.start(), m[1], target))
    line, at = first_line, 0
    for start, words, target in sorted(found):
        line += text.count("\n", at, start)
        at = start
        yield Link(line, " ".join(plain(words).split()), target)


def _prose(text: str) -> str:
    """The text with its lines, but without fenced code, comments and included files."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if fence:
            closed = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closed else fence
            lines.append("")
        elif mark:
            fence = mark[1]
            lines.append("")
        else:
            lines.append(line)
    text = INCLUDE.sub(_blank, "\n".join(lines))
    for opening, closing in HIDDEN:
        text = without(text, opening, closing, lines=True)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


class Places:
    """The places of a folder to which links can lead, and the links, until all documents have been read.

    It holds the ids of the folder's passages and the words of its links, not the passages' texts.
    """

    def __init__(self) -> None:
        self._passages_of: dict[tuple[str, str], list[str]] = {}
        self._spelled: dict[str, str] = {}
        self._links: list[tuple[str, str, Link]] = []

    def add_passage(self, document: str, anchors: Collection[str], passage_id: str) -> None:
        """Take a passage and the anchors of its section; ``""`` is that of the text before the first heading."""
        self._passages_of.setdefault((document, ""), []).append(passage_id)
        for anchor in {anchor.casefold() for anchor in anchors if anchor}:
            self._passages_of.setdefault((document, anchor), []).append(passage_id)
        self._spelled.setdefault(document.casefold(), document)

    def add_link(self, document: str, path: str, link: Link) -> None:
        """Take a link of a document, whose file stands at ``path``."""
        self._links.append((document, path, link))

    def records(self, asked: Collection[str]) -> Iterator[tuple[str, Record]]:
        """Queries from the words of the links, with the passages that they lead to as positives.

        A link to a document leads to all of its passages, as its title does; a link to a section, to those of the
        section. A link out of the folder is none of these. Set aside, once for each target or text:
        ``dead_link``, which leads to no document or section of the folder that has text; ``vague_link``, whose
        words lead to more than ``VAGUE`` places or hold no letter.

        Args:
            asked: Ids of the queries that titles and headings became. Words that are one of these add their
                passages to it; others become a query with the id ``links:...``.

        Yields:
            Where each record stands, as ``file:line``, and the record.
        """
        dead: dict[str, list[str]] = {}
        led: dict[str, dict[tuple[str, str], str]] = {}
        for document, path, link in self._links:
            place = self._place(document, link.target)
            if place is None:
                continue
            where = f"{path}:{link.line}"
            if place in self._passages_of:
                led.setdefault(link.text, {}).setdefault(place, where)
            else:
                dead.setdefault("#".join(filter(None, place)), []).append(where)
        for target, wheres in dead.items():
            yield wheres[0], Rejected(wheres[0], "dead_link", f"{target} (links: {len(wheres)})")
        for text, places in led.items():
            where = next(iter(places.values()))
            if len(places) > VAGUE or not _LETTER.search(text):
                yield where, Rejected(where, "vague_link", f"{text} (places: {len(places)})")
                continue
            own = text_id("q", text)
            query = own if own in asked else f"links:{own.removeprefix('q-')}"
            yield where, Query(query, text)
            for place, where in places.items():
                for passage in self._passages_of[place]:
                    yield where, Judgement(query, passage)

    def _place(self, document: str, target: str) -> tuple[str, str] | None:
        """Document and section that a target names, there or not; None for what is outside of the folder."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        path, anchor = unquote(parts.path), unquote(parts.fragment).casefold()
        if parts.scheme or parts.netloc or not (path or anchor):
            return None
        if not path:
            return document, anchor
        full = posixpath.normpath(posixpath.join(posixpath.dirname(document), path)).lstrip("/")
        stem, suffix = posixpath.splitext(full)
        if suffix.lower() not in _DOCUMENTS:
            if f"{full}.md".casefold() not in self._spelled:
                return None
            suffix = ""
        stem = stem if suffix.lower() in (".html", ".htm") else full
        names = [full, *(stem + end for end in (".md", ".mdx", ".markdown", "/index.md", "/README.md"))]
        # authors on systems that do not tell capitals apart do not either
        found = next(
            (self._spelled[name] for name in map(str.casefold, names) if name in self._spelled), None
        )
        # an absolute path that is not in the folder belongs to the site around it
        return None if found is None and path.startswith("/") else (found or full, anchor)
