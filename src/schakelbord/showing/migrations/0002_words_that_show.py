"""The words in which something of the room was shown, what it replaces, and how many wrong codes may still come."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was shown so far was shown as it stood, and no change was undone or redone by a later event we know of."""
    apps.get_model("showing", "Change").objects.update(last_seq=models.F("seq"))
    shown = apps.get_model("showing", "InboxItem").objects.filter(state__in=["shown", "merged"])
    shown.update(published=models.F("text"))


class Migration(migrations.Migration):

    dependencies = [
        ('showing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guesses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=64, unique=True)),
                ('left', models.FloatField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='inboxitem',
            name='inbox_state_is_known',
        ),
        migrations.AddField(
            model_name='change',
            name='last_seq',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='inboxitem',
            name='instead_of',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reworded', to='showing.inboxitem'),
        ),
        migrations.AddField(
            model_name='inboxitem',
            name='published',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AlterField(
            model_name='inboxitem',
            name='state',
            field=models.CharField(choices=[('new', 'new'), ('shown', 'shown to the room'), ('merged', 'merged'), ('parked', 'kept for later'), ('refused', 'not shown'), ('asked', 'asked for other words'), ('reworded', 'said in other words')], default='new', max_length=10),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('last_seq__gte', models.F('seq'))), name='change_goes_forward'),
        ),
        migrations.AddConstraint(
            model_name='inboxitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'shown', 'merged', 'parked', 'refused', 'asked', 'reworded'])), name='inbox_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='inboxitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), models.Q(('published', ''), _negated=True), _connector='OR'), name='shown_item_has_words'),
        ),
    ]
