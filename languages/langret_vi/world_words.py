"""Vietnamese words that several kinds share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from langret.synthesis.world import Word, words

_HOOKS = str.maketrans("đĐ", "dD")


def bare(text: str) -> str:
    """The text as people type it in haste: without tones and hooks (Đà Nẵng: Da Nang)."""
    marks = unicodedata.normalize("NFD", text.translate(_HOOKS))
    return "".join(c for c in marks if not unicodedata.combining(c))


def name_parts(text: str) -> tuple[Word, ...]:
    """Parts of names, each also typed without its marks."""
    return tuple(Word((word, bare(word))) for word in map(str.strip, text.split("|")))


def measures(numbers: Iterable[int], unit: str, sign: str) -> tuple[Word, ...]:
    """Numbers with a unit, written out and by its sign: 120 ki-lô-mét, 120 km."""
    return tuple(Word((f"{n} {unit}", f"{n} {sign}")) for n in numbers)


FIRST = name_parts(
    "Mây|Sương|Trúc|Lam|Hạc|Ngân|Thạch|Nguyệt|Hoài|Bạch|Vân|Lộc|Khánh|Tuyền|Diễm|Phượng|Quế|Thanh|Trầm|Đông"
)
SECOND = name_parts("Sơn|Hải|Giang|Lĩnh|Cốc|Điền|Khê|Lâm|Phong|Đình|Thượng|Hạ")

FLOWERS = words(
    """
    hoa sen|hoa liên # loài hoa mọc từ bùn trong đầm
    hoa hướng dương|hoa mặt trời # loài hoa vàng quay theo nắng
    hoa phượng vĩ|hoa phượng đỏ # loài hoa đỏ rực vào mùa hè của học trò
    hoa cúc họa mi|hoa cúc trắng # loài hoa nhỏ cánh trắng nhụy vàng
    hoa giấy|hoa biện lý # loài hoa cánh mỏng leo trên giàn
    hoa bưởi|hoa bòng # loài hoa thơm để ướp bột sắn
    hoa ban|hoa móng bò # loài hoa trắng của núi rừng tây bắc
    hoa gạo|hoa mộc miên # loài hoa đỏ nở trên cây cao tháng ba
    hoa sim|hoa hồng sim # loài hoa tím trên đồi hoang
    hoa quỳnh|hoa nữ hoàng đêm # loài hoa chỉ nở lúc nửa đêm
    hoa lục bình|bông bèo tây # loài hoa tím trôi trên mặt nước
    hoa đỗ quyên|hoa sơn lựu # loài hoa rực rỡ trên đỉnh lạnh
    """
)
ANIMALS = words(
    """
    rái cá|con tấy # thú bơi giỏi chuyên bắt tôm tép
    voọc|khỉ ăn lá # thú leo cây đuôi dài sống thành bầy
    tê tê|con trút # thú có vảy cuộn tròn khi sợ
    cú mèo|chim cú # loài chim mắt to kêu ban đêm
    sếu đầu đỏ|sếu cổ trụi # loài chim chân cao mào màu máu
    đom đóm|bọ lửa # côn trùng phát sáng sau lưng
    chồn hương|cầy hương # thú ăn quả cà phê có mùi thơm
    nhím|con dím # thú mình đầy lông nhọn
    sóc bay|sóc lượn # thú nhỏ lượn từ cây này sang cây khác
    hươu sao|nai đốm # thú có sừng và lưng lấm chấm
    kỳ đà|kỳ đà hoa # bò sát to giống thằn lằn
    chim gõ kiến|chim đục gỗ # loài chim mổ thân cây tìm sâu
    """
)
