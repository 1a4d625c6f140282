"""Asking which candidates are as good as the positives (RLHN, METHODS.md 2.2), and reading the answer."""

from __future__ import annotations

from pydantic import BaseModel

from langret.judging.prompts import RULES, all_unknown, definition, out_of_range, problem_of, short
from langret.judging.verdicts import Case, Verdict
from langret.llm import Answer, Prompt, quoted

SYSTEM = """\
You check the training data of a search engine. For one query you see known passages, which people have marked as \
relevant, and candidates, which a search engine found and nobody has judged. Say which candidates are relevant as well.

{definition}

Judge each candidate against the known passages, not on its own. Fill in:
- thinking: a short sentence on each candidate, before you sort them.
- better_or_equal: candidates that are relevant and hold what the best known passage holds for this query, or more.
- worse: candidates that are relevant, but leave out or blur something that the best known passage says for this query.
Each entry has the number of a candidate and, as its reason, a few words. A candidate that is not relevant stands in \
neither list, and none stands in both.

{rules}"""


class Listed(BaseModel):
    """A candidate and why it is listed."""

    number: int
    reason: str


class Comparison(BaseModel):
    """What the model answers."""

    thinking: str
    better_or_equal: list[Listed]
    worse: list[Listed]


def compare_prompt(case: Case, instruction: str) -> Prompt:
    """The request about one case.

    Args:
        case: With at least one positive and one candidate.
        instruction: What relevant means; empty: that a passage answers the query.
    """
    user = "\n\n".join(
        [
            quoted("query", [case.query]),
            quoted("known_passages", [text for _, text in case.positives]),
            quoted("candidates", [text for _, text in case.candidates]),
            f"Which of the candidates 1 to {len(case.candidates)} are relevant, and how do they compare?",
        ]
    )
    return Prompt(SYSTEM.format(definition=definition(instruction), rules=RULES), user, Comparison)


def read_comparison(case: Case, answer: Answer) -> list[Verdict]:
    """Verdicts on the candidates of a case.

    RLHN's own parser takes an answer that it cannot read for "no false negatives", a number twice for two passages and
    the number 0 for the last one (METHODS.md 2.3). Here such answers are ``unknown``, and a number counts once.

    Args:
        case: The case of the request.
        answer: What came back.

    Returns:
        One verdict a candidate, in their order. The note is the model's reason, or why the verdict is unknown.
    """
    if problem := problem_of(answer):
        return all_unknown(case, problem)
    said = answer.value
    assert isinstance(said, Comparison)
    better = {one.number: one.reason for one in said.better_or_equal}
    worse = {one.number: one.reason for one in said.worse}
    if out_of_range([*better, *worse], len(case.candidates)):
        return all_unknown(case, "number_out_of_range")
    found = []
    for number, (passage_id, _) in enumerate(case.candidates, 1):
        if number in better and number in worse:
            found.append(Verdict(case.query_id, passage_id, "unknown", None, "in_both_lists"))
        elif number in better:
            found.append(Verdict(case.query_id, passage_id, "false_negative", None, short(better[number])))
        elif number in worse:
            found.append(Verdict(case.query_id, passage_id, "partial", None, short(worse[number])))
        else:
            found.append(Verdict(case.query_id, passage_id, "negative"))
    return found
