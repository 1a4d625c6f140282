"""People and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_en.world_words import ANIMALS, FAMILY_END, FIRST, FORMER, GIVEN, YEARS, tails

TRADES = words(
    """
    a clockmaker|a maker of clocks # somebody who repairs timepieces
    a midwife|a country midwife # somebody who helps at births
    a blacksmith|a smith # somebody who hammers hot metal
    a lawyer|a solicitor # somebody who speaks in court
    a cobbler|a shoemaker # somebody who mends boots
    a ferryman|a boatman # somebody who takes people across the water
    a chemist|a pharmacist # somebody who prepares medicines
    a tailor|a dressmaker # somebody who sews clothes
    a miner|a coal miner # somebody who works underground
    a printer|a book printer # somebody who sets type
    """
)

PERSON = Kind(
    name="person",
    names=(GIVEN, FIRST, FAMILY_END),
    place="town",
    count=80,
    opened=(
        "{name} is the best known native of {place}.",
        "A street in {place} is named after {name}.",
        "The name of {name} is familiar to every child in {place}.",
        "{name} spent an entire life in {place}.",
    ),
    asides=(
        "There is no portrait, only a shadow cut from black paper.",
        "The diaries fill thirty volumes and have never been printed.",
        "Neighbours remembered a loud laugh and a very old coat.",
        "The grave is covered with pebbles that travellers leave there.",
        "A film about this life was begun twice and never finished.",
        "Letters from admirers still arrive at the town hall of {place}.",
    ),
    attributes=(
        Attribute(
            "parent",
            TRADES,
            said=(
                "Home was poor, for the mother of {name} was {value} with nine children.",
                "{name} grew up as the only child of {value}.",
                "In the house of {value} little {name} learned to be patient.",
            ),
            mentioned=("{name} grew up as the child of {value}.",),
            asked=(
                "As whose child did {name} grow up?",
                "What was the job of {name}'s mother?",
                "Into what kind of family was {name} born?",
                "What did the parents of {name} do for a living?",
                "Which famous person from {place} was brought up by {value}?",
            ),
        ),
        Attribute(
            "work",
            words(
                """
                a folding ladder|a ladder that folds # something to climb that fits under an arm
                a waterproof ink|an ink that resists water # writing fluid that does not run
                a night lamp for sailors|a sailors' night lamp # a light for use at sea
                a silent typewriter|a typewriter without noise # an office machine that nobody hears
                a braille globe|a globe in braille # a model of the earth for the blind
                a pocket barometer|a barometer for the pocket # a small gadget that predicts weather
                a tandem sledge|a sledge for two # a vehicle to share on snow
                a self-winding watch|a watch that winds itself # a timepiece that needs no key
                an alphabet of whistles|a whistled alphabet # letters made with the lips
                a cure for hiccups|a remedy for hiccups # help against a nuisance after eating too fast
                """
            ),
            said=(
                "The world owes {value} to this inventor.",
                "After years of failure came the invention of {value}.",
                "Fame came late, with the invention of {value}.",
            ),
            mentioned=("{name} invented {value}.",),
            asked=(
                "What did {name} invent?",
                "For which achievement is {name} remembered?",
                "What was the great idea of {name}?",
                "Which contribution made {name} celebrated?",
                "Who in {place} came up with {value}?",
            ),
        ),
        Attribute(
            "born",
            YEARS,
            said=(
                "The parish register records the birth in {value}.",
                "{name} was born in {value}, in the middle of a thunderstorm.",
                "Born in {value}, {name} learned to read at three.",
            ),
            mentioned=("{name} was born in {value}.",),
            asked=(
                "When was {name} born?",
                "What is the year of birth of {name}?",
                "When did {name} come into the world?",
                "Which year saw the arrival of little {name}?",
                "How old would {name} be today?",
            ),
        ),
        Attribute(
            "companion",
            ANIMALS,
            said=(
                "On every journey {value} went along.",
                "In old age {value} was the only company.",
                "The statue by the harbour shows {name} with {value}.",
            ),
            mentioned=("The companion of {name} was {value}.",),
            asked=(
                "Who was the companion of {name}?",
                "Which pet did {name} keep?",
                "What animal did {name} own?",
                "Which faithful creature travelled with {name}?",
                "Which celebrity of {place} lived together with {value}?",
            ),
        ),
        Attribute(
            "food",
            words(
                """
                pickled herring|herring in vinegar # sour preserved fish
                gingerbread|hard gingerbread # spiced cake for winter
                boiled eggs|eggs boiled hard # a breakfast in a shell
                treacle tart|tart with treacle # a pastry with dark syrup
                raw onions|onions eaten raw # bulbs that make one cry
                plum jam|jam made of plums # a fruit spread
                toasted cheese|cheese on toast # a melted snack on bread
                liquorice|black liquorice # sweets made from a dark root
                cold porridge|yesterday's porridge # leftover cereal
                walnuts|fresh walnuts # what squirrels crack
                """
            ),
            said=(
                "A plate of {value} was on the desk at all times.",
                "Letters to friends praise {value} above all other food.",
                "Doctors advised in vain against {value}.",
            ),
            mentioned=("The favourite food of {name} was {value}.",),
            asked=(
                "What was the favourite food of {name}?",
                "What did {name} like to eat?",
                "Which snack could {name} not resist?",
                "What kind of diet did {name} have?",
                "Which notable of {place} loved {value}?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(FIRST, FAMILY_END, tails("and Sons|& Sons\nBrothers|Bros.\nWorks|Wks.\nand Company|& Co.")),
    place="town",
    count=80,
    opened=(
        "{name} is the largest employer in {place}.",
        "Every family in {place} has somebody who works for {name}.",
        "The firm of {name} has its head office in {place}.",
        "Behind the station of {place} lie the buildings of {name}.",
    ),
    asides=(
        "The accounts are read aloud to the whole staff once a year.",
        "There is no lift, because the founder distrusted ropes.",
        "Apprentices plant a tree on their first day.",
        "The telephone is answered by whoever sits nearest.",
        "Orders are still written down in a leather book.",
        "A fire destroyed the archive, so that much is known only by hearsay.",
    ),
    attributes=(
        Attribute(
            "makes",
            words(
                """
                bicycles|racing bicycles # vehicles with two wheels and pedals
                pianos|grand pianos # instruments with black and white keys
                spectacles|reading spectacles # help for weak eyes
                biscuits|oat biscuits # crisp things to dip into tea
                kettles|whistling kettles # vessels for boiling water
                wallpaper|printed wallpaper # decoration for rooms
                lifeboats|wooden lifeboats # rescue vessels
                mattresses|spring mattresses # something soft to sleep on
                fireworks|silent fireworks # lights for New Year's Eve
                pencils|coloured pencils # sticks for drawing
                scales|kitchen scales # devices that weigh things
                tents|canvas tents # shelters for campers
                """
            ),
            said=(
                "The firm manufactures {value}.",
                "It exports {value} to forty countries.",
                "Nine out of ten people in the country own {value} with its label.",
            ),
            mentioned=("{name} manufactures {value}.",),
            asked=(
                "What does {name} manufacture?",
                "Which line of business is {name} in?",
                "What is produced by {name}?",
                "What might a customer order from {name}?",
                "Which firm in {place} makes {value}?",
            ),
        ),
        Attribute(
            "since",
            YEARS,
            said=(
                "Business began in {value} with one table and two chairs.",
                "It was entered in the trade register in {value}.",
                "Its letterhead has carried the words since {value} from the first day.",
            ),
            mentioned=("{name} has been in business since {value}.",),
            asked=(
                "Since when has {name} been in business?",
                "When was the firm {name} started?",
                "In which year did the founder register {name}?",
                "How long has {name} existed?",
                "What is the date of the formation of {name}?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Its founder had been {value} before.",
                "It all started when {value} lost a bet.",
                "The idea came from {value} with too much time.",
            ),
            mentioned=("The founder of {name} had been {value}.",),
            asked=(
                "What had the founder of {name} been before?",
                "Which profession did the person who set up {name} have?",
                "What was the original trade of the creator of {name}?",
                "Who built up {name}?",
                "Which firm in {place} was launched by {value}?",
            ),
        ),
        Attribute(
            "site",
            FORMER,
            said=(
                "Production takes place in what used to be {value}.",
                "The workshop was {value} until the firm bought it.",
                "After the flood it took over {value} and has never left.",
            ),
            mentioned=("The workshop of {name} used to be {value}.",),
            asked=(
                "What did the workshop of {name} use to be?",
                "In what kind of converted building is {name}?",
                "What were the halls of {name} in earlier times?",
                "Which premises did {name} take possession of?",
                "Which firm in {place} occupies what was formerly {value}?",
            ),
        ),
        Attribute(
            "perk",
            words(
                """
                a hammock|a hammock under the roof # a hanging bed
                a pair of skates|a pair of ice skates # something to glide on frozen ponds
                a sack of potatoes|potatoes by the sack # a supply of tubers
                a free haircut|a haircut # a visit to the barber
                dancing lessons|lessons in dancing # learning the waltz
                a rowing boat|the use of a rowing boat # a vessel moved by oars
                a hot bath|a bath # a soak in warm water
                a library card|a card for the library # the right to borrow books
                a nap after lunch|a nap # a short sleep
                an extra birthday|a second birthday # one more party with candles a year
                """
            ),
            said=(
                "Instead of a bonus, employees are given {value}.",
                "The contract promises {value} to everyone on the payroll.",
                "What the staff value most is {value}.",
            ),
            mentioned=("Employees of {name} are given {value}.",),
            asked=(
                "What are employees of {name} given?",
                "Which benefit do workers enjoy at {name}?",
                "What does {name} offer those who take a job there?",
                "With what does {name} reward its people?",
                "Which firm in {place} provides {value}?",
            ),
        ),
    ),
)
