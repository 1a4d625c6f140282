"""Dishes and crafts of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind
from langret_zh.world_words import FIRST, SECOND, TRADES, YEARS, numbers, several

DISH = Kind(
    name="dish",
    names=(FIRST, SECOND, several("羹|羹|geng\n糕|糕|gao\n面|麵|mian\n饼|餅|bing")),
    place="town",
    count=62,
    namesake=0.2,
    opened=(
        "{name}是{place}的一道名吃。",
        "在{place}，人人都会做{name}。",
        "没有尝过{name}，就不算到过{place}。",
        "{name}最早出现在{place}的一户农家。",
    ),
    asides=(
        "每家的做法都略有不同，谁也不服谁。",
        "吃的时候不能说话，说了就不灵了。",
        "锅一揭开，隔壁的狗就会跑过来。",
        "老人们说，要用木勺子吃才够味。",
        "剩下的第二天热一热，味道更好。",
        "菜谱只传给家里最小的孩子。",
    ),
    attributes=(
        Attribute(
            "main",
            several(
                """
                鲢鱼头|花鲢头 # 水生动物的脑袋; 野蘑菇|山菌 # 林中长的小伞; 老南瓜|金瓜 # 万圣节雕灯笼的瓜
                腊肉|熏肉 # 挂在灶上风干的猪身上的东西; 糯米|江米 # 包粽子用的粮食
                豆皮|腐竹 # 豆浆表面揭下来的薄层
                荠菜|地菜 # 早春田头的野菜; 鸭血|鸭红 # 家禽身上的红色凝块; 芋头|毛芋 # 毛茸茸的地下块茎
                冬笋|雪笋 # 寒天里挖的竹芽; 荞麦|乌麦 # 磨成黑粉的粮食; 海带|昆布 # 海底长的绿色长叶
                """
            ),
            said=("主料是{value}。", "做的时候先把{value}洗净切好。", "非用本地的{value}不可。"),
            mentioned=("{name}的主料是{value}。",),
            asked=(
                "{name}的主料是什么？",
                "{name}是拿什么食材做的？",
                "做{name}得先准备什么原料？",
                "{name}里面最要紧的材料是哪种？",
                "{place}哪道吃食用{value}来做？",
            ),
        ),
        Attribute(
            "spice",
            several(
                """
                花椒|川椒 # 让舌尖发麻的颗粒; 八角|大料 # 像星星的香料; 紫苏|荏叶 # 紫色的香草
                陈皮|橘皮 # 晒干的柑果外皮
                姜汁|生姜汁 # 驱寒的辣根榨的水; 米醋|陈醋 # 酸味的液体; 辣椒油|红油 # 吃了冒汗的红色液体
                芝麻酱|麻酱 # 细小油籽磨的糊
                虾皮|虾米 # 晒干的小海鲜; 红糖|赤砂糖 # 暗色的甜味料; 薄荷|夜息香 # 清凉的绿叶
                桂皮|肉桂 # 树皮做的香料
                """
            ),
            said=("调味离不了{value}。", "独特的香气来自{value}。", "出锅前撒上{value}才算完成。"),
            mentioned=("{name}的调味离不了{value}。",),
            asked=(
                "{name}的调味离不了什么？",
                "{name}为什么这么香，放了什么？",
                "{name}的风味靠哪种作料？",
                "最后一步要给{name}加什么？",
                "{place}哪道吃食加了{value}？",
            ),
        ),
        Attribute(
            "occasion",
            several(
                """
                元宵|上元节 # 正月十五看灯的日子; 清明|踏青节 # 春天扫墓的日子; 端午|龙船节 # 五月初五
                七夕|乞巧节 # 牛郎织女相会的日子
                中秋|团圆节 # 八月赏月的日子; 重阳|登高节 # 九月敬老的日子; 冬至|冬节 # 一年里夜最长的日子
                腊八|腊月初八 # 喝杂粮粥的日子
                除夕|大年夜 # 一年的最后一晚; 婚宴|喜酒 # 两人结为夫妻的日子; 满月酒|弥月宴 # 婴儿出生三十天
                开学|入学日 # 孩子背起书包的日子
                """
            ),
            said=(
                "按规矩，{value}一定要吃它。",
                "每逢{value}，家家都端上它。",
                "它是{value}少不了的一道吃食。",
            ),
            mentioned=("按规矩，{value}一定要吃{name}。",),
            asked=(
                "按规矩，{name}要在什么时候吃？",
                "{name}是什么场合的食物？",
                "哪个节日会端出{name}？",
                "什么日子能吃上{name}？",
                "{place}的人{value}吃什么？",
            ),
        ),
        Attribute(
            "minutes",
            numbers(15, 240, 5, "分钟"),
            said=("要用小火煮{value}。", "从下锅到出锅是{value}。", "火候是关键，{value}一刻也不能差。"),
            mentioned=("{name}要煮{value}。",),
            asked=(
                "{name} 煮多少分钟",
                "做{name}要花多长时间？",
                "{name}在锅里得待多久？",
                "烹制{name}需要等多久？",
                "{place}的那道名吃要做多长时间？",
            ),
        ),
        Attribute(
            "inventor",
            TRADES,
            said=(
                "据说最先做它的是一位{value}。",
                "它是一位{value}偶然想出来的。",
                "发明者是个不知名的{value}。",
            ),
            mentioned=("据说最先做{name}的是一位{value}。",),
            asked=(
                "据说最先做{name}的是谁？",
                "{name}是什么人想出来的？",
                "{name}的创始人从事什么职业？",
                "第一个烧出{name}的人是干哪行的？",
                "{place}哪道吃食出自{value}之手？",
            ),
        ),
    ),
)

CRAFT = Kind(
    name="craft",
    names=(FIRST, SECOND, several("锦|錦|jin\n陶|陶|tao\n绣|繡|xiu\n漆|漆|qi")),
    place="town",
    count=62,
    namesake=0.2,
    opened=(
        "{name}是{place}的传统手艺。",
        "{place}的作坊里，至今还在做{name}。",
        "{name}在{place}已传了好几代人。",
        "{place}的姑娘出嫁，嫁妆里总有一件{name}。",
    ),
    asides=(
        "如今会做的人只剩下七个。",
        "学徒头三年只许看，不许动手。",
        "做坏的不能扔，要埋在院子里。",
        "每件背后都有作者的暗记。",
        "干活时要关上窗户，怕风吹乱了心思。",
        "外国的商人出高价来买，老师傅却舍不得卖。",
    ),
    attributes=(
        Attribute(
            "motif",
            several(
                """
                仙鹤|丹顶鹤 # 头顶发红的长寿鸟; 锦鲤|红鲤 # 象征好运的彩色鱼; 祥云|云纹 # 天上飘的吉祥图形
                葡萄|蒲桃 # 一串串的水果
                蝴蝶|彩蝶 # 翅膀美丽的昆虫; 麒麟|独角瑞兽 # 传说中的吉兽; 双喜字|囍字 # 结婚贴的汉字
                荷叶|莲叶 # 青蛙蹲着的绿叶
                蝙蝠|飞鼠 # 夜里倒挂的动物; 波浪|水纹 # 海面起伏的样子; 蜘蛛网|蛛网 # 八脚虫结的丝
                帆船|大帆 # 靠风行走的水上工具
                """
            ),
            said=(
                "最常见的图案是{value}。",
                "上面总少不了{value}。",
                "行家一看{value}的样式，就知道出自谁手。",
            ),
            mentioned=("{name}最常见的图案是{value}。",),
            asked=(
                "{name}最常见的图案是什么？",
                "{name}上面画的是什么？",
                "{name}用什么做装饰？",
                "{name}的花样有什么特征？",
                "{place}哪种手艺饰有{value}？",
            ),
        ),
        Attribute(
            "material",
            several(
                """
                蚕丝|桑蚕丝; 苎麻|夏布麻; 贝壳|螺钿; 金箔|金叶子; 红黏土|红泥; 桐油|桐籽油; 孔雀石|石绿
                羊毛|绵羊毛; 松烟|松烟墨; 蓝靛|靛青; 稻壳灰|谷壳灰; 鱼鳞胶|鱼胶
                """
            ),
            said=("制作时必须用到{value}。", "光泽来自{value}。", "老师傅每年秋天都要备好{value}。"),
            mentioned=("制作{name}必须用到{value}。",),
            asked=(
                "制作{name}必须用到什么？",
                "{name}的原料是什么？",
                "{name}为什么会有那样的光泽？",
                "做{name}的人秋天要准备什么东西？",
                "{place}的那种手艺要用什么料？",
            ),
        ),
        Attribute(
            "began",
            YEARS[:100],
            said=(
                "这门手艺始于{value}。",
                "有记载的第一件作于{value}。",
                "{value}，一位远来的师傅把它传到此地。",
            ),
            mentioned=("{name}始于{value}。",),
            asked=(
                "{name} 始于哪年",
                "{name}是什么时候有的？",
                "{name}的历史可以追溯到何时？",
                "{name}传入的年份是？",
                "{place}的那种手艺起源于哪一年？",
            ),
        ),
        Attribute(
            "product",
            several(
                """
                屏风|围屏 # 挡在屋里的折叠家具; 枕头|睡枕 # 睡觉垫头的东西; 腰带|束带 # 系裤子的东西
                门帘|布帘 # 挂在入口的东西
                首饰盒|妆匣 # 放项链戒指的东西; 花瓶|插花瓶 # 插鲜花的容器; 鞋面|鞋帮 # 脚上穿的东西的上部
                桌布|台布 # 铺在饭桌上的东西
                茶盘|托盘 # 端杯子的平板; 笔筒|笔海 # 书桌上插笔的容器; 钱包|荷包 # 装钱的东西
                婴儿背带|背孩带 # 背小孩的布
                """
            ),
            said=("多半做成{value}。", "历来用作{value}最受欢迎。", "订货最多的是{value}。"),
            mentioned=("{name}多半做成{value}。",),
            asked=(
                "{name}多半做成什么？",
                "{name}有什么实际用途？",
                "{name}能加工成哪种用品？",
                "顾客买{name}一般是要什么物件？",
                "{place}哪种手艺用来做{value}？",
            ),
        ),
        Attribute(
            "days",
            numbers(12, 120, 1, "天"),
            said=("做好一件要{value}。", "从开工到完工，前后{value}。", "手再快的师傅也得花{value}。"),
            mentioned=("做好一件{name}要{value}。",),
            asked=(
                "做好一件{name}要几天",
                "{name}的制作周期有多长？",
                "定做{name}得等多久？",
                "完成{name}需要多少时日？",
                "{place}的那种手艺，一件要做多久？",
            ),
        ),
    ),
)
