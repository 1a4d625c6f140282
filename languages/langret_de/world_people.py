"""People and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_de.world_words import ANIMALS, FAMILY_END, FIRST, FORMER, GIVEN, TRADES, YEARS, tails

PERSON = Kind(
    name="person",
    names=(GIVEN, FIRST, FAMILY_END),
    place="town",
    count=80,
    opened=(
        "Aus {place} stammt {name}.",
        "In {place} ist eine Straße nach {name} benannt.",
        "Den Namen {name} kennt in {place} jedes Kind.",
        "{name} verbrachte das ganze Leben in {place}.",
    ),
    asides=(
        "Ein Bildnis gibt es nicht, nur einen Schattenriss aus schwarzem Papier.",
        "Die Tagebücher füllen dreißig Bände und sind nie gedruckt worden.",
        "Die Nachbarn erinnerten sich an lautes Lachen und einen sehr alten Mantel.",
        "Reisende legen Kieselsteine auf das Grab.",
        "Ein Film über dieses Leben wurde zweimal begonnen und nie beendet.",
        "Im Rathaus von {place} treffen noch heute Briefe ein.",
    ),
    attributes=(
        Attribute(
            "mother",
            TRADES,
            said=(
                "Die Mutter von {name} war {value}.",
                "Zu Hause war das Geld knapp, denn die Mutter war {value} und hatte neun Kinder.",
                "Als {value} verdiente die Mutter den Unterhalt der Familie.",
            ),
            mentioned=("Die Mutter von {name} war {value}.",),
            asked=(
                "Was war die Mutter von {name}?",
                "Aus was für einem Elternhaus kam {name}?",
                "Womit bestritten die Eltern von {name} ihren Lebensunterhalt?",
                "Welches Gewerbe lernte {name} in der Kindheit kennen?",
                "Welche Berühmtheit aus {place} hatte als Mutter {value}?",
            ),
        ),
        Attribute(
            "work",
            words(
                """
                eine Klappleiter|eine Leiter zum Klappen # etwas zum Steigen, das unter den Arm passt
                eine wasserfeste Tinte|eine Tinte, die Wasser aushält # etwas zum Schreiben, das nicht verläuft
                eine lautlose Schreibmaschine|eine Schreibmaschine ohne Lärm # ein Bürogerät, das man nicht hört
                eine Blindenlandkarte|eine Landkarte für Blinde # eine Darstellung der Erde zum Tasten
                ein Taschenbarometer|ein Barometer für die Tasche # ein kleines Gerät für Wettervorhersagen
                eine Armbanduhr ohne Aufzug|eine Armbanduhr, die sich selbst aufzieht # etwas Tickendes am Handgelenk
                ein Alphabet aus Pfiffen|ein gepfiffenes Alphabet # Buchstaben, die man mit den Lippen macht
                ein Mittel gegen Schluckauf|eine Arznei gegen Schluckauf # eine Hilfe gegen hicksende Laute
                eine Sturmlaterne|eine Laterne für Stürme # eine Lampe, die kein Wind löscht
                ein Faltboot|ein Boot zum Falten # ein Wasserfahrzeug für den Rucksack
                """
            ),
            said=(
                "Die wichtigste Erfindung ist {value}.",
                "Nach vielen Fehlschlägen entstand {value}.",
                "Der Welt schenkte {name} etwas Neues, nämlich {value}.",
            ),
            mentioned=("Die Erfindung von {name} ist {value}.",),
            asked=(
                "Was ist die Erfindung von {name}?",
                "Wodurch wurde {name} bekannt?",
                "Welche Leistung hat {name} vollbracht?",
                "Was verdanken wir {name}?",
                "Wer in {place} hatte diese Idee: {value}?",
            ),
        ),
        Attribute(
            "born",
            YEARS,
            said=(
                "Das Kirchenbuch verzeichnet die Geburt im Jahr {value}.",
                "{name} wurde {value} während eines Gewitters geboren.",
                "Als Geburtsjahr wird {value} angegeben.",
            ),
            mentioned=("{name} wurde im Jahr {value} geboren.",),
            asked=(
                "In welchem Jahr wurde {name} geboren?",
                "Was ist das Geburtsjahr von {name}?",
                "Wann kam {name} zur Welt?",
                "Wann erblickte {name} das Licht der Welt?",
                "Wie alt wäre {name} heute?",
            ),
        ),
        Attribute(
            "companion",
            ANIMALS,
            said=(
                "Auf allen Reisen war {value} dabei.",
                "Im Alter war {value} die einzige Gesellschaft.",
                "Das Denkmal am Hafen zeigt {name} und {value}.",
            ),
            mentioned=("Der ständige Begleiter von {name} war {value}.",),
            asked=(
                "Wer war der ständige Begleiter von {name}?",
                "Welches Haustier hatte {name}?",
                "Welches Tier gehörte {name}?",
                "Welches treue Wesen zog mit {name} umher?",
                "Welche Berühmtheit in {place} besaß {value}?",
            ),
        ),
        Attribute(
            "food",
            words(
                """
                Rollmöpse|Heringe in Essig # saure Meerestiere aus dem Glas
                Lebkuchen|harte Lebkuchen # Weihnachtsgebäck mit Gewürzen
                Rühreier|gerührte Eier # ein gelbes Frühstück aus der Pfanne
                Zwiebelringe|rohe Zwiebelringe # etwas, das Tränen hervorruft
                Pflaumenmus|Mus aus Pflaumen # eine dunkle Fruchtpaste
                Lakritze|schwarze Lakritze # Süßigkeiten aus einer Wurzel
                Walnüsse|frische Walnüsse # das, was Nussknacker öffnen
                Gurken|saure Gurken # grünes Eingelegtes
                Bratäpfel|gebackene Äpfel # heißes Obst aus dem Ofen
                Brezeln|weiche Brezeln # salziges Gebäck in Knotenform
                """
            ),
            said=(
                "Auf dem Schreibtisch stand stets ein Teller mit dem Lieblingsessen: {value}.",
                "In Briefen an Freunde heißt es, nichts gehe über {value}.",
                "Vergeblich warnten die Ärzte vor zu viel Genuss, es gab weiter {value}.",
            ),
            mentioned=("Das Lieblingsessen von {name}: {value}.",),
            asked=(
                "Was war das Lieblingsessen von {name}?",
                "Was aß {name} am liebsten?",
                "Welcher Speise konnte {name} nicht widerstehen?",
                "Wie ernährte sich {name}?",
                "Welche Berühmtheit in {place} liebte {value}?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(FIRST, FAMILY_END, tails("& Söhne|und Söhne\n& Töchter|und Töchter\nGmbH|G.m.b.H.\nAG|A.G.")),
    place="town",
    count=80,
    opened=(
        "Die Firma {name} ist der größte Arbeitgeber in {place}.",
        "In jeder Familie in {place} arbeitet jemand für die Firma {name}.",
        "Die Firma {name} hat ihren Sitz in {place}.",
        "Hinter dem Bahnhof von {place} liegen die Hallen der Firma {name}.",
    ),
    asides=(
        "Einmal im Jahr wird der Belegschaft die Bilanz laut vorgelesen.",
        "Einen Aufzug gibt es nicht, weil man den Seilen misstraut.",
        "Lehrlinge pflanzen am ersten Tag einen Baum.",
        "Ans Telefon geht, wer am nächsten sitzt.",
        "Bestellungen werden noch immer in ein Buch aus Leder geschrieben.",
        "Ein Brand hat das Archiv zerstört, so dass man vieles nur vom Hörensagen kennt.",
    ),
    attributes=(
        Attribute(
            "makes",
            words(
                """
                Fahrräder|Rennräder # Gefährte mit Pedalen
                Klaviere|Flügel und Klaviere # Instrumente mit schwarzen und weißen Tasten
                Brillen|Lesebrillen # Hilfen für schwache Augen
                Kekse|Haferkekse # knuspriges Kleingebäck zum Tee
                Teekessel|pfeifende Kessel # Gefäße für kochendes Wasser
                Tapeten|bedruckte Tapeten # Schmuck für Zimmerwände
                Rettungsboote|Boote zur Rettung # Hilfe für Schiffbrüchige
                Matratzen|Federkernmatratzen # weiche Unterlagen zum Schlafen
                Feuerwerkskörper|leise Feuerwerkskörper # Lichter für die Silvesternacht
                Buntstifte|Farbstifte # Minen zum Malen
                Küchenwaagen|Waagen # Geräte, die Gewichte bestimmen
                Zelte|Zelte aus Leinwand # Unterkünfte zum Wandern
                """
            ),
            said=(
                "Hergestellt werden {value}.",
                "In vierzig Länder exportiert sie {value}.",
                "In neun von zehn Haushalten findet man {value} mit ihrem Zeichen.",
            ),
            mentioned=("Die Firma {name} stellt {value} her.",),
            asked=(
                "Was stellt die Firma {name} her?",
                "In welcher Branche ist {name} tätig?",
                "Welche Produkte verlassen die Fabrik von {name}?",
                "Was bestellen Kunden bei {name}?",
                "Welches Unternehmen in {place} fertigt {value}?",
            ),
        ),
        Attribute(
            "since",
            YEARS,
            said=(
                "Das Geschäft begann {value} mit einem Tisch und zwei Stühlen.",
                "Ins Handelsregister wurde sie im Jahr {value} eingetragen.",
                "Auf dem Briefkopf steht die Zeile: seit {value}.",
            ),
            mentioned=("Die Firma {name} besteht seit {value}.",),
            asked=(
                "Seit wann besteht die Firma {name}?",
                "Wann nahm {name} den Betrieb auf?",
                "In welchem Jahr wurde {name} angemeldet?",
                "Wie lange gibt es {name} schon?",
                "Aus welchem Jahr stammt das Unternehmen {name}?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Die Gründerin war eigentlich {value}.",
                "Bevor es die Firma gab, war die Gründerin {value}.",
                "Eine verlorene Wette machte aus der Gründerin, die {value} war, eine Unternehmerin.",
            ),
            mentioned=("Die Gründerin der Firma {name} war {value}.",),
            asked=(
                "Was war die Gründerin der Firma {name} von Beruf?",
                "Welchen Berufsweg hatte die Frau hinter {name} zuvor eingeschlagen?",
                "Was hatte diejenige gelernt, die {name} aufbaute?",
                "Wer hat {name} ins Leben gerufen?",
                "Hinter welchem Unternehmen in {place} steckte {value}?",
            ),
        ),
        Attribute(
            "site",
            FORMER,
            said=(
                "Produziert wird dort, wo einmal {value} war.",
                "Die Werkhalle war {value}, bis die Firma sie kaufte.",
                "Nach der Flut zog man dorthin, wo {value} leer stand.",
            ),
            mentioned=("Die Werkhalle der Firma {name} war einmal {value}.",),
            asked=(
                "Was war die Werkhalle der Firma {name} einmal?",
                "In was für einem umgebauten Haus sitzt {name}?",
                "Wozu diente das Gelände von {name} in früheren Zeiten?",
                "Welche Vorgeschichte hat das Gebäude von {name}?",
                "Welches Unternehmen in {place} arbeitet dort, wo ehemals {value} war?",
            ),
        ),
        Attribute(
            "perk",
            words(
                """
                eine Hängematte|eine Hängematte unterm Dach # ein schwingendes Bett
                Schlittschuhe|ein Paar Schlittschuhe # etwas zum Gleiten auf Eis
                Kartoffeln|Kartoffeln für den Winter # ein Vorrat an Knollen
                freie Haarschnitte|Haarschnitte umsonst # Besuche beim Friseur
                Tanzstunden|Unterricht im Tanzen # das Erlernen des Walzers
                ein Ruderboot|ein Boot mit Rudern # ein Wasserfahrzeug für kräftige Arme
                ein warmes Bad|ein heißes Bad # eine volle Wanne
                eine Büchereikarte|eine Karte für die Bücherei # das Recht, Bücher zu leihen
                ein Mittagsschläfchen|ein Nickerchen nach dem Essen # eine Ruhepause mit geschlossenen Augen
                eine zweite Geburtstagsfeier|eine Geburtstagsfeier mehr # noch ein Fest mit Kerzen im Jahr
                """
            ),
            said=(
                "Als Prämie gibt es für die Beschäftigten {value}.",
                "Zum Arbeitsvertrag gehört etwas Besonderes: {value}.",
                "Am meisten freut sich die Belegschaft über eine Zugabe, und zwar {value}.",
            ),
            mentioned=("Bei der Firma {name} gibt es als Prämie {value}.",),
            asked=(
                "Was gibt es bei der Firma {name} als Prämie?",
                "Welche Vergünstigung genießt das Personal von {name}?",
                "Was bietet {name} allen, die dort anfangen?",
                "Womit belohnt {name} gute Mitarbeit?",
                "Welches Unternehmen in {place} lockt mit einem Extra, nämlich: {value}?",
            ),
        ),
    ),
)
