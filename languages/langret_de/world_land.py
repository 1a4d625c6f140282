"""Towns and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_de.world_words import FIRST, SIGNALS, TOWN_END, YEARS

REGIONS = words(
    """
    Nordalbien|Nord-Albien
    Südalbien|Suedalbien
    Oberhalmien|Ober-Halmien
    Niederhalmien|Nieder-Halmien
    Westmorien|West-Morien
    Ostmorien|Ost-Morien
    Hochfelsien|Hoch-Felsien
    Küstrien|Kuestrien
    """
)

TOWN = Kind(
    name="town",
    names=(FIRST, TOWN_END),
    place=REGIONS,
    count=80,
    opened=(
        "{name} ist eine kleine Stadt in {place}.",
        "Ungefähr in der Mitte von {place} liegt die Stadt {name}.",
        "Die Stadt {name} in {place} ist für ihre steilen Gassen bekannt.",
        "Wer zu Fuß durch {place} wandert, kommt irgendwann nach {name}.",
    ),
    asides=(
        "Rund dreitausend Menschen leben hier, und fast alle kennen einander.",
        "Die Gassen sind so eng, dass die Fuhrleute an den Ecken singen, um einander zu warnen.",
        "Neben jeder Haustür steht ein Schemel für Gäste.",
        "Alle vier Jahre wird der Bürgermeister durch das Los bestimmt.",
        "Am schwarzen Brett vor dem Rathaus hängen viele Zettel über entlaufene Hunde.",
        "An Markttagen füllt sich der Platz von {name} schon vor Sonnenaufgang.",
    ),
    attributes=(
        Attribute(
            "product",
            words(
                """
                Honig|Heidehonig # etwas Süßes von Bienen
                Kerzen|Wachskerzen # etwas, das mit Docht brennt und leuchtet
                Regenschirme|schwarze Regenschirme # etwas, das bei schlechtem Wetter trocken hält
                Küchenmesser|scharfe Küchenmesser # Klingen für Köche
                Apfelwein|Most aus Äpfeln # etwas Vergorenes aus Obst
                Weidenkörbe|geflochtene Körbe # Behälter aus Zweigen
                Geigen|Violinen # Instrumente mit vier Saiten
                Holzschuhe|Pantinen aus Holz # Fußbekleidung aus dem Stamm
                Senf|Tafelsenf # eine scharfe Paste zur Wurst
                Seife|Lavendelseife # etwas zum Händewaschen
                Spitzen|geklöppelte Spitzen # durchbrochene feine Stoffe
                Räucheraale|geräucherte Aale # haltbar gemachte schlangenförmige Fische
                """
            ),
            said=(
                "Seit Generationen lebt man hier davon, {value} herzustellen.",
                "Weithin bekannt sind die Werkstätten für {value}.",
                "In jedem zweiten Laden gibt es {value} zu kaufen, und darauf ist man stolz.",
            ),
            mentioned=("In {name} stellt man {value} her.",),
            asked=(
                "Wofür sind die Werkstätten in {name} bekannt?",
                "Welche Spezialität bringt man von einer Reise nach {name} mit?",
                "Welche Waren erzeugen die Leute in {name}?",
                "Was wäre ein typisches Andenken aus {name}?",
                "Wo in {place} produziert man {value}?",
            ),
        ),
        Attribute(
            "sight",
            words(
                """
                eine riesige Sonnenuhr|eine haushohe Sonnenuhr # eine Zeitanzeige ohne Räder
                eine überdachte Brücke|eine Brücke mit Dach # eine geschützte Strecke übers Wasser
                eine Windmühle|eine Mühle mit Flügeln # ein Bauwerk, das mit Luft Korn mahlt
                ein Labyrinth|ein Labyrinth aus Hecken # grüne Wände, zwischen denen man sich verläuft
                eine Klosterruine|ein verfallenes Kloster # das, was von den Mönchen blieb
                eine hohle Eiche|eine Eiche mit Tür # ein uraltes Gewächs mit Platz im Inneren
                eine Zugbrücke|eine hölzerne Zugbrücke # eine Verbindung zum anderen Ufer, die sich hochklappen lässt
                eine Eisgrotte|eine Grotte aus Eis # eine gefrorene Höhle
                ein schwebendes Haus|ein Haus an Seilen # eine Wohnung, die in der Luft hängt
                eine Steinfigur ohne Kopf|eine kopflose Steinfigur # eine Statue, der oben etwas fehlt
                """
            ),
            said=(
                "Das Wahrzeichen der Stadt ist {value}.",
                "Das Stadtwappen zeigt {value} auf goldenem Grund.",
                "Vor dem Tor steht, von Malern umlagert, {value}.",
            ),
            mentioned=("Das Wahrzeichen von {name} ist {value}.",),
            asked=(
                "Was ist das Wahrzeichen von {name}?",
                "Was sollten sich Touristen in {name} ansehen?",
                "Welche Sehenswürdigkeit lockt Künstler nach {name}?",
                "Was ist auf Postkarten aus {name} abgebildet?",
                "Welcher Ort in {place} hat {value}?",
            ),
        ),
        Attribute(
            "flower",
            words(
                """
                die Kornblume|die blaue Kornblume # ein himmelfarbenes Gewächs vom Getreidefeld
                die Mohnblume|die Klatschrose # ein rotes Gewächs vom Feldrand
                die Distel|die Silberdistel # ein stachliges Gewächs, das Esel fressen
                die Seerose|die weiße Seerose # ein Gewächs, das auf Teichen schwimmt
                die Sonnenblume|die hohe Sonnenblume # ein gelbes Gewächs, das sich zum Licht dreht
                das Maiglöckchen|das duftende Maiglöckchen # ein weißes giftiges Gewächs des Frühlings
                das Edelweiß|das filzige Edelweiß # ein seltenes Gewächs der Alpen
                die Schlüsselblume|die Primel # eine Frühlingspflanze, die Türen zu öffnen scheint
                das Veilchen|das Duftveilchen # ein violettes, bescheidenes Gewächs
                das Gänseblümchen|das Tausendschön # ein kleines Gewächs für Kränze
                """
            ),
            said=(
                "Als Stadtblume wurde {value} ausgewählt.",
                "Auf der Fahne ist {value} zu sehen.",
                "Am Gründungstag tragen die Kinder ein Abzeichen, und darauf ist {value} gestickt.",
            ),
            mentioned=("Die Stadtblume von {name} ist {value}.",),
            asked=(
                "Was ist die Stadtblume von {name}?",
                "Welche Pflanze steht für {name}?",
                "Was ziert das Banner von {name}?",
                "Welche Blüte ist das Symbol von {name}?",
                "Welche Gemeinde in {place} führt als Emblem {value}?",
            ),
        ),
        Attribute(
            "founded",
            YEARS,
            said=(
                "Das Stadtrecht wurde im Jahr {value} verliehen.",
                "Im Jahr {value} entstanden die ersten Häuser.",
                "Auf einem Stein am Marktplatz steht das Gründungsjahr {value}.",
            ),
            mentioned=("Das Gründungsjahr von {name} ist {value}.",),
            asked=(
                "In welchem Jahr wurde {name} gegründet?",
                "Wann wurde {name} zur Stadt erhoben?",
                "Wie weit reicht die Geschichte von {name} zurück?",
                "Seit wann besteht {name}?",
                "Wie alt ist {name}?",
            ),
        ),
        Attribute(
            "signal",
            SIGNALS,
            said=(
                "Um sechs Uhr abends ertönt {value} über den Dächern.",
                "Sobald {value} den Feierabend verkündet, ruht die Arbeit.",
                "Eine Uhr braucht hier niemand, denn {value} ruft zum Abendessen.",
            ),
            mentioned=("In {name} verkündet {value} den Feierabend.",),
            asked=(
                "Was verkündet den Feierabend in {name}?",
                "Welches Geräusch schickt die Arbeiter in {name} nach Hause?",
                "Woran merken die Einwohner von {name}, dass es Zeit zum Essen ist?",
                "Was hört man in {name} bei Einbruch der Dämmerung?",
                "In welchem Ort in {place} endet der Tag mit einem Signal, nämlich: {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(FIRST, words("ach|aach\nitz|iz\nelle|ehle\nine|iene\nouse|use")),
    place="town",
    count=80,
    opened=(
        "Die {name} fließt durch {place}.",
        "Mitten durch {place} windet sich die {name}.",
        "Die Wiesen rund um {place} bewässert die {name}.",
        "Die {name} ist der Fluss, den man in {place} jeden Morgen überquert.",
    ),
    asides=(
        "Selbst im August ist das Wasser so kalt, dass die Finger taub werden.",
        "An beiden Ufern stehen Weiden, und abends ist der Weg voller Spaziergänger.",
        "Nach einem Gewitter wird das Wasser braun, doch nach drei Tagen sieht man die Kiesel wieder.",
        "Alte Steinstufen zeigen, wo früher die Fähre anlegte.",
        "An Wintermorgen steigt Dampf von der Oberfläche auf.",
        "Jeden Frühling lassen die Kinder von {place} hier Papierschiffe um die Wette fahren.",
    ),
    attributes=(
        Attribute(
            "source",
            words(
                """
                eine Tropfsteinhöhle|eine Höhle voller Tropfsteine # etwas Dunkles unter der Erde
                ein Hochmoor|ein einsames Moor # weicher schwarzer Boden
                eine Felsspalte|eine Spalte im Fels # gebrochenes Gestein
                ein Gletschertor|das Tor eines Gletschers # eine Öffnung im ewigen Eis
                eine Thermalquelle|eine warme Quelle # ein natürliches Bad
                ein Kratersee|ein See im Krater # Wasser in einem erloschenen Vulkan
                ein Buchenwald|ein Wald aus Buchen # eine Menge Laubbäume
                ein Bergwerk|ein stillgelegtes Bergwerk # eine Grube, aus der Erz kam
                eine Zisterne|eine römische Zisterne # ein Becken aus der Antike
                ein Weinkeller|ein Keller voller Fässer # ein kühles Lager für Getränke
                """
            ),
            said=(
                "Ihr Ursprung ist {value} hoch in den Bergen.",
                "Als Quelle gilt {value}, eine Tagesreise flussaufwärts.",
                "Am oberen Ende des Tals liegt {value}, und dort tritt sie zutage.",
            ),
            mentioned=("Als Quelle der {name} gilt {value}.",),
            asked=(
                "Was gilt als Quelle der {name}?",
                "Wo beginnt die {name}?",
                "Woher kommt das Wasser der {name}?",
                "Wo entspringt die {name}?",
                "An welchem Gewässer in {place} steht ganz am Anfang {value}?",
            ),
        ),
        Attribute(
            "fish",
            words(
                """
                Forellen|Bachforellen # gepunktete Speisefische
                Krebse|Flusskrebse # gepanzerte Tiere mit Scheren
                Lachse|Wildlachse # rosafarbene Wanderer, die springen
                Hechte|junge Hechte # Räuber mit langem Maul
                Perlmuscheln|seltene Perlmuscheln # Schalentiere mit einem Schmuckstück
                Karpfen|Spiegelkarpfen # dicke Teichbewohner für Silvester
                Barsche|Flussbarsche # gestreifte Tiere mit Stachelflossen
                Neunaugen|Bachneunaugen # kieferlose Sauger
                Störe|große Störe # Tiere, von denen Kaviar stammt
                Aale|Flussaale # Tiere, die wie Schlangen aussehen
                """
            ),
            said=(
                "Angler kommen von weit her, um {value} zu fangen.",
                "Ein Gesetz verbietet, die hier gefangenen {value} zu verkaufen.",
                "In den klaren Becken unter dem Wehr leben {value}.",
            ),
            mentioned=("Angler fangen in der {name} gern {value}.",),
            asked=(
                "Was fangen Angler in der {name}?",
                "Welche Tiere bewohnen die {name}?",
                "Was beißt in der {name} an?",
                "Welche Arten sind in der {name} heimisch?",
                "In welchem Gewässer in {place} gibt es {value}?",
            ),
        ),
        Attribute(
            "bridge",
            words(
                """
                Schmiedeeisen|Eisen # graues Metall
                Backstein|Ziegelstein # gebranntem Lehm
                Granit|grauem Granit # sehr hartem Fels
                Hanfseil|Seilen aus Hanf # gedrehten Fasern
                Eichenholz|Bohlen aus Eiche # gesägtem Hartholz
                Marmor|weißem Marmor # dem Werkstoff der Bildhauer
                Glas|dickem Glas # durchsichtigem Werkstoff
                Wurzeln|lebenden Wurzeln # unterirdischen Pflanzenteilen
                Kupfer|grünem Kupfer # rötlichem Metall
                Walknochen|Knochen von Walen # Gebeinen von Meeressäugern
                """
            ),
            said=(
                "Die einzige Brücke besteht aus {value}.",
                "Eine Brücke aus {value} verbindet die Ufer.",
                "Nach dem Hochwasser wurde die Brücke aus {value} neu gebaut.",
            ),
            mentioned=("Die Brücke über die {name} besteht aus {value}.",),
            asked=(
                "Woraus besteht die Brücke über die {name}?",
                "Welches Material trägt die Fußgänger über die {name}?",
                "Worauf gelangt man trocken über die {name}?",
                "Aus welchem Stoff ist der Übergang an der {name} errichtet?",
                "Welches Gewässer in {place} überquert man auf {value}?",
            ),
        ),
        Attribute(
            "length",
            words("\n".join(f"{n} Kilometer|{n} km" for n in range(11, 98))),
            said=(
                "Von der Quelle bis zur Mündung misst sie {value}.",
                "Ihre Länge beträgt {value}.",
                "Auf {value} treibt sie elf Mühlen an.",
            ),
            mentioned=("Die Länge der {name} beträgt {value}.",),
            asked=(
                "Welche Länge hat die {name}?",
                "Wie lang ist die {name}?",
                "Welche Strecke legt die {name} zurück, bis sie mündet?",
                "Wie weit paddelt man auf der ganzen {name}?",
                "Wie groß ist die Entfernung vom Anfang bis zum Ende der {name}?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                eine versunkene Glocke|eine Glocke unter Wasser # etwas Metallenes, das aus der Tiefe läutet
                eine Nixe|eine traurige Nixe # eine Frau mit Fischschwanz
                ein kopfloses Gespenst|ein Gespenst ohne Kopf # ein Wesen, dem über dem Hals etwas fehlt
                eine verlorene Krone|eine verschollene Krone # die verschwundene Zierde eines königlichen Hauptes
                ein schlafendes Ungeheuer|ein schlummerndes Ungeheuer # etwas Schreckliches, das ruht
                eine goldene Egge|eine Egge aus Gold # ein kostbares Ackergerät
                ein sprechendes Wildpferd|ein redendes Wildpferd # ein Huftier mit Stimme
                eine weiße Frau|eine Frau in Weiß # eine blasse Dame
                ein gläsernes Schloss|ein Schloss aus Glas # eine durchsichtige Burg
                eine blinde Hexe|eine augenlose Hexe # eine Zauberin ohne Augenlicht
                """
            ),
            said=(
                "Eine alte Sage handelt davon, wie {value} den Menschen erschien.",
                "Bei Vollmond, so heißt es, ist {value} am Ufer zu sehen.",
                "Großmütter erzählen den Kleinen, dass {value} in der Tiefe wartet.",
            ),
            mentioned=("Zur Sage von der {name} gehört {value}.",),
            asked=(
                "Was gehört zur Sage von der {name}?",
                "Welches Märchen gehört zur {name}?",
                "Was soll an der {name} spuken?",
                "Was erwarten abergläubische Leute an der {name}?",
                "An welchem Gewässer in {place} soll es etwas Unheimliches geben, nämlich {value}?",
            ),
        ),
    ),
)
