"""Furniture of saved portal pages, line by line: rules with a name and a reason each.

Patterns read folded lines (shapes.fold): without white space, in simplified characters,
full-width colons as they stand. What a rule may take depends on the region of the line:
"edge" rules hold above and below the report, "any" rules in its body as well.

Source: 219 saved beginnings of portal pages, and the footers of 36 reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLON = "[:：]"

_SOURCE = (
    "(?:(?:信息|文章|稿件|消息|新闻|内容|资料|图文|图片)?(?:来源|出处|提供)|供稿单位|供稿|稿源"
    "|原文链接|原文出处|来源网站|转载自|转自|摘自)"
)
_DATE_LABEL = (
    "(?:发布|发表|更新|加入|登记|入库|刊发|公开|公布|成文|生成|发文|印发|录入|添加|上传|采集|信息|提交|创建|修改)"
    "(?:时间|日期)|发布于?|发表于|更新于?|刊登|日期|时间"
)
_PERSON = (
    "(?:责任)?编辑|责编|作者|审核人?|初审|复审|终审|校对|记者|发布者|发布人|文章录入|录入者?|撰稿人?|签发"
    "|通讯员|上传人|上传者|编审|监制|值班主任|签审|供稿人?"
)
_COUNT = "(?:本文)?(?:浏览|阅读|点击|访问|查看|下载|人气|点阅|浏览人)(?:次数|量|数|率|人数)?"
_SIZE = "字体大小|字号大小|文字大小|字体|字号|视力保护色?"
_INDEX = (
    "索引号|文号|发文字号|文件编号|公文编号|文档编号|发布机构|发文机关|发文机构|发布单位|发文单位|制发机关|公开责任部门|责任部门"
    "|公开主体|公开形式|公开方式|公开类别|公开范围|公开类型|公开目录|公开时限|公开属性|公开程序|主题分类|主题词|主题类别"
    "|关键词|体裁分类|服务对象分类?|组配分类|信息名称|文件名称|公文名称|名称|分类|有效性|信息有效性|时效性|效力状态|文件状态|标题|题名"
    "|载体类型|记录形式|内容概述|所属目录|信息分类|信息类别|生效日期|废止日期|施行日期|失效日期|实施日期|统一编号|登记号"
    "|规范性文件编号|规范性文件统一编号|备注|附件|语种|信息索引|内容分类|所属类别|所属机构"
)
_STAMP = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?分?"

_WIDGET = (
    r"双击(?:自动)?滚屏|保护视力色?|背景色|阅读模式|朗读文章|收藏(?:此页|本文)|点赞\d*|网友评论|我要评论|参与评论|评论|"
    "(?:已|加)?关注|订阅|锁定|编辑|讨论|打印(?:本页|页面|此文|此页|文章|正文)?|关闭(?:窗口|页面|本页)?|(?:取消|加入|添加|我要)?收藏(?:本站|本页)?|下载|全屏"
    "|(?:加大|缩小|放大|减小|默认|恢复)(?:字体|字号)?|还原|大号?|中号?|小号?|字体大小|字体|字号|视力保护色|分享到?|转发到?|纠错"
    "|微信好友|微信|新浪微博|腾讯微博|官方微博|微博|朋友圈|QQ空间|QQ好友|QQ|人人网|复制链接|复制网址|语音播报|朗读|举报|返回"
    "|A[+-]|T[+-]|播放|暂停|导出|推荐|我要纠错|保存|转载|发表评论|告诉好友|手机阅读|手机看|听新闻|更多|相关|语音|复制|简|繁|A|T"
)
_SEPARATOR = r"[\[\]【】()（）〔〕|｜/\\:：,，、.·•>＞<＜»«&-]"
_SITE_NAVIGATION = (
    "网站首页|返回首页|首页|无障碍(?:浏览|阅读)?|长者(?:模式|版|专区)|适老化?(?:版|模式)?|政务服务|一网搜|登录|注册|退出|会员登录"
    "|新?用户注册|用户登录|繁体(?:版|中文)?|简体(?:版|中文)?|English|ENGLISH|Русский|한국어|日本语|中文版?|手机版|移动版"
    "|设为首页|加为首页|加入收藏|收藏本站|联系我们|联系站长|关于我们|网站地图|站点地图|网站声明|隐私声明|版权声明|版权申明|免责声明"
    "|使用帮助|站内搜索|搜索|高级搜索|热门搜索|官方微博|官方微信|中国政府网|省政府网|市政府网|站群导航|政务公开|政府信息公开"
    "|信息公开|互动交流|政民互动|新闻中心|办事服务|公务邮箱|智能问答|智能机器人|行政区划|部门网站|开发区|政府网站找错|政府网站年度报表|我为政府网站找错"
    "|RSS订阅|RSS|跳至内容|跳到内容|Contactus|Aboutus|Home|微信公众号|客户端|站点首页|领导之窗|数据开放|走进.{2,4}|.{2,4}概况"
)


_SENTENCE = re.compile("^.{14,}[。！？；][”’」』）)]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of furniture.

    Attributes:
        pattern: searched in the folded line; anchors where it must hold the whole.
        limit: longest folded line it may take.
        is_anywhere: whether it holds inside the report, too.
        takes_sentences: whether it may take a line that reads as a sentence.
    """

    name: str
    reason: str
    pattern: re.Pattern[str]
    limit: int = 120
    is_anywhere: bool = False
    takes_sentences: bool = False

    def matches(self, folded: str) -> bool:
        """Whether the rule takes a folded line."""
        if len(folded) > self.limit or not self.pattern.search(folded):
            return False
        return self.takes_sentences or not _SENTENCE.search(folded)


def _rule(
    name: str,
    reason: str,
    pattern: str,
    limit: int = 120,
    is_anywhere: bool = False,
    takes_sentences: bool = False,
) -> Rule:
    compiled = re.compile(pattern, re.IGNORECASE)
    return Rule(name, reason, compiled, limit, is_anywhere, takes_sentences)


RULES: tuple[Rule, ...] = (
    _rule(
        "script",
        "program text that a broken page shows",
        r"^(?:function\w*\(|var\w+=|window\.|document\.|\$\(|jQuery|//<!|<!--|-->|</?script)"
        r"|document\.(?:write|getElementById)|\}\);?$|javascript:",
        limit=2_000,
        is_anywhere=True,
        takes_sentences=True,
    ),
    _rule(
        "qr-code",
        "the page's code for telephones",
        "^点击[上下]方蓝色?字|扫一扫|扫码(?:阅读|分享|查看|关注)|二维码|手机(?:上|端)?(?:打开|查看|浏览|扫描)(?:当前|本)?页|微信扫",
        limit=40,
        is_anywhere=True,
    ),
    _rule(
        "footer",
        "registration and operator of the site",
        "ICP备|ICP证|公安备案|公网安备|网站标识码|备案(?:编?号|序号|许可)|版权所有|Copyright|©|AllRightsReserved"
        f"|^(?:主办|承办|协办)(?:单位|方)?{_COLON}|技术支持(?:单位)?{_COLON}|维护单位{_COLON}|^网址{_COLON}"
        rf"|建议(?:您)?使用.*(?:浏览|分辨率|IE)|^(?:联系|服务|咨询)?(?:电话|传真|邮箱|热线){_COLON}|^地址{_COLON}|邮政?编码?{_COLON}",
        limit=200,
        is_anywhere=True,
        takes_sentences=True,
    ),
    _rule(
        "photo-caption",
        "a caption names its photographer",
        "(?:记者|通讯员|报道组).{0,24}(?:摄影?|拍摄|供图|图)[)）]?$|^.{0,60}(?:摄影报道|资料图片?|视频截图)[)）]?$"
        "|^(?:图为|图片说明|图片来源|摄影[:：])",
        limit=120,
        is_anywhere=True,
        takes_sentences=True,
    ),
    _rule(
        "reporter-credit",
        "a caption or report names its reporter",
        "(?:日报|晚报|本报|晨报|新闻网?|融媒体?(?:中心)?|新华社|客户端|天眼新闻)(?:全媒体|首席)?记者[^，。；]{2,14}$",
        limit=80,
        takes_sentences=True,
    ),
    _rule(
        "site-banner",
        "the portal greets its visitors",
        "^欢迎(?:您|你)?(?:访问|光临|浏览|来到|进入|登录|关注)|(?:官方微博|收藏).*欢迎(?:访问|浏览|光临)"
        rf"|欢迎您[!！]?$|^(?:当前|现在|系统)时间(?:为|是)?{_COLON}?"
        r"|^(?:您|你)是.{0,8}第\d*位?.{0,4}(?:访客|访问者|浏览者)|^今天是(?:20\d\d年\d|星期|公历|农历|[:：])",
        limit=80,
        takes_sentences=True,
    ),
    _rule(
        "site-tools",
        "weather, network and accessibility of the site",
        r"\d℃|IPv6|适老(?:化?模式|化?版)|长者(?:助手|模式)",
        limit=40,
    ),
    _rule(
        "window-title",
        "the title of the browser's window, with the site's name",
        "报告(?:[(（][^)）]{1,10}[)）])?[_|｜－—-]+.{2,30}(?:网|门户|政府|网站|在线)$|[_－—-]{1,2}.{2,14}(?:网站|门户网站|门户)$",
    ),
    _rule(
        "site-name",
        "the name of the site that publishes",
        "^[^，。：:》]{2,22}(?:门户网站?|网站|官网|政务网|政府网|信息网|新闻网|人大网|资讯网|公众网|在线|信息港)$|^中国[·•.][^，。]{1,16}$"
        "|^[^，。：:》]{2,16}(?:日报|晚报|晨报|早报|商报|都市报|周报|融媒体中心|广播电视台|电视台)(?:数字报|电子版|电子报|客户端)?$"
        "|^[^，。：:》]{2,16}(?:客户端|官方[账帐]号|公众号|视频号)$|^[^，。：:》]{2,14}发布$"
        "|^[^，。：:》]{2,20}人民政府.{2,8}(?:办事处|管理委员会|管委会)$"
        "|^[^，。：:》]{2,16}公报.{0,8}第\\d+期(?:[(（]总第?\\d+期[)）])?$",
        limit=30,
    ),
    _rule(
        "column-name",
        "the column of the portal that the page stands in",
        "^(?:政府报告|工作报告|报告|规划计划|计划规划|计划总结|工作总结|重要文件|重要发布|政务要闻|今日要闻|本市要闻|要闻|要闻动态|通知公告|公告公示"
        "|政府文件|政策文件|政府公报|人大工作|会议文件|大会文件|人代会|两会专题|(?:政府)?信息公开目录|法定主动公开内容|专题专栏|文章正文|正文|正文内容"
        "|(?:内容|网站)?导航[:：]?|\\d{4}年?卷|详细信息|详细内容|信息详情|信息内容|内容详情|文章内容|详情|概要|内容|全文)$",
        limit=12,
    ),
    _rule(
        "breadcrumb",
        "the way to the page inside the site",
        f"(?:所在|的|当前|在|现在)位置(?:是|为)?(?:{_COLON}|$)|^(?:您|你)?(?:现在|当前|所在)?的?位置(?:{_COLON}|$)|^(?:您|你)(?:现在|当前)?所?在?的?位置"
        "|^(?:网站)?首页(?:>|＞|»|›|/|→|-|\\||·|$)|^Location:|^[>＞»›]|^(?:[^>＞》。，]{1,30}(?:>|＞|»|›|→|->)+){2,}"
        "|^(?:当前|所在)?栏目[:：]|^主页[>＞»/-]|^[^>＞》。，]{2,20}(?:>|＞|»|›|→)+[^>＞》。，]{2,40}$"
        "|^首页.{2,12}$|^[^，。]{4,24}正文$"
        "|^[^，。]{2,16}(?:网|网站|在线|主页|视窗|之窗|信息港|档案馆)(?:[-—/|·»]+[^，。—-]{2,12})+$",
        limit=160,
    ),
    _rule(
        "reposter",
        "a reposting site speaks of its own",
        "小编|本(?:站|文档|资料).{0,30}(?:不保证|下载|上传|版权|侵权|收费|用户)|该(?:用户|文档).{0,12}(?:上传|收入|所得)"
        "|^下载(?:提示|须知|说明)$|[(（](?:精选|通用|优秀|合集|最新|推荐|精品)\\d*篇?[)）]$|[(（]\\d+篇[)）]$|精心整理|借鉴参考|撰写报告|关注.{0,6}公众号|免费(?:领取|下载|注册)|领取会员|供(?:大家|您|你|各位)参考|欢迎(?:大家)?(?:阅读|下载|参考)|希望(?:对|能|可以).{0,14}(?:帮助|有用|喜欢)"
        "|(?:网友|会员)(?:上传|分享|投稿)|不代表本站|请在.{0,12}搜索|(?:点击|查看|查阅|阅读).{0,3}(?:更多|全文|全部|原文)"
        "|需要先登录|整理收集|收集整理|搜集整理|网络整理|权益,?，?请联系|自行甄别|退款|更多(?:相关)?.{0,8}(?:范文|文章|报告).{0,6}(?:点击|请|关注)"
        "|为(?:大家|您|你|各位).{0,8}(?:整理|带来|提供|分享|收集|准备)|仅供.{0,4}(?:参考|学习)|以下(?:是|为).{0,24}(?:整理|提供)"
        "|下面(?:是|就|我们|给大家).{0,40}(?:整理|分享|看看|介绍|来看)|感谢(?:您的)?(?:阅读|浏览)"
        "|^第[一二三四五]篇[:：]|[范公文]文.{0,3}篇[一二三1-5]$|报告.{0,6}篇[一二三1-5]$|^导语[:：]|^摘要[:：]",
        limit=400,
        takes_sentences=True,
    ),
    _rule(
        "reposter-name",
        "the name of a site that collects documents",
        "^.{0,12}(?:范文网?|文库|公文搜?网|文秘网|智库).{0,10}$|^(?:天天|第一|好)?范文(?:大全)?$|百科全书$",
        limit=26,
    ),
    _rule(
        "document-site",
        "furniture of a site that trades documents",
        r"^[•·]?(?:文档|文件|资料|资源)?(?:分类|类型|编号|星级|语言|格式|大小|页数|文档页数|总页数|贡献者|分享者|所属分类|标签|关键字|积分|下载积分|所需积分|价格|售价|评分|热度)[:：]|^下载(?:文档|原文|本文)|^立即下载|^(?:VIP|会员)专?[免享]|^侵权(?:投诉|举报)"
        r"|^\d+(?:\.\d+)?[KMG]B?$|^\d+页$|^/\d+$|^\d+/\d+$|^\d*\+$|第\d+页$|^第\d+页/共\d+页|^资源(?:描述|简介|介绍|预览)[:：]?$|^文档(?:介绍|简介|描述)"
        r"|^点击查看|^上传(?:人|者)[:：]|^Page\d|^P\.\d+$|^阅读(?:提示|全部)|^海报$|^(?:展开|继续|收起).{0,4}(?:阅读|全文|全部|更多)",
        limit=120,
        takes_sentences=True,
    ),
    _rule(
        "notice-tag",
        "the portal's own mark on a document",
        "^(?:本|该)?文件?(?:已失效|现行有效|已废止|有效)$|^[(（]上接.{1,8}版[)）]$|^[(（]下转.{1,8}版[)）]$|^查看目录信息$|^栏目列表?$",
        limit=20,
    ),
    _rule(
        "neighbours",
        "links to the pages before and after",
        r"^[\d<〈【\[]?(?:上|下)一?(?:篇|条|页|则|章)(?:文章)?|^[\[【]?(?:没有了|返回(?:目录|列表|顶部|上一?[页级层])|回到?顶部|回首页|返回首页|返回|TOP)[\]】]?$",
        limit=160,
    ),
    _rule(
        "pager",
        "buttons that turn the pages of a list or of a text in parts",
        r"^(?=.*[页条])(?:共\d+[条页]|第\d+页|尾页|末页|首页|上一?页|下一?页|转到|跳转|页|\d{1,3}|[()（）/\[\]【】<>«»|｜.…])+$",
        limit=60,
    ),
    _rule(
        "share",
        "buttons that send the page on",
        f"^分享(?:到|至)?(?:{_COLON}|$)|^请使用浏览器.*分享|^点击右上角|^(?:转发|推荐)到{_COLON}",
        limit=60,
        takes_sentences=True,
    ),
    _rule(
        "index-label",
        "a row of the index table of published information",
        rf"^[|｜]*(?:{_INDEX})(?:{_COLON}|\||$)|(?:{_INDEX}){_COLON}.*(?:{_INDEX}){_COLON}|^(?:{_INDEX}).*(?:{_INDEX})",
        limit=260,
    ),
    _rule(
        "date-label",
        "the page's date of publication",
        rf"^[(（【\[|•·]*(?:{_DATE_LABEL})[】\]]?(?:{_COLON}|(?=(?:19|20)\d\d[-年/.]))",
        limit=140,
    ),
    _rule(
        "source-label",
        "where the portal has the text from",
        rf"^[(（【\[|•·]*(?:{_SOURCE})[】\]]?(?:{_COLON}|于)|^{_STAMP}.{{0,30}}(?:{_SOURCE}|{_PERSON}|{_COUNT}){_COLON}"
        rf"|{_SOURCE}{_COLON}.{{0,20}}{_COUNT}{_COLON}|{_CLOCK}.{{0,6}}{_SOURCE}{_COLON}"
        rf"|^[^，。：:]{{2,20}}{_STAMP}.{{0,30}}(?:{_SOURCE}|{_PERSON}|{_COUNT}|{_SIZE}){_COLON}",
        limit=140,
    ),
    _rule(
        "person-label",
        "editors and authors of the page",
        rf"^[(（【\[|•·]*(?:{_PERSON})(?:{_COLON}|$)|^[(（]?(?:责任编辑|责编)[^，。]{{0,14}}$"
        "|^(?:本报|本网|本刊|本台|文图?|图文?)?(?:首席|全媒体)?(?:记者|通讯员)[^，。：]{2,20}$"
        "|^(?:本报|本网|本刊)(?:特约)?评论员[^，。：]{0,8}$|^原创(?:[^，。]{2,30})?$",
        limit=100,
    ),
    _rule(
        "count-label",
        "a counter of visits",
        rf"^[(（【\[|•·]*(?:{_COUNT}){_COLON}|^(?:已有)?[\d,]*(?:人|次)?(?:{_COUNT}|评论)[\d,]*(?:次|人)?$",
        limit=60,
    ),
    _rule(
        "labels",
        "labels of source, date and author without their colons",
        rf"^(?=.*{_STAMP})(?=.*(?:{_SOURCE}))(?=.*(?:(?:发布|更新|添加|录入)(?:时间|日期)|{_PERSON}|{_COUNT}))",
        limit=100,
    ),
    _rule(
        "original-title",
        "the title under which another site had the text",
        rf"^原(?:文)?标题{_COLON}",
        limit=100,
    ),
    _rule(
        "public-account",
        "frame of an article in a messenger",
        r"^(?:收录于|选自)?(?:合集|话题)|^收录于|预览时标签不可点|^(?:点个?|求个?|点亮)?[“\"]?(?:在看|赞)|^阅读原文$|^我有话说|人参与[)）]",
        limit=40,
    ),
    _rule(
        "font-widget",
        "buttons for the size of letters",
        rf"^[(（【•·\[]*(?:{_SIZE})(?:{_COLON}|[【\[]|大)",
        limit=40,
    ),
    _rule(
        "timestamp",
        "a date with the time of day",
        rf"{_STAMP}日?[T,，]?{_CLOCK}",
        limit=60,
    ),
    _rule(
        "bare-date",
        "the page's date, with or without the name of the one who published",
        rf"^(?:\[{_STAMP}\]|【{_STAMP}】|{_STAMP}(?:星期.|周.)?)$|^[^，。：:]{{2,16}}(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}$",
        limit=30,
    ),
    _rule(
        "dated-medium",
        "the name of a medium with the day",
        rf"^[^，。：:]{{2,14}}(?:日报|晚报|晨报|时报|商报|周报|新闻|网|在线|电视台|融媒体?|发布)(?:客户端|网)?{_STAMP}(?:星期.|周.)?$",
        limit=40,
    ),
    _rule(
        "newspaper-page",
        "the issue and the page of a newspaper",
        rf"^[^，。：:]{{0,16}}{_STAMP}日?(?:星期.|周.)?,?，?(?:第?[0-9A-Z]{{1,4}}版|第?[0-9]{{1,3}}版|[A-Z][0-9]{{1,3}})"
        r"(?:[:：]?[^，。]{0,12})?$|^第?[0-9A-Z]{1,4}版[:：]?[^，。]{0,12}$|^(?:上一版|下一版|版面(?:导航|目录|图)|本版(?:新闻|导航)|标题导航)+$",
        limit=50,
    ),
    _rule(
        "dated-office",
        "a date with the name of the office or a counter behind it",
        r"^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{2}[^，。：:\d][^，。：:]{1,15}$",
        limit=30,
    ),
    _rule(
        "dated-widgets",
        "a date with buttons behind it",
        rf"^{_STAMP}.{{0,24}}(?:打印|关闭|收藏|字体|字号)",
        limit=60,
    ),
    _rule(
        "widget",
        "buttons of the page",
        rf"^(?>{_SEPARATOR}*(?:{_WIDGET}))++{_SEPARATOR}*$|^[【\[]?(?:打印|关闭)(?:本页|窗口|页面)",
        limit=60,
    ),
    _rule(
        "site-navigation",
        "menu of the site",
        rf"^(?>{_SEPARATOR}*(?:{_SITE_NAVIGATION}))++{_SEPARATOR}*$|(?:{_SITE_NAVIGATION})[|｜]+.*(?:{_SITE_NAVIGATION})"
        "|^邮件?(?:帐|账)号",
        limit=160,
    ),
    _rule(
        "document-file",
        "the name of a file to download",
        r"^[^，。：:]{2,60}\.(?:docx?|wps|pdf|rtf|txt|pptx?|xlsx?|zip|rar|ofd)$",
        limit=70,
    ),
    _rule("picture-file", "the name of a picture", r"\.(?:jpe?g|png|gif|bmp|webp)$", limit=60),
    _rule("number", "a counter or identifier", r"^\d{1,9}$|^[0-9a-f]{16,64}:?$", limit=64),
    _rule(
        "separator",
        "a rule or bracket that belongs to widgets",
        r"^[^\w。，；：！？、”]{1,4}$",
        limit=4,
    ),
)

# What follows one of these at the end of a page is not the report's.
RELATED = re.compile(
    r"^[•·■▪【\[]?(?:相关|热点|热门|推荐|精彩|最新|延伸|更多)(?:链接|报道|新闻|阅读|文章|附件|信息|文件|解读|稿件|推荐|专题|资料|资源|内容|文档|政策|图片|视频|下载|搜索|标签)"
    r"(?:[:：>＞】\]»]|推荐)*$|^(?:图片图表|栏目推荐|猜你喜欢|为您推荐|您可能感兴趣|相似文档|热点聚焦|网友评论|发表评论|我要评论|附件下载)[:：]?$"
)

# A label whose value may stand on the line below it.
OPEN_LABEL = re.compile(rf"(?:{_SOURCE}|{_DATE_LABEL}|{_PERSON}|{_COUNT}){_COLON}$")
COUNT_LABEL = re.compile(rf"(?:{_COUNT}){_COLON}$")

# A row of an index table in running text: matched in the line as it stands.
INDEX_ROW = re.compile(rf"^\s*(?:{_INDEX})(?:\s|$)")
# One whose label means nothing else, so that it needs no other row beside it.
INDEX_ROW_ALONE = re.compile(
    r"^\s*(?:载体类型|记录形式|公开(?:形式|方式|类型|范围|类别|程序|时限|属性)|主题分类|体裁分类|组配分类"
    r"|信息有效性|索引号|发布机构|信息名称|内容概述|公开责任部门)\s+\S"
)

# A row of a menu: short words side by side.
MENU_ROW = re.compile(r"^\s*(?:[\u4e00-\u9fff]{2,6}[ \u3000|｜]+){4,}[\u4e00-\u9fff]{2,6}\s*$")

# Single signs of a button or of a way through the site; furniture only in a run of others.
RUN_TOKEN = re.compile(rf"^(?:{_SEPARATOR}|{_WIDGET}|{_SITE_NAVIGATION}){{1,3}}$")
CRUMB_SIGN = re.compile("^[>＞»›/]+$")

# A line of an aggregator in front of a report: its own tag, and the report's title.
TAGGED_TITLE = re.compile("^[•·*]?【[^】]{2,12}】.*政府工作报告$")
ELLIPSIS_END = re.compile(r"(?:…+|\.{3,})(?:[(（].{1,6}[)）])?$")


def edge_rule(folded: str) -> str | None:
    """The name of the rule that takes a line above or below the report."""
    return next((rule.name for rule in RULES if rule.matches(folded)), None)


def body_rule(folded: str) -> str | None:
    """The name of the rule that takes a line wherever it stands."""
    return next((rule.name for rule in RULES if rule.is_anywhere and rule.matches(folded)), None)
