import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('live', '0002_append_only'),
        ('stories', '0002_versions_never_change'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.CharField(max_length=60)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('content', models.TextField()),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('template', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('put_away_at', models.DateTimeField(blank=True, null=True)),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.storyversion')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='live.room')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('story', ''), _negated=True), name='draft_has_a_story')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField()),
                ('kind', models.CharField(choices=[('do', 'Do'), ('undo', 'Undo'), ('redo', 'Redo')], max_length=4)),
                ('done', models.TextField()),
                ('takes_back', models.TextField(blank=True)),
                ('is_undone', models.BooleanField(default=False)),
                ('may_redo', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='editor.change')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='editor.draft')),
            ],
            options={
                'ordering': ['seq'],
                'constraints': [models.UniqueConstraint(fields=('draft', 'seq'), name='change_once_in_its_place'), models.CheckConstraint(condition=models.Q(('kind__in', ['do', 'undo', 'redo'])), name='change_kind_is_known'), models.CheckConstraint(condition=models.Q(('kind', 'do'), ('of__isnull', False), _connector='OR'), name='change_knows_what_it_undoes')],
            },
        ),
        migrations.CreateModel(
            name='AtWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(blank=True, max_length=120)),
                ('seen_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='at_work', to='editor.draft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'user'), name='at_work_once')],
            },
        ),
    ]
