"""Mountains of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_vi.world_words import ANIMALS, FIRST, SECOND, measures, name_parts

MOUNTAIN = Kind(
    name="mountain",
    names=(name_parts("núi"), FIRST, SECOND),
    place="town",
    count=85,
    opened=(
        "Sừng sững phía sau {place} là {name}.",
        "Đứng đâu ở {place} ngẩng đầu lên cũng thấy {name}.",
        "Sáng mồng một Tết, người {place} rủ nhau leo {name}.",
        "Như tấm bình phong, {name} che chở cho {place}.",
    ),
    asides=(
        "Trên lối mòn có tấm biển gỗ chỉ đường.",
        "Quán nghỉ lưng chừng mời khách uống vối nóng.",
        "Mùa thu, người leo nối nhau không dứt.",
        "Triền dốc thoai thoải, trẻ em cũng đi được.",
        "Hôm nào gió to thì nghe như có tiếng huýt sáo.",
        "Người gác rừng đã ba đời ở cùng một căn lều.",
    ),
    attributes=(
        Attribute(
            "height",
            measures(
                (412, 538, 647, 729, 785, 863, 918, 974, 1046, 1135, 1218, 1327, 1459, 1583), "mét", "m"
            ),
            said=("Điểm cao nhất cách mặt biển {value}.", "Độ cao đo được là {value}."),
            mentioned=("Độ cao của {name} là {value}.",),
            asked=(
                "Độ cao của {name} là bao nhiêu?",
                "{name.cap} vươn lên tới đâu so với mực nước biển?",
                "Leo hết {name} là lên được mấy mét?",
                "Gần {place}, {name} cao chừng nào?",
            ),
        ),
        Attribute(
            "animal",
            ANIMALS,
            said=("Trong rừng thỉnh thoảng gặp {value}.", "Thung lũng sâu được giữ làm chỗ ở cho {value}."),
            mentioned=("Trên {name} có {value}.",),
            asked=(
                "Trên {name} có con vật gì?",
                "Leo {name} thì dễ bắt gặp loài nào?",
                "Sinh vật nào được bảo vệ ở {name}?",
                "Quanh {place}, lên đỉnh nào thì thấy {value}?",
            ),
        ),
        Attribute(
            "rock",
            words(
                """
                đá Voi|tảng Voi Phục # khối giống con vật có vòi
                đá Vọng Phu|đá Chờ Chồng # khối giống người vợ bồng con
                đá Chồng Sách|đá Thư Quán # khối xếp lớp như trang giấy
                đá Trống Mái|đá Gà Đôi # khối giống hai con gia cầm
                đá Cối Xay|đá Thớt Tròn # khối giống dụng cụ nghiền gạo
                đá Ông Cóc|đá Thiềm Thừ # khối giống con vật gọi mưa
                đá Buồm|đá Cánh Thuyền # khối giống tấm vải hứng gió trên tàu
                đá Rung|đá Lúc Lắc # khối đẩy nhẹ là chuyển động
                """
            ),
            said=("Cảnh đẹp được biết nhiều nhất là {value}.", "Lên tới yên ngựa sẽ thấy {value} chắn lối."),
            mentioned=("Thắng cảnh của {name} là {value}.",),
            asked=(
                "Thắng cảnh của {name} là gì?",
                "Đến {name} nhất định phải xem thứ gì?",
                "Khối đá lạ ở {name} có hình thù ra sao?",
                "Đỉnh nào gần {place} có {value}?",
            ),
        ),
        Attribute(
            "tree",
            words(
                """
                rừng thông|rừng cây ngo # cây lá kim rỉ nhựa
                rừng tre gai|rừng tre ngà # cây rỗng ruột có đốt
                rừng quế|rừng nhục quế # cây vỏ thơm cay
                rừng lim|rừng lim xanh # cây gỗ cứng như sắt
                rừng trà cổ|rừng chè shan # cây lá hái về pha uống
                rừng mận|rừng mận hậu # cây nở trắng cho quả chua tím
                rừng trẩu|rừng dầu trẩu # cây cho hạt ép dầu
                rừng cọ|rừng lá gồi # cây có tán xòe để lợp nhà
                rừng hồi|rừng đại hồi # cây cho quả hình sao tám cánh
                """
            ),
            said=("Khắp sườn dốc phủ kín {value}.", "Lớp người trăm năm trước gây nên {value} rậm rạp."),
            mentioned=("Phủ lên {name} là {value}.",),
            asked=(
                "Phủ lên {name} là loại rừng nào?",
                "Thực vật mọc nhiều nhất ở {name} là gì?",
                "Cây cối trên {name} chủ yếu thuộc giống nào?",
                "Đỉnh nào sau {place} có {value}?",
            ),
        ),
        Attribute(
            "summit",
            words(
                """
                tháp chuông|gác chuông # nơi đánh tiếng báo giờ
                lầu tám góc|bát giác đình # nơi có mái để ngồi ngắm cảnh
                đài thiên văn|trạm ngắm sao # nơi nhìn trời bằng ống kính
                cối xay gió|phong xa # thứ có cánh quay để nghiền hạt
                bàn cờ tiên|bàn cờ đá # nơi các cụ tưởng tượng thần đấu trí
                hòm thư đỏ|thùng thư đỏ # thứ giữ lời nhắn một năm mới gửi
                am nhỏ|thảo am # nơi nhà sư tu một mình
                lều trú bão|trạm trú chân # nơi người leo ngủ qua đêm
                """
            ),
            said=("Trên cùng có {value} đợi khách.", "Ai lên tới nơi cũng chụp ảnh trước {value}."),
            mentioned=("Trên đỉnh {name} có {value}.",),
            asked=(
                "Trên đỉnh {name} có gì?",
                "Người ta dựng thứ gì ở chóp {name}?",
                "Chinh phục xong {name} sẽ thấy công trình nào?",
                "Gần {place}, nơi cao nào có {value}?",
            ),
        ),
    ),
)
