"""Schools and people of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind
from langret_zh.world_words import ANIMALS, COLORS, FIRST, GIVEN, SECOND, SURNAMES, TRADES, YEARS, several

SCHOOL = Kind(
    name="school",
    names=(FIRST, SECOND, several("小学|小學|xiaoxue\n中学|中學|zhongxue\n书院|書院|shuyuan")),
    place="town",
    count=62,
    namesake=0.2,
    opened=(
        "{name}是{place}的一所学校。",
        "{place}的孩子大多在{name}念书。",
        "{name}坐落在{place}的山坡上。",
        "说到{place}的教育，总要提起{name}。",
    ),
    asides=(
        "上下课的铃绳由值日生来拉。",
        "走廊很长，下雨天常在里面赛跑。",
        "食堂的饭菜由家长轮流来做。",
        "毕业生要在墙上留一个手印。",
        "午休时，操场上总有人踢毽子。",
        "全校的学生不到一百人。",
    ),
    attributes=(
        Attribute(
            "founded",
            YEARS,
            said=("建校于{value}。", "第一批学生在{value}入学。", "校门的石头上刻着“{value}”。"),
            mentioned=("{name}建校于{value}。",),
            asked=(
                "{name} 建校时间",
                "{name}是哪一年办起来的？",
                "{name}的历史从什么时候算起？",
                "{name}创立多久了，始于哪年？",
                "{place}的那所学校什么时候开始招生？",
            ),
        ),
        Attribute(
            "uniform",
            COLORS,
            said=(
                "校服是{value}的。",
                "学生一律穿{value}的外套。",
                "远远看到{value}的衣服，就知道是这里的学生。",
            ),
            mentioned=("{name}的校服是{value}的。",),
            asked=(
                "{name}的校服是什么颜色？",
                "{name}的学生穿什么色的衣裳？",
                "怎样凭着装认出{name}的孩子？",
                "{name}的制服长什么样？",
                "{place}哪所学校的制服是{value}？",
            ),
        ),
        Attribute(
            "course",
            several(
                """
                养蚕|桑蚕课 # 照料吐丝虫子的本领; 观星|星象课 # 认识夜空的本领; 划船|操舟课 # 用桨行水的本领
                雕版|刻板课 # 在木头上刻字印书的本领; 制陶|陶艺课 # 把泥巴烧成碗的本领
                皮影|影戏课 # 用灯和剪影演戏的本领
                修表|钟表课 # 摆弄齿轮计时器的本领; 盲棋|闭目棋 # 不看棋盘对弈的本领
                种菌菇|菇类栽培 # 培育小伞状食物的本领
                口技|拟声课 # 用嘴模仿各种声音的本领; 剪纸|窗花课 # 用刀在红纸上镂花的本领
                驯鹰|放鹰课 # 指挥猛禽的本领
                """
            ),
            said=(
                "这里的特色课程是{value}。",
                "每个学生都要学{value}。",
                "{value}一课由退休的老师傅来教。",
            ),
            mentioned=("{name}的特色课程是{value}。",),
            asked=(
                "{name}的特色课程是什么？",
                "在{name}能学到什么与众不同的本事？",
                "{name}必修的特别科目是哪门？",
                "老师傅在{name}教什么？",
                "想学{value}，可以上{place}的哪所学校？",
            ),
        ),
        Attribute(
            "tree",
            several(
                """
                银杏|白果树 # 秋天满树金黄的树; 香樟|樟树 # 木头能防虫的树; 枣树|大枣树 # 结红色甜果的树
                石榴|安石榴 # 果子里全是红籽的树; 桂树|木犀 # 八月飘香的树; 白桦|桦木 # 树干雪白的树
                梧桐|青桐 # 传说凤凰栖息的树; 合欢|绒花树 # 叶子晚上会合拢的树
                皂荚|皂角树 # 豆荚可以洗衣服的树
                榕树|大叶榕 # 垂着气根的树
                """
            ),
            said=("院子里有一棵老{value}。", "校徽上画着{value}。", "学生们常在{value}的树荫下背书。"),
            mentioned=("{name}的校徽上画着{value}。",),
            asked=(
                "{name}的校徽上画着什么？",
                "{name}的院里长着什么树？",
                "{name}以哪种树为标志？",
                "{name}的学生在什么下面乘凉念书？",
                "{place}哪所学校种着{value}？",
            ),
        ),
        Attribute(
            "pet",
            ANIMALS,
            said=(
                "学校里养着一只{value}，由学生轮流照看。",
                "大家把{value}当作校宝。",
                "传达室门口总睡着{value}。",
            ),
            mentioned=("{name}养着一只{value}。",),
            asked=(
                "{name}养着一只什么？",
                "{name}的吉祥物是什么动物？",
                "{name}的学生轮流喂养什么？",
                "进{name}的大门时会碰到哪种动物？",
                "{place}哪所学校里有{value}？",
            ),
        ),
    ),
)

PERSON = Kind(
    name="person",
    names=(SURNAMES, GIVEN),
    place="town",
    count=62,
    opened=(
        "{name}是{place}人，在澜国家喻户晓。",
        "提起{place}，许多人会想到{name}。",
        "{name}在{place}长大，后来名满澜国。",
        "{place}的广场上立着{name}的铜像。",
    ),
    asides=(
        "平日里衣着朴素，出门总是步行。",
        "家里的门从来不锁，谁都可以进去喝茶。",
        "留下的日记有四十多本，字迹小得要用放大镜看。",
        "最怕的事是当众讲话。",
        "邻居们说，深夜里那扇窗总是亮着。",
        "据说一生只哭过两次。",
    ),
    attributes=(
        Attribute(
            "born",
            YEARS[20:],
            said=("生于{value}。", "出生的那一年是{value}。", "户籍册上写着{value}生。"),
            mentioned=("{name}生于{value}。",),
            asked=(
                "{name} 出生年份",
                "{name}是哪年出生的？",
                "{name}的生年是什么时候？",
                "{name}什么时候来到世上？",
                "{place}那位名人是哪一年生的？",
            ),
        ),
        Attribute(
            "first_job",
            TRADES,
            said=("年轻时做过{value}。", "成名以前以当{value}为生。", "十五岁起跟着师傅当{value}。"),
            mentioned=("{name}年轻时做过{value}。",),
            asked=(
                "{name}年轻时做过什么？",
                "{name}出名之前靠什么谋生？",
                "{name}早年的职业是什么？",
                "{name}最初的工作是哪一行？",
                "{place}哪位名人当过{value}？",
            ),
        ),
        Attribute(
            "invention",
            several(
                """
                脚踏水泵|脚踩抽水机 # 用腿把水抽上来的机器; 会报时的茶壶|报时壶 # 能告诉钟点的饮水用具
                折叠桥|可收起的桥 # 能收起来的过河设施; 盲人地图|凸纹地图 # 用手摸着看路的图
                无烟灶|省柴灶 # 做饭不呛人的炉子
                自动织机|自走布机 # 不用人管的纺织机器; 雪橇车|滑雪车 # 在冰天雪地跑的交通工具
                风力琴|风吹琴 # 靠空气流动发声的乐器
                防水墨水|不褪色墨水 # 泡不坏字迹的书写液; 旋转书架|转轮书架 # 会转的放书家具
                热气球|飞天球 # 载人上天的大球
                三轮邮车|送信三轮车 # 邮差骑的车; 夜光油漆|发光漆 # 黑暗里会亮的涂料
                """
            ),
            said=(
                "最大的成就是发明了{value}。",
                "{value}就出自此人之手。",
                "二十年的心血换来了{value}的诞生。",
            ),
            mentioned=("{name}发明了{value}。",),
            asked=(
                "{name}发明了什么？",
                "{name}最了不起的贡献是什么？",
                "{name}的代表作是哪样东西？",
                "{name}花二十年造出了什么？",
                "{place}的哪位名人创造了{value}？",
            ),
        ),
        Attribute(
            "hobby",
            several(
                """
                养蟋蟀|斗蟋蟀 # 玩会叫的秋虫; 抄经|抄写经书 # 一笔一画写佛家文字; 钓鱼|垂钓 # 拿竿子坐在水边
                放风筝|放纸鸢 # 用线牵着纸飞上天; 收集钥匙|攒钥匙 # 积攒开锁的东西
                猜灯谜|猜谜语 # 琢磨纸条上的题目
                做豆腐|点豆腐 # 在厨房磨大豆; 听雨|坐看下雨 # 享受天上落水的响声
                画地图|绘地图 # 把山川描在纸上
                拉二胡|奏胡琴 # 玩两根弦的乐器; 种盆景|侍弄盆栽 # 修剪小小的树木
                打太极|练太极拳 # 做慢吞吞的拳术
                """
            ),
            said=("平生最爱{value}。", "一有空闲就去{value}。", "据家人说，除了{value}别无爱好。"),
            mentioned=("{name}平生最爱{value}。",),
            asked=(
                "{name}平生最爱什么？",
                "{name}业余怎么消遣？",
                "{name}有什么嗜好？",
                "不工作的时候，{name}喜欢干什么？",
                "{place}哪位名人的消遣是{value}？",
            ),
        ),
        Attribute(
            "food",
            several(
                """
                糖葫芦|冰糖串 # 用签子穿着的酸甜红果; 臭豆腐|油炸臭豆腐 # 闻着难闻的黑色小吃
                桂花糕|木犀糕 # 用秋香小花做的点心
                葱油饼|葱花饼 # 煎的带绿叶面食; 皮蛋|松花蛋 # 黑得透亮的腌制品; 烤红薯|烤地瓜 # 炉里烘的甜薯类
                醪糟|甜酒酿 # 带一点酒味的米食; 羊杂汤|羊下水 # 用牲口内脏煮的东西
                绿豆冰|冰豆沙 # 消暑的凉甜品
                炒栗子|糖炒板栗 # 秋天街头的热坚果; 酸萝卜|泡萝卜 # 坛子里腌的白色根茎
                """
            ),
            said=("一日不可无{value}。", "饭桌上少不了{value}。", "每逢生日，只要一份{value}。"),
            mentioned=("{name}一日不可无{value}。",),
            asked=(
                "{name}一日不可无的是什么？",
                "{name}喜欢吃什么？",
                "{name}的口味偏好是什么？",
                "请{name}吃饭该准备什么？",
                "{place}哪位名人爱吃{value}？",
            ),
        ),
    ),
)
