"""Korean words that several kinds share, and the particles that each word takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from langret.synthesis.world import Form, Word, words

_PARTICLES = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "로": ("으로", "로"),
    "라": ("이라", "라"),
    "였": ("이었", "였"),
    "도": ("도", "도"),
}
"""Shape names, and what stands after a consonant and after a vowel. Patterns write ``{name.은}``."""

NAMED = "은이을"
"""Particles that sentences put after names. Fewer shapes are fewer texts to look for when the world is proved."""

_METRES = re.compile(r"[\dk]m$")  # read 미터
_RIEUL = 8  # final ㄹ counts as a vowel before 로: 연필로, but 책으로


def final_consonant(text: str) -> int:
    """Number of the final consonant of a text's last syllable, 0 after a vowel; Latin letters as they are read."""
    last = text[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    if _METRES.search(text):
        return 0
    if last.lower() == "l":
        return _RIEUL
    return 0 if last.lower() in "aeiouy" else 1


def shaped(text: str, only: str = "") -> Form:
    """A word with every particle, or those of ``only``, in the form that the word's last sound asks for."""
    final = final_consonant(text)
    found = {"": text}
    for name, (closed, opened) in _PARTICLES.items():
        if only and name not in only:
            continue
        free = final == 0 or (name == "로" and final == _RIEUL)
        found[name] = text + (opened if free else closed)
    return found


def ko_words(text: str) -> tuple[Word, ...]:
    """A word list as of ``words``, each word with its particles."""
    return with_particles(words(text))


def with_particles(plain: Iterable[Word]) -> tuple[Word, ...]:
    """The same words, each form and hint with its particles."""
    return tuple(
        Word(tuple(shaped(str(form)) for form in word.forms), tuple(shaped(str(hint)) for hint in word.hints))
        for word in plain
    )


def measures(numbers: Iterable[int], unit: str, sign: str) -> tuple[Word, ...]:
    """Numbers with a unit, written out and by its sign: 120킬로미터, 120km."""
    return with_particles(Word((f"{n}{unit}", f"{n}{sign}")) for n in numbers)


# A name's first parts have three forms: as written, the same again (so that the last part alone may change to an
# abbreviation or another spacing), and romanised letter by letter.
_FIRST = "솔 Sol|달 Dal|푸른 Pureun|가람 Garam|노을 Noeul|새벽 Saebyeok|하늬 Hanui|별 Byeol|너른 Neoreun|\
이슬 Iseul|구름 Gureum|단풍 Danpung|모래 Morae|여울 Yeoul|갈대 Galdae|다솜 Dasom|버들 Beodeul|도담 Dodam|\
아람 Aram|늘찬 Neulchan"
_SECOND = "들 deul|재 jae|골 gol|내 nae|벌 beol|마루 maru|터 teo|목 mok|실 sil|바위 bawi|고개 gogae|나루 naru"


def name_parts(text: str) -> tuple[Word, ...]:
    """Parts of names from pairs such as ``솔 Sol``."""
    pairs = (pair.split() for pair in text.split("|"))
    return tuple(Word((hangul, hangul, latin)) for hangul, latin in pairs)


def last_part(usual: str, other: str, latin: str) -> tuple[Word, ...]:
    """The last part of a name: as usual, in another spacing or shorter, and after a romanised name."""
    return (Word((shaped(usual, NAMED), shaped(other, NAMED), shaped(latin, NAMED))),)


FIRST = name_parts(_FIRST)
SECOND = name_parts(_SECOND)

FLOWERS = ko_words(
    """
    해바라기|해바라기꽃 # 해를 따라 고개를 돌린다는 노란 꽃
    수국|수국꽃 # 장마철에 둥글게 뭉쳐 피는 꽃
    동백|동백꽃 # 겨울에 붉게 피어 통째로 떨어지는 꽃
    코스모스|살사리꽃 # 가을 길가에서 한들거리는 꽃
    도라지꽃|백도라지 # 뿌리를 나물로 먹는 풀의 꽃
    연꽃|부용 # 진흙 연못에서 피는 꽃
    진달래|참꽃 # 이른 봄에 따서 화전을 부치는 꽃
    나팔꽃|견우화 # 해 뜰 무렵 피는 깔때기 모양 꽃
    봉선화|봉숭아 # 손톱에 물을 들이는 꽃
    접시꽃|촉규화 # 담장 옆에 길게 자라 둥근 그릇처럼 피는 꽃
    민들레|앉은뱅이꽃 # 씨가 바람에 날리는 키 작은 노란 꽃
    맨드라미|계관화 # 닭의 볏을 닮은 꽃
    """
)
ANIMALS = ko_words(
    """
    고라니|보노루 # 송곳니가 긴 작은 사슴
    너구리|산너구리 # 눈가가 검은 잡식 동물
    수달|물수달 # 헤엄을 잘 치며 물고기를 잡는 짐승
    부엉이|수리부엉이 # 밤에 우는 큰 눈의 새
    두루미|단정학 # 다리가 길고 머리가 붉은 흰 새
    담비|노란목도리담비 # 족제비를 닮은 날쌘 사냥꾼
    고슴도치|고슴돝 # 등에 가시가 돋은 작은 짐승
    다람쥐|줄무늬다람쥐 # 도토리를 볼에 모으는 동물
    산양|바위산양 # 절벽을 타는 뿔 달린 짐승
    반딧불이|개똥벌레 # 꽁무니에서 빛을 내는 벌레
    딱따구리|오색딱따구리 # 나무를 쪼아 구멍을 내는 새
    오소리|토저 # 땅굴을 파고 사는 뚱뚱한 짐승
    """
)
