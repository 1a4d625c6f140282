"""What of a benchmark was seen in training, said beside its score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from langret.evaluation.tasks.kinds import RANKING

if TYPE_CHECKING:
    from langret.evaluation.results import Result

MARK = "†"


def leaked_mark(results: Sequence[Result]) -> str:
    """``†`` where queries of a benchmark were seen in training, else nothing."""
    return MARK if any(result.seen for result in results) else ""


def leaked_note(results: Sequence[Result]) -> str:
    """What the mark means in a table of these results; empty where none has it.

    Training may have seen a question, or only the passage that answers it: as it has where the passages that are to be
    searched were there to read, and no question was.
    """
    seen = [result for result in results if result.seen]
    if not seen:
        return ""
    passages = all(kind.endswith("passage") for r in seen for kind, n in (r.leaked or {}).items() if n)
    every = all(result.seen == result.n for result in seen)
    whose = "its queries" if every else "some of its queries"
    what = f"the relevant passages of {whose}" if passages else whose
    rest = "" if every else "; leakage:clean is the score without them"
    return f"{MARK} {what} stand in the training data{rest}"


def leaked_text(results: Sequence[Result]) -> str:
    """Sentences on what of a benchmark was seen in training, and the scores without it.

    Args:
        results: Results of one benchmark; scores are given in the metric of the first. Side by side may stand systems
            that were trained on other data, of which training has seen something else.

    Returns:
        Nothing where the training data is not known.
    """
    first = [result for result in results if result.metric == results[0].metric]
    groups: dict[str, list[Result]] = {}
    for result in first:
        groups.setdefault(str(result.leaked), []).append(result)
    told = {names: text for names, text in (_group(group) for group in groups.values()) if text}
    if len(groups) == 1:
        return "".join(told.values())
    return " ".join(f"{names}: {text}" for names, text in told.items())


def _group(results: Sequence[Result]) -> tuple[str, str]:
    """Names of systems of which training has seen the same, and a sentence or two on that."""
    one = results[0]
    names = ", ".join(result.member for result in results)
    if one.leaked is None:
        return names, ""
    ranked = one.task in RANKING
    if not one.seen:
        found = "queries was found in the training data, by question or relevant passage"
        return names, f"None of its {found if ranked else 'texts was found in the training data'}."
    kinds = ", ".join(f"{kind.replace('_', ' ')} {n:,}" for kind, n in one.leaked.items() if n)
    part = f"{one.seen:,} of {one.n:,} {'queries' if ranked else 'examples'} ({100 * one.seen / one.n:.1f} %)"
    share = f"{MARK} {part} stand in the training data: {kinds}."
    if not ranked:
        return names, share
    clean = [(result.member, result.clean) for result in results]
    scores = ", ".join(f"{name} {c.value:.3f} [{c.low:.3f}, {c.high:.3f}]" for name, c in clean if c)
    if not scores:
        return names, f"{share} None is left to measure without them."
    return names, f"{share} {one.metric} on the other {one.n - one.seen:,}: {scores}."
