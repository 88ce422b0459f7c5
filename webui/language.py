"""The reader's language, and every sentence of the pages in it.

The language is what the reader chose (the parameter lang, then a cookie that keeps the choice),
else what the browser asks for, else Chinese.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Flask, Response, request, url_for

from archive.texts import DEFAULT_LANGUAGE, LANGUAGES, load_catalogue, text

PARAMETER = "lang"
COOKIE = "zhengwen_language"
COOKIE_SECONDS = 365 * 24 * 3600

_KNOWN = "zhengwen_language"

HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def install(app: Flask) -> None:
    """Gives the templates t and the other functions of this module."""
    app.add_template_global(translate, "t")
    for function in (format_date, rule_meaning, html_language, reader_language, language_url):
        app.add_template_global(function)
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    app.after_request(_vary_by_language)
    app.after_request(_keep_choice)


def reader_language() -> str:
    """The language chosen, else asked for by the browser, else Chinese."""
    # Kept with the request: a page asks for it a hundred times.
    known: str | None = getattr(request, _KNOWN, None)
    if known is None:
        known = _find_language()
        setattr(request, _KNOWN, known)
    return known


def _find_language() -> str:
    for chosen in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)


def translate(key: str, **facts: object) -> str:
    """The sentence of a key in the reader's language, with its facts filled in."""
    return text(key, reader_language(), **facts)


def format_date(day: date) -> str:
    """A day as the reader's language writes it."""
    return translate("web.date", year=day.year, month=day.month, day=day.day)


def rule_meaning(table: str, rule: str) -> str:
    """What a rule says, or its name where the table ("evidence", "removed") has no sentence."""
    return load_catalogue(reader_language()).get(f"web.{table}.{rule}", rule)


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
