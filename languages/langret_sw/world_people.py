"""Schools and people of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_sw.world_words import (
    ANIMALS,
    COLORS,
    FIRST_NAMES,
    LAST_NAMES,
    STEMS,
    TRADES,
    TREES,
    YEARS,
    people,
)

SCHOOL = Kind(
    name="school",
    names=(words("Shule ya Msingi|S.M.\nShule ya Sekondari|Sekondari ya"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} ni shule iliyopo {place}.",
        "Watoto wengi wa {place} husoma katika {name}.",
        "{name} imejengwa pembezoni mwa {place}.",
        "Shule inayopendwa zaidi na wazazi wa {place} ni {name}.",
    ),
    asides=(
        "Wanafunzi hufagia madarasa kwa zamu.",
        "Wakati wa mapumziko uwanja hujaa kelele za furaha.",
        "Maktaba yake hubaki wazi hadi jioni.",
        "Walimu wake wanajulikana kwa upole.",
        "Wanafunzi wengi huja kwa miguu.",
        "Bendera hupandishwa kila asubuhi.",
    ),
    attributes=(
        Attribute(
            "opened",
            YEARS,
            said=(
                "Ilifunguliwa {value}.",
                "Wanafunzi wa kwanza walipokelewa {value}.",
                "Jiwe la msingi liliwekwa {value}.",
            ),
            mentioned=("Ufunguzi wa {name} ulifanyika {value}.",),
            asked=(
                "Ufunguzi wa {name} ulifanyika lini?",
                "Masomo katika {name} yalianza mwaka gani?",
                "Ni lini {name} ilianza kupokea watoto?",
                "Kuanzishwa kwa {name} kulikuwa lini?",
            ),
        ),
        Attribute(
            "uniform",
            COLORS,
            said=(
                "Rangi ya sare yake ni {value}.",
                "Kila mwanafunzi huvaa shati ambalo rangi yake ni {value}.",
                "Sare hiyo ina rangi moja tu: {value}.",
            ),
            mentioned=("Rangi ya sare ya {name} ni {value}.",),
            asked=(
                "Rangi ya sare ya {name} ni ipi?",
                "Wanafunzi wa {name} huvaa mavazi ya namna gani?",
                "Nguo rasmi za {name} zina rangi gani?",
                "Nimnunulie mtoto wa {name} nguo za rangi gani?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Uwanjani kuna {value} uliopandwa na mwalimu mkuu wa kwanza.",
                "Wanafunzi hula chakula cha mchana chini ya {value}.",
                "Nembo ya shule ina picha ya {value}.",
            ),
            mentioned=("Nembo ya {name} ina picha ya {value}.",),
            asked=(
                "Nembo ya {name} ina picha ya nini?",
                "Mti gani uko katika kiwanja cha {name}?",
                "Watoto wa {name} hupata kivuli cha mti upi?",
                "Ni shule gani ya {place} inayotambulishwa kwa {value}?",
            ),
        ),
        Attribute(
            "club",
            words(
                """
                kwaya|kuimba kwa pamoja # sanaa ya sauti nyingi
                mpira wa wavu|voliboli # mchezo wa mikono na neti
                mashairi|utenzi # sanaa ya vina na mizani
                skauti|chama cha skauti # shughuli za kupiga kambi
                riadha|mbio na miruko # mchezo wa kukimbia
                sarakasi|viini macho # michezo ya viungo ya jukwaani
                mdahalo|majadiliano # mashindano ya hoja
                uchoraji|kuchora picha # sanaa ya brashi
                mpira wa pete|netiboli # mchezo wa kutupia kikapuni bila ubao
                ngonjera|mashairi ya majibizano # sanaa ya kujibizana kwa beti
                sataranji|chesi # mchezo wa mfalme na malkia ubaoni
                bustani|kilimo cha mboga # kazi ya kulima mchicha
                """
            ),
            said=(
                "Inasifika hasa kwa {value}.",
                "Baada ya vipindi wengi hubaki kufanya mazoezi ya {value}.",
                "Makombe yake mengi yalipatikana kwa {value}.",
            ),
            mentioned=("{name} inasifika hasa kwa {value}.",),
            asked=(
                "{name} inasifika hasa kwa nini?",
                "Klabu bora ya {name} inahusu nini?",
                "Ushindi wa {name} hutokana na shughuli gani?",
                "Ni shule gani ya {place} iliyobobea katika {value}?",
            ),
        ),
        Attribute(
            "students",
            people(112, 980, 7, "wanafunzi", "watoto"),
            said=(
                "Mwaka huu ina {value}.",
                "Waliosajiliwa ni {value}.",
                "Madarasa yake yanatosha {value}.",
            ),
            mentioned=("{name} ina {value}.",),
            asked=(
                "Idadi ya waliosajiliwa katika {name} ni ngapi?",
                "{name} ina vijana wangapi?",
                "Ni wangapi wanaosoma katika {name}?",
                "Ukubwa wa {name} ni wa wasomaji wangapi?",
            ),
        ),
    ),
)

PERSON = Kind(
    name="person",
    names=(FIRST_NAMES, LAST_NAMES),
    place="town",
    count=65,
    opened=(
        "{name} ni mtu mashuhuri wa {place}.",
        "{name} alikulia katika {place}.",
        "Watu wa {place} wanamheshimu sana {name}.",
        "Barabara moja ya {place} imepewa jina la {name}.",
    ),
    asides=(
        "Barua zake zimehifadhiwa na wajukuu.",
        "Alipenda kuamka mapema na kutembea.",
        "Majirani humkumbuka kwa ucheshi wake.",
        "Hakuwahi kukosa daftari mfukoni.",
        "Picha yake imetundikwa ukumbini.",
        "Alizungumza lugha nne kwa ufasaha.",
    ),
    attributes=(
        Attribute(
            "job",
            TRADES,
            said=(
                "Kazi yake ilikuwa {value}.",
                "Alijipatia riziki akiwa {value}.",
                "Kabla ya kuwa maarufu alikuwa {value}.",
            ),
            mentioned=("Kazi ya {name} ilikuwa {value}.",),
            asked=(
                "Kazi ya {name} ilikuwa nini?",
                "{name} alikuwa na taaluma gani?",
                "Familia ya {name} iliishi kwa ajira gani?",
                "Ni nani wa {place} aliyekuwa {value}?",
            ),
        ),
        Attribute(
            "born",
            YEARS,
            said=(
                "Alizaliwa {value}.",
                "Cheti chake kinaonyesha kwamba alizaliwa {value}.",
                "Mama yake alimleta duniani {value}.",
            ),
            mentioned=("{name} alizaliwa {value}.",),
            asked=(
                "{name} alizaliwa lini?",
                "Mwaka wa kuzaliwa kwa {name} ni upi?",
                "Ni lini {name} alikuja duniani?",
                "Umri wa {name} unahesabiwa kuanzia lini?",
            ),
        ),
        Attribute(
            "invention",
            words(
                """
                jiko la jua|tanuri la jua # kifaa cha kupikia bila kuni
                pampu ya upepo|bomba la upepo # mashine ya kuvuta maji kwa hewa
                baiskeli ya mianzi|basikeli ya mianzi # chombo cha magurudumu mawili cha mmea
                saa ya mchanga|kipima muda cha mchanga # chombo cha kupima wakati kwa punje
                mashine ya kukuna nazi|mbuzi ya umeme # kifaa cha kupata tui
                chandarua cha kukunja|neti ya kukunja # kinga dhidi ya mbu
                taa ya chupa|kandili ya chupa # kifaa cha mwanga kutoka takataka
                jembe la magurudumu|plau ya magurudumu # zana ya kulimia inayosukumwa
                kalamu ya wino wa majani|kalamu ya wino wa mimea # kifaa cha kuandikia cha asili
                darubini ya karatasi|kiona mbali cha karatasi # kifaa cha kutazama nyota
                mwavuli wa makuti|mwamvuli wa makuti # kinga ya mvua ya mnazi
                kiatu cha kuelea|ndara za majini # kitu cha kutembea juu ya maji
                """
            ),
            said=(
                "Alibuni {value}.",
                "Jina lake lilivuma kwa sababu ya {value}.",
                "Uvumbuzi wake unaojulikana zaidi ni {value}.",
            ),
            mentioned=("{name} alibuni {value}.",),
            asked=(
                "{name} alibuni nini?",
                "Uvumbuzi wa {name} ni upi?",
                "{name} aligundua kitu gani?",
                "Dunia inamkumbuka {name} kwa kifaa gani?",
                "Ni nani wa {place} aliyetengeneza {value}?",
            ),
        ),
        Attribute(
            "pet",
            ANIMALS,
            said=(
                "Rafiki yake wa nyumbani alikuwa {value}.",
                "Alimfuga {value} hadi uzee wake.",
                "Popote alipokwenda aliandamana na {value}.",
            ),
            mentioned=("{name} alimfuga {value}.",),
            asked=(
                "{name} alimfuga mnyama au ndege gani?",
                "Mnyama au ndege kipenzi wa {name} alikuwa yupi?",
                "Nyumbani kwa {name} kulikuwa na kiumbe gani?",
                "Ni nani wa {place} aliyeishi na {value}?",
            ),
        ),
        Attribute(
            "food",
            words(
                """
                ugali|sima # sembe iliyosongwa
                chapati|mkate wa kusukuma # kitu cha duara cha ngano kinachokaangwa
                maandazi|mahamri # vitafunio vitamu vya asubuhi
                ndizi za kuchoma|ndizi mzuzu # tunda la njano la motoni
                kachumbari|saladi ya nyanya # mboga mbichi zilizokatwakatwa
                biriani|biriyani # mlo wa sherehe wenye viungo vingi
                mhogo wa nazi|muhogo wa nazi # mizizi iliyopikwa kwa tui
                sambusa|sambusa za nyama # vitafunio vya pembe tatu
                kisamvu|majani ya muhogo # mboga ya kutwangwa
                vitumbua|vibibi # vitafunio vya mchele vya duara
                """
            ),
            said=(
                "Chakula alichokipenda ni {value}.",
                "Siku ya kuzaliwa alikula {value}.",
                "Hakuweza kulala bila kula {value}.",
            ),
            mentioned=("Chakula alichokipenda {name} ni {value}.",),
            asked=(
                "Chakula alichokipenda {name} ni kipi?",
                "Mlo wa kipenzi cha moyo wa {name} ulikuwa upi?",
                "{name} alifurahia kula kitu gani?",
                "Ni mwenyeji gani wa {place} aliyependa {value}?",
            ),
        ),
    ),
)
