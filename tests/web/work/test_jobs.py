"""Jobs: one build at a time, stopped, begun again after a death, failed with what to do; who may watch them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ANCHOR = "Fyrhamns kommun"


@pytest.fixture
def analyst(own_place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(own_place, "analyst")


def builds(place: Any) -> Any:
    from bygd.web.work.models import Job

    return Job.objects.filter(place=place, kind="build")


def test_a_build_is_asked_for_done_and_listed(own_place: Any, analyst: Client, work: Callable[[], list[Any]]) -> None:
    address = f"/p/{own_place.slug}/builds/"
    assert "Build now" in analyst.get(address).content.decode()
    analyst.post(f"{address}start")
    assert "A build is under way" in analyst.get(address).content.decode()
    analyst.post(f"{address}start")
    assert builds(own_place).count() == 1, "one that waits is enough"
    (job,) = work()
    assert job.state == "done" and job.attempts == 1 and job.started_at <= job.ended_at
    listed = analyst.get(address).content.decode()
    assert f"snapshot {job.result['snapshot']}" in listed and "Build now" in listed


def test_progress_is_told_and_the_page_is_asked_for_anew_at_the_end(
    own_place: Any, analyst: Client, work: Callable[[], list[Any]]
) -> None:
    from bygd.web.work.models import Job

    analyst.post(f"/p/{own_place.slug}/builds/start")
    job = builds(own_place).get()
    address = f"/p/{own_place.slug}/jobs/{job.pk}/progress"
    assert "its worker is not running" in analyst.get(address).content.decode()
    Job.objects.filter(pk=job.pk).update(state="running", step="Reading ledgers", done=3, total=42)
    told = analyst.get(address).content.decode()
    assert "Reading ledgers" in told and 'max="42" value="3"' in told and "3 of 42" in told
    Job.objects.filter(pk=job.pk).update(state="queued")
    work()
    assert analyst.get(address).headers["HX-Refresh"] == "true"


def test_one_that_waits_is_stopped_at_once(own_place: Any, analyst: Client, work: Callable[[], list[Any]]) -> None:
    analyst.post(f"/p/{own_place.slug}/builds/start")
    job = builds(own_place).get()
    analyst.post(f"/p/{own_place.slug}/jobs/{job.pk}/stop")
    assert work() == []
    job.refresh_from_db()
    assert job.state == "cancelled" and job.attempts == 0


def test_one_that_runs_is_stopped_at_its_next_step(
    own_place: Any, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bygd.web.work import jobs
    from bygd.web.work.models import Job
    from bygd.workbench import snapshot

    before = snapshot.current(own_place.project).id
    own_place.project.ledgers  # noqa: B018 — it can be read
    (Path(own_place.folder) / "bygd.toml").write_text(
        (Path(own_place.folder) / "bygd.toml").read_text().replace('local_by = "seat"', 'local_by = "either"')
    )
    analyst.post(f"/p/{own_place.slug}/builds/start")
    job = builds(own_place).get()
    monkeypatch.setattr(jobs, "OFTEN", 0)
    telling = jobs.telling

    def stopping(one: Any) -> Any:
        told = telling(one)

        def seen(step: str, done: int, total: int) -> None:
            if step == "Measuring":
                analyst.post(f"/p/{own_place.slug}/jobs/{one.pk}/stop")
            told(step, done, total)

        return seen

    monkeypatch.setattr(jobs, "telling", stopping)
    jobs.run.call(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert job.state == "cancelled" and job.step == "Measuring"
    assert snapshot.current(own_place.project).id == before, "the last snapshot stays"
    monkeypatch.undo()
    analyst.post(f"/p/{own_place.slug}/builds/start")
    jobs.run.call(builds(own_place).first().pk)
    assert builds(own_place).first().state == "done", "the next goes on from what was made"


def test_what_ran_when_the_worker_died_is_begun_again_but_not_for_ever(own_place: Any, analyst: Client) -> None:
    from django_tasks_db.models import DBTaskResult

    from bygd.web.work import jobs
    from bygd.web.work.models import Job

    analyst.post(f"/p/{own_place.slug}/builds/start")
    job = builds(own_place).get()
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1)
    DBTaskResult.objects.update(status="RUNNING")
    jobs.recover(jobs.FILES)
    assert Job.objects.get(pk=job.pk).state == "running", "another lane's work is left alone"
    jobs.recover(jobs.BUILDS)
    assert Job.objects.get(pk=job.pk).state == "queued"
    assert [list(one.args_kwargs["args"]) for one in DBTaskResult.objects.filter(status="READY")] == [[job.pk]]
    Job.objects.filter(pk=job.pk).update(attempts=jobs.MOST_ATTEMPTS)
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed" and "worker died each time" in job.error


def test_a_job_is_done_once_even_where_it_is_asked_for_twice(own_place: Any, analyst: Client) -> None:
    from bygd.web.work import jobs

    analyst.post(f"/p/{own_place.slug}/builds/start")
    job = builds(own_place).get()
    jobs.run.call(job.pk)
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_build_that_fails_says_what_to_do(own_place: Any, analyst: Client, work: Callable[[], list[Any]]) -> None:
    file = own_place.project.ledgers[0].files[0]
    (Path(own_place.folder) / file).unlink()
    analyst.post(f"/p/{own_place.slug}/builds/start")
    (job,) = work()
    assert job.state == "failed"
    for path in ("builds/", ""):
        shown = analyst.get(f"/p/{own_place.slug}/{path}").content.decode()
        assert f"bygd.toml names {file}, which is not there. Put the file back or remove its entry." in shown


def test_who_may_start_watch_and_stop_a_build(
    own_place: Any, analyst: Client, signed_in: Callable[..., Client]
) -> None:
    reader, boss, member = (
        signed_in(own_place, "reader"),
        signed_in(own_place, "administrator"),
        signed_in(own_place, anchors=[ANCHOR]),
    )
    stranger, start = signed_in(), f"/p/{own_place.slug}/builds/start"
    for one, status in ((reader, 403), (boss, 403), (member, 403), (stranger, 404)):
        assert one.post(start).status_code == status
    assert not builds(own_place).exists()
    analyst.post(start)
    job = builds(own_place).get()
    for one, status in ((reader, 403), (boss, 403), (member, 403), (stranger, 404)):
        assert one.post(f"/p/{own_place.slug}/jobs/{job.pk}/stop").status_code == status
    for one, status in ((reader, 200), (member, 200), (stranger, 404)):
        assert one.get(f"/p/{own_place.slug}/jobs/{job.pk}/progress").status_code == status
        assert one.get(f"/p/{own_place.slug}/builds/").status_code == status
    assert "Build now" not in reader.get(f"/p/{own_place.slug}/builds/").content.decode()
    assert reader.get(start).status_code in (403, 405)


def test_a_build_waits_while_somebody_builds_at_a_terminal(
    own_place: Any, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    from bygd.web.work import jobs
    from bygd.workbench import build

    monkeypatch.setattr(jobs, "OFTEN", 0)
    analyst.post(f"/p/{own_place.slug}/builds/start")
    job, telling, lock = builds(own_place).get(), jobs.telling, FileLock(own_place.project.state / build.LOCK)
    steps: list[str] = []

    def releasing(one: Any) -> Any:
        told = telling(one)

        def seen(step: str, done: int, total: int) -> None:
            steps.append(step)
            lock.release(force=True)
            told(step, done, total)

        return seen

    monkeypatch.setattr(jobs, "telling", releasing)
    with lock:
        jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and steps[0] == "Another build of this place is running"
