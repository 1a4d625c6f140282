"""The Japanese words of the invented country 凪の国 (Nagi no Kuni, the land of calm seas).

Questions differ from passages in three ways: they ask for an attribute in other words (開校 is asked for as
設立 or できた年), they often write names in kana (鈴沢町 as すずさわまち), and they describe a value instead
of naming it (ホタル as 光る虫).
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_ja.world_land import RIVER, TOWN
from langret_ja.world_nature import ANIMAL, MOUNTAIN
from langret_ja.world_people import COMPANY, PERSON
from langret_ja.world_school import FESTIVAL, SCHOOL
from langret_ja.world_things import CRAFT, DISH
from langret_ja.world_visits import MUSEUM, STATION

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, FESTIVAL, PERSON, DISH, CRAFT, ANIMAL, COMPANY, STATION, MUSEUM),
    guide_titles=("{place}めぐり", "{place}の手帖", "はじめての{place}", "{place}よもやま話"),
    guide_opened=(
        "{place}をめぐる人のために、知っておきたいことを少しだけ書きとめておく。",
        "{place}についてよくたずねられることを、案内所の老人に聞いてみた。",
        "凪の国の旅行案内は、{place}の項で次のように述べている。",
        "{place}の小学生がつくった壁新聞には、こんな記事が並んでいた。",
    ),
    neighbours=("なお、{mention}", "ちなみに、{mention}", "あわせて覚えておきたいのは次のことだ。{mention}"),
    passkey=("{name}の暗証番号は{value}である。", "{name}の暗証番号は何番ですか？"),
)
