"""Each model says what its declared table says."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import models

from bygd.vocabulary.columns import Table
from bygd.web.decisions.together import MODELS
from bygd.workbench.decisions import DECIDED, ENTERED

KINDS = {
    str: models.TextField,
    int: models.IntegerField,
    float: models.FloatField,
    bool: models.BooleanField,
    Decimal: models.DecimalField,
    date: models.DateField,
    datetime: models.DateTimeField,
}


@pytest.mark.parametrize("table", DECIDED + ENTERED, ids=lambda table: table.__name__)
def test_a_model_has_the_columns_of_its_table(table: type[Table]) -> None:
    fields = [one for one in MODELS[table]._meta.get_fields() if one.name not in ("id", "place")]
    assert [one.name for one in fields] == list(table.columns())
    for one, column in zip(fields, table.columns().values(), strict=True):
        assert isinstance(one, KINDS[column.type]), one.name
        assert one.null == column.optional, one.name
        assert (one.choices or []) == (column.one_of.choices() if column.one_of else []), one.name
        assert not getattr(one, "auto_now", False) and not getattr(one, "auto_now_add", False), one.name
