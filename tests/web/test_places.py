"""A place follows its folder; a web shows the places it was started for and no others."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bygd.web.places.models import Place
from bygd.web.places.register import register


@pytest.mark.django_db
def test_a_folder_that_was_moved_is_the_same_place(own_place: Any) -> None:
    moved = Path(own_place.folder).with_name("moved")
    shutil.move(own_place.folder, moved)
    assert register(moved).pk == own_place.pk
    assert Place.known.get().folder == str(moved)


@pytest.mark.django_db
def test_a_copy_is_another_place_and_only_what_is_named_is_shown(own_place: Any, settings: Any) -> None:
    copy = Path(own_place.folder).with_name("copy")
    shutil.copytree(own_place.folder, copy, symlinks=True)
    other = register(copy)
    assert other.pk != own_place.pk and other.slug != own_place.slug
    assert Place.objects.count() == 2
    settings.PLACES = str(copy)
    assert list(Place.objects.all()) == [other]
