"""The Thai words of the invented country ดินแดนสายหมอก (Din Daen Sai Mok, the land of mist).

Questions differ from passages in three ways: they ask in other words, they often write names otherwise (with the
abbreviation of the kind, as รร. for โรงเรียน, in a spelling that people mix up, as หงษ์ for หงส์, or in Latin
letters), and they describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_th.world_land import HILL, RIVER, TOWN
from langret_th.world_people import PERSON, SCHOOL
from langret_th.world_things import DISH, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, HILL, SCHOOL, PERSON, DISH, MUSEUM),
    guide_titles=("เที่ยว{place}", "สมุดบันทึก{place}", "รู้จัก{place}", "เรื่องเล่าจาก{place}"),
    guide_opened=(
        "ผู้ที่จะเดินทางไป{place}ควรรู้เรื่องต่อไปนี้ไว้บ้าง",
        "หนังสือนำเที่ยวดินแดนสายหมอกเขียนถึง{place}ไว้ดังนี้",
        "คำถามที่คนถามกันบ่อยเกี่ยวกับ{place}มีคำตอบอยู่ที่นี่",
    ),
    neighbours=("อนึ่ง {mention}", "นอกจากนี้ {mention}", "เรื่องที่ควรจำไว้ด้วยคือ {mention}"),
    joiner=" ",
    readings=0.25,
    length=(60, 420),
    passkey=("รหัสผ่านของ{name}คือ {value}", "รหัสผ่านของ{name}คืออะไร"),
)
