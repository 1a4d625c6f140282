"""Villages and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_tr.world_words import FLOWERS, PLACES, RIVERS, SIGNALS, numbers, possessed

REGIONS = possessed(
    """
    Sisli Yayla Bölgesi|Sisli Yayla Yöresi
    Tuzlu Kıyı Bölgesi|Tuzlu Kıyı Yöresi
    Mor Dağlar Bölgesi|Mor Dağlar Yöresi
    Rüzgârlı Ova Bölgesi|Rüzgarlı Ova Yöresi
    Derin Vadi Bölgesi|Derin Vadi Yöresi
    Kırık Adalar Bölgesi|Kırık Adalar Yöresi
    Uzun Orman Bölgesi|Uzun Orman Yöresi
    Işıklı Göller Bölgesi|Işıklı Göller Yöresi
    """
)

TOWN = Kind(
    name="town",
    names=(PLACES,),
    place=REGIONS,
    count=68,
    opened=(
        "{name}, Meltem Ülkesi'nin {place} içinde kalan bir köyüdür.",
        "{place.gen} ortasında {name} adlı bir köy vardır.",
        "{name}, {place.gen} en eski köylerinden biridir.",
        "Ülkeyi dolaşan yolcular {place} sınırındaki {name} köyünde mola verir.",
    ),
    asides=(
        "Nüfusu birkaç yüz kişidir ve herkes birbirini tanır.",
        "İlan tahtasında çoğu zaman kayıp bir eldiven aranır.",
        "Cumartesi sabahı meydan daha gün doğmadan dolar.",
        "Her kapının yanında yorgun konuklar için bir sedir durur.",
        "Muhtar dört yılda bir kura çekilerek belirlenir.",
        "Dar sokaklarda karşılaşan arabalar şarkı söyleyerek yol verir.",
    ),
    attributes=(
        Attribute(
            "specialty",
            words(
                """
                kilim|nakışlı kilim # tezgâhta dokunan havsız yaygı
                çam balı|süzme bal # arının ormandan topladığı tatlı
                sabun|defneli sabun # kiri söken köpüklü kalıp
                bakır cezve|dövme cezve # kahve pişirilen saplı kap
                nazar boncuğu|mavi boncuk # kem gözden koruyan cam
                pestil|dut pestili # meyvenin kurutulmuş ince yaprağı
                tulum peyniri|deri peyniri # keçi derisinde olgunlaşan süt ürünü
                tahta kaşık|şimşir kaşık # çorba içmeye yarayan ağaç araç
                gül suyu|gül özü # dikenli çiçekten damıtılan koku
                keçe külah|keçe başlık # yünden dövülen şapka
                çömlek|toprak testi # çamurdan pişirilen kap
                pekmez|üzüm pekmezi # bağ meyvesinden kaynatılan koyu şurup
                hasır sepet|saz sepet # kamıştan örülen taşıma kabı
                leblebi|kavrulmuş nohut # çıtır çıtır yenen sarı yemiş
                """
            ),
            said=(
                "Köyün en tanınmış ürünü {value} olarak bilinir.",
                "Pazardaki tezgâhlarda en çok {value} satılır.",
                "Saygın konuklara ayrılırken {value} hediye edilir.",
            ),
            mentioned=("{name.loc} pazara çıkanlar en çok {value} satar.",),
            asked=(
                "{name.gen} en tanınmış ürünü nedir?",
                "{name.dat} gidince hatıra olarak ne almalı?",
                "{name} neyin üretimiyle ün yapmıştır?",
                "{name.loc} halk geçimini ne yaparak sağlar?",
                "{place.gen} hangi köyünde {value} yapılır?",
            ),
        ),
        Attribute(
            "past",
            words(
                """
                panayır yeri|fuar alanı # satıcıların yılda bir toplandığı meydan
                maden kasabası|maden ocağı # yeraltından cevher çıkarılan yer
                tekke|derviş dergâhı # sufilerin toplandığı yer
                kale|sur içi # düşmana karşı duvarla çevrilen yer
                avcı kampı|avcı obası # geyik peşindekilerin kaldığı yer
                kayık iskelesi|sal iskelesi # suyun karşısına geçilen yer
                sınır karakolu|hudut karakolu # komşu ülkeye karşı bekçilik edilen yer
                tuz deposu|tuzla ambarı # beyaz çeşninin saklandığı yer
                sürgün yeri|sürgün kasabası # ceza alanların gönderildiği yer
                göçebe kışlağı|yörük kışlağı # çadırlıların soğuk aylarda kaldığı yer
                tersane|gemi yapım yeri # yelkenlilerin kızağa konduğu yer
                kaplıca|ılıca # sıcak suyla şifa bulunan yer
                """
            ),
            said=(
                "Burası eskiden {value} idi.",
                "En eski haritalarda bu noktada {value} görünür.",
                "İlk evler, çevrede {value} bulunduğu için kurulmuştur.",
            ),
            mentioned=("Eskiden {name.loc} yalnızca {value} vardı.",),
            asked=(
                "{name.loc} eskiden ne vardı?",
                "{name} bir zamanlar ne işe yarardı?",
                "{name} nasıl bir yerken köye dönüştü?",
                "{name.gen} geçmişini anlat.",
                "{place.gen} hangi köyü vaktiyle {value} olarak kullanılırdı?",
            ),
        ),
        Attribute(
            "flower",
            FLOWERS,
            said=(
                "Köyün simge çiçeği {value} olarak seçilmiştir.",
                "Muhtarlık bayrağında {value} resmi bulunur.",
                "Yol kenarlarına ortak kararla {value} ekilmiştir; bayrakta da o vardır.",
            ),
            mentioned=("{name.gen} simge çiçeği {value} olarak seçilmiştir.",),
            asked=(
                "{name.gen} simge çiçeği hangisidir?",
                "{name.gen} sembolü olan bitki nedir?",
                "{name} kendine hangi bitkiyi sembol yapmıştır?",
                "{name.loc} hangi çiçek köyün malı sayılır?",
                "{place.gen} hangi köyü {value} ile temsil edilir?",
            ),
        ),
        Attribute(
            "weather",
            words(
                """
                koyu sis|sabah sisi # göz gözü görmeyen hava
                kum fırtınası|toz fırtınası # çöl gibi savrulan hava
                dolu yağışı|iri dolu # buz tanelerinin düşmesi
                çifte gökkuşağı|çift gökkuşağı # yedi rengin üst üste iki kez görünmesi
                yıldırım|gök gürültüsü # bulutların çakıp patlaması
                tipi|kar fırtınası # beyaz taneleri savuran rüzgâr
                kırağı|ayaz kırağısı # sabah otların beyazlaması
                serap|ılgım # suyu var sanılan sıcak yanılsaması
                çisenti|ince yağmur # bir türlü bitmeyen hafif ıslaklık
                hortum|su hortumu # dönerek yükselen hava direği
                bunaltıcı sıcak|kavurucu sıcak # kırk dereceyi aşan hava
                ay halesi|ayın ağılı # gecenin ışığını saran halka
                """
            ),
            said=(
                "Hava denince akla önce {value} gelir.",
                "İklimin belirgin yanı olarak günlüklere her yıl {value} yazılır.",
                "Ressamlar burada sık sık {value} resmi yapar.",
            ),
            mentioned=("{name.loc} hava denince akla önce {value} gelir.",),
            asked=(
                "{name} iklim belirgin",
                "{name.gen} havası nasıldır?",
                "{name.loc} sık görülen doğa olayı nedir?",
                "{name.loc} gökyüzüne bakan biri çoğu zaman neyle karşılaşır?",
                "{place.gen} hangi köyünde sık sık {value} olur?",
            ),
        ),
        Attribute(
            "signal",
            SIGNALS,
            said=(
                "Akşamüstü saat beşte {value} duyulur.",
                "Günün bittiğini {value} bildirir.",
                "Tarladakiler {value} başlayınca çapayı bırakıp eve döner.",
            ),
            mentioned=("{name.loc} günün bittiğini {value} bildirir.",),
            asked=(
                "{name.loc} günün bittiğini ne bildirir?",
                "{name.loc} saat beşte ne işitilir?",
                "{name} halkı işi bırakacağını neden anlar?",
                "{name.loc} insanları eve çağıran nedir?",
                "{place.gen} hangi köyünde paydos vaktini {value} haber verir?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(RIVERS,),
    place="town",
    count=68,
    opened=(
        "{name}, {place} yakınından geçen bir akarsudur.",
        "{place.gen} ortasından {name} adlı akarsu geçer.",
        "{name}, {place.gen} tarlalarını sular.",
        "{place} halkının her sabah köprüden geçtiği akarsuya {name} denir.",
    ),
    asides=(
        "Kıyıdaki patikada akşamları el ele yürünür.",
        "Suyu yazın ortasında bile ayakları uyuşturur.",
        "Yağmurdan sonra üç gün boyunca bulanık akar.",
        "Eski geçitçinin kulübesi hâlâ yerinde durur.",
        "Soğuk sabahlarda üzerinden buhar yükselir.",
        "Çocuklar burada taş sektirmeyi öğrenir.",
    ),
    attributes=(
        Attribute(
            "source",
            words(
                """
                buzul|dağ buzulu # binlerce yıllık donmuş kütle
                sazlık|kamışlık # uzun saplı bitkilerin bataklığı
                kaya yarığı|yarık kaya # ikiye ayrılmış taş
                eski maden kuyusu|terk edilmiş kuyu # cevher bitince bırakılan çukur
                krater gölü|yanardağ gölü # sönmüş volkanın su dolu ağzı
                mağara|sarkıtlı mağara # dağın içindeki karanlık oyuk
                kayın ormanı|kayınlık # gri gövdeli ağaçların topluluğu
                şelale|çağlayan # yüksekten dökülen su
                baraj|su bendi # insan yapımı set
                kutsal kuyu|dilek kuyusu # bozuk para atılan derin çukur
                yayla çeşmesi|oluklu çeşme # çobanların su içtiği taş yapı
                dev meşe kovuğu|ağaç kovuğu # yaşlı gövdenin içindeki boşluk
                """
            ),
            said=(
                "Kaynağında {value} bulunur.",
                "Yukarıya doğru yürüyenlerin karşısına en sonunda {value} çıkar.",
                "İlk damlaların çıktığı yerde {value} vardır.",
            ),
            mentioned=("{name.gen} kaynağında {value} bulunur.",),
            asked=(
                "{name.gen} kaynağında ne bulunur?",
                "{name} suyunu nereden alır?",
                "{name} nerede doğar?",
                "{name.gen} başladığı nokta neresidir?",
                "{place} köyünden geçen su nereden gelir?",
            ),
        ),
        Attribute(
            "length",
            numbers(17, 99, 1, "kilometre", "km"),
            said=(
                "Uzunluğu {value} olarak ölçülmüştür.",
                "Doğduğu yerden denize kadar {value} yol alır.",
                "Haritacıların defterinde yatağı için {value} yazar.",
            ),
            mentioned=("{name.gen} uzunluğu {value} olarak ölçülmüştür.",),
            asked=(
                "{name} uzunluğu",
                "{name} ne kadar uzundur?",
                "{name} kaç km akar?",
                "{name} denize varana dek ne kadar yol gider?",
                "{place} köyünden geçen su ne kadar uzundur?",
            ),
        ),
        Attribute(
            "creature",
            words(
                """
                alabalık|benekli alabalık # soğuk suyun benekli yüzücüsü
                kerevit|tatlı su ıstakozu # kıskaçlı ve kabuklu hayvan
                su samuru|samur # oyuncu ve kürklü yüzücü
                yılan balığı|nehir yılan balığı # kaygan ve upuzun yüzücü
                yalıçapkını|mavi balıkçıl kuşu # suya dalan parlak renkli kuş
                yusufçuk|kızböceği # dört kanatlı ince böcek
                semender|benekli semender # kuyruklu ve ıslak derili hayvan
                turna balığı|sivri burunlu turna # dişli ve avcı yüzücü
                inci midyesi|tatlı su midyesi # iki kapaklı kabuğunda hazine saklayan
                leylek|ak leylek # bacaya yuva yapan göçmen kuş
                sazan|aynalı sazan # bıyıklı ve iri pullu yüzücü
                su yılanı|damalı yılan # zehirsiz sürüngen
                """
            ),
            said=(
                "Duru suyunda en çok {value} yaşar.",
                "Başka yerde az görülen {value} burada koruma altındadır.",
                "Kıyıda oturanların yanına sık sık {value} gelir.",
            ),
            mentioned=("{name.gen} duru suyunda en çok {value} yaşar.",),
            asked=(
                "{name.gen} duru suyunda en çok ne yaşar?",
                "{name} hangi canlı yüzünden avlanmaya kapalıdır?",
                "{name.loc} hangi hayvanlar görülür?",
                "{name} kıyısında hangi canlıya rastlanır?",
                "{place.gen} hangi akarsuyunda {value} barınır?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                su perisi|peri kızı # gece saçını tarayan büyülü güzel
                tek gözlü dev|tepegöz # alnından bakan koca yaratık
                konuşan balık|dile gelen balık # söz söyleyen pullu
                ağlayan gelin|gözü yaşlı gelin # düğün günü terk edilen beyazlı kız
                define bekçisi|hazine bekçisi # altınlara kimseyi yaklaştırmayan
                başsız atlı|kellesiz süvari # omzunun üstü boş binici
                taş kesilmiş çoban|taşlaşan çoban # sürüsüyle kayaya dönen adam
                yedi başlı ejderha|yedi kafalı ejder # ateş püsküren çok kelleli canavar
                kavalcı cüce|kaval çalan cüce # minik boylu çalgıcı
                gümüş geyik|gümüş boynuzlu geyik # ay gibi parlayan orman hayvanı
                uçan halı|havada giden halı # yolcusunu gökte taşıyan yaygı
                fısıldayan kamış|sır söyleyen kamış # kralın gizini anlatan bitki
                """
            ),
            said=(
                "Masallara göre derinlerinde {value} gizlidir.",
                "Kış gecelerinde bu suyun sahibi olarak {value} anlatılır.",
                "Büyükler, geç kalan çocuklara {value} çıkacağını söylerdi.",
            ),
            mentioned=("Masallara göre {name.gen} derinlerinde {value} gizlidir.",),
            asked=(
                "Masallara göre {name.gen} derinlerinde ne gizlidir?",
                "{name.gen} efsanesinde kim vardır?",
                "{name} hakkındaki söylenceyi anlat.",
                "{name} kıyısında inanışa göre kimden sakınmalı?",
                "{place.gen} hangi akarsuyu için {value} öyküsü anlatılır?",
            ),
        ),
        Attribute(
            "use",
            words(
                """
                tomruk taşıma|kütük yüzdürme # kesilen gövdelerin akıntıya bırakılması
                un öğütme|su değirmeni # buğdayın toz edilmesi
                deri tabaklama|debbağlık # postun işlenmesi
                halı yıkama|halı yıkayıcılığı # yaygıların temizlenmesi
                altın arama|altın eleme # kumda sarı maden aranması
                kayık yarışı|kürek yarışı # teknelerin bahar çekişmesi
                elektrik üretimi|hidroelektrik # lambaları yakan gücün elde edilmesi
                kâğıt yapımı|kağıt imalatı # yazı yaprağının üretilmesi
                rafting|sal sporu # şişme botla coşkun akıntıda inme
                pirinç sulama|çeltik sulama # beyaz taneli tahılın yetiştirilmesi
                olta balıkçılığı|oltacılık # iğne ve misinayla avlanma
                yün yıkama|yapağı yıkama # koyunun tüyünün arıtılması
                """
            ),
            said=(
                "Suyu öteden beri {value} için kullanılır.",
                "Çevre halkı bu akarsudan {value} yoluyla yararlanır.",
                "Eski fotoğraflarda kıyıda hep {value} görülür.",
            ),
            mentioned=("{name.gen} suyu öteden beri {value} için kullanılır.",),
            asked=(
                "{name.gen} suyu öteden beri ne için kullanılır?",
                "{name} insanlara nasıl fayda sağlar?",
                "{name.loc} hangi iş yapılır?",
                "{name} yöre halkı için neden önemlidir?",
                "{place.gen} akarsuyundan nasıl yararlanılır?",
            ),
        ),
    ),
)
