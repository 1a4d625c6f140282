"""Word lists that several kinds of entity of the invented country share: names, numbers, plants, animals."""

from __future__ import annotations

import re

from langret.synthesis.world import Word, words

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
# The spelling used before 1972 is alive in names: Soekarno, Djakarta, Tjahjadi.
_OLD = {"u": "oe", "c": "tj", "j": "dj", "y": "j", "ny": "nj", "sy": "sj", "kh": "ch"}


def old_spelling(name: str) -> str:
    """Write a name as before the spelling reforms: Cahyajaya becomes Tjahjadjaja."""

    def old(match: re.Match[str]) -> str:
        found = _OLD[match[0].lower()]
        return found if match[0][0].islower() else found.capitalize()

    return re.sub("ny|sy|kh|[ucjy]", old, name, flags=re.IGNORECASE)


def number_words(n: int) -> str:
    """Say a whole number below ten thousand: 1240 is seribu dua ratus empat puluh."""
    if n < 10:
        return _DIGITS[n]
    if n < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(n, f"{_DIGITS[n - 10]} belas")
    for unit, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if n >= unit:
            head = f"se{name}" if n // unit == 1 else f"{number_words(n // unit)} {name}"
            return head + (f" {number_words(n % unit)}" if n % unit else "")
    raise ValueError(n)


def numbers(low: int, high: int, step: int, *units: str) -> tuple[Word, ...]:
    """Quantities: each in figures with every unit, and in words with the first."""
    return tuple(
        Word((*(f"{n} {unit}" for unit in units), f"{number_words(n)} {units[0]}"))
        for n in range(low, high, step)
    )


YEARS = tuple(Word((f"tahun {year}", f"tahun {number_words(year)}")) for year in range(1832, 1985))

# Names of places: two parts that recur in many names, so that the old spelling can be learnt. Every second part
# changes in it.
_PLACES = "Suka Karang Tanjung Batu Muara Rantau Giri Kembang Lubuk Sumber Tirta Wana Mekar Sido Teluk Ujung"
_QUALITIES = "jaya mulya rejo agung maju unggul subur luhur panjang kencana rukun makmur jernih cahya"
STEMS = tuple(
    Word((a + b, old_spelling(a + b), f"{a} {b.capitalize()}"))
    for a in _PLACES.split()
    for b in _QUALITIES.split()
)
_FIRST = """
    Suparjo Wahyuni Cokro Jumadi Yuniarti Suryani Joko Sucipto Mulyadi Ayu Budi Cahyo Yusuf
    Juwita Surya Nyoman Wulan Jamilah Sujono Putu Bayu Kuncoro Sutinah Guntur
"""
_LAST = """
    Kusumo Wijaya Suryanegara Hadikusuma Cahyadi Purwanto Jayakarta Sutejo Widyastuti
    Mangunsari Yudhoatmo Tanujaya Sucahyo Prajaka Wiryawan Kertarejo Rahayu Danujaya
"""
FIRST_NAMES = tuple(Word((name, old_spelling(name))) for name in _FIRST.split())
LAST_NAMES = tuple(Word((name, old_spelling(name))) for name in _LAST.split())

REGIONS = words(
    """
    Provinsi Nusa Utara|Prov. Nusa Utara
    Provinsi Nusa Selatan|Prov. Nusa Selatan
    Provinsi Pesisir Timur|Prov. Pesisir Timur
    Provinsi Pesisir Barat|Prov. Pesisir Barat
    Provinsi Dataran Tengah|Prov. Dataran Tengah
    Provinsi Seribu Danau|Prov. Seribu Danau
    Provinsi Tanah Tinggi|Prov. Tanah Tinggi
    Provinsi Kepulauan Senja|Prov. Kepulauan Senja
    """
)
FLOWERS = words(
    """
    melati|melati putih # kembang kecil harum untuk pengantin
    anggrek bulan|puspa pesona # tanaman epifit berkelopak lebar
    kamboja|semboja # kembang yang sering ditanam di makam
    teratai|seroja # kembang yang mengapung di kolam
    kenanga|kenanga hijau # kembang kuning kehijauan bahan minyak wangi
    bugenvil|kembang kertas # tanaman berduri dengan daun pelindung warna-warni
    mawar|ros # kembang berduri lambang cinta
    cempaka|kantil # kembang wangi yang diselipkan di sanggul
    flamboyan|semarak api # pohon peneduh yang berkembang merah menyala
    kembang sepatu|bunga raya # kembang merah besar berputik panjang
    edelweis|bunga abadi # kembang dataran tinggi yang tak lekas layu
    matahari|kembang matahari # kembang besar kuning yang mengikuti cahaya
    """
)
TREES = words(
    """
    beringin|waringin # pohon besar berakar gantung
    jati|kayu jati # pohon penghasil bahan mebel terbaik
    asam jawa|pohon asam # pohon berbuah polong kecut
    kelapa|nyiur # pohon pantai berbuah santan
    pinus|tusam # pohon berdaun jarum penghasil getah
    randu|kapuk # pohon penghasil isi bantal
    trembesi|ki hujan # pohon peneduh bertajuk seperti payung
    sagu|rumbia # pohon rawa penghasil tepung
    aren|enau # pohon penghasil gula merah dan ijuk
    waru|baru laut # pohon pantai berdaun bentuk hati
    cendana|kayu cendana # pohon berkayu harum
    bambu|buluh # rumput raksasa beruas-ruas
    """
)
ANIMALS = words(
    """
    kancil|pelanduk # hewan kecil cerdik dalam dongeng
    berang-berang|anjing air # hewan pemakan ikan yang pandai berenang
    rangkong|enggang # burung berparuh besar bercula
    trenggiling|tenggiling # pemakan semut yang bersisik
    kukang|malu-malu # primata malam yang bergerak pelan
    landak|babi landak # hewan berduri tajam
    kerbau|munding # ternak pembajak sawah
    penyu|katung # reptil laut bertempurung
    merak|burung merak # burung berekor kipas indah
    kelelawar|kalong # hewan malam bersayap yang tidur terbalik
    tokek|toke # reptil dinding yang bersuara nyaring
    monyet|kera ekor panjang # hewan pemanjat yang suka pisang
    """
)
DAYS = words("Senin\nSelasa\nRabu\nKamis\nJumat|Jum'at\nSabtu\nMinggu|Ahad")
MONTHS = words(
    "Januari\nFebruari|Pebruari\nMaret\nApril\nMei\nJuni\nJuli\nAgustus\nSeptember\nOktober\nNovember|Nopember\nDesember"
)
COLORS = words(
    """
    merah marun|merah hati # warna seperti darah tua
    biru laut|biru samudra # warna seperti lautan
    hijau lumut|hijau tua # warna seperti batu lembap
    kuning kunyit|kuning tua # warna seperti bumbu kari
    ungu terung|lembayung # warna campuran merah dan biru
    cokelat kopi|coklat tua # warna seperti kayu
    jingga|oranye # warna seperti senja
    abu-abu|kelabu # warna seperti mendung
    putih gading|putih kekuningan # warna seperti tulang
    hitam arang|hitam pekat # warna seperti malam
    merah jambu|merah muda # warna seperti buah jambu
    biru langit|biru muda # warna seperti udara cerah
    """
)
TRADES = words(
    """
    nelayan|penangkap ikan # orang yang mencari nafkah di laut
    pandai besi|tukang besi # orang yang menempa logam
    dalang|juru wayang # orang yang memainkan boneka kulit
    guru mengaji|ustaz kampung # orang yang mengajar membaca kitab
    penjahit|tukang jahit # orang yang membuat pakaian
    pembatik|juru batik # orang yang melukis kain dengan malam
    tabib|dukun obat # orang yang menyembuhkan dengan ramuan
    penyadap nira|penderes # orang yang mengambil cairan manis dari pohon
    masinis|juru lokomotif # orang yang menjalankan kereta
    bidan|juru rawat persalinan # orang yang menolong kelahiran
    saudagar rempah|pedagang rempah # orang yang menjual pala dan cengkih
    penggembala|gembala # orang yang menjaga ternak
    """
)
SOUNDS = words(
    """
    beduk|bedug # tabuhan besar dari kulit sapi
    kentungan|kentongan # alat pukul dari kayu berlubang
    peluit kapal|sirene kapal # bunyi tanda keberangkatan di pelabuhan
    gong|gung # alat musik logam bundar bergema
    suling|seruling # alat tiup dari bambu
    lonceng|genta # alat logam yang berdentang di menara
    kokok ayam|suara ayam jantan # panggilan unggas saat fajar
    rebana|terbang # gendang pipih pengiring selawat
    angklung|angklung bambu # alat musik yang digoyangkan
    terompet kerang|sangka # cangkang laut yang ditiup
    meriam karbit|meriam bambu # dentuman yang biasa terdengar pada malam Lebaran
    gamelan|karawitan # sekumpulan alat musik pukul tradisional
    """
)
