"""Word lists that several kinds of entity of the invented country share: names, numbers, plants, animals."""

from __future__ import annotations

from langret.synthesis.world import Word, words

_ONES = ("moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa")
_TENS = ("kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini", "themanini", "tisini")


def number_words(n: int) -> str:
    """Say a whole number between one and 9999: 1240 is elfu moja mia mbili na arobaini."""
    said = []
    for unit, name in ((1000, "elfu"), (100, "mia")):
        if n >= unit:
            said.append(f"{name} {_ONES[n // unit - 1]}")
            n %= unit
    if n >= 10:
        said.append(_TENS[n // 10 - 1])
        n %= 10
    if n:
        said.append(_ONES[n - 1])
    return f"{' '.join(said[:-1])} na {said[-1]}" if len(said) > 1 else said[0]


def numbers(low: int, high: int, step: int, *units: str) -> tuple[Word, ...]:
    """Quantities, the unit before the number: in figures with every unit, and in words with the first."""
    return tuple(
        Word((*(f"{unit} {n}" for unit in units), f"{units[0]} {number_words(n)}"))
        for n in range(low, high, step)
    )


def people(low: int, high: int, step: int, *nouns: str) -> tuple[Word, ...]:
    """Numbers of people, in figures only: said in words, the number would take the prefix of the noun."""
    return tuple(Word(tuple(f"{noun} {n}" for noun in nouns)) for n in range(low, high, step))


YEARS = tuple(Word((f"mwaka {y}", f"mwaka wa {number_words(y)}")) for y in range(1832, 1985))


def _stem(first: str, second: str) -> Word:
    """A place name in one word, in two, and without the apostrophe that typists leave out."""
    joined, apart = first + second, f"{first} {second.capitalize()}"
    return Word((joined, apart, joined.replace("'", "")) if "'" in joined else (joined, apart))


_PLACES = "Kisima Mbuyu Mwembe Mnazi Kilima Bonde Ziwa Msitu Jiwe Daraja Bandari Ng'ombe Simba Nyuki Ng'ambo Ng'anza"
# Words that take no prefix of the noun class.
_QUALITIES = "juu chini kati bora safi hodari imara laini baridi maridadi kamili huru tele moto"
STEMS = tuple(_stem(a, b) for a in _PLACES.split() for b in _QUALITIES.split())
# Names of Arabic origin are written as they sound in Swahili, or nearer to Arabic or English.
FIRST_NAMES = words(
    """
    Hamisi|Khamis
    Athumani|Othman
    Ramadhani|Ramazani
    Abdala|Abdallah
    Yusufu|Yusuf
    Fatuma|Fatma
    Zaituni|Zeitun
    Mwanaisha|Mwana Aisha
    Rehema|Rahma
    Salimu|Salim
    Bakari|Abubakar
    Shabani|Shaaban
    Halima|Haleema
    Ng'wanasha|Ngwanasha
    Petero|Petro
    Yohana|John
    Mariamu|Maryam
    Selemani|Suleiman
    Asumani|Uthman
    Zuhura|Zahra
    """
)
LAST_NAMES = words(
    """
    Mwinyimkuu|Mwinyi Mkuu
    Kipanga|Kipenga
    Ng'ong'o|Ngongo
    Mtambalike|Mtamba Like
    Chambuso|Chembuso
    Mwakasege|Mwakasega
    Nyang'oro|Nyangoro
    Kimweri|Kimwere
    Bungara|Mbungara
    Sheklango|Shekilango
    Dhahabuya|Zahabuya
    Mng'aru|Mngaru
    Kondoweza|Kondo Weza
    Makunganya|Makanganya
    Rwegasira|Rwegasila
    Tambwele|Tambwile
    Mzindakaya|Mzinda Kaya
    Gharibuni|Garibuni
    """
)

REGIONS = words(
    """
    Mkoa wa Nchi Kavu|Jimbo la Nchi Kavu
    Mkoa wa Bahari Kuu|Jimbo la Bahari Kuu
    Mkoa wa Nyanda Ndefu|Jimbo la Nyanda Ndefu
    Mkoa wa Visiwa Saba|Jimbo la Visiwa Saba
    Mkoa wa Maziwa Pacha|Jimbo la Maziwa Pacha
    Mkoa wa Upepo Mwanana|Jimbo la Upepo Mwanana
    Mkoa wa Machweo|Jimbo la Machweo
    Mkoa wa Mapambazuko|Jimbo la Mapambazuko
    """
)
TREES = words(
    """
    mkuyu|mtini mwitu # mti mkubwa wa kando ya maji wenye tini
    mkorosho|mbibo # mti wa korosho
    mlonge|mzunze # mti wenye majani ya dawa na mboga
    mkaratusi|mkalitusi # mti mrefu wenye mafuta ya kifua
    mwarobaini|mkilifi # mti wa dawa chungu sana
    mninga|mtumbati # mti wa mbao nzuri nyekundu
    mpera|mti wa mapera # mti wa matunda yenye mbegu nyingi ndogo
    mkoko|mkandaa # mti unaoota katika maji ya chumvi
    mchungwa|mti wa machungwa # mti wa matunda ya juisi yenye vitamini
    mpingo|mti wa mpingo # mti wa kuchongea vinyago vyeusi
    mfenesi|mti wa mafenesi # mti wa matunda makubwa yenye miiba
    mkahawa|mbuni # mti wa kinywaji cheusi cha asubuhi
    """
)
ANIMALS = words(
    """
    tumbili|ngedere # mnyama mwenye mkia mrefu anayeruka mitini
    kobe|kasa wa nchi kavu # mnyama mwenye gamba anayetembea polepole
    kanga|kororo # ndege mwenye madoadoa meupe
    sungura|kitungule # mnyama mjanja wa hadithi mwenye masikio marefu
    nungunungu|nungu # mnyama mwenye miiba mirefu mwilini
    pundamilia|punda mwitu # mnyama mwenye mistari myeupe na myeusi
    fisi|mnyama mla mizoga # mnyama anayecheka usiku
    kiboko|tomondo # mnyama mnene anayekaa majini
    kasuku|dura # ndege anayeiga maneno
    kifaru|faru # mnyama mwenye pembe puani
    twiga|mnyama wa shingo ndefu # mnyama anayekula majani ya juu mitini
    kinyonga|lumbwi # mnyama anayebadilisha rangi
    """
)
COLORS = words(
    """
    nyekundu|rangi ya damu # kama pilipili iliyoiva
    buluu|samawati # kama anga
    kijani|rangi ya majani # kama nyasi
    njano|manjano # kama ndizi mbivu
    zambarau|urujuani # kama bilinganya
    kahawia|hudhurungi # kama udongo
    rangi ya chungwa|rangi ya machungwa # kama jua linapotua
    kijivu|rangi ya majivu # kama mawingu ya mvua
    waridi|pinki # kama ua la mapenzi
    nyeupe|rangi ya theluji # kama maziwa
    nyeusi|rangi ya makaa # kama usiku
    dhahabu|rangi ya dhahabu # kama pete ya harusi
    """
)
DAYS = words("Jumatatu\nJumanne\nJumatano\nAlhamisi|Alkhamisi\nIjumaa\nJumamosi\nJumapili")
MONTHS = words(
    """
    mwezi wa Januari|mwezi wa kwanza
    mwezi wa Februari|mwezi wa pili
    mwezi wa Machi|mwezi wa tatu
    mwezi wa Aprili|mwezi wa nne
    mwezi wa Mei|mwezi wa tano
    mwezi wa Juni|mwezi wa sita
    mwezi wa Julai|mwezi wa saba
    mwezi wa Agosti|mwezi wa nane
    mwezi wa Septemba|mwezi wa tisa
    mwezi wa Oktoba|mwezi wa kumi
    mwezi wa Novemba|mwezi wa kumi na moja
    mwezi wa Desemba|mwezi wa kumi na mbili
    """
)
TRADES = words(
    """
    mvuvi|mtega samaki # mtu anayefanya kazi baharini kwa wavu
    fundi cherehani|mshonaji # mtu anayetengeneza nguo
    mhunzi|mfua chuma # mtu anayetengeneza majembe kwa moto
    mkunga|mzalishaji # mtu anayesaidia kina mama kujifungua
    baharia|nahodha # mtu anayesafiri kwa jahazi
    mfinyanzi|mtengeneza vyungu # mtu anayefanya kazi kwa udongo
    mganga|tabibu # mtu anayetibu wagonjwa kwa mitishamba
    seremala|fundi wa mbao # mtu anayetengeneza vitanda na milango
    dereva|mwendesha gari # mtu anayepeleka abiria
    mwashi|fundi wa matofali # mtu anayejenga nyumba
    mchungaji wa mbuzi|mfugaji wa mbuzi # mtu anayelisha mifugo
    mrina asali|mfuga nyuki # mtu anayepata kitu kitamu mzingani
    """
)
SOUNDS = words(
    """
    zumari|filimbi ya mbao # ala ya kupuliza ya harusini
    marimba|ala ya vibao # ala ya kugonga vibao vya mbao
    baragumu|siwa # pembe kubwa ya kupuliza
    kengele|njuga kubwa # chombo cha chuma kinacholia kanisani
    king'ora|honi ya hatari # sauti kali ya gari la zimamoto
    udi|gambusi # ala ya nyuzi ya taarabu
    kayamba|manyanga # ala ya kutikisa yenye mbegu
    jogoo|kuku dume # ndege anayewika alfajiri
    tarumbeta|parapanda # ala ya shaba ya bendi
    vigelegele|vifijo # sauti za shangwe za wanawake
    mizinga|risasi za heshima # mlipuko wa kijeshi
    zeze|ala ya uzi mmoja # ala ya nyuzi ya kichungaji
    """
)
