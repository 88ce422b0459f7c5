"""Furniture of saved portal pages, line by line: rules with a name and a reason each.

Patterns read folded lines (shapes.fold): without white space, in simplified characters,
full-width colons as they stand. What a rule may take depends on the region of the line:
"edge" rules hold above and below the report, "any" rules in its body as well.

Source: 219 saved beginnings of portal pages, and the footers of 36 reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.boilerplate.words import (
    CLOCK,
    COLON,
    COUNT,
    DATE_LABEL,
    INDEX,
    MARK,
    PERSON,
    SEPARATOR,
    SITE_NAVIGATION,
    SIZE,
    SOURCE,
    STAMP,
    WIDGET,
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
        "^点击[上下]方蓝色?字|扫一扫|扫码(?:阅读|分享|查看|关注|浏览|下载)|二维码|手机(?:上|端)?(?:打开|查看|浏览|扫描)(?:当前|本)?页|微信扫",
        limit=40,
        is_anywhere=True,
    ),
    _rule(
        "footer",
        "registration and operator of the site",
        "网络违法犯罪举报|不良与垃圾信息举报|国内统一(?:连续出版物)?刊号|主管主办|本(?:网站?|站)所刊[载登]|书面授权|^联系我们[:：]|ICP备|ICP证|公安备案|公网安备|网站标识码|备案(?:编?号|序号|许可)|版权所有|属于公有领域|Copyright|©|AllRightsReserved"
        f"|^(?:主办|承办|协办)(?:单位|方)?{COLON}|技术支持(?:单位)?{COLON}|维护单位{COLON}|^网址{COLON}"
        rf"|建议(?:您)?使用.*(?:浏览|分辨率|IE)|^(?:联系|服务|咨询)?(?:电话|传真|邮箱|热线){COLON}|^地址{COLON}|邮政?编码?{COLON}",
        limit=200,
        is_anywhere=True,
        takes_sentences=True,
    ),
    _rule(
        "photo-caption",
        "a caption names its photographer",
        "(?:记者|通讯员|报道组).{0,24}(?:摄影?|拍摄|供图|图)[)）]?$|^.{0,60}(?:摄影报道|资料图片?|视频截图)[)）]?$"
        "|^(?:图为|图片说明|图片来源|摄影[:：])|[\u4e00-\u9fff]{2}摄[)）]?$|^[^，。]{2,20}。?资料图$|^(?:大会|会议|开幕[式会]|闭幕[式会])(?:现场|会场)$|^图片?\\d{1,2}$"
        r"|\[[^\]]{0,14}(?:网|社|报|\.cn|\.com)\]$",
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
        "^(?:(?:您|你)好[,，!！]?)?欢迎(?:您|你)?(?:访问|光临|浏览|来到|进入|登录|关注)|(?:官方微博|收藏).*欢迎(?:访问|浏览|光临)"
        rf"|欢迎您[!！]?$|^(?:当前|现在|系统)时间(?:为|是)?{COLON}?"
        r"|^(?:您|你)是.{0,8}第\d*位?.{0,4}(?:访客|访问者|浏览者)|^今天是(?:20\d\d年\d|星期|公历|农历|[:：])",
        limit=80,
        takes_sentences=True,
    ),
    _rule(
        "site-address",
        "the address of the site, or where it gets letters",
        r"^(?:https?://)?(?:[a-z\d-]+\.)+(?:com|cn|net|org|gov|edu|info|cc|tw|hk)(?:/?$|[—-]+.{2,20}$)|^[\w.+-]+@[\w-]+\.[\w.]+$"
        rf"|^(?:https?://)?www\.[a-z\d.-]+(?:{DATE_LABEL}|{SOURCE}|{STAMP})",
        limit=100,
    ),
    _rule(
        "forum",
        "who wrote in a forum, with rank and points",
        r"^(?:楼主|沙发|板凳|地板|\d{1,4}(?:楼|#)|发消息|管理员|版主|只看该作者|倒序浏览|电梯直达|使用道具|发短消息|加为?好友|个人空间|显示全部楼层)$"
        r"|^(?:级别|等级|用户组|注册排名|经验值?|积分|主题|帖子|回[复帖]|精华|威望|金[钱币]|贡献|在线时间|注册时间|最后登录)[:：]?[\d级管].{0,12}$"
        r"|\d(?:年|个?月|天|小时|分钟)前.{0,20}(?:阅读|回复|浏览)|微信同号|(?:联系|咨询|订购)(?:电话|热线|微信)[:：]?\d{3}",
        limit=120,
    ),
    _rule(
        "cut-by-reposter",
        "a note that the one who copied the text left something out",
        r"省略\d+字|会员可(?:完整)?阅读|^[(（\[]?(?:此处|以下|下文|中间)?省略(?:[N\d一二三四五六七八九十百千万数若干]*个?字|若干字|部分).{0,8}$",
        limit=80,
        is_anywhere=True,
    ),
    _rule(
        "site-tools",
        "weather, network and accessibility of the site",
        r"^logo$|^页面宽度|\d℃|IPv6|适老(?:化?模式|化?版)|长者(?:助手|模式)",
        limit=40,
    ),
    _rule(
        "window-title",
        "the title of the browser's window, with the site's name",
        "报告(?:[(（][^)）]{1,10}[)）])?[_|｜－—-]+.{2,30}(?:网|门户|政府|网站|在线)$|[_－—-]{1,2}.{2,14}(?:网站|门户网站|门户)$|^[^，。]{2,12}[:：][^，。]{2,20}门户网站$|^[^，。]{2,20}人民政府[-_|｜－][^-—，。]{2,20}$",
    ),
    _rule(
        "site-name",
        "the name of the site that publishes",
        "^[^，。：:》]{2,22}(?:门户网站?|网站|官网|政务网|政府网|信息网|新闻网|人大网|资讯网|公众网|在线|信息港)$|^中国[·•.][^，。]{1,16}$"
        "|^[^，。：:》]{2,16}(?:日报|晚报|晨报|早报|商报|都市报|周报|融媒体中心|广播电视台|电视台)(?:数字报纸?|电子版|电子报|客户端|网)?$"
        "|^[^，。：:》、]{0,8}(?:高考|人才|招聘|教育|学习|考试|生活|热线|房产|旅游|财经|文秘|公文|秘书|资料)网$"
        "|^[^，。：:》]{2,16}(?:客户端|官方[账帐]号|公众号|视频号)$|^[^，。：:》]{2,14}发布$|^[^，。：:》]{2,20}(?:政府|政务)信息公开(?:目录|网|平台|专栏|专网)?$"
        "|^[^，。：:》]{2,20}人民政府.{2,8}(?:办事处|管理委员会|管委会)$"
        "|^[^，。：:》]{2,16}公报.{0,8}第\\d+期(?:[(（]总第?\\d+期[)）])?$",
        limit=30,
    ),
    _rule(
        "column-name",
        "the column of the portal that the page stands in",
        "^[|｜]?(?:政府报告|工作报告|报告|规划计划|计划规划|计划总结|工作总结|重要文件|重要发布|政务要闻|今日要闻|本市要闻|要闻|要闻动态|通知公告|公告公示"
        "|政府文件|政策文件|决议决定|决定决议|文本描述|文档描述|文档内容|最新(?:消息|动态|资讯|公告)|简介|摘要|提纲[:：]?|.{2,4}新闻|政府公报|人大工作|会议文件|大会文件|人代会|两会专题|(?:政府)?信息公开目录|法定主动公开内容|专题专栏|文章正文|正文|正文内容"
        "|(?:要闻|动态|新闻|时政|综合|民生|经济|社会)(?:[·•/-]?(?:要闻|动态|新闻|时政|综合|民生|经济|社会))+|前言"
        "|(?:内容|网站)?导航(?:菜单)?[:：]?|\\d{4}年?卷|详细信息|详细内容|信息详情|信息内容|内容详情|文章内容|详情|概要|内容|全文)[|｜]?$"
        "|^[【\\[][\u4e00-\u9fff·]{2,12}[】\\]]$|^[【\\[][^】\\]]{2,12}[-—][^】\\]]{2,12}[】\\]]$",
        limit=30,
    ),
    _rule(
        "breadcrumb",
        "the way to the page inside the site",
        f"(?:所在|的|当前|在|现在)位置(?:是|为)?(?:{COLON}|$)|^(?:您|你)?(?:现在|当前|所在)?的?位置(?:{COLON}|$)|^(?:您|你)(?:现在|当前)?所?在?的?位置"
        "|^(?:网站)?首页(?:>|＞|»|›|/|→|-|\\||·|$)|^(?:Current)?Location[:-]|^[>＞»›]|^(?:[^>＞》。，]{1,30}(?:>|＞|»|›|→|->)+){2,}"
        "|^(?:当前|所在)?栏目[:：]|^主页[>＞»/-]|^[^>＞》。，]{2,20}(?:>|＞|»|›|→)+[^>＞》。，]{2,40}$"
        "|^首页.{2,12}$|^[^，。]{4,24}正文$"
        "|^[^，。]{2,16}(?:网|网站|在线|主页|视窗|之窗|信息港|档案馆)(?:[-—/|·»]+[^，。—-]{2,12})+$",
        limit=160,
    ),
    _rule(
        "reposter",
        "a reposting site speaks of its own",
        "小编|已阅读\\d+页|还剩\\d+页|VIP专[享属]|共计?\\d+个?字|预计阅读时|会员享|仅供预览|赏杯茶钱|阅读已结束|下载文档离线阅读|本文(?:关键词|内容|简介)[:：]|请下载word|添加微信号|更多.{0,6}资料.{0,4}微信|本(?:站|文档|资料).{0,30}(?:不保证|下载|上传|版权|侵权|收费|用户)|该(?:用户|文档).{0,12}(?:上传|收入|所得)"
        "|^下载(?:提示|须知|说明)$|[(（](?:精选|通用|优秀|合集|最新|推荐|精品)\\d*篇?[)）]$|[(（]\\d+篇[)）]$|精心整理|借鉴参考|撰写报告|关注.{0,6}公众号|免费(?:领取|下载|注册)|领取会员|供(?:大家|您|你|各位)参考|欢迎(?:大家)?(?:阅读|下载|参考)|希望(?:对|能|可以).{0,14}(?:帮助|有用|喜欢)"
        "|(?:网友|会员)(?:上传|分享|投稿)|不代表本站|请在.{0,12}搜索|(?:点击|查看|查阅|阅读).{0,3}(?:更多|全文|全部|原文)"
        "|需要先登录|整理收集|收集整理|搜集整理|网络整理|权益,?，?请联系|自行甄别|退款|更多(?:相关)?.{0,8}(?:范文|文章|报告).{0,6}(?:点击|请|关注)"
        "|为(?:大家|您|你|各位).{0,8}(?:整理|带来|提供|分享|收集|准备)|仅供.{0,4}(?:参考|学习)|^温馨提示[:：]|^【?(?:文章|内容|核心)?(?:导读|导语|编者按)(?:】|[:：])|供考生|备考资料|^以上(?:就)?是.{0,40}(?:全部内容|全文)|^(?:特别|免责|版权|郑重)?声明[:：]|最多只能预览|免费预览|^亲[,，]|^转载请注明|(?:以下|下面)(?:是|为).{0,30}(?:全文|实录|摘要)[:：]?$|以下(?:是|为).{0,24}(?:整理|提供)"
        "|下面(?:是|就|我们|给大家).{0,40}(?:整理|分享|看看|介绍|来看)|^[【\\[](?:www\\.)?[a-z\\d-]+\\.(?:com|cn|net|org)[^】\\]]*[】\\]]$|感谢(?:您的)?(?:阅读|浏览)"
        "|^第[一二三四五六七八九十\\d]{1,3}篇[:：]|^篇[一二三四五六七八九十\\d]{1,3}|[(（]?(?:全文)?共?\\d{3,5}字[)）]?$|[范公文]文.{0,3}篇[一二三1-5]$|报告.{0,6}篇[一二三1-5][)）]?$|^导语[:：]|^摘要[:：]",
        limit=400,
        takes_sentences=True,
    ),
    _rule(
        "feedback-form",
        "a form that asks readers for their opinion",
        "^[*＊]?(?:姓名|联系方式|联系电话|内容|验证码|邮箱|电子邮箱|留言内容)[:：]$|^为进一步了解.{0,30}(?:评价|反馈)",
        limit=120,
        takes_sentences=True,
    ),
    _rule(
        "news-summary",
        "the site sums a story up above it",
        "^【?新闻(?:导读|摘要|提示)】?[:：]",
        limit=400,
        takes_sentences=True,
    ),
    _rule(
        "reposter-name",
        "the name of a site that collects documents",
        "^.{0,12}(?:范文网?|文库|公文搜?网|文秘网|智库).{0,10}$|^(?:天天|第一|好)?范文(?:大全)?$|百科全书$|^.{0,6}百科$|^(?:编辑)?词条(?:统计|标签|目录|图册)?[:：]?$",
        limit=26,
    ),
    _rule(
        "document-label",
        "a label of a site that trades documents, or of a diary",
        r"^【[\u4e00-\u9fff]{2,6}】[:：].{0,30}$|^(?:OriginalURL|URL|原文网址|移动端|电脑版|手机版|触屏版)[:：]|^https?://\S+$|"
        "^[•·]?(?:文档|文件|资料|资源)?(?:ID|分类|类型|编号|星级|语言|格式|大小|页数|文档页数|总页数|贡献者|分享者|所属分类|标签|关键字"
        "|积分|下载积分|所需积分|价格|售价|评分|热度)[:：]",
        limit=120,
        takes_sentences=True,
    ),
    _rule(
        "document-site",
        "furniture of a site that trades documents",
        r"^下载(?:文档|原文|本文)|^立即下载|^(?:VIP|会员)专?[免享]|^侵权(?:投诉|举报)"
        r"|^\d+(?:\.\d+)?[KMG]B?$|^\d+页$|^/\d+$|^\d+/\d+$|^\d*\+$|第\d+页$|^第\d+页/共\d+页|\d+页下载\d*|浏览\d+收藏\d+|^论文部分内容阅读$|^资源(?:描述|简介|介绍|预览)[:：]?$|^文档(?:介绍|简介|描述)"
        r"|^点击查看|^本题链接|^(?:正文|全文)?(?:复制|展开|收起)$|^打开APP|^(?:添加|保存)?.{0,8}到?(?:电脑)?桌面$|^上传(?:人|者)[:：]|^Page\d|^P\.\d+$|^阅读(?:提示|全部)|^海报$|^(?:展开|继续|收起).{0,4}(?:阅读|全文|全部|更多)",
        limit=120,
        takes_sentences=True,
    ),
    _rule(
        "notice-tag",
        "the portal's own mark on a document",
        "^(?:本|该)?文件?(?:已失效|现行有效|已废止|有效)$|^[(（【]?(?:上接|下转|紧接|转自|接).{0,2}[A-Za-z\\d一二三四五六七八九十]{1,3}版[^，。]{0,6}[)）】]?$|^查看目录信息$|^[^，。]{0,20}次会议文件之?[(（]?[一二三四五六七八九十xX\\d]{1,3}[)）]?$|^栏目列表?$",
        limit=36,
    ),
    _rule(
        "page-number",
        "the number of a printed page",
        r"^(?:[—–―─\-·•]{1,2}\d{1,3}[—–―─\-·•]{1,2}|第\d{1,3}页(?:[/,，(（]?共\d{1,3}页[)）]?)?)$",
        limit=16,
        is_anywhere=True,
    ),
    _rule(
        "neighbours",
        "links to the pages before and after",
        r"^(?:视频|图片|文字|图文|图表|一图|专家|媒体|政策)解读[:：]|^图解《|^[←→⇐⇒◄►]|[→►]$|^本(?:作品|条目|页面)收录于|^相关热词|返回目录|前一篇|后一篇|^(?:第\d+版)?(?:上一版|下一版|上一期|下一期|查看PDF版|PDF版?|往期回顾)+$|^当前期次|^第\d+[号期][:：]第\d+版|^[\d<〈【\[]?(?:上|下)一?(?:篇|条|页|则|章)(?:文章)?|^[\[【]?(?:没有了|返回(?:目录|列表|顶部|上一?[页级层])|回到?顶部|回首页|返回首页|返回|TOP)[\]】]?$",
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
        f"^分享(?:到|至)?(?:{COLON}|$)|^请使用浏览器.*分享|^点击右上角|^(?:转发|推荐)到{COLON}",
        limit=60,
        takes_sentences=True,
    ),
    _rule(
        "index-label",
        "a row of the index table of published information",
        rf"^[|｜•·●]*(?:{INDEX})(?:{COLON}|\||$)|^附件[:：]?$|^[【\[](?:{INDEX}|{COUNT})[】\]]|^[•·]?[A-Z\d]{{4,}}[-_/\d]*/?(?:19|20)\d\d-\d{{3,}}$|(?:{INDEX}){COLON}.*(?:{INDEX}){COLON}|^(?:{INDEX}).*(?:{INDEX})",
        limit=260,
    ),
    _rule(
        "date-label",
        "the page's date of publication",
        rf"^[(（【\[|•·]*(?:{DATE_LABEL})[】\]]?(?:{COLON}|(?=(?:19|20)\d\d[-年/.]))",
        limit=140,
    ),
    _rule(
        "source-label",
        "where the portal has the text from",
        rf"^[(（【\[|•·]*(?:{SOURCE})[】\]]?(?:{MARK}|于)|^[\[【(（]?{STAMP}.{{0,30}}(?:{SOURCE}|{PERSON}|{COUNT}){COLON}"
        rf"|{SOURCE}{COLON}.{{0,20}}{COUNT}{COLON}|{CLOCK}.{{0,6}}{SOURCE}{COLON}"
        rf"|^[^，。：:]{{2,20}}{STAMP}.{{0,30}}(?:{SOURCE}|{PERSON}|{COUNT}|{SIZE}){COLON}",
        limit=140,
    ),
    _rule(
        "person-label",
        "editors and authors of the page",
        rf"^[(（【\[|•·]*(?:{PERSON}){{1,2}}(?:{MARK}|$)|^[(（][^，。：:]{{1,10}}(?:{PERSON}){COLON}[^，。]{{1,12}}[)）][|｜]?$|^[(（]?(?:责任编辑|责编)[^，。]{{0,14}}$"
        "|^(?:本报|本网|本刊|本台|文图?|图文?)?(?:首席|全媒体)?(?:记者|通讯员)[^，。：]{2,20}$"
        "|^(?:本报|本网|本刊)(?:特约)?评论员[^，。：]{0,8}$|^原创(?:[^，。]{2,30})?$",
        limit=100,
    ),
    _rule(
        "count-label",
        "a counter of visits",
        rf"^[(（【\[|•·]*(?:{COUNT}){COLON}|^(?:已有)?[\d,]*(?:人|次)?(?:{COUNT}|评论)[\d,]*(?:次|人)?$"
        r"|^(?:(?:阅读|评论|收藏|转载|浏览|点击|喜欢|点赞|分享|推荐)[(（]\d*[)）][┊|｜·]*){2,}$",
        limit=60,
    ),
    _rule(
        "labels",
        "labels of source, date and author without their colons",
        rf"^(?=.*{STAMP})(?=.*(?:{SOURCE}))(?=.*(?:(?:发布|更新|添加|录入)(?:时间|日期)|{PERSON}|{COUNT}))",
        limit=100,
    ),
    _rule(
        "original-title",
        "the title under which another site had the text",
        rf"^原(?:文)?标题{COLON}",
        limit=100,
    ),
    _rule(
        "public-account",
        "frame of an article in a messenger",
        r"^参与互动[(（]|^(?:收录于|选自)?(?:合集|话题)|^收录于|^#[^，。#]{1,12}#?$|预览时标签不可点|^(?:点个?|求个?|点亮)?[“\"]?(?:在看|赞)|^阅读原文$|^我有话说|人参与[)）]",
        limit=40,
    ),
    _rule(
        "font-widget",
        "buttons for the size and colour of letters, or to print them",
        rf"^[(（【〖•·\[]*(?:{SIZE}|背景色)(?:{COLON}|[【\[〖]|大)|^Comments?(?:\(\))?(?:Print|打印|E-?mail|Mail)",
        limit=80,
    ),
    _rule(
        "timestamp",
        "a date with the time of day",
        rf"^\d{{1,2}}[-/.]\d{{1,2}}$|^{CLOCK}$|(?:{STAMP}日?|^\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d)[T,，]?{CLOCK}",
        limit=60,
    ),
    _rule(
        "bare-date",
        "the page's date, with or without the name of the one who published",
        rf"^(?:\[{STAMP}\]|【{STAMP}】|{STAMP}(?:星期.|周.)?)$|^[^，。：:]{{2,16}}(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}$",
        limit=30,
    ),
    _rule(
        "dated-medium",
        "the name of a medium with the day",
        rf"^[^，。：:]{{2,14}}(?:日报|晚报|晨报|时报|商报|周报|新闻|网|在线|电视台|融媒体?|发布)(?:客户端|网)?{STAMP}(?:星期.|周.)?$",
        limit=40,
    ),
    _rule(
        "newspaper-page",
        "the issue and the page of a newspaper",
        rf"^[^，。：:]{{0,16}}{STAMP}日?(?:星期.|周.)?,?，?(?:第?[0-9A-Z]{{1,4}}版|第?[0-9]{{1,3}}版|[A-Z][0-9]{{1,3}})"
        r"(?:[:：]?[^，。]{0,12})?$|^第?[0-9A-Z]{1,5}版[:：]?[^，。]{0,12}$|^[^，。]{2,12}报/.{0,16}日/第\d+版|^(?:上一版|下一版|版面(?:导航|目录|图)|本版(?:新闻|导航)|标题导航)+$"
        r"|^版次[:：]|^本版其[他它](?:文章|新闻|报道)?[:：]?$",
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
        rf"^[\[【(（]?{STAMP}[\]】)）]?.{{0,24}}(?:打印|关闭|收藏|字体|字号|大中小)",
        limit=60,
    ),
    _rule(
        "widget",
        "buttons of the page",
        rf"^(?>{SEPARATOR}*(?:{WIDGET}))++{SEPARATOR}*$|^[【\[]?(?:打印|关闭)(?:本页|窗口|页面)|^(?:[【\[][^】\]]{{1,8}}[】\]]){{2,}}$"
        r"|^[\[【(（]?(?:图片|视频|音频|图\d)[】\])）]?$",
        limit=60,
    ),
    _rule(
        "site-navigation",
        "menu of the site",
        rf"^(?>{SEPARATOR}*(?:{SITE_NAVIGATION}))++{SEPARATOR}*$|(?:{SITE_NAVIGATION})[|｜]+.*(?:{SITE_NAVIGATION})"
        "|^邮件?(?:帐|账)号|^(?:快捷|热门|站内|文章|新闻)?搜索词?[:：]|^(?:标题|全文|站内){1,2}(?:高级)?搜索$|^(?:标题)?站内高级搜索$",
        limit=160,
    ),
    _rule(
        "document-file",
        "the name of a file to download",
        r"[-_](?:定稿|终稿|最终稿)$|^[^，。：:]{2,60}\.(?:docx?|wps|pdf|rtf|txt|pptx?|xlsx?|zip|rar|ofd)$",
        limit=70,
    ),
    _rule("picture-file", "the name of a picture", r"\.(?:jpe?g|png|gif|bmp|webp)$", limit=60),
    _rule(
        "number",
        "a counter or identifier",
        r"^\d{1,9}$|^[(（]\d{1,6}[)）]$|^\d{1,3}%$|^[0-9a-f]{16,64}:?$",
        limit=64,
    ),
    _rule(
        "separator",
        "a rule or bracket that belongs to widgets",
        r"^[^\w。，；：！？、”]{1,4}$|^[-—=_*]{3,}.{0,6}[-—=_*]{3,}$",
        limit=60,
    ),
)


_LONGEST = max(rule.limit for rule in RULES)


def edge_rule(folded: str) -> str | None:
    """The name of the rule that takes a line above or below the report."""
    return _first_rule(folded) if len(folded) <= _LONGEST else None


# The parts of a page ask of the same line in turn, and the pages of a site have the same lines.
@lru_cache(maxsize=1024)
def _first_rule(folded: str) -> str | None:
    return next((rule.name for rule in RULES if rule.matches(folded)), None)


def body_rule(folded: str) -> str | None:
    """The name of the rule that takes a line wherever it stands."""
    return next((rule.name for rule in RULES if rule.is_anywhere and rule.matches(folded)), None)
