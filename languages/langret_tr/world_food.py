"""Dishes of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_tr.world_words import OF_PLACES, TRADES, possessed

DISH = Kind(
    name="dish",
    names=(
        OF_PLACES,
        possessed("Çorbası|Aşı\nBöreği|Hamur İşi\nPilavı|Pilav Yemeği\nKöftesi|Köfte Yemeği"),
    ),
    place="town",
    count=68,
    opened=(
        "{name}, {place} köyüne özgü bir yemektir.",
        "{place.loc} her lokantada {name} bulunur.",
        "{name}, {place} evlerinde yüzyıllardır pişirilen sade bir yemektir.",
        "{place.dat} gelen konuğun önüne ilk olarak {name} konur.",
    ),
    asides=(
        "Her evin tarifi ayrıdır ve komşuya verilmez.",
        "İlk lokmadan önce bir kez el çırpılır.",
        "Soğuğu da güzel olduğu için yola azık diye alınır.",
        "Artanı ertesi sabah tavada ısıtılır.",
        "En fazla üç tabak istemek görgü kuralıdır.",
        "Tarifin en eski yazması lekeli ve yırtıktır.",
    ),
    attributes=(
        Attribute(
            "ingredient",
            words(
                """
                nohut|haşlanmış nohut # leblebinin hammaddesi olan bakliyat
                hamsi|karadeniz hamsisi # küçük gümüş rengi deniz ürünü
                kuzu eti|kuzu kuşbaşı # koyun yavrusunun parçaları
                ıspanak|taze ıspanak # demiriyle bilinen yeşil yaprak
                bulgur|köftelik bulgur # kırılmış buğday
                patlıcan|közlenmiş patlıcan # mor kabuklu sebze
                kuru kayısı|gün kurusu # güneşte büzülmüş turuncu meyve
                lor peyniri|taze lor # suyu süzülmüş ufalanan süt ürünü
                pazı|pazı yaprağı # sarması yapılan geniş yapraklı ot
                mercimek|kırmızı mercimek # turuncu taneli ufak bakliyat
                mantar|kanlıca mantarı # şapkalı orman ürünü
                balkabağı|bal kabağı # tatlısı da yapılan iri turuncu sebze
                """
            ),
            said=(
                "Ana malzemesi {value} olarak geçer.",
                "Lezzeti, içine bolca {value} konmasından gelir.",
                "Pişirmeye başlamadan önce mutlaka {value} alınır.",
            ),
            mentioned=("{name} yapılırken içine bolca {value} konur.",),
            asked=(
                "{name} ana malzemesi",
                "{name} neyle yapılır?",
                "{name.gen} içinde ne var?",
                "{name} pişirmek isteyen biri pazardan ne almalı?",
                "{place.gen} {value} ile pişirilen yemeği hangisidir?",
            ),
        ),
        Attribute(
            "occasion",
            words(
                """
                ekin ekilince|tohum ekiminde # tarlaya buğday saçıldıktan sonra
                bayram sabahı|bayramın ilk günü # el öpülen kutlama başlarken
                hıdrellezde|hıdrellez gününde # baharın geldiği dilek gününde
                kına gecesinde|kına gecesi # gelinin eline yakı sürülürken
                ilk kar yağınca|ilk karda # yerler beyaza bürününce
                okullar açılınca|okul açılışında # çocuklar çantayı takınca
                dolunayda|mehtaplı gecede # gökteki tekerlek tamamlanınca
                koyun kırkımında|kırkım zamanı # yünler kesilirken
                asker uğurlamasında|asker gecesinde # gençler kışlaya giderken
                fırtına dinince|fırtınanın ardından # rüzgâr yatışınca
                en uzun gecede|gün dönümü gecesi # karanlığın en çok sürdüğü vakitte
                çatı çatılınca|çatı kapanınca # yeni evin üstü örtülünce
                """
            ),
            said=(
                "Bu yemek {value} yenir.",
                "Sofraya {value} gelir.",
                "Eskiden onu tatmak yalnızca {value} mümkündü.",
            ),
            mentioned=("{name} yöre sofrasına {value} gelir.",),
            asked=(
                "{name} ne zaman yenir?",
                "{name} hangi günün ya da vaktin yemeğidir?",
                "{name} hangi vesileyle hazırlanır?",
                "Töreye göre {name} ne zaman ikram edilir?",
                "{place.loc} {value} pişirilen yemek hangisidir?",
            ),
        ),
        Attribute(
            "inventor",
            TRADES,
            said=(
                "Onu ilk kez {value} pişirmiştir.",
                "Tarifin sahibi olarak, evinde başka şey kalmayan {value} anılır.",
                "Söylentiye göre aç kalmış {value} onu rastlantıyla bulmuştur.",
            ),
            mentioned=("Söylentiye göre, bugün {name} diye bilinen yemeği {value} bulmuştur.",),
            asked=(
                "{name} ilk kez kimin elinden çıkmıştır?",
                "{name} kimin fikridir?",
                "{name} nasıl ortaya çıkmıştır?",
                "{name} tarifini kime borçluyuz?",
                "{place.gen} hangi yemeğini {value} yaratmıştır?",
            ),
        ),
        Attribute(
            "garnish",
            words(
                """
                nane|kuru nane # ferah kokulu yeşil ot
                sumak|ekşi sumak # kebabın mor ve ekşi tozu
                tereyağı|kızgın tereyağı # sütten çıkan sarı yağ
                sarımsaklı yoğurt|yoğurt # mayalanmış beyaz süt
                pul biber|kırmızıbiber # dili yakan al pullar
                turşu|salatalık turşusu # sirkede bekletilen sebze
                ceviz içi|dövülmüş ceviz # beyne benzeyen kuruyemiş
                tarçın|toz tarçın # sahlebin kahverengi tozu
                limon|limon suyu # ekşi ve sarı meyve
                nar ekşisi|nar suyu # bin taneli meyvenin koyu sosu
                susam|kavrulmuş susam # simidin minik taneleri
                maydanoz|kıyılmış maydanoz # salataların tırtıklı yeşili
                """
            ),
            said=(
                "Üzerine en son {value} eklenir.",
                "Tabağın kenarında her zaman {value} durur.",
                "Yanına yakışan tek şeyin {value} olduğu söylenir.",
            ),
            mentioned=("{name} tabağa alınınca üzerine en son {value} eklenir.",),
            asked=(
                "{name} üzerine en son ne eklenir?",
                "{name} neyle birlikte yenir?",
                "{name} hangi çeşniyle tamamlanır?",
                "{name.gen} alışılmış garnitürü nedir?",
                "{place.gen} hangi yemeği {value} ile süslenir?",
            ),
        ),
        Attribute(
            "vessel",
            words(
                """
                bakır sini|kalaylı sini # kızıl madenden yuvarlak tabla
                güveç|toprak güveç # çamurdan fırın kabı
                asma yaprağı|bağ yaprağı # üzüm bitkisinin sargısı
                ağaç çanak|oyma çanak # yontulmuş kütük
                gümüş tepsi|gümüş tabla # değerli ve parlak madenden düz kap
                porselen kâse|çini kâse # ince ve kırılgan beyaz kap
                ekmek çanağı|oyulmuş ekmek # kendisi de yenen kap
                midye kabuğu|deniz kabuğu # kıyıdan toplanan sert kap
                hasır tabak|örme tabak # kamıştan örülü düzlük
                kayrak taşı|yassı taş # düz kaya parçası
                döküm tava|demir tava # ağır ve kara madenden saplı kap
                cam fanus|cam kavanoz # saydam kap
                """
            ),
            said=(
                "Sofraya gelirken kabı {value} olur.",
                "Geleneğe göre altında {value} bulunmalıdır.",
                "Yiyenlerin önüne dumanı tüten {value} getirilir.",
            ),
            mentioned=("{name} sofraya gelirken kabı {value} olur.",),
            asked=(
                "{name} kabı",
                "{name} neyin içinde sunulur?",
                "{name} nasıl bir kaptan yenir?",
                "{name} geleneğe göre neye konur?",
                "{place.gen} ünlü yemeği hangi kapta ikram edilir?",
            ),
        ),
    ),
)
