"""The Arabic words of the invented country بلاد الندى (Bilad al-Nada, the lands of dew), in Modern Standard Arabic.

Questions differ from passages in three ways: they ask for an attribute in other words, they write names as people
type them (careless spelling, or Latin letters), and they describe a value instead of naming it. Sentences are
built so that a value never stands where an indefinite noun would need the alef of the accusative, and so that no
verb or adjective has to agree with it. The dialects share the passages and ask in their own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from langret.synthesis.world import WorldWords
from langret_ar.world_dialects import EGYPTIAN, MOROCCAN
from langret_ar.world_land import TOWN
from langret_ar.world_nature import MOUNTAIN, RIVER
from langret_ar.world_people import FESTIVAL, SCHOLAR
from langret_ar.world_school import SCHOOL
from langret_ar.world_table import DISH, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, FESTIVAL, SCHOLAR, DISH, MUSEUM),
    guide_titles=("جولة في {place}", "دليل {place}", "أوراق من {place}", "{place} في سطور"),
    guide_opened=(
        "هذه ملاحظات قصيرة لمن ينوي التجول في {place}.",
        "جمعنا هنا ما يسأل عنه الناس كثيرا في {place}.",
        "يقول دليل السفر في بلاد الندى تحت عنوان {place} ما يلي.",
        "كتب تلاميذ {place} في صحيفة الحائط هذه الأخبار.",
    ),
    neighbours=("وللعلم: {mention}", "ومما يحسن ذكره هنا: {mention}", "وفي الجوار خبر آخر: {mention}"),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(120, 700),
    passkey=("كلمة سر {name} هي {value}.", "ما هي كلمة سر {name}؟"),
)


def _asked_in(questions: Mapping[tuple[str, str], tuple[str, ...]], keep: int) -> WorldWords:
    """The same world, asked about in a dialect; the last ``keep`` standard wordings stay, as people mix the two."""
    kinds = []
    for kind in WORLD.kinds:
        attributes = tuple(
            replace(a, asked=(*questions[kind.name, a.name], *a.asked[len(a.asked) - keep :]))
            for a in kind.attributes
        )
        kinds.append(replace(kind, attributes=attributes))
    return replace(WORLD, kinds=tuple(kinds))


EGYPTIAN_WORLD = _asked_in(EGYPTIAN, keep=1)
MOROCCAN_WORLD = _asked_in(MOROCCAN, keep=2)
