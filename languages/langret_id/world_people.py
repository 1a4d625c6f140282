"""Schools and people of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_id.world_words import (
    ANIMALS,
    COLORS,
    FIRST_NAMES,
    FLOWERS,
    LAST_NAMES,
    STEMS,
    TRADES,
    TREES,
    YEARS,
    numbers,
)

SCHOOL = Kind(
    name="school",
    names=(
        words("SMA Negeri|Sekolah Menengah Atas Negeri\nSMP|Sekolah Menengah Pertama\nSD|Sekolah Dasar"),
        STEMS,
    ),
    place="town",
    count=65,
    opened=(
        "{name} adalah sekolah di {place}.",
        "Banyak anak dari {place} belajar di {name}.",
        "{name} berdiri di pinggiran {place}.",
        "Sekolah yang paling dikenal di {place} ialah {name}.",
    ),
    asides=(
        "Murid-muridnya piket membersihkan kelas secara bergiliran.",
        "Kantinnya ramai pada jam istirahat.",
        "Upacara bendera diadakan di lapangan berumput.",
        "Perpustakaannya buka sampai sore.",
        "Sebagian besar muridnya datang dengan berjalan kaki.",
        "Gurunya dikenal sabar dan suka bercanda.",
    ),
    attributes=(
        Attribute(
            "opened",
            YEARS,
            said=(
                "Sekolah ini dibuka pada {value}.",
                "Angkatan pertamanya diterima pada {value}.",
                "Gedungnya mulai dipakai untuk belajar pada {value}.",
            ),
            mentioned=("{name} dibuka pada {value}.",),
            asked=(
                "Kapan {name} dibuka?",
                "Sejak kapan {name} menerima murid?",
                "{name} diresmikan kapan?",
                "Kapan kegiatan belajar di {name} bermula?",
            ),
        ),
        Attribute(
            "uniform",
            COLORS,
            said=(
                "Seragamnya berwarna {value}.",
                "Murid-muridnya mengenakan kemeja {value}.",
                "Baju wajib para pelajarnya {value}.",
            ),
            mentioned=("Seragam {name} berwarna {value}.",),
            asked=(
                "Apa warna seragam {name}?",
                "Siswa {name} berpakaian warna apa?",
                "Bagaimana busana wajib peserta didik {name}?",
                "Sekolah mana di {place} yang siswanya berpakaian {value}?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Di halamannya tumbuh {value} yang sudah tua.",
                "Para murid beristirahat di bawah {value}.",
                "Lambang sekolah ini memuat gambar {value}.",
            ),
            mentioned=("Di halaman {name} tumbuh {value}.",),
            asked=(
                "Apa yang tumbuh di halaman {name}?",
                "Pohon apa yang meneduhi siswa {name} saat istirahat?",
                "Tanaman apa yang ada di pekarangan {name}?",
                "Sekolah mana di {place} yang pekarangannya ditumbuhi {value}?",
            ),
        ),
        Attribute(
            "club",
            words(
                """
                paduan suara|koor # kelompok menyanyi bersama
                pencak silat|bela diri silat # seni bela diri tradisional
                karawitan Jawa|gamelan pelajar # kelompok pemain musik pukul
                karya ilmiah remaja|klub penelitian # kelompok percobaan dan riset
                bulu tangkis|badminton # olahraga raket dan kok
                sepak takraw|takraw # olahraga bola rotan
                pramuka|kepanduan # kegiatan berkemah dan tali-temali
                jurnalistik|majalah dinding # kegiatan menulis berita
                catur|klub catur # permainan papan raja dan menteri
                teater|drama # kegiatan bermain peran di panggung
                tari saman|tari tepuk # gerak serempak sambil duduk
                panjat tebing|panjat dinding # olahraga naik dinding dengan tali
                """
            ),
            said=(
                "Kegiatan ekstrakurikuler unggulannya adalah {value}.",
                "Sekolah ini sering menjuarai lomba {value}.",
                "Setelah pelajaran usai, banyak murid berlatih {value}.",
            ),
            mentioned=("{name} sering menjuarai lomba {value}.",),
            asked=(
                "Apa ekstrakurikuler unggulan {name}?",
                "Dalam bidang apa {name} kerap memperoleh piala?",
                "Siswa {name} berprestasi dalam hal apa?",
                "Sekolah mana di {place} yang kuat dalam {value}?",
            ),
        ),
        Attribute(
            "students",
            numbers(112, 980, 7, "murid", "siswa"),
            said=(
                "Tahun ini tercatat {value} di sekolah ini.",
                "Sekolah ini mempunyai {value}.",
                "Jumlah yang terdaftar adalah {value}.",
            ),
            mentioned=("{name} mempunyai {value}.",),
            asked=(
                "Berapa orang yang terdaftar di {name}?",
                "Seberapa banyak anak yang bersekolah di {name}?",
                "Jumlah pelajar {name} berapa?",
                "Berapa peserta didik yang dimiliki {name}?",
            ),
        ),
    ),
)

PERSON = Kind(
    name="person",
    names=(FIRST_NAMES, LAST_NAMES),
    place="town",
    count=65,
    opened=(
        "{name} adalah tokoh yang berasal dari {place}.",
        "{name} lahir dan dibesarkan di {place}.",
        "Warga {place} sangat menghormati {name}.",
        "Sebuah jalan di {place} memakai nama {name}.",
    ),
    asides=(
        "Rumah masa kecilnya masih dirawat oleh keluarga.",
        "Surat-suratnya dikumpulkan oleh seorang cucu.",
        "Banyak cerita lucu tentang sifatnya yang pelupa.",
        "Ia selalu membawa buku catatan kecil.",
        "Tetangga mengenangnya sebagai orang yang murah senyum.",
        "Potretnya dipajang di balai kota.",
    ),
    attributes=(
        Attribute(
            "job",
            TRADES,
            said=(
                "Pekerjaannya sehari-hari adalah {value}.",
                "Ia mencari nafkah sebagai {value}.",
                "Sebelum terkenal ia bekerja menjadi {value}.",
            ),
            mentioned=("{name} bekerja sebagai {value}.",),
            asked=(
                "Apa pekerjaan {name}?",
                "{name} berprofesi sebagai apa?",
                "Dengan apa {name} menghidupi keluarganya?",
                "Siapa tokoh dari {place} yang berprofesi sebagai {value}?",
            ),
        ),
        Attribute(
            "born",
            YEARS,
            said=(
                "Ia lahir pada {value}.",
                "Menurut akta, kelahirannya tercatat pada {value}.",
                "Ibunya melahirkan dia pada {value}.",
            ),
            mentioned=("{name} lahir pada {value}.",),
            asked=(
                "Kapan {name} lahir?",
                "{name} dilahirkan kapan?",
                "Kapan {name} pertama kali melihat dunia?",
                "Tahun kelahiran {name} berapa?",
            ),
        ),
        Attribute(
            "invention",
            words(
                """
                pompa air bertenaga angin|kincir pompa # mesin penyedot sumur yang digerakkan udara
                mesin pemarut kelapa|parut listrik # alat penghancur daging buah nyiur
                jam air|penunjuk waktu air # pengukur waktu dengan tetesan
                sepeda bambu|kereta angin bambu # kendaraan roda dua dari buluh
                kompor sekam|tungku sekam # pemanas masak berbahan kulit padi
                lampu jelantah|pelita minyak bekas # penerang dari sisa gorengan
                huruf rahasia|aksara sandi # tulisan yang hanya dimengerti sendiri
                perangkap tikus bersuara|jebakan tikus bernyanyi # alat penangkap hama yang berbunyi
                kapal lipat|perahu lipat # kendaraan air yang dapat digulung
                pupuk rumput laut|pupuk ganggang # penyubur tanah dari samudra
                teropong kertas|teleskop kertas # alat melihat bintang dari karton
                payung ganda|payung dua tangkai # pelindung hujan untuk berdua
                """
            ),
            said=(
                "Penemuannya yang paling dikenal ialah {value}.",
                "Ia berhasil menciptakan {value}.",
                "Namanya termasyhur berkat {value}.",
            ),
            mentioned=("{name} menciptakan {value}.",),
            asked=(
                "Apa penemuan {name} yang paling dikenal?",
                "{name} menemukan apa?",
                "Karya apa yang dirancang oleh {name}?",
                "Inovasi {name} berupa apa?",
                "Siapa orang {place} yang merancang {value}?",
            ),
        ),
        Attribute(
            "pet",
            ANIMALS,
            said=(
                "Hewan kesayangannya adalah {value}.",
                "Ke mana pun pergi, ia ditemani {value}.",
                "Di rumahnya hidup {value} yang jinak.",
            ),
            mentioned=("Hewan kesayangan {name} adalah {value}.",),
            asked=(
                "Apa hewan kesayangan {name}?",
                "Binatang apa yang dipelihara {name}?",
                "Peliharaan {name} apa?",
                "Siapa warga {place} yang memelihara {value}?",
            ),
        ),
        Attribute(
            "flower",
            FLOWERS,
            said=(
                "Ia gemar menanam {value}.",
                "Pada hari ulang tahunnya ia selalu diberi {value}.",
                "Kebunnya dipenuhi {value}.",
            ),
            mentioned=("{name} gemar menanam {value}.",),
            asked=(
                "{name} gemar menanam apa?",
                "Bunga apa yang disukai {name}?",
                "Tanaman favorit {name} apa?",
                "Siapa tokoh {place} yang hobi merawat {value}?",
            ),
        ),
    ),
)
