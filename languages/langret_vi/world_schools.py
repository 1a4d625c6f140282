"""Schools of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, Word, words
from langret_vi.world_words import ANIMALS, FIRST, SECOND

SCHOOL = Kind(
    name="school",
    names=((Word(("trường", "THCS")),), FIRST, SECOND),
    place="town",
    count=85,
    opened=(
        "Học trò ở {place} phần lớn theo học {name}.",
        "Ngôi nhà gạch đỏ trên đồi ở {place} chính là {name}.",
        "Ở {place} chỉ có một nơi dạy chữ bậc trung học là {name}.",
        "Được dân {place} góp công xây dựng, {name} có mười hai lớp.",
    ),
    asides=(
        "Cuối hành lang có tủ giày do lớp cũ để lại.",
        "Giờ nghỉ trưa, loa phát những bài hát xưa.",
        "Mỗi khối không quá hai mươi em.",
        "Tiệm tạp hóa ngoài cổng bán bi ve và con quay.",
        "Sân vận động mở cửa cho dân làng vào cuối tuần.",
        "Sáng nào thầy hiệu trưởng cũng đứng đập tay chào từng em.",
    ),
    attributes=(
        Attribute(
            "founded",
            tuple(
                Word((f"năm {year}", f"niên khóa {year}"))
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
            said=(
                "Lứa học sinh đầu tiên nhập học {value}.",
                "Ngày khai giảng đầu tiên diễn ra {value}.",
                "Bia đá ghi rằng nơi này mở cửa {value}.",
            ),
            mentioned=("Người ta lập nên {name} {value}.",),
            asked=(
                "Người ta lập nên {name} khi nào?",
                "{name.cap} ra đời từ bao giờ?",
                "Cho biết thời điểm thành lập {name}.",
                "{name.cap} có lịch sử từ lúc nào?",
            ),
        ),
        Attribute(
            "uniform",
            words(
                """
                màu cốm|màu lá mạ # giống lúa non làng Vòng
                màu chàm|màu xanh than # giống áo người vùng cao
                màu tím than|màu tím sẫm # giống quả mồng tơi chín
                màu nâu sồng|màu nâu non # giống áo nhà chùa
                màu tro|màu xám # giống bếp nguội
                màu hồng phấn|màu cánh sen # giống má em bé
                màu mù tạt|màu nghệ # giống củ gia vị kho cá
                màu thiên thanh|màu da trời # giống bầu không lúc quang đãng
                màu mực|màu đen tuyền # giống chữ viết thư pháp
                """
            ),
            said=("Đồng phục {value} có tay áo rộng.", "Các em mặc áo {value} đến lớp."),
            mentioned=("Đồng phục của {name} {value}.",),
            asked=(
                "Đồng phục của {name} màu gì?",
                "Các em ở {name} ăn mặc ra sao?",
                "Nhìn sắc áo nào thì biết là học trò {name}?",
                "Ở {place}, học sinh nơi nào mặc áo {value}?",
            ),
        ),
        Attribute(
            "club",
            words(
                """
                đội múa lân|đội lân sư rồng # nhóm đội đầu thú nhảy theo trống
                nhóm ngắm sao|nhóm thiên văn # nhóm nhìn trời đêm qua ống kính
                đội múa rối nước|phường rối # nhóm điều khiển con giống trên ao
                đội đấu vật|sới vật # nhóm thi sức quật ngã nhau
                nhóm gấp giấy|nhóm origami # nhóm làm hạc và thuyền từ tờ vuông
                dàn hợp xướng|ban đồng ca # nhóm hát nhiều bè
                đội chế tạo rô-bốt|đội robot # nhóm lắp máy biết tự đi
                hội thả diều|hội diều sáo # nhóm cho vật có dây bay theo gió
                nhóm thư pháp|nhóm viết bút lông # nhóm mài mực viết chữ đẹp
                đội kéo co|đội giật thừng # nhóm hai phe tranh sợi dây
                """
            ),
            said=(
                "Trong các câu lạc bộ, {value} có tiếng nhất.",
                "Đi thi toàn quốc, {value} mấy lần mang giải về.",
            ),
            mentioned=("Niềm tự hào của {name} là {value}.",),
            asked=(
                "Niềm tự hào của {name} là gì?",
                "Học sinh {name} nổi tiếng về sinh hoạt ngoại khóa nào?",
                "Sau giờ học, các em ở {name} làm gì mà đoạt giải?",
                "Ở {place}, nơi dạy chữ nào mạnh về {value}?",
            ),
        ),
        Attribute(
            "bell",
            words(
                """
                tiếng chiêng|hồi cồng # đĩa đồng lớn gõ bằng dùi
                tiếng tù và|tiếng ốc biển # sừng trâu thổi vang xa
                tiếng mõ|tiếng gõ cá gỗ # đồ vật rỗng của nhà sư
                tiếng gà gáy|tiếng gà trống # gia cầm đánh thức làng
                tiếng còi tàu|tiếng còi hơi # âm báo ở nhà ga
                điệu sáo trúc|khúc sáo ngang # nhạc cụ thổi có lỗ
                hồi trống cái|tiếng trống lớn # mặt da căng trên thùng gỗ
                bản dương cầm|khúc piano # nhạc cụ phím trắng đen
                """
            ),
            said=("Hết tiết, {value} vang khắp sân.", "Nơi đây dùng {value} để báo giờ."),
            mentioned=("Giờ tan lớp ở {name} được báo bằng {value}.",),
            asked=(
                "Giờ tan lớp ở {name} được báo bằng gì?",
                "Nghe thấy gì thì biết {name} đã nghỉ giải lao?",
                "Tín hiệu kết thúc buổi học tại {name} là gì?",
                "Ở {place}, nơi dạy chữ nào dùng {value} thay chuông?",
            ),
        ),
        Attribute(
            "mascot",
            ANIMALS,
            said=("Con vật tượng trưng là {value}.", "Trên phù hiệu thêu hình {value}."),
            mentioned=("Linh vật của {name} là {value}.",),
            asked=(
                "Linh vật của {name} là gì?",
                "{name.cap} chọn sinh vật nào làm biểu trưng?",
                "Huy hiệu của {name} có hình con gì?",
                "Nơi dạy chữ nào ở {place} lấy {value} làm linh vật?",
            ),
        ),
    ),
)
