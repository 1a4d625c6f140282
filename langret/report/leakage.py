"""What of a benchmark was seen in training, said beside its score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.evaluation.results import Result

MARK = "†"
NOTE = f"{MARK} some of its queries stand in the training data; leakage:clean is the score without them"


def leaked_mark(results: Sequence[Result]) -> str:
    """``†`` where queries of a benchmark were seen in training, else nothing."""
    return MARK if any(result.seen for result in results) else ""


def leaked_text(results: Sequence[Result]) -> str:
    """A sentence or two on what of a benchmark was seen in training, and the scores without it.

    Args:
        results: Results of one benchmark; scores are given in the metric of the first.

    Returns:
        Nothing where the training data is not known.
    """
    if not results or results[0].leaked is None:
        return ""
    one = results[0]
    if not one.seen:
        return "None of its queries was found in the training data, by question or relevant passage."
    assert one.leaked is not None
    kinds = ", ".join(f"{kind.replace('_', ' ')} {n:,}" for kind, n in one.leaked.items() if n)
    part = f"{one.seen:,} of {one.n:,} queries ({100 * one.seen / one.n:.1f} %)"
    share = f"{MARK} {part} stand in the training data: {kinds}."
    clean = [(r.member, r.clean) for r in results if r.metric == one.metric]
    scores = ", ".join(f"{name} {c.value:.3f} [{c.low:.3f}, {c.high:.3f}]" for name, c in clean if c)
    if not scores:
        return f"{share} None is left to measure without them."
    return f"{share} {one.metric} on the other {one.n - one.seen:,}: {scores}."
