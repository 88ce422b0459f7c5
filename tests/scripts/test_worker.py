"""The worker as a command, and beside a server."""

import os
import random
import signal
import threading

import pytest

from archive.intake import open_archive
from archive.settings import load_settings
from archive.uploading.reception import receive
from index.worker import worker_of
from scripts.bench.endurance import Inspector, Site, make_report, search_total, upload

MOMENTS = 1200
"""Times a twentieth of a second: a minute, on a machine that has other things to do."""


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path / "home", environment={})


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "home")
    yield site
    site.stop()


def owner_other_than(settings, pid):
    """The worker of the home, when it is another than this one; None stands for nobody."""
    pause = threading.Event()
    for _ in range(MOMENTS):
        owner = worker_of(settings)
        if (owner.pid if owner else None) != pid:
            return owner
        pause.wait(0.05)
    raise AssertionError(f"the worker is still {pid}")


def test_once_reads_what_waits_and_ends(zhengwen, settings):
    mark, content = make_report(random.Random(1))
    with open_archive(settings) as archive:
        receive([("a.txt", content), ("b.txt", b"")], archive)
    before = zhengwen("worker", "--status").stdout

    assert zhengwen("worker", "--once").exit_code == 0

    assert before == "No worker is running.\nwaiting: 1\nfailed: 1\n"
    after = zhengwen("worker", "--status").stdout
    assert after == "No worker is running.\nadded: 1\nfailed: 1\n"
    assert Inspector(settings.home).faults([mark]) == ["1 failed"]


def test_status_of_a_home_that_is_not_there_makes_none(zhengwen, settings):
    assert zhengwen("worker", "--status").exit_code == 1
    assert not settings.home.exists()


def test_a_second_worker_is_told_who_works(zhengwen, settings, site):
    worker = site.run("worker", "worker")
    worker.stdout.readline()

    second = zhengwen("worker")

    assert second.exit_code == 1
    assert f"{worker.pid}@" in second.stderr
    assert f"process {worker.pid} on" in zhengwen("worker", "--status").stdout


def test_a_worker_that_dies_beside_a_server_is_begun_again(settings, site):
    site.serve()
    first = owner_other_than(settings, None)

    os.kill(first.pid, signal.SIGKILL)

    second = owner_other_than(settings, first.pid) or owner_other_than(settings, None)
    assert second.pid != first.pid
    mark, content = make_report(random.Random(2))
    assert upload(site, [content]) == 202
    Inspector(settings.home).wait_until_worked_off()
    assert search_total(site.address, f"“{mark}”") == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_ends_with_its_server_and_leaves_no_lock(settings, site, how):
    site.serve()
    worker = owner_other_than(settings, None)

    site.processes["serve"].send_signal(how)
    site.processes["serve"].wait(timeout=60)

    assert owner_other_than(settings, worker.pid) is None


def test_the_worker_of_a_second_server_takes_over_when_the_first_server_ends(settings, site):
    site.serve()
    first = owner_other_than(settings, None)
    other = Site(settings.home)
    try:
        other.serve()
        site.stop()
        second = owner_other_than(settings, first.pid) or owner_other_than(settings, None)
        assert second.pid != first.pid
    finally:
        other.stop()
