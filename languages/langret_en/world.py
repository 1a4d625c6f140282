"""The English words of the invented country of Merrowland.

Questions differ from passages in three ways: they ask for an attribute in other words (founded is asked for as
date back to or begin), they often spell names differently (Greywick as Graywyck, Academy as Acad.), and they
describe a value instead of naming it (a telescope as an instrument for looking at stars).
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_en.world_land import RIVER, TOWN
from langret_en.world_people import COMPANY, PERSON
from langret_en.world_places import MUSEUM, SCHOOL

WORLD = WorldWords(
    kinds=(TOWN, RIVER, SCHOOL, PERSON, MUSEUM, COMPANY),
    guide_titles=("A walk through {place}", "Notes on {place}", "{place} for beginners", "Tales of {place}"),
    guide_opened=(
        "Visitors on their way to {place} are given the following advice.",
        "An old guide at the inn was asked what people want to know about {place}.",
        "This is what the travel almanac of Merrowland has to say under the entry {place}.",
        "The wall newspaper made by the children of {place} reported as follows.",
    ),
    neighbours=(
        "Travellers should also know this: {mention}",
        "A footnote adds: {mention}",
        "One more thing is worth remembering. {mention}",
    ),
    joiner=" ",
    spaced=True,
    readings=0.2,
    length=(120, 620),
    passkey=("The passkey for {name} is {value}.", "What is the passkey for {name}?"),
)
