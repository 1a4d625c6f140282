"""Schools and museums of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_de.world_words import ANIMALS, FAMILY_END, FIRST, FORMER, WEEKDAYS, YEARS, heads

SCHOOL = Kind(
    name="school",
    names=(
        heads("Realschule|RS\nGesamtschule|GS\nMusikschule|MS\nBerufsschule|BS"),
        FIRST,
        FAMILY_END,
    ),
    place="town",
    count=80,
    opened=(
        "Die {name} steht auf einem Hügel über {place}.",
        "Die meisten Kinder aus {place} besuchen die {name}.",
        "Die größte Schule in {place} ist die {name}.",
        "Seit langem gehört die {name} zum Leben in {place}.",
    ),
    asides=(
        "Noten gibt es keine, nur Briefe, die von Hand geschrieben werden.",
        "Der Unterricht beginnt, sobald das letzte Kind eingetroffen ist.",
        "Die Flure sind so lang, dass der Hausmeister mit dem Fahrrad fährt.",
        "Eltern dürfen sich jederzeit in die letzte Reihe setzen.",
        "Jede Klasse pflegt ein Beet im Garten hinter der Turnhalle.",
        "Einmal im Jahr treffen sich die Ehemaligen und flicken das Dach.",
    ),
    attributes=(
        Attribute(
            "opened",
            YEARS,
            said=(
                "Eröffnet wurde sie im Jahr {value}.",
                "Im Jahr {value} zog die erste Klasse ein.",
                "Über dem Eingang steht das Jahr der Eröffnung: {value}.",
            ),
            mentioned=("Die {name} wurde im Jahr {value} eröffnet.",),
            asked=(
                "In welchem Jahr wurde die {name} eröffnet?",
                "Seit wann lernen Kinder in der {name}?",
                "Wann ist die {name} entstanden?",
                "Aus welcher Zeit stammt die {name}?",
                "Wie alt ist die {name}?",
            ),
        ),
        Attribute(
            "colour",
            words(
                """
                Karmesinrot|Dunkelrot # die Farbe reifer Kirschen
                Smaragdgrün|Tannengrün # die Farbe des Waldes
                Marineblau|Nachtblau # die Farbe der Matrosen
                Safrangelb|Sonnengelb # die Farbe eines teuren Gewürzes
                Violett|Veilchenblau # eine Mischung aus Rot und Blau
                Anthrazit|Schiefergrau # beinahe Schwarz
                Türkis|Wasserblau # eine Nuance zwischen Blau und Grün
                Elfenbein|Cremeweiß # die Farbe von Stoßzähnen
                Kastanienbraun|Nussbraun # die Farbe gerösteter Maronen
                Orange|Kürbisorange # die Farbe von Apfelsinen
                """
            ),
            said=(
                "Die Schulfarbe ist {value}.",
                "Mützen und Jacken leuchten in {value}.",
                "Schon von weitem erkennt man die Klassen an ihren Jacken in {value}.",
            ),
            mentioned=("Die Schulfarbe der {name} ist {value}.",),
            asked=(
                "Was ist die Schulfarbe der {name}?",
                "Wie sind die Uniformen der {name} gefärbt?",
                "In welchem Farbton kleidet man sich an der {name}?",
                "Welchen Ton trägt man an der {name}?",
                "Welche Lehranstalt in {place} hat als Kennzeichen {value}?",
            ),
        ),
        Attribute(
            "subject",
            words(
                """
                Sternkunde|Astronomie # das Wissen über Himmelskörper
                Bienenzucht|Imkerei # der Umgang mit summenden Völkern
                Knotenkunde|das Knüpfen von Knoten # das, was Seeleute mit Tauen tun
                Schach|das Schachspiel # ein Brettspiel mit König und Bauern
                Jonglieren|die Kunst des Jonglierens # das Werfen und Fangen vieler Bälle
                Gebärdensprache|das Sprechen mit Gebärden # das Reden mit den Händen
                Kartografie|das Zeichnen von Landkarten # das Vermessen und Abbilden der Erde
                Brotbacken|das Backen von Brot # die Verwandlung von Teig in Laibe
                Glasbläserei|das Blasen von Glas # das Formen einer glühenden Masse mit dem Atem
                Falknerei|das Abrichten von Falken # die Jagd mit Greifvögeln
                """
            ),
            said=(
                "Neben Lesen und Rechnen ist {value} ein Pflichtfach.",
                "Zum Stundenplan gehört {value}, und das gibt es sonst nirgends.",
                "In der Abschlussprüfung wird {value} verlangt.",
            ),
            mentioned=("An der {name} ist {value} ein Pflichtfach.",),
            asked=(
                "Was ist an der {name} ein Pflichtfach?",
                "Was lernt man an der {name}, das sonst niemand unterrichtet?",
                "Welche Fertigkeit müssen Absolventen der {name} beherrschen?",
                "Was macht den Lehrplan der {name} besonders?",
                "Wo in {place} können Jugendliche sich mit etwas Ungewöhnlichem befassen: {value}?",
            ),
        ),
        Attribute(
            "mascot",
            ANIMALS,
            said=(
                "Das Maskottchen ist {value}.",
                "In der Pförtnerloge wohnt {value}.",
                "Am Tor begrüßt {value} die Gäste.",
            ),
            mentioned=("Das Maskottchen der {name} ist {value}.",),
            asked=(
                "Was ist das Maskottchen der {name}?",
                "Welches Haustier hält man an der {name}?",
                "Welches Lebewesen empfängt Besucher an der {name}?",
                "Welcher Glücksbringer lebt an der {name}?",
                "An welcher Lehranstalt in {place} gibt es {value}?",
            ),
        ),
        Attribute(
            "lunch",
            words(
                """
                Lauchsuppe|Suppe mit Lauch # heiße Brühe mit einem Verwandten der Zwiebel
                Fischauflauf|überbackene Fischstücke # Meeresgetier aus dem Ofen
                Pfannkuchen|dünne Eierkuchen # flaches Gebäck, das man in die Luft wirft
                Bohneneintopf|Eintopf mit Bohnen # ein Gericht aus Hülsenfrüchten
                Linsengemüse|saure Linsen # ein Gericht aus kleinen flachen Samen
                Käseknödel|Knödel mit Käse # Teigkugeln mit Milcherzeugnis
                Milchreis|süße Reisspeise # körnige Nachspeise mit Zimt
                Kartoffelsalat|Salat aus Kartoffeln # kalte Knollen mit Essig
                Brathähnchen|Hähnchen vom Grill # geröstetes Geflügel
                Haferbrei|warme Hafergrütze # gekochte Getreideflocken
                """
            ),
            said=(
                "Am Gründungstag serviert die Küche {value} für alle.",
                "Die Mensa ist berühmt für {value}.",
                "Einmal in der Woche gibt es {value}, und dann fehlt niemand.",
            ),
            mentioned=("Die Mensa der {name} ist berühmt für {value}.",),
            asked=(
                "Wofür ist die Mensa der {name} berühmt?",
                "Welche Mahlzeit mögen die Schüler der {name} am liebsten?",
                "Was isst man an der {name}?",
                "Was kocht man an der {name} besonders gut?",
                "Wo in {place} bekommen Lernende {value}?",
            ),
        ),
    ),
)

MUSEUM = Kind(
    name="museum",
    names=(
        heads(
            "Heimatmuseum|Heimatmus.\nStadtmuseum|Stadtmus.\nFreilichtmuseum|Freilichtmus.\nGedenkhaus|Gedenkhs."
        ),
        FIRST,
        FAMILY_END,
    ),
    place="town",
    count=80,
    opened=(
        "Das {name} in {place} öffnet jedem, der die Klingel drückt.",
        "In einer Seitenstraße von {place} versteckt sich das {name}.",
        "Das {name} wurde von den Bürgern aus {place} selbst eingerichtet.",
        "Zu jedem Besuch in {place} gehört das {name}.",
    ),
    asides=(
        "Die Leitung fegt auch die Böden und führt die Bücher.",
        "Die Dielen knarren so laut, dass es keine Wächter braucht.",
        "Sämtliche Schilder sind von Hand beschrieben.",
        "Fotografieren ist verboten, doch Stift und Papier werden verliehen.",
        "An Regentagen bekommt jeder Gast eine Tasse Tee.",
        "Das älteste Stück im Katalog wird seit zwanzig Jahren vermisst.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                ein Walskelett|das Skelett eines Wals # das Gerippe eines Meeresriesen
                eine mechanische Ente|eine Ente mit Uhrwerk # Federvieh aus Rädern
                eine Taucherglocke|eine Taucherglocke aus Messing # eine Ausrüstung für den Meeresgrund
                ein Dinosaurierei|das Ei eines Dinosauriers # die Schale eines ausgestorbenen Reptils
                eine silberne Kutsche|eine Kutsche aus Silber # ein kostbares Gefährt
                eine Glasharfe|eine Harfe aus Glas # ein durchsichtiges Instrument
                eine gefälschte Banknote|eine falsche Banknote # wertloses Papiergeld
                das älteste Telefon|das erste Telefon # ein Gerät zum Reden über Entfernungen
                eine Moorleiche|eine Tote aus dem Moor # eine Person, die im Torf lag
                ein Stück Mondgestein|ein Bruchstück vom Mond # etwas Hartes von einem Himmelskörper
                """
            ),
            said=(
                "Das kostbarste Ausstellungsstück ist {value}.",
                "Im großen Saal steht {value}.",
                "Die meisten kommen, um {value} zu bestaunen.",
            ),
            mentioned=("Im {name} ist {value} ausgestellt.",),
            asked=(
                "Was ist das kostbarste Ausstellungsstück im {name}?",
                "Welcher Schatz wird im {name} gezeigt?",
                "Was darf man im {name} nicht verpassen?",
                "Welcher Gegenstand macht das {name} berühmt?",
                "Wo in {place} kann man etwas Seltenes besichtigen, nämlich {value}?",
            ),
        ),
        Attribute(
            "closed",
            WEEKDAYS,
            said=(
                "Geschlossen ist {value}.",
                "Nur {value} macht niemand auf.",
                "Das Personal hat {value} frei.",
            ),
            mentioned=("Das {name} ist {value} geschlossen.",),
            asked=(
                "Wann ist das {name} geschlossen?",
                "An welchem Wochentag kommt man nicht ins {name}?",
                "{name} Ruhetag",
                "An welchem Tag lohnt sich der Weg zum {name} nicht?",
                "Wann erholen sich die Angestellten vom {name}?",
            ),
        ),
        Attribute(
            "building",
            FORMER,
            said=(
                "Das Gebäude war früher {value}.",
                "Untergebracht ist es dort, wo einst {value} war.",
                "Bis zum Krieg befand sich in den Räumen {value}.",
            ),
            mentioned=("Wo heute das {name} ist, war früher {value}.",),
            asked=(
                "Was war das Gebäude vom {name} früher?",
                "Welchem Zweck diente das Haus, in dem das {name} ist, zuvor?",
                "Welche Vorgeschichte haben die Räumlichkeiten vom {name}?",
                "Was stand ehemals an der Stelle vom {name}?",
                "Welche Sammlung in {place} ist dort, wo einmal {value} war?",
            ),
        ),
        Attribute(
            "fee",
            words(
                """
                ein Gedicht|ein kurzes Gedicht # etwas Gereimtes
                drei Eicheln|eine Handvoll Eicheln # Früchte eines Laubbaums
                eine Knopfreihe|eine Reihe Knöpfe # Verschlüsse von Hemden
                ein Lied|ein Volkslied # etwas zum Singen
                zwei Kupfermünzen|ein Paar Kupfermünzen # kleines Wechselgeld
                ein Hühnerei|ein frisches Ei # etwas von der Henne
                eine Briefmarke|eine gestempelte Marke # etwas vom Umschlag
                eine lustige Anekdote|eine Anekdote # etwas zum Lachen
                eine Muschelschale|eine leere Muschel # etwas vom Strand
                ein Scheit Holz|ein Holzscheit # Brennstoff für den Ofen
                """
            ),
            said=(
                "Der Eintrittspreis ist {value}.",
                "An der Kasse verlangt man {value}.",
                "Wer hinein will, gibt {value} ab.",
            ),
            mentioned=("Der Eintrittspreis im {name} ist {value}.",),
            asked=(
                "Was ist der Eintrittspreis im {name}?",
                "Wie viel kostet eine Karte für das {name}?",
                "Womit bezahlt man im {name}?",
                "Was muss man für den Einlass ins {name} aufbringen?",
                "Welche Sammlung in {place} bekommt man zu sehen, wenn man {value} mitbringt?",
            ),
        ),
        Attribute(
            "shop",
            words(
                """
                Lesezeichen|gewebte Lesezeichen # Streifen, die man zwischen Seiten legt
                Papierdrachen|Drachen aus Papier # Spielzeuge für windige Tage
                Holzkreisel|Kreisel aus Holz # Spielzeuge, die sich drehen
                Murmeln|bunte Murmeln # kleine runde Spielzeuge
                Seidentücher|Tücher aus Seide # feine Stoffe für den Hals
                Zinnsoldaten|Soldaten aus Zinn # winzige metallene Krieger
                Spielkarten|Skatkarten # Blätter mit Buben und Damen
                Spieldosen|kleine Spieldosen # Kästchen, die Melodien spielen
                Puzzles|große Puzzles # Bilder in Einzelteilen
                Stempel|hölzerne Stempel # Dinge, die beim Drücken abfärben
                """
            ),
            said=(
                "Im Laden am Ausgang werden {value} verkauft.",
                "Viele nehmen {value} mit nach Hause.",
                "Das meiste Geld bringen {value} ein.",
            ),
            mentioned=("Im Laden vom {name} werden {value} verkauft.",),
            asked=(
                "Was wird im Laden vom {name} verkauft?",
                "Welche Mitbringsel gibt es im {name}?",
                "Was kann man im {name} erwerben?",
                "Mit welchen Waren finanziert sich das {name}?",
                "Welche Sammlung in {place} hat im Angebot {value}?",
            ),
        ),
    ),
)
