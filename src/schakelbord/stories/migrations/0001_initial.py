import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ModelVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('note', models.TextField(blank=True)),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=80, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='model_version_has_a_name'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='model_version_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='StoryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.SlugField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('returned_because', models.TextField(blank=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('model_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.modelversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('story', 'number'), name='story_version_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='story_version_has_a_name'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='story_version_by_four_eyes'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='story_version_published_after_approval')],
            },
        ),
    ]
