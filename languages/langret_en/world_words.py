"""Word lists that several kinds of entity of the invented country share: parts of names, years, animals."""

from __future__ import annotations

from langret.synthesis.world import Word, words

YEARS = tuple(Word((str(year),)) for year in range(1712, 1956, 3))


def tails(text: str) -> tuple[Word, ...]:
    """Words that follow a name after a space, as ``Museum`` does."""
    return tuple(Word(tuple(f" {form}" for form in word.forms)) for word in words(text))


def heads(text: str) -> tuple[Word, ...]:
    """Words that stand before a name and a space, as ``River`` does."""
    return tuple(Word(tuple(f"{form} " for form in word.forms)) for word in words(text))


# Names: few parts in many names, each with another spelling, so that spellings can be learnt.
FIRST = words(
    """
    Grey|Gray
    Thorn|Thorne
    Bryn|Brin
    Wyn|Win
    Black|Blak
    Lyn|Lin
    Oak|Oke
    Clay|Clai
    Stoke|Stoak
    Marsh|Mersh
    Ayle|Ail
    Haw|Hawe
    Fair|Fayre
    Kirk|Kyrk
    Ember|Embre
    Raven|Ravyn
    Elder|Eldre
    Silver|Sylver
    Wolver|Wulver
    Hather|Hether
    Penny|Penni
    Quill|Quil
    Tarn|Tarne
    Dun|Dunn
    """
)
TOWN_END = words(
    """
    wick|wyck
    mere|meer
    bourne|burn
    leigh|ley
    borough|boro
    combe|coombe
    minster|mynster
    ford|fforde
    stead|sted
    haven|havyn
    """
)
FAMILY_END = words(
    """
    well|wel
    stone|ston
    worth|wurth
    man|mann
    shaw|shawe
    croft|crofte
    ridge|rigg
    field|feild
    more|moor
    win|wyn
    """
)
GIVEN = heads(
    """
    Catherine|Kathryn
    Steven|Stephen
    Geoffrey|Jeffrey
    Isobel|Isabel
    Philip|Phillip
    Ann|Anne
    Eliot|Elliott
    Marian|Marion
    Alan|Allan
    Teresa|Theresa
    Conor|Connor
    Sara|Sarah
    """
)

ANIMALS = words(
    """
    a hedgehog|an old hedgehog # a small animal covered in spines
    a parrot|a green parrot # a bird that repeats what people say
    a donkey|a stubborn donkey # a beast of burden with long ears
    a tortoise|an elderly tortoise # a slow reptile that carries its house
    a goose|a noisy goose # a large white bird that honks
    an otter|a tame otter # a playful furry swimmer
    a raccoon|a masked raccoon # a thief with a striped tail
    a goat|a billy goat # a horned climber that gives milk
    a ferret|a white ferret # a long thin hunter of rabbits
    a pony|a Shetland pony # a little horse
    """
)
SIGNALS = words(
    """
    a ship's horn|the horn of a ship # a deep sound from the water
    a brass band|a small brass band # trumpets and trombones
    a church bell|the bell of the church # ringing from a steeple
    a cannon shot|one shot from a cannon # gunfire
    a barrel organ|the tune of a barrel organ # music made by turning a crank
    a drum roll|the roll of a drum # sticks beating on a stretched skin
    a choir of children|a children's choir # young voices
    a steam whistle|the whistle of a steam engine # a shrill note from a boiler
    a rooster|the crow of a rooster # a farmyard bird calling
    a gong|the stroke of a gong # a big bronze disc being struck
    """
)
FORMER = words(
    """
    a sugar mill|an old sugar mill # a place where something sweet was made
    a prison|the county prison # a place where convicts were locked up
    a brewery|a disused brewery # a place where beer was made
    a lighthouse|an unlit lighthouse # a tower that guided ships
    a chapel|a Methodist chapel # a place of worship
    a fire station|the volunteers' fire station # the home of those who put out blazes
    a bakery|the village bakery # a place where bread was made
    a bank|the savings bank # a place where money was kept
    a theatre|a variety theatre # a place where plays were put on
    a weaving shed|the old weaving shed # a place where cloth was made
    """
)
WEEKDAYS = words(
    """
    Mondays|Monday
    Tuesdays|Tuesday
    Wednesdays|Wednesday
    Thursdays|Thursday
    Fridays|Friday
    Saturdays|Saturday
    Sundays|Sunday
    """
)
