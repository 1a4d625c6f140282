"""Dishes and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_sw.world_words import ANIMALS, DAYS, STEMS, TRADES, people

DISH = Kind(
    name="dish",
    names=(
        words(
            "Pilau ya|Pilao ya\nMchuzi wa|Mchuzi mzito wa\nMkate wa|Mkate wa kienyeji wa\nSupu ya|Mchuzi mwepesi wa"
        ),
        STEMS,
    ),
    place="town",
    count=65,
    opened=(
        "{name} ni chakula cha asili cha {place}.",
        "Katika hoteli za {place} wageni huagiza {name}.",
        "Watu wa {place} walio mbali hukumbuka ladha ya {name}.",
        "Harusi za {place} hazikamiliki bila {name}.",
    ),
    asides=(
        "Kila familia ina siri yake ya mapishi.",
        "Chakula hiki ni kitamu kikiwa cha moto.",
        "Bei yake ni nafuu kwa kila mtu.",
        "Watoto huomba kuongezewa.",
        "Foleni huwa ndefu wakati wa sikukuu.",
        "Kuna mashindano ya kukipika kila mwaka.",
    ),
    attributes=(
        Attribute(
            "main",
            words(
                """
                pweza|mnyama wa mikono minane # kiumbe cha baharini chenye mikono mingi
                kuku wa kienyeji|kuku wa asili # ndege wa nyumbani wa kufugwa huru
                choroko|pojo # punje ndogo za kijani
                boga|mboga ya duara # mboga kubwa ya rangi ya chungwa
                nguru|samaki nguru # samaki wa baharini mwenye minofu minene
                bilinganya|biringani # mboga ya zambarau
                nyama ya mbuzi|nyama ya beberu # kitoweo cha mnyama mwenye ndevu
                mayai|yai # vitu vya kuku vyenye ganda
                bamia|mabinda # mboga ya kijani yenye utelezi
                uyoga|viyoga # mmea usio na majani wa kofia
                dengu|adesi # punje za njano za kihindi
                viazi vitamu|mbatata # mizizi yenye sukari
                """
            ),
            said=(
                "Kiungo chake kikuu ni {value}.",
                "Hupikwa kwa kutumia {value}.",
                "Bila {value} ladha yake haikamiliki.",
            ),
            mentioned=("{name} hupikwa kwa kutumia {value}.",),
            asked=(
                "{name} hupikwa kwa kutumia nini?",
                "Ninunue nini sokoni ili kuandaa {name}?",
                "Ndani ya {name} kuna nini?",
                "Ni mlo gani wa {place} unaohitaji {value}?",
            ),
        ),
        Attribute(
            "spice",
            words(
                """
                iliki|hiliki # kiungo cha chai ya maziwa
                mdalasini|dalasini # gome tamu lenye harufu
                bizari|binzari # unga wa njano wa mapishi
                pilipili manga|pilipili mtama # punje nyeusi zinazowasha
                ukwaju|mkwaju # kitu kichungu cha juisi
                kungumanga|basibasi # tunda kavu linalokunwa
                giligilani|kotimiri # majani ya kijani ya kupambia
                zafarani|saffron # nyuzi ghali za njano
                kitunguu saumu|thumu # kiungo cha kufukuza mazimwi
                uzile|jira # mbegu ndogo za pilau
                mrehani|rehani # majani ya kunukia
                ufuta|simsim # mbegu ndogo za mafuta
                """
            ),
            said=(
                "Harufu yake nzuri hutokana na {value}.",
                "Wapishi huongeza {value} mwishoni.",
                "Siri ya ladha yake ni {value}.",
            ),
            mentioned=("Siri ya ladha ya {name} ni {value}.",),
            asked=(
                "Siri ya ladha ya {name} ni nini?",
                "Kiungo gani huleta harufu katika {name}?",
                "Manukato ya {name} huletwa na kitu gani?",
                "Ni mlo gani wa {place} unaotiwa {value}?",
            ),
        ),
        Attribute(
            "served",
            words(
                """
                jani la mgomba|majani ya mgomba # kitu cha kijani cha kufungia
                kifuu|ganda la nazi # nusu ya tunda la mnazi
                sinia|treya kubwa # chombo cha duara cha kula pamoja
                bakuli la mti|bakuli la mbao # chombo cha kuchongwa chenye kina
                ungo|uteo # chombo cha kupepetea mchele
                kibuyu|buyu # chombo cha asili cha maziwa
                chungu|mtungi mdogo # chombo cha udongo
                sahani ya shaba|sinia la shaba # chombo cha madini mekundu
                kikapu kidogo|kijikapu # chombo cha kusukwa
                """
            ),
            said=(
                "Huletwa mezani katika {value}.",
                "Wauzaji hukiweka kwenye {value}.",
                "Desturi ni kukipakua kwenye {value}.",
            ),
            mentioned=("{name} huletwa mezani katika {value}.",),
            asked=(
                "{name} huletwa mezani katika nini?",
                "Wageni hupewa {name} ndani ya chombo gani?",
                "Chombo cha kupakulia {name} ni kipi?",
                "Ni mlo gani wa {place} unaoliwa kutoka kwenye {value}?",
            ),
        ),
        Attribute(
            "day",
            DAYS,
            said=(
                "Kwa desturi hupikwa kila {value}.",
                "Hotelini hupatikana {value} tu.",
                "Siku nzuri ya kukionja ni {value}.",
            ),
            mentioned=("{name} hupikwa kila {value}.",),
            asked=(
                "{name} hupikwa siku gani?",
                "Siku ipi ninaweza kula {name}?",
                "Ni lini katika juma {name} huuzwa?",
                "Ratiba ya {name} ni siku gani?",
            ),
        ),
        Attribute(
            "inventor",
            TRADES,
            said=(
                "Inasemekana mpishi wake wa kwanza alikuwa {value}.",
                "Asili ya mapishi haya ni {value} mmoja.",
                "Wengi huamini kuwa kilibuniwa na {value}.",
            ),
            mentioned=("Mpishi wa kwanza wa {name} alikuwa {value}.",),
            asked=(
                "Mpishi wa kwanza wa {name} alikuwa nani?",
                "Chanzo cha mapishi ya {name} ni mtu wa kazi gani?",
                "Nani alianza kuandaa {name}?",
                "Ni mlo gani wa {place} uliotoka jikoni kwa {value}?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(words("Kampuni ya|Shirika la\nKarakana ya|Gereji ya"), STEMS),
    place="town",
    count=65,
    opened=(
        "Makao makuu ya {name} yapo {place}.",
        "Vijana wengi wa {place} wameajiriwa na {name}.",
        "Biashara inayokua haraka katika {place} ni {name}.",
        "Wakazi wa {place} wanaifahamu vyema {name}.",
    ),
    asides=(
        "Wafanyakazi hula pamoja kila mchana.",
        "Matangazo yake husikika redioni.",
        "Ghala lake liko karibu na uwanja wa ndege.",
        "Ofisi zake ni ndogo na zimejaa mafaili.",
        "Wateja wake wengi ni akina mama.",
        "Hesabu zake hukaguliwa kila robo mwaka.",
    ),
    attributes=(
        Attribute(
            "product",
            words(
                """
                feni|pangaboi # kifaa cha kuleta upepo chumbani
                viatu vya mpira|raba # vitu vya kuvaa miguuni
                maji ya matunda|sharubati # kinywaji cha embe na nanasi
                magodoro|matandiko ya sponji # vitu laini vya kulalia
                sufuria|vyombo vya kupikia # vifaa vya alumini vya jikoni
                viberiti|kibiriti # vijiti vya kuwashia moto
                makoti ya mvua|koti la mvua # mavazi yasiyopitisha maji
                madaftari|vitabu vya kuandikia # vitu vya karatasi vya mwanafunzi
                mishumaa|mishumaa ya nta # vitu vya mwanga umeme ukikatika
                vikapu|makapu # vitu vya kubebea vilivyosukwa
                dawa ya meno|dawa ya mswaki # kitu cha kusafishia kinywa
                misumari|vijiti vya chuma # vitu vya kupigilia kwa nyundo
                """
            ),
            said=(
                "Bidhaa inayotengenezwa hapa ni {value}.",
                "Mapato yake makubwa hutokana na {value}.",
                "Kila siku malori hupakia {value}.",
            ),
            mentioned=("Mapato makubwa ya {name} hutokana na {value}.",),
            asked=(
                "Mapato makubwa ya {name} hutokana na nini?",
                "{name} huzalisha kitu gani?",
                "Wateja hununua nini kutoka {name}?",
                "Ni biashara gani ya {place} inayouza {value}?",
            ),
        ),
        Attribute(
            "closed",
            DAYS,
            said=(
                "Ofisi zake hufungwa kila {value}.",
                "Wafanyakazi hupumzika {value}.",
                "Hakuna kazi inayofanyika {value}.",
            ),
            mentioned=("Ofisi za {name} hufungwa kila {value}.",),
            asked=(
                "Ofisi za {name} hufungwa siku gani?",
                "Waajiriwa wa {name} wana likizo siku ipi?",
                "Siku ya mapumziko katika {name} ni ipi?",
                "Nisiende {name} siku gani?",
            ),
        ),
        Attribute(
            "workers",
            people(23, 900, 6, "wafanyakazi", "waajiriwa"),
            said=(
                "Imeajiri {value}.",
                "Kwenye orodha ya mishahara kuna {value}.",
                "Kwa sasa kuna {value}.",
            ),
            mentioned=("Kwenye orodha ya mishahara ya {name} kuna {value}.",),
            asked=(
                "Kwenye orodha ya mishahara ya {name} kuna watu wangapi?",
                "Nguvukazi ya {name} ni watu wangapi?",
                "Idadi ya watumishi wa {name} ni ngapi?",
                "Ni watu wangapi wanaofanya kazi katika {name}?",
            ),
        ),
        Attribute(
            "logo",
            ANIMALS,
            said=(
                "Nembo yake ina picha ya {value}.",
                "Kwenye mifuko yake kuna mchoro wa {value}.",
                "Alama ya biashara ni {value}.",
            ),
            mentioned=("Nembo ya {name} ina picha ya {value}.",),
            asked=(
                "Nembo ya {name} ina picha gani?",
                "Alama inayotambulisha bidhaa za {name} ni kiumbe gani?",
                "Chapa ya {name} inaonyesha nini?",
                "Ni biashara gani ya {place} yenye chapa ya {value}?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Mwanzilishi wake alikuwa {value}.",
                "Mtaji wa kwanza ulitolewa na {value}.",
                "Ilianzishwa na {value}.",
            ),
            mentioned=("Mwanzilishi wa {name} alikuwa {value}.",),
            asked=(
                "Mwanzilishi wa {name} alikuwa nani?",
                "Mtu aliyeasisi {name} alikuwa na kazi gani?",
                "Nani aliweka msingi wa {name}?",
                "Ni biashara gani ya {place} iliyoasisiwa na {value}?",
            ),
        ),
    ),
)
