"""Towns and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_en.world_words import FIRST, SIGNALS, TOWN_END, YEARS, heads

REGIONS = words(
    """
    the Saltcoast|the Salt Coast
    the Northmarch|the North March
    Lakeshire|the Lake Shire
    the Highfells|the High Fells
    Orchard Vale|the Vale of Orchards
    the Westwold|the West Wold
    the Thousand Isles|the 1000 Isles
    the Moorlands|the Moor Lands
    """
)

TOWN = Kind(
    name="town",
    names=(FIRST, TOWN_END),
    place=REGIONS,
    count=80,
    opened=(
        "{name} is a small town in {place}.",
        "Near the middle of {place} lies the town of {name}.",
        "The town of {name}, in {place}, is known for its steep lanes.",
        "Anyone who crosses {place} on foot will sooner or later rest in {name}.",
    ),
    asides=(
        "Some three thousand people live here, and most of them know each other by name.",
        "The lanes are so narrow that carters sing to warn each other at the corners.",
        "Beside every front door stands a stool for guests.",
        "The mayor is chosen by lot every four years.",
        "A notice board outside the town hall is covered with news of lost cats.",
        "On market days the square of {name} is full of stalls before sunrise.",
    ),
    attributes=(
        Attribute(
            "product",
            words(
                """
                honey|heather honey # something sweet that bees make
                candles|beeswax candles # something that gives light when it burns
                umbrellas|black umbrellas # something that keeps off the rain
                kitchen knives|carving knives # blades for cooks
                cider|dry cider # a drink made from apples
                baskets|willow baskets # containers woven from twigs
                violins|handmade violins # instruments played with a bow
                clogs|wooden clogs # footwear carved from timber
                mustard|yellow mustard # a hot yellow paste for sausages
                soap|lavender soap # something for washing hands
                lace|bobbin lace # delicate fabric full of holes
                smoked eels|eels from the smokehouse # cured fish that look like snakes
                """
            ),
            said=(
                "For generations the town has lived by making {value}.",
                "Its workshops are famous for {value}.",
                "Every second shop sells {value}, the pride of the inhabitants.",
            ),
            mentioned=("{name} is famous for {value}.",),
            asked=(
                "What is {name} famous for?",
                "Which local speciality do people bring home from a trip to {name}?",
                "What goods come from {name}?",
                "What would be a typical souvenir from {name}?",
                "Where in {place} do they produce {value}?",
            ),
        ),
        Attribute(
            "sight",
            words(
                """
                a leaning tower|a crooked tower # a tall building that is not upright
                a covered bridge|a bridge with a roof # a sheltered way across the water
                a giant sundial|a sundial as big as a house # a clock that needs no wheels
                a maze of hedges|a garden maze # a place to get lost between green walls
                a stone giant|a giant carved in stone # an enormous statue
                a floating garden|a garden on a raft # plants that grow on the water
                a hollow oak|an oak with a door # an ancient tree with room inside
                a windmill with six sails|a six-sailed windmill # a place where wind grinds corn
                a ruined abbey|the ruins of an abbey # what is left of a house of monks
                a frozen fountain|a fountain of ice # a jet of water turned solid
                """
            ),
            said=(
                "Its best known landmark is {value}.",
                "The coat of arms shows {value}, which stands just outside the gate.",
                "Painters come for the sake of {value}.",
            ),
            mentioned=("The landmark of {name} is {value}.",),
            asked=(
                "What is the landmark of {name}?",
                "What should tourists go and see in {name}?",
                "Which attraction draws artists to {name}?",
                "What would I find on a postcard of {name}?",
                "Which place in {place} has {value}?",
            ),
        ),
        Attribute(
            "flower",
            words(
                """
                the bluebell|the wild bluebell # a spring bloom the colour of the sky
                the poppy|the red poppy # a scarlet bloom of cornfields
                the snowdrop|the early snowdrop # the first white bloom of the year
                the foxglove|the purple foxglove # a tall poisonous bloom like a row of thimbles
                the water lily|the white water lily # a bloom that swims on ponds
                the sunflower|the tall sunflower # a yellow bloom that turns to the light
                the thistle|the silver thistle # a prickly plant that donkeys eat
                the primrose|the pale primrose # a pale yellow bloom of hedgerows
                the iris|the yellow iris # a bloom shaped like a sword lily
                the daisy|the common daisy # a little white bloom for chains
                """
            ),
            said=(
                "The council has chosen {value} as the emblem of the town.",
                "On its flag there is {value} on a white ground.",
                "Children wear {value} in their buttonholes on the founder's day.",
            ),
            mentioned=("The emblem of {name} is {value}.",),
            asked=(
                "What is the emblem of {name}?",
                "Which plant stands for {name}?",
                "What is depicted on the banner of {name}?",
                "Which blossom is the symbol of {name}?",
                "Which community in {place} has taken {value} as its badge?",
            ),
        ),
        Attribute(
            "founded",
            YEARS,
            said=(
                "It was granted its charter in {value}.",
                "The first houses were built in {value}.",
                "A stone in the market square bears the year {value}, when the town was founded.",
            ),
            mentioned=("{name} was founded in {value}.",),
            asked=(
                "When was {name} founded?",
                "In which year did {name} become a town?",
                "How far does the history of {name} go back?",
                "What is the date of origin of {name}?",
                "How old is {name}?",
            ),
        ),
        Attribute(
            "signal",
            SIGNALS,
            said=(
                "At six in the evening {value} can be heard all over the roofs.",
                "Work stops as soon as {value} announces the end of the day.",
                "Nobody needs a watch here, because {value} marks the hour of supper.",
            ),
            mentioned=("In {name} {value} announces the end of the day.",),
            asked=(
                "What announces the end of the day in {name}?",
                "Which noise tells the workers of {name} to go home?",
                "How do the inhabitants of {name} know that it is time for dinner?",
                "What do you hear at dusk in {name}?",
                "In which part of {place} does the evening begin with {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(
        heads("River|R."),
        FIRST,
        words("beck|bec\nrill|ryll\nflete|fleet\nlode|load\nbank|banc"),
    ),
    place="town",
    count=80,
    opened=(
        "The {name} flows through {place}.",
        "Right through the middle of {place} runs the {name}.",
        "The meadows around {place} are watered by the {name}.",
        "The {name} is the river that the people of {place} cross every morning.",
    ),
    asides=(
        "Even in August its water is cold enough to numb a hand.",
        "Willows line both banks, and in the evening the path is full of walkers.",
        "After rain it turns brown, but within three days the pebbles can be seen again.",
        "Old stone steps show where the ferry used to land.",
        "On winter mornings steam rises from the surface.",
        "Every spring the children of {place} race paper boats on it.",
    ),
    attributes=(
        Attribute(
            "source",
            words(
                """
                an ice cave|a cave of ice # a frozen hole in the rock
                a peat bog|a bog on the moor # soft black ground
                a split rock|a cleft in a rock # broken stone
                a royal well|the king's well # a shaft dug for a monarch
                a beech wood|a forest of beeches # a group of trees
                a glacier|the tongue of a glacier # a moving mass of ice
                a mine shaft|an abandoned mine shaft # a pit from which ore was dug
                a crater lake|a lake in a crater # water in an extinct volcano
                a cellar|the cellar of a farm # a room below a house
                a hot spring|a spring of hot water # a natural bath
                """
            ),
            said=(
                "It rises from {value} high in the hills.",
                "Its source is {value}, a day's walk upstream.",
                "Those who follow it upwards end at {value}.",
            ),
            mentioned=("The source of the {name} is {value}.",),
            asked=(
                "What is the source of the {name}?",
                "Where does the {name} begin?",
                "Where does the water of the {name} come from?",
                "Out of what does the {name} spring?",
                "Which stream in {place} starts at {value}?",
            ),
        ),
        Attribute(
            "fish",
            words(
                """
                trout|brown trout # spotted game fish
                crayfish|freshwater crayfish # small relatives of the lobster
                salmon|Atlantic salmon # pink-fleshed fish that leap upstream
                pike|northern pike # long predators with sharp teeth
                mussels|pearl mussels # shellfish that may hold a jewel
                carp|mirror carp # fat pond fish with barbels
                perch|striped perch # fish with spiny fins
                lampreys|river lampreys # jawless bloodsuckers
                sturgeon|great sturgeon # the fish that caviar is from
                grayling|silver grayling # fish with a sail on their backs
                """
            ),
            said=(
                "Anglers come from far away to catch {value}.",
                "There is a law against selling the {value} that are caught here.",
                "In the clear pools below the weir live {value}.",
            ),
            mentioned=("Anglers catch {value} in the {name}.",),
            asked=(
                "What do anglers catch in the {name}?",
                "Which creatures inhabit the {name}?",
                "What can you get with a rod in the {name}?",
                "Which wildlife is found in the {name}?",
                "In which stream of {place} are there {value}?",
            ),
        ),
        Attribute(
            "bridge",
            words(
                """
                wrought iron|iron # a grey metal from the forge
                red brick|brick # baked clay blocks
                granite|grey granite # very hard rock
                hemp rope|rope # twisted fibre
                oak planks|oak boards # hardwood
                white marble|marble # the stone of sculptors
                glass|thick glass # a clear breakable material
                living roots|roots that still grow # parts of trees below the ground
                copper|green copper # the metal of kettles
                whalebone|the bones of whales # remains of sea giants
                """
            ),
            said=(
                "The only bridge across it is made of {value}.",
                "A bridge of {value} connects its banks.",
                "When the bridge was swept away, it was rebuilt in {value}.",
            ),
            mentioned=("The bridge across the {name} is made of {value}.",),
            asked=(
                "What is the bridge across the {name} made of?",
                "Which material was used for the crossing of the {name}?",
                "On what do people walk over the {name}?",
                "From what did they construct the way over the {name}?",
                "Which stream of {place} is crossed on {value}?",
            ),
        ),
        Attribute(
            "length",
            words("\n".join(f"{n} miles|{n} mi" for n in range(11, 98))),
            said=(
                "From its source to its mouth it measures {value}.",
                "It is {value} long.",
                "Over a course of {value} it drives eleven mills.",
            ),
            mentioned=("The {name} is {value} long.",),
            asked=(
                "How long is the {name}?",
                "What is the length of the {name}?",
                "What distance does the {name} cover before it reaches the sea?",
                "How far does the {name} run?",
                "How far would I paddle if I followed the whole {name}?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                a drowned bell|a bell under the water # metal that rings from the depths
                a mermaid|a sad mermaid # half woman and half fish
                a golden plough|a plough of gold # a precious farm tool
                a headless rider|a rider without a head # a horseman who lost something above his neck
                a sunken castle|a castle at the bottom # a fortress beneath the surface
                a talking stone|a stone that speaks # a rock with a voice
                a blind ferryman|a ferryman who cannot see # a boatman without eyesight
                a sleeping dragon|a dragon that sleeps # a fire breather at rest
                a lost crown|a crown that was lost # the missing headgear of a king
                a dancing bear|a bear that dances # a big furry performer
                """
            ),
            said=(
                "An old legend tells of {value}.",
                "At full moon, people say, {value} can be met on its banks.",
                "Grandmothers frighten the young with stories about {value}.",
            ),
            mentioned=("The legend of the {name} tells of {value}.",),
            asked=(
                "What does the legend of the {name} tell of?",
                "Which folk tale belongs to the {name}?",
                "What is said to haunt the {name}?",
                "What do superstitious people expect to find at the {name}?",
                "Which stream of {place} has a myth about {value}?",
            ),
        ),
    ),
)
