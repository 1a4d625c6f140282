"""Schools of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, Word
from langret_ko.world_words import (
    ANIMALS,
    FIRST,
    SECOND,
    ko_words,
    last_part,
    with_particles,
)

SCHOOL = Kind(
    name="school",
    names=(FIRST, SECOND, last_part("중학교", "중", "-jung")),
    place="town",
    namesake=0.3,
    count=85,
    opened=(
        "{name.은} {place}에 있는 배움터이다.",
        "{place} 아이들은 대부분 {name}에 다닌다.",
        "{place} 언덕 위의 붉은 벽돌집이 {name}이다.",
        "{name.은} {place}에서 하나뿐인 중등 교육 기관이다.",
    ),
    asides=(
        "복도 끝에는 졸업생이 남긴 신발장이 있다.",
        "점심시간에는 방송반이 옛 노래를 틀어 준다.",
        "한 학년은 스무 명을 넘지 않는다.",
        "교문 앞 문방구에서는 구슬과 딱지를 판다.",
        "운동장은 주말이면 동네 사람에게 열린다.",
        "교장은 아침마다 학생들과 손뼉을 마주친다.",
    ),
    attributes=(
        Attribute(
            "founded",
            with_particles(
                Word((f"{year}년", f"서기 {year}년"))
                for year in (
                    1887,
                    1894,
                    1903,
                    1909,
                    1912,
                    1918,
                    1926,
                    1931,
                    1937,
                    1949,
                    1952,
                    1961,
                    1968,
                    1974,
                )
            ),
            said=("{value}에 문을 열었다.", "{value}에 첫 신입생을 맞았다.", "개교한 해는 {value}이다."),
            mentioned=("{name.은} {value}에 문을 열었다.",),
            asked=(
                "{name.은} 언제 개교했나요?",
                "{name}의 설립 연도는?",
                "{name}의 역사는 몇 년도부터 시작됩니까?",
                "{name}에 학생이 처음 입학한 때를 알려 주세요.",
            ),
        ),
        Attribute(
            "uniform",
            ko_words(
                """
                쑥색|진녹빛 # 봄나물과 떡에 쓰는 풀의 빛깔
                남색|쪽빛 # 깊은 바다나 밤하늘의 빛깔
                자주색|자줏빛 # 붉은 포도주 같은 빛깔
                밤색|갈빛 # 가을 낙엽이나 흙 같은 빛깔
                잿빛|회색 # 비구름이나 재 같은 빛깔
                연분홍색|살구꽃빛 # 복숭아꽃처럼 옅은 빛깔
                겨자색|누른빛 # 매운 양념처럼 노란 빛깔
                하늘색|담청색 # 맑은 날 올려다본 빛깔
                먹색|까만빛 # 붓글씨 물의 빛깔
                """
            ),
            said=("교복은 {value}이며 소매가 넓다.", "학생들은 {value} 윗옷을 입고 다닌다."),
            mentioned=("{name}의 교복은 {value}이다.",),
            asked=(
                "{name}의 교복은 무슨 색인가요?",
                "{name} 학생은 어떤 빛깔의 옷을 입나요?",
                "길에서 {name} 아이들을 알아보려면 무슨 색을 찾아야 해요?",
                "{place}에서 {value} 교복을 입는 데는 어디죠?",
            ),
        ),
        Attribute(
            "club",
            ko_words(
                """
                사물놀이부|풍물패 # 꽹과리와 북을 치는 모임
                천체관측부|별보기반 # 망원경을 들여다보는 모임
                양봉부|벌치기반 # 꿀을 모으는 벌레를 돌보는 모임
                인형극부|꼭두극반 # 줄과 손으로 배우를 움직이는 모임
                씨름부|샅바반 # 모래판에서 힘을 겨루는 모임
                종이접기부|색종이반 # 네모난 것을 접어 학과 배를 만드는 모임
                합창부|노래모임 # 여러 목소리로 화음을 맞추는 모임
                로봇부|기계인간반 # 저절로 움직이는 기계를 조립하는 모임
                연날리기부|방패연반 # 바람에 실을 띄우는 모임
                서예부|붓글씨반 # 먹을 갈아 글을 쓰는 모임
                """
            ),
            said=("동아리 가운데 {value.이} 가장 이름 높다.", "{value.은} 전국 대회에서 여러 번 상을 탔다."),
            mentioned=("{name.은} {value.로} 이름났다.",),
            asked=(
                "{name}에서 제일 유명한 동아리는?",
                "{name} 학생들은 방과 후에 어떤 활동으로 상을 받았나요?",
                "{name}의 자랑거리인 특별 활동을 알려 주세요.",
                "{place}에서 {value.이} 뛰어난 배움터는?",
            ),
        ),
        Attribute(
            "bell",
            ko_words(
                """
                징 소리|큰 놋징 # 둥근 쇠판을 채로 치는 것
                나팔 소리|트럼펫 가락 # 입으로 부는 금빛 관악기
                목탁 소리|나무 물고기 소리 # 스님이 두드리는 것
                닭 울음|수탉의 외침 # 새벽을 깨우는 날짐승
                뱃고동|기선의 경적 # 항구에서 떠날 때 울리는 것
                대금 가락|대나무 젓대 # 옆으로 부는 긴 피리
                북소리|큰북 울림 # 가죽을 메운 통을 치는 것
                실로폰 음악|목금 연주 # 나무 막대를 차례로 두드리는 것
                """
            ),
            said=("수업이 끝나면 {value.이} 울려 퍼진다.", "종 대신 {value.로} 시각을 알린다."),
            mentioned=("{name}에서는 {value.로} 수업의 끝을 알린다.",),
            asked=(
                "{name}에서는 무엇으로 시각을 알리나요?",
                "{name}의 수업이 끝났다는 신호는?",
                "{name}에서 쉬는 시간이 된 줄 어떻게 알 수 있어요?",
                "{place}에서 {value.을} 종으로 쓰는 곳은?",
            ),
        ),
        Attribute(
            "mascot",
            ANIMALS,
            said=("상징 동물은 {value}이다.", "교기에는 {value.이} 수놓여 있다."),
            mentioned=("{name}의 상징 동물은 {value}이다.",),
            asked=(
                "{name}의 상징 동물은 무엇입니까?",
                "{name}의 마스코트가 궁금해요.",
                "{name} 깃발에 그려진 생물은?",
                "{value.을} 마스코트로 쓰는 {place}의 배움터는 어디일까요?",
            ),
        ),
    ),
)
