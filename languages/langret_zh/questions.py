"""Chinese question words of both scripts that leave no doubt, for slices of a benchmark by kind of question.

They are matched in the words that the segmenter finds: ``认为什么`` does not ask why.
"""

from __future__ import annotations

_WHAT = "(?:什么|什麼|甚么|甚麼)"
_WHICH = "哪(?![怕吒能])\\w* ?(?:一 ?)?[个個]?"

QUESTIONS: dict[str, str] = {
    "who": " (?:谁|誰|哪 ?一? ?位) ",
    "when": (
        f" (?:{_WHAT} ?(?:时候|時候|时间|時間|时期|時期|时代|時代|年代|年份|日期)|何时|何時|何年|"
        f"{_WHICH} ?(?:年|年份|天|日|月|月份|年代|世纪|世紀|时期|時期|时代|時代|朝代)|几 ?月|幾 ?月) "
    ),
    "where": (
        f" (?:哪里|哪裡|哪裏|哪儿|哪兒|何处|何處|何地|{_WHAT} ?地方|"
        f"{_WHICH} ?(?:国家|國家|城市|省|省份|地区|地區|地方|州|县|縣|市|区|區|村|镇|鎮|岛|島)|"
        "(?:在|位于|位於) 哪(?= (?:[?!。] )?$)) "
    ),
    "why": "^(?:(?! 被 ).)* (?:为什么|為什麼|為什么|为何|為何) (?!服务|服務|[?!。])",
    "how-many": (
        "(?<!第) (?:多少|多长时间|多 ?久|多 ?(?:长|長|远|遠|高|大|重|深|宽|寬)|"
        "[几幾] ?(?:个|個|人|名|次|条|條|种|種|座|家|层|層|岁|歲|天|年|公里|米|间|間|部|张|張|支|只|隻)) "
    ),
    "how": " (?:怎么|怎麼|怎样|怎樣|如何)(?! (?:的|样|樣) ) ",
    "what": f" (?:{_WHAT}[样樣]?|{_WHICH}|何种|何種|(?:怎么样|怎麼樣|怎样|怎樣) 的) ",
}
