"""The Chinese words of the invented country 澜国 (Lánguó, the land of ripples).

Questions differ from passages in three ways: they ask for an attribute in other words (建校 is asked for as 历史 or
哪一年办起来), they often write names in the other script or in pinyin (云溪镇 as 雲溪鎮 or yunxi镇), and they
describe a value instead of naming it (算盘 as 拨珠子算账的工具).
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_zh.world_land import RIVER, TOWN
from langret_zh.world_people import PERSON, SCHOOL
from langret_zh.world_sights import MOUNTAIN, MUSEUM
from langret_zh.world_things import CRAFT, DISH

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, PERSON, DISH, CRAFT, MUSEUM),
    guide_titles=("{place}漫步", "{place}手册", "初到{place}", "{place}闲话"),
    guide_opened=(
        "要去{place}的人，不妨先记住下面几件事。",
        "关于{place}，问讯处的老人常被问到这些事。",
        "澜国的旅行指南在{place}一章里这样写道。",
        "{place}的小学生办了一张墙报，上面写着这些消息。",
    ),
    neighbours=("另外，{mention}", "顺便一提，{mention}", "附近还有一件事值得一记：{mention}"),
    readings=0.25,
    length=(45, 230),
    passkey=("{name}的密码是{value}。", "{name}的密码是多少？"),
)
