"""What a licence asks of whoever trains on a text and gives the model away, as far as its name tells.

The catalogue holds SPDX ids, the hub's identifiers and publishers' own words, so licences are looked for in text. What
is not recognised, or points elsewhere ("see its card"), is unknown: nothing is taken for free that does not say so.
This sorts names; it is no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from langret.errors import nearest

Term = Literal["non-commercial", "no-derivatives", "share-alike", "unknown"]

OWN_WORDS = "langret's own words"
"""Licence of text that langret generates; it is langret's own, Apache-2.0."""
HUB_LICENCES = frozenset(
    (
        *("afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bsd", "bsd-2-clause", "bsd-3-clause"),
        *("bsl-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0"),
        *("cc-by-nc-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0"),
        *("cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0"),
        *("cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0", "ecl-2.0", "epl-2.0"),
        *("etalab-2.0", "eupl-1.2", "gemma", "gfdl", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1"),
        *("lgpl-3.0", "llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "mit", "mpl-2.0", "ncsa"),
        *("odbl", "odc-by", "openrail", "osl-3.0", "other", "pddl", "postgresql", "unknown"),
        *("unlicense", "wtfpl", "zlib"),
    )
)
"""Identifiers that a model card may give as its licence (https://huggingface.co/docs/hub/repositories-licenses)."""

_CREATIVE = re.compile(r"cc-?by((?:-(?:nc|nd|sa))*)(?:-(\d(?:\.\d)?))?")
_SHARE_ALIKE = re.compile(r"\b([al]?gpl|odbl|gfdl|mpl|eupl|osl|epl|cdla-sharing)\b")
_NON_COMMERCIAL = re.compile(
    r"non-?commercial|research-(only|use|purposes)|academic-(only|use)|\b(h|intel)-research\b|\bapple-amlr\b"
)
_FREE = re.compile(
    r"\b(apache|mit|bsd|isc|cc0|odc-by|pddl|cdla-permissive|unlicense|public-domain|zlib|wtfpl|afl|ecl|artistic|ncsa|"
    r"postgresql|bsl|etalab)\b"
)
_ELSEWHERE = re.compile(
    r"not-(stated|confirmed|specified|known)|\bunknown\b|^other|\bsee-|own-terms|terms-(of|apply)|whose-terms|that-of-each"
)


class DataLicence(NamedTuple):
    """A text that a model is made of, and its licence.

    Attributes:
        source: What people call it.
        licence: SPDX id, the hub's identifier, or the publisher's words; empty where nobody has said.
    """

    source: str
    licence: str


def terms(licence: str) -> frozenset[Term]:
    """What a licence asks, besides naming the author.

    Args:
        licence: An identifier, or a publisher's words that name one or several.

    Returns:
        Terms; ``unknown`` where it is not recognised or sends the reader elsewhere. Empty for a free licence.
    """
    if licence == OWN_WORDS:
        return frozenset()
    text = _plain(licence)
    found: set[Term] = set()
    names = {"nc": "non-commercial", "nd": "no-derivatives", "sa": "share-alike"}
    creative = list(_CREATIVE.finditer(text))
    for match in creative:
        found |= {names[part] for part in match[1].split("-") if part}  # type: ignore[misc]
    if _SHARE_ALIKE.search(text):
        found.add("share-alike")
    if _NON_COMMERCIAL.search(text):
        found.add("non-commercial")
    if _ELSEWHERE.search(text) or not (found or creative or _FREE.search(text)):
        found.add("unknown")
    return frozenset(found)


def model_licence(licences: Iterable[str]) -> str:
    """The least that a model must ask if its data's licences reach it, as the hub's identifier.

    Whether they do is for lawyers; this takes the careful side.

    Args:
        licences: Of everything that the model is made of.

    Returns:
        The strictest of them. Empty where one is unknown, forbids derivatives or is a licence of its own wording, where
        two cannot be met together, or where there is nothing.
    """
    licences = list(licences)
    asked = frozenset[Term]().union(*map(terms, licences))
    if not licences or asked & {"unknown", "no-derivatives"}:
        return ""
    texts = [_plain(licence) for licence in licences]
    limited = ["non-commercial" in terms(licence) for licence in licences]
    if any(limits and not _CREATIVE.search(text) for limits, text in zip(limited, texts, strict=True)):
        return ""  # its own words, which no identifier says
    families = {family for text in texts for family in _families(text)}
    if len(families) > 1 or ("non-commercial" in asked and families not in (set(), {"cc-by-nc-sa"})):
        return ""
    if families:
        (family,) = families
        same = {hub_licence(text) for text, own in zip(texts, map(_families, texts), strict=True) if own}
        newest = {"cc-by-sa": "cc-by-sa-4.0", "cc-by-nc-sa": "cc-by-nc-sa-4.0"}.get(family, "")
        return same.pop() if len(same) == 1 and "" not in same else newest
    if "non-commercial" in asked:
        return "cc-by-nc-4.0"
    if any(_CREATIVE.search(text) for text in texts):
        return "cc-by-4.0"
    same = {hub_licence(text) for text in licences}
    return same.pop() if len(same) == 1 and "" not in same else "apache-2.0"


def hub_licence(licence: str) -> str:
    """The hub's identifier of a licence that is nothing but one; empty otherwise."""
    text = "apache-2.0" if licence == OWN_WORDS else _plain(licence)
    return text if text in HUB_LICENCES - {"other", "unknown"} else ""


def licence_warnings(sources: Sequence[DataLicence], chosen: str = "") -> list[str]:
    """What to mind before models made of these texts are given away, a sentence for each.

    Args:
        sources: Everything that the models are made of.
        chosen: The licence that the recipe gives them; empty where it gives none.
    """
    by_term = {
        term: _listed(sources, term)
        for term in ("no-derivatives", "non-commercial", "share-alike", "unknown")
    }
    said = {
        "no-derivatives": "forbids derivatives; a model trained on it may be one, and must then not be given away",
        "non-commercial": "allows no commercial use, of the model neither",
        "share-alike": "asks that what is made of it is shared under the same licence",
        "unknown": "its licence is not known here: read it at the publisher's before you give the models away",
    }
    found = [f"{names}: {said[term]}." for term, names in by_term.items() if names]
    missing = [
        term for term in ("non-commercial", "share-alike") if by_term[term] and term not in terms(chosen)
    ]
    if chosen and missing:
        found.append(
            f"The recipe's licence {chosen} is not {' and not '.join(missing)}, as that of the data is."
        )
    return found


def forbidden(sources: Sequence[DataLicence]) -> list[DataLicence]:
    """Those whose licence forbids derivatives."""
    return [source for source in sources if "no-derivatives" in terms(source.licence)]


def must_be_licence(value: str) -> str:
    """Check an identifier of a model's licence.

    Raises:
        ValueError: The hub does not know it; names the nearest.
    """
    if value not in HUB_LICENCES:
        raise ValueError(f'"{value}" is no licence that the hub knows. {nearest(value, HUB_LICENCES)}')
    return value


def _plain(licence: str) -> str:
    return re.sub(r"[\s_]+", "-", licence.strip().lower())


def _families(text: str) -> set[str]:
    """Share-alike licences that a text names, without their versions."""
    creative = {f"cc-by{match[1]}" for match in _CREATIVE.finditer(text) if "-sa" in match[1]}
    return creative | {match[1] for match in _SHARE_ALIKE.finditer(text)}


def _listed(sources: Sequence[DataLicence], term: Term) -> str:
    return ", ".join(f"{s.source} ({s.licence or 'not stated'})" for s in sources if term in terms(s.licence))
