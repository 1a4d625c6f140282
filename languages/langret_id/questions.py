"""Indonesian question words that leave no doubt, for slices of a benchmark by kind of question.

``apakah`` is not among them: it asks what something is, and whether something is so.
"""

from __future__ import annotations

from langret.language.tools import asked

QUESTIONS: dict[str, str] = {
    "who": asked("siapa(?:kah)?"),
    "when": asked("kapan(?:kah)?|(?:pada )?(?:tahun|tanggal|abad(?: ke)?) berapa(?:kah)?"),
    "where": asked("(?:di|ke|dari)(?: ?mana(?:kah)?| (?:negara|kota|provinsi|pulau|benua) mana(?:kah)?)"),
    "why": asked("mengapa(?:kah)?|kenapa(?:kah)?"),
    "how-many": asked("berapa(?:kah)?"),
    "how": asked("bagaimana(?:kah)?"),
    "what": asked("apa|yang manakah"),
}
