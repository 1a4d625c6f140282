"""Museums and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_fi.world_words import FORMER, OF_PLACES, PETS, TRADES, YEARS, declined, numbers

MUSEUM = Kind(
    name="museum",
    names=(
        OF_PLACES,
        declined(
            """
            museo museon museossa|kotiseutumuseo kotiseutumuseon kotiseutumuseossa
            galleria gallerian galleriassa|taidehalli taidehallin taidehallissa
            arkisto arkiston arkistossa|perinnearkisto perinnearkiston perinnearkistossa
            """
        ),
    ),
    place="town",
    count=68,
    opened=(
        "{name} on pieni näyttelypaikka, jonka kotikylä on {place}.",
        "{place.gen} sivukujalla on kyltti, jossa lukee {name}.",
        "{name} syntyi, kun {place.gen} väki tyhjensi ullakkonsa.",
        "{place.gen} kävijän ei pidä ohittaa kohdetta, jonka nimi on {name}.",
    ),
    asides=(
        "Johtaja on yksin opas, siivooja ja rahastaja.",
        "Lattia narisee niin, että kaikkien liikkeet kuulee.",
        "Valokuvaamisen sijasta lainataan piirustusvihko.",
        "Esittelytekstit on kirjoitettu käsin.",
        "Sadepäivän vieraalle keitetään kuumaa mehua.",
        "Vieraskirja on jo kolmastoista lajiaan.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                meteoriitti|taivaankivi # avaruudesta pudonnut järkäle
                valaan luuranko|valaan luut # meren suurimman nisäkkään ranka
                mekaaninen nukke|vieterinukke # itsestään liikkuva ihmishahmo
                kuumailmapallon kori|pallopurjehtijan kori # ilmaan nousevan kulkijan matkustamo
                sukelluspuku|rautasukeltajan asu # pinnan alla kulkijan vaatteet
                mammutin hammas|mammutin syöksyhammas # jääkauden karvaisen jätin osa
                kuningattaren kruunu|hallitsijan kruunu # kultainen päähine
                lasikitara|lasinen kitara # läpinäkyvä soitin
                maailman pisin kaulahuivi|loputon kaulahuivi # neule, joka ei mahdu huoneeseen
                ruumisvaunu|hautausvaunu # vainajan viimeinen kyyti
                merirosvon kirstu|rosvon aarrearkku # ryöstösaaliin laatikko
                ensimmäinen puhelinkoje|kammesta pyöritettävä puhelin # kaukopuheen vanha vempain
                """
            ),
            said=(
                "Kokoelman helmi on {value}.",
                "Kävijät jonottavat nähdäkseen esineen, joka on {value}.",
                "Suurimmassa huoneessa huomion vie {value}.",
            ),
            mentioned=("Kokoelman helmi, jota {name} vaalii, on {value}.",),
            asked=(
                "Mikä on {name.gen} kokoelman helmi?",
                "Mitä {name.loc} kannattaa katsoa?",
                "Mikä on {name.gen} tärkein esine?",
                "Minkä takia {name} vetää väkeä?",
                "Missä {place.gen} näyttelyssä on esillä {value}?",
            ),
        ),
        Attribute(
            "closed",
            words(
                """
                maanantaisin|joka maanantai # viikon ensimmäisenä päivänä
                tiistaisin|joka tiistai # viikon toisena päivänä
                keskiviikkoisin|joka keskiviikko # viikon kolmantena päivänä
                torstaisin|joka torstai # hernekeiton päivänä
                perjantaisin|joka perjantai # viikonlopun aattona
                lauantaisin|joka lauantai # saunapäivänä
                sunnuntaisin|joka sunnuntai # lepopäivänä
                """
            ),
            said=(
                "Ovet ovat kiinni {value}.",
                "Lepovuoro on {value}, jolloin johtaja käy ongella.",
                "Ilman vieraita ollaan {value}.",
            ),
            mentioned=("{name} on kiinni {value}.",),
            asked=(
                "{name} kiinni",
                "Milloin {name.gen} näyttelyyn ei pääse?",
                "Minä viikonpäivänä {name} ei ota vastaan yleisöä?",
                "Koska {name} pitää vapaata?",
                "Milloin {place.gen} näyttelypaikan ovi on lukossa?",
            ),
        ),
        Attribute(
            "building",
            FORMER,
            said=(
                "Rakennus oli alun perin {value}.",
                "Samoissa seinissä toimi aiemmin {value}.",
                "Katto ja hirret ovat peräisin ajalta, jolloin paikalla oli {value}.",
            ),
            mentioned=("Rakennuksessa, jossa {name} nyt on, oli alun perin {value}.",),
            asked=(
                "Mikä {name.gen} rakennus oli alun perin?",
                "Mitä {name.gen} seinien sisällä tehtiin aiemmin?",
                "Minkä entisissä tiloissa {name} toimii?",
                "Mikä oli {name.gen} talon aikaisempi tehtävä?",
                "Minkä {place.gen} näyttelyn tiloissa oli muinoin {value}?",
            ),
        ),
        Attribute(
            "fee",
            words(
                """
                kolme käpyä|kolme kuusenkäpyä # muutama havupuun siementen kantaja
                kuivattu kala|kuivakala # kevyt eväs merestä
                vanha postimerkki|leimattu postimerkki # pieni paperi kuoren kulmasta
                laulettu säkeistö|yksi säkeistö # pätkä runoa sävelineen
                kaunis simpukka|ehjä simpukka # rannalta löytyvä kuori
                kaksi kuparikolikkoa|kaksi kuparirahaa # punertavia lantteja
                tuore muna|kananmuna # pesästä otettu soikea ruoka
                halko|polttopuu # uuniin pantava klapi
                hauska juttu|vitsi # kertomus, joka saa nauramaan
                kerä lankaa|lankakerä # neulojan pyöreä tarvike
                pussi jauhoja|jauhopussi # leipurin valkoinen tarvike
                piirretty muotokuva|muotokuva # naamasta tehty luonnos
                """
            ),
            said=(
                "Pääsymaksu on {value}.",
                "Rahan sijasta lippuluukulla kelpaa {value}.",
                "Sisään pääsee, kun kädessä on {value}.",
            ),
            mentioned=("{name} on paikka, jonka pääsymaksu on {value}.",),
            asked=(
                "{name} pääsymaksu",
                "Mitä {name.gen} lipusta pitää antaa?",
                "Mitä {name.gen} kävijän täytyy tuoda mukanaan?",
                "Paljonko lippu maksaa, kun kohteena on {name}?",
                "Mitä peritään {place.gen} näyttelyn kävijältä?",
            ),
        ),
        Attribute(
            "souvenir",
            words(
                """
                kirjanmerkki|lukumerkki # lukijan sivun pitäjä
                postikortti|kuvakortti # matkalta lähetettävä terveinen
                pellavapyyhe|käsipyyhe # kuivaukseen käytetty kangas
                puuhyrrä|sorvattu hyrrä # pyöritettävä lelu
                tikkunekku|tikkukaramelli # nuoltava makeinen
                pienoiskirja|peukalokirja # kämmenelle mahtuva luettava
                savipilli|savikukko # poltettu puhallettava leikkikalu
                rintanappi|pinssi # takkiin kiinnitettävä merkki
                lumisadepallo|lasipallo # ravistettava maisema
                avaimenperä|avainlenkki # kodin oven aukaisijan riipus
                palapeli|tuhannen palan peli # koottava kuva
                tuoksukynttilä|mehiläisvahakynttilä # palava pöydän koriste
                """
            ),
            said=(
                "Myymälän suosituin tavara on {value}.",
                "Lähtiessä lähes jokaisen kassissa on {value}.",
                "Hyllystä loppuu aina ensiksi {value}.",
            ),
            mentioned=("Suosituin tavara, jota {name} myy, on {value}.",),
            asked=(
                "Mikä on {name.gen} myymälän suosituin tavara?",
                "Minkä muiston {name.gen} kävijä ostaa?",
                "Mitä {name.loc} on kaupan?",
                "Mikä esine jää käteen, kun on vieraillut paikassa {name}?",
                "Missä {place.gen} näyttelyssä kaupataan tuotetta, joka on {value}?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(
        OF_PLACES,
        declined(
            """
            meijeri meijerin meijerissä|osuusmeijeri osuusmeijerin osuusmeijerissä
            panimo panimon panimossa|olutpanimo olutpanimon olutpanimossa
            lasitehdas lasitehtaan lasitehtaassa|lasiruukki lasiruukin lasiruukissa
            konepaja konepajan konepajassa|pajayhtiö pajayhtiön pajayhtiössä
            """
        ),
    ),
    place="town",
    count=68,
    opened=(
        "{name} on yritys, jonka kotipaikka on {place}.",
        "{place.gen} suurin työnantaja on {name}.",
        "{name} maksaa {place.gen} veroista melkein puolet.",
        "{place.gen} talouden tukijalka on {name}.",
    ),
    asides=(
        "Palkka maksetaan yhä käteisenä ruskeassa kuoressa.",
        "Portilla jokainen kättelee vartijaa.",
        "Ruokalassa istutaan ikäjärjestyksessä.",
        "Johtaja pyöräilee töihin ja korjaa itse aidan.",
        "Pölyisellä pihalla pelataan tauolla pesäpalloa.",
        "Konttorin seinät on päällystetty vanhoilla laskuilla.",
    ),
    attributes=(
        Attribute(
            "founded",
            YEARS,
            said=(
                "Yritys rekisteröitiin vuonna {value}.",
                "Toiminta käynnistyi vuonna {value}.",
                "Liikkeen vanhin tilikirja on aloitettu vuonna {value}.",
            ),
            mentioned=("{name} rekisteröitiin vuonna {value}.",),
            asked=(
                "{name} rekisteröitiin vuonna",
                "Milloin {name} perustettiin?",
                "Kuinka kauan {name} on ollut olemassa?",
                "Mikä on {name.gen} syntyvuosi?",
                "Minä vuonna {place.gen} suurin työnantaja aloitti?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Yhtiön perusti {value}.",
                "Alkupääoman antoi rikastunut {value}.",
                "Ensimmäinen omistaja oli {value}, jonka kuva on eteisessä.",
            ),
            mentioned=("Yhtiön, jonka nimi on {name}, perusti {value}.",),
            asked=(
                "Kuka perusti yhtiön, jonka nimi on {name}?",
                "Kenen rahoilla {name} pääsi alkuun?",
                "Mikä oli {name.gen} ensimmäisen omistajan ammatti?",
                "Kuka oli {name.gen} luoja?",
                "Minkä {place.gen} firman takana oli alussa {value}?",
            ),
        ),
        Attribute(
            "staff",
            numbers(12, 240, 1, "työntekijää", "henkeä"),
            said=(
                "Palkkalistoilla on {value}.",
                "Portista kulkee aamuisin {value}.",
                "Työtä riittää niin, että talossa tarvitaan {value}.",
            ),
            mentioned=("{name} on yritys, jonka palkkalistoilla on {value}.",),
            asked=(
                "{name} palkkalistoilla",
                "Kuinka moni saa {name.gen} palkkaa?",
                "Miten suuri on {name.gen} henkilökunta?",
                "Montako ihmistä {name.loc} on töissä?",
                "Kuinka monta ihmistä {place.gen} suurin firma työllistää?",
            ),
        ),
        Attribute(
            "logo",
            PETS,
            said=(
                "Tuotemerkkiin on painettu {value}.",
                "Savupiipun kylkeen on maalattu {value}.",
                "Yhtiön lipussa liehuu {value}.",
            ),
            mentioned=("Tuotemerkki, jota {name} käyttää, on {value}.",),
            asked=(
                "Mikä on {name.gen} tuotemerkki?",
                "Mikä eläin on {name.gen} logossa?",
                "Mikä on kuvattuna {name.gen} pakkauksiin?",
                "Minkä eläimen kuvasta {name} tunnetaan?",
                "Minkä {place.gen} firman tunnuskuva on {value}?",
            ),
        ),
        Attribute(
            "bonus",
            words(
                """
                kinkku|joulukinkku # joulupöydän sianliha
                villapeitto|lampaanvillapeitto # lämmin vuodevaate
                taskukello|kultainen taskukello # ketjun päässä riippuva aikarauta
                säkki perunoita|perunasäkki # kellarin muhkea juureslasti
                soutuvene|puuvene # airoilla kulkeva alus
                teatterilippu|näytäntölippu # pääsy esirippujen ääreen
                viikon loma|ylimääräinen loma # seitsemän vapaata päivää
                kahvipaketti|paketti kahvia # ruskeita papuja jauhettuina
                kuusipuu|joulukuusi # koristeltava vihreä havupuu
                kumisaapaspari|pari kumisaappaita # sateen kestävät jalkineet
                tuore kirja|uutuuskirja # painosta tullut luettava
                polkupyörä|pyörä # kaksipyöräinen kulkuväline
                """
            ),
            said=(
                "Vuoden lopussa jokaiselle annetaan {value}.",
                "Ahkeruudesta palkintona on {value}.",
                "Eläkkeelle jäävälle ojennetaan kukkien lisäksi {value}.",
            ),
            mentioned=("{name} on yritys, jossa ahkeruuden palkintona on {value}.",),
            asked=(
                "Mikä on {name.loc} ahkeruuden palkintona?",
                "Minkä lahjan {name} jakaa väelleen?",
                "Mitä ylimääräistä {name.gen} työläinen saa?",
                "Millä {name} muistaa väkeään joulun alla?",
                "Missä {place.gen} firmassa jaetaan lahjaksi {value}?",
            ),
        ),
    ),
)
