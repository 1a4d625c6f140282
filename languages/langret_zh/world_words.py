"""Word lists that several kinds of entity of the invented country share: names, numbers, years, plants."""

from __future__ import annotations

from langret.synthesis.world import Word, words

_DIGITS = "〇一二三四五六七八九"


def several(text: str) -> tuple[Word, ...]:
    """Read a word list in which ``;`` ends a word too, so that short words share a line."""
    return words(text.replace(";", "\n"))


def han_number(n: int) -> str:
    """Write a whole number below ten thousand as Chinese reads it: 1240 becomes 一千二百四十, 105 一百零五."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def numbers(low: int, high: int, step: int, *units: str) -> tuple[Word, ...]:
    """Quantities: each in figures with every unit, and in Han characters with the first."""
    return tuple(
        Word((*(f"{n}{unit}" for unit in units), han_number(n) + units[0])) for n in range(low, high, step)
    )


YEARS = tuple(Word((f"{y}年", "".join(_DIGITS[int(d)] for d in str(y)) + "年")) for y in range(1836, 1976))

# Parts of names: simplified | traditional | pinyin, in this order; ``world_traditional`` relies on it.
FIRST = several(
    """
    云|雲|yun; 风|風|feng; 龙|龍|long; 鹤|鶴|he; 银|銀|yin; 铁|鐵|tie; 锦|錦|jin; 绿|綠|lv; 红|紅|hong
    苍|蒼|cang
    兰|蘭|lan; 莲|蓮|lian; 枫|楓|feng; 柳|柳|liu; 桂|桂|gui; 梅|梅|mei; 竹|竹|zhu; 松|松|song; 石|石|shi
    白|白|bai
    青|青|qing; 紫|紫|zi; 双|雙|shuang; 长|長|chang; 静|靜|jing; 远|遠|yuan; 芦|蘆|lu; 雁|雁|yan; 鲤|鯉|li
    霜|霜|shuang; 星|星|xing; 月|月|yue; 玉|玉|yu; 鹿|鹿|lu; 烟|煙|yan; 寒|寒|han
    """
)
SECOND = several(
    """
    溪|溪|xi; 岭|嶺|ling; 湾|灣|wan; 桥|橋|qiao; 坪|坪|ping; 陵|陵|ling; 泽|澤|ze; 渡|渡|du; 滩|灘|tan
    坞|塢|wu
    汀|汀|ting; 浦|浦|pu; 屿|嶼|yu; 塘|塘|tang; 庄|莊|zhuang; 寨|寨|zhai; 堡|堡|bao; 关|關|guan; 峡|峽|xia
    洲|洲|zhou
    涧|澗|jian; 坡|坡|po; 林|林|lin; 门|門|men
    """
)
SURNAMES = several(
    """
    沈|沈|shen; 陆|陸|lu; 顾|顧|gu; 苏|蘇|su; 许|許|xu; 谢|謝|xie; 韩|韓|han; 贺|賀|he; 乔|喬|qiao; 叶|葉|ye
    温|溫|wen; 罗|羅|luo; 邹|鄒|zou; 严|嚴|yan; 汤|湯|tang; 卢|盧|lu
    """
)
GIVEN = several(
    """
    砚秋|硯秋|yanqiu; 怀瑾|懷瑾|huaijin; 若兰|若蘭|ruolan; 知远|知遠|zhiyuan; 鸣谦|鳴謙|mingqian
    书宁|書寧|shuning
    云舒|雲舒|yunshu; 立诚|立誠|licheng; 静仪|靜儀|jingyi; 守拙|守拙|shouzhuo; 听澜|聽瀾|tinglan
    文渊|文淵|wenyuan
    采薇|采薇|caiwei; 景行|景行|jingxing; 梦溪|夢溪|mengxi; 维桢|維楨|weizhen; 子衿|子衿|zijin
    晚晴|晚晴|wanqing
    """
)
REGIONS = several(
    """
    沧北州|滄北州|cangbei州; 岚西州|嵐西州|lanxi州; 霁南州|霽南州|jinan州; 汐东州|汐東州|xidong州
    翠屏州|翠屏州|cuiping州; 砚山州|硯山州|yanshan州; 澄湖州|澄湖州|chenghu州; 驿川州|驛川州|yichuan州
    """
)

FLOWERS = several(
    """
    杜鹃花|映山红 # 春天开满山坡的红花; 栀子花|黄栀子花 # 夏天开的、香气很浓的白花
    牡丹|富贵花 # 人称百花之王的花
    百合|百合花 # 喇叭形的白花; 茉莉|茉莉花 # 可以用来熏茶的小白花; 蒲公英|婆婆丁 # 种子带绒毛、随风飘的黄花
    向日葵|朝阳花 # 跟着太阳转的大花; 水仙|凌波仙子 # 养在清水里、冬天开的花; 菊花|秋菊 # 重阳节观赏的秋花
    紫藤|藤萝 # 一串串垂下来的紫花; 山茶|茶花 # 冬末开的、油料树上的红花; 牵牛花|喇叭花 # 清早才开的攀缘花
    """
)
ANIMALS = several(
    """
    三花猫|三色猫 # 身上有三种颜色的抓鼠能手; 老山羊|白胡子羊 # 长胡子会爬坡的牲口
    八哥|鹩哥 # 会学人说话的黑鸟
    大白鹅|白鹅 # 会看门的水禽; 小猕猴|猢狲 # 爱爬树偷桃的动物; 乌龟|草龟 # 背着硬壳、活得很久的动物
    刺猬|猬鼠 # 浑身是刺的小动物; 金丝雀|芙蓉鸟 # 爱唱歌的黄色小鸟; 信鸽|鸽子 # 会送信的鸟
    松鼠|栗鼠 # 尾巴蓬松、爱吃坚果的动物; 大黄狗|黄狗 # 看家的忠实动物; 孔雀|开屏鸟 # 尾羽像扇子的鸟
    """
)
SOUNDS = several(
    """
    铜锣|大锣 # 圆形的金属响器; 汽笛|轮船的笛声 # 船上传来的长鸣; 钟楼的钟声|大钟的响声 # 高楼上传来的金属声
    梆子|木梆 # 敲得响的空心木头; 唢呐|喇叭调 # 喜事上吹的管乐器; 公鸡的叫声|雄鸡打鸣 # 家禽的啼叫
    竹笛曲|笛子曲 # 用竹管吹的曲子; 鞭炮|爆竹 # 过年放的响东西; 大鼓|牛皮鼓 # 蒙着皮的打击乐器
    童谣|儿歌 # 小孩子唱的歌; 炮声|空炮 # 不装弹丸的轰响; 风铃|檐铃 # 挂在屋檐下、有风就响的东西
    """
)
FORMER = several(
    """
    缫丝厂|丝厂 # 从蚕茧里抽线的地方; 酒坊|酿酒作坊 # 用粮食做饮料的地方; 衙门|官衙 # 古代官员办公的地方
    戏院|戏楼 # 演员唱戏的地方; 澡堂|浴池 # 泡热水洗身子的地方; 邮局|邮政所 # 寄信的地方
    当铺|典当行 # 抵押东西借钱的地方; 药铺|中药店 # 抓药的地方; 马厩|马棚 # 养马的地方
    粮仓|谷仓 # 存放稻米的地方; 染坊|染布作坊 # 给布上颜色的地方; 客栈|旅店 # 过路人投宿的地方
    """
)
TRADES = several(
    """
    渔夫|打鱼人 # 靠水捕捞为生的人; 铁匠|打铁匠 # 锤打金属的人; 木匠|木工 # 做桌椅的人
    裁缝|成衣匠 # 做衣服的人
    船工|摆渡人 # 用桨送人过水的人; 郎中|中医 # 把脉开方的人; 石匠|凿石工 # 开凿岩块的人
    养蜂人|蜂农 # 采蜜的人
    茶农|种茶人 # 采摘嫩叶的人; 货郎|挑担小贩 # 走村卖杂货的人; 牧羊人|羊倌 # 放牧牲畜的人
    窑工|烧窑人 # 烧砖瓦的人
    """
)
COLORS = several(
    """
    墨绿色|深绿 # 像松针一样的颜色; 枣红色|暗红 # 像熟透的大枣一样的颜色; 藏青色|深蓝 # 像夜海一样的颜色
    银灰色|浅灰 # 像鸽子翅膀一样的颜色; 鹅黄色|嫩黄 # 像雏鸟绒毛一样的颜色; 雪青色|淡紫 # 像丁香一样的颜色
    米白色|乳白 # 像牛奶一样的颜色; 咖啡色|深棕 # 像焙过的豆子一样的颜色; 橘红色|橙红 # 像柑子一样的颜色
    天蓝色|浅蓝 # 像晴空一样的颜色
    """
)
