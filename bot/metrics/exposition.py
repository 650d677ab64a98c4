"""A reading in the words of Prometheus (https://prometheus.io/docs/instrumenting/writing_exporters/)."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.metrics.reading import Reading, Vitals
from bot.store.digests.outlook import Outlook

SORTS = ("application_command", "autocomplete", "component", "modal_submit")
FAILURES = ("refused", "gone", "unexpected")
"""Named from the start, so that a rate can be told when the first of them comes."""


class Exposition(Collector):
    """The text of one reading after another, each made when it is asked for: nothing is counted twice.

    A registry of its own, so that two programs in one process do not share it.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._reading: Reading | None = None
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def text(self, reading: Reading) -> bytes:
        """As Prometheus reads it."""
        self._reading = reading
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """Called by the registry."""
        if self._reading is None:
            return
        yield from _vitals(self._reading.vitals)
        outlook = self._reading.outlook
        yield GaugeMetricFamily("sitrep_database_up", "Whether the database answers", value=float(outlook is not None))
        if outlook is not None:
            yield from _outlook(outlook)


def _vitals(vitals: Vitals) -> Iterator[Metric]:
    yield _labelled("sitrep_build_info", "The version that runs; always 1", "version", {vitals.version: 1})
    yield _gauge("sitrep_start_time_seconds", "When it was started, since the epoch", vitals.started)
    yield _gauge("sitrep_gateway_up", "Whether the session with Discord stands", vitals.online)
    if vitals.latency is not None:
        yield _gauge("sitrep_gateway_latency_seconds", "Of the last heartbeat", vitals.latency)
    yield _gauge("sitrep_servers", "Servers that Sitrep is in", vitals.servers)
    yield _gauge("sitrep_facts", "Facts that answer everyone's questions", vitals.facts)
    yield _gauge("sitrep_scheduler_up", "Whether the scheduler looks at what is due", vitals.ticking)
    if vitals.last_tick is not None:
        yield _gauge("sitrep_scheduler_last_tick_seconds", "When it looked last, since the epoch", vitals.last_tick)
    answered = dict.fromkeys(SORTS, 0) | dict(vitals.answered)
    yield _counter("sitrep_answers", "Answers given, by the kind of interaction", "kind", answered)
    failed = dict.fromkeys(FAILURES, 0) | dict(vitals.failed)
    yield _counter("sitrep_failures", "Interactions that failed, by how", "kind", failed)


def _outlook(outlook: Outlook) -> Iterator[Metric]:
    digests, corrections = outlook.digests, outlook.corrections
    counts = {"active": digests.active, "paused": digests.paused}
    yield _labelled("sitrep_digests", "Digests, by whether they are at work", "state", counts)
    yield _gauge("sitrep_digests_due", "Digests whose time has come and that wait to be taken up", digests.due)
    yield _gauge("sitrep_digests_lag_seconds", "For how long the first of them has waited", digests.lag)
    yield _gauge("sitrep_slots_open", "Posts being worked on, or waiting for another attempt", digests.open)
    day = {"sent": digests.sent, "late": digests.late, "failed": digests.failed, "skipped": digests.skipped}
    yield _labelled(
        "sitrep_slots_last_day", "What became of posts in 24 hours; late ones are sent, too", "outcome", day
    )
    pending = {"edit": corrections.edits, "notice": corrections.notices}
    yield _labelled("sitrep_corrections_pending", "Corrections on their way to channels", "kind", pending)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=float(value))


def _labelled(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    metric = GaugeMetricFamily(name, about, labels=[label])
    for value, count in values.items():
        metric.add_metric([value], count)
    return metric


def _counter(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    metric = CounterMetricFamily(name, about, labels=[label])
    for value, count in values.items():
        metric.add_metric([value], count)
    return metric
