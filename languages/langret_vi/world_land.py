"""Towns and rivers of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind, words
from langret_vi.world_words import FIRST, FLOWERS, SECOND, measures, name_parts

REGIONS = words(
    """
    miền Gió Bấc|mien Gio Bac
    miền Cát Trắng|mien Cat Trang
    miền Trung Châu|mien Trung Chau
    miền Sóng Vỗ|mien Song Vo
    miền Nắng Ấm|mien Nang Am
    miền Ngàn Đảo|mien Ngan Dao
    """
)

TOWN = Kind(
    name="town",
    names=(name_parts("thị trấn"), FIRST, SECOND),
    place=REGIONS,
    count=85,
    opened=(
        "Nằm ở {place} của xứ Mây Ngàn, {name} là một nơi yên bình.",
        "Ở chính giữa {place} có {name} với nhiều con dốc nhỏ.",
        "Khách bộ hành đến {place} thường ghé lại {name} vài ngày.",
        "Ai đi qua {place} cũng từng nghe nói đến {name}.",
    ),
    asides=(
        "Dân số chừng ba nghìn người, ai cũng biết mặt nhau.",
        "Ngõ hẹp đến mức hai chiếc xe kéo gặp nhau thì một bên phải hát để nhường đường.",
        "Bảng tin trước trụ sở lúc nào cũng có tờ giấy tìm mèo lạc.",
        "Nhà nào cũng đặt một chiếc ghế gỗ ngoài cửa cho khách ngồi nghỉ.",
        "Người đưa thư đạp xe hai vòng mỗi ngày.",
        "Cứ bốn năm một lần, dân bốc thăm để chọn trưởng thôn.",
    ),
    attributes=(
        Attribute(
            "specialty",
            words(
                """
                nón lá|nón bài thơ # vật đội đầu che nắng hình chóp
                nước mắm|mắm nhỉ # thứ nước chấm ủ từ cá và muối
                lụa tơ tằm|vải lụa # thứ vải mềm dệt từ kén
                gốm men ngọc|đồ gốm xanh # bát đĩa nung phủ lớp bóng màu lá
                trà ướp sen|chè sen # lá sao khô có hương loài hoa đầm lầy
                mật ong rừng|mật rừng # chất ngọt do côn trùng gom trên cây
                chiếu cói|chiếu lác # tấm trải để nằm đan từ cỏ ven biển
                đàn bầu|độc huyền cầm # nhạc cụ chỉ có một dây
                giấy dó|giấy bản # thứ để viết làm từ vỏ cây
                kẹo dừa|kẹo cơm dừa # món ngọt từ quả cây nhiệt đới có nước
                đèn lồng|lồng đèn # vật bọc giấy thắp sáng treo trước nhà
                hồ tiêu|hạt tiêu # gia vị cay hạt tròn màu đen
                """
            ),
            said=(
                "Từ xưa nơi đây đã nổi danh nhờ {value}.",
                "Phần lớn gia đình sống bằng nghề làm {value}.",
                "Trong các cửa hiệu bày đầy {value}.",
            ),
            mentioned=("Đặc sản của {name} là {value}.",),
            asked=(
                "Đặc sản của {name} là gì?",
                "Ghé {name} thì nên mua gì về làm quà?",
                "Sản vật nào làm nên tên tuổi của {name}?",
                "Người dân {name} lâu nay chế tác thứ gì?",
                "Ở {place}, nơi nào sản xuất {value}?",
            ),
        ),
        Attribute(
            "past",
            words(
                """
                trạm ngựa|dịch trạm # chỗ người đưa công văn thay vật cưỡi
                thương cảng|bến tàu buôn # chỗ thuyền lớn ghé trao đổi hàng hóa
                mỏ than|hầm than # chỗ đào thứ đá đen để đốt
                thành lũy|thành cổ # chỗ xây tường cao chống giặc
                trường thi|khoa trường # chỗ sĩ tử làm bài để ra làm quan
                nơi lưu đày|chốn đi đày # chỗ giam người có tội ở xa
                bãi thả ngựa|mục trường # chỗ nuôi vật cưỡi trên cỏ
                lò rèn vũ khí|xưởng đúc gươm # chỗ làm kiếm giáo
                ruộng muối|diêm điền # chỗ phơi nước biển
                đồn gác biên ải|quan ải # chỗ lính canh giữ bờ cõi
                """
            ),
            said=(
                "Nay đã vắng lặng, nhưng một thời đây là {value} sầm uất.",
                "Gốc gác của vùng đất này là {value}.",
                "Trên bản đồ cũ, chỗ này được ghi là {value}.",
            ),
            mentioned=("Thuở trước, {name} vốn là {value}.",),
            asked=(
                "Ngày xưa {name} là nơi như thế nào?",
                "{name.cap} có nguồn gốc từ đâu?",
                "Trước kia người ta dùng vùng đất {name} để làm gì?",
                "Lịch sử của {name} bắt đầu ra sao?",
                "Nơi nào ở {place} từng là {value}?",
            ),
        ),
        Attribute(
            "flower",
            FLOWERS,
            said=(
                "Dân làng chọn {value} làm biểu tượng chung.",
                "Giữa lá cờ của địa phương có thêu {value}.",
                "Hai bên đường trồng toàn {value}, loài cây biểu trưng.",
            ),
            mentioned=("Biểu tượng của {name} là {value}.",),
            asked=(
                "Biểu tượng của {name} là loài cây nào?",
                "Loài hoa nào đại diện cho {name}?",
                "Cờ của {name} vẽ bông hoa gì?",
                "Nơi nào ở {place} lấy {value} làm hình ảnh đại diện?",
            ),
        ),
        Attribute(
            "market",
            words(
                """
                ngày mồng ba âm|mồng 3 âm lịch # hôm thứ ba của tháng ta
                ngày mồng năm âm|mồng 5 âm lịch # hôm thứ năm đầu tháng ta
                ngày mồng bảy âm|mồng 7 âm lịch # hôm thứ bảy của tháng ta
                ngày rằm|ngày 15 âm lịch # hôm trăng tròn
                ngày hai mươi âm|hai mươi âm lịch # hôm cách trăng tròn năm bữa
                ngày ba mươi âm|đêm trừ tịch # hôm cuối tháng không trăng
                ngày chủ nhật|ngày Chúa nhật # hôm cả nhà được nghỉ
                """
            ),
            said=(
                "Chợ phiên họp vào {value}, người bán kéo về từ khắp ngả.",
                "Cứ {value} là quảng trường lại mở phiên chợ lớn.",
            ),
            mentioned=("Chợ phiên ở {name} họp vào {value}.",),
            asked=(
                "Chợ phiên ở {name} họp khi nào?",
                "Muốn mua sắm ở khu buôn bán lớn của {name} thì phải đến hôm nào?",
                "Dân buôn kéo về {name} vào dịp nào?",
                "Ở {place}, nơi nào họp chợ vào {value}?",
            ),
        ),
        Attribute(
            "weather",
            words(
                """
                sương mù dày|mù đặc # màn trắng che hết tầm mắt
                mưa bóng mây|mưa nắng lẫn lộn # hạt rơi trong lúc trời vẫn sáng
                lốc xoáy|vòi rồng # gió quay tròn hút mọi thứ lên
                cầu vồng đôi|mống cụt kép # hai dải bảy màu bắc ngang trời
                mưa đá|mưa băng # những viên lạnh cứng từ trên trời
                sương muối|sương giá # lớp trắng làm cháy lá rau ban mai
                dải ngân hà|sông Ngân # vệt sao vắt qua đêm
                gió Lào|gió phơn # luồng khô nóng thổi qua núi
                ảo ảnh trên biển|thận lâu # hình hiện ra ở chân trời mà không có thật
                """
            ),
            said=(
                "Mỗi năm du khách tìm đến đây để ngắm {value}.",
                "Về thời tiết, nơi đây khét tiếng vì {value}.",
            ),
            mentioned=("Ở {name} hay có {value}.",),
            asked=(
                "Ở {name} hay có hiện tượng thiên nhiên gì?",
                "Khí hậu {name} có gì đặc biệt?",
                "Người ta mong nhìn thấy điều gì trên bầu trời {name}?",
                "Nơi nào ở {place} thường xuất hiện {value}?",
            ),
        ),
    ),
)

RIVER = Kind(
    name="river",
    names=(name_parts("sông"), FIRST, SECOND),
    place="town",
    count=85,
    opened=(
        "Dòng nước uốn quanh {place} mang tên {name}.",
        "Người {place} gọi {name} là dòng nước mẹ.",
        "Từ {place}, {name} chảy qua đồng bằng rồi ra biển.",
        "Ở cuối phía nam {place} có thể gặp {name}.",
    ),
    asides=(
        "Mùa hè, trẻ con ôm phao ra tắm rất đông.",
        "Dọc bờ đê trồng một hàng liễu rủ.",
        "Trên phiến đá ven bờ còn mờ mờ vài chữ cổ.",
        "Sau mưa lớn, nước đổi sang màu đất.",
        "Tiền đò một chuyến bằng một quả trứng gà.",
        "Ban đêm có thể nghe tiếng chèo khua rất khẽ.",
    ),
    attributes=(
        Attribute(
            "length",
            measures((37, 52, 68, 74, 86, 93, 118, 127, 141, 156, 163, 189, 204, 231), "ki-lô-mét", "km"),
            said=(
                "Đo theo dòng chảy thì được {value}.",
                "Tổng chiều dài là {value}.",
                "Có hội đi bộ men theo bờ suốt {value}.",
            ),
            mentioned=("Chiều dài của {name} là {value}.",),
            asked=(
                "Chiều dài của {name} là bao nhiêu?",
                "{name.cap} dài mấy cây số?",
                "Từ nguồn ra tới biển, {name} đi quãng đường bao xa?",
                "Chảy qua {place}, {name} dài chừng nào?",
            ),
        ),
        Attribute(
            "fish",
            words(
                """
                cá lăng|cá lăng nha # loài da trơn có râu thịt chắc
                cá chép|cá gáy # loài vảy to đưa ông Táo về trời
                cá anh vũ|cá tiến vua # loài môi dày từng dâng lên triều đình
                cá lóc|cá quả # loài đầu giống rắn hay nướng trui
                con lươn|lươn đồng # loài dài trơn nhẫy chui trong bùn
                cá bống|cá bống trứng # loài bé tí của cô Tấm
                cá linh|cá linh non # loài bé về theo mùa nước nổi
                cá hồi|cá hồi vân # loài thịt màu cam thích nước lạnh
                cá chạch|chạch bùn # loài nhỏ thuôn lẩn trong cát
                cá trắm|cá trắm cỏ # loài to chuyên ăn rau ven bờ
                """
            ),
            said=(
                "Dưới làn nước trong có từng đàn {value}.",
                "Dân câu giành chỗ từ tờ mờ sáng để bắt {value}.",
            ),
            mentioned=("Ở {name} bắt được nhiều {value}.",),
            asked=(
                "Ở {name} bắt được nhiều loài gì?",
                "Thả cần xuống {name} thì câu được con gì?",
                "Thủy sản tiêu biểu của {name} là gì?",
                "Quanh {place}, dòng nước nào có {value}?",
            ),
        ),
        Attribute(
            "bridge",
            words(
                """
                cầu khỉ|cầu thân tre # lối qua chỉ có một cây gỗ tròn
                cầu treo|cầu dây văng # lối qua lắc lư trên những sợi cáp
                cầu ngói|cầu có mái # lối qua lợp che mưa
                cầu phao|cầu thuyền ghép # lối qua kết từ nhiều con đò
                cầu sắt|cầu xe lửa # lối qua bằng kim loại cho tàu chạy
                cầu vòm đá|cầu cong cổ # lối qua hình cánh cung xây bằng khối cứng
                bãi đá bước|đá kê chân # lối qua phải nhảy từng hòn
                phà kéo dây|phà tay # phương tiện nổi người lái lôi thừng
                """
            ),
            said=(
                "Hai bờ nối với nhau nhờ {value}.",
                "Lối sang bờ lâu đời nhất là {value}.",
                "Thợ ảnh tìm về đây để chụp {value}.",
            ),
            mentioned=("Bắc ngang {name} là {value}.",),
            asked=(
                "Bắc ngang {name} là gì?",
                "Muốn vượt {name} thì đi bằng cách nào?",
                "Làm sao để từ bên này sang bên kia {name}?",
                "Ở {place}, dòng nước nào có {value}?",
            ),
        ),
        Attribute(
            "source",
            words(
                """
                mạch nước ngầm|suối phun # chỗ nước tự trào lên khỏi đất
                hang thạch nhũ|động vú đá # chỗ có đá rủ xuống như măng
                hồ miệng núi lửa|hồ hỏa sơn # chỗ nước đọng trong lòng chảo từng phun
                đầm rêu|trảng lầy # chỗ ướt phủ thảm xanh mềm
                thác đôi|thác song sinh # chỗ hai dòng nước rơi cạnh nhau
                gốc đa nghìn tuổi|gốc cổ thụ # chỗ dưới cây già nhiều rễ
                giếng sân chùa|giếng cửa Phật # chỗ sư thầy múc nước
                khe băng|khe đá lạnh # chỗ hẹp tỏa hơi buốt cả trong mùa nóng
                """
            ),
            said=("Nước bắt đầu rỉ ra từ {value}.", "Đi ngược lên mãi sẽ gặp {value}."),
            mentioned=("Nơi khởi nguồn của {name} là {value}.",),
            asked=(
                "Nơi khởi nguồn của {name} là đâu?",
                "{name.cap} bắt đầu từ chỗ nào?",
                "Thượng nguồn của {name} có gì?",
                "Dòng nước nào ở {place} xuất phát từ {value}?",
            ),
        ),
        Attribute(
            "legend",
            words(
                """
                thuồng luồng|giao long # quái vật dài sống dưới vực
                nàng tiên cá|người cá # cô gái nửa thân có vây
                hồ ly|cáo chín đuôi # con thú biến thành thiếu nữ
                ông Bụt|ông tiên râu bạc # cụ già hiện ra giúp người khốn khó
                rùa thần|kim quy # con vật mai cứng cho mượn gươm
                ma da|ma trành # hồn kẻ chết đuối kéo chân người
                trâu vàng|kim ngưu # con vật cày ruộng bằng kim loại quý
                bà chúa thủy|mẫu Thoải # nữ thần cai quản dưới nước
                """
            ),
            said=(
                "Các cụ kể rằng dưới đáy có {value} sinh sống.",
                "Ven bờ có ngôi miếu nhỏ thờ {value}.",
            ),
            mentioned=("Truyền thuyết về {name} nhắc tới {value}.",),
            asked=(
                "Truyền thuyết về {name} nhắc tới ai?",
                "Sinh vật huyền bí nào được cho là ẩn trong {name}?",
                "Chuyện bà kể về {name} có nhân vật nào?",
                "Người ta gặp {value} ở dòng nước nào của {place}?",
            ),
        ),
    ),
)
