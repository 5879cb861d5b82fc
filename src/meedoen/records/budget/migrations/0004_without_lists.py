from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_lines_and_targets")]

    operations = [
        migrations.RemoveConstraint("goalindicator", "goal_indicator_year_only_with_target"),
        migrations.RemoveField("goal", "printed_activities"),
        migrations.RemoveField("goal", "printed_criteria"),
        migrations.RemoveField("goalindicator", "target"),
        migrations.RemoveField("goalindicator", "target_year"),
    ]
