"""People and dishes of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_vi.world_words import FIRST, SECOND, name_parts

PERSON = Kind(
    name="person",
    names=(
        name_parts("Nguyễn|Trần|Phạm|Đặng|Đỗ|Huỳnh|Vũ|Bùi|Dương|Lý"),
        name_parts("Thị|Văn|Hữu|Đức|Ngọc|Kim"),
        name_parts("Hoà|Thuỷ|Tuấn|Nghĩa|Quỳnh|Đạt|Hiếu|Loan|Trường|Yến|Khoa|Thuý|Oanh|Bảo|Ước|Dũng"),
    ),
    place="town",
    count=85,
    opened=(
        "Sinh ra và lớn lên ở {place}, {name} là con út một nhà nghèo.",
        "Người con nổi tiếng nhất của {place} là {name}.",
        "Dân {place} không ai không biết {name}.",
        "Tại {place} có một con phố mang tên {name}.",
    ),
    asides=(
        "Giọng nói to đến mức làng bên cũng nghe thấy.",
        "Suốt đời chỉ đội một chiếc mũ cũ.",
        "Nhận được thư là trả lời ngay trong ngày.",
        "Thời trẻ từng lang bạt ba năm ngoài đảo.",
        "Chân dung treo trên cầu thang trụ sở.",
        "Con cháu nay vẫn sống trong căn nhà ấy.",
    ),
    attributes=(
        Attribute(
            "trade",
            words(
                """
                thợ rèn|thợ lò rèn # người làm việc với búa và sắt nung
                người lái đò|phu chèo đò # người làm việc chở khách qua bến
                thầy lang|lương y # người làm việc bắt mạch bốc thuốc
                thợ mộc|thợ đóng bàn ghế # người làm việc với bào và gỗ
                đào hát chèo|nghệ nhân chèo # người làm việc trên sân đình với điệu cổ
                người vẽ bản đồ|họa đồ viên # người làm việc ghi hình đất lên giấy
                thợ sửa đồng hồ|thợ đồng hồ # người làm việc với bánh răng và kim giờ
                người giữ hải đăng|lính gác đèn biển # người làm việc thắp sáng cho tàu đêm
                thợ nhuộm|thợ chàm vải # người làm việc tạo màu cho áo
                thợ lặn ngọc trai|dân mò trai # người làm việc nín thở dưới biển
                thợ in mộc bản|thợ khắc ván in # người làm việc ra sách bằng gỗ khắc
                người nuôi ong|thợ ong # người làm việc với tổ côn trùng ngọt
                """
            ),
            said=("Cả đời làm {value}.", "Nối nghiệp cha mà thành {value}.", "Nghề mưu sinh là {value}."),
            mentioned=("Nghề nghiệp của {name} là {value}.",),
            asked=(
                "Nghề nghiệp của {name} là gì?",
                "{name} kiếm sống bằng cách nào?",
                "Hồi còn sống, {name} làm công việc gì?",
                "Ai là {value} quê ở {place}?",
            ),
        ),
        Attribute(
            "invention",
            words(
                """
                cối đá tự quay|cối tự động # máy nghiền đậu khỏi dùng tay
                ô gấp ba|dù gấp # vật che mưa thu nhỏ bỏ túi
                đồng hồ nước|lậu hồ # vật đo thời khắc bằng giọt rơi
                giày bánh xe|guốc lăn # vật xỏ chân để lướt
                lịch chữ nổi|lịch sờ tay # vật cho người mù biết tháng
                bếp mặt trời|lò hứng nắng # vật nấu cơm không cần lửa
                cân biết nói|cân có tiếng # vật đọc to sức nặng
                giá sách xoay|kệ sách quay # đồ gỗ để đổi trang cho tiện
                điện thoại ống bơ|máy nói dây chỉ # vật truyền giọng qua sợi mảnh
                máy tách hạt sen|bàn bóc sen # vật lột vỏ thứ quả trong đầm
                """
            ),
            said=("Ba mươi tuổi thì chế ra {value}.", "Hậu thế nhớ đến như người đầu tiên làm {value}."),
            mentioned=("Phát minh của {name} là {value}.",),
            asked=(
                "Phát minh của {name} là gì?",
                "Nhờ {name} mà chúng ta có vật dụng nào?",
                "{name} đã sáng tạo ra món đồ gì?",
                "Ai ở {place} nghĩ ra {value}?",
            ),
        ),
        Attribute(
            "hobby",
            words(
                """
                đánh cờ tướng|chơi cờ tướng # bày quân xe pháo mã trên bàn
                gảy đàn nguyệt|đánh đàn kìm # dạo nhạc cụ tròn hai dây
                sưu tầm tem|chơi tem # gom mẩu giấy dán phong bì
                bắt bướm|săn bướm # đuổi theo côn trùng cánh màu
                hát đối đáp|hát ghẹo # nam nữ ứng khẩu qua lại
                uốn cây cảnh|chơi bon-sai # nắn thân cây bé trong chậu
                đặt câu đố|ra câu đố # nghĩ điều hóc búa cho người khác giải
                bắn cung|bắn nỏ # nhắm mũi tên vào đích
                ngâm thơ|bình thơ # đọc vần điệu thành tiếng ngân
                """
            ),
            said=("Lúc rảnh thường {value}.", "Mê {value} đến quên cả ăn."),
            mentioned=("Thú vui của {name} là {value}.",),
            asked=(
                "Thú vui của {name} là gì?",
                "Ngày nghỉ {name} hay làm gì cho khuây khỏa?",
                "{name} thích điều gì tới mức bỏ bữa?",
                "Ai quê {place} có sở thích {value}?",
            ),
        ),
        Attribute(
            "companion",
            words(
                """
                chó xoáy Phú Quốc|chó lưng xoáy # thú giữ nhà có vệt lông ngược
                con lừa|lừa thồ # thú tai dài ương bướng chở đồ
                con vẹt|con két # chim bắt chước lời người
                con ngỗng|ngỗng trắng # chim cổ dài hay đuổi kẻ lạ
                con rùa|rùa vàng # vật mai cứng đi chậm
                con dê|dê núi # gia súc râu xồm ăn lá
                con thỏ|thỏ ngọc # thú tai dài hay nhảy gặm cà rốt
                con sáo|chim sáo sậu # chim đen mỏ vàng hay hót
                """
            ),
            said=("Đi đâu cũng dắt theo {value}.", "Bên bức tượng tạc cả {value} từng làm bạn."),
            mentioned=("Con vật mà {name} nuôi là {value}.",),
            asked=(
                "Con vật mà {name} nuôi là gì?",
                "Kẻ luôn quấn quýt bên {name} là loài nào?",
                "Thú cưng của {name} là gì?",
                "Ai ở {place} từng chăm {value}?",
            ),
        ),
        Attribute(
            "saying",
            words(
                """
                trâu chậm vẫn là trâu|trâu chậm cứ là trâu # không vội cũng không mất bản chất
                nồi cười cơm mới dẻo|bếp cười cơm thơm # nhà vui thì phúc đến
                nước không hỏi đường|nước tự biết lối # cứ thuận theo tự nhiên
                đèn chia đôi sáng gấp ba|đèn sẻ thì càng tỏ # cùng nhau thì mạnh hơn
                cái đinh cũng có chỗ|đinh nào cũng có lỗ # chẳng có gì vô dụng
                ai thấy trăng trước được trăng|trăng về tay người thấy trước # nhanh mắt thì được phần
                tay mơ thì không lạnh|tay mơ luôn ấm # còn hy vọng thì bớt khổ
                """
            ),
            said=("Câu cửa miệng là “{value}”.", "Bia mộ khắc dòng “{value}”."),
            mentioned=("Lời dạy của {name} là “{value}”.",),
            asked=(
                "Lời dạy của {name} là gì?",
                "Phương châm sống của {name} ra sao?",
                "{name} để lại câu nói nào?",
                "Ai ở {place} khuyên rằng {value}?",
            ),
        ),
    ),
)

DISH = Kind(
    name="dish",
    names=(name_parts("bún|phở|cháo|bánh|xôi|lẩu|chả|nộm"), FIRST, SECOND),
    place="town",
    count=85,
    opened=(
        "Khách đến nhà ở {place} thường được đãi {name}.",
        "Đi trong ngõ {place} là ngửi thấy mùi {name}.",
        "Nói đến ẩm thực {place} phải kể trước hết {name}.",
        "Mẹ truyền cho con gái ở {place} cách làm {name}.",
    ),
    asides=(
        "Công thức không ghi ra giấy mà chỉ nói miệng.",
        "Phép lịch sự là ăn hết cả bát.",
        "Nhiều nhà không lấy tiền của khách lỡ đường.",
        "Phải vừa thổi vừa ăn cùng nhau lúc còn nóng.",
        "Trong hội thi nấu nướng, các ông lại hăng hái hơn cả.",
        "Phần còn dư để sáng hôm sau hâm lại.",
    ),
    attributes=(
        Attribute(
            "ingredient",
            words(
                """
                bột sắn dây|bột cát căn # thứ trắng mịn từ củ leo dùng giải nhiệt
                hạt dẻ|trái dẻ rừng # thứ bùi trong vỏ đầy gai
                ốc nhồi|ốc bươu # con có vỏ xoắn dưới ruộng
                bí đỏ|bí ngô # quả to ruột vàng ở ngày hội ma
                măng chua|măng ngâm # mầm cây rỗng ruột để lên men
                cua đồng|con đam # con tám chân hai càng ở ruộng
                nấm hương|nấm đông cô # thứ mọc trên gỗ có mũ nâu thơm
                gạo nếp|nếp cái # thứ hạt dẻo gói chưng ngày Tết
                khoai môn|khoai sọ # củ tím bở hay nấu chè
                thịt vịt|thịt vịt cỏ # phần của gia cầm biết bơi
                hến sông|con dắt # thứ nhỏ hai mảnh vỏ dưới cát
                """
            ),
            said=("Nguyên liệu chính là {value}.", "Người nấu cho thật nhiều {value}."),
            mentioned=("Muốn có {name} phải dùng {value}.",),
            asked=(
                "Muốn có {name} phải dùng gì?",
                "Thành phần quan trọng nhất của {name} là gì?",
                "Đi chợ nấu {name} thì cần mua gì?",
                "Món nào ở {place} có {value}?",
            ),
        ),
        Attribute(
            "season",
            words(
                """
                Tết Nguyên đán|Tết Cả # dịp đón xuân sum họp
                Tết Đoan ngọ|Tết diệt sâu bọ # dịp mồng năm ăn rượu nếp
                Tết Trung thu|Tết trông trăng # dịp trẻ em rước đèn
                ngày giỗ tổ|lễ Hùng Vương # dịp nhớ các vua dựng nước
                vụ cấy|mùa xuống mạ # dịp đặt lúa non xuống bùn
                mùa nước nổi|mùa lũ # dịp đồng ngập mênh mông
                tiết đông chí|đông chí # dịp đêm dài nhất
                lễ Vu Lan|rằm xá tội # dịp báo hiếu cha mẹ
                """
            ),
            said=("Thường được ăn vào {value}.", "Mâm cơm {value} không thể thiếu món này."),
            mentioned=("Người ta nấu {name} vào {value}.",),
            asked=(
                "Người ta nấu {name} vào lúc nào?",
                "Muốn nếm {name} thì nên đến dịp nào trong năm?",
                "{name.cap} gắn với ngày lễ hay mùa nào?",
                "Ở {place}, món nào hay xuất hiện vào {value}?",
            ),
        ),
        Attribute(
            "taste",
            words(
                """
                vị cay nồng|vị cay xé # cảm giác như cắn ớt
                vị chua thanh|vị chua dịu # cảm giác như ăn me
                vị bùi béo|vị béo ngậy # cảm giác như nước cốt dừa
                vị đắng nhẹ|vị nhân nhẫn # cảm giác như khổ qua
                vị mặn mòi|vị đậm muối # cảm giác như nếm biển
                vị ngọt lịm|vị ngọt sắc # cảm giác như ngậm đường
                vị hăng|vị the the # cảm giác xộc lên mũi như mù tạt
                """
            ),
            said=("Đưa lên miệng là thấy {value} lan ra.", "Phải ủ một đêm mới có {value}."),
            mentioned=("Hương vị của {name} là {value}.",),
            asked=(
                "Hương vị của {name} là gì?",
                "Ăn {name} thì thấy trong miệng ra sao?",
                "Tả giúp cái ngon của {name}.",
                "Món nào ở {place} cho {value}?",
            ),
        ),
        Attribute(
            "vessel",
            words(
                """
                niêu đất|nồi đất # đồ nung giữ nóng lâu
                ống tre|ống nứa # khúc rỗng có đốt
                lá sen|lá liên # phiến tròn xanh nước lăn như ngọc
                mâm gỗ mít|khay gỗ # mặt phẳng đẽo từ cây ăn quả
                gáo dừa|sọ dừa # nửa vỏ cứng của quả nhiều nước
                đĩa bạc|khay bạc # vật dẹt bằng kim loại quý trắng
                vỏ sò điệp|mảnh sò # phần ngoài của con vật biển hình quạt
                bát sứ trắng|chén sứ # đồ nung láng bóng tinh khôi
                """
            ),
            said=("Đúng lệ thì phải đựng trong {value}.", "Khi dọn lên thì dùng {value}."),
            mentioned=("Khi dọn {name} người ta dùng {value}.",),
            asked=(
                "Khi dọn {name} người ta dùng gì?",
                "{name.cap} được bày trong đồ đựng nào?",
                "Vật chứa {name} phải là thứ gì?",
                "Món nào ở {place} được bày trong {value}?",
            ),
        ),
        Attribute(
            "origin",
            words(
                """
                nhà sư lạc đường|vị sư đi lạc # kẻ tu hành không tìm ra lối
                viên tướng mù|ông tướng lòa # kẻ cầm quân chẳng thấy gì
                hoàng hậu trẻ|bà hoàng nhỏ tuổi # vợ vua mới lớn
                thủy thủ say sóng|lính biển say # kẻ đi tàu nôn nao
                hai tiều phu sinh đôi|cặp tiều phu song sinh # hai kẻ đốn củi giống nhau
                anh ở ngủ quên|gã ở hay ngủ # kẻ làm thuê dậy trễ
                bà cụ bán bánh đúc|cụ hàng bánh đúc # kẻ già rao món quà quê
                ông đồ nghèo|thầy đồ túng thiếu # kẻ dạy chữ nho không có tiền
                """
            ),
            said=(
                "Tương truyền {value} là người đầu tiên nấu món này.",
                "Món ăn ra đời từ sơ suất của {value}.",
            ),
            mentioned=("Người nghĩ ra {name} là {value}.",),
            asked=(
                "Người nghĩ ra {name} là ai?",
                "Nhân vật nào gắn với sự ra đời của {name}?",
                "Sự tích {name} kể về ai?",
                "Món nào ở {place} do {value} làm ra?",
            ),
        ),
    ),
)
