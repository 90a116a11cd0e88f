import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('bodies', '0002_kept'),
        ('dossiers', '0002_kept'),
        ('live', '0002_append_only'),
        ('showing', '0003_what_the_database_keeps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=24)),
                ('pseudonym', models.CharField(blank=True, max_length=120)),
                ('function', models.CharField(blank=True, max_length=120)),
                ('layer', models.CharField(choices=[('official', 'official'), ('administrative', 'administrative'), ('both', 'both layers'), ('experience', 'own experience')], max_length=16)),
                ('reply', models.CharField(choices=[('none', 'no answer yet'), ('yes', 'comes'), ('no', 'does not come')], default='none', max_length=4)),
                ('reply_note', models.CharField(blank=True, max_length=300)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('prefers', models.JSONField(default=list)),
                ('needs_accessible', models.BooleanField(default=False)),
                ('present_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='bodies.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='bodies.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='bodies.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('pseudonym', ''), _negated=True), _connector='OR'), name='attendance_has_person_or_pseudonym'), models.CheckConstraint(condition=models.Q(('layer__in', ['official', 'administrative', 'both', 'experience'])), name='attendance_layer_is_known'), models.CheckConstraint(condition=models.Q(('reply__in', ['none', 'yes', 'no'])), name='reply_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Convening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convenings', to='bodies.body')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', False), _connector='OR'), name='convening_agreed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('zone', models.CharField(default='Europe/Amsterdam', max_length=40)),
                ('state', models.CharField(choices=[('draft', 'being prepared'), ('convened', 'convened'), ('open', 'open'), ('closed', 'closed'), ('adopted', 'adopted'), ('archived', 'archived')], default='draft', max_length=9)),
                ('note', models.TextField(blank=True)),
                ('join_code', models.CharField(blank=True, max_length=6)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('adopted_at', models.DateTimeField(blank=True, null=True)),
                ('minutes_hash', models.CharField(blank=True, max_length=64)),
                ('vote_salt', models.CharField(blank=True, max_length=64)),
                ('shown', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('bodies', models.ManyToManyField(related_name='meetings', through='meetings.Convening', to='bodies.body')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='dossiers.dossier')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='live.room')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='meeting_has_a_title'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'convened', 'open', 'closed', 'adopted', 'archived'])), name='meeting_state_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('join_code', ''), _negated=True), fields=('join_code',), name='one_meeting_a_code'), models.CheckConstraint(condition=models.Q(('join_code', ''), ('state', 'open'), _connector='OR'), name='only_an_open_meeting_has_a_code'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['closed', 'adopted', 'archived']), _negated=True), models.Q(('closed_at__isnull', False), ('vote_salt', '')), _connector='OR'), name='closed_meeting_says_when_and_forgets_who_voted'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['adopted', 'archived']), _negated=True), models.Q(('adopted_at__isnull', False), models.Q(('minutes_hash', ''), _negated=True)), _connector='OR'), name='adopted_minutes_have_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invitation', 'invitation'), ('reminder', 'reminder'), ('change', 'change'), ('cancelled', 'cancelled'), ('outcome', 'what became of it')], max_length=10)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'goes out soon'), ('sending', 'is being sent'), ('sent', 'sent'), ('failed', 'could not be sent'), ('unsure', 'perhaps sent'), ('needless', 'no longer needed')], default='waiting', max_length=8)),
                ('language', models.CharField(default='nl', max_length=2)),
                ('due_at', models.DateTimeField()),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='meetings.attendance')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='meetings.meeting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['invitation', 'reminder', 'change', 'cancelled', 'outcome'])), name='letter_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'failed', 'unsure', 'needless'])), name='letter_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_letter_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intakes', to='meetings.meeting')),
            ],
        ),
        migrations.AddField(
            model_name='convening',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convenings', to='meetings.meeting'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='meetings.meeting'),
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('plenary', 'all together'), ('story', 'a story on the stage'), ('pitch', 'pitch'), ('table_round', 'talk at the tables'), ('harvest', 'harvest'), ('decision', 'decision'), ('pause', 'break')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('presenter', models.CharField(blank=True, max_length=120)),
                ('story', models.SlugField(blank=True, max_length=60)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='showing.session')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='meetings.meeting')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'order'), name='agenda_has_an_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['plenary', 'story', 'pitch', 'table_round', 'harvest', 'decision', 'pause'])), name='agenda_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('minutes__gte', 1)), name='agenda_item_has_title_and_time'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('started_at__isnull', False)), fields=('meeting',), name='one_agenda_item_at_a_time'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('started_at__isnull', False), _connector='OR'), name='agenda_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='SeatingProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', 'being worked out'), ('ready', 'ready'), ('impossible', 'not possible'), ('failed', 'not found'), ('taken', 'taken over')], default='running', max_length=10)),
                ('rounds', models.JSONField(default=list)),
                ('plan', models.JSONField(default=list)),
                ('words', models.JSONField(default=dict)),
                ('progress', models.FloatField(default=0)),
                ('stop', models.BooleanField(default=False)),
                ('cost', models.IntegerField(blank=True, null=True)),
                ('proven', models.BooleanField(default=False)),
                ('seconds', models.FloatField(default=0)),
                ('beat_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='meetings.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Table',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('question', models.CharField(blank=True, max_length=300)),
                ('pitch_title', models.CharField(blank=True, max_length=160)),
                ('pitch_text', models.TextField(blank=True)),
                ('pitch_minutes', models.PositiveSmallIntegerField(default=5)),
                ('openers', models.JSONField(default=list)),
                ('capacity', models.PositiveSmallIntegerField(default=8)),
                ('least', models.PositiveSmallIntegerField(default=3)),
                ('is_accessible', models.BooleanField(default=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('is_fixed', models.BooleanField(default=False)),
                ('host_pin', models.CharField(blank=True, max_length=6)),
                ('phase', models.CharField(default='pitch', max_length=10)),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosts', to='meetings.attendance')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='meetings.meeting')),
                ('pitch_source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pitches', to='dossiers.source')),
                ('pitcher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pitches', to='meetings.attendance')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='dossiers.theme')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='table_has_own_number'), models.CheckConstraint(condition=models.Q(('host__isnull', True), ('pitcher__isnull', True), models.Q(('host', models.F('pitcher')), _negated=True), _connector='OR'), name='host_and_pitcher_are_two_people'), models.CheckConstraint(condition=models.Q(('capacity__gte', models.F('least')), ('capacity__lte', 40), ('least__gte', 1)), name='table_has_sensible_size'), models.UniqueConstraint(condition=models.Q(('host__isnull', False)), fields=('meeting', 'host'), name='a_host_has_one_table'), models.CheckConstraint(condition=models.Q(('phase__in', ['pitch', 'talk', 'group', 'harvest', 'readback'])), name='table_phase_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='meetings.attendance')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='meetings.agendaitem')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='meetings.table')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'attendance'), name='one_seat_a_round')],
            },
        ),
        migrations.CreateModel(
            name='TableIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='table_issues', to='dossiers.issue')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='table_issues', to='meetings.table')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('table', 'issue'), name='an_issue_lies_once_on_a_table')],
            },
        ),
        migrations.AddField(
            model_name='table',
            name='issues',
            field=models.ManyToManyField(related_name='tables', through='meetings.TableIssue', to='dossiers.issue'),
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('apart', 'not at one table'), ('together', 'at one table')], max_length=8)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='meetings.meeting')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'one', 'other'), name='one_wish_a_pair'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_wish_is_about_two_people_in_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['apart', 'together'])), name='wish_kind_is_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='convening',
            constraint=models.UniqueConstraint(fields=('meeting', 'body'), name='a_body_convenes_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'key'), name='attendance_has_own_key'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('meeting', 'person'), name='a_person_takes_part_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('device', ''), _negated=True), fields=('meeting', 'device'), name='a_device_is_one_attendance'),
        ),
    ]
