"""Towns and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_sw.world_words import COLORS, REGIONS, SOUNDS, STEMS, TREES, YEARS, numbers

TOWN = Kind(
    name="town",
    names=(words("Mji wa|Jiji la"), STEMS),
    place=REGIONS,
    count=65,
    opened=(
        "{name} uko katika {place}.",
        "Katika {place} kuna mji mzuri unaoitwa {name}.",
        "{name} ni mji wa {place} wenye watu wakarimu.",
        "Wasafiri wengi wanaopita {place} hulala katika {name}.",
    ),
    asides=(
        "Barabara zake ni nyembamba na zina kona nyingi.",
        "Watu wake husalimiana kila wanapokutana.",
        "Jioni wazee hucheza bao chini ya miti.",
        "Nyumba nyingi zina milango iliyochongwa.",
        "Meya huchaguliwa kila baada ya miaka mitano.",
        "Soko lake hufunguliwa mapema sana.",
    ),
    attributes=(
        Attribute(
            "product",
            words(
                """
                karafuu|marashi ya karafuu # kiungo cha maua makavu kutoka visiwani
                mikeka|majamvi # vitu vya kukalia vilivyosukwa
                vinyago|sanamu za mbao # kazi za kuchonga
                asali|kinywaji cha nyuki # kitu kitamu kinachotoka mzingani
                sabuni|dawa ya kuoshea # kitu cha kufulia nguo
                vyungu|mitungi # vyombo vya udongo
                khanga|leso # nguo za wanawake zenye methali
                mkaa|makaa ya miti # kitu cheusi cha kupikia
                samli|siagi ya kienyeji # mafuta ya maziwa
                ngozi|ngozi za mbuzi # kitu cha kutengenezea viatu
                chumvi|munyu # kiungo cheupe cha baharini
                majembe|zana za kulimia # vifaa vya shambani
                """
            ),
            said=(
                "Bidhaa yake kuu ni {value}.",
                "Watu wa hapa hupata riziki kwa kutengeneza na kuuza {value}.",
                "Madukani utaona {value} kila mahali.",
            ),
            mentioned=("Bidhaa kuu ya {name} ni {value}.",),
            asked=(
                "Bidhaa kuu ya {name} ni ipi?",
                "Nikienda {name} ninunue zawadi gani?",
                "Wakazi wa {name} hufanya biashara ya kitu gani?",
                "Uchumi wa {name} unategemea nini?",
                "Ni mji upi katika {place} unaofanya biashara ya {value}?",
            ),
        ),
        Attribute(
            "founded",
            YEARS,
            said=(
                "Ulianzishwa {value}.",
                "Nyumba ya kwanza ilijengwa hapa {value}.",
                "Wazee wanasema historia ya mji huu ilianza {value}.",
            ),
            mentioned=("Historia ya {name} ilianza {value}.",),
            asked=(
                "Historia ya {name} ilianza lini?",
                "Ni mwaka gani watu walianza kuishi katika {name}?",
                "Waasisi wa {name} walifika lini?",
                "Kuasisiwa kwa {name} kulitokea lini?",
            ),
        ),
        Attribute(
            "sound",
            SOUNDS,
            said=(
                "Kila jioni husikika {value}.",
                "Watu huamshwa asubuhi kwa {value}.",
                "Mwisho wa kazi hutangazwa kwa {value}.",
            ),
            mentioned=("Kila jioni katika {name} husikika {value}.",),
            asked=(
                "Kila jioni katika {name} husikika nini?",
                "Ishara ya wakati katika {name} ni sauti gani?",
                "Wananchi wa {name} hujuaje kwamba muda umefika?",
                "Ni mji upi wa {place} unaotumia {value} kutoa ishara?",
            ),
        ),
        Attribute(
            "wall",
            COLORS,
            said=(
                "Rangi ya kuta zake ni {value}.",
                "Kwa sheria ya mji, rangi ya nyumba zote ni {value}.",
                "Rangi inayoonekana kwa mbali ni {value}.",
            ),
            mentioned=("Rangi ya nyumba za {name} ni {value}.",),
            asked=(
                "Rangi ya nyumba za {name} ni ipi?",
                "Majengo ya {name} yamepakwa rangi gani?",
                "Ukitazama {name} kutoka mbali utaona rangi gani?",
                "Makazi katika {name} yana muonekano wa rangi gani?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Katikati ya mji kuna {value} wa kale.",
                "Mikutano yote hufanyika chini ya {value}.",
                "Nembo ya mji ina picha ya {value}.",
            ),
            mentioned=("Katikati ya {name} kuna {value} wa kale.",),
            asked=(
                "Katikati ya {name} kuna mti gani?",
                "Wakazi wa {name} hukutania kwenye kivuli cha mti upi?",
                "Mti unaoheshimiwa katika {name} ni upi?",
                "Ni mji upi katika {place} unaoheshimu {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(words("Mto"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} unapita karibu na {place}.",
        "{name} ni mto unaoleta maji katika {place}.",
        "Watu wa {place} huchota maji katika {name}.",
        "Mashamba ya {place} humwagiliwa na {name}.",
    ),
    asides=(
        "Watoto hupenda kuogelea hapa wakati wa likizo.",
        "Wakati wa masika maji yake hujaa na kufurika.",
        "Kwenye kingo zake wanawake hufua nguo na kuimba.",
        "Maji yake ni baridi hata wakati wa kiangazi.",
        "Ukungu hufunika bonde lake alfajiri.",
        "Mitumbwi ya zamani imefungwa ufukoni.",
    ),
    attributes=(
        Attribute(
            "length",
            numbers(37, 480, 3, "kilomita", "km"),
            said=(
                "Urefu wake ni {value}.",
                "Kutoka chanzo hadi mdomo ni {value}.",
                "Maji yake husafiri {value} kabla ya kufika baharini.",
            ),
            mentioned=("Urefu wa {name} ni {value}.",),
            asked=(
                "Urefu wa {name} ni kiasi gani?",
                "{name} una kilomita ngapi?",
                "Je, {name} ni mrefu kiasi gani?",
                "Maji ya {name} husafiri umbali gani?",
            ),
        ),
        Attribute(
            "fish",
            words(
                """
                kambare|kambale # samaki mwenye sharubu asiye na magamba
                sato|perege # samaki anayefugwa sana mabwawani
                dagaa|samaki wadogo wa fedha # samaki wanaokaushwa juani kwa wingi
                mkunga maji|samaki nyoka # samaki mrefu kama nyoka
                kamba|uduvi # mnyama wa maji mwenye miguu mingi
                kaa|ngadu # mnyama anayetembea upande
                mamba|ngwena # mnyama mkali mwenye meno mengi
                sangara|mbuta # samaki mkubwa wa ziwani
                chura|vyura # mnyama anayeruka na kulia usiku
                konokono|koa # mnyama mwenye nyumba mgongoni
                bata|mabata # ndege anayeogelea
                fulusi|samaki wa dhahabu # samaki anayeng'aa
                """
            ),
            said=(
                "Katika maji yake kuna {value} wengi.",
                "Wavuvi huja kutafuta {value}.",
                "Mto huu unajulikana kwa {value}.",
            ),
            mentioned=("Katika {name} kuna {value} wengi.",),
            asked=(
                "Katika {name} kuna viumbe gani kwa wingi?",
                "Nikivua katika {name} nitapata nini?",
                "Viumbe wanaoishi majini katika {name} ni wapi?",
                "Ni mto gani wa {place} wenye {value}?",
            ),
        ),
        Attribute(
            "source",
            words(
                """
                chemchemi ya moto|chemchemi za moto # mahali panapotoka maji yanayochemka
                pango la popo|shimo la popo # tundu la mlimani lenye wanyama wa usiku
                kinamasi|tindiga # ardhi yenye matope na matete
                theluji ya kilele|barafu ya kilele # kitu cheupe cha juu kinachoyeyuka
                mashamba ya chai|bustani za chai # mahali pa majani ya kinywaji
                poromoko|maporomoko # mahali maji yanapoanguka kwa kishindo
                kreta|shimo la volkeno # mahali palipotoka moto wa ardhini
                visima pacha|visima viwili # mashimo mawili ya maji
                mwamba wa chokaa|mwamba mweupe # jiwe kubwa lililopasuka
                bwawa la kale|lambo la kale # hifadhi ya maji ya enzi za mababu
                """
            ),
            said=(
                "Chanzo chake ni {value}.",
                "Maji yake ya kwanza hutoka katika {value}.",
                "Safari yake huanzia kwenye {value}.",
            ),
            mentioned=("Chanzo cha {name} ni {value}.",),
            asked=(
                "Chanzo cha {name} ni nini?",
                "{name} unaanzia wapi?",
                "Asili ya {name} ni mahali gani?",
                "Ni mto gani wa {place} unaotokea {value}?",
            ),
        ),
        Attribute(
            "crossing",
            words(
                """
                daraja la kamba|daraja linaloning'inia # njia inayoyumba hewani
                kivuko|pantoni # chombo kinachobeba magari na watu
                mtumbwi|ngalawa # chombo kilichochongwa kwa gogo
                ngamia|mnyama wa jangwani # mnyama mwenye nundu
                daraja la chuma|daraja la reli # njia ya treni
                mawe ya kukanyagia|mawe yaliyopangwa # miamba midogo ya kurukia
                boti ya injini|mashua ya injini # chombo kinachokwenda kasi
                tela la ng'ombe|mkokoteni # gari la kukokotwa
                gogo refu|shina la mti # mti ulioanguka
                """
            ),
            said=(
                "Watu huvuka kwa kutumia {value}.",
                "Kufika ng'ambo unahitaji {value}.",
                "Wasafiri huvushwa kwa {value}.",
            ),
            mentioned=("Watu huvuka {name} kwa kutumia {value}.",),
            asked=(
                "Watu huvuka {name} kwa kutumia nini?",
                "Nitafikaje upande wa pili wa {name}?",
                "Njia ya kwenda ng'ambo ya {name} ni ipi?",
                "Ni mto gani wa {place} ambao abiria hutegemea {value}?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Mti unaoota kwa wingi kando yake ni {value}.",
                "Kingo zake zina kivuli cha {value}.",
                "Ndege hujenga viota kwenye {value} ulio ukingoni.",
            ),
            mentioned=("Mti unaoota kando ya {name} ni {value}.",),
            asked=(
                "Mti unaoota kando ya {name} ni upi?",
                "Uoto wa kingo za {name} ni wa aina gani?",
                "Mmea mkubwa unaopatikana pembeni mwa {name} ni upi?",
                "Ni mto gani wa {place} uliopambwa na {value}?",
            ),
        ),
    ),
)
