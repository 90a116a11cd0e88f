import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0002_kept'),
        ('meetings', '0002_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=80)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='meetings.table')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'key'), name='group_has_own_key'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='group_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('text', models.CharField(max_length=1000)),
                ('kind', models.CharField(choices=[('experience', 'Experience'), ('fact', 'Fact'), ('assumption', 'Assumption'), ('wish', 'Wish')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('mode', models.CharField(choices=[('named', 'with my name'), ('table_only', 'from this table'), ('anonymous', 'without a name')], max_length=10)),
                ('layer', models.CharField(blank=True, choices=[('official', 'official'), ('administrative', 'administrative'), ('both', 'both layers'), ('experience', 'own experience')], max_length=16)),
                ('own', models.CharField(blank=True, max_length=64)),
                ('from_paper', models.BooleanField(default=False)),
                ('asked', models.BooleanField(default=False)),
                ('is_held', models.BooleanField(default=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('flags', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('noted', 'noted'), ('used', 'used in the harvest'), ('merged', 'merged'), ('set_aside', 'set aside'), ('hidden', 'hidden')], default='noted', max_length=9)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='meetings.attendance')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='meetings.agendaitem')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='tables.contribution')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='meetings.table')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='tables.group')),
            ],
            options={
                'indexes': [models.Index(fields=['table', 'item', 'order'], name='tables_cont_table_i_f702a6_idx')],
                'constraints': [models.UniqueConstraint(fields=('table', 'key'), name='contribution_has_own_key'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='contribution_says_something'), models.CheckConstraint(condition=models.Q(('kind__in', ['experience', 'fact', 'assumption', 'wish'])), name='contribution_kind_is_known'), models.CheckConstraint(condition=models.Q(('mode__in', ['named', 'table_only', 'anonymous'])), name='contribution_mode_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['noted', 'used', 'merged', 'set_aside', 'hidden'])), name='contribution_state_is_known'), models.CheckConstraint(condition=models.Q(('mode', 'named'), ('author__isnull', True), _connector='OR'), name='only_a_named_contribution_has_an_author'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'named'), _negated=True), ('author__isnull', False), _connector='OR'), name='a_named_contribution_has_an_author'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fact'), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='a_fact_has_a_source'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['hidden', 'set_aside']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='hidden_or_set_aside_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', False), _connector='OR'), name='merged_contribution_says_into_what'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='never_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='Harvest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('assignment', models.CharField(blank=True, max_length=400)),
                ('readback_note', models.CharField(blank=True, max_length=600)),
                ('contested_because', models.CharField(blank=True, max_length=600)),
                ('contested_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('read_back', 'read out'), ('confirmed', 'confirmed'), ('contested', 'goes to everybody')], default='draft', max_length=9)),
                ('read_back_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('addressees', models.ManyToManyField(blank=True, related_name='harvests', to='bodies.body')),
                ('contributions', models.ManyToManyField(blank=True, related_name='harvests', to='tables.contribution')),
                ('host_confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                ('pitcher_confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance')),
                ('table', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='harvest', to='meetings.table')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.attendance')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'read_back', 'confirmed', 'contested'])), name='harvest_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('assignment', ''), _negated=True), _connector='OR'), name='read_out_harvest_has_an_assignment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_at__isnull', False), ('host_confirmed_by__isnull', False), ('pitcher_confirmed_by__isnull', False), models.Q(('host_confirmed_by', models.F('pitcher_confirmed_by')), _negated=True)), _connector='OR'), name='harvest_confirmed_by_host_and_pitcher'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'contested'), _negated=True), models.Q(models.Q(('contested_because', ''), _negated=True), ('contested_at__isnull', False)), _connector='OR'), name='contested_harvest_says_why_and_when')],
            },
        ),
        migrations.CreateModel(
            name='DesiredResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=400)),
                ('for_whom', models.CharField(blank=True, max_length=160)),
                ('by_when', models.DateField(blank=True, null=True)),
                ('seen_by', models.CharField(blank=True, max_length=300)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('baseline', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('removed', models.BooleanField(default=False)),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='tables.harvest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('harvest', 'key'), name='result_has_own_key'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='result_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('text', models.CharField(max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=6)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('contributions', models.ManyToManyField(blank=True, related_name='statements', to='tables.contribution')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='meetings.meeting')),
                ('table', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='meetings.table')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'key'), name='statement_has_own_key'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='statement_says_something'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed'])), name='statement_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('opened_at__isnull', False), _connector='OR'), name='opened_statement_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=64)),
                ('value', models.SmallIntegerField()),
                ('layer', models.CharField(choices=[('official', 'official'), ('administrative', 'administrative'), ('both', 'both layers'), ('experience', 'own experience')], max_length=16)),
                ('at', models.DateTimeField()),
                ('replaced', models.BooleanField(default=False)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='tables.statement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced', False)), fields=('statement', 'token'), name='one_current_vote_a_token'), models.CheckConstraint(condition=models.Q(('value__in', [-1, 0, 1])), name='vote_is_agree_disagree_or_pass'), models.CheckConstraint(condition=models.Q(('layer__in', ['official', 'administrative', 'both', 'experience'])), name='vote_layer_is_known')],
            },
        ),
    ]
