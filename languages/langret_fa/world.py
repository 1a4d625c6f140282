"""The Persian words of the invented country سرزمین نسیم (the land of the breeze).

Questions ask in other words than the passages, write names as people type them (گل‌دشت بالا as گلدشت علیا or
گل دشت بالا), and describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_fa.world_land import RIVER, TOWN
from langret_fa.world_life import DISH, FESTIVAL
from langret_fa.world_people import PERSON, SCHOOL
from langret_fa.world_sights import MOUNTAIN, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, FESTIVAL, PERSON, DISH, MUSEUM),
    guide_titles=("گشتی در {place}", "راهنمای {place}", "یادداشت‌هایی از {place}", "{place} برای مسافران"),
    guide_opened=(
        "برای کسی که نخستین بار به {place} می‌رود، دانستن چند نکته سودمند است.",
        "در دفترچه راهنمای سرزمین نسیم درباره {place} چنین آمده است.",
        "پیرمردی که سال‌ها در {place} راهنما بوده، این‌ها را برای ما گفت.",
        "روزنامه دیواری بچه‌های {place} این خبرها را نوشته بود.",
    ),
    neighbours=("همچنین {mention}", "گفتنی است که {mention}", "از دیدنی‌های نزدیک هم باید گفت: {mention}"),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    readings=0.35,
    length=(80, 520),
    passkey=("رمز عبور {name} {value} است.", "رمز عبور {name} چیست؟"),
)
