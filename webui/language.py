"""The reader's language: every sentence of the pages, numbers, days and times in it.

The language is what the reader chose (the parameter lang, then a cookie that keeps the choice),
else what the browser asks for, else Chinese. Flask-Babel keeps it with the request and knows how
it writes numbers and days; the sentences are those of archive.texts, given to it as translations,
so that there is one home of them and nothing to compile.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from urllib.parse import urlencode

from babel import Locale
from babel.numbers import format_decimal as write_decimal
from babel.support import NullTranslations
from flask import Flask, Response, request, url_for
from flask_babel import Babel, Domain, format_date, format_time, get_locale

from archive.texts import DEFAULT_LANGUAGE, LANGUAGES, load_catalogue

PARAMETER = "lang"
COOKIE = "zhengwen_language"
COOKIE_SECONDS = 365 * 24 * 3600

HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
LOCALES = {"zh": "zh_CN", "en": "en_GB"}

DATE_FORMATS = {**Babel.default_date_formats, "date": "long", "time": "short"}

NUMBERS_REMEMBERED = 8192
"""A page has a hundred, most of them small; writing one takes as long as ten sentences."""

_KNOWN = "zhengwen_sentences"


class Sentences(NullTranslations):
    """The catalogue of a language as translations; messages are keys such as "web.name"."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.catalogue = load_catalogue(language)

    def gettext(self, message: str) -> str:
        """The sentence of a key, its facts not filled in. Raises: KeyError."""
        return self.catalogue[message]

    ugettext = gettext


class Catalogues(Domain):
    """The sentences of all languages."""

    def get_translations(self) -> Sentences:
        """Those of the reader's language."""
        # Kept with the request: a page asks for it hundreds of times.
        known: Sentences | None = getattr(request, _KNOWN, None)
        if known is None:
            known = _load_sentences(get_locale().language)
            setattr(request, _KNOWN, known)
        return known


CATALOGUES = Catalogues()


def install(app: Flask) -> None:
    """Gives the application its languages, and the templates t and the functions of this module."""
    babel = Babel(date_formats=DATE_FORMATS, configure_jinja=False)
    babel.init_app(app, LOCALES[DEFAULT_LANGUAGE], locale_selector=_select_locale)
    babel.domain_instance = CATALOGUES
    app.add_template_global(translate, "t")
    for function in (
        format_date,
        format_moment,
        html_language,
        language_url,
        reader_language,
        rule_meaning,
    ):
        app.add_template_global(function)
    app.jinja_env.filters["grouped"] = format_decimal
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    app.after_request(_vary_by_language)
    app.after_request(_keep_choice)


def reader_language() -> str:
    """The language chosen, else asked for by the browser, else Chinese."""
    return CATALOGUES.get_translations().language


def _select_locale() -> Locale:
    return _load_locale(_find_language())


def _find_language() -> str:
    for chosen in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)


@cache
def _load_locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@cache
def _load_sentences(language: str) -> Sentences:
    return Sentences(language)


def translate(key: str, **facts: object) -> str:
    """The sentence of a key in the reader's language, with its facts filled in."""
    return CATALOGUES.get_translations().gettext(key).format_map(facts)


def format_moment(moment: datetime) -> str:
    """Day and time to the minute in UTC, as the reader's language writes them."""
    return translate("web.moment", day=format_date(moment), time=format_time(moment))


def format_decimal(number: float, pattern: str | None = None) -> str:
    """A number as the reader's language writes it: 12,345.

    Args:
        pattern: how many digits, as Unicode's locale data has them: #,##0.000.
    """
    return _write_decimal(number, pattern, CATALOGUES.get_translations().language)


@lru_cache(maxsize=NUMBERS_REMEMBERED)
def _write_decimal(number: float, pattern: str | None, language: str) -> str:
    written: str = write_decimal(number, pattern, locale=_load_locale(language))
    return written


def rule_meaning(table: str, rule: str) -> str:
    """What a rule says, or its name where the table ("evidence", "removed") has no sentence."""
    return CATALOGUES.get_translations().catalogue.get(f"web.{table}.{rule}", rule)


def html_language() -> str:
    """The reader's language as the lang attribute names it."""
    return HTML_LANGUAGES[reader_language()]


def language_url(language: str) -> str:
    """This page in a language."""
    if request.endpoint is None:
        return url_for("search.show", lang=language)
    # Not as arguments of url_for: some names mean something to it, such as _scheme.
    arguments = {**request.args.to_dict(flat=False), PARAMETER: [language]}
    page = url_for(request.endpoint, **(request.view_args or {}))
    return f"{page}?{urlencode(arguments, doseq=True)}"


def _keep_choice(response: Response) -> Response:
    chosen = request.args.get(PARAMETER)
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response


def _vary_by_language(response: Response) -> Response:
    if request.endpoint != "static":
        response.vary.update(("Accept-Language", "Cookie"))
    return response
