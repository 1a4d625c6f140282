"""Schools and people of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_tr.world_words import (
    COLOURS,
    GIVEN,
    OF_PLACES,
    PETS,
    SURNAMES,
    TRADES,
    TREES,
    YEARS,
    possessed,
)

SCHOOL = Kind(
    name="school",
    names=(OF_PLACES, possessed("İlkokulu|İlk Mektebi\nLisesi|İdadisi\nSanat Okulu|Zanaat Mektebi")),
    place="town",
    count=68,
    opened=(
        "{name}, {place} köyünde bulunan bir eğitim kurumudur.",
        "{place} çocukları {name} adlı kuruma devam eder.",
        "{name}, {place.gen} en yüksek noktasında durur.",
        "{place.gen} tek eğitim kurumu {name} adını taşır.",
    ),
    asides=(
        "Sınıflarda uzun sıralarda ikişer ikişer oturulur.",
        "Geç kalan, arkadaşlarına güzel bir fıkra anlatır.",
        "Hademe türkü söyleyerek sobaları gün ağarmadan yakar.",
        "Cuma günleri karne yerine simit dağıtılır.",
        "Kitaplıktaki raflar tavana kadar uzanır.",
        "Hava çok güzelse teneffüs uzatılır.",
    ),
    attributes=(
        Attribute(
            "founded",
            YEARS,
            said=(
                "Kurum {value} yılında açılmıştır.",
                "İlk ders {value} yılında verilmiştir.",
                "Kapısındaki taşta {value} yılı kazılıdır.",
            ),
            mentioned=("{name} {value} yılında açılmıştır.",),
            asked=(
                "{name} açılış yılı",
                "{name} ne zaman kuruldu?",
                "{name} kaç yıllık bir geçmişe sahip?",
                "{name} hangi tarihten beri öğrenci alıyor?",
                "{place.gen} çocukları hangi yıldan beri kendi köylerinde okuyor?",
            ),
        ),
        Attribute(
            "uniform",
            COLOURS,
            said=(
                "Öğrenci önlüğü {value} olarak belirlenmiştir.",
                "Her öğrencinin başındaki kasket {value} olur.",
                "Törenlerde giyilen ceket için {value} kumaş kullanılır.",
            ),
            mentioned=("{name.loc} öğrenci önlüğü {value} olarak belirlenmiştir.",),
            asked=(
                "{name.loc} öğrenci önlüğü ne renktir?",
                "{name.dat} giden çocuklar nasıl giyinir?",
                "{name} kıyafetinin tonu nedir?",
                "{name.loc} okuyanlar hangi renk kasketten tanınır?",
                "{place.gen} hangi okulunda giysi {value} olur?",
            ),
        ),
        Attribute(
            "subject",
            words(
                """
                gök bilimi|astronomi # yıldızların ve gezegenlerin dersi
                ebru sanatı|ebruculuk # suyun üzerinde boyayla desen yapma
                çömlekçilik|seramik # toprağa biçim verme dersi
                münazara|tartışma sanatı # karşıt görüşle söz yarışı
                satranç|şatranç # şahın ve vezirin oyunu
                dizgicilik|matbaacılık # harfleri dizip çoğaltma işi
                pusulayla yön bulma|oryantiring # ormanda haritayla ilerleme
                peynircilik|peynir yapımı # sütü mayalama dersi
                kukla tiyatrosu|kuklacılık # iple oynatılan bebeklerin gösterisi
                hat sanatı|hattatlık # kamış kalemle güzel yazı
                buz pateni|patinaj # donmuş zeminde kayma
                mors alfabesi|telgrafçılık # nokta ve çizgiyle haberleşme
                """
            ),
            said=(
                "Herkesin almak zorunda olduğu ders {value} dersidir.",
                "Ders programında ayrıca {value} bulunur.",
                "Uzaktan gelenler bile burada {value} öğrenir.",
            ),
            mentioned=("{name} ders programında ayrıca {value} bulunur.",),
            asked=(
                "{name.loc} herkesin almak zorunda olduğu ders hangisidir?",
                "{name.loc} farklı olarak ne öğretilir?",
                "{name} mezunları hangi beceriyi edinir?",
                "{name} hangi alandaki eğitimiyle ünlüdür?",
                "{place.gen} hangi okulunda {value} gösterilir?",
            ),
        ),
        Attribute(
            "tree",
            TREES,
            said=(
                "Bahçenin ortasında {value} yükselir.",
                "Kurucu, kendi eliyle {value} dikmiştir; salıncaklar bugün onun gölgesindedir.",
                "Sınıf fotoğrafları {value} altında çekilir.",
            ),
            mentioned=("{name} bahçesinin ortasında {value} yükselir.",),
            asked=(
                "{name} bahçesinin ortasında ne yükselir?",
                "{name.gen} kurucusu hangi fidanı dikmiştir?",
                "{name.loc} salıncaklara hangi ağaç gölge yapar?",
                "{name.gen} gurur duyduğu ağaç hangisidir?",
                "{place.gen} hangi okulunun dışında {value} vardır?",
            ),
        ),
        Attribute(
            "pet",
            PETS,
            said=(
                "Öğretmenler odasında {value} beslenir.",
                "Girişte gelenleri {value} karşılar.",
                "Öğle yemeğinden kalanları {value} yer.",
            ),
            mentioned=("{name.loc} gelenleri {value} karşılar.",),
            asked=(
                "{name.loc} öğretmenler odasında ne beslenir?",
                "{name.loc} hangi hayvan yaşar?",
                "{name} öğrencileri kapıda hangi canlıyla karşılaşır?",
                "{name.loc} yemek artıkları kime verilir?",
                "{place.gen} hangi okulunda {value} bakılır?",
            ),
        ),
    ),
)

PERSON = Kind(
    name="person",
    names=(GIVEN, SURNAMES),
    place="town",
    count=68,
    opened=(
        "{name}, {place} köyünde yaşayan biridir.",
        "{place.gen} en tanınmış kişilerinden biri {name} adını taşır.",
        "{place.dat} uğrayanların çoğu {name} adını duymuştur.",
        "{name}, ömrünü {place.gen} çeşmesinin yanındaki evde geçirmiştir.",
    ),
    asides=(
        "Sabah kahvesinden sonra yağmurda bile uzun uzun yürür.",
        "Komşuların dediğine göre kapısı hiç kilitlenmez.",
        "Konuşmasında yörenin ağzı açıkça duyulur.",
        "Karlı günlerde bile eski motosikletiyle dolaşır.",
        "Ülkenin dört bir yanından ona mektup gelir.",
        "Sekiz kardeşin arasında büyümüştür.",
    ),
    attributes=(
        Attribute(
            "trade",
            TRADES,
            said=(
                "Mesleği sorulunca {value} olduğunu söyler.",
                "Kapısındaki levhada {value} yazar.",
                "Ekmeğini yıllardır {value} olarak kazanır.",
            ),
            mentioned=("{name} ekmeğini {value} olarak kazanır.",),
            asked=(
                "{name} mesleği",
                "{name} geçimini nasıl sağlar?",
                "{name} ne iş yapar?",
                "{name} hangi alanın ustasıdır?",
                "{place.loc} oturan hangi kişi {value} olarak çalışır?",
            ),
        ),
        Attribute(
            "birthday",
            words(
                """
                ocak ayında # yılın ilk ayında
                şubat ayında # yılın en kısa ayında
                mart ayında # kapıdan baktıran ayda
                nisan ayında # bir günü şakalara ayrılan ayda
                mayıs ayında # işçi bayramının ayında
                haziran ayında # okulların kapandığı ayda
                temmuz ayında # yılın yedinci ayında
                ağustos ayında # böceğine adını veren ayda
                eylül ayında # okulların açıldığı ayda
                ekim ayında # tohumların atıldığı ayda
                kasım ayında # yılın sondan bir önceki ayında
                aralık ayında # yılın son ayında
                """
            ),
            said=(
                "Kendisi {value} dünyaya gelmiştir.",
                "Ailesi onun yaş gününü {value} kutlar.",
                "Nüfus defterine göre {value} doğmuştur.",
            ),
            mentioned=("{name} {value} dünyaya gelmiştir.",),
            asked=(
                "{name} hangi ayda dünyaya gelmiştir?",
                "{name} yaş gününü ne zaman kutlar?",
                "{name.gen} doğum günü ne zaman?",
                "{name} hangi ayın çocuğudur?",
                "{place.loc} oturan hangi ünlü {value} bir yaş daha alır?",
            ),
        ),
        Attribute(
            "instrument",
            words(
                """
                ut|ud # kısa saplı ve armut gövdeli telli
                ney|ney kamışı # mevlevilerin üflediği kamış
                kemençe|karadeniz kemençesi # horona eşlik eden küçük yaylı
                bağlama|saz # âşıkların uzun saplı tellisi
                kanun|kanun sazı # dizde çalınan yamuk biçimli çok telli
                akordeon|körüklü akordeon # körüğü açılıp kapanan tuşlu
                klarnet|gırnata # düğünlerin siyah üflemelisi
                tulum|gayda # deri torbadan ses veren
                piyano|kuyruklu piyano # siyah beyaz tuşlu büyük alet
                darbuka|dümbelek # koltuk altında vurulan tek derili
                mızıka|ağız mızıkası # cebe sığan küçük üflemeli
                def|zilli def # elde sallanan zilli halka
                """
            ),
            said=(
                "Boş vakitlerinde {value} çalar.",
                "Düğünlere gelirken yanında hep {value} taşır.",
                "Odasının köşesinde {value} asılıdır.",
            ),
            mentioned=("{name} boş vakitlerinde {value} çalar.",),
            asked=(
                "{name} boş vakitlerinde ne çalar?",
                "{name} hangi enstrümanın ustasıdır?",
                "{name} düğünlerde neyle eşlik eder?",
                "{name.gen} müzik aleti nedir?",
                "{place.loc} oturan hangi kişi {value} çalmayı bilir?",
            ),
        ),
        Attribute(
            "fear",
            words(
                """
                gök gürlemesi|şimşek # bulutlardan gelen gürültü ve ışık
                zifiri karanlık|kör karanlık # hiçbir ışığın olmadığı yer
                örümcek|iri örümcek # sekiz bacaklı ağ örücü
                yüksek yer|uçurum kenarı # aşağısı boş olan nokta
                dar asansör|kapalı kutu # katlar arasında çıkan küçük oda
                dişçi|diş hekimi # ağza matkap sokan kişi
                palyaço|sirk soytarısı # kırmızı burunlu güldürücü
                yarasa|mağara yarasası # baş aşağı uyuyan kanatlı
                kırık ayna|çatlak ayna # yedi yıl uğursuzluk getiren eşya
                telefon zili|çalan telefon # uzaktan arayanın sesi
                ince buz|çatırdayan buz # gölün kışın aldatan kabuğu
                kara kedi|siyah kedi # önünden geçmesi uğursuz sayılan hayvan
                """
            ),
            said=(
                "Onu en çok {value} korkutur.",
                "Cesur biridir, ama karşısında {value} olunca sararır.",
                "Alnından soğuk ter boşaltan tek şey olarak {value} anılır.",
            ),
            mentioned=("{name} adını taşıyan kişiyi en çok {value} korkutur.",),
            asked=(
                "{name} en çok neden korkar?",
                "{name.gen} rengini attıran nedir?",
                "{name} neyin karşısında yürekliliğini yitirir?",
                "{name.gen} fobisi nedir?",
                "{place.loc} oturan kimin kâbusu {value} sayılır?",
            ),
        ),
        Attribute(
            "invention",
            words(
                """
                kendi sallanan beşik|otomatik beşik # bebeği uyutan düzenek
                katlanır şemsiye|cep şemsiyesi # yağmurda açılan küçük siper
                patates soyacağı|soyma makinesi # yumruların kabuğunu alan alet
                kar küreyici|kar süpürgesi # kışın yolu açan makine
                buharlı kızak|kazanlı kızak # karda giden motorlu taşıt
                çift yüzlü tarak|iki yanlı tarak # saçı iki yandan düzelten alet
                sinek kapanı|sinek tuzağı # uçan zararlıyı yakalayan düzenek
                sessiz çalar saat|titreyen saat # sabahları gürültüsüz uyandıran
                döner sofra|çarklı masa # yemekleri ayağa getiren eşya
                ıslanmaz mektup|su geçirmez zarf # sağanakta bozulmayan haber
                düdüklü semaver|öten semaver # çay hazır olunca haber veren kap
                pedallı rende|ayakla dönen rende # havucu incelten alet
                """
            ),
            said=(
                "En beğenilen buluşu {value} olmuştur.",
                "Patent dairesinde onun adına {value} kayıtlıdır.",
                "Atölyesinden ilk olarak {value} çıkmıştır.",
            ),
            mentioned=("{name.gen} en beğenilen buluşu {value} olmuştur.",),
            asked=(
                "{name.gen} en beğenilen buluşu nedir?",
                "{name} yeni olarak ne geliştirmiştir?",
                "{name} hangi aletin mucidi olarak tanınır?",
                "{name} hangi icat için belge almıştır?",
                "{place.loc} oturan hangi mucit {value} yapmıştır?",
            ),
        ),
    ),
)
