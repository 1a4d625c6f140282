"""From the recipe's words to a judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langret.judging.verdicts import CaseJudge
from langret.recipe.schema import CrossEncoderJudge, LLMJudge, PythonJudge

if TYPE_CHECKING:
    from langret.recipe.schema import Judge


def judge_names(judges: Sequence[Judge]) -> list[str]:
    """Name each judge of a cascade as its verdicts do.

    Returns:
        The kind; where one kind stands twice, the second is ``llm-2``, and so on.

    Examples:
        >>> judge_names([CrossEncoderJudge(kind="cross_encoder", model="m")])
        ['cross_encoder']
    """
    seen: Counter[str] = Counter()
    names = []
    for judge in judges:
        seen[judge.kind] += 1
        names.append(judge.kind if seen[judge.kind] == 1 else f"{judge.kind}-{seen[judge.kind]}")
    return names


def make_judge(settings: Judge, cache: Path | None) -> CaseJudge:
    """Make a judge. Models load, and functions are looked up, when the first case is judged.

    Args:
        settings: A judge of the recipe.
        cache: Folder in which the answers of a language model are kept; None keeps none.

    Returns:
        A judge with ``judge(cases, progress)`` and ``estimate(cases)``.
    """
    if isinstance(settings, CrossEncoderJudge):
        from langret.judging.cross_encoder import ByCrossEncoder

        return ByCrossEncoder(settings)
    if isinstance(settings, PythonJudge):
        from langret.judging.function import ByFunction

        return ByFunction(settings)
    assert isinstance(settings, LLMJudge)
    from langret.judging.language_model import ByLanguageModel
    from langret.llm import LLM

    return ByLanguageModel(settings, LLM(settings.llm, cache))
