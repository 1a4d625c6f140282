"""Finnish question words that leave no doubt, for slices of a benchmark by kind of question.

Not among them: ``koska`` (when, and because), ``mistä`` and ``mihin`` (a place, or any thing in that case), and
``missä`` before other words than those below (``missä urheilussa``: in which sport).
"""

from __future__ import annotations

from langret.language.tools import asked

QUESTIONS: dict[str, str] = {
    "who": asked("kuka|ketkä|ketä|ken(?:en|et|essä|estä|een|ellä|eltä|elle)|kei(?:den|tten|llä|ltä|lle)"),
    "when": asked(
        "milloin|min(?:ä|kä) (?:vuonna|vuosina|päivänä|kuukautena)|mihin aikaan|millä (?:vuosisadalla|vuosikymmenellä)"
    ),
    "where": asked(
        "minne|missä (?:maassa|maissa|kaupungissa|kunnassa|maanosassa|maakunnassa|osavaltiossa|on|ovat|oli|olivat|"
        "sijaitsee|sijaitsevat|sijaitsi|asuu|asuvat|asui|kasvaa|kasvavat|syntyi|kuoli)"
    ),
    "why": asked("miksi(?! (?:kutsu|sano|nimit))|minkä (?:takia|vuoksi)"),
    "how-many": asked(
        "montako|paljonko|(?:kuinka|miten) "
        "(?:mon\\w+|paljon|pitk\\w+|kauan|suuri|suuria|korkea|vanha|usein|kaukana|syvä)"
    ),
    "how": asked("miten|kuinka|millä (?:tavalla|tavoin)"),
    "what": asked("mi(?:kä|tkä|tä|nkä|llä|llai\\w+|nkälai\\w+)"),
}
