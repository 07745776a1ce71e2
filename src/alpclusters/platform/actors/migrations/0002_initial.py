import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('actors', '0001_initial'),
        ('partnership', '0001_initial'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='coveragetarget',
            name='project',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='coverage_target', to='partnership.project'),
        ),
        migrations.AddField(
            model_name='duplicateproposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fieldproposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclusterlabel',
            name='cluster',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.clusterorganisation'),
        ),
        migrations.AddField(
            model_name='historicalclusterlabel',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclusterorganisation',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclusterorganisation',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='region',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.region', verbose_name='Region'),
        ),
        migrations.AddField(
            model_name='historicalpartof',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartof',
            name='set_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importrun',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fieldproposal',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='actors.importrun'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='actors.importsource'),
        ),
        migrations.AddField(
            model_name='merge',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='region',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='territory.region', verbose_name='Region'),
        ),
        migrations.AddField(
            model_name='merge',
            name='absorbed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='identifier',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='historicalpartof',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='historicalpartof',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='historicalclusterorganisation',
            name='organisation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='fieldproposal',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='duplicateproposal',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='duplicateproposal',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='clusterorganisation',
            name='organisation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cluster', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='clustermember',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='alias',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='partof',
            name='parent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='partof',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partof',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parents', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='person',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='people', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='person',
            name='user',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclusterorganisation',
            name='manager',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actors.person', verbose_name='Manager'),
        ),
        migrations.AddField(
            model_name='consent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='actors.person'),
        ),
        migrations.AddField(
            model_name='clusterorganisation',
            name='manager',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actors.person', verbose_name='Manager'),
        ),
        migrations.AddIndex(
            model_name='postalpoint',
            index=models.Index(fields=['country', 'town'], name='actors_post_country_645a63_idx'),
        ),
        migrations.AddConstraint(
            model_name='postalpoint',
            constraint=models.UniqueConstraint(fields=('country', 'postcode', 'nuts3', 'town'), name='postal_once'),
        ),
        migrations.AddField(
            model_name='provenance',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provenance', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='provenance',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='actors.importrun'),
        ),
        migrations.AddField(
            model_name='provenance',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='actors.importsource'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='mapped_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stakes', to='actors.organisation'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stakes', to='actors.person'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stakeholders', to='partnership.project'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'approved'])), fields=('cluster', 'user'), name='claim_once'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['country', 'name'], name='actors_orga_country_fce5ad_idx'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['changed_at', 'id'], name='actors_orga_changed_a34bce_idx'),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.UniqueConstraint(fields=('scheme', 'issuer', 'value'), name='identifier_once'),
        ),
        migrations.AddConstraint(
            model_name='fieldproposal',
            constraint=models.UniqueConstraint(fields=('organisation', 'field'), name='proposal_once'),
        ),
        migrations.AddConstraint(
            model_name='duplicateproposal',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='duplicate_once'),
        ),
        migrations.AddConstraint(
            model_name='clustermember',
            constraint=models.UniqueConstraint(fields=('cluster', 'organisation'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='alias_once'),
        ),
        migrations.AddConstraint(
            model_name='partof',
            constraint=models.CheckConstraint(condition=models.Q(('unit', models.F('parent')), _negated=True), name='part_of_another'),
        ),
        migrations.AddConstraint(
            model_name='partof',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('unit',), name='part_of_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='provenance',
            constraint=models.UniqueConstraint(fields=('source', 'external_id'), name='provenance_once'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.UniqueConstraint(fields=('project', 'organisation', 'person'), name='stakeholder_once'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.UniqueConstraint(condition=models.Q(('person', None)), fields=('project', 'organisation'), name='stakeholder_body_once'),
        ),
    ]
