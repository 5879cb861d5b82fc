import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db(transaction=True)
def test_old_attempts_get_keys():
    ex = MigrationExecutor(connection)
    latest = ex.loader.graph.leaf_nodes()
    ex.migrate([("conversations","0001_initial"),("ladder","0001_initial")])
    ex=MigrationExecutor(connection); apps = ex.loader.project_state([('conversations','0001_initial'),('history','0002_coach_desk')]).apps
    M=lambda a,m: apps.get_model(a,m)
    from datetime import UTC, date, datetime
    muni = M("organisations","Municipality").objects.first() or M("organisations","Municipality").objects.create(code="GM0999",name="x")
    ps = M("history","Pseudonym").objects.create(municipality=muni)
    for i in range(3):
        e = M("history","Entry").objects.create(municipality=muni,pseudonym=ps,kind="attempt",starts_on=date(2026,1,1),ends_on=date(2026,1,2),recorded_at=datetime.now(UTC),outcome="no_answer")
        M("conversations","Attempt").objects.create(municipality=muni,pseudonym=ps,made_on=date(2026,1,1),channel="phone",outcome="no_answer",entry=e)
    ex = MigrationExecutor(connection); ex.migrate(latest)
    c=connection.cursor(); c.execute('select key from conversations_attempt'); keys={r[0] for r in c.fetchall()}
    print("KEYS", keys); assert len(keys)==3 and None not in keys
