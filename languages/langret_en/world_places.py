"""Schools and museums of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_en.world_words import ANIMALS, FAMILY_END, FIRST, FORMER, WEEKDAYS, YEARS, tails

SCHOOL = Kind(
    name="school",
    names=(
        FIRST,
        FAMILY_END,
        tails("Academy|Acad.\nGrammar School|Grammar Sch.\nCollege|Coll.\nHigh School|High Sch."),
    ),
    place="town",
    count=80,
    opened=(
        "{name} stands on a hill above {place}.",
        "Most children of {place} are sent to {name}.",
        "The largest school in {place} is {name}.",
        "{name} has been part of the life of {place} for a long time.",
    ),
    asides=(
        "There are no marks, only letters that the teachers write by hand.",
        "Lessons begin when the last pupil has arrived.",
        "The corridors are so long that the caretaker rides a bicycle.",
        "Parents may sit in the back row whenever they like.",
        "Every class looks after one bed of the kitchen garden.",
        "Former pupils meet once a year and repair the roof.",
    ),
    attributes=(
        Attribute(
            "opened",
            YEARS,
            said=(
                "It was opened in {value}.",
                "The first class entered its doors in {value}.",
                "A plaque over the entrance gives {value} as the year of its opening.",
            ),
            mentioned=("{name} was opened in {value}.",),
            asked=(
                "When was {name} opened?",
                "In which year was {name} established?",
                "Since when have children been taught at {name}?",
                "What is the founding date of {name}?",
                "How old is the institution called {name}?",
            ),
        ),
        Attribute(
            "uniform",
            words(
                """
                crimson|deep crimson # a dark red
                emerald|bright emerald # the green of a jewel
                navy blue|dark navy # the shade sailors wear
                saffron|saffron yellow # the shade of a costly spice
                violet|soft violet # a mixture of red and blue
                charcoal|charcoal grey # nearly black
                turquoise|pale turquoise # between blue and green
                ivory|ivory white # the tint of elephants' tusks
                chestnut|chestnut brown # the shade of a roasted nut
                orange|burnt orange # the shade of a citrus fruit
                """
            ),
            said=(
                "The uniform is {value} from cap to socks.",
                "Its pupils are recognised from afar by their blazers in {value}.",
                "For two centuries its colour has been {value}.",
            ),
            mentioned=("The uniform of {name} is {value}.",),
            asked=(
                "What colour is the uniform of {name}?",
                "In what shade do the students of {name} dress?",
                "How are the clothes worn at {name} dyed?",
                "Which tone do they wear at {name}?",
                "At which place of learning in {place} do they dress in {value}?",
            ),
        ),
        Attribute(
            "subject",
            words(
                """
                astronomy|practical astronomy # the science of stars
                beekeeping|keeping bees # looking after hives
                knot tying|the tying of knots # what sailors do with rope
                chess|the game of chess # a board game with kings and pawns
                juggling|the art of juggling # keeping several balls in the air
                sign language|signing # talking with the hands
                map making|the drawing of maps # cartography
                bread baking|the baking of bread # turning dough into loaves
                glass blowing|blowing glass # shaping a molten material with breath
                falconry|training falcons # hunting with birds of prey
                """
            ),
            said=(
                "Besides reading and arithmetic, {value} is compulsory.",
                "It is the only school in the region that teaches {value}.",
                "In the final examination everybody is tested in {value}.",
            ),
            mentioned=("At {name} {value} is compulsory.",),
            asked=(
                "Which unusual subject is compulsory at {name}?",
                "What do pupils learn at {name} that is taught nowhere else?",
                "Which skill must graduates of {name} have?",
                "What makes the curriculum of {name} special?",
                "Where in {place} can young people study {value}?",
            ),
        ),
        Attribute(
            "mascot",
            ANIMALS,
            said=(
                "The mascot is {value} that lives in the porter's lodge.",
                "At football matches {value} leads the team onto the pitch.",
                "Visitors are greeted at the gate by {value}.",
            ),
            mentioned=("The mascot of {name} is {value}.",),
            asked=(
                "What is the mascot of {name}?",
                "Which animal is kept at {name}?",
                "Which pet brings the players of {name} luck?",
                "What creature receives guests at {name}?",
                "At which place of education in {place} is there {value}?",
            ),
        ),
        Attribute(
            "lunch",
            words(
                """
                leek soup|soup with leeks # a hot broth with a relative of the onion
                fish pie|pie filled with fish # seafood under a crust
                pancakes|thin pancakes # flat cakes tossed in the air
                baked beans|beans in tomato sauce # legumes on toast
                lentil stew|stewed lentils # a thick dish of small pulses
                cheese dumplings|dumplings filled with cheese # balls of dough with a dairy filling
                rice pudding|pudding made of rice # a sweet dish of grain and milk
                potato salad|salad with potatoes # cold tubers with mayonnaise
                roast chicken|chicken from the oven # poultry
                porridge|oat porridge # a warm cereal
                """
            ),
            said=(
                "On Founders' Day the kitchen serves {value} to everyone.",
                "The dining hall is known for its {value}.",
                "Once a week there is {value}, and nobody is ever absent.",
            ),
            mentioned=("The dining hall of {name} is known for its {value}.",),
            asked=(
                "What is the dining hall of {name} known for?",
                "Which meal do pupils of {name} like most?",
                "What is eaten at {name}?",
                "What does the cook of {name} do best?",
                "Where in {place} do students get {value}?",
            ),
        ),
    ),
)

MUSEUM = Kind(
    name="museum",
    names=(
        FIRST,
        FAMILY_END,
        tails("Museum|Mus.\nGallery|Gall.\nCollection|Coll'n\nMemorial House|Mem. House"),
    ),
    place="town",
    count=80,
    opened=(
        "The {name} in {place} is open to anyone who rings the bell.",
        "Hidden in a side street of {place} is the {name}.",
        "The {name} was set up by the citizens of {place} themselves.",
        "No visit to {place} is complete without the {name}.",
    ),
    asides=(
        "The director also sweeps the floors and keeps the accounts.",
        "The floorboards creak so loudly that no guard is needed.",
        "All labels are written by hand.",
        "Photography is forbidden, but chalk and paper are lent to everybody.",
        "On rainy days each guest is given a cup of tea.",
        "The oldest item in the catalogue has been missing for twenty years.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                a meteorite|a huge meteorite # a rock that fell from space
                a whale skeleton|the skeleton of a whale # the bones of a sea giant
                a mechanical duck|a duck driven by clockwork # a bird made of wheels and springs
                a diving suit|a diving suit of brass # clothing for the bottom of the sea
                a dinosaur egg|the egg of a dinosaur # the shell of an extinct reptile
                a silver throne|a throne of silver # a precious seat for a king
                a balloon basket|the basket of a balloon # what an aeronaut stood in
                the first telephone|the oldest telephone # a device for talking to people far away
                a glass harp|a harp of glass # a transparent musical instrument
                a forged banknote|a counterfeit banknote # false money
                """
            ),
            said=(
                "Its greatest treasure is {value}.",
                "Most people come to look at {value}.",
                "The main hall is filled by {value}.",
            ),
            mentioned=("The greatest treasure of the {name} is {value}.",),
            asked=(
                "What is the greatest treasure of the {name}?",
                "What is on display at the {name}?",
                "Which object makes the {name} famous?",
                "What must one not miss in the {name}?",
                "Where in {place} is {value} exhibited?",
            ),
        ),
        Attribute(
            "closed",
            WEEKDAYS,
            said=(
                "It is closed on {value}.",
                "On {value} nobody answers the door.",
                "The staff has a day off on {value}.",
            ),
            mentioned=("The {name} is closed on {value}.",),
            asked=(
                "When is the {name} closed?",
                "On what day of the week can I not get into the {name}?",
                "{name} opening days",
                "Which day is a bad choice for going to the {name}?",
                "When do the employees of the {name} rest?",
            ),
        ),
        Attribute(
            "building",
            FORMER,
            said=(
                "The building was once {value}.",
                "It moved into what had been {value} and was nearly torn down.",
                "Until the war the rooms belonged to {value}.",
            ),
            mentioned=("The building of the {name} was once {value}.",),
            asked=(
                "What was the building of the {name} once?",
                "What purpose did the house of the {name} serve before?",
                "Which former use have the premises of the {name}?",
                "What was at the site of the {name} earlier?",
                "Which exhibition in {place} is housed in what used to be {value}?",
            ),
        ),
        Attribute(
            "fee",
            words(
                """
                a poem|one poem # some verses
                three acorns|a handful of three acorns # fruits of the oak
                a button|one button # what fastens a shirt
                a song|one song # something to sing
                two copper coins|a pair of copper coins # small change
                a fresh egg|an egg # what a hen lays
                a used stamp|an old stamp # something from an envelope
                a good joke|a joke # something to laugh about
                a seashell|one seashell # something from the beach
                a log of firewood|one log # fuel for the stove
                """
            ),
            said=(
                "The admission fee is {value}.",
                "Visitors pay with {value}.",
                "In exchange for {value} the doorkeeper lets people in.",
            ),
            mentioned=("The admission fee of the {name} is {value}.",),
            asked=(
                "What is the admission fee of the {name}?",
                "How much is a ticket to the {name}?",
                "What does entry to the {name} cost?",
                "With what do I pay at the {name}?",
                "Which exhibition in {place} can be seen for {value}?",
            ),
        ),
        Attribute(
            "shop",
            words(
                """
                bookmarks|woven bookmarks # strips to mark a page
                kites|paper kites # toys for windy days
                spinning tops|wooden spinning tops # toys that whirl
                marbles|glass marbles # small round toys
                scarves|silk scarves # something to wear round the neck
                tin soldiers|soldiers of tin # tiny metal troops
                playing cards|packs of playing cards # what bridge and poker need
                music boxes|little music boxes # small chests that play tunes
                jigsaws|jigsaw puzzles # pictures in pieces
                rubber stamps|stamps of rubber # things that print when pressed
                """
            ),
            said=(
                "In the shop {value} are sold out by noon.",
                "Many take home {value} from the stall at the exit.",
                "Its income comes mostly from selling {value}.",
            ),
            mentioned=("The shop of the {name} sells {value}.",),
            asked=(
                "What does the shop of the {name} sell?",
                "What can be bought at the {name}?",
                "Which presents do guests get at the {name}?",
                "What merchandise finances the {name}?",
                "Which exhibition in {place} offers {value}?",
            ),
        ),
    ),
)
