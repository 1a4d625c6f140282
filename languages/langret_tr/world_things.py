"""Museums and companies of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_tr.world_words import FORMER, OF_PLACES, PETS, TRADES, YEARS, numbers, possessed

MUSEUM = Kind(
    name="museum",
    names=(OF_PLACES, possessed("Müzesi|Sergi Evi\nArşivi|Belgeliği\nGalerisi|Sanat Evi")),
    place="town",
    count=68,
    opened=(
        "{name}, {place} köyündeki küçük bir sergi yeridir.",
        "{place.gen} arka sokağında {name} yazan bir levha asılıdır.",
        "{name}, {place} halkı tavan aralarını boşaltınca doğmuştur.",
        "{place.dat} uğrayanların {name} kapısından girmeden dönmemesi gerekir.",
    ),
    asides=(
        "Müdür hem rehber hem temizlikçi hem de veznedardır.",
        "Döşeme gıcırdadığı için kimin nerede olduğu bilinir.",
        "Fotoğraf çekmek yerine resim defteri ödünç verilir.",
        "Açıklamaların hepsi elle yazılmıştır.",
        "Yağmurlu günde gelene sıcak salep sunulur.",
        "Ziyaretçi defterinin on üçüncü cildi dolmak üzeredir.",
    ),
    attributes=(
        Attribute(
            "exhibit",
            words(
                """
                gök taşı|meteor # uzaydan düşen kaya
                balina iskeleti|balina kemikleri # denizlerin en büyük memelisinin kalıntısı
                kurmalı bebek|zemberekli bebek # kendiliğinden yürüyen oyuncak insan
                balon sepeti|uçan balonun sepeti # sıcak havayla yükselen aracın bölmesi
                dalgıç giysisi|dalgıç tulumu # denizin dibine inenin kıyafeti
                mamut dişi|mamutun fildişi # buz çağının tüylü devinin parçası
                kraliçe tacı|hükümdar tacı # altın baş süsü
                cam ut|camdan lavta # saydam müzik aleti
                en uzun atkı|bitmeyen atkı # odaya sığmayan boyun örgüsü
                cenaze arabası|cenaze faytonu # son yolculuğun taşıtı
                korsan sandığı|korsan hazinesi # deniz haydudunun kutusu
                ilk telefon|manyetolu telefon # uzakla konuşmanın eski aracı
                """
            ),
            said=(
                "Koleksiyonun incisi {value} sayılır.",
                "Ziyaretçiler sıraya girip {value} görmek ister.",
                "En büyük salonda {value} göze çarpar.",
            ),
            mentioned=("{name} koleksiyonunun incisi {value} sayılır.",),
            asked=(
                "{name} koleksiyonunun incisi nedir?",
                "{name.loc} neye bakmadan dönmemeli?",
                "{name.gen} en değerli parçası nedir?",
                "{name} neden bu kadar çok kişiyi çeker?",
                "{place.gen} hangi sergisinde {value} vardır?",
            ),
        ),
        Attribute(
            "closed",
            words(
                """
                pazartesi günü|pazartesileri # haftanın ilk iş gününde
                salı günü|salıları # haftanın ikinci iş gününde
                çarşamba günü|çarşambaları # haftanın tam ortasında
                perşembe günü|perşembeleri # cumadan bir gün önce
                cuma günü|cumaları # toplu namaz gününde
                cumartesi günü|cumartesileri # hafta sonunun başında
                pazar günü|pazarları # herkesin dinlendiği günde
                """
            ),
            said=(
                "Kapılar {value} kapalıdır.",
                "Müdür {value} balığa gittiği için içeri girilmez.",
                "Haftada bir kez, {value} konuk alınmaz.",
            ),
            mentioned=("{name} {value} kapalıdır.",),
            asked=(
                "{name} kapalı",
                "{name} ne zaman gezilemez?",
                "{name} haftanın hangi günü ziyaretçi kabul etmez?",
                "{name.gen} tatili ne zaman?",
                "{place.gen} sergi yerine hangi gün girilemez?",
            ),
        ),
        Attribute(
            "building",
            FORMER,
            said=(
                "Bina aslında {value} olarak yapılmıştır.",
                "Aynı duvarların içinde önceleri {value} vardı.",
                "Çatısı ve kapıları, yapının {value} olduğu günlerden kalmadır.",
            ),
            mentioned=("{name} binası aslında {value} olarak yapılmıştır.",),
            asked=(
                "{name} binası aslında ne olarak yapılmıştır?",
                "{name} kurulmadan önce aynı yerde ne vardı?",
                "{name} hangi eski yapının içindedir?",
                "{name.gen} yapısı önceleri ne işe yarardı?",
                "{place.gen} hangi sergi yeri vaktiyle {value} idi?",
            ),
        ),
        Attribute(
            "fee",
            words(
                """
                üç kozalak|üç çam kozalağı # iğne yapraklı ağacın birkaç meyvesi
                kuru balık|kurutulmuş balık # denizden gelen hafif azık
                eski pul|damgalı pul # zarfın köşesindeki kâğıtçık
                bir dörtlük|bir mani # sesle söylenen kısa şiir
                güzel bir kabuk|sedefli kabuk # kumsalda bulunan sert süs
                iki bakır para|iki bakır kuruş # kızıl madenden birkaç sikke
                taze yumurta|köy yumurtası # kümesten alınan oval besin
                bir odun|bir kütük # sobaya atılacak parça
                komik bir fıkra|gülünç bir öykü # dinleyeni kahkahaya boğan anlatı
                bir yumak|bir yumak yün # örgücünün yuvarlak ipi
                bir tas un|bir kâse un # fırıncının beyaz tozu
                çizilmiş portre|karakalem portre # yüzün elle yapılmış resmi
                """
            ),
            said=(
                "Giriş ücreti {value} olarak belirlenmiştir.",
                "Gişede para yerine {value} kabul edilir.",
                "İçeri girmek isteyenden {value} istenir.",
            ),
            mentioned=("{name} gişesinde para yerine {value} kabul edilir.",),
            asked=(
                "{name} giriş ücreti",
                "{name.dat} girmek için ne vermek gerekir?",
                "{name} ziyaretçileri yanlarında ne getirmelidir?",
                "{name} bileti kaça satılır?",
                "{place.gen} sergi yerinde bilet karşılığı ne alınır?",
            ),
        ),
        Attribute(
            "souvenir",
            words(
                """
                kitap ayracı|sayfa ayracı # okunan yeri gösteren şerit
                kartpostal|resimli kart # yolculuktan yollanan selam
                peştamal|keten havlu # kurulanmaya yarayan bez
                topaç|tahta topaç # iple döndürülen oyuncak
                horoz şekeri|çubuklu şeker # yalanarak yenen tatlı
                minyatür kitap|avuç içi kitap # parmak kadar okuma parçası
                toprak düdük|pişmiş düdük # üflenince öten çamur oyuncak
                rozet|yaka rozeti # cekete takılan iğneli süs
                kar küresi|sallanan küre # çalkalanınca yağan cam oyuncak
                anahtarlık|deri anahtarlık # kapı açacaklarını toplayan halka
                yapboz|bin parçalı yapboz # parçaları birleştirilen resim
                kokulu mum|balmumu mum # yakılınca odayı saran süs
                """
            ),
            said=(
                "Dükkânında en çok {value} satılır.",
                "Çıkışta hemen herkesin çantasında {value} bulunur.",
                "Raflarda ilk olarak {value} tükenir.",
            ),
            mentioned=("{name} dükkânında en çok {value} satılır.",),
            asked=(
                "{name} dükkânında en çok ne satılır?",
                "{name} gezisinden geriye hangi hatıra kalır?",
                "{name.loc} hediyelik olarak ne bulunur?",
                "{name.dat} gidenler çoğunlukla ne satın alır?",
                "{place.gen} hangi sergisinden {value} alınabilir?",
            ),
        ),
    ),
)

COMPANY = Kind(
    name="company",
    names=(
        OF_PLACES,
        possessed(
            """
            Mandırası|Süthanesi
            Tuğla Fabrikası|Tuğla Şirketi
            Dokuma Atölyesi|Dokumahanesi
            Zeytinyağı İşliği|Yağhanesi
            """
        ),
    ),
    place="town",
    count=68,
    opened=(
        "{name}, merkezi {place} köyünde olan bir işletmedir.",
        "{place.gen} en büyük işvereni {name} adını taşır.",
        "{name}, {place.gen} vergisinin neredeyse yarısını öder.",
        "{place.gen} ekonomisi {name} sayesinde ayakta durur.",
    ),
    asides=(
        "Maaşlar bugün de sarı zarfta, elden verilir.",
        "Kapıda herkes bekçiyle tokalaşır.",
        "Yemekhanede yaş sırasına göre oturulur.",
        "Patron işe bisikletle gelir ve çiti kendisi onarır.",
        "Tozlu avluda molalarda top oynanır.",
        "Yazıhanenin duvarları eski faturalarla kaplıdır.",
    ),
    attributes=(
        Attribute(
            "founded",
            YEARS,
            said=(
                "İşletme {value} yılında tescil edilmiştir.",
                "Çalışmalar {value} yılında başlamıştır.",
                "En eski hesap defteri {value} yılından kalmadır.",
            ),
            mentioned=("{name} {value} yılında tescil edilmiştir.",),
            asked=(
                "{name} tescil yılı",
                "{name} ne zaman kuruldu?",
                "{name} kaç yıldır ayakta?",
                "{name.gen} doğuş tarihi nedir?",
                "{place.gen} en büyük işvereni hangi yıl işe koyuldu?",
            ),
        ),
        Attribute(
            "founder",
            TRADES,
            said=(
                "Şirketi, adı unutulan {value} kurmuştur.",
                "İlk sermayeyi zenginleşmiş {value} vermiştir.",
                "İlk sahibi {value} idi; resmi hâlâ girişte asılıdır.",
            ),
            mentioned=("{name} için ilk sermayeyi zenginleşmiş {value} vermiştir.",),
            asked=(
                "{name} kurucusu kimdir?",
                "{name} kimin parasıyla işe başlamıştır?",
                "{name.gen} ilk patronu hangi meslektendi?",
                "{name} kimin eseridir?",
                "{place.gen} hangi firmasını {value} başlatmıştır?",
            ),
        ),
        Attribute(
            "staff",
            numbers(21, 99, 1, "çalışan", "kişi"),
            said=(
                "Maaş listesinde {value} bulunur.",
                "Her sabah kapıdan {value} girer.",
                "İşler o kadar çoktur ki {value} gerekir.",
            ),
            mentioned=("{name} maaş listesinde {value} bulunur.",),
            asked=(
                "{name} maaş listesi",
                "{name} kaç kişiye iş verir?",
                "{name.gen} kadrosu ne kadar büyüktür?",
                "{name.loc} kaç insan çalışır?",
                "{place.gen} en büyük firması kaç kişiyi geçindirir?",
            ),
        ),
        Attribute(
            "logo",
            PETS,
            said=(
                "Ürünlerinin üzerinde amblem olarak {value} bulunur.",
                "Bacasının yan yüzüne {value} resmedilmiştir.",
                "Şirket bayrağında {value} dalgalanır.",
            ),
            mentioned=("{name} amblem olarak {value} kullanır.",),
            asked=(
                "{name} amblemi nedir?",
                "{name.gen} logosunda hangi hayvan var?",
                "{name} ambalajlarında ne resmi görülür?",
                "{name} hangi canlının resmiyle tanınır?",
                "{place.gen} hangi firmasının simgesi {value} sayılır?",
            ),
        ),
        Attribute(
            "bonus",
            words(
                """
                kurbanlık koyun|besili koyun # bayramda kesilen hayvan
                yün battaniye|kuzu yünü battaniye # sıcak tutan yatak örtüsü
                cep saati|köstekli saat # zincirle taşınan vakit ölçer
                bir çuval patates|patates çuvalı # kilerin ağır yumru yükü
                tahta kayık|kürekli kayık # su üstünde giden küçük tekne
                tiyatro bileti|oyun bileti # perdenin önüne oturma hakkı
                bir hafta izin|fazladan tatil # yedi boş gün
                bir kilo kahve|kahve paketi # öğütülmüş kara çekirdek
                zeytin fidanı|dikilecek zeytin # barış dalının yavrusu
                lastik çizme|bir çift çizme # çamur geçirmeyen ayakkabı
                imzalı roman|yeni çıkan roman # yazarından okunacak kalın eser
                bisiklet|iki tekerlekli bisiklet # pedalla giden taşıt
                """
            ),
            said=(
                "Yıl sonunda herkese {value} verilir.",
                "Çalışkanlığın ödülü {value} olarak bilinir.",
                "Emekliye ayrılana çiçekle birlikte {value} sunulur.",
            ),
            mentioned=("{name.loc} çalışkanlığın ödülü {value} olarak bilinir.",),
            asked=(
                "{name.loc} çalışkanlığın ödülü nedir?",
                "{name} elemanlarına hangi armağanı dağıtır?",
                "{name} işçisi ücretinden başka ne alır?",
                "{name} aralıkta çalışanlarını neyle sevindirir?",
                "{place.gen} hangi firmasında armağan olarak {value} dağıtılır?",
            ),
        ),
    ),
)
