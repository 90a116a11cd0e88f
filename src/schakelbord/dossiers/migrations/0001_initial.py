import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('bodies', '0001_initial'),
        ('showing', '0003_what_the_database_keeps'),
        ('stories', '0003_inuse'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=12, unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, unique=True)),
                ('summary', models.TextField(blank=True)),
                ('confidentiality', models.CharField(choices=[('table', 'this table'), ('meeting', 'this meeting'), ('bodies', 'the bodies'), ('public', 'public')], default='bodies', max_length=10)),
                ('retention', models.CharField(blank=True, max_length=60)),
                ('public_text', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='dossier_has_a_title'), models.CheckConstraint(condition=models.Q(('confidentiality__in', ['table', 'meeting', 'bodies', 'public'])), name='dossier_confidentiality_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('file', models.FileField(blank=True, upload_to='bronnen/')),
                ('publisher', models.CharField(blank=True, max_length=160)),
                ('published', models.DateField(blank=True, null=True)),
                ('licence', models.CharField(blank=True, max_length=80)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('confidentiality', models.CharField(choices=[('table', 'this table'), ('meeting', 'this meeting'), ('bodies', 'the bodies'), ('public', 'public')], default='bodies', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='dossiers.dossier')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='source_has_a_title'), models.CheckConstraint(condition=models.Q(('file', ''), ('url', ''), _negated=True), name='source_is_somewhere'), models.CheckConstraint(condition=models.Q(('file', ''), models.Q(('checksum', ''), _negated=True), _connector='OR'), name='source_file_has_a_checksum')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('question', models.CharField(max_length=300)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='dossiers.dossier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('dossier', 'title'), name='theme_once_in_a_dossier'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('question', ''), _negated=True)), name='theme_has_title_and_question')],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('gap', 'gap'), ('dilemma', 'dilemma')], max_length=8)),
                ('origin', models.CharField(choices=[('computed', 'computed from a story'), ('told', 'told in the room'), ('brought', 'brought in by a body')], max_length=8)),
                ('statement', models.CharField(max_length=300)),
                ('happened', models.TextField(blank=True)),
                ('stuck', models.CharField(blank=True, max_length=300)),
                ('tried', models.TextField(blank=True)),
                ('would_help', models.TextField(blank=True)),
                ('urgency', models.CharField(choices=[('now', 'now'), ('year', 'this year'), ('later', 'later')], default='year', max_length=5)),
                ('story', models.SlugField(blank=True, max_length=60)),
                ('finding', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'brought in'), ('accepted', 'taken up'), ('on_table', 'on the table'), ('harvested', 'harvested'), ('resolved', 'resolved'), ('returned', 'given back'), ('parked', 'kept for later')], default='draft', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='dossiers.dossier')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisations', models.ManyToManyField(blank=True, related_name='issues', to='bodies.organisation')),
                ('room_gap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='showing.roomgap')),
                ('story_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.storyversion')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='bodies.body')),
                ('themes', models.ManyToManyField(related_name='issues', to='dossiers.theme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='issue_says_something'), models.CheckConstraint(condition=models.Q(('kind__in', ['gap', 'dilemma'])), name='issue_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'accepted', 'on_table', 'harvested', 'resolved', 'returned', 'parked'])), name='issue_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'computed'), _negated=True), models.Q(models.Q(('story', ''), _negated=True), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='computed_issue_has_a_finding'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'told'), _negated=True), ('room_gap__isnull', False), _connector='OR'), name='told_issue_has_a_room_gap'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'parked']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='issue_back_or_kept_has_a_reason'), models.UniqueConstraint(condition=models.Q(('finding', ''), _negated=True), fields=('dossier', 'story', 'finding'), name='one_issue_a_finding'), models.UniqueConstraint(condition=models.Q(('room_gap__isnull', False)), fields=('room_gap',), name='one_issue_a_room_gap')],
            },
        ),
    ]
