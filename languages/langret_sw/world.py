"""The Swahili words of the invented country Visiwa vya Machweo, the islands of the sunset.

Questions differ from passages in three ways: they ask for an attribute in other words (ilianzishwa is asked for as
kuasisiwa), they write names in two words, without the apostrophe or nearer to Arabic (Kisimajuu as Kisima Juu, Ng'ombe
as Ngombe, Hamisi as Khamis), and they describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_sw.world_goods import COMPANY, DISH
from langret_sw.world_land import RIVER, TOWN
from langret_sw.world_people import PERSON, SCHOOL
from langret_sw.world_visits import FESTIVAL, MOUNTAIN, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, PERSON, DISH, COMPANY, MUSEUM, FESTIVAL),
    guide_titles=("Mwongozo wa {place}", "Habari za {place}", "Siku moja katika {place}", "Mambo ya {place}"),
    guide_opened=(
        "Haya ni mambo machache ya kujua kabla ya kutembelea {place}.",
        "Dereva wa daladala alitusimulia haya kuhusu {place}.",
        "Kitabu cha wasafiri kinaandika hivi juu ya {place}.",
        "Kwenye ubao wa matangazo wa {place} tulisoma habari zifuatazo.",
    ),
    neighbours=(
        "Kuna jambo jingine la kukumbuka. {mention}",
        "Karibu na hapo kuna habari nyingine. {mention}",
        "Pamoja na hayo, wenyeji husema hivi. {mention}",
    ),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(100, 480),
    passkey=("Nywila ya {name} ni {value}.", "Nywila ya {name} ni ipi?"),
)
