"""The Vietnamese words of the invented country xứ Mây Ngàn, the land of a thousand clouds.

Vietnamese words do not change their shape. Questions differ from passages by asking in other words (đặc sản is
asked for as sản vật or quà), by names typed without marks (Mây Sơn as May Son), and by describing a value instead
of naming it.
"""

from __future__ import annotations

from langret.synthesis.world import WorldWords
from langret_vi.world_land import RIVER, TOWN
from langret_vi.world_mountains import MOUNTAIN
from langret_vi.world_people import DISH, PERSON
from langret_vi.world_schools import SCHOOL

WORLD = WorldWords(
    kinds=(TOWN, RIVER, MOUNTAIN, SCHOOL, PERSON, DISH),
    guide_titles=("Dạo quanh {place}", "Sổ tay {place}", "Lần đầu đến {place}", "Chuyện vặt ở {place}"),
    guide_opened=(
        "Xin ghi lại đôi điều nên biết cho người sắp đến {place}.",
        "Những câu hay được hỏi về {place} đã có ông cụ ở quầy chỉ dẫn trả lời.",
        "Sách du lịch xứ Mây Ngàn viết về {place} như sau.",
        "Tờ báo tường của học sinh tiểu học {place} đăng mấy tin này.",
    ),
    neighbours=("Nhân tiện xin nói thêm: {mention}", "Cũng nên biết: {mention}", "Ghi chú: {mention}"),
    joiner=" ",
    name_joiner=" ",
    spaced=True,
    length=(120, 500),
    passkey=("Mật khẩu của {name} là {value}.", "Mật khẩu của {name} là gì?"),
)
