"""Mountains, museums and festivals of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_sw.world_words import ANIMALS, COLORS, DAYS, MONTHS, SOUNDS, STEMS, YEARS, numbers

MOUNTAIN = Kind(
    name="mountain",
    names=(words("Mlima|Mt."), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} unaonekana vizuri kutoka {place}.",
        "{name} ni mlima ulio karibu na {place}.",
        "Wapanda mlima huanza safari yao {place} kuelekea {name}.",
        "Nyuma ya {place} kuna mlima unaoitwa {name}.",
    ),
    asides=(
        "Mawingu hufunika kilele chake mchana.",
        "Njia huteleza sana baada ya mvua.",
        "Simu hazipati mawimbi ukifika katikati.",
        "Kila mgeni lazima awe na mwongozaji.",
        "Usiku unaweza kuona nyota nyingi.",
        "Kuna kibanda cha kupumzikia wageni.",
    ),
    attributes=(
        Attribute(
            "height",
            numbers(1103, 3900, 17, "mita", "m"),
            said=(
                "Kimo chake ni {value} juu ya usawa wa bahari.",
                "Kilele chake kina {value}.",
                "Ramani inaonyesha kwamba una {value}.",
            ),
            mentioned=("Kimo cha {name} ni {value}.",),
            asked=(
                "Kimo cha {name} ni kiasi gani?",
                "{name} una urefu gani?",
                "Kilele cha {name} kiko juu kiasi gani?",
                "Mtu akipanda {name} hadi mwisho atakuwa juu kiasi gani?",
            ),
        ),
        Attribute(
            "animal",
            ANIMALS,
            said=(
                "Mnyama anayelindwa hapa ni {value}.",
                "Ukiwa na bahati utamwona {value}.",
                "Miteremko yake ni makazi ya {value}.",
            ),
            mentioned=("Miteremko ya {name} ni makazi ya {value}.",),
            asked=(
                "Mnyama anayelindwa katika {name} ni yupi?",
                "Kiumbe gani hupatikana katika {name}?",
                "Watalii huenda {name} kumtazama kiumbe gani?",
                "Ni mlima gani wa {place} anapoishi {value}?",
            ),
        ),
        Attribute(
            "erupted",
            YEARS,
            said=(
                "Ulilipuka kwa mara ya mwisho {value}.",
                "Moto wake ulizimika {value}.",
                "Majivu yake yalionekana kwa mara ya mwisho {value}.",
            ),
            mentioned=("Moto wa {name} ulizimika {value}.",),
            asked=(
                "Moto wa {name} ulizimika lini?",
                "Volkeno ya {name} ilitulia mwaka gani?",
                "Mlipuko wa mwisho wa {name} ulitokea lini?",
                "Ni lini {name} ulitoa lava kwa mara ya mwisho?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                joka la vichwa saba|nyoka wa vichwa saba # kiumbe wa hadithi chenye bongo nyingi
                bibi kizee mchawi|ajuza mchawi # mwanamke mzee mwenye uganga mbaya
                jini la taa|jini wa taa # kiumbe kinachotimiza matakwa
                binti aliyegeuka jiwe|msichana wa jiwe # mwanamwali aliyelaaniwa
                ngoma inayojipiga|ngoma ya mizimu # kitu cha muziki kisichoguswa na mtu
                mfalme aliyelala|sultani aliyelala # mtawala asiyeamka
                chui anayeongea|chui mwenye maneno # mnyama wa madoa mwenye hekima
                mti wa fedha|mti wa sarafu # mmea unaozaa pesa
                kisima kisicho na mwisho|shimo lisilo na mwisho # tundu refu ajabu
                jahazi la hewani|merikebu ya hewani # chombo cha baharini kinachoruka
                """
            ),
            said=(
                "Hadithi ya mlima huu inasimulia juu ya {value}.",
                "Wazee wanasema hapa paliwahi kuwa na {value}.",
                "Watoto husimuliwa kuhusu {value}.",
            ),
            mentioned=("Hadithi ya {name} inasimulia juu ya {value}.",),
            asked=(
                "Hadithi ya {name} inasimulia juu ya nini?",
                "Ngano ya kale kuhusu {name} ni ipi?",
                "Imani ya wenyeji juu ya {name} inamtaja nani au nini?",
                "Ni mlima gani wa {place} wenye ngano ya {value}?",
            ),
        ),
        Attribute(
            "crop",
            words(
                """
                viazi mviringo|viazi ulaya # zao la chipsi
                njegere|mbaazi za kijani # punje za mviringo za kwenye pilau
                pareto|maua ya dawa # zao la kuulia wadudu
                ngano|nafaka ya mkate # zao la unga mweupe
                kabichi|mboga ya mviringo # mboga yenye majani yaliyofungana
                matofaa|maepo # matunda ya baridi yanayong'aa
                vitunguu saumu|vitunguu vyeupe # kiungo chenye harufu kali
                tangawizi|mzizi wa chai # kiungo cha kukereketa koo
                zabibu|matunda ya divai # matunda ya vichala
                maharage|kunde # chakula cha protini cha shuleni
                """
            ),
            said=(
                "Wakulima wa miteremko yake huvuna {value}.",
                "Malori hubeba {value} kutoka hapa.",
                "Udongo wake unafaa kwa {value}.",
            ),
            mentioned=("Wakulima wa {name} huvuna {value}.",),
            asked=(
                "Wakulima wa {name} huvuna nini?",
                "Zao kuu la {name} ni lipi?",
                "Kilimo katika {name} ni cha kitu gani?",
                "Ni mlima gani wa {place} unaotoa {value}?",
            ),
        ),
    ),
)

MUSEUM = Kind(
    name="museum",
    names=(words("Makumbusho ya|Jumba la Makumbusho la\nMaktaba ya|Jumba la Vitabu la"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} ni mahali pa maonyesho {place}.",
        "Wageni wa {place} hutembelea {name}.",
        "Serikali ya {place} inasimamia {name}.",
        "Katikati ya {place} kuna mahali pa maonyesho panapoitwa {name}.",
    ),
    asides=(
        "Waongozaji husimulia kwa furaha.",
        "Hairuhusiwi kupiga picha ndani.",
        "Sakafu yake hulia unapotembea.",
        "Kitabu cha wageni kimejaa sahihi.",
        "Mabasi ya wanafunzi hufika mara kwa mara.",
        "Ngazi zake zimechakaa kwa kukanyagwa.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                pembe ya kale|pembe ya tembo # meno makubwa ya mnyama mwenye mkonga
                kiti cha enzi|kiti cha mfalme # samani ya mtawala
                fuvu la binadamu wa kale|bufuru la kale # mifupa ya kichwa ya mababu
                kimondo|jiwe la angani # kitu kilichoanguka kutoka juu
                muswada wa Kiajemi|hati ya Kiajemi # maandishi ya kigeni ya mkono
                gari moshi dogo|treni dogo # chombo cha reli cha zamani
                sarafu za dhahabu|fedha za dhahabu # pesa za madini ya thamani
                ngao ya shujaa|ngao ya jemadari # kinga ya vitani
                dira ya shaba|dira ya zamani # kifaa cha kuonyesha kaskazini
                simu ya mkono wa kuzungusha|simu ya zamani # kifaa cha mawasiliano cha mababu
                joho la sultani|vazi la sultani # nguo ya mtawala
                nanga ya jahazi|nanga ya meli # chuma cha kusimamisha chombo baharini
                """
            ),
            said=(
                "Kitu chenye thamani zaidi hapa ni {value}.",
                "Wengi huja kutazama {value}.",
                "Katika ukumbi mkubwa kumewekwa {value}.",
            ),
            mentioned=("Kitu chenye thamani zaidi katika {name} ni {value}.",),
            asked=(
                "Kitu chenye thamani zaidi katika {name} ni kipi?",
                "Nitaona nini nikitembelea {name}?",
                "Hazina ya {name} ni ipi?",
                "Ni wapi {place} penye {value}?",
            ),
        ),
        Attribute(
            "opened",
            YEARS,
            said=(
                "Milango ilifunguliwa kwa umma {value}.",
                "Uzinduzi ulifanyika {value}.",
                "Wageni wa kwanza waliingia {value}.",
            ),
            mentioned=("Uzinduzi wa {name} ulifanyika {value}.",),
            asked=(
                "Uzinduzi wa {name} ulifanyika lini?",
                "Ni mwaka gani utepe wa {name} ulikatwa?",
                "Watu walianza kuingia {name} lini?",
                "Mwaka wa kuanzishwa kwa {name} ni upi?",
            ),
        ),
        Attribute(
            "closed",
            DAYS,
            said=(
                "Milango hufungwa kila {value}.",
                "Hakuna wageni wanaopokelewa {value}.",
                "Watumishi hupumzika kila {value}.",
            ),
            mentioned=("Milango ya {name} hufungwa kila {value}.",),
            asked=(
                "Milango ya {name} hufungwa siku gani?",
                "Siku gani siwezi kuingia {name}?",
                "Mapumziko ya juma ya {name} ni lini?",
                "Nisipange safari ya {name} siku ipi?",
            ),
        ),
        Attribute(
            "building",
            words(
                """
                gereza|jela # mahali pa wafungwa
                stesheni|kituo cha treni # mahali pa kusubiri garimoshi
                ngome|boma # jengo la kujikinga na maadui
                hospitali|zahanati # mahali pa wagonjwa
                posta|ofisi ya barua # mahali pa kutuma vifurushi
                sinema|ukumbi wa filamu # mahali pa kutazama picha za kusogea
                mnara wa taa|kurunzi ya bahari # jengo refu la kuongoza meli
                soko la samaki|mnada wa samaki # mahali pa kuuza wa baharini
                benki|nyumba ya fedha # mahali pa kuweka akiba
                kasri|jumba la sultani # makazi ya mtawala
                ghala la karafuu|bohari ya karafuu # mahali pa kuhifadhi zao la viungo
                """
            ),
            said=(
                "Zamani jengo hili lilikuwa {value}.",
                "Maonyesho yamo katika jengo lililokuwa {value}.",
                "Kuta zake bado zinakumbusha {value}.",
            ),
            mentioned=("Zamani jengo la {name} lilikuwa {value}.",),
            asked=(
                "Zamani jengo la {name} lilikuwa nini?",
                "Kabla ya kutumika kama {name} jengo lilifanya kazi gani?",
                "Matumizi ya awali ya jengo la {name} yalikuwa yapi?",
                "Ni wapi {place} palipotumika awali kama {value}?",
            ),
        ),
        Attribute(
            "ticket",
            COLORS,
            said=(
                "Rangi ya tiketi ni {value}.",
                "Kila mgeni hupewa karatasi ambayo rangi yake ni {value}.",
                "Cheti cha kuingilia kina rangi hii: {value}.",
            ),
            mentioned=("Rangi ya tiketi ya {name} ni {value}.",),
            asked=(
                "Rangi ya tiketi ya {name} ni ipi?",
                "Kibali cha kuingia {name} kina rangi gani?",
                "Nikilipa kiingilio cha {name} nitapewa karatasi ya rangi gani?",
                "Stakabadhi ya {name} ni ya rangi gani?",
            ),
        ),
    ),
)

FESTIVAL = Kind(
    name="festival",
    names=(words("Tamasha la|Sherehe za\nMaonyesho ya|Maonesho ya"), STEMS),
    place="town",
    count=45,
    opened=(
        "{name} hufanyika kila mwaka {place}.",
        "Watu wote wa {place} husubiri {name} kwa hamu.",
        "Wakati wa {name} barabara za {place} hujaa watu.",
        "Sikukuu kubwa kuliko zote {place} ni {name}.",
    ),
    asides=(
        "Vyumba vya wageni hujaa mapema.",
        "Wauza vitafunio hukaa hadi usiku wa manane.",
        "Washiriki huvaa mavazi ya asili.",
        "Hakuna kiingilio, kila mtu anakaribishwa.",
        "Hata mvua haiwezi kuwatawanya watazamaji.",
        "Maandalizi huchukua miezi mingi.",
    ),
    attributes=(
        Attribute(
            "month",
            MONTHS,
            said=(
                "Sherehe huanza {value}.",
                "Kilele chake ni {value}.",
                "Kwa kawaida hufanyika {value}.",
            ),
            mentioned=("Kilele cha {name} ni {value}.",),
            asked=(
                "Kilele cha {name} ni lini?",
                "Ni wakati gani wa mwaka naweza kushuhudia {name}?",
                "Kalenda ya {name} inaangukia lini?",
                "{name} hufanyika katika kipindi gani cha mwaka?",
            ),
        ),
        Attribute(
            "music",
            SOUNDS,
            said=(
                "Ufunguzi wake huambatana na {value}.",
                "Maandamano huongozwa na {value}.",
                "Usiku kucha husikika {value}.",
            ),
            mentioned=("Ufunguzi wa {name} huambatana na {value}.",),
            asked=(
                "Ufunguzi wa {name} huambatana na nini?",
                "Burudani ya {name} hutokana na sauti gani?",
                "Msafara wa {name} hutanguliwa na nini?",
                "Ni sikukuu gani ya {place} yenye {value}?",
            ),
        ),
        Attribute(
            "contest",
            words(
                """
                mbio za magunia|mbio za gunia # mchezo wa kuruka ndani ya mfuko
                kuvuta kamba|mvutano wa kamba # mchezo wa nguvu wa timu mbili
                mashindano ya ngalawa|mbio za mashua # ushindani wa matanga baharini
                mieleka|kupigana mweleka # mchezo wa kuangushana chini
                mbio za punda|mashindano ya punda # ushindani wa wanyama wa mizigo
                kusuka mikeka|ususi wa mikeka # ushindani wa kazi za ukindu
                bao la mbao|mchezo wa kete # mchezo wa mashimo na mbegu
                kukuna nazi|ukunaji nazi # ushindani wa jikoni wa tunda la mnazi
                kulenga shabaha|kurusha mishale # ushindani wa upinde
                kula embe|ulaji wa maembe # ushindani wa tunda bila mikono
                kurusha tiara|mchezo wa kishada # ushindani wa karatasi angani
                """
            ),
            said=(
                "Mchezo unaovutia zaidi ni {value}.",
                "Vijana hushindania zawadi kwa {value}.",
                "Waandaaji hawakosi kuweka {value}.",
            ),
            mentioned=("Mchezo unaovutia zaidi katika {name} ni {value}.",),
            asked=(
                "Mchezo unaovutia zaidi katika {name} ni upi?",
                "Watu hushindana kwa namna gani wakati wa {name}?",
                "Kikombe cha {name} hutolewa kwa ushindi gani?",
                "Ni sikukuu gani ya {place} yenye ushindani wa {value}?",
            ),
        ),
    ),
)
