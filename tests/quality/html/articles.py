"""Articles about made-up places, put together from sentences of the genre by a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

PLACES = (
    "霁州市",
    "澄江县",
    "望舒区",
    "岚陵市",
    "栖霞浦县",
    "青榆区",
    "沐川岭县",
    "鹿鸣市",
    "云岫区",
)
SURNAMES = "沈陆顾程秦褚裴薛"
GIVEN_NAMES = ("怀岳", "明远", "致和", "雨桐", "立诚", "清扬", "守正", "思齐")
TOPICS = (
    "粮食生产",
    "防汛备汛",
    "招商引资",
    "老旧小区改造",
    "森林防火",
    "医疗卫生",
    "基础教育",
    "文旅融合",
    "数字经济",
    "安全生产",
    "营商环境",
    "水污染防治",
    "城市更新",
    "乡村建设",
    "就业创业",
    "食品药品监管",
)
REVIEW = (
    "全{unit}地区生产总值达到{n}.{d}亿元，增长{d}.{m}%，增速连续{m}个季度高于全省平均水平。",
    "一般公共预算收入完成{n}亿元，税收占比提高到七成以上，库款保障水平稳步提升。",
    "规模以上工业增加值增长{d}.{m}%，新增规上企业{n}家、专精特新企业{k}家。",
    "固定资产投资增长{d}%，{n}个重点项目全部开工，{k}个项目竣工投产。",
    "{topic}工作扎实推进，群众反映强烈的突出问题逐项销号。",
    "城镇新增就业{n}人，零就业家庭动态清零，{topic}专项行动成效明显。",
    "改造老旧小区{k}个，惠及居民{n}户，加装电梯{m}部。",
    "空气质量优良天数达到{n}天，国控断面水质全部达标，{place}的河更清了、岸更绿了。",
    "我们坚持把发展经济的着力点放在实体上，{topic}和{topic2}相互促进、同步提升。",
    "“一件事一次办”事项扩大到{k}项，企业开办时间压缩到半天以内。",
    "粮食总产连续{m}年稳定在{n}万斤以上，高标准农田建成{k}万亩。",
    "新建改扩建学校{k}所，新增学位{n}个，义务教育大班额基本消除。",
    "县域医共体实现全覆盖，基层诊疗量占比提高{m}个百分点。",
    "累计化解各类矛盾纠纷{n}件，信访总量下降{d}%。",
)
PLANS = (
    "今年经济社会发展的主要预期目标是：地区生产总值增长{d}%左右，居民收入增长与经济增长同步。",
    "聚力{topic}，实施{k}项重点工程，力争年内完成投资{n}亿元。",
    "坚持以{topic}为抓手，推动{topic2}提质增效，让群众看得见变化、得到实惠。",
    "新建城市道路{k}公里、雨污管网{n}公里，打通断头路{m}条。",
    "深入开展{topic}攻坚，健全发现、交办、整改、问效的闭环机制。",
    "加快建设{place}物流园二期、职教中心迁建等{k}个项目，确保如期建成。",
    "培育壮大{topic2}产业集群，新增高新技术企业{k}家，技术合同成交额突破{n}万元。",
    "办好十件民生实事，财政支出{d}成以上用于民生，决不让困难群众掉队。",
    "严格落实过紧日子要求，一般性支出再压减{m}%，把每一分钱都花在刀刃上。",
    "我们要始终牢记政府前面的“人民”二字，说了就干、干就干好。",
    "自觉接受人大法律监督、工作监督和政协民主监督，办好每一件建议提案。",
    "持续为基层减负，让干部有更多精力抓落实、办实事、解难题。",
)
HEADINGS_REVIEW = ("（一）经济运行稳中有进", "（二）城乡面貌持续改善", "（三）民生福祉不断增进")
HEADINGS_PLAN = (
    "（一）全力以赴稳增长",
    "（二）坚定不移抓项目",
    "（三）持之以恒优环境",
    "（四）用心用情惠民生",
)
NEWS = (
    "本报讯 {month}月{day}日，{place}人民代表大会举行第二次全体会议，听取关于{topic}的说明。",
    "会场内，代表们认真审阅材料，不时提笔记录；会场外，{topic}的话题同样热烈。",
    "“报告里的数字很实，听了心里有底。”来自基层的代表{name}说，{topic}是乡亲们最关心的事。",
    "代表们认为，过去一年{place}在{topic}和{topic2}上迈出了坚实步伐，成绩来之不易。",
    "分组审议时，{name}代表建议加大对{topic}的投入，把好事办实、实事办好。",
    "据了解，大会期间共收到代表建议{k}件，内容涉及{topic}、{topic2}等方面。",
)
RESOLUTION = (
    "会议充分肯定{place}人民政府过去一年的工作，同意报告提出的目标任务和工作安排，决定批准这个报告。",
    "会议要求，要聚焦{topic}和{topic2}，以更实的举措推动各项工作落地见效。",
    "会议号召，全{unit}人民更加紧密地团结起来，同心同德、锐意进取，为建设现代化{place}而奋斗！",
)
TRADITIONAL = (
    "過去一年，全{unit}生產總值達到{n}.{d}億元，增長{d}.{m}%，經濟運行總體平穩。",
    "新增就業{n}人，改造舊區{k}處，惠及居民{n}戶，群眾生活進一步改善。",
    "我們堅持把發展實體經濟擺在首位，{k}個重點項目按期開工，企業信心持續增強。",
    "環境治理取得實效，優良天數達到{n}天，主要河流水質全部達標。",
    "今年要繼續優化營商環境，壓縮審批時間，讓企業和群眾少跑路、好辦事。",
    "加快建設圖書館、體育場等{k}項公共設施，豐富基層文化生活。",
    "嚴格控制行政開支，把財政資金用在發展緊要處、民生急需上。",
    "推進防洪排澇工程，整治河道{k}公里，確保安全度汛。",
)
COMMENTS = (
    "写得很实在，希望{topic}能早点落实到我们镇上，支持一下政府的工作，也盼着路早点修好！",
    "请问{topic}的补贴什么时候能够发放到位？去年登记以后一直没有消息，麻烦有关部门回复一下。",
    "家门口的变化确实看得见，公园修好了，路灯亮了，给{place}点个赞，加油！",
)
DISCLAIMER = (
    "凡本网注明来源的稿件，版权均属本网站所有，未经书面授权不得转载、摘编或以其他方式使用上述作品。",
    "本网转载的其他媒体稿件，目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责。",
    "如因作品内容、版权和其他问题需要同本网联系的，请在三十日内通过本页所列电话与我们取得联系。",
)
HEADLINES = (
    "{place}召开{topic}工作推进会",
    "{name}调研{topic}工作",
    "{place}：{topic}跑出加速度",
    "关于做好{year}年{topic}有关工作的通知",
    "{topic}政策问答（第{m}期）",
    "一图读懂{place}{topic}实施方案",
    "{place}人民政府办公室关于印发{topic}三年行动方案（{year}版）的通知",
    "我为群众办实事：{place}{topic}见闻",
)
MENU = (
    "首页",
    "走进{short}",
    "新闻中心",
    "政务公开",
    "政务服务",
    "政民互动",
    "投资{short}",
    "专题专栏",
    "领导之窗",
    "机构职能",
    "政策文件",
    "政策解读",
    "规划计划",
    "统计数据",
    "财政预决算",
    "重大项目",
    "行政执法",
    "人事信息",
    "通知公告",
    "部门动态",
    "乡镇动态",
    "视频新闻",
    "图片新闻",
    "在线访谈",
    "民意征集",
    "意见箱",
    "办事指南",
    "权责清单",
    "数据开放",
    "历史沿革",
    "自然地理",
    "风景名胜",
    "特色产品",
    "投资环境",
    "招商项目",
    "优惠政策",
)


@dataclass(frozen=True)
class Block:
    """A part of an article: kind is heading, subheading, paragraph, closing or table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Article:
    title: str
    session: str
    officer: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> list[Block]:
        return [block for block in self.blocks if block.kind == "paragraph"]


class Writer:
    """Writes about one place; the same seed writes the same words."""

    def __init__(self, seed: str):
        self.random = Random(seed)
        self.place = self.random.choice(PLACES)
        self.year = self.random.randint(2008, 2024)

    @property
    def unit(self) -> str:
        return self.place[-1]

    @property
    def short(self) -> str:
        return self.place[:-1]

    def fill(self, pattern: str) -> str:
        topic, other = self.random.sample(TOPICS, 2)
        return pattern.format(
            place=self.place,
            unit=self.unit,
            short=self.short,
            topic=topic,
            topic2=other,
            name=self.name(),
            year=self.year,
            n=self.random.randint(101, 990),
            k=self.random.randint(11, 98),
            d=self.random.randint(2, 9),
            m=self.random.randint(2, 9),
            month=self.random.randint(1, 12),
            day=self.random.randint(1, 28),
        )

    def name(self) -> str:
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN_NAMES)

    def text(self, patterns: tuple[str, ...], most: int = 4) -> str:
        """A paragraph of one to `most` sentences."""
        count = min(self.random.randint(1, most), len(patterns))
        return "".join(self.fill(pattern) for pattern in self.random.sample(patterns, count))

    def headline(self) -> str:
        return self.fill(self.random.choice(HEADLINES))

    def menu(self, count: int) -> list[str]:
        return [self.fill(entry) for entry in self.random.sample(MENU, count)]

    def date(self) -> str:
        return f"{self.year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def comment(self) -> str:
        return self.fill(self.random.choice(COMMENTS))

    def disclaimer(self) -> str:
        return "".join(DISCLAIMER)

    def _session(self) -> str:
        congress, meeting = self.random.choice("七八九"), self.random.choice("一二三四")
        day = self.random.randint(5, 25)
        held = f"{self.place}第十{congress}届人民代表大会第{meeting}次会议"
        return f"——{self.year}年1月{day}日在{held}上"

    def _officer(self) -> str:
        return f"{self.place}人民政府{self.unit}长　{self.name()}"

    def _section(self, heads: tuple[str, ...], patterns: tuple[str, ...], size: int) -> list[Block]:
        blocks = []
        for head in heads:
            blocks.append(Block("subheading", head))
            blocks += [Block("paragraph", self.text(patterns)) for _ in range(size)]
        return blocks

    def report(self, size: int = 3) -> Article:
        """A government work report; `size` is the number of paragraphs below a heading."""
        blocks = [
            Block("paragraph", "各位代表："),
            Block(
                "paragraph",
                f"现在，我代表{self.place}人民政府，向大会报告政府工作，请予审议，"
                "并请政协委员和其他列席人员提出意见。",
            ),
            Block("heading", "一、过去一年工作回顾"),
            *self._section(HEADINGS_REVIEW, REVIEW, size),
            Block("heading", "二、今年重点工作"),
            *self._section(HEADINGS_PLAN, PLANS, size),
            Block(
                "closing",
                f"各位代表！让我们只争朝夕、真抓实干，为建设更加美好的{self.place}而努力奋斗！",
            ),
        ]
        return Article("政府工作报告", self._session(), self._officer(), tuple(blocks))

    def with_tables(self, size: int = 2) -> Article:
        """A report with a table of figures behind the review and one at its end."""
        whole = self.report(size)
        place = next(i for i, block in enumerate(whole.blocks) if block.text.startswith("二、"))
        blocks = [*whole.blocks[:place], self._table(6), *whole.blocks[place:], self._table(12)]
        return Article(whole.title, whole.session, whole.officer, tuple(blocks))

    def _table(self, count: int) -> Block:
        rows = [("指标", "单位", f"{self.year - 1}年完成", f"{self.year}年目标")]
        rows += [
            (f"{topic}投入", "万元", str(self.random.randint(120, 990)), f"增长{n}%")
            for n, topic in enumerate(self.random.sample(TOPICS, count), 3)
        ]
        return Block("table", rows=tuple(rows))

    def resolution(self) -> Article:
        """The congress's resolution on a report: three sentences, no report."""
        congress = f"{self.place}第十八届人民代表大会第三次会议"
        opening = f"{congress}听取和审议了{self.place}人民政府所作的政府工作报告。"
        texts = (opening, *(self.fill(pattern) for pattern in RESOLUTION))
        return Article(
            f"{congress}关于政府工作报告的决议",
            f"（{self.year}年1月12日{congress}通过）",
            "",
            tuple(Block("paragraph", text) for text in texts),
        )

    def news(self, size: int = 6) -> Article:
        """A reporter's story about a session."""
        patterns = self.random.sample(NEWS[1:], min(size, len(NEWS)) - 1)
        texts = [
            self.fill(pattern) + self.fill(self.random.choice(NEWS[3:])) for pattern in patterns
        ]
        return Article(
            f"{self.place}代表热议{self.random.choice(TOPICS)}",
            "",
            "",
            tuple(Block("paragraph", text) for text in (self.fill(NEWS[0]), *texts)),
        )

    def traditional(self, size: int = 12) -> Article:
        """A report in traditional characters."""
        place = f"{self.short}縣"
        texts = [self.text(TRADITIONAL, 3) for _ in range(size)]
        blocks = [
            Block("paragraph", "各位代表："),
            Block("heading", "一、過去一年工作回顧"),
            *(Block("paragraph", text) for text in texts[: size // 2]),
            Block("heading", "二、今年的主要任務"),
            *(Block("paragraph", text) for text in texts[size // 2 :]),
        ]
        session = f"——{self.year}年1月9日在{place}第十六屆人民代表大會第三次會議上"
        officer = f"{place}人民政府縣長　陸致和"
        return Article("政府工作報告", session, officer, tuple(blocks))
