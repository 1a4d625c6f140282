"""English question words that leave no doubt, for slices of a benchmark by kind of question."""

from __future__ import annotations

from langret.language.tools import asked

QUESTIONS: dict[str, str] = {
    "who": asked("who(?:'s|m|se)?"),
    "when": asked(
        "when(?:'s)?|(?:in |on |at |by |during )?(?:what|which) (?:years?|months?|dates?|days?|centur(?:y|ies)|time)"
    ),
    "where": asked("where(?:'s)?|(?:in |from )?(?:what|which) (?:country|countries|city|cities|town|place)"),
    "why": asked("why"),
    "how-many": asked("how (?:many|much|long|old|far|tall|high|large|big|often|deep|wide|heavy|fast)"),
    "how": asked("how(?:'s)?"),
    "what": asked("(?:in |on |at |by |of |for |from |to |with |under )?(?:what(?:'s)?|which)"),
}
