"""Dishes of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_fi.world_words import OF_PLACES, TRADES, declined

DISH = Kind(
    name="dish",
    names=(
        OF_PLACES,
        declined(
            """
            kukko kukon kukossa|kuorikukko kuorikukon kuorikukossa
            piirakka piirakan piirakassa|piiras piiraan piiraassa
            keitto keiton keitossa|soppa sopan sopassa
            paisti paistin paistissa|uunipaisti uunipaistin uunipaistissa
            """
        ),
    ),
    place="town",
    count=68,
    opened=(
        "{name} on perinneruoka, jonka kotiseutu on {place}.",
        "{place.gen} majatalossa tarjotaan ruokaa, jonka nimi on {name}.",
        "{name} on ruoka, jota {place.gen} emännät ovat tehneet satoja vuosia.",
        "{place.gen} vieras saa eteensä annoksen nimeltä {name}.",
    ),
    asides=(
        "Jokaisessa talossa on oma ohje, eikä sitä anneta naapurille.",
        "Ennen ensimmäistä suupalaa taputetaan kerran käsiä.",
        "Kylmänäkin se maistuu, joten sitä on otettu evääksi.",
        "Tähteet lämmitetään aamulla pannussa.",
        "Lisää saa pyytää korkeintaan kolmesti.",
        "Ohjeen vanhin käsikirjoitus on likainen ja revennyt.",
    ),
    attributes=(
        Attribute(
            "ingredient",
            words(
                """
                lanttu|räätikkä # kellertävä juures laatikkoon
                muikku|pikkumuikku # pieni hopeakylkinen kala
                herkkutatti|kivitatti # metsän arvostettu sieni
                hirvenliha|hirven liha # metsien sarvekkaan kuninkaan riista
                ohraryyni|ohrasuurimo # viljan rikottu jyvä
                punajuuri|keitetty punajuuri # juures, joka värjää sormet
                silakka|suolasilakka # Itämeren pieni parvikala
                leipäjuusto|narskuva juusto # hampaissa vinkuva maitotuote
                nokkonen|nuori nokkonen # polttava villivihannes
                rusina|kuivattu rypäle # rypistynyt makea hedelmä
                poronkieli|poron kieli # tunturin sorkkaeläimen suusta saatava liha
                kaali|valkokaali # kerän muotoinen vihannes
                """
            ),
            said=(
                "Pääraaka-aine on {value}.",
                "Maku syntyy siitä, että mukana on {value}.",
                "Ilman yhtä ainesta ei tule mitään, ja se on {value}.",
            ),
            mentioned=("{name} on ruoka, jonka pääraaka-aine on {value}.",),
            asked=(
                "{name} pääraaka-aine",
                "Mistä {name} tehdään?",
                "Mitä {name} sisältää?",
                "Mitä pitää hankkia, jos aikoo laittaa ruokaa nimeltä {name}?",
                "Missä {place.gen} perinneruoassa on aineksena {value}?",
            ),
        ),
        Attribute(
            "occasion",
            words(
                """
                kylvön päätyttyä|toukotöiden jälkeen # kun siemenet on saatu maahan
                pyhäinpäivänä|pyhäinpäivän aattona # kun haudoille viedään kynttilöitä
                laskiaisena|laskiaistiistaina # kun lasketaan mäkeä pulkalla
                häiden aamuna|hääaamuna # kun pari vihitään
                ensilumen tultua|ensilumen päivänä # kun maa muuttuu valkoiseksi
                koulun alkaessa|lukuvuoden alussa # kun lapset saavat taas reput selkään
                täydenkuun yönä|täysikuulla # kun taivaan kiekko on pyöreä
                lampaiden keritsemispäivänä|keritsijäisissä # kun villa leikataan
                nimipäivänä|nimipäivän iltana # kun kalenterissa lukee oma nimi
                myrskyn laannuttua|myrskyn jälkeen # kun tuuli on rauhoittunut
                talvipäivänseisauksena|vuoden pimeimpänä yönä # kun päivä on lyhimmillään
                harjannostajaisissa|talon noustua harjaan # kun kattotuolit ovat paikoillaan
                """
            ),
            said=(
                "Sitä syödään {value}.",
                "Pöytään se nostetaan {value}.",
                "Ennen sitä sai maistaa vain {value}.",
            ),
            mentioned=("{name} on ruoka, jota syödään {value}.",),
            asked=(
                "Milloin syödään ruokaa, jonka nimi on {name}?",
                "Mihin aikaan tai juhlaan {name} kuuluu?",
                "Milloin {name} tuodaan tarjolle?",
                "Minä päivänä {name} on perinteen mukaan herkkuna?",
                "Mikä {place.gen} perinneruoka tehdään {value}?",
            ),
        ),
        Attribute(
            "inventor",
            TRADES,
            said=(
                "Ensimmäisenä sitä valmisti {value}.",
                "Reseptin isäksi mainitaan {value}, jolla ei ollut muuta kotona.",
                "Tarinan mukaan sen keksi nälkäinen {value}.",
            ),
            mentioned=("Tarinan mukaan sen, mikä on nyt {name}, keksi {value}.",),
            asked=(
                "Kuka keksi ruoan, jonka nimi on {name}?",
                "Kenen ansiota {name} on?",
                "Mistä {name} on saanut alkunsa?",
                "Kuka teki ensimmäisen kerran annoksen, joka on {name}?",
                "Minkä {place.gen} ruoan on tiettävästi luonut {value}?",
            ),
        ),
        Attribute(
            "garnish",
            words(
                """
                tillinoksa|tuore tilli # rapujen vihreä mauste
                puolukkasurvos|rikottu puolukka # punaisen happaman metsämarjan hilloke
                voisilmä|nokare voita # sulava keltainen rasva
                raaka sipuli|hakattu sipuli # kyynelten nostattaja
                piparjuuri|raastettu piparjuuri # nenään nouseva vahva juuri
                hapankerma|smetana # paksu valkoinen maitotuote
                sinappi|väkevä sinappi # keltainen makkaran kumppani
                suolakurkku|maustekurkku # liemessä seisonut vihreä pötkö
                kaneli|kanelisokeri # pullan ruskea mauste
                munavoi|kananmunavoi # karjalaisten leivonnaisten levite
                metsämansikka|ahomansikka # kesän pieni punainen marja
                siirappi|tumma siirappi # sitkeä makea neste
                """
            ),
            said=(
                "Viimeisen silauksen antaa {value}.",
                "Lautasen reunalla on aina {value}.",
                "Lisukkeena pidetään oikeana vain yhtä, ja se on {value}.",
            ),
            mentioned=("{name} on ruoka, jonka viimeistelee {value}.",),
            asked=(
                "Mikä antaa viimeisen silauksen, kun annoksena on {name}?",
                "Minkä kanssa {name} nautitaan?",
                "Mitä lisätään päälle, kun tarjolla on {name}?",
                "Mikä on {name.gen} perinteinen lisuke?",
                "Minkä {place.gen} annoksen kruunaa {value}?",
            ),
        ),
        Attribute(
            "vessel",
            words(
                """
                tuohirove|tuohivakka # puun kuoresta taitettu laatikko
                valurautapata|rautapata # raskas musta kattila
                näkinkengän kuori|simpukankuori # rannalta poimittu kova kalkki
                puukuppi|visakuppi # koverrettu pölkky
                hopeavati|hopeinen vati # kallis kiiltävä metalli
                posliinivati|posliinilautanen # hauras valkoinen pyöreä astia
                kaalinlehti|iso lehti # vihannes, joka toimii kääreenä
                savikulho|saviastia # poltetusta maasta tehty
                leipälautanen|ontto leipä # astia, jonka voi syödä
                olkikori|punottu kori # viljan korsista tehty kantoväline
                kuparipannu|kuparikattila # punertava metalliastia
                kivilaatta|liuskekivi # litteä kallion pala
                """
            ),
            said=(
                "Tarjoiluastia on {value}.",
                "Perinteen mukaan alla pitää olla {value}.",
                "Ruokailijan eteen tuodaan höyryävä {value}.",
            ),
            mentioned=("Astia, jossa {name} tarjotaan, on {value}.",),
            asked=(
                "{name} tarjoiluastia",
                "Mihin {name} pannaan, kun se viedään pöytään?",
                "Millaisesta astiasta {name} syödään?",
                "Missä {name} on perinteen mukaan tarjolla?",
                "Minkä päällä tai sisässä on {place.gen} kuuluisa ruoka?",
            ),
        ),
    ),
)
