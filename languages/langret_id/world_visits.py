"""Mountains, museums and festivals of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_id.world_words import ANIMALS, COLORS, DAYS, MONTHS, SOUNDS, STEMS, YEARS, numbers

MOUNTAIN = Kind(
    name="mountain",
    names=(words("Gunung|Gn."), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} menjulang di sebelah {place}.",
        "{name} adalah gunung yang tampak jelas dari {place}.",
        "Pendaki biasanya berangkat dari {place} menuju {name}.",
        "Di luar batas {place} berdiri gunung bernama {name}.",
    ),
    asides=(
        "Puncaknya sering tertutup awan pada siang hari.",
        "Sinyal telepon hilang setelah pos kedua.",
        "Pendaki wajib membawa turun sampahnya sendiri.",
        "Warung kecil di kaki gunung menjual gorengan hangat.",
        "Jalurnya licin setelah hujan.",
        "Bintang terlihat sangat jelas dari tempat berkemah.",
    ),
    attributes=(
        Attribute(
            "height",
            numbers(1103, 3900, 17, "meter", "m"),
            said=(
                "Ketinggiannya {value} di atas permukaan laut.",
                "Puncak tertingginya berada pada {value}.",
                "Menurut peta, tingginya {value}.",
            ),
            mentioned=("Tinggi {name} adalah {value}.",),
            asked=(
                "Berapa ketinggian {name}?",
                "Seberapa tinggi {name}?",
                "Elevasi {name} berapa?",
                "Berapa mdpl puncak {name}?",
            ),
        ),
        Attribute(
            "animal",
            ANIMALS,
            said=(
                "Lerengnya menjadi tempat hidup {value}.",
                "Satwa yang dilindungi di sini ialah {value}.",
                "Pendaki yang beruntung dapat melihat {value}.",
            ),
            mentioned=("Lereng {name} menjadi tempat hidup {value}.",),
            asked=(
                "Satwa apa yang dilindungi di {name}?",
                "Binatang apa yang menghuni {name}?",
                "Fauna khas {name} apa?",
                "Hewan apa yang bisa dijumpai ketika mendaki {name}?",
                "Gunung mana di {place} yang merupakan habitat {value}?",
            ),
        ),
        Attribute(
            "erupted",
            YEARS,
            said=(
                "Letusan terakhirnya terjadi pada {value}.",
                "Gunung ini terakhir meletus pada {value}.",
                "Sejak {value} gunung ini tidak pernah lagi mengeluarkan lava.",
            ),
            mentioned=("{name} terakhir meletus pada {value}.",),
            asked=(
                "Kapan {name} terakhir meletus?",
                "Erupsi paling akhir {name} terjadi kapan?",
                "Kapan terakhir kali {name} memuntahkan lahar?",
                "Sejak kapan {name} tidak aktif lagi?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                putri yang menjadi batu|gadis membatu # perempuan yang dikutuk
                raksasa tidur|buta yang terlelap # makhluk besar yang tidak bangun
                naga penjaga emas|ular besar penjaga harta # makhluk mitos bersisik
                perahu terbalik|kapal yang ditendang # kendaraan air yang dibalikkan
                tujuh bidadari|bidadari yang mandi # wanita bersayap dari kahyangan
                harimau bijak|macan yang pandai bicara # kucing besar berbelang yang menasihati
                pertapa abadi|resi yang tak pernah mati # orang suci yang hidup selamanya
                pasar hantu|pasar makhluk halus # tempat jual beli gaib
                cincin yang hilang|cincin raja yang jatuh # perhiasan jari yang lenyap
                pohon berbuah intan|pohon permata # tumbuhan yang menghasilkan berlian
                anak durhaka|anak yang melawan ibu # keturunan yang tidak patuh
                kuda terbang|kuda bersayap # hewan tunggangan di udara
                """
            ),
            said=(
                "Menurut cerita rakyat, di sini pernah ada {value}.",
                "Legendanya berkisah tentang {value}.",
                "Orang tua bercerita tentang {value} kepada para pendaki.",
            ),
            mentioned=("Legenda {name} berkisah tentang {value}.",),
            asked=(
                "Legenda {name} berkisah tentang apa?",
                "Dongeng apa yang melekat pada {name}?",
                "Mitos setempat mengenai {name} bercerita soal apa?",
                "Gunung mana di {place} yang punya dongeng {value}?",
            ),
        ),
        Attribute(
            "gift",
            words(
                """
                stroberi|arbei # buah merah berbintik
                jamur tiram|jamur kayu # cendawan putih yang dapat dimakan
                belerang|sulfur # mineral kuning berbau
                kentang|ubi belanda # umbi untuk perkedel
                wortel|lobak merah # umbi jingga baik untuk mata
                batu apung|pumis # batuan ringan berpori
                kol|kubis # sayur bulat berlapis daun
                susu segar|susu perah # minuman putih dari sapi
                vanili|panili # pewangi kue berbentuk polong
                bawang putih|dasun # umbi bumbu berbau tajam
                kayu manis|keningar # kulit batang harum untuk minuman
                alpukat|avokad # buah hijau berlemak
                """
            ),
            said=(
                "Penduduk lerengnya memanen {value}.",
                "Dari sini {value} dikirim ke banyak pasar.",
                "Hasil bumi yang paling laku adalah {value}.",
            ),
            mentioned=("Penduduk lereng {name} memanen {value}.",),
            asked=(
                "Apa yang dipanen penduduk lereng {name}?",
                "Sumber pendapatan orang di {name} apa?",
                "Hasil alam apa yang diperoleh dari {name}?",
                "Gunung di {place} manakah yang memasok {value}?",
            ),
        ),
    ),
)

MUSEUM = Kind(
    name="museum",
    names=(words("Museum|Musium\nGaleri|Galery"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} merupakan tempat pameran di {place}.",
        "Wisatawan yang datang ke {place} biasanya mampir ke {name}.",
        "{name} dikelola oleh pemerintah {place}.",
        "Di pusat {place} terdapat tempat pameran bernama {name}.",
    ),
    asides=(
        "Pemandunya bercerita dengan penuh semangat.",
        "Pengunjung dilarang memotret dengan lampu kilat.",
        "Lantainya berderit ketika diinjak.",
        "Pendingin ruangannya menyala sepanjang tahun.",
        "Buku tamunya sudah berjilid-jilid.",
        "Rombongan pelajar sering datang dengan bus.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                fosil gajah purba|tulang mamut # sisa hewan berbelalai dari zaman kuno
                kereta kencana|kereta raja # kendaraan berkuda milik istana
                topeng emas|kedok emas # penutup wajah dari logam mulia
                naskah lontar|kitab daun lontar # tulisan kuno di atas daun
                meteorit|batu angkasa # benda yang jatuh dari langit
                mesin cetak tua|alat cetak kuno # pembuat koran zaman dahulu
                perahu cadik|jukung # kendaraan laut bersayap kayu
                mahkota ratu|tajuk ratu # perhiasan kepala penguasa perempuan
                uang kulit|alat bayar kulit # alat jual beli dari hewan
                lukisan pasir|gambar pasir # karya rupa dari butiran pantai
                telepon engkol|pesawat telepon putar # alat bicara jarak jauh kuno
                baju zirah|baju besi # pakaian perang logam
                """
            ),
            said=(
                "Koleksi paling berharganya adalah {value}.",
                "Di ruang tengah dipamerkan {value}.",
                "Kebanyakan orang datang untuk melihat {value}.",
            ),
            mentioned=("Koleksi paling berharga {name} adalah {value}.",),
            asked=(
                "Apa koleksi paling berharga {name}?",
                "Benda apa yang bisa dilihat di {name}?",
                "Daya tarik utama {name} apa?",
                "Artefak andalan {name} berupa apa?",
                "Tempat pameran mana di {place} yang menyimpan {value}?",
            ),
        ),
        Attribute(
            "opened",
            YEARS,
            said=(
                "Pintunya dibuka untuk umum pada {value}.",
                "Gedungnya selesai dibangun pada {value}.",
                "Peresmiannya berlangsung pada {value}.",
            ),
            mentioned=("{name} dibuka untuk umum pada {value}.",),
            asked=(
                "Kapan {name} dibuka untuk umum?",
                "Mulai kapan {name} menerima pengunjung?",
                "{name} berdiri sejak kapan?",
                "Kapan pita {name} digunting?",
            ),
        ),
        Attribute(
            "closed",
            DAYS,
            said=(
                "Tempat ini tutup setiap {value}.",
                "Pada hari {value} tidak ada kunjungan.",
                "Petugasnya beristirahat setiap {value}.",
            ),
            mentioned=("{name} tutup setiap {value}.",),
            asked=(
                "Hari apa {name} tutup?",
                "Kapan {name} tidak bisa dikunjungi?",
                "Hari libur {name} apa?",
                "Hari apa saya tidak boleh datang ke {name}?",
            ),
        ),
        Attribute(
            "building",
            words(
                """
                stasiun kereta|setasiun # tempat naik sepur
                penjara|bui # tempat menahan orang hukuman
                pabrik gula|pabrik tebu # tempat mengolah batang manis
                rumah sakit|hospital # tempat merawat pasien
                gudang beras|lumbung padi # tempat menyimpan bahan pangan
                kantor pos|kantor surat # tempat mengirim kartu dan paket
                benteng|kubu pertahanan # bangunan tentara berdinding tebal
                gedung bioskop|rumah layar perak # tempat menonton film
                mercusuar|menara suar # bangunan bercahaya penunjuk arah kapal
                istana bupati|pendopo bupati # kediaman kepala daerah
                pasar ikan|tempat lelang ikan # tempat menjual hasil laut
                bank kolonial|gedung bank lama # tempat menabung zaman Belanda
                """
            ),
            said=(
                "Bangunannya dahulu adalah {value}.",
                "Pameran ini menempati bekas {value}.",
                "Sampai sekarang bentuk {value} masih terlihat.",
            ),
            mentioned=("Bangunan {name} dahulu adalah {value}.",),
            asked=(
                "Bangunan {name} dahulu adalah apa?",
                "Apa fungsi awal gedung {name}?",
                "Sebelum dipakai {name}, gedung itu apa?",
                "Tempat pameran mana di {place} yang menempati gedung lama {value}?",
            ),
        ),
        Attribute(
            "ticket",
            COLORS,
            said=(
                "Tiketnya dicetak di atas kertas {value}.",
                "Pengunjung menerima karcis berwarna {value}.",
                "Warna karcis masuknya {value}.",
            ),
            mentioned=("Karcis {name} berwarna {value}.",),
            asked=(
                "Apa warna karcis {name}?",
                "Tanda masuk {name} warnanya apa?",
                "Kertas tiket di {name} berwarna apa?",
                "Tempat pameran mana di {place} yang tanda masuknya {value}?",
            ),
        ),
    ),
)

FESTIVAL = Kind(
    name="festival",
    names=(words("Festival|Pesta Rakyat\nKirab|Pawai"), STEMS),
    place="town",
    count=45,
    opened=(
        "{name} adalah perayaan tahunan di {place}.",
        "Seluruh warga {place} menantikan {name}.",
        "{name} membuat jalan-jalan {place} penuh sesak.",
        "Perayaan terbesar di {place} bernama {name}.",
    ),
    asides=(
        "Penginapan harus dipesan jauh-jauh hari.",
        "Pedagang kaki lima berjajar sampai tengah malam.",
        "Pesertanya mengenakan pakaian adat.",
        "Acara ini gratis dan terbuka bagi semua orang.",
        "Hujan pun tidak membuat penonton pulang.",
        "Persiapannya memakan waktu berbulan-bulan.",
    ),
    attributes=(
        Attribute(
            "month",
            MONTHS,
            said=(
                "Perayaan ini diadakan pada bulan {value}.",
                "Acaranya jatuh setiap {value}.",
                "Puncak acaranya berlangsung pada pertengahan {value}.",
            ),
            mentioned=("{name} diadakan pada bulan {value}.",),
            asked=(
                "Bulan apa {name} diadakan?",
                "Kapan orang dapat menonton {name}?",
                "{name} diselenggarakan kapan?",
                "Jadwal tahunan {name} jatuh pada bulan apa?",
            ),
        ),
        Attribute(
            "music",
            SOUNDS,
            said=(
                "Acara dibuka dengan {value}.",
                "Arak-arakannya diiringi {value}.",
                "Sepanjang malam terdengar {value}.",
            ),
            mentioned=("{name} dibuka dengan {value}.",),
            asked=(
                "Dengan apa {name} dibuka?",
                "Bunyi apa yang mengiringi {name}?",
                "Musik pengiring {name} berasal dari apa?",
                "Perayaan mana di {place} yang diawali {value}?",
            ),
        ),
        Attribute(
            "contest",
            words(
                """
                balap karung|lari karung # lomba melompat dalam kantong goni
                panjat pinang|naik batang licin # lomba memanjat tiang berminyak
                makan kerupuk|lomba melahap kerupuk # lomba mengunyah tanpa tangan
                tarik tambang|adu tarik tali # adu kuat dua regu
                adu layang-layang|lomba layangan # permainan angin dengan benang
                balap sapi|karapan # lomba lari ternak bertanduk
                balap egrang|lari jangkungan # lomba berjalan di atas tongkat
                tangkap lele|lomba menangkap ikan # lomba di kolam berlumpur
                merangkai janur|lomba anyaman janur # adu keterampilan daun muda
                berbalas pantun|adu pantun # adu sajak empat baris
                dayung sampan|lomba dayung # adu cepat di air
                sumpit sasaran|menyumpit # lomba meniup anak panah
                """
            ),
            said=(
                "Lomba yang paling ramai adalah {value}.",
                "Anak muda berebut hadiah dalam {value}.",
                "Panitia selalu menggelar {value}.",
            ),
            mentioned=("Lomba paling ramai pada {name} adalah {value}.",),
            asked=(
                "Apa lomba yang paling ramai pada {name}?",
                "Permainan apa yang dipertandingkan di {name}?",
                "Orang bertanding apa saat {name}?",
                "Perayaan mana di {place} yang mempertandingkan {value}?",
            ),
        ),
    ),
)
