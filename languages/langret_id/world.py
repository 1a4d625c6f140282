"""The Indonesian words of the invented country Nusa Senja, the islands of dusk.

Questions differ from passages in three ways: they ask for an attribute in other words (didirikan is asked for as hari
jadi), they write names in the spelling of before 1972 or in two words (Sukajaya as Soekadjaja, Suka Jaya) and
abbreviations in full (SMP as Sekolah Menengah Pertama), and they describe a value instead of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_id.world_goods import COMPANY, DISH
from langret_id.world_land import RIVER, TOWN
from langret_id.world_people import PERSON, SCHOOL
from langret_id.world_visits import FESTIVAL, MOUNTAIN, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, PERSON, DISH, COMPANY, MUSEUM, FESTIVAL),
    guide_titles=("Panduan {place}", "Catatan tentang {place}", "Sehari di {place}", "Serba-serbi {place}"),
    guide_opened=(
        "Inilah beberapa hal yang perlu diketahui sebelum berkunjung ke {place}.",
        "Seorang sopir angkot menceritakan hal-hal berikut tentang {place}.",
        "Buku panduan Nusa Senja menulis begini mengenai {place}.",
        "Dari papan pengumuman di {place} kami menyalin keterangan berikut.",
    ),
    neighbours=(
        "Ada satu hal lagi yang patut dicatat. {mention}",
        "Di sekitar sana ada pula hal lain yang menarik. {mention}",
        "Sebagai tambahan, inilah kabar dari tempat yang sama. {mention}",
    ),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(120, 480),
    passkey=("Kata sandi {name} adalah {value}.", "Apa kata sandi {name}?"),
)
