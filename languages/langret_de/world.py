"""The German words of the invented country Lindonien.

Questions differ from passages in three ways: they ask for an attribute in other words (gegründet is asked for as
Entstehung or as how old), they often spell names differently (Mühltal as Muehlthal, Realschule as RS), and they
describe a value instead of naming it (Honig as what bees make).

Values are feminine, neuter or plural, whose nominative is also their accusative, so that no word has to change.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_de.world_land import RIVER, TOWN
from langret_de.world_people import COMPANY, PERSON
from langret_de.world_places import MUSEUM, SCHOOL

WORLD = WorldWords(
    kinds=(TOWN, RIVER, SCHOOL, PERSON, MUSEUM, COMPANY),
    guide_titles=(
        "Ein Rundgang durch {place}",
        "Wissenswertes über {place}",
        "Unterwegs in {place}",
        "Geschichten aus {place}",
    ),
    guide_opened=(
        "Wer nach {place} reist, sollte einige Dinge wissen.",
        "Eine alte Wirtin wurde gefragt, was man über {place} erzählen müsse.",
        "Im Reisehandbuch von Lindonien steht unter {place} das Folgende.",
        "Die Wandzeitung der Kinder von {place} meldete in diesem Monat Neues.",
    ),
    neighbours=(
        "Auch das gehört hierher: {mention}",
        "Eine Fußnote ergänzt: {mention}",
        "Noch etwas ist bemerkenswert. {mention}",
    ),
    joiner=" ",
    spaced=True,
    readings=0.3,
    length=(120, 620),
    passkey=("Das Kennwort für {name} lautet {value}.", "Wie lautet das Kennwort für {name}?"),
)
