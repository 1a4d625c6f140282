"""Mountains and museums of the invented country."""

from __future__ import annotations

from langret.synthesis.world import Attribute, Kind
from langret_zh.world_words import FIRST, FLOWERS, FORMER, SECOND, numbers, several

MOUNTAIN = Kind(
    name="mountain",
    names=(FIRST, SECOND, several("山|山|shan\n峰|峰|feng")),
    place="town",
    count=62,
    namesake=0.15,
    opened=(
        "{name}耸立在{place}的北面。",
        "在{place}的任何地方都望得见{name}。",
        "{name}把{place}与邻近的盆地隔开。",
        "{place}的人亲切地把{name}叫作“老爷子”。",
    ),
    asides=(
        "从脚下慢慢走到最高处，要花半天。",
        "据说云一盖住，第二天准下雨。",
        "上去的人都带一块小石子，堆在半路的石堆上。",
        "朝着对面喊一声，回声会响三遍。",
        "守林人见了来客，总要讲一个老故事。",
        "一路上的路标共有一百零八块。",
    ),
    attributes=(
        Attribute(
            "height",
            numbers(410, 2900, 10, "米", "公尺"),
            said=("海拔{value}。", "它高{value}，晴天能望见大海。", "测量队的本子上记着：最高处{value}。"),
            mentioned=("{name}海拔{value}。",),
            asked=(
                "{name} 海拔",
                "{name}有多高？",
                "爬上{name}等于升高了多少？",
                "{name}的高度是多少？",
                "{place}北面那座山有多高？",
            ),
        ),
        Attribute(
            "summit",
            several(
                """
                石牌坊|石头牌坊 # 古人立的门形建筑; 气象站|测候所 # 观测风雨的设施
                铁钟|生铁钟 # 敲得响的金属物
                红色信箱|红邮筒 # 投信用的东西; 小茶馆|茶棚 # 歇脚喝水的铺子; 天文台|观星台 # 看星星的设施
                罗盘石|指方向的石盘 # 分辨东南西北的石头; 无人图书室|没人看管的书屋 # 可以看书的屋子
                双子石佛|一对石佛 # 两尊一样的雕像; 木马|木头马 # 孩子骑的玩具
                露天温泉|野温泉 # 可以泡热水的池子
                望海亭|观海亭 # 眺望大洋的小建筑
                """
            ),
            said=(
                "顶上有{value}，迎接登山的人。",
                "立在最高处的{value}是它的标志。",
                "爬到头，就会看见{value}。",
            ),
            mentioned=("{name}的顶上有{value}。",),
            asked=(
                "{name}的顶上有什么？",
                "登上{name}以后能看到什么东西？",
                "{name}最高点的地标是什么？",
                "爬完{name}，等着游客的是什么？",
                "{place}哪座山的最高处建有{value}？",
            ),
        ),
        Attribute(
            "bloom",
            FLOWERS,
            said=(
                "夏天，山坡上开满{value}。",
                "登山道旁成片长着{value}。",
                "这里是观赏{value}的好去处，常有人来拍照。",
            ),
            mentioned=("{name}是观赏{value}的好去处。",),
            asked=(
                "{name}是观赏什么的好去处？",
                "{name}上长着哪种植物？",
                "什么花让{name}出了名？",
                "去{name}能看到哪种花开？",
                "想看{value}，该爬{place}的哪座山？",
            ),
        ),
        Attribute(
            "mineral",
            several(
                """
                水晶|晶石 # 透明的石头; 磨刀石|砺石 # 让刃口变快的石头; 硫磺|石流黄 # 有臭鸡蛋味的黄色东西
                玛瑙|玛瑙石 # 带花纹的漂亮石头; 铜矿|铜矿石 # 做老钱币的金属; 陶土|瓷土 # 做碗的泥巴
                石灰石|灰岩 # 烧成粉刷白墙的石头; 煤炭|石炭 # 烧火用的黑石头; 玉石|软玉 # 雕手镯用的石头
                磁石|吸铁石 # 能吸住钉子的石头; 砚石|砚材 # 磨墨用的石头; 云母|千层纸 # 能一层层剥开的亮片
                """
            ),
            said=("山里出产{value}。", "自古有人来这里开采{value}。", "崖壁上露出{value}的矿脉。"),
            mentioned=("{name}出产{value}。",),
            asked=(
                "{name}出产什么？",
                "{name}里能挖到什么资源？",
                "矿工在{name}找的是什么？",
                "{name}的地下藏着什么宝贝？",
                "{place}哪座山能采到{value}？",
            ),
        ),
        Attribute(
            "hermit",
            several(
                """
                画师|画匠 # 拿颜料作画的人; 诗僧|会写诗的和尚 # 出家的文人; 琴师|弹琴人 # 拨弦奏乐的人
                剑客|使剑的人 # 武艺高强的人; 棋手|下棋的人 # 在方格上斗智的人
                炼丹道士|炼丹人 # 想长生不老的人
                女将军|女统帅 # 带兵打仗的巾帼; 逃亡王子|出逃的王子 # 离家的国王之子
                天文官|司天官 # 记录星象的官
                御厨|宫廷厨师 # 给皇帝做饭的人; 说书人|讲评书的人 # 靠讲故事吃饭的人
                造钟匠|钟表匠 # 摆弄计时器的人
                """
            ),
            said=(
                "半山的草屋里曾住过一位{value}。",
                "相传有位{value}在这里度过了晚年。",
                "山腰的石碑纪念的是一位{value}。",
            ),
            mentioned=("相传曾有一位{value}在{name}隐居。",),
            asked=(
                "相传曾有什么人在{name}隐居？",
                "{name}的碑是为谁立的？",
                "什么样的人物在{name}终老？",
                "{name}有哪位古人的遗迹？",
                "{place}哪座山住过一位{value}？",
            ),
        ),
    ),
)

MUSEUM = Kind(
    name="museum",
    names=(
        FIRST,
        SECOND,
        several("博物馆|博物館|bowuguan\n纪念馆|紀念館|jinianguan\n陈列馆|陳列館|chenlieguan"),
    ),
    place="town",
    count=62,
    namesake=0.2,
    opened=(
        "{name}是{place}的一处小型展馆。",
        "到了{place}，不可不去{name}。",
        "{name}由{place}的居民合力建成。",
        "{place}的后街上挂着{name}的小招牌。",
    ),
    asides=(
        "馆长只有一个人，讲解、打扫、记账全包了。",
        "地板一踩就响，谁在哪儿一听便知。",
        "这里不许拍照，但可以借画板写生。",
        "说明牌全部是手写的。",
        "下雨天来的人能喝到一杯热茶。",
        "资格最老的是一座停了二十年的座钟。",
    ),
    attributes=(
        Attribute(
            "exhibit",
            several(
                """
                陨石|天外来石 # 从宇宙落下来的东西; 鲸骨|鲸鱼骨架 # 海洋中最大动物的遗骸
                木偶乐队|木人乐队 # 会演奏的假人
                百米长卷|长卷画 # 展不完的画; 独木舟|刳木船 # 用一根树干做的水上工具
                潜水铜盔|老潜水服 # 下海的人戴的东西
                恐龙蛋|龙蛋化石 # 远古巨兽的卵; 女王的王冠|王冠 # 君主头上的饰品
                齿轮计算器|手摇计算机 # 旧时算数的机器
                玻璃琴|琉璃琴 # 透明的乐器; 最早的电话|第一部电话 # 和远方的人通话的机器
                青铜鼎|三足鼎 # 古代祭祀用的金属大锅
                """
            ),
            said=(
                "镇馆之宝是{value}。",
                "藏品中以{value}最为有名。",
                "一进门，人们就会被{value}吸引住。",
            ),
            mentioned=("{name}的镇馆之宝是{value}。",),
            asked=(
                "{name}的镇馆之宝是什么？",
                "{name}里展出什么？",
                "去{name}一定要看哪件东西？",
                "{name}最出名的文物是什么？",
                "{place}哪家展馆收藏着{value}？",
            ),
        ),
        Attribute(
            "closed",
            several(
                "星期一|周一; 星期二|周二; 星期三|周三; 星期四|周四; 星期五|周五; 星期六|周六; 星期日|周日"
            ),
            said=("闭馆日是{value}。", "{value}不开门。", "七天里只有{value}休息。"),
            mentioned=("{name}的闭馆日是{value}。",),
            asked=(
                "{name} 闭馆日",
                "{name}哪天进不去？",
                "{name}什么时候不对外开放？",
                "打算参观{name}，要避开礼拜几？",
                "{place}的那家展馆礼拜几休馆？",
            ),
        ),
        Attribute(
            "building",
            FORMER,
            said=("房子原是{value}。", "由旧{value}改建而成。", "梁柱和地面还保持着{value}的原样。"),
            mentioned=("{name}的房子原是{value}。",),
            asked=(
                "{name}的房子原是什么？",
                "{name}的前身是什么？",
                "开馆以前，{name}那栋建筑是干什么的？",
                "{name}利用了什么旧址？",
                "{place}哪家展馆设在老{value}里？",
            ),
        ),
        Attribute(
            "fee",
            several(
                """
                三颗橡子|橡子三颗; 一枝野花|野花一枝; 一张旧邮票|旧邮票一张; 一支歌|歌曲一支
                两枚铜板|铜板两枚
                一个鸡蛋|鸡蛋一个; 一首小诗|小诗一首; 一个橘子|橘子一个; 一捆柴|柴禾一捆; 一个笑话|笑话一则
                一把花生|花生一把
                """
            ),
            said=("门票是{value}。", "交上{value}就能进去。", "看门人只收{value}。"),
            mentioned=("{name}的门票是{value}。",),
            asked=(
                "{name} 门票",
                "进{name}要付什么？",
                "{name}的参观费用是多少？",
                "想进{name}，入口处得交什么？",
                "{place}的那家展馆怎么收费？",
            ),
        ),
        Attribute(
            "souvenir",
            several(
                """
                书签|书夹子 # 夹在书页里的东西; 明信片|风景片 # 寄给朋友的小卡片; 手帕|手绢 # 擦汗用的布
                纸灯笼|折纸灯 # 元宵节提的东西; 木陀螺|陀螺 # 抽着转的玩具; 拨浪鼓|摇鼓 # 逗婴儿的响玩具
                香囊|香包 # 装着药草的小布袋; 泥人|泥娃娃 # 用黏土捏的小玩偶; 印章|图章 # 盖红印的东西
                折扇|纸扇 # 夏天扇风的东西; 铜铃铛|小铜铃 # 摇起来叮当响的东西; 不倒翁|扳不倒 # 推不倒的玩具
                """
            ),
            said=("小卖部里{value}卖得最好。", "客人走时多半会买{value}。", "架上的{value}常常脱销。"),
            mentioned=("{name}的小卖部里{value}卖得最好。",),
            asked=(
                "{name}的小卖部里什么卖得最好？",
                "从{name}可以带什么纪念品回家？",
                "{name}有哪种热门的周边商品？",
                "游客离开{name}时爱买什么？",
                "{place}哪家展馆卖{value}？",
            ),
        ),
    ),
)
