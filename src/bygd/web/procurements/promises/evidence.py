"""Evidence: files that suppliers give, checked, kept under random names, handed out as downloads only."""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.procurements.promises import sniffing
from bygd.web.procurements.promises.models import FOLDER, Evidence, SupplierLink
from bygd.web.work import files, scanning
from bygd.workbench.promises import entering

MOST_BYTES = 15 << 20
MOST_FILES = 5
MOST_OF_A_CONTRACT = 300 << 20


def keep(
    place: Place, contract_key: str, uploads: "Sequence[UploadedFile[Any]]", by: Person | SupplierLink
) -> list[Evidence]:
    """Check files and keep them, the same content of a contract once. Raises InputError, and then keeps none."""
    if len(uploads) > MOST_FILES:
        raise InputError("Give at most {most} files at once.", most=MOST_FILES)
    finder = Finder(place.project.country.conventions())
    checked = [_checked(one, finder) for one in uploads]
    held = Evidence.objects.filter(place=place, contract_key=contract_key).aggregate(sum=Sum("size"))["sum"] or 0
    if held + sum(len(clean.content) for _name, clean, _given in checked) > MOST_OF_A_CONTRACT:
        raise InputError("There is no room for more files on this contract. Tell the buyer.")
    return [_stored(place, contract_key, name, clean, given, by) for name, clean, given in checked]


def _checked(upload: "UploadedFile[Any]", finder: Finder) -> tuple[str, sniffing.Clean, str]:
    name = files.safe(upload.name or "")
    if finder.inside(name):
        name = f"file.{name.rpartition('.')[2]}"
    if (upload.size or 0) > MOST_BYTES:
        raise InputError("{name} is larger than {number} MB. Make it smaller.", name=name, number=MOST_BYTES >> 20)
    content = upload.read(MOST_BYTES + 1)
    clean = sniffing.look(name, content)
    if any(finder.inside(text) for text in clean.texts):
        raise InputError(
            "{name} holds a personal identity number. People are counted here and never named: black it out, or give "
            "a list of numbers only.",
            name=name,
        )
    scanning.check(name, content)
    return name, clean, sha256(content).hexdigest()


def _stored(
    place: Place, contract_key: str, name: str, clean: sniffing.Clean, given: str, by: Person | SupplierLink
) -> Evidence:
    digest = sha256(clean.content).hexdigest()
    known = Evidence.objects.filter(place=place, contract_key=contract_key, sha256=digest).first()
    if known is not None:
        return known
    folder = Path(place.folder) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(folder).free < len(clean.content) + files.SPARE:
        raise InputError(files.FULL)
    stored = secrets.token_hex(16)
    descriptor = os.open(folder / stored, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(clean.content)
        opened.flush()
        os.fsync(opened.fileno())
    found, is_new = Evidence.objects.get_or_create(
        place=place,
        contract_key=contract_key,
        sha256=digest,
        defaults={
            "given_sha256": given,
            "stored": stored,
            "name": name,
            "kind": clean.kind,
            "size": len(clean.content),
            "link": by if isinstance(by, SupplierLink) else None,
            "given_by": by if isinstance(by, Person) else None,
        },
    )
    if not is_new:  # somebody gave the same just now
        (folder / stored).unlink(missing_ok=True)
    return found


def of(place: Place, contract_key: str) -> Callable[[Mapping[str, Any]], list[Evidence]]:
    """Gives the files of a report on that contract, by name; they are asked for once for all its reports."""
    held = {one.sha256: one for one in Evidence.objects.filter(place=place, contract_key=contract_key)}

    def files_of(row: Mapping[str, Any]) -> list[Evidence]:
        found = [held[digest] for digest in entering.evidence_of(row) if digest in held]
        return sorted(found, key=lambda one: (one.name, one.pk))

    return files_of


@needs(Right.PROCURE)
@require_safe
def download(request: PlaceRequest, number: int) -> FileResponse:
    """One file, as a download that no browser opens by itself."""
    found = get_object_or_404(Evidence, place=request.place, pk=number)
    try:
        opened = found.path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    log.record(request, "downloaded evidence", found.sha256[:12])
    answer = FileResponse(opened, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def sweep_all() -> None:
    """Remove such files of every place."""
    for place in Place.objects.all():
        sweep(place)


def sweep(place: Place) -> int:
    """Remove files that no row knows, whose giving was cut off; gives how many. Those of the last day stay."""
    folder = Path(place.folder) / FOLDER
    before = len(list(folder.iterdir())) if folder.exists() else 0
    files.sweep(folder, set(Evidence.objects.filter(place=place).values_list("stored", flat=True)))
    return before - (len(list(folder.iterdir())) if folder.exists() else 0)
