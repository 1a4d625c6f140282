"""Dishes and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_id.world_words import ANIMALS, DAYS, STEMS, TRADES, numbers

DISH = Kind(
    name="dish",
    names=(words("Soto|Sroto\nSate|Satai\nGulai|Gule\nRujak|Rudjak\nKerupuk|Krupuk"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} adalah hidangan khas {place}.",
        "Di warung-warung {place} orang memesan {name}.",
        "Perantau asal {place} selalu merindukan {name}.",
        "{name} mula-mula dikenal sebagai makanan pesta di {place}.",
    ),
    asides=(
        "Setiap keluarga mempunyai resep rahasianya sendiri.",
        "Hidangan ini paling enak dimakan selagi hangat.",
        "Antreannya panjang pada hari libur nasional.",
        "Harganya terjangkau bagi semua orang.",
        "Anak-anak biasanya meminta porsi kedua.",
        "Ada lomba memasaknya setiap tahun.",
    ),
    attributes=(
        Attribute(
            "main",
            words(
                """
                nangka muda|gori # buah besar berduri yang belum matang
                jantung pisang|kembang pisang # bagian merah di ujung tandan
                tempe bosok|tempe semangit # olahan kedelai yang sudah tua
                daging itik|daging bebek # unggas air
                kerang hijau|kupang hijau # hewan bercangkang dari teluk
                telur puyuh|telur gemak # butir kecil berbintik dari burung
                rebung|tunas bambu # pucuk muda buluh
                iga sapi|tulang rusuk sapi # bagian dada ternak
                tahu susu|tahu lembut # gumpalan putih dari kedelai
                cumi-cumi|sotong # hewan laut bertinta
                daun singkong|pucuk ubi kayu # sayur hijau tanaman umbi
                labu siam|jipang # buah sayur hijau pucat
                """
            ),
            said=(
                "Bahan utamanya adalah {value}.",
                "Hidangan ini dibuat dari {value}.",
                "Tanpa {value} rasanya tidak lengkap.",
            ),
            mentioned=("Bahan utama {name} adalah {value}.",),
            asked=(
                "Apa bahan utama {name}?",
                "{name} terbuat dari apa?",
                "Untuk memasak {name}, saya harus membeli apa?",
                "Isi {name} apa saja?",
                "Masakan mana dari {place} yang memakai {value}?",
            ),
        ),
        Attribute(
            "spice",
            words(
                """
                kemiri|buah keras # biji berminyak pengental bumbu
                lengkuas|laos # rimpang berserat beraroma tajam
                ketumbar|biji ketumbar # butiran bulat untuk bacem
                pala|biji pala # rempah dari Banda
                cengkih|cengkeh # kuncup kering bahan rokok
                kecombrang|honje # kuntum merah muda beraroma segar
                daun salam|salam koja # daun pengharum nasi uduk
                jinten|jintan # biji kecil pengharum kari
                andaliman|merica batak # butir yang membuat lidah kebas
                kluwek|keluak # biji hitam untuk rawon
                asam kandis|asam kering # irisan kulit buah yang kecut
                temu kunci|kunci # rimpang untuk sayur bening
                """
            ),
            said=(
                "Aromanya berasal dari {value}.",
                "Bumbu terpentingnya ialah {value}.",
                "Juru masak selalu menambahkan {value}.",
            ),
            mentioned=("Bumbu terpenting {name} ialah {value}.",),
            asked=(
                "Apa bumbu terpenting {name}?",
                "Rempah apa yang dipakai dalam {name}?",
                "Apa yang membuat {name} wangi?",
                "Penyedap alami {name} apa?",
                "Masakan {place} manakah yang dibumbui {value}?",
            ),
        ),
        Attribute(
            "served",
            words(
                """
                daun pisang|pincuk # lembaran hijau lebar pembungkus
                batok kelapa|tempurung kelapa # kulit keras buah nyiur
                piring seng|piring kaleng # wadah logam tipis
                mangkuk bergambar jago|mangkok ayam jago # wadah dengan lukisan unggas
                cobek batu|ulekan batu # alat penggerus sambal
                besek|kotak anyaman # wadah dari bilah buluh
                kendi|teko tanah liat # tempat air tradisional
                rantang|wadah susun # tempat makanan bertingkat
                nampan tembaga|baki tembaga # talam logam kemerahan
                keranjang rotan|bakul rotan # wadah dari tumbuhan merambat
                """
            ),
            said=(
                "Hidangan ini disajikan dalam {value}.",
                "Penjual menaruhnya di atas {value}.",
                "Penyajiannya selalu memakai {value}.",
            ),
            mentioned=("{name} disajikan dalam {value}.",),
            asked=(
                "Dalam apa {name} disajikan?",
                "{name} dihidangkan dengan wadah apa?",
                "Alat makan apa yang digunakan untuk {name}?",
                "Masakan mana di {place} yang dihidangkan memakai {value}?",
            ),
        ),
        Attribute(
            "day",
            DAYS,
            said=(
                "Menurut adat, hidangan ini dimasak setiap {value}.",
                "Banyak warung hanya menyediakannya pada hari {value}.",
                "Hari terbaik untuk mencicipinya adalah {value}.",
            ),
            mentioned=("{name} dimasak setiap {value}.",),
            asked=(
                "Kapan {name} dimasak?",
                "Hari apa orang bisa menyantap {name}?",
                "Pada hari apa {name} tersedia?",
                "Jadwal jual {name} hari apa?",
            ),
        ),
        Attribute(
            "inventor",
            TRADES,
            said=(
                "Konon resepnya diciptakan oleh seorang {value}.",
                "Orang pertama yang memasaknya ialah {value}.",
                "Asal-usulnya dihubungkan dengan seorang {value}.",
            ),
            mentioned=("Resep {name} diciptakan oleh seorang {value}.",),
            asked=(
                "Siapa yang menciptakan resep {name}?",
                "Siapa pencetus {name}?",
                "{name} lahir dari tangan siapa?",
                "Masakan mana dari {place} yang berasal dari dapur seorang {value}?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(words("PT|Perseroan Terbatas\nCV|Perseroan Komanditer\nKoperasi|Kooperasi"), STEMS),
    place="town",
    count=65,
    opened=(
        "{name} adalah badan usaha yang berkantor di {place}.",
        "Salah satu pemberi kerja terbesar di {place} ialah {name}.",
        "{name} tumbuh dari sebuah garasi di {place}.",
        "Kantor pusat {name} berada di {place}.",
    ),
    asides=(
        "Para pegawainya makan siang bersama setiap hari.",
        "Iklannya pernah diputar di bioskop.",
        "Gudangnya terletak di dekat stasiun.",
        "Ruang kantornya sederhana dan penuh arsip.",
        "Pelanggannya kebanyakan ibu rumah tangga.",
        "Laporan keuangannya diumumkan di koran lokal.",
    ),
    attributes=(
        Attribute(
            "product",
            words(
                """
                kipas angin|kipas listrik # alat pendingin yang berputar
                sepatu kulit|sepatu pantofel # alas kaki resmi
                sirop markisa|sirup markisa # cairan manis dari buah ungu
                kapur barus|kamper # bulatan putih pengusir ngengat
                jas hujan|mantel hujan # pakaian tahan air
                pensil warna|pinsil warna # alat gambar anak
                panci aluminium|periuk aluminium # wadah masak logam ringan
                kecap manis|saus kedelai manis # cairan hitam pelengkap makan
                kasur pegas|matras pegas # alas tidur empuk
                sabun sereh|sabun serai # pembersih badan beraroma rumput
                mainan congklak|papan dakon # papan permainan berlubang
                teh celup|teh kantong # minuman daun dalam saset
                """
            ),
            said=(
                "Produk utamanya adalah {value}.",
                "Pabriknya menghasilkan {value}.",
                "Perusahaan ini menguasai pasar {value}.",
            ),
            mentioned=("{name} menghasilkan {value}.",),
            asked=(
                "Apa produk utama {name}?",
                "Barang apa yang dibuat oleh {name}?",
                "{name} memproduksi apa?",
                "Bisnis {name} bergerak di bidang apa?",
                "Badan usaha mana di {place} yang menjual {value}?",
            ),
        ),
        Attribute(
            "holiday",
            DAYS,
            said=(
                "Hari libur pegawainya adalah {value}.",
                "Kantornya tutup setiap {value}.",
                "Tidak ada kegiatan produksi pada hari {value}.",
            ),
            mentioned=("Kantor {name} tutup setiap {value}.",),
            asked=(
                "Kapan kantor {name} tutup?",
                "Hari apa karyawan {name} tidak masuk kerja?",
                "Pekerja {name} libur hari apa?",
                "Hari apa sebaiknya tidak mendatangi {name}?",
            ),
        ),
        Attribute(
            "employees",
            numbers(23, 900, 6, "pegawai", "karyawan"),
            said=(
                "Perusahaan ini mempekerjakan {value}.",
                "Sekarang ada {value} yang bekerja di sini.",
                "Dalam daftar gaji tercantum {value}.",
            ),
            mentioned=("{name} mempekerjakan {value}.",),
            asked=(
                "Berapa orang yang dipekerjakan {name}?",
                "Seberapa banyak tenaga kerja {name}?",
                "Jumlah pekerja {name} berapa?",
                "Berapa buruh dan staf yang dimiliki {name}?",
            ),
        ),
        Attribute(
            "logo",
            ANIMALS,
            said=(
                "Logonya bergambar {value}.",
                "Pada kemasannya tercetak {value}.",
                "Maskot perusahaan ini ialah {value}.",
            ),
            mentioned=("Logo {name} bergambar {value}.",),
            asked=(
                "Logo {name} bergambar apa?",
                "Hewan apa yang menjadi merek dagang {name}?",
                "Binatang apa yang ada di cap {name}?",
                "Badan usaha mana di {place} yang memakai gambar {value}?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Pendirinya dahulu seorang {value}.",
                "Perusahaan ini dirintis oleh bekas {value}.",
                "Modal awalnya berasal dari seorang {value}.",
            ),
            mentioned=("Pendiri {name} dahulu seorang {value}.",),
            asked=(
                "Siapa pendiri {name} dahulu?",
                "Apa latar belakang orang yang membangun {name}?",
                "{name} diprakarsai oleh orang dengan profesi apa?",
                "Badan usaha mana di {place} yang diprakarsai seorang {value}?",
            ),
        ),
    ),
)
