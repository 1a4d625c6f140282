"""Mountains of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind
from langret_ko.world_words import ANIMALS, FIRST, SECOND, ko_words, last_part, measures

MOUNTAIN = Kind(
    name="mountain",
    names=(FIRST, SECOND, last_part("산", " 산", "-san")),
    place="town",
    namesake=0.3,
    count=85,
    opened=(
        "{name.은} {place} 뒤편에 솟은 봉우리이다.",
        "{place}에서 고개를 들면 어디서나 {name.이} 보인다.",
        "{name.은} {place} 사람들이 새해 첫날 오르는 곳이다.",
        "{place.을} 병풍처럼 두른 것이 {name}이다.",
    ),
    asides=(
        "정상에는 나무로 깎은 안내판이 하나 서 있다.",
        "중턱의 쉼터에서는 따뜻한 보리차를 나누어 준다.",
        "가을이면 등산객의 줄이 끝없이 이어진다.",
        "능선 길은 아이들도 걸을 만큼 완만하다.",
        "바람이 센 날에는 휘파람 같은 소리가 난다.",
        "산지기는 삼대째 같은 오두막에 산다.",
    ),
    attributes=(
        Attribute(
            "height",
            measures(
                (412, 538, 647, 729, 785, 863, 918, 974, 1046, 1135, 1218, 1327, 1459, 1583), "미터", "m"
            ),
            said=("꼭대기는 바다에서 {value} 위에 있다.", "해발 높이는 {value}이다."),
            mentioned=("{name}의 높이는 {value}이다.",),
            asked=(
                "{name}의 높이는 얼마입니까?",
                "{name.은} 해발 몇 미터예요?",
                "{name.은} 얼마나 높은가요?",
                "{place}에 있는 {name}의 정상 고도를 알려 주세요.",
            ),
        ),
        Attribute(
            "animal",
            ANIMALS,
            said=(
                "숲에서는 {value.을} 심심찮게 마주친다.",
                "깊은 골짜기는 {value}의 보금자리로 보호받는다.",
            ),
            mentioned=("{name}에는 {value.이} 산다.",),
            asked=(
                "{name}에 사는 동물은?",
                "{name.을} 오르다가 어떤 짐승이나 벌레를 만날 수 있나요?",
                "{name}에서 보호하고 있는 생물은 무엇일까요?",
                "{place} 둘레에서 {value.을} 볼 수 있는 봉우리는?",
            ),
        ),
        Attribute(
            "rock",
            ko_words(
                """
                코끼리바위|상암 # 코가 긴 큰 동물을 닮은 돌
                촛대바위|촉대석 # 불을 켜는 초처럼 뾰족한 돌
                갓바위|입석갓 # 옛 모자를 쓴 듯한 돌
                흔들바위|동석 # 밀면 움직이는 둥근 돌
                부부바위|내외석 # 남편과 아내처럼 마주 선 두 돌
                책바위|서책암 # 종이를 겹겹이 쌓은 듯한 돌
                주전자바위|다관석 # 물 끓이는 그릇을 닮은 돌
                하마바위|물말바위 # 물에 사는 뚱뚱한 동물을 닮은 돌
                """
            ),
            said=(
                "가장 유명한 볼거리는 {value}이다.",
                "마루금에 올라서면 {value.이} 눈앞을 막아선다.",
            ),
            mentioned=("{name}의 명물은 {value}이다.",),
            asked=(
                "{name}에서 꼭 봐야 할 명물은?",
                "{name}에는 어떤 기암괴석이 있나요?",
                "{name}의 이름난 돌은 무슨 모양입니까?",
                "{place}에서 {value.이} 서 있는 봉우리는 어디?",
            ),
        ),
        Attribute(
            "tree",
            ko_words(
                """
                자작나무|봇나무 # 껍질이 하얗고 종이처럼 벗겨지는 것
                전나무|젓나무 # 곧게 뻗어 성탄절 장식에 쓰는 것
                밤나무|율목 # 가시 송이 속에 열매가 든 것
                잣나무|오엽송 # 고소한 씨가 솔방울에 든 것
                대나무|왕대 # 속이 비고 마디가 있는 것
                느티나무|괴목 # 마을 어귀에서 그늘을 드리우는 것
                산벚나무|벚꽃나무 # 봄에 연분홍으로 물드는 것
                떡갈나무|가랑잎나무 # 잎이 넓어 떡을 싸던 것
                옻나무|칠목 # 만지면 가렵고 즙으로 그릇을 칠하는 것
                """
            ),
            said=(
                "비탈은 온통 {value} 숲으로 덮여 있다.",
                "백 년 전에 심은 {value.이} 울창하게 자랐다.",
            ),
            mentioned=("{name}에는 {value.이} 우거져 있다.",),
            asked=(
                "{name}의 숲을 이루는 나무는 무엇인가요?",
                "{name}에서 제일 많이 자라는 수종은?",
                "{name.은} 어떤 나무로 뒤덮였지?",
                "{place} 뒤에서 {value} 군락이 있는 봉우리를 찾아요.",
            ),
        ),
        Attribute(
            "summit",
            ko_words(
                """
                돌탑|적석탑 # 소원을 빌며 쌓아 올린 것
                팔각정|여덟모 정자 # 지붕이 있어 쉬며 경치를 보는 곳
                천문대|별 관측소 # 망원경으로 밤하늘을 살피는 곳
                풍차|바람개비 방아 # 날개가 돌아 곡식을 찧는 것
                종루|쇠북 누각 # 시각을 울려 알리는 높은 집
                우체통|편지함 # 일 년 뒤에 소식을 배달해 주는 빨간 것
                제단|천제터 # 하늘에 절을 올리는 곳
                산장|대피소 # 등산객이 하룻밤 묵는 집
                """
            ),
            said=(
                "맨 위에는 {value.이} 사람들을 기다린다.",
                "정상까지 오른 사람은 {value} 앞에서 사진을 찍는다.",
            ),
            mentioned=("{name} 꼭대기에는 {value.이} 있다.",),
            asked=(
                "{name} 꼭대기에는 무엇이 있나요?",
                "{name}의 정상에 세운 것은?",
                "{name} 등반을 마치면 어떤 시설을 보게 되나요?",
                "{place} 가까이에서 맨 위에 {value.이} 있는 봉우리는?",
            ),
        ),
    ),
)
