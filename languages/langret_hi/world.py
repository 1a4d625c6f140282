"""The Hindi words of the invented country मेघदेश (the land of clouds).

Questions ask in other words than the passages, write names as people type them (चंदनपुर as चन्दनपुर or
Chandanpur), and describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_hi.world_land import RIVER, TOWN
from langret_hi.world_life import DISH, FESTIVAL
from langret_hi.world_people import PERSON, SCHOOL
from langret_hi.world_sights import MOUNTAIN, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, FESTIVAL, PERSON, DISH, MUSEUM),
    guide_titles=("{place} की सैर", "{place} की पुस्तिका", "{place} के बारे में", "{place}: यात्रियों के लिए"),
    guide_opened=(
        "{place} की सैर पर निकलने से पहले कुछ बातें जान लेना अच्छा रहता है।",
        "मेघदेश की यात्रा-पुस्तक में {place} के बारे में यह लिखा है।",
        "{place} के एक बूढ़े मार्गदर्शक ने हमें ये बातें बताईं।",
        "{place} के बच्चों के दीवार-अख़बार में ये ख़बरें छपी थीं।",
    ),
    neighbours=("साथ ही, {mention}", "यह भी जानने योग्य है कि {mention}", "पास की एक और बात: {mention}"),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    readings=0.35,
    length=(80, 560),
    passkey=("{name} का पासवर्ड {value} है।", "{name} का पासवर्ड क्या है?"),
)
