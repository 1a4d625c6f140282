"""Judging: which hard-negative candidates are answers that nobody marked, and what becomes of them.

Usable alone, with no recipe in sight. A cascade is judged step by step:

    cases = list(make_cases(candidates, collection))
    tables = {}
    for name, settings in zip(judge_names(judges), judges):
        tables[name] = verdict_table(name, make_judge(settings, cache).judge(cases))
        cases = list(flagged(cases, tables[name]))
    settled = settle(candidates, list(tables.values()), "rank", most_false=7, per_query=4)
"""

from langret.judging.cases import flagged, make_cases
from langret.judging.cross_encoder import CrossScorer
from langret.judging.judges import judge_names, make_judge
from langret.judging.settle import Settled, settle, settle_summary
from langret.judging.truth import false_negative_report
from langret.judging.verdicts import VERDICTS, Case, CaseJudge, Verdict, verdict_table

__all__ = [
    "VERDICTS",
    "Case",
    "CaseJudge",
    "CrossScorer",
    "Settled",
    "Verdict",
    "false_negative_report",
    "flagged",
    "judge_names",
    "make_cases",
    "make_judge",
    "settle",
    "settle_summary",
    "verdict_table",
]
