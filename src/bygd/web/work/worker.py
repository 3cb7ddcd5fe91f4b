"""The worker: a process beside the web that does the jobs, a lane each for files, builds and what is fetched."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PARENT = "BYGD_WORKER_OF"
"""Environment variable with the process whose child the worker is; it ends when that process does."""
LOOKS = 0.3
"""Seconds between two looks into the queue."""
PATIENCE = 5
"""Seconds that work has to end by itself once somebody asked for it."""
COMMAND = [sys.executable, "-m", "bygd.web.work.worker"]


def main() -> None:
    """Do jobs until ended. Where another worker of this installation runs, wait until it is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bygd.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from filelock import FileLock

    # Work that is cut off is taken up again by the next worker, so there is nothing to bring to an end.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))
    if hasattr(os, "nice"):
        os.nice(max(0, 5 - os.nice(0)))  # pages go first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with FileLock(settings.STATE / "worker.lock"):
        _run_lanes()


def is_running() -> bool:
    """Whether a worker of this installation is at work."""
    from django.conf import settings
    from filelock import FileLock, Timeout

    try:
        with FileLock(settings.STATE / "worker.lock", timeout=0):
            return False
    except Timeout:
        return True


def _run_lanes() -> None:
    from bygd.web.work import clock, jobs

    threading.Thread(target=clock.run, daemon=True).start()
    lanes = [threading.Thread(target=_lane, args=(name,)) for name in dict.fromkeys(jobs.LANE.values())]
    for lane in lanes:
        lane.daemon = True
        lane.start()
    asked: dict[int, float] = {}
    while all(lane.is_alive() for lane in lanes):
        time.sleep(1)
        deaf = _deaf(asked)
        if deaf:
            _begin_again(deaf)
    os._exit(1)  # a lane died of its database; a new worker may find it again


def _deaf(asked: dict[int, float]) -> list[int]:
    """Jobs that somebody asked to stop and that do not, being in a long step; `asked` keeps since when."""
    from django.db import close_old_connections

    from bygd.web.work.models import Job
    from bygd.web.work.words import JobState

    close_old_connections()
    running = Job.objects.filter(state=JobState.RUNNING.value, cancel_requested=True)
    now = time.monotonic()
    return [number for number in running.values_list("pk", flat=True) if now - asked.setdefault(number, now) > PATIENCE]


def _begin_again(deaf: list[int]) -> None:
    """End those jobs with this process, and be a worker anew; what else ran is begun again and is not to blame."""
    from django.db.models import F
    from django.utils import timezone

    from bygd.web.work.models import Job
    from bygd.web.work.words import JobState

    running = Job.objects.filter(state=JobState.RUNNING.value)
    running.filter(pk__in=deaf).update(state=JobState.CANCELLED.value, ended_at=timezone.now())
    running.filter(attempts__gt=0).update(attempts=F("attempts") - 1)
    os.execv(sys.executable, COMMAND)  # noqa: S606 — itself


def _lane(name: str) -> None:
    from django_tasks_db.management.commands.db_worker import Worker

    from bygd.web.work import jobs

    jobs.recover(name)
    Worker(
        queue_names=[name],
        interval=LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{name}-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def _end_with_parent() -> None:
    parent = os.environ.get(PARENT)
    while parent and os.name == "posix" and os.getppid() == int(parent):
        time.sleep(1)
    if parent and os.name == "posix":
        os._exit(0)


@contextmanager
def beside() -> Iterator[None]:
    """A worker as a child of this process: started again when it dies, ended when this ends."""
    ending = threading.Event()
    child: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not ending.is_set():
            child[:] = [
                subprocess.Popen([sys.executable, "-m", __name__], env={**os.environ, PARENT: str(os.getpid())})
            ]
            while child[0].poll() is None and not ending.wait(LOOKS):
                pass
            ending.wait(1)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join(5)
        for process in child:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    main()
