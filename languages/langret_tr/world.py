"""The Turkish words of the invented country Meltem Ülkesi, the land of the summer breeze.

Questions differ from passages in three ways: they ask for an attribute in other words, they may write a name in
plain letters (Gökpınar as Gokpinar), apart (Kara Tepe) or in its pet form, and they describe a value instead of
naming it. Names take the suffix that their sentence needs, with vowel harmony; values stand where Turkish has the
bare form.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_tr.world_food import DISH
from langret_tr.world_land import RIVER, TOWN
from langret_tr.world_people import PERSON, SCHOOL
from langret_tr.world_things import COMPANY, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, SCHOOL, PERSON, DISH, MUSEUM, COMPANY),
    guide_titles=("Gezi notları: {place}", "{place} defteri", "{place.dat} hoş geldiniz", "{place} üzerine"),
    guide_opened=(
        "{place.dat} gidecek olanların bilmesi gereken birkaç şeyi buraya yazdık.",
        "{place} hakkında en çok sorulanları danışmadaki yaşlı memura sorduk.",
        "Meltem Ülkesi gezi kılavuzu {place} maddesinde şunları anlatır.",
        "{place} çocuklarının çıkardığı duvar gazetesinde şu haberler vardı.",
    ),
    neighbours=(
        "Aynı yöreyle ilgili bir bilgi daha verelim. {mention}",
        "Yakınlarda şu da anlatılır. {mention}",
        "Yerliler bunun yanına bir söz daha ekler. {mention}",
    ),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(100, 640),
    passkey=("{name} için parola {value} olarak belirlenmiştir.", "{name} için parola nedir?"),
)
