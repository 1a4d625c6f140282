"""A folder of Markdown or plain text: sections become passages, titles and headings become queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from langret.data.readers.job import Job, text_id
from langret.data.readers.links import Places, links
from langret.data.readers.markdown import Section, plain, sections, split_front_matter
from langret.data.readers.tables import guess_encoding
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import DataError

MARKDOWN = (".md", ".markdown", ".mdx")
TEXT = (".txt", ".text")
SUFFIXES = (*MARKDOWN, *TEXT)
PART_CHARACTERS = 2000
_TITLE_CHARACTERS = 80
# Only the title's own lines are parsed: a broken date further down must not cost the title.
_TITLE_ENTRY = re.compile(r"^title:.*(?:\n[ \t]+.*)*", re.M)


def document_files(root: Path) -> list[Path]:
    """Markdown and text files under a folder, hidden ones left out, in a stable order."""
    if root.is_file():
        return [root]
    found = (p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    return sorted(p for p in found if not any(s.startswith(".") for s in p.relative_to(root).parts))


def folder_records(job: Job) -> Iterator[Record]:
    """Read a folder of documents.

    A section is a passage with the id ``relative/path.md#slug``; the text before the first heading, or
    under the document's title, is ``relative/path.md``. A section of more than 2,000 characters is cut
    between paragraphs, and its further parts are called ``…#slug~2`` and so on. Passages carry the
    document's title, all but those that open the document: their title is the query.

    Pairs: a heading is a query whose positives are the sections that bear it, in all documents, and a document's
    title is a query whose positives are its sections (the opening first). With ``links`` of the source, the words of
    a link are a query whose positives are the sections that it leads to (``Places.records``).

    With ``whole`` a document is one passage called ``relative/path.md``, its headings among its text, and its title
    the query: a test of long documents.

    Raises:
        DataError: There is no Markdown or text file.
    """
    files = document_files(job.root)
    if not files:
        raise DataError(
            "There is no Markdown or text file in the folder.",
            where=str(job.root),
            hint=f"File names must end in {', '.join(SUFFIXES)}.",
        )
    places = Places() if job.source.links else None
    asked = set()
    for path in files:
        job.here = str(path)
        name = path.relative_to(job.root).as_posix() if path != job.root else path.name
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = f"byte {error.start} is not UTF-8. {guess_encoding(data)}"
            yield Rejected(f"{path}:{line}", "invalid_utf8", found)
            continue
        read = _markdown(job, path, name, text, places) if path.suffix.lower() in MARKDOWN else None
        for record in read or _text(job, name, text, places):
            if places is not None and isinstance(record, Query):
                asked.add(record.id)
            yield record
    if places is not None:
        for job.here, record in places.records(asked):
            yield record


def _markdown(job: Job, path: Path, name: str, text: str, places: Places | None) -> Iterator[Record]:
    matter, body, skipped = split_front_matter(text)
    title = ""
    entry = _TITLE_ENTRY.search(matter or "")
    if entry is not None:
        try:
            title = str(yaml.safe_load(entry[0])["title"] or "")
        except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
            yield Rejected(f"{path}:1", "bad_front_matter", " ".join(str(error).split())[:80])
    found = list(sections(body, skipped + 1))
    first_heading = next((s for s in found if s.level), None)
    if first_heading is not None and first_heading.level == 1:
        title = title or first_heading.heading
    if places is not None:
        for link in links(body, skipped + 1):
            places.add_link(name, str(path), link)
    yield from _document(job, f"{path}", name, plain(title), found, first_heading, places)


def _text(job: Job, name: str, text: str, places: Places | None) -> Iterator[Record]:
    """Plain text: a short first line with an empty line after it is the title."""
    blocks = [b.strip() for b in text.split("\n\n") if b.strip()]
    title = ""
    if len(blocks) > 1 and "\n" not in blocks[0] and len(blocks[0]) <= _TITLE_CHARACTERS:
        title = blocks.pop(0)
    yield from _document(job, job.here, name, title, [Section(0, "", "", 1, blocks)], None, places)


def _document(
    job: Job,
    path: str,
    name: str,
    title: str,
    found: list[Section],
    first_heading: Section | None,
    places: Places | None,
) -> Iterator[Record]:
    query = text_id("q", title)
    if title:
        job.here = f"{path}:1"
        yield Query(query, title)
    if job.source.whole:
        # the heading that is the title would give the answer away
        bare = [s.heading if s.heading and plain(s.heading) != title else "" for s in found]
        parts = [part for head, s in zip(bare, found, strict=True) for part in (head, *s.blocks) if part]
        yield Passage(name, "\n\n".join(parts))
        if title:
            yield Judgement(query, name)
        return
    ids = set()
    for section in found:
        job.here = f"{path}:{section.line}"
        opening = not section.level or (section is first_heading and section.level == 1)
        base = f"{name}#{section.slug}" if section.slug and not (opening and name not in ids) else name
        heading = "" if opening else section.heading
        if heading and any(section.blocks):
            yield Query(text_id("q", heading), heading)
        for n, part in enumerate(_parts(section.blocks), 1):
            pid = base if n == 1 else f"{base}~{n}"
            ids.add(pid)
            if places is not None:
                places.add_passage(name, {section.slug, *section.anchors}, pid)
            yield Passage(pid, part, "" if opening else title)
            if title:
                yield Judgement(query, pid)
            if heading and heading != title:
                yield Judgement(text_id("q", heading), pid)


def _parts(blocks: list[str]) -> Iterator[str]:
    """Blocks joined into parts of at most ``PART_CHARACTERS``; a longer block stays whole."""
    held: list[str] = []
    size = 0
    for block in blocks:
        if held and size + len(block) > PART_CHARACTERS:
            yield "\n\n".join(held)
            held, size = [], 0
        held.append(block)
        size += len(block)
    if held:
        yield "\n\n".join(held)
