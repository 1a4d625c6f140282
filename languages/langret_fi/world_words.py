"""Names and word lists that several kinds of entity of the invented country Usvamaa share."""

from __future__ import annotations

from langret.synthesis.world import Word, words

_ONES = ("", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän")


def number(n: int) -> str:
    """Write a whole number from 1 to 999 in words: 134 becomes satakolmekymmentäneljä."""
    if n > 99:
        hundreds, rest = divmod(n, 100)
        return (
            ("" if hundreds == 1 else _ONES[hundreds]) + ("sata" if hundreds == 1 else "sataa") + number(rest)
        )
    if n < 10:
        return _ONES[n]
    if n == 10:
        return "kymmenen"
    if n < 20:
        return _ONES[n - 10] + "toista"
    return _ONES[n // 10] + "kymmentä" + _ONES[n % 10]


def numbers(low: int, high: int, step: int, *units: str) -> tuple[Word, ...]:
    """Quantities: each in figures with every unit, and in words with the first."""
    return tuple(
        Word((*(f"{n} {unit}" for unit in units), f"{number(n)} {units[0]}")) for n in range(low, high, step)
    )


YEARS = tuple(Word((str(year),)) for year in range(1832, 1962))

# Finnish and Swedish parts of place names: Koivumäki is Björkbacka on the other half of the road sign.
_FIRST = words(
    """
    Koivu|Björk
    Kuusi|Gran
    Honka|Furu
    Haapa|Asp
    Tammi|Ek
    Pihlaja|Rönn
    Kataja|En
    Karhu|Björn
    Susi|Varg
    Kettu|Räv
    Hirvi|Älg
    Korppi|Korp
    Kotka|Örn
    Joutsen|Svan
    Kurki|Tran
    Hauki|Gädd
    Lohi|Lax
    Ahven|Abborr
    Kivi|Sten
    Hiekka|Sand
    Savi|Ler
    Sammal|Moss
    Kanerva|Ljung
    Ohra|Korn
    Kello|Klock
    Hopea|Silver
    Kulta|Guld
    Rauta|Järn
    Musta|Svart
    Puna|Röd
    Uusi|Ny
    Vanha|Gammel
    Iso|Stor
    Pikku|Lill
    Tuuli|Vind
    Lumi|Snö
    Halla|Frost
    Terva|Tjär
    """
)
# Plain form, genitive, the local case in which one is there, and the one in which one comes from there.
_SHAPES = ("", "gen", "loc", "from")
_PLACES = """
    mäki mäen mäellä mäeltä|backa backan backassa backasta
    lahti lahden lahdessa lahdesta|vik vikin vikissä vikistä
    niemi niemen niemessä niemestä|näs näsin näsissä näsistä
    salmi salmen salmessa salmesta|sund sundin sundissa sundista
    ranta rannan rannassa rannasta|strand strandin strandissa strandista
    saari saaren saaressa saaresta|holm holmin holmissa holmista
    koski kosken koskella koskelta|fors forsin forsissa forsista
    kylä kylän kylässä kylästä|by byn byssä bystä
    lampi lammen lammella lammelta|träsk träskin träskissä träskistä
    harju harjun harjulla harjulta|ås åsin åsissa åsista
    pelto pellon pellolla pellolta|åker åkerin åkerissa åkerista
    linna linnan linnassa linnasta|borg borgin borgissa borgista
    satama sataman satamassa satamasta|hamn hamnin hamnissa hamnista
    järvi järven järvellä järveltä|sjö sjön sjössä sjöstä
    luoto luodon luodossa luodosta|skär skärin skärissä skäristä
    kangas kankaan kankaalla kankaalta|mo mon mossa mosta
    notko notkon notkossa notkosta|dal dalin dalissa dalista
    silta sillan sillassa sillasta|bro bron brossa brosta
    metsä metsän metsässä metsästä|skog skogin skogissa skogista
"""
_RIVERS = """
    joki joen joessa joesta|å ån åssa åsta
    virta virran virrassa virrasta|ström strömin strömissä strömistä
    puro puron purossa purosta|bäck bäckin bäckissä bäckistä
    oja ojan ojassa ojasta|dike diken dikessä dikestä
"""


def _combined(table: str) -> tuple[Word, ...]:
    """Every first part with every second part, in Finnish and in Swedish."""
    found = []
    for line in filter(None, map(str.strip, table.splitlines())):
        seconds = [half.split() for half in line.split("|")]
        for first in _FIRST:
            forms = tuple(
                {shape: f"{part}{end}" for shape, end in zip(_SHAPES, ends, strict=True)}
                for part, ends in zip(first.forms, seconds, strict=True)
            )
            found.append(Word(forms))
    return tuple(found)


PLACES = _combined(_PLACES)
RIVERS = _combined(_RIVERS)
OF_PLACES = tuple(Word(tuple(form["gen"] for form in word.forms)) for word in PLACES)  # type: ignore[index]
"""The same names in the genitive, for ``Koivumäen koulu`` in all its cases."""


def declined(text: str) -> tuple[Word, ...]:
    """Read words in plain form, genitive, and the case of being in them: ``koulu koulun koulussa|…``."""
    return tuple(
        Word(tuple(dict(zip(_SHAPES, form.split(), strict=False)) for form in line.split("|")))
        for line in filter(None, map(str.strip, text.splitlines()))
    )


GIVEN = words(
    """
    Johannes|Jussi
    Katariina|Kaisa
    Kristiina|Kirsti
    Yrjö|Jyrki
    Margareeta|Marketta
    Aleksanteri|Santeri
    Elisabet|Liisa
    Mikael|Mikko
    Kustaa|Kusti
    Helena|Leena
    Tuomas|Tuomo
    Sofia|Fiia
    Paavali|Paavo
    Antero|Antti
    Henrik|Heikki
    Magdaleena|Leni
    Laurentius|Lauri
    Eveliina|Eevi
    """
)
_SURNAMES = (
    "Ryynä Kokko Puuppo Lumia Tervo Hakka Sauko Mustikkai Poutiai Karppi Ruuska Kuika Sormu Vesterka "
    "Hyväri Taki Piipari Varsa Lauka Nokela Ruoko Tuohi Kiiski Siili Pilvi Rinki Suvela Tuiski"
)


def _surname(stem: str) -> dict[str, str]:
    harmony = "a" if set(stem.lower()) & set("aou") else "ä"
    return {"": f"{stem}nen", "gen": f"{stem}sen", "ade": f"{stem}sell{harmony}"}


SURNAMES = tuple(Word((_surname(stem),)) for stem in _SURNAMES.split())

FLOWERS = words(
    """
    kielo|lehtokielo # valkoinen kello, joka tuoksuu kesäkuussa
    sinivuokko|lehtosinivuokko # kevään ensimmäinen sininen metsäkasvi
    voikukka|ketovoikukka # keltainen kasvi, jonka hahtuvat voi puhaltaa pois
    päivänkakkara|niittykakkara # valkea niittykasvi, jonka terälehdistä ennustetaan rakkautta
    vanamo|pohjanvanamo # metsän pieni vaaleanpunainen kaksoiskello
    kissankello|sinikello # niityn sininen kelloa muistuttava kasvi
    ulpukka|keltalumme # keltainen vesikasvi
    apila|puna-apila # kasvi, jonka neljäs lehti tuo onnea
    unikko|silkkiunikko # punainen kasvi, jonka siemeniä pannaan sämpylöihin
    ruusu|orjanruusu # piikikäs pensas, rakastavaisten lahja
    krookus|kevätsahrami # sipulista nouseva varhaisin kevätkasvi
    horsma|maitohorsma # palaneiden aukeiden korkea pinkki kasvi
    leinikki|niittyleinikki # keltainen kasvi, jota lehmä ei syö
    orvokki|keto-orvokki # kasvi, jonka terälehdissä on kuin kasvot
    """
)
TREES = words(
    """
    vaahtera|metsävaahtera # puu, jonka lehdet hehkuvat syksyllä punaisina
    lehmus|metsälehmus # herttalehtinen puu, jonka kukista keitetään teetä
    jalava|vuorijalava # kookas puu, jota hollantilainen tauti uhkaa
    saarni|lehtosaarni # puu, josta tehtiin keihään varsia
    omenapuu|tarhaomenapuu # puu, josta saadaan hilloa ja mehua
    kirsikkapuu|hapankirsikka # puu, jonka marjassa on kova kivi
    lehtikuusi|siperianlehtikuusi # havupuu, joka varistaa neulasensa
    tuomi|lehtotuomi # valkokukkainen puu, jonka marja kuivattaa suun
    poppeli|hopeapoppeli # korkea ja kapea kujien puu
    raita|kevätraita # pajun sukuinen puu, jossa on pehmeitä kissoja
    hevoskastanja|kastanja # puu, josta putoaa kiiltäviä ruskeita palleroita
    marjakuusi|euroopanmarjakuusi # myrkyllinen havupuu, josta veistettiin jousia
    """
)
PETS = words(
    """
    vuohi|kuttu # sarvipää, joka määkii ja kiipeilee
    papukaija|ara-papukaija # värikäs lintu, joka matkii puhetta
    siili|piikkiturkki # yöllinen piikkipallo
    aasi|harmaa aasi # pitkäkorvainen hevosen sukulainen
    ankka|myskiankka # vaappuva vesilintu
    mäyräkoira|mäykky # pitkä ja matala haukkuja
    kilpikonna|maakilpikonna # hidas panssarin kantaja
    kana|maatiaiskana # munia muniva lintu
    kissa|raitakatti # hiiriä pyytävä kehrääjä
    hanhi|merihanhi # vihainen pitkäkaulainen vartija
    kani|luppakorva # pitkäkorvainen porkkanan syöjä
    poni|shetlanninponi # pieni ratsu
    saukko|euroopansaukko # jokien notkea uimari
    pöllö|lehtopöllö # yön suurisilmäinen lintu
    """
)
COLOURS = words(
    """
    tummansininen|yönsininen # syvän meren väri
    heleänvihreä|ruohonvihreä # kevätnurmen väri
    viininpunainen|burgundi # tumman rypälejuoman väri
    hopeanharmaa|hopeanvärinen # tuhkan väri
    kananpojankeltainen|keltainen # auringon ja sitruunan väri
    lumivalkoinen|valkoinen # puhtaan lakanan väri
    sysimusta|musta # noen väri
    oranssi|appelsiininvärinen # porkkanan väri
    violetti|liila # mustikkamaidon väri
    ruosteenruskea|ruskea # kahvin väri
    vaaleanpunainen|pinkki # hattaran väri
    turkoosi|sinivihreä # lämpimän laguunin väri
    """
)
SIGNALS = words(
    """
    kirkonkello|tapulin kello # ääni, joka kutsuu jumalanpalvelukseen
    höyrypilli|tehtaan pilli # savuavan koneen kimeä vihellys
    tykinlaukaus|tykin pamahdus # ruutiaseen jyly
    torvisoitto|vaskien soitto # puhallinten sävel
    lehmänkello|lehmän kilistin # ääni karjan kaulasta
    rummunpärinä|rummun jyrinä # kapuloilla lyöty rytmi
    ilotulitus|rakettien pauke # värikkäät raketit yön yllä
    laivan tuuttaus|sumutorvi # satamaan tulevan aluksen ääni
    kukonlaulu|kukon kiekuminen # linnun huuto tunkiolta
    posetiivin sävel|kampiurku # veivattava soitin kadulla
    kanteleen helinä|kantele # kansalliseepoksen kielisoitin
    lasten kuoro|lapsikuoro # pienten laulajien esitys
    """
)
FORMER = words(
    """
    vilja-aitta|jyväaitta # ohran ja rukiin säilytyspaikka
    kehruutehdas|kehräämö # lankojen tekopaikka
    käräjätalo|oikeustalo # tuomioiden jakopaikka
    kestikievari|majatalo # matkalaisten yöpaikka
    postikonttori|postitalo # kirjeiden lajittelupaikka
    hevostalli|talli # ratsujen koti
    sairaala|lasaretti # potilaiden hoitopaikka
    pappila|kirkkoherran talo # seurakunnan paimenen koti
    paloasema|letkutalo # liekkien sammuttajien tukikohta
    elokuvateatteri|biografi # filmien katselupaikka
    vankila|tyrmä # rangaistusten kärsimispaikka
    rautatieasema|asemarakennus # junamatkustajien odotuspaikka
    tullikamari|tullitalo # rajamaksujen kantopaikka
    tupakkatehdas|sikaritehdas # savukkeiden tekopaikka
    """
)
TRADES = words(
    """
    kalastaja|verkkomies # ihminen, joka laskee pyydyksiä järveen
    seppä|rautamestari # raudan takoja
    suutari|kenkämestari # jalkineiden korjaaja
    räätäli|vaatturi # pukujen ompelija
    kätilö|paarmuska # synnytysten auttaja
    lukkari|urkuri # kirkon soittaja
    mehiläistarhuri|hunajamestari # pörröisten hyönteisten hoitaja
    maanmittari|geometri # tilojen rajojen piirtäjä
    kirjansitoja|nidemestari # nahkakansien tekijä
    nuohooja|nokimestari # savupiippujen puhdistaja
    lautturi|lossimies # vesistön yli kuljettaja
    tervanpolttaja|tervahautamies # mustan puuaineen valmistaja
    puutarhuri|taimimestari # kasvien hoitaja
    kelloseppä|kellomestari # ajan koneiden korjaaja
    """
)
