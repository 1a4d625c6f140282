"""Word lists that several kinds of entity of the invented country share: parts of names, years, animals."""

from __future__ import annotations

from langret.synthesis.world import Word, words

YEARS = tuple(Word((str(year),)) for year in range(1712, 1956, 3))


def tails(text: str) -> tuple[Word, ...]:
    """Words that follow a name after a space, as ``& Söhne`` does."""
    return tuple(Word(tuple(f" {form}" for form in word.forms)) for word in words(text))


def heads(text: str) -> tuple[Word, ...]:
    """Words that stand before a name and a space, as ``Realschule`` does."""
    return tuple(Word(tuple(f"{form} " for form in word.forms)) for word in words(text))


# Names: few parts in many names, each with another spelling, so that spellings can be learnt.
FIRST = words(
    """
    Mühl|Muehl
    Grün|Gruen
    Schön|Schoen
    Weiß|Weiss
    Groß|Gross
    Bären|Baeren
    Löwen|Loewen
    Höhen|Hoehen
    Köhler|Koehler
    Schäfer|Schaefer
    König|Koenig
    Mönch|Moench
    Kräuter|Kraeuter
    Gänse|Gaense
    Rot|Roth
    Walt|Wald
    Hart|Hardt
    Lint|Lind
    Eich|Aich
    Seifen|Seyfen
    Wein|Weyn
    Bruk|Bruck
    Torn|Thorn
    Nort|Nord
    """
)
TOWN_END = words(
    """
    tal|thal
    furt|furth
    rode|roda
    bach|pach
    heim|haim
    hausen|husen
    stedt|städt
    brück|brueck
    münde|muende
    lohe|loh
    """
)
FAMILY_END = words(
    """
    mann|man
    meier|mayer
    felder|velder
    berger|perger
    hofer|hoffer
    bauer|baur
    steiner|steyner
    huber|hueber
    müller|mueller
    binder|bynder
    """
)
GIVEN = heads(
    """
    Katharina|Catharina
    Stefan|Stephan
    Ralf|Ralph
    Sofie|Sophie
    Günther|Guenther
    Jörg|Joerg
    Claudia|Klaudia
    Karl|Carl
    Käthe|Kaethe
    Josef|Joseph
    Jürgen|Juergen
    Mathilde|Matilde
    """
)

ANIMALS = words(
    """
    eine Gans|eine Graugans # ein schnatterndes Tier mit weißen Federn
    eine Ziege|eine Bergziege # ein meckerndes Tier mit Hörnern
    eine Schildkröte|eine alte Schildkröte # ein langsames Tier mit Panzer
    ein Kamel|ein zahmes Kamel # ein Tier mit Höckern
    ein Frettchen|ein weißes Frettchen # ein schlankes Tier, das Kaninchen jagt
    ein Pony|ein Shetlandpony # ein sehr kleines Pferd
    eine Eule|eine Schleiereule # etwas Gefiedertes, das nachts fliegt
    ein Eichhörnchen|ein rotes Eichhörnchen # ein kletterndes Tier mit buschigem Schwanz
    eine Katze|eine dreifarbige Katze # ein schnurrendes Tier
    ein Wildschwein|ein junges Wildschwein # ein borstiges Tier aus dem Wald
    """
)
SIGNALS = words(
    """
    eine Kirchenglocke|die Glocke der Kirche # ein Läuten vom Turm
    ein Nebelhorn|das Horn eines Schiffs # ein tiefer Ton vom Wasser
    eine Drehorgel|die Musik einer Drehorgel # Musik aus einem Kasten mit Kurbel
    eine Trompete|eine einzelne Trompete # eine Melodie auf Blech
    eine Dampfpfeife|die Pfeife eines Dampfkessels # ein schriller Ton aus dem Kessel
    eine Trommel|eine große Trommel # das Schlagen auf ein Fell
    eine Kuckucksuhr|eine riesige Kuckucksuhr # das Rufen eines hölzernen Vogels
    eine Zither|eine verstimmte Zither # das Zupfen von Saiten
    eine Kanone|eine alte Kanone # ein lauter Knall aus einem Rohr
    ein Xylophon|ein hölzernes Xylophon # das Klopfen auf Holzstäbe
    """
)
FORMER = words(
    """
    ein Gefängnis|eine Haftanstalt # ein Haus für Verbrecher
    eine Brauerei|ein Brauhaus # ein Betrieb für Gerstensaft
    eine Kapelle|ein Gotteshaus # ein Gebäude zum Beten
    eine Bäckerei|eine Backstube # ein Betrieb für Laibe und Semmeln
    eine Sparkasse|ein Bankhaus # ein Gebäude voller Geld
    ein Theater|ein Schauspielhaus # ein Gebäude mit Bühne
    eine Weberei|eine Webstube # ein Betrieb für Tuch
    eine Feuerwache|ein Spritzenhaus # ein Gebäude für Löschwagen
    eine Apotheke|eine Hofapotheke # ein Laden für Arzneien
    eine Schmiede|eine Hufschmiede # ein Betrieb für Hufeisen
    """
)
TRADES = words(
    """
    Uhrmacherin|Uhrmachermeisterin # eine Frau, die Zeitmesser repariert
    Hebamme|Geburtshelferin # eine Frau, die bei Entbindungen half
    Schmiedin|Kunstschmiedin # eine Frau, die Eisen hämmerte
    Anwältin|Rechtsanwältin # eine Frau, die vor Gericht sprach
    Schuhmacherin|Schusterin # eine Frau, die Stiefel flickte
    Fährfrau|Fährschifferin # eine Frau, die Leute übers Wasser brachte
    Apothekerin|Pharmazeutin # eine Frau, die Arzneien mischte
    Schneiderin|Näherin # eine Frau, die Kleider anfertigte
    Imkerin|Bienenzüchterin # eine Frau, die Völker von Insekten hielt
    Gärtnerin|Landschaftsgärtnerin # eine Frau, die Beete pflegte
    """
)
WEEKDAYS = words(
    """
    montags|am Montag
    dienstags|am Dienstag
    mittwochs|am Mittwoch
    donnerstags|am Donnerstag
    freitags|am Freitag
    samstags|am Samstag
    sonntags|am Sonntag
    """
)
