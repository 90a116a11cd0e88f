import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('editor', '0001_initial'),
        ('live', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('story', models.SlugField(max_length=60)),
                ('story_content', models.TextField()),
                ('catalogue', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('prepared', 'prepared'), ('open', 'open'), ('ended', 'ended')], default='prepared', max_length=10)),
                ('join_code', models.CharField(blank=True, max_length=6)),
                ('code_until', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('planned_minutes', models.PositiveSmallIntegerField(default=50)),
                ('mode', models.CharField(choices=[('tell', 'tell'), ('build', 'build'), ('table', 'table talk'), ('pause', 'break')], default='tell', max_length=8)),
                ('scene', models.PositiveSmallIntegerField(default=0)),
                ('beat', models.PositiveSmallIntegerField(default=0)),
                ('day', models.PositiveSmallIntegerField(default=0)),
                ('is_black', models.BooleanField(default=False)),
                ('spotlight', models.CharField(blank=True, max_length=200)),
                ('gap', models.CharField(blank=True, max_length=200)),
                ('repairs', models.JSONField(default=list)),
                ('shows_count', models.BooleanField(default=True)),
                ('may_recognise', models.BooleanField(default=True)),
                ('may_add', models.BooleanField(default=True)),
                ('question_until', models.DateTimeField(blank=True, null=True)),
                ('notes', models.JSONField(default=dict)),
                ('kept_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editor.draft')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='session', to='live.room')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='session_has_a_title'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'open', 'ended'])), name='session_state_is_known'), models.CheckConstraint(condition=models.Q(('mode__in', ['tell', 'build', 'table', 'pause'])), name='session_mode_is_known'), models.UniqueConstraint(condition=models.Q(('join_code', ''), _negated=True), fields=('join_code',), name='one_session_a_code'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_at__isnull', False), ('join_code', '')), _connector='OR'), name='ended_session_has_no_code')],
            },
        ),
        migrations.CreateModel(
            name='RoomGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('computed', models.CharField(blank=True, max_length=200)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(blank=True, choices=[('border', 'no handover'), ('no_ground', 'no legal ground'), ('unowned', "nobody's task"), ('no_feedback', 'no word back'), ('late', 'waiting list'), ('practice', 'not known or not done'), ('no_channel', 'no channel')], max_length=16)),
                ('between_from', models.CharField(blank=True, max_length=200)),
                ('between_to', models.CharField(blank=True, max_length=200)),
                ('sentence', models.CharField(blank=True, max_length=90)),
                ('knowledge', models.CharField(blank=True, choices=[('law', 'from a law'), ('figure', 'from a figure'), ('practice', 'from practice'), ('suspicion', 'I suspect it')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('layer', models.CharField(blank=True, choices=[('uitvoering', 'front line'), ('beleid', 'policy'), ('bestuur', 'administration')], max_length=12)),
                ('field', models.CharField(blank=True, choices=[('education', 'education'), ('municipality', 'municipality'), ('police', 'police and justice'), ('care', 'care'), ('youth', 'youth and family'), ('other', 'something else')], max_length=14)),
                ('from_presenter', models.BooleanField(default=False)),
                ('scene', models.PositiveSmallIntegerField(default=0)),
                ('beat', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('submitted', 'brought in'), ('visible', 'visible'), ('recognised', 'recognised'), ('in_talk', 'in talk'), ('assigned', 'placed with a body'), ('closed', 'closed'), ('accepted', 'accepted as it is')], default='visible', max_length=10)),
                ('body', models.CharField(blank=True, max_length=200)),
                ('is_new_body', models.BooleanField(default=False)),
                ('action', models.CharField(blank=True, max_length=200)),
                ('due', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('counted', models.JSONField(default=dict)),
                ('in_story', models.BooleanField(default=False)),
                ('removed', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'key'), name='room_gap_has_own_key'), models.UniqueConstraint(condition=models.Q(('computed', ''), _negated=True), fields=('session', 'computed'), name='one_life_a_computed_gap'), models.CheckConstraint(condition=models.Q(('computed', ''), ('sentence', ''), _negated=True), name='a_told_gap_says_something'), models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'visible', 'recognised', 'in_talk', 'assigned', 'closed', 'accepted'])), name='room_gap_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'assigned'), _negated=True), models.Q(models.Q(('body', ''), _negated=True), models.Q(('action', ''), _negated=True), ('due__isnull', False)), _connector='OR'), name='placed_gap_has_body_action_and_date'), models.CheckConstraint(condition=models.Q(models.Q(('is_new_body', True), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_new_body_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='accepted_gap_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=24)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('layer', models.CharField(blank=True, choices=[('uitvoering', 'front line'), ('beleid', 'policy'), ('bestuur', 'administration')], max_length=12)),
                ('field', models.CharField(blank=True, choices=[('education', 'education'), ('municipality', 'municipality'), ('police', 'police and justice'), ('care', 'care'), ('youth', 'youth and family'), ('other', 'something else')], max_length=14)),
                ('joined_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'key'), name='participant_has_own_key'), models.UniqueConstraint(condition=models.Q(('device', ''), _negated=True), fields=('session', 'device'), name='a_device_joins_once')],
            },
        ),
        migrations.CreateModel(
            name='InboxItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('gap', 'gap'), ('addition', 'addition to a gap'), ('missing', 'who was missing'), ('cause', 'why this happens'), ('question', 'question')], max_length=10)),
                ('text', models.CharField(max_length=600)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('told_kind', models.CharField(blank=True, choices=[('border', 'no handover'), ('no_ground', 'no legal ground'), ('unowned', "nobody's task"), ('no_feedback', 'no word back'), ('late', 'waiting list'), ('practice', 'not known or not done'), ('no_channel', 'no channel')], max_length=16)),
                ('between_from', models.CharField(blank=True, max_length=200)),
                ('between_to', models.CharField(blank=True, max_length=200)),
                ('knowledge', models.CharField(blank=True, choices=[('law', 'from a law'), ('figure', 'from a figure'), ('practice', 'from practice'), ('suspicion', 'I suspect it')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('scene', models.PositiveSmallIntegerField(default=0)),
                ('beat', models.PositiveSmallIntegerField(default=0)),
                ('flags', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('new', 'new'), ('shown', 'shown to the room'), ('merged', 'merged'), ('parked', 'kept for later'), ('refused', 'not shown'), ('asked', 'asked for other words')], default='new', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('merged_into', models.CharField(blank=True, max_length=200)),
                ('merged_texts', models.JSONField(default=list)),
                ('in_story', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='showing.participant')),
                ('gap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='showing.roomgap')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inbox', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'key'), name='inbox_item_has_own_key'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='inbox_item_says_something'), models.CheckConstraint(condition=models.Q(('state__in', ['new', 'shown', 'merged', 'parked', 'refused', 'asked'])), name='inbox_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_item_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), _negated=True), models.Q(('merged_into', ''), _negated=True), _connector='OR'), name='merged_item_says_into_what')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('rows', models.JSONField()),
                ('is_undone', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'seq'), name='one_change_an_event')],
            },
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('question', models.CharField(max_length=200)),
                ('options', models.JSONField()),
                ('is_open', models.BooleanField(default=True)),
                ('chosen', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('came_from', models.JSONField(default=dict)),
                ('removed', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'key'), name='branch_has_own_key'), models.UniqueConstraint(condition=models.Q(('is_open', True), ('removed', False)), fields=('session',), name='one_open_branch_a_session'), models.CheckConstraint(condition=models.Q(('chosen__isnull', True), ('chosen__in', [0, 1]), _connector='OR'), name='branch_has_two_ways')],
            },
        ),
        migrations.CreateModel(
            name='Addition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('organisation', 'organisation'), ('channel', 'channel'), ('doll', 'doll'), ('question', 'question')], max_length=12)),
                ('data', models.JSONField()),
                ('scene', models.PositiveSmallIntegerField()),
                ('beat', models.PositiveSmallIntegerField()),
                ('in_story', models.BooleanField(default=False)),
                ('removed', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='showing.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'key'), name='addition_has_own_key'), models.CheckConstraint(condition=models.Q(('kind__in', ['organisation', 'channel', 'doll', 'question'])), name='addition_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='BranchVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('option', models.PositiveSmallIntegerField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='showing.branch')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='showing.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('branch', 'participant'), name='one_vote_a_branch'), models.CheckConstraint(condition=models.Q(('option__in', [0, 1])), name='vote_for_one_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Recognition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='showing.participant')),
                ('gap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='showing.roomgap')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('gap', 'participant'), name='recognised_once')],
            },
        ),
    ]
