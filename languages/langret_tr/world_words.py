"""Names and word lists that several kinds of entity of the invented country share, and the suffixes of names."""

from __future__ import annotations

from langret.synthesis.world import Word, words

_ASCII = str.maketrans("çğıöşüâîûÇĞİÖŞÜ", "cgiosuaiuCGIOSU")
_ONES = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")


def number(n: int) -> str:
    """Write a whole number from 1 to 999 in words: 134 becomes yüz otuz dört."""
    hundreds, rest = divmod(n, 100)
    hundred = "" if not hundreds else "yüz" if hundreds == 1 else f"{_ONES[hundreds]} yüz"
    return " ".join(filter(None, (hundred, _TENS[rest // 10], _ONES[rest % 10])))


def numbers(low: int, high: int, step: int, *units: str) -> tuple[Word, ...]:
    """Quantities: each in figures with every unit, and in words with the first."""
    return tuple(
        Word((*(f"{n} {unit}" for unit in units), f"{number(n)} {units[0]}")) for n in range(low, high, step)
    )


def suffixed(name: str, *, possessed: bool = False) -> dict[str, str]:
    """A name with its case endings by vowel harmony, after an apostrophe.

    Args:
        name: The name as it stands alone.
        possessed: Whether it ends in the suffix of possession (Akköy Lisesi), which takes an n: Lisesi'nde.

    Returns:
        The shapes ``""``, ``gen``, ``loc`` and ``dat``.
    """
    vowel = next(c for c in reversed(name.lower()) if c in "aeıioöuü")
    low = "a" if vowel in "aıou" else "e"
    high = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}[vowel]
    open_end = name[-1].lower() in "aeıioöuü"
    hard = "t" if name[-1].lower() in "fstkçşhp" else "d"
    if possessed:
        return {
            "": name,
            "gen": f"{name}'n{high}n",
            "loc": f"{name}'nd{low}",
            "dat": f"{name}'n{low}",
        }
    return {
        "": name,
        "gen": f"{name}'{'n' if open_end else ''}{high}n",
        "loc": f"{name}'{hard}{low}",
        "dat": f"{name}'{'y' if open_end else ''}{low}",
    }


def plain(shapes: dict[str, str]) -> dict[str, str]:
    """The same as typed on a keyboard without Turkish letters."""
    return {name: text.translate(_ASCII) for name, text in shapes.items()}


def possessed(text: str) -> tuple[Word, ...]:
    """Read the second parts of compound names, such as ``Lisesi|İdadisi``, with their shapes."""
    return tuple(
        Word(tuple(suffixed(form, possessed=True) for form in line.split("|")))
        for line in filter(None, map(str.strip, text.splitlines()))
    )


YEARS = tuple(Word((str(year),)) for year in range(1832, 1962))

_FIRST = (
    "Ak Kara Gök Kızıl Sarı Yeşil Boz Taş Çam Kavak Söğüt Elma Ceviz Gül Çiğdem Ardıç Kartal Turna Keklik Ceylan "
    "Balık Kuş Bal Tuz Demir Altın Gümüş İnci Yıldız Ay Eski Yeni Büyük Küçük Ulu Işık İkiz Üzüm"
)


def _combined(seconds: str) -> tuple[Word, ...]:
    """Every first part with every second part; in questions also in plain letters, or else as two words."""
    found = []
    for second in seconds.split():
        for first in _FIRST.split():
            usual = suffixed(first + second)
            other = plain(usual)
            found.append(
                Word((usual, other if other != usual else suffixed(f"{first} {second.capitalize()}")))
            )
    return tuple(found)


PLACES = _combined("köy ova tepe pınar kaya ören hisar burun göl yurt bahçe liman çayır kule harman konak")
RIVERS = _combined("su çay dere ırmak")
OF_PLACES = tuple(Word(tuple(form[""] for form in word.forms)) for word in PLACES)  # type: ignore[index]
"""The same names without endings, for ``Akköy Lisesi`` in all its cases."""

GIVEN = words(
    """
    Mehmet|Memo
    Fatma|Fatoş
    Mustafa|Mıstık
    Hatice|Hatçe
    İbrahim|İbo
    Süleyman|Sülo
    Zeynep|Zeyno
    Ramazan|Ramo
    Hasan|Haso
    Emine|Eminoş
    Kâmil|Kamil
    Nigâr|Nigar
    Âdem|Adem
    Şükrü|Sukru
    İsmail|İsmo
    Gülsüm|Gulsum
    Işıl|Isil
    Kâzım|Kazim
    Hüseyin|Huseyin
    Münevver|Munevver
    """
)
_SURNAMES = (
    "Kuyumcu Dokumacı Işıldak İnceoğlu Gökmen Tezcan Şimşekli Ulukaya Yağız Sözer Karabulut Toprakçı Ilgazlı "
    "Üstündağ Çetinel Bozdoğan Akarsu Kırca Erdemli Gündoğan Sarıtaş Yıldırımcı Özbahçe Keskinel Selvioğlu"
)
SURNAMES = tuple(Word((suffixed(name),)) for name in _SURNAMES.split())

FLOWERS = words(
    """
    papatya|beyaz papatya # yaprakları seviyor sevmiyor diye koparılan çiçek
    gelincik|kırmızı gelincik # tarlaları al al eden narin çiçek
    lale|dağ lalesi # bir devre adını veren soğanlı çiçek
    karanfil|al karanfil # yakaya takılan kokulu çiçek
    menekşe|mor menekşe # gölgede açan küçük ve koyu renkli çiçek
    nergis|fulya # kışın açan sarı göbekli çiçek
    sümbül|mavi sümbül # salkım gibi dizilen bahar çiçeği
    zambak|ak zambak # saflığı anlatan uzun saplı çiçek
    nilüfer|su zambağı # durgun suyun üstünde yüzen çiçek
    kardelen|kar çiçeği # buzların arasından ilk çıkan çiçek
    ayçiçeği|günebakan # yüzünü güneşe dönen sarı çiçek
    hanımeli|sarmaşan hanımeli # çiti saran, gece kokan çiçek
    ortanca|mavi ortanca # toprağa göre renk değiştiren bahçe çiçeği
    kasımpatı|krizantem # sonbaharın son çiçeği
    """
)
TREES = words(
    """
    çınar|doğu çınarı # gövdesi oyulan, yüzyıllarca yaşayan ağaç
    ıhlamur|gümüşi ıhlamur # çiçeğinden kış çayı yapılan ağaç
    dut|karadut # ipek böceğinin yaprağını yediği ağaç
    zeytin|yabani zeytin # barışın dalını veren ağaç
    incir|ballı incir # sütü olan, meyvesi kurutulan ağaç
    nar|ekşi nar # meyvesinde bin tane bulunan ağaç
    servi|kara servi # mezarlıkların ince uzun ağacı
    ladin|doğu ladini # yılbaşında süslenen iğne yapraklı ağaç
    kestane|atkestanesi # meyvesi közde pişen ağaç
    erguvan|boğaz erguvanı # baharda pembe-mor açan ağaç
    badem|acı badem # kışın aldanıp erken açan ağaç
    meşe|palamut meşesi # sincaba yemiş veren sert ağaç
    """
)
PETS = words(
    """
    keçi|oğlak # sakallı ve inatçı hayvan
    papağan|yeşil papağan # konuşmayı öğrenen kuş
    kirpi|dikenli kirpi # toplanınca iğneli bir yumak olan hayvan
    eşek|sıpa # uzun kulaklı yük hayvanı
    ördek|yeşilbaş # paytak yürüyen su kuşu
    kangal|çoban köpeği # sürüyü bekleyen iri bekçi
    kaplumbağa|tosbağa # evini sırtında taşıyan yavaş hayvan
    horoz|çil horoz # sabahı haber veren kanatlı
    tekir|tekir kedi # fare yakalayan çizgili hayvan
    kaz|boz kaz # eve yabancı sokmayan uzun boyunlu kuş
    tavşan|ada tavşanı # havuç kemiren uzun kulaklı hayvan
    midilli|bodur at # çocukların bindiği küçük binek
    sincap|kızıl sincap # fındık saklayan kabarık kuyruklu hayvan
    baykuş|puhu # gece gören iri gözlü kuş
    """
)
COLOURS = words(
    """
    lacivert|gece mavisi # derin denizin rengi
    çimen yeşili|fıstık yeşili # taze otun rengi
    bordo|vişneçürüğü # koyu şarabın rengi
    gri|kül rengi # sönmüş ateşin ve bulutun tonu
    limon sarısı|kanarya sarısı # ekşi meyvenin kabuğunun tonu
    bembeyaz|kar beyazı # yeni yağmış örtünün tonu
    simsiyah|kuzguni # kömürün tonu
    turuncu|portakal rengi # havucun tonu
    eflatun|leylak rengi # açık mor
    kahverengi|tarçın rengi # toprağın tonu
    tozpembe|şeker pembesi # pamuk helvanın tonu
    turkuaz|camgöbeği # sığ ve ılık denizin tonu
    """
)
SIGNALS = words(
    """
    davul sesi|davul gümbürtüsü # tokmakla vurulan çalgının gürültüsü
    vapur düdüğü|gemi düdüğü # iskeleye yanaşanın uzun çağrısı
    top atışı|topun gürlemesi # barutlu silahın patlaması
    zurna ezgisi|zurna havası # düğünlerin tiz üflemelisi
    koyun çanı|sürü çanı # boyunda sallanan küçük maden
    kampana|bronz çan # ipi çekilince çınlayan büyük maden
    havai fişek|gökyüzü fişeği # gökte açılan renkli ateş
    fabrika sireni|canavar düdüğü # işçilere mola veren tiz ses
    laterna müziği|laterna # kolu çevrilince çalan sandık
    horoz ötüşü|horozun sesi # kümesten gelen çağrı
    kaval nağmesi|kaval # çobanın üflediği kamış
    çocuk korosu|çocukların korosu # küçüklerin bir ağızdan söylediği
    """
)
FORMER = words(
    """
    tahıl ambarı|buğday ambarı # hasadın saklandığı yapı
    iplik fabrikası|iplikhane # yünün eğrildiği yapı
    adliye|mahkeme binası # davaların görüldüğü yapı
    kervansaray|han # yolcuların develeriyle gecelediği yapı
    postane|postahane # mektupların toplandığı yapı
    at ahırı|tavla # binek hayvanlarının barınağı
    hastane|şifahane # hastaların iyileştirildiği yapı
    hamam|çarşı hamamı # göbek taşında yıkanılan yapı
    itfaiye|tulumbacı ocağı # yangın söndürenlerin yeri
    sinema|yazlık sinema # film gösterilen yer
    zindan|hapishane # suçluların kapatıldığı yer
    tren garı|gar # demiryolu yolcularının bekleme yeri
    gümrük dairesi|gümrük binası # sınır vergisi alınan yer
    mumhane|mum atölyesi # fitilli ışığın döküldüğü yer
    """
)
TRADES = words(
    """
    balıkçı|ağcı # denizden geçinen kişi
    demirci|nalbant # ateşte maden döven usta
    kunduracı|ayakkabıcı # pabuç diken usta
    terzi|biçki ustası # giysi diken usta
    ebe|ebe hanım # doğuma yardım eden kişi
    değirmenci|un öğütücüsü # buğdayı toz eden kişi
    arıcı|kovancı # bal üreten kişi
    haritacı|yer ölçümcüsü # toprağın resmini çizen kişi
    ciltçi|mücellit # kitap kaplayan usta
    bacacı|baca temizleyicisi # damdaki isi süpüren kişi
    kayıkçı|sandalcı # yolcuyu karşı kıyıya geçiren kişi
    kömürcü|mangal kömürcüsü # odunu karaya çeviren kişi
    bahçıvan|gülcü # fidan ve tarh bakıcısı
    saatçi|saat tamircisi # zamanı gösteren aletin ustası
    """
)
