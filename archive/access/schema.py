"""The tables of who may do what, and of who did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from archive.schema import TABLES, UtcTime

ACCOUNTS = Table(
    "accounts",
    TABLES,
    Column("name", String, primary_key=True),
    Column("password_hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
)

SESSIONS = Table(
    "sessions",
    TABLES,
    Column("id_hash", String, primary_key=True),
    Column("account", ForeignKey("accounts.name"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
)
"""Who is signed in. The ids themselves are known to the browsers only."""

TOKENS = Table(
    "tokens",
    TABLES,
    Column("name", String, primary_key=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)

AUDIT = Table(
    "audit",
    TABLES,
    Column("audit_id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("via", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("address", String, nullable=False),
    Column("action", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("outcome", String, nullable=False),
)
