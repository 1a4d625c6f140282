"""Towns and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_id.world_words import COLORS, FLOWERS, REGIONS, SOUNDS, STEMS, TREES, YEARS, numbers

TOWN = Kind(
    name="town",
    names=(words("Kota|Kotamadya"), STEMS),
    place=REGIONS,
    count=65,
    opened=(
        "{name} adalah sebuah kota di {place}.",
        "Di {place} terdapat kota yang bernama {name}.",
        "{name} terletak di {place} dan dikelilingi perbukitan.",
        "Salah satu kota yang ramai di {place} ialah {name}.",
    ),
    asides=(
        "Jalan-jalannya sempit sehingga orang lebih suka bersepeda.",
        "Penduduknya saling mengenal dan gemar bertegur sapa.",
        "Setiap akhir pekan alun-alun penuh dengan pedagang.",
        "Rumah-rumah tua masih berdiri di sepanjang jalan utama.",
        "Wali kotanya dipilih lima tahun sekali.",
        "Pada musim kemarau udara terasa kering dan berdebu.",
    ),
    attributes=(
        Attribute(
            "specialty",
            words(
                """
                madu hutan|madu liar # cairan manis buatan lebah
                kain tenun|tenunan # kain buatan alat pintal tangan
                garam laut|garam dapur # bumbu asin dari tambak
                gerabah|tembikar # barang dari tanah liat yang dibakar
                tikar pandan|lampit # alas duduk anyaman
                terasi|belacan # bumbu udang yang difermentasi
                keris|belati berlekuk # senjata pusaka
                payung kertas|payung lukis # pelindung hujan yang dilukis
                kopi robusta|kopi bubuk # bahan minuman hitam pahit
                gula semut|gula kelapa # pemanis berbentuk butiran
                minyak kayu putih|minyak gosok # obat oles penghangat badan
                wayang golek|boneka kayu # mainan panggung tiga dimensi
                """
            ),
            said=(
                "Kota ini sejak lama dikenal sebagai penghasil {value}.",
                "Sebagian besar warganya hidup dari pembuatan {value}.",
                "Di toko-tokonya {value} dijual sebagai barang khas.",
            ),
            mentioned=("{name} terkenal sebagai penghasil {value}.", "Banyak warga {name} membuat {value}."),
            asked=(
                "{name} dikenal sebagai penghasil apa?",
                "Oleh-oleh apa yang sebaiknya dibeli di {name}?",
                "Apa produk unggulan {name}?",
                "Komoditas utama {name} itu apa ya?",
                "Kota mana di {place} yang mengandalkan {value}?",
            ),
        ),
        Attribute(
            "founded",
            YEARS,
            said=(
                "Kota ini didirikan pada {value}.",
                "Batu pertamanya diletakkan pada {value}.",
                "Menurut prasasti, permukiman ini dibuka pada {value}.",
            ),
            mentioned=("{name} didirikan pada {value}.",),
            asked=(
                "Kapan {name} didirikan?",
                "Sejak kapan {name} ada?",
                "Tahun berapa hari jadi pertama {name}?",
                "Awal mula berdirinya {name} itu kapan?",
            ),
        ),
        Attribute(
            "flower",
            FLOWERS,
            said=(
                "Bunga resmi kota ini adalah {value}.",
                "Lambang kotanya bergambar {value}.",
                "Warga menanam {value} di depan rumah sebagai bunga kota.",
            ),
            mentioned=("Bunga resmi {name} adalah {value}.",),
            asked=(
                "Apa bunga resmi {name}?",
                "Tumbuhan apa yang menjadi simbol {name}?",
                "Flora identitas {name} apa?",
                "Kembang apa yang melambangkan {name}?",
                "Kota di {place} manakah yang bersimbol {value}?",
            ),
        ),
        Attribute(
            "signal",
            SOUNDS,
            said=(
                "Setiap petang {value} terdengar di seluruh kota.",
                "Penutupan pasar ditandai dengan {value}.",
                "Warga pulang ke rumah begitu mendengar {value}.",
            ),
            mentioned=("Setiap petang di {name} terdengar {value}.",),
            asked=(
                "Apa yang terdengar di {name} setiap petang?",
                "Bunyi apa yang menandai sore hari di {name}?",
                "Penanda waktu tradisional {name} berupa apa?",
                "Kalau hari sudah sore, orang {name} mendengar apa?",
                "Di kota mana di {place} orang memakai {value} sebagai penanda waktu?",
            ),
        ),
        Attribute(
            "roof",
            COLORS,
            said=(
                "Menurut aturan kota, semua atap dicat {value}.",
                "Dari kejauhan tampak deretan atap berwarna {value}.",
                "Atap rumah di sini selalu {value}.",
            ),
            mentioned=("Atap rumah di {name} berwarna {value}.",),
            asked=(
                "Apa warna atap rumah di {name}?",
                "Bagian atas bangunan di {name} dicat apa?",
                "Genting di {name} warnanya apa?",
                "Jika dilihat dari udara, {name} tampak berwarna apa?",
                "Kota mana di {place} yang gentingnya {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(words("Sungai|Kali"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} mengalir melewati {place}.",
        "{name} adalah sungai yang membelah {place}.",
        "Air bersih bagi warga {place} berasal dari {name}.",
        "Di tepi {place} mengalir sebuah sungai bernama {name}.",
    ),
    asides=(
        "Anak-anak suka mandi di tepinya sepulang sekolah.",
        "Pada musim hujan airnya keruh dan deras.",
        "Sampan kecil masih dipakai untuk mengangkut hasil kebun.",
        "Sebuah dermaga tua tersisa di tikungannya.",
        "Kabut tipis turun di atas airnya menjelang pagi.",
        "Beberapa kelompok relawan membersihkan sampahnya setiap bulan.",
    ),
    attributes=(
        Attribute(
            "length",
            numbers(37, 480, 3, "kilometer", "km"),
            said=(
                "Panjangnya mencapai {value}.",
                "Dari hulu sampai muara jaraknya {value}.",
                "Alirannya membentang sejauh {value}.",
            ),
            mentioned=("Panjang {name} adalah {value}.",),
            asked=(
                "Berapa panjang {name}?",
                "Sejauh mana {name} mengalir?",
                "Berapa jarak yang ditempuh aliran {name} dari mata air ke laut?",
                "Ukuran panjang {name} berapa sih?",
            ),
        ),
        Attribute(
            "fish",
            words(
                """
                lele|ikan keli # ikan berkumis tanpa sisik
                gabus|ikan kutuk # ikan pemangsa kaya albumin
                belut|ikan belut # hewan air licin seperti ular
                udang galah|udang satang # hewan bercapit panjang
                gurami|gurame # ikan pipih untuk hidangan pesta
                mujair|nila hitam # ikan yang mengerami telur di mulut
                patin|jambal # ikan berlemak untuk pindang
                tawes|ikan putihan # ikan perak banyak duri
                kepiting bakau|ketam bakau # hewan berjalan miring
                arwana|siluk # ikan hias mahal bersisik besar
                sidat|pelus # hewan panjang yang bertelur di samudra
                baung|ikan duri # ikan bersungut dengan patil
                """
            ),
            said=(
                "Hasil tangkapan utamanya adalah {value}.",
                "Para pemancing datang untuk mencari {value}.",
                "Di airnya hidup {value} dalam jumlah besar.",
            ),
            mentioned=("Di {name} hidup banyak {value}.",),
            asked=(
                "Apa hasil tangkapan utama dari {name}?",
                "Kalau memancing di {name}, dapat apa?",
                "Satwa air apa yang melimpah di {name}?",
                "Jenis ikan atau hewan apa yang menghuni {name}?",
                "Sungai mana di {place} yang kaya akan {value}?",
            ),
        ),
        Attribute(
            "source",
            words(
                """
                kawah mati|kawah padam # lubang gunung yang tidak lagi meletus
                danau kembar|dua danau # sepasang telaga
                gua kapur|gua gamping # rongga di batuan putih
                rawa gambut|paya gambut # tanah basah berlapis tumbuhan busuk
                air terjun|curug # air yang jatuh dari tebing
                mata air panas|pemandian alami # tempat keluarnya air hangat
                hutan larangan|rimba keramat # tempat berpohon yang tidak boleh dimasuki
                telaga hijau|danau hijau # perairan tenang berwarna seperti daun
                kebun teh|perkebunan teh # lahan tanaman minuman pagi
                tebing granit|dinding granit # lereng terjal dari batu keras
                sumur purba|perigi kuno # lubang air dari zaman dahulu
                padang sabana|stepa # hamparan rumput luas
                """
            ),
            said=(
                "Hulunya berada di {value}.",
                "Alirannya bermula dari {value}.",
                "Sumber airnya ialah {value} di pegunungan.",
            ),
            mentioned=("Hulu {name} berada di {value}.",),
            asked=(
                "Di mana hulu {name}?",
                "Dari mana asal air {name}?",
                "{name} berpangkal di tempat seperti apa?",
                "Tempat lahirnya {name} berupa apa?",
                "Sungai mana di {place} yang berasal dari {value}?",
            ),
        ),
        Attribute(
            "crossing",
            words(
                """
                jembatan gantung|titian gantung # penyeberangan yang bergoyang
                rakit bambu|getek # lantai terapung yang ditarik tali
                feri kecil|kapal penyeberangan # alat angkut bermesin untuk orang dan motor
                kereta kabel|gondola # kotak yang meluncur di kawat
                jembatan batu|jembatan lengkung # bangunan kokoh warisan kolonial
                perahu naga|perahu hias # alat dayung berkepala hewan mitos
                terowongan|jalan bawah tanah # lorong di bawah dasar air
                deretan batu pijak|batu loncatan # bongkahan untuk dilangkahi
                jembatan pelengkung besi|jembatan baja # bangunan logam untuk rel
                tali luncur|tali gantung # kawat untuk meluncur dengan sabuk pengaman
                """
            ),
            said=(
                "Orang menyeberanginya dengan {value}.",
                "Sarana penyeberangannya ialah {value}.",
                "Untuk sampai ke seberang tersedia {value}.",
            ),
            mentioned=("Orang menyeberangi {name} dengan {value}.",),
            asked=(
                "Dengan apa orang menyeberangi {name}?",
                "Bagaimana cara melintasi {name}?",
                "Sarana apa yang dipakai untuk melewati {name}?",
                "Sungai mana di {place} yang dilintasi lewat {value}?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Tepiannya ditumbuhi {value}.",
                "Bayangan {value} meneduhi pinggir airnya.",
                "Pohon yang paling banyak di bantarannya ialah {value}.",
            ),
            mentioned=("Tepian {name} ditumbuhi {value}.",),
            asked=(
                "Pohon apa yang tumbuh di tepian {name}?",
                "Vegetasi apa yang mendominasi pinggir {name}?",
                "Tanaman peneduh di sekitar {name} jenisnya apa?",
                "Sungai di {place} manakah yang dipagari {value}?",
            ),
        ),
    ),
)
