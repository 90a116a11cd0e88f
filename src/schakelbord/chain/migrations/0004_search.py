"""The index of full-text search: a table with what is found, a full-text index on it, and the words it knows.

It is made of other rows and can be made anew at any time (`schakelbord search-reindex`), so it has no model: what stands
in it is nobody's record. SQLite keeps the words in FTS5, PostgreSQL in a tsvector; both hold the same stems.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = (
    "key varchar(40) NOT NULL UNIQUE, kind varchar(12) NOT NULL, code varchar(16) NOT NULL, level varchar(12) NOT NULL, "
    "dossier_id bigint NOT NULL, title text NOT NULL, body text NOT NULL, address varchar(200) NOT NULL, "
    "day date NOT NULL"
)
SQLITE = (
    f"CREATE TABLE chain_searchrow (id integer PRIMARY KEY, {COLUMNS})",
    "CREATE INDEX chain_searchrow_code ON chain_searchrow (code)",
    "CREATE VIRTUAL TABLE chain_searchtext USING fts5 (title, body, words, tokenize = 'unicode61 remove_diacritics 0', "
    "prefix = '2 3')",
    "CREATE TABLE chain_searchword (id integer PRIMARY KEY, word varchar(40) NOT NULL UNIQUE)",
)
POSTGRESQL = (
    f"CREATE TABLE chain_searchrow (id bigserial PRIMARY KEY, {COLUMNS}, found tsvector NOT NULL)",
    "CREATE INDEX chain_searchrow_code ON chain_searchrow (code)",
    "CREATE INDEX chain_searchrow_found ON chain_searchrow USING gin (found)",
    "CREATE TABLE chain_searchword (id bigserial PRIMARY KEY, word varchar(40) NOT NULL UNIQUE)",
)


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE chain_searchtext", params=None)
    editor.execute("DROP TABLE chain_searchrow", params=None)
    editor.execute("DROP TABLE chain_searchword", params=None)


class Migration(migrations.Migration):
    dependencies = [("chain", "0003_saved_views")]
    operations = [migrations.RunPython(make, drop)]
