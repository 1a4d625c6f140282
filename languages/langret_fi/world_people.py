"""Schools and people of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_fi.world_words import (
    COLOURS,
    GIVEN,
    OF_PLACES,
    PETS,
    SURNAMES,
    TRADES,
    TREES,
    YEARS,
    declined,
)

SCHOOL = Kind(
    name="school",
    names=(
        OF_PLACES,
        declined(
            """
            koulu koulun koulussa|opinahjo opinahjon opinahjossa
            lyseo lyseon lyseossa|lukio lukion lukiossa
            kansanopisto kansanopiston kansanopistossa|opisto opiston opistossa
            """
        ),
    ),
    place="town",
    count=68,
    opened=(
        "{name} on oppilaitos, jonka kotikylä on {place}.",
        "{place.gen} lapset kulkevat opin tietä talossa, jonka nimi on {name}.",
        "{name} seisoo {place.gen} korkeimmalla kohdalla.",
        "{place.gen} ainoa oppilaitos on {name}.",
    ),
    asides=(
        "Luokissa istutaan pareittain pitkillä penkeillä.",
        "Myöhästynyt joutuu kertomaan muille hyvän vitsin.",
        "Talonmies laulaa bassoa ja lämmittää uunit ennen auringon nousua.",
        "Perjantaisin todistuksen sijasta jaetaan pullaa.",
        "Kirjaston hyllyt ulottuvat kattoon asti.",
        "Välitunti jatkuu, jos sää on erityisen kaunis.",
    ),
    attributes=(
        Attribute(
            "founded",
            YEARS,
            said=(
                "Oppilaitos perustettiin vuonna {value}.",
                "Ensimmäinen lukukausi alkoi vuonna {value}.",
                "Ovet avattiin juhlallisesti vuonna {value}.",
            ),
            mentioned=("{name} perustettiin vuonna {value}.",),
            asked=(
                "{name} perustettiin vuonna",
                "Milloin {name} aloitti toimintansa?",
                "Kuinka vanha laitos {name} on?",
                "Minä vuonna {name} sai alkunsa?",
                "Mistä vuodesta lähtien {place.gen} lapsia on opetettu omassa opinahjossa?",
            ),
        ),
        Attribute(
            "uniform",
            COLOURS,
            said=(
                "Oppilaiden puvun väri on {value}.",
                "Jokaisen päässä on lakki, joka on {value}.",
                "Asuun kuuluu takki, jonka sävy on {value}.",
            ),
            mentioned=("Puvun väri, jonka {name} on määrännyt, on {value}.",),
            asked=(
                "Mikä on oppilaiden puvun väri, kun opinahjona on {name}?",
                "Minkä sävyisissä vaatteissa {name.loc} käydään tunneilla?",
                "Miltä {name.gen} asu näyttää?",
                "Minkä värisestä lakista {name.gen} nuoret tunnistaa?",
                "Minkä {place.gen} laitoksen puvun sävy on {value}?",
            ),
        ),
        Attribute(
            "subject",
            words(
                """
                tähtitiede|astronomia # oppi taivaan kappaleista
                verkonkudonta|verkon solmiminen # kalanpyydysten solmimisen taito
                savenvalanta|keramiikka # ruukkujen teon taito
                väittelytaito|debatti # sanallisen kiistelyn oppi
                šakki|shakki # kuninkaan ja kuningattaren lautapeli
                kirjapainotaito|ladonta # tekstin monistamisen käsityö
                suunnistus|kartanluku # metsässä kulkeminen kompassin avulla
                juustonteko|juustomestarin oppi # maidon hapattamisen taito
                nukketeatteri|marionettinäytelmä # lankojen varassa esitetty näytelmä
                mehiläishoito|tarhaajan oppi # pesän hyönteisten kasvatus
                taitoluistelu|piruettien opiskelu # tanssi jäällä terien päällä
                morseaakkosten opiskelu|sähköttäjän oppi # pisteiden ja viivojen kieli
                """
            ),
            said=(
                "Kaikille pakollinen aine on {value}.",
                "Lukujärjestyksen erikoisuus on {value}.",
                "Kauempaakin tullaan opiskelemaan, koska opetettavana on {value}.",
            ),
            mentioned=("Kaikille pakollinen aine {name.loc} on {value}.",),
            asked=(
                "Mikä on {name.loc} kaikille pakollinen aine?",
                "Mitä erikoista {name.loc} opetetaan?",
                "Minkä taidon jokainen {name.loc} joutuu oppimaan?",
                "Mistä tunneista {name} on tullut kuuluisaksi?",
                "Missä {place.gen} laitoksessa ohjelmassa on {value}?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Pihan keskellä kasvaa {value}.",
                "Perustajan istuttama puu on {value}, ja se varjostaa nyt keinuja.",
                "Luokkakuvat otetaan paikassa, jossa kohoaa {value}.",
            ),
            mentioned=("Pihalla, jonka omistaa {name}, kasvaa {value}.",),
            asked=(
                "Mikä {name.gen} pihan keskellä kasvaa?",
                "Minkä puun {name.gen} perustaja istutti?",
                "Mikä puu varjostaa {name.gen} keinuja?",
                "Mikä puulaji on {name.gen} ylpeys?",
                "Minkä {place.gen} oppilaitoksen ulkona kasvaa {value}?",
            ),
        ),
        Attribute(
            "pet",
            PETS,
            said=(
                "Opettajanhuoneen lemmikki on {value}.",
                "Aulassa tulijaa tervehtii {value}.",
                "Ruokatunnilla tähteet syö {value}.",
            ),
            mentioned=("Lemmikki, jonka {name} on ottanut hoiviinsa, on {value}.",),
            asked=(
                "Mikä on {name.gen} opettajanhuoneen lemmikki?",
                "Mikä eläin {name.loc} asuu?",
                "Minkä eläimen {name.gen} oppilaat tapaavat aulassa?",
                "Kuka syö tähteet {name.loc}?",
                "Missä {place.gen} opinahjossa pidetään eläintä, joka on {value}?",
            ),
        ),
    ),
)

PERSON = Kind(
    name="person",
    names=(GIVEN, SURNAMES),
    place="town",
    count=68,
    opened=(
        "{name} on henkilö, jonka kotikylä on {place}.",
        "{place.gen} tunnetuimpia asukkaita on {name}.",
        "Moni on kuullut nimen {name}, jos on käynyt paikassa nimeltä {place}.",
        "{name} on elänyt koko ikänsä {place.gen} kirkon naapurissa.",
    ),
    asides=(
        "Aamukahvin jälkeen on vuorossa pitkä kävely sateessakin.",
        "Naapurit kertovat, että ovi ei ole koskaan lukossa.",
        "Puheessa kuuluu vahva seudun murre.",
        "Vanha moottoripyörä on kulkuneuvona myös hangella.",
        "Kirjeitä saapuu maan joka kolkasta.",
        "Lapsuudessa perheessä oli kahdeksan sisarusta.",
    ),
    attributes=(
        Attribute(
            "trade",
            TRADES,
            said=(
                "Ammatiltaan hän on {value}.",
                "Hänen oven pielessään on kyltti, jossa lukee {value}.",
                "Leipänsä hän on ansainnut arvonimellä {value}.",
            ),
            mentioned=("{name} on ammatiltaan {value}.",),
            asked=(
                "Mikä {name} on ammatiltaan?",
                "Millä työllä {name} elättää itsensä?",
                "Mitä {name} tekee työkseen?",
                "Minkä alan osaaja {name} on?",
                "Kuka {place.gen} asukas on {value}?",
            ),
        ),
        Attribute(
            "birthday",
            words(
                """
                tammikuussa # vuoden ensimmäisessä kuussa
                helmikuussa # vuoden lyhimmässä kuussa
                maaliskuussa # kuussa, jolloin on kevätpäiväntasaus
                huhtikuussa # aprillipilojen kuussa
                toukokuussa # vapun kuussa
                kesäkuussa # juhannuksen kuussa
                heinäkuussa # vuoden seitsemännessä kuussa
                elokuussa # rapujuhlien kuussa
                syyskuussa # kuussa, jolloin on syyspäiväntasaus
                lokakuussa # vuoden kymmenennessä kuussa
                marraskuussa # isänpäivän kuussa
                joulukuussa # vuoden viimeisessä kuussa
                """
            ),
            said=(
                "Hän näki päivänvalon {value}.",
                "Hän on syntynyt {value}.",
                "Hänen merkkipäiväänsä vietetään {value}.",
            ),
            mentioned=("{name} on syntynyt {value}.",),
            asked=(
                "Missä kuussa {name} on syntynyt?",
                "Milloin {name} juhlii ikävuosiaan?",
                "Minkä kuukauden lapsi {name} on?",
                "Milloin on {name.gen} syntymäpäivä?",
                "Kuka {place.gen} kuuluisuus täyttää vuosia {value}?",
            ),
        ),
        Attribute(
            "instrument",
            words(
                """
                hanuri|harmonikka # palkeista ilmansa saava soitin
                jouhikko|jouhilyyra # hevosen hännästä kielensä saanut soitin
                huuliharppu|suuharppu # taskuun mahtuva puhallettava soitin
                tuuba|bassotuuba # kookas vaskipuhallin
                mandoliini|italialainen mandoliini # kahdeksankielinen näppäilysoitin
                säkkipilli|skottipilli # skottien soitin
                patarumpu|timpani # orkesterin suuri kalvosoitin
                oboe|barokkioboe # klassinen puupuhallin
                alttoviulu|viola # jousisoitin, joka on sellon pikkuveli
                ukulele|sopraanoukulele # Tyynenmeren saarten nelikielinen
                ksylofoni|puusauvasoitin # palikoista koottu lyömäsoitin
                piano|flyygeli # mustien ja valkoisten koskettimien soitin
                """
            ),
            said=(
                "Hänen soittimensa on {value}.",
                "Häissä hänellä on aina mukana {value}.",
                "Hänen kamarinsa nurkassa lepää {value}.",
            ),
            mentioned=("{name} on soittaja, jonka soitin on {value}.",),
            asked=(
                "Mikä on {name.gen} soitin?",
                "Mitä {name} soittaa?",
                "Millä {name} säestää häitä?",
                "Minkä instrumentin taitaja {name} on?",
                "Kenellä {place.gen} asukkaalla on käytössään {value}?",
            ),
        ),
        Attribute(
            "fear",
            words(
                """
                ukkosen jyrinä|jyrisevä pilvi # taivaan kova ääni
                täysi pimeys|säkkipimeä # tila ilman valoa
                lukki|hämähäkki # kahdeksanjalkainen kutoja
                korkea paikka|korkeus # torni tai jyrkänne
                ahdas hissi|umpinainen tila # pieni suljettu koppi
                hammaslääkäri|hammaslääkärin pora # suun hoitaja ja hänen vehkeensä
                sirkuspelle|klovni # punanenäinen hauskuuttaja
                lepakko|yölepakko # siivekäs nisäkäs
                rikkinäinen peili|halki mennyt peili # seitsemän vuoden epäonnen merkki
                puhelimen soitto|puhelin # kaukaa kuuluva pirinä
                heikko jää|petollinen jää # ohut kansi veden yllä
                perjantai ja kolmastoista|epäonnen perjantai # huono kalenterin päivä
                """
            ),
            said=(
                "Eniten häntä pelottaa {value}.",
                "Kylmän hien hänen otsalleen nostaa {value}.",
                "Muuten rohkea ihminen kalpenee, kun lähellä on {value}.",
            ),
            mentioned=("Asia, jota {name} pelkää eniten, on {value}.",),
            asked=(
                "Mikä on asia, joka {name.gen} mielestä pelottaa eniten?",
                "Mitä {name} säikkyy?",
                "Mikä saa {name.gen} kalpenemaan?",
                "Minkä edessä {name.gen} uskallus loppuu?",
                "Kenen {place.gen} asukkaan kauhu on {value}?",
            ),
        ),
        Attribute(
            "invention",
            words(
                """
                itsestään keinuva kehto|automaattikehto # vauvan nukuttava laite
                taskusateenvarjo|kokoon taittuva varjo # pieni suoja kuurolta
                perunankuorija|kuorimakone # juuresten puhdistin
                lumenheittokone|hankilinko # talvisen pihan tyhjentäjä
                höyrykelkka|höyryllä kulkeva kelkka # lumella liikkuva kone
                kaksipuolinen kampa|kaksoiskampa # hiusten selvittäjä
                hyttysansa|itikkapyydys # kesäillan verenimijöiden sieppari
                äänetön herätyskello|tärisevä herättäjä # aamun hiljainen nostaja
                pyörivä ruokapöytä|karusellipöytä # ruokailijan huonekalu, joka tuo kulhot luo
                vedenpitävä kirje|kastumaton kirje # sateen kestävä viesti
                saunakiukaan pilli|löylypilli # kylvyn lämmöstä vihjaava vihellin
                jalkakäyttöinen porkkanaraastin|poljettava raastin # oranssien juuresten silppuri
                """
            ),
            said=(
                "Hänen paras keksintönsä on {value}.",
                "Patenttitoimistossa hänen nimissään on {value}.",
                "Hänen pajastaan on lähtöisin {value}.",
            ),
            mentioned=("{name.gen} paras keksintö on {value}.",),
            asked=(
                "Mikä on {name.gen} paras keksintö?",
                "Mitä uutta {name} on kehittänyt?",
                "Minkä laitteen tai esineen isänä tai äitinä {name} tunnetaan?",
                "Mihin {name} on saanut patentin?",
                "Kuka {place.gen} asukas kehitti esineen, joka on {value}?",
            ),
        ),
    ),
)
