"""Thai question words that leave no doubt, for slices of a benchmark by kind of question.

They are matched in the words that the segmenter finds: ``กี่`` stands in ``เกี่ยว`` and ``ใคร`` in ``ใคร่``.
"""

from __future__ import annotations

_WHICH = "(?:ใด|อะไร|ไหน)"
_AMOUNT = "(?:เท่า ?ไร|เท่า ?ไหร่|เท่า ?ใด)"

QUESTIONS: dict[str, str] = {
    "who": " (?:ใคร|ผู้ ?ใด) ",
    "when": f" (?:เมื่อ ?(?:ใด|ไร|ไหร่)|(?:ปี|พ.ศ.|ค.ศ.|เดือน|วัน|วันที่|ศตวรรษ) ?(?:ที่ )?(?:{_WHICH}|{_AMOUNT})) ",
    "where": f" (?:ที่ ?(?:ไหน|ใด)|(?:อยู่|แห่ง) ?(?:ไหน|ใด)|(?:ประเทศ|จังหวัด|เมือง|อำเภอ|รัฐ|ทวีป|สถานที่) ?{_WHICH}) ",
    "why": " (?:ทำไม|เพราะ ?(?:เหตุ ?ใด|อะไร)|เหตุ ?ใด) ",
    "how-many": f"(?<!ที่) (?:กี่|{_AMOUNT}) ",
    "how": " (?<!ว่า )(?:อย่าง ?ไร|ยัง ?ไง) ",
    "what": f" (?:{_WHICH}|ว่า ?อย่าง ?ไร|สิ่ง ?ใด) ",
}
