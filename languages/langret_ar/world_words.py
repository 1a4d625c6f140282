"""Word lists that several kinds of entity of the invented country share: parts of names, years, months, days.

A part of a name has three forms: the usual spelling, the careless one of chats (ه for ة, bare alef, ي for ى,
spoken consonants), and Latin letters as people type them.
"""

from __future__ import annotations

from langret.synthesis.world import Word, words

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def quantities(low: int, high: int, step: int, short: str, long: str) -> tuple[Word, ...]:
    """Lengths: in Western and in Arabic-Indic digits, with the short unit and with the long one.

    The long unit is an accusative singular, which is right after numbers that end in 11 to 99; others are left out.
    """
    found = (n for n in range(low, high, step) if n % 100 > 10)
    return tuple(Word((f"{n} {short}", f"{n} {long}", f"{str(n).translate(_EASTERN)} {long}")) for n in found)


YEARS = tuple(Word((str(y), str(y).translate(_EASTERN))) for y in range(1811, 1969))

HEADS = words(
    """
    عين|عين|Ain
    وادي|وادى|Wadi
    تل|تل|Tell
    دير|دير|Deir
    كفر|كفر|Kafr
    برج|برج|Borj
    مرج|مرج|Marj
    رأس|راس|Ras
    بئر|بير|Bir
    قصر|قصر|Qasr
    باب|باب|Bab
    حصن|حصن|Hisn
    خان|خان|Khan
    واحة|واحه|Waha
    """
)
OF = words(
    """
    الزعتر|الزعتر|Zaatar
    الأقمار|الاقمار|Aqmar
    الحجل|الحجل|Hajal
    النوارس|النوارس|Nawaris
    الضباب|الضباب|Dabab
    المرجان|المرجان|Murjan
    الفوانيس|الفوانيس|Fawanis
    الرخام|الرخام|Rukham
    السنابل|السنابل|Sanabel
    الهدهد|الهدهد|Hudhud
    الخزامى|الخزامي|Khuzama
    الصدى|الصدي|Sada
    الغمام|الغمام|Ghamam
    اللؤلؤ|اللولو|Lulu
    الأيائل|الايايل|Ayayel
    البلابل|البلابل|Balabel
    الكهرمان|الكهرمان|Kahraman
    الندى|الندي|Nada
    العقيق|العقيق|Aqiq
    الفراشات|الفراشات|Farashat
    الدلافين|الدلافين|Dalafin
    القصب|القصب|Qasab
    الرحى|الرحي|Raha
    السراج|السراج|Siraj
    الطواحين|الطواحين|Tawahin
    القناطر|القناطر|Qanater
    النيازك|النيازك|Nayazek
    الأراجيح|الاراجيح|Arajih
    الحناء|الحنا|Henna
    البوصلة|البوصله|Bawsala
    الريحان|الريحان|Rihan
    المنارة|المناره|Manara
    القوافل|القوافل|Qawafel
    الأصداف|الاصداف|Asdaf
    """
)
BEASTS = words(
    """
    الغزال|الغزال|Ghazal
    النسر|النسر|Nisr
    الصقر|الصقر|Saqr
    الفهد|الفهد|Fahd
    الذئب|الديب|Dib
    الثعلب|التعلب|Taalab
    الحصان|الحصان|Hisan
    الوعل|الوعل|Waal
    الكروان|الكروان|Karawan
    القنفذ|القنفد|Qunfud
    السنجاب|السنجاب|Sinjab
    الأرنب|الارنب|Arnab
    الديك|الديك|Dik
    الجمل|الجمل|Jamal
    التمساح|التمساح|Timsah
    الهر|الهر|Hirr
    """
)
LOOKS = words(
    """
    الأزرق|الازرق|Azraq
    الأبيض|الابيض|Abyad
    الأسود|الاسود|Aswad
    الأخضر|الاخضر|Akhdar
    الأحمر|الاحمر|Ahmar
    النائم|النايم|Nayem
    الضاحك|الضاحك|Dahek
    العطشان|العطشان|Atshan
    الصامت|الصامت|Samet
    البعيد|البعيد|Baid
    القديم|القديم|Qadim
    الحكيم|الحكيم|Hakim
    العجوز|العجوز|Ajuz
    الراقص|الراقص|Raqes
    الشارد|الشارد|Shared
    الذهبي|الدهبي|Dahabi
    """
)
GIVEN = words(
    """
    سالم|سالم|Salem
    نجيب|نجيب|Najib
    هيثم|هيتم|Haitham
    إدريس|ادريس|Idris
    طارق|طارق|Tareq
    زياد|زياد|Ziad
    وائل|وايل|Wael
    أيمن|ايمن|Ayman
    ياسين|ياسين|Yassin
    منصور|منصور|Mansour
    غسان|غسان|Ghassan
    نزار|نزار|Nizar
    رائد|رايد|Raed
    عدنان|عدنان|Adnan
    حمدي|حمدى|Hamdi
    مروان|مروان|Marwan
    أنيس|انيس|Anis
    شاكر|شاكر|Shaker
    كمال|كمال|Kamal
    باسل|باسل|Basel
    """
)
FAMILIES = words(
    """
    الحداد|الحداد|Haddad
    النجار|النجار|Najjar
    الخياط|الخياط|Khayyat
    العطار|العطار|Attar
    الوراق|الوراق|Warraq
    الصباغ|الصباغ|Sabbagh
    القباني|القبانى|Qabbani
    الفاخوري|الفاخورى|Fakhouri
    البيطار|البيطار|Bitar
    الساعاتي|الساعاتى|Saati
    السقا|السقا|Saqqa
    الدهان|الدهان|Dahhan
    الحلواني|الحلوانى|Halwani
    الزيات|الزيات|Zayyat
    الملاح|الملاح|Mallah
    الرسام|الرسام|Rassam
    الصائغ|الصايغ|Sayegh
    الفلكي|الفلكى|Falaki
    البستاني|البستانى|Bustani
    المرجاني|المرجانى|Murjani
    """
)

# Months have Roman names on the Nile, Syriac ones in the Levant and Iraq; Morocco's own stand only in questions.
MONTHS = words(
    """
    يناير|كانون الثاني # أول شهور السنة الميلادية
    فبراير|شباط # أقصر الشهور
    مارس|آذار # شهر بداية الربيع
    أبريل|نيسان # رابع الشهور
    مايو|أيار # ماي
    يونيو|حزيران # شهر بداية الصيف
    يوليو|تموز # يوليوز
    أغسطس|آب # غشت
    سبتمبر|أيلول # شتنبر
    أكتوبر|تشرين الأول # عاشر الشهور
    نوفمبر|تشرين الثاني # نونبر
    ديسمبر|كانون الأول # آخر شهور السنة الميلادية
    """
)
DAYS = words(
    """
    الأحد|نهار الأحد
    الاثنين|نهار الاثنين
    الثلاثاء|نهار الثلاثاء
    الأربعاء|نهار الأربعاء
    الخميس|نهار الخميس
    الجمعة|نهار الجمعة
    السبت|نهار السبت
    """
)
