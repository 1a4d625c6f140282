"""A second, tiny language, whose words change their shape: proof that the engine knows no grammar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from langret.language import Language
from langret.synthesis.world import Attribute, Kind, Word, WorldWords, words

FIRST = words("Ash\nBirch\nCrow\nDeer\nElm\nFern\nGold\nHazel\nIron\nLark\nMoss\nSaint|St\nNorth|N.")
LAST = (
    Word(({"": "Hollow", "of": "Hollow's"},)),
    Word(({"": "Market", "of": "Market's"},)),
    Word(({"": "Landing", "of": "Landing's"},)),
)
REGIONS = words("the High Fens|the Upper Marsh\nthe Salt Coast|the Briny Shore\nthe Far Dales")
GOODS = words(
    "smoked cheese|cured curd # dairy\nlace\nhoney # bee food\nrope|cordage\npewter\ncider # apple drink"
)
BIRDS = words("heron\nwren # tiny singer\nkestrel|windhover\ncurlew\nbittern\nteal|little duck")
FORMER = words("harbour|haven\nfortress|stronghold\nquarry # stone pit\nabbey\ntollgate\nhunting lodge")

TOWN = Kind(
    name="town",
    names=(FIRST, words("Ford\nWick\nField\nBridge\nMere\nCombe"), LAST),
    place=REGIONS,
    opened=(
        "{name} is a town in {place}.",
        "In {place}, travellers soon reach {name}.",
        "{place.cap} has many towns; {name} is the oldest of them.",
    ),
    asides=(
        "Every door has a bench beside it.",
        "The mayor is drawn by lot.",
        "Carts give way to geese here.",
        "The bakery opens before dawn.",
        "Nobody locks a gate.",
    ),
    attributes=(
        Attribute(
            "goods",
            GOODS,
            ("It is famous for {value}.", "{value.cap} has been made here for centuries."),
            ("{name.of} best known product is {value}.",),
            ("What should I buy in {name}?", "Which town of {place} sells {value}?", "{name} famous for"),
        ),
        Attribute(
            "bird",
            BIRDS,
            ("Its emblem is the {value}.", "The arms show a {value}."),
            ("{name.of} emblem is the {value}.",),
            ("Which animal stands for {name}?", "Which town of {place} honours the {value}?"),
        ),
        Attribute(
            "past",
            FORMER,
            ("Long ago it was a {value}.", "It grew around a {value}."),
            ("{name} was once a {value}.",),
            ("How did {name} begin?", "What is the history of {name}?"),
        ),
    ),
    count=12,
)
RIVER = Kind(
    name="river",
    names=(FIRST, words("water\nbrook\nburn\nrun\nbeck\nrill"), words("River|R.\nCanal")),
    place="town",
    opened=("The {name} flows through {place}.", "{place.of} mills are driven by the {name}."),
    asides=(
        "Willows line the banks.",
        "It freezes one winter in three.",
        "Its water tastes of iron.",
        "Children skip stones on it.",
    ),
    attributes=(
        Attribute(
            "source",
            words("a glacier\na cave|a cavern\na bog|a mire\na hot spring\na tarn|a mountain lake"),
            ("It rises from {value}.", "Its source is {value}."),
            ("The {name} rises from {value}.",),
            ("Where does the {name} start?", "Where does the stream through {place} come from?"),
        ),
        Attribute(
            "fish",
            words("trout\neels|slippery fish\npike\ncarp\notters"),
            ("Anglers come for its {value}.", "Its {value} are protected."),
            ("The {name} is known for its {value}.",),
            ("What lives in the {name}?", "Whoever likes {value} should visit which water of {place}?"),
        ),
        Attribute(
            "length",
            tuple(Word((f"{n} miles", f"{n} mi")) for n in range(11, 99, 8)),
            ("It is {value} long.", "From end to end it measures {value}."),
            ("The {name} is {value} long.",),
            ("How far does the {name} run?", "What is the extent of the {name}?"),
        ),
    ),
    count=12,
)
MINI = WorldWords(
    kinds=(TOWN, RIVER),
    guide_titles=("A walk around {place}",),
    guide_opened=("Four things that visitors to {place} always ask about.",),
    neighbours=("By the way: {mention}",),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    dev=8,
    test=16,
)
LEAST = {"passages": 60, "train": 60, "dev": 8, "test": 16}


class Mini(Language):
    code, name, script = "xx", "Mini", "Latn"
    version = "1"

    def __init__(self, words: WorldWords = MINI) -> None:
        self.words = words

    def normalize(self, text: str) -> str:
        return text

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.lower().split()

    def world(self) -> WorldWords:
        return self.words


@pytest.fixture
def mini() -> Mini:
    return Mini()


@pytest.fixture
def least() -> dict[str, int]:
    return LEAST


@pytest.fixture
def broken():
    """A mini world with one attribute of its towns changed, or with the kind itself changed."""

    def build(attribute: dict | None = None, kind: dict | None = None, world: dict | None = None) -> Mini:
        first, *others = TOWN.attributes
        town = replace(TOWN, attributes=(replace(first, **(attribute or {})), *others))
        town = replace(town, **(kind or {}))
        return Mini(replace(MINI, **{"kinds": (town, RIVER), **(world or {})}))

    return build
