"""Files brought and jobs done within a test: no worker runs, the test does what it would do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

LEDGER = (
    "Rapport: Leverantörsfakturor;;;;;;\n"
    "Uttagen 2026-01-03;;;;;;\n"
    "Datum;Leverantör;Orgnr;Konto;Benämning;Belopp exkl moms;Summa inkl moms\n"
    "2025-01-03;Klintvall Vård AB;559999-0982;46300;Köp av vård;12 500,50;15 625,63\n"
    "2025-01-05;Anna Andersson;19850709-9805;46300;Handledning;1 200,00;1 500,00\n"
    "2025-01-07;;559999-0982;46300;Köp av vård;300,00;375,00\n"
    "2025-01-09;Norrkvist Vård AB;559999-1006;46300;Köp av vård;abc;\n"
    ";;;;;;\n"
    "Summa;;;;;14 000,50;\n"
).encode()
"""Two payments, one of them to a person; two rows that are lost, two that are not."""

CHOSEN = {
    "supplier": '["Leverantör"]',
    "amount": '["Belopp exkl moms"]',
    "paid_on": '["Datum"]',
    "org_number": '["Orgnr"]',
    "account": '["Konto"]',
}


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Where files lie until they are taken in."""
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def work(db: None) -> Callable[[], list[Any]]:
    """Does the jobs that wait, as the worker would, and those that they ask for; gives them."""

    def done() -> list[Any]:
        from bygd.web.work import jobs
        from bygd.web.work.models import Job

        found = []
        while (job := Job.objects.filter(state="queued").order_by("id").first()) is not None:
            jobs.run.call(job.pk)
            found.append(Job.objects.get(pk=job.pk))
        return found

    return done


@pytest.fixture
def bring(work: Callable[[], list[Any]]) -> Callable[..., Any]:
    """Brings a file and has it looked at: `bring(client, place, content, "a.csv", anchor="X")`; gives the import."""

    def made(client: Client, place: Any, content: bytes = LEDGER, name: str = "reskontra.csv", **said: str) -> Any:
        from bygd.web.work.models import Import

        kind = said.pop("kind", "ledger")
        form = {**said, "files": SimpleUploadedFile(name, content)}
        response = client.post(f"/p/{place.slug}/import/new/{kind}", form)
        assert response.status_code == 302, response.content.decode()[:2000]
        brought = Import.objects.order_by("-id")[0]
        work()
        brought.refresh_from_db()
        return brought

    return made
