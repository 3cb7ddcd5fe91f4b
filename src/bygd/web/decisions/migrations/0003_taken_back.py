"""Whose something is can be taken back: a row without a kind, and then it needs no evidence."""

from django.db import migrations, models

from bygd.vocabulary.words import OwnershipKind


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_seats")]

    operations = [
        migrations.AlterField("classdecision", "kind", models.TextField(choices=OwnershipKind.choices(), null=True)),
        migrations.AlterField("classdecision", "evidence", models.TextField(null=True)),
    ]
