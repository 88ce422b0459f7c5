"""What is known of the page layouts of Chinese government portals, as data."""

from __future__ import annotations

# Elements in which content management systems put the article, and nothing else. The
# earlier ones are the more particular ones.
# Source: templates of TRS WCM, Founder, Jcms, Dahan, UCAP, PowerEasy and common blog systems.
ARTICLE_CONTAINERS = (
    "#UCAP-CONTENT",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".TRS_Editor",
    "#js_content",
    "#zoomcon",
    "#fontzoom",
    "#zoom",
    "#Zoom",
    ".zoom",
    "#ContentRegion",
    "#article_content",
    "#articleContent",
    "#artibody",
    "#ozoom",
    "#endText",
    "#content_detail",
    "#vsb_content",
    ".v_news_content",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".article-body",
    ".article-con",
    ".news_content",
    ".news-content",
    ".detail-content",
    ".detail_content",
    ".pages_content",
    ".content-text",
    ".contentText",
    ".wzcon",
    ".bt_content",
    ".xxgk_content",
    "[itemprop=articleBody]",
)

# Tags that stand for a kind of furniture, whatever their class.
FURNITURE_TAGS = {
    "nav": "nav",
    "footer": "footer",
    "aside": "sidebar",
    "select": "form",
    "option": "form",
    "button": "form",
    "textarea": "form",
    "form": "form",
    "noscript": "script",
    "marquee": "banner",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words in class names and ids that stand for a kind of furniture: rule -> words.
FURNITURE_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "breadcrumb",
        _words(
            "breadcrumb breadcrumbs bread crumb crumbs position location curpos currentposition"
            " path dqwz szwz weizhi mbx"
        ),
    ),
    ("nav", _words("nav navbar navs navigation menu topnav mainnav subnav daohang dh toc mulu")),
    ("share", _words("share bdshare bdsharebuttonbox bshare jiathis fenxiang fx sharebox")),
    ("qr-code", _words("qrcode qr ewm erweima ercode")),
    (
        "tools",
        _words(
            "tools toolbar print dayin fontsize font-size operate closewin zoomtool"
            " audio player voice yuyin"
        ),
    ),
    ("footer", _words("footer foot copyright bottom bottombox banquan pagefoot ft")),
    (
        "related",
        _words(
            "related relate relative relevant recommend xgxx xglj xgwz xgyd xgnews"
            " prevnext prev next pager pagination fanye page-nav"
        ),
    ),
    ("search", _words("search searchbox sousuo")),
    ("banner", _words("topbar banner logo welcome topbox sitetop header-top")),
    ("sidebar", _words("sidebar side aside leftmenu leftnav rightbar")),
    ("comments", _words("comment comments pinglun comment-list reply replies huifu liuyan")),
)

BLOCK_TAGS = _words(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html iframe legend li"
    " main menu nav noframes noscript ol option p pre section select summary table tbody td"
    " tfoot th thead tr ul"
)
HEADING_TAGS = _words("h1 h2 h3 h4 h5 h6")
INVISIBLE_TAGS = _words("script style template head title meta link")
