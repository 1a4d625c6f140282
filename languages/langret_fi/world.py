"""The Finnish words of the invented country Usvamaa, the land of mist.

Questions differ from passages in three ways: they ask for an attribute in other words, they may use the Swedish
name of a place (Koivumäki is Björkbacka) or a person's other given name, and they describe a value instead of
naming it. Names stand in the case that their sentence needs; values stand where Finnish has the plain form.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_fi.world_food import DISH
from langret_fi.world_land import RIVER, TOWN
from langret_fi.world_people import PERSON, SCHOOL
from langret_fi.world_things import COMPANY, MUSEUM

WORLD = WorldWords(
    kinds=(TOWN, RIVER, SCHOOL, PERSON, DISH, MUSEUM, COMPANY),
    guide_titles=("Matkalla: {place}", "Muistivihko: {place}", "Tervetuloa, {place}!", "Sattumia: {place}"),
    guide_opened=(
        "Seuraavat seikat on hyvä tietää, kun matkan päämääränä on {place}.",
        "Neuvonnan vanhus vastasi kysymyksiin, joiden aiheena oli {place}.",
        "Usvamaan matkaopas kertoo hakusanan {place} kohdalla seuraavaa.",
        "Koululaisten seinälehdessä, jonka otsikkona oli {place}, luki näin.",
    ),
    neighbours=(
        "Samalla seudulla kannattaa muistaa toinenkin asia. {mention}",
        "Lähistöltä kerrotaan vielä seuraavaa. {mention}",
        "Paikalliset lisäävät tähän mielellään yhden tiedon. {mention}",
    ),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(100, 640),
    passkey=("Nimen {name} tunnusluku on {value}.", "Mikä on nimen {name} tunnusluku?"),
)
