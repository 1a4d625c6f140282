"""The Korean words of the invented country 늘봄나라 (Neulbom-nara, the land of everlasting spring).

Every word carries its particles (은/는, 이/가, 을/를, 과/와, 으로/로 …), so that a sentence asks for ``{name.은}``
and gets the right one. Questions use other words than passages, other spellings of names (솔내강 as 솔내 강,
중학교 as 중, a whole name in Latin letters), and describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_ko.world_land import RIVER, TOWN
from langret_ko.world_mountains import MOUNTAIN
from langret_ko.world_people import DISH, PERSON
from langret_ko.world_schools import SCHOOL

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, PERSON, DISH),
    guide_titles=("{place} 나들이", "{place} 수첩", "처음 만나는 {place}", "{place} 이야기 모음"),
    guide_opened=(
        "{place.을} 찾는 이들을 위해 알아 두면 좋은 것을 몇 가지 적어 둔다.",
        "{place}에 관해 자주 받는 질문을 안내소 노인에게 물어보았다.",
        "늘봄나라 여행 안내서의 {place} 항목에는 다음과 같이 쓰여 있다.",
        "{place} 초등학생들이 만든 벽신문에는 이런 기사가 실렸다.",
    ),
    neighbours=("참고로 {mention}", "덧붙이자면 {mention}", "함께 기억할 것이 하나 있다. {mention}"),
    joiner=" ",
    name_joiner="",
    # Particles are written onto the word, so a form is found inside a word too.
    spaced=False,
    length=(60, 300),
    passkey=("{name}의 비밀번호는 {value}번이다.", "{name}의 비밀번호는 몇 번인가요?"),
)
