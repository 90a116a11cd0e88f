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
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True)),
                ('short', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('platform', 'platform'), ('strategic_board', 'Strategic Board'), ('working_group', 'working group'), ('existing', 'existing body')], max_length=16)),
                ('layer', models.CharField(choices=[('official', 'official'), ('administrative', 'administrative'), ('mixed', 'both layers')], max_length=16)),
                ('area', models.CharField(choices=[('gemeente', 'a municipality'), ('regio', 'a region'), ('land', 'the country')], default='land', max_length=10)),
                ('mandate', models.TextField(blank=True)),
                ('themes', models.JSONField(default=list)),
                ('accepts_actions', models.BooleanField(default=False)),
                ('presence', models.PositiveSmallIntegerField(default=1)),
                ('meets_every_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('question', models.CharField(blank=True, max_length=300)),
                ('active_from', models.DateField(blank=True, null=True)),
                ('active_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='body_has_a_name'), models.CheckConstraint(condition=models.Q(('kind__in', ['platform', 'strategic_board', 'working_group', 'existing'])), name='body_kind_is_known'), models.CheckConstraint(condition=models.Q(('layer__in', ['official', 'administrative', 'mixed'])), name='body_layer_is_known'), models.CheckConstraint(condition=models.Q(('presence__gte', 1)), name='body_needs_somebody_present'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_from__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='body_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'working_group'), _negated=True), models.Q(models.Q(('question', ''), _negated=True), ('active_to__isnull', False)), _connector='OR'), name='working_group_has_a_question_and_an_end')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('ministry', 'ministry'), ('province', 'province'), ('region', 'regional partnership'), ('police', 'police and justice'), ('education', 'education'), ('care', 'care'), ('youth', 'youth and family'), ('knowledge', 'knowledge institute'), ('umbrella', 'umbrella organisation'), ('other', 'something else')], default='other', max_length=16)),
                ('tooi_uri', models.URLField(blank=True, max_length=300, null=True, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='organisation_has_a_name'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'ministry', 'province', 'region', 'police', 'education', 'care', 'youth', 'knowledge', 'umbrella', 'other'])), name='organisation_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=160, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='bodies.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='person_has_a_name'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('email', ''), ('user__isnull', True)), _connector='OR'), name='erased_person_has_no_address'), models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='one_person_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(blank=True, max_length=120)),
                ('role', models.CharField(choices=[('member', 'member'), ('chair', 'chair'), ('secretary', 'secretary'), ('expert', 'expert from outside')], default='member', max_length=12)),
                ('may_decide', models.BooleanField(default=False)),
                ('from_day', models.DateField()),
                ('to_day', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='bodies.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='bodies.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='bodies.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['member', 'chair', 'secretary', 'expert'])), name='member_role_is_known'), models.CheckConstraint(condition=models.Q(('to_day__isnull', True), ('to_day__gte', models.F('from_day')), _connector='OR'), name='membership_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('to_day__isnull', True)), fields=('person', 'body'), name='one_open_membership_a_body')],
            },
        ),
        migrations.AddField(
            model_name='body',
            name='chair',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chairs', to='bodies.person'),
        ),
        migrations.AddField(
            model_name='body',
            name='secretary',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='serves', to='bodies.person'),
        ),
    ]
