"""Villages and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, Word, words
from langret_fi.world_words import FLOWERS, PLACES, RIVERS, SIGNALS, numbers

# Plain form, genitive, Swedish name.
REGIONS = tuple(
    Word(({"": plain, "gen": genitive}, {"": swedish, "gen": f"{swedish}n"}))
    for plain, genitive, swedish in (
        ("Ylikorpimaa", "Ylikorpimaan", "Översta"),
        ("Alavirtamaa", "Alavirtamaan", "Nedersta"),
        ("Tuhatsaarimaa", "Tuhatsaarimaan", "Skärlanda"),
        ("Tunturilaita", "Tunturilaidan", "Fjällanda"),
        ("Keskipeltomaa", "Keskipeltomaan", "Mellanda"),
        ("Itäsumumaa", "Itäsumumaan", "Österdimma"),
        ("Länsituulimaa", "Länsituulimaan", "Västerdimma"),
        ("Etelänummi", "Etelänummen", "Sörheda"),
    )
)

TOWN = Kind(
    name="town",
    names=(PLACES,),
    place=REGIONS,
    count=68,
    opened=(
        "{name} on kylä Usvamaan maakunnassa, jonka nimi on {place}.",
        "{place.gen} keskellä sijaitsee kylä, jonka nimi on {name}.",
        "{name} kuuluu {place.gen} vanhimpiin kyliin.",
        "Usvamaan kiertäjät pysähtyvät usein kylään nimeltä {name}, joka on {place.gen} reunalla.",
    ),
    asides=(
        "Asukkaita on muutama sata, ja kaikki tuntevat toisensa.",
        "Ilmoitustaululla haetaan lähes aina jotakin kadonnutta lapasta.",
        "Lauantaina tori täyttyy väestä jo ennen aamukahvia.",
        "Jokaisen oven vieressä on penkki väsynyttä vierasta varten.",
        "Kunnanjohtaja valitaan neljän vuoden välein arpomalla.",
        "Kapeilla kujilla kuormat väistävät toisiaan laulamalla.",
    ),
    attributes=(
        Attribute(
            "specialty",
            words(
                """
                ruislimppu|musta limppu # tumma viljatuote, jota leivotaan juuresta
                pellavaliina|liinakangas # kutomatuote sinikukkaisesta kuitukasvista
                lakkahillo|hillahillo # suon keltaisesta marjasta keitetty säilyke
                tuohikontti|tuohireppu # puun kuoresta punottu selkäkassi
                puukko|tuppiveitsi # vyöllä kannettava terä
                koivusaippua|vihtasaippua # pesuaine saunan tuoksulla
                villasukka|kirjoneulesukka # lampaan karvasta neulottu jalan lämmittäjä
                savusiika|palvisiika # lepän savussa kypsennetty kala
                hunajapurkki|purkitettu hunaja # mehiläisten makea työ lasissa
                suksipari|hiihtopari # hiihtäjän välineet
                tervapullo|haudan terva # puusta tislattu musta neste
                keinutuoli|kiikkutuoli # istuin, joka heiluu edestakaisin
                pyykkikarttu|pyykkikurikka # pesijän puinen väline
                saviruukku|punasaviruukku # poltetusta maasta tehty astia
                """
            ),
            said=(
                "Kylän tunnetuin tuote on {value}.",
                "Torikojujen ylpeys on käsin tehty {value}.",
                "Jokaiselle kunniavieraalle ojennetaan lähtiessä {value}.",
            ),
            mentioned=(
                "Tunnetuin tuote, jota {name.loc} tehdään, on {value}.",
                "Kylän nimi on {name}, ja sen tunnetuin tuote on {value}.",
            ),
            asked=(
                "Mikä on {name.gen} tunnetuin tuote?",
                "Mitä tuliaisia kannattaa hankkia, kun käy {name.loc}?",
                "Minkä tavaran valmistajana {name} on kuuluisa?",
                "Mitä {name.from} yleensä ostetaan kotiin vietäväksi?",
                "Minkä {place.gen} kylän erikoisuus on {value}?",
            ),
        ),
        Attribute(
            "past",
            words(
                """
                markkinapaikka|kauppapaikka # toripäivien kohtaamispaikka
                kaivosyhdyskunta|malminlouhijoiden asuinpaikka # paikka, jossa louhittiin maan alta metallia
                luostari|munkkien yhdyskunta # hurskaiden veljien asuinpaikka
                linnoitus|varustus # muurein suojattu sotapaikka
                hylkeenpyytäjien leiri|pyyntileiri # viiksekkäiden merieläinten metsästäjien tukikohta
                lauttapaikka|lossipaikka # vesistön ylityspaikka
                rajavartioasema|rajapartion tukikohta # maan reunan valvontapaikka
                suolavarasto|suola-aitta # valkoisen mausteen säilytyspaikka
                karkotuspaikka|maanpakopaikka # tuomittujen häätöpaikka
                uudisraivaajan tila|raivaajan talo # metsän ensimmäisen viljelijän koti
                laivaveistämö|veistämö # purjealusten rakennuspaikka
                parantola|kylpylaitos # keuhkotautisten toipumispaikka
                """
            ),
            said=(
                "Ennen vanhaan paikalla oli {value}.",
                "Vanhimmissa kartoissa tällä kohdalla on {value}.",
                "Asutuksen synnytti aikoinaan {value}.",
            ),
            mentioned=("Ennen vanhaan {name.loc} oli {value}.",),
            asked=(
                "Mitä {name.loc} oli ennen vanhaan?",
                "Mikä oli {name.gen} alkuperäinen tehtävä?",
                "Millaisesta paikasta {name} on kehittynyt kyläksi?",
                "Kerro {name.gen} historiasta.",
                "Missä {place.gen} kylässä oli muinoin {value}?",
            ),
        ),
        Attribute(
            "flower",
            FLOWERS,
            said=(
                "Kylän nimikkokukka on {value}.",
                "Vaakunaan on kuvattu {value}.",
                "Pientareille on asukkaiden päätöksellä kylvetty {value}, joka on myös lipussa.",
            ),
            mentioned=("Nimikkokukka {name.loc} on {value}.",),
            asked=(
                "Mikä on {name.gen} nimikkokukka?",
                "Mikä kasvi on {name.gen} tunnus?",
                "Minkä kasvin {name} on valinnut symbolikseen?",
                "Mitä kukkaa {name.loc} pidetään omana?",
                "Minkä {place.gen} kylän tunnuksena on {value}?",
            ),
        ),
        Attribute(
            "weather",
            words(
                """
                hernerokkasumu|sakea sumu # ilma, jossa ei näe eteensä
                revontulien näytelmä|aurora # yötaivaan vihreät loimut
                syysmyrsky|kova puhuri # puita kaatava ilmavirta
                raesade|raekuuro # pilvestä putoavat kovat palloset
                kaksoissateenkaari|kaksinkertainen sateenkaari # taivaan värikaaret päällekkäin
                ukonilma|salamointi # taivaan välähdykset ja jylinä
                lumipyry|tuisku # sakea valkoinen ilma talvella
                huurre|paksu kuura # aamun valkoinen jääpeite oksilla
                helleaalto|paahtava kuumuus # pitkä jakso yli kolmenkymmenen asteen
                kangastus|ilmakuva # veden päällä leijuva näköharha
                tihkusade|tihku # hieno vesi, joka ei lopu
                haloilmiö|auringon kehä # renkaat taivaan valonlähteen ympärillä
                """
            ),
            said=(
                "Säästä puhuttaessa mainitaan ensimmäiseksi {value}.",
                "Ilmastolle tyypillinen on {value}, josta kirjoitetaan päiväkirjoihin joka vuosi.",
                "Maalarit matkustavat paikalle, koska {value} on täällä tavallinen näky.",
            ),
            mentioned=("Tavallinen näky {name.loc} on {value}.",),
            asked=(
                "{name} ilmasto tyypillinen",
                "Millaisesta säästä {name} tunnetaan?",
                "Mikä luonnonilmiö on {name.loc} yleinen?",
                "Mitä taivaalla tai ilmassa voi usein nähdä {name.loc}?",
                "Missä {place.gen} kylässä on monesti nähtävissä {value}?",
            ),
        ),
        Attribute(
            "signal",
            SIGNALS,
            said=(
                "Työpäivän päättää kello viideltä {value}.",
                "Illan merkkinä on {value}.",
                "Kun kuuluu {value}, haravat lasketaan ja lähdetään kotiin.",
            ),
            mentioned=("Illan merkkinä {name.loc} on {value}.",),
            asked=(
                "Mikä on {name.loc} illan merkkinä?",
                "Mistä äänestä {name.gen} väki tietää, että työt saa lopettaa?",
                "Mikä ääni kuuluu {name.loc} joka päivä viideltä?",
                "Mikä kutsuu ihmiset kotiin {name.loc}?",
                "Missä {place.gen} kylässä työajan lopusta ilmoittaa {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(RIVERS,),
    place="town",
    count=68,
    opened=(
        "{name} on joki, jonka varrella on kylä nimeltä {place}.",
        "{place.gen} halki virtaa vesi, jonka nimi on {name}.",
        "{name} kastelee {place.gen} niityt.",
        "{place.gen} asukkaat ylittävät joka aamu joen, jota kutsutaan nimellä {name}.",
    ),
    asides=(
        "Rannan polulla kävellään iltaisin käsi kädessä.",
        "Vesi on keskikesälläkin niin kylmää, että varpaat kohmettuvat.",
        "Sateen jälkeen pohja katoaa näkyvistä kolmeksi päiväksi.",
        "Entisen lautturin tupa seisoo yhä törmällä.",
        "Talviaamuina pinnasta nousee valkea höyry.",
        "Lapset oppivat täällä heittämään leipiä litteillä kivillä.",
    ),
    attributes=(
        Attribute(
            "source",
            words(
                """
                rimpisuo|aapasuo # vetinen turvemaa
                kalliohalkeama|kivirako # louhikon aukko
                hylätty kaivos|vanha louhos # tyhjäksi jäänyt malmin ottopaikka
                lumikenttä|ikilumi # sulamaton hanki tunturissa
                tekojärvi|patoallas # ihmisen rakentama allas
                hiidenkirnu|jääkauden kuoppa # jäätikön sorvaama pyöreä kolo
                uhrilähde|pyhä lähde # muinaisten lahjojen kaivo
                jyrkkä putous|vesiputous # kohta, jossa vesi syöksyy alas
                haapalehto|haavikko # havisevien lehtien metsä
                luola|kalkkiluola # vuoren sisäinen ontelo
                kraatterilampi|törmäyskuoppa # avaruuskiven iskun jälki
                kolmen rajan kivi|kolmikulmainen rajakivi # pyykki, jossa pitäjät kohtaavat
                """
            ),
            said=(
                "Joen alkupiste on {value}.",
                "Ylimpänä vesireitillä on {value}, josta kaikki alkaa.",
                "Kun uomaa seuraa ylös, vastassa on lopulta {value}.",
            ),
            mentioned=("{name.gen} alkupiste on {value}.",),
            asked=(
                "Mikä on {name.gen} alkupiste?",
                "Mistä {name} saa vetensä?",
                "Missä {name} syntyy?",
                "Mikä on {name.gen} lähtöpaikka?",
                "Mistä alkaa {place.gen} kautta virtaava joki?",
            ),
        ),
        Attribute(
            "length",
            numbers(17, 158, 1, "kilometriä", "km"),
            said=(
                "Pituutta sillä on {value}.",
                "Lähteeltä merelle kertyy matkaa {value}.",
                "Maanmittarin vihkon mukaan uoman mitta on {value}.",
            ),
            mentioned=("{name.gen} pituus on {value}.",),
            asked=(
                "{name} pituus",
                "Kuinka pitkä {name} on?",
                "Montako kilometriä {name} virtaa?",
                "Miten pitkän matkan {name} kulkee ennen merta?",
                "Kuinka pitkä on {place.gen} läpi virtaava joki?",
            ),
        ),
        Attribute(
            "creature",
            words(
                """
                taimen|purotaimen # pilkullinen koskien kala
                rapu|jokirapu # saksiniekka, jota syödään elokuussa
                majava|euroopanmajava # patoja rakentava nakertaja
                ankerias|jokiankerias # käärmettä muistuttava kala
                koskikara|virtavarpunen # sukeltava pikkulintu
                sudenkorento|tytönkorento # nelisiipinen hyönteinen
                kuningaskalastaja|sininen kalastajalintu # kirkkaan värinen lintu, joka syöksyy veteen
                raakku|jokihelmisimpukka # helmiä kantava nilviäinen pohjassa
                made|matikka # talvella kuteva limainen kala
                rantakäärme|tarhakäärme # keltaniskainen luikertelija
                piisami|myskirotta # turkiksistaan pyydetty uiva jyrsijä
                vesilisko|manteri # kosteikkojen pyrstöllinen sammakkoeläin
                """
            ),
            said=(
                "Kirkkaassa vedessä viihtyy {value}.",
                "Suojelualueen syynä on {value}, jota muualla tapaa harvoin.",
                "Rannalla istuvan seuraksi ilmaantuu usein {value}.",
            ),
            mentioned=("Joki, jossa viihtyy {value}, on nimeltään {name}.",),
            asked=(
                "Mikä eläin viihtyy {name.gen} vedessä?",
                "Minkä lajin takia {name} on rauhoitettu?",
                "Mitä eläimiä {name.loc} on?",
                "Minkä olennon {name.gen} varrella voi kohdata?",
                "Missä {place.gen} joessa elää {value}?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                näkki|vetehinen # hukuttava veden henki
                merenneito|vedenneito # puoliksi nainen, puoliksi pyrstö
                hopealohi|puhuva lohi # sanoja osaava suomukas
                kivettynyt jätti|kivijätti # suuri peikko, joka muuttui kallioksi
                itkevä morsian|hylätty morsian # valkopukuinen nainen, joka jäi alttarille
                yksisilmäinen karhu|puolisokea kontio # metsän otso, jolla on vain toinen näkö
                rahakirstun vartija|aarteen vahti # olento, joka ei päästä ketään kullan luo
                päätön ratsastaja|kaulaton ratsumies # sotilas hevosen selässä ilman kalloa
                viulua soittava hiisi|hiisi viuluineen # jousella säveliä vetävä paholainen
                kolmipäinen käärme|monipäinen mato # luikertelija, jolla on liikaa kitoja
                tonttujen kuningas|tonttukuningas # punalakkisen pikkuväen hallitsija
                kuiskaava kaisla|puhuva ruoko # rantakasvi, joka kertoo salaisuuksia
                """
            ),
            said=(
                "Syvänteessä asuu tarinoiden mukaan {value}.",
                "Iltapuhteella kerrottiin, että vettä hallitsee {value}.",
                "Kulkijaa peloteltiin aikoinaan sillä, että vastaan tulee {value}.",
            ),
            mentioned=("{name.gen} syvänteessä asuu tarinoiden mukaan {value}.",),
            asked=(
                "Kuka tai mikä asuu tarinoiden mukaan {name.gen} syvänteessä?",
                "Mikä hahmo liittyy {name.gen} kansantaruihin?",
                "Kerro {name.gen} legendasta.",
                "Ketä {name.gen} rannalla pitäisi uskomusten mukaan varoa?",
                "Missä {place.gen} joessa liikkuu satujen {value}?",
            ),
        ),
        Attribute(
            "use",
            words(
                """
                tukinuitto|tukkilautta # runkojen kuljetus vettä myöten
                myllynratas|vesimylly # viljan jauhatus
                nahkurin liotus|vuotien liotus # parkitsijan työ
                jäänsahaus|jään nosto # kylmäkellarin täyttö talvella
                mattopyykki|mattojen pesu # räsykudosten puhdistus kesällä
                kullanhuuhdonta|vaskoolityö # keltaisen metallin etsintä hiekasta
                soutukilpailu|kirkkovenesoutu # airojen väkeä kokoava kisa
                sähkövoimala|voimalaitos # valon tuottaminen taloihin
                paperin keitto|paperiruukki # arkkien valmistus
                kastejuhla|upotuskaste # uskoon tulleiden valelu
                avantouinti|talviuinti # pulahtaminen jään reiästä
                koskenlasku|kumilauttailu # vauhdikas matka kuohuissa
                """
            ),
            said=(
                "Vettä on kautta aikojen tarvinnut {value}.",
                "Paikkakuntalaisille joki merkitsee ennen muuta yhtä asiaa, ja se on {value}.",
                "Vanhojen valokuvien aiheena on useimmiten {value}.",
            ),
            mentioned=("{name.gen} vettä on aina tarvinnut {value}.",),
            asked=(
                "Mihin {name.gen} vettä on kautta aikojen tarvittu?",
                "Miten {name} hyödyttää ihmisiä?",
                "Mikä toiminta on {name.loc} tavallista?",
                "Mitä varten {name} on ollut seudun väelle tärkeä?",
                "Mihin käytetään {place.gen} jokea?",
            ),
        ),
    ),
)
