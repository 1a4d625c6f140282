"""Arabic question words that leave no doubt, for slices of a benchmark by kind of question.

``من`` (who, and from), ``ما`` (what, and not) and ``أي`` (which, and any) count before words that settle it, or at the
beginning of a question. Egyptian and Moroccan have words of their own.
"""

from __future__ import annotations

from langret.language.tools import asked

_WHICH = "[بلف]?[أاإ][يى]"
_IN = "(?:في |فى |من |على |علي |إلى |الى |تحت |مع )?"
_FROM = "أين|اين|متى|متي|ماذا|كم|[أا][يى]|خلال|قبل|بعد|ضمن|بين|حيث|[أا]جل|[أا]هم|[أا]برز|هنا|هناك"
_WHO = "هو|هي|هى|هم|هما|هؤلاء|الذي|الذى|اللذي|اللذى|التي|التى|اللتي|الذين"


def _first(words: str) -> str:
    """A pattern for words at the beginning of a question, behind a dash or "and" at most."""
    return f"^ (?:[-و] )?و?(?:{words}) (?=.*[?؟])"


QUESTIONS: dict[str, str] = {
    "who": f"{asked(f'و?من (?:{_WHO})|لمن')}|{_first(f'من(?! (?:{_FROM}) )')}",
    "when": asked(f"و?مت[ىي]|(?:في |فى )?{_WHICH} (?:عام|سنة|سنه|قرن|تاريخ|يوم|شهر|عقد)"),
    "where": asked(f"و?[أا]ين|{_IN}{_WHICH} (?:دولة|دوله|مدينة|مدينه|بلد|مكان|قارة|قاره|محافظة|ولاية)"),
    "why": asked("و?لماذا"),
    "how-many": asked("[وب]?كم"),
    "how": asked("و?كيف"),
    "what": f"{asked('[وبعكف]?ماذا|و?ماه[ويى]|و?ما (?:هو|هي|هى|هم)')}|{_first(f'ما|{_IN}{_WHICH}')}",
}


def _with(more: dict[str, str]) -> dict[str, str]:
    """The words of the standard language, and those of a dialect."""
    return {kind: f"{pattern}|{asked(more[kind])}" for kind, pattern in QUESTIONS.items()}


EGYPTIAN = _with(
    {
        "who": "مين",
        "when": "[إا]مت[ىي]",
        "where": "فين|منين",
        "why": "ليه",
        "how-many": "[بف]?كام",
        "how": "[إا]زا[يى]",
        "what": "[إا]يه|[أا]نه[يوى]",
    }
)
MOROCCAN = _with(
    {
        "who": "شكون",
        "when": "فوقاش|[إا]مت[ىا]|وقتاش",
        "where": "فين|منين",
        "why": "علاش",
        "how-many": "ب?شحال",
        "how": "كيفاش",
        "what": "[أا]?شنو",
    }
)
