"""What the application does, counted for Prometheus. No label holds what anybody has typed."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
    multiprocess,
    values,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from archive.errors import EngineError, StoreError
from webui.holdings import Holdings, holdings_of
from webui.requests import route, seconds_so_far

pages = Blueprint("metrics", __name__)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SEARCH_ENDPOINTS = frozenset({"search.show", "api.find"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds."""

_REGISTRY = "zhengwen_metrics"


def install(app: Flask) -> None:
    """Counts every request of the application, in a registry of its own."""
    registry = CollectorRegistry()
    requests = Counter(
        "zhengwen_requests_total",
        "Requests answered.",
        ("method", "route", "status"),
        registry=registry,
    )
    seconds = Histogram(
        "zhengwen_request_seconds",
        "Seconds until a request was answered.",
        ("route",),
        registry=registry,
        buckets=BUCKETS,
    )
    searches = Counter(
        "zhengwen_searches_total",
        "Queries, by the status answered.",
        ("status",),
        registry=registry,
    )
    figures = registry
    if _is_one_of_several():
        # What is counted lies in files of all processes; memory and the like are each one's own.
        figures = CollectorRegistry()
    ProcessCollector(registry=figures)
    figures.register(_ArchiveCollector(holdings_of(app)))
    app.extensions[_REGISTRY] = figures

    def count(response: Response) -> Response:
        method = request.method if request.method in METHODS else "other"
        requests.labels(method, route(), str(response.status_code)).inc()
        seconds.labels(route()).observe(seconds_so_far())
        if request.endpoint in SEARCH_ENDPOINTS and request.args.get("q", "").strip():
            searches.labels(str(response.status_code)).inc()
        return response

    app.after_request(count)


@pages.get("/metrics")
def show() -> Response:
    """The figures in Prometheus's text format."""
    registry: CollectorRegistry = current_app.extensions[_REGISTRY]
    return Response(
        _of_all_processes() + generate_latest(registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


def _is_one_of_several() -> bool:
    """Whether PROMETHEUS_MULTIPROC_DIR was set when the process began."""
    return bool(getattr(values.ValueClass, "_multiprocess", False))


def _of_all_processes() -> bytes:
    """What all processes have counted, those that have ended too."""
    if not _is_one_of_several():
        return b""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


class _ArchiveCollector(Collector):
    """What the archive and its index hold when it is asked; what cannot be told is left out."""

    def __init__(self, held: Holdings) -> None:
        self._held = held

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """A family of figures each."""
        try:
            yield from self._archive()
            yield from self._index()
        except (StoreError, EngineError):
            # /readyz tells what is wrong; a figure that is missing is noticed, a wrong one is not.
            return

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing: the figures are not looked at before somebody asks."""
        return ()

    def _archive(self) -> Iterable[GaugeMetricFamily]:
        archive = self._held.archive
        yield _gauge("zhengwen_documents", "Documents.", len(archive.store.list_revisions()))
        yield _gauge("zhengwen_paragraphs", "Paragraphs.", archive.store.count_paragraphs())
        uploads = GaugeMetricFamily("zhengwen_uploads", "Uploaded files.", labels=("state",))
        for state, count in sorted(archive.uploads.count_states().items()):
            uploads.add_metric((state,), count)
        yield uploads

    def _index(self) -> Iterable[GaugeMetricFamily]:
        live = self._held.live
        name = live.builds.live_name()
        if name is None:
            return
        help_text = "Number of the live build of the index; one more with each rebuilding."
        yield _gauge("zhengwen_index_generation", help_text, int(name))
        held = len(live.engine().revisions())
        yield _gauge("zhengwen_index_documents", "Documents that a search finds.", held)


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=value)
