"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from safetydesk.models.types import ID, PLAIN, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("object_id", ID, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("filled", PLAIN, nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_enterprise_id"), "answer", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_answer_inspection_id"), "answer", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_answer_seq"), "answer", ["seq"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("grid_id", ID, nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_officer_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_enterprise_id"), "assignment", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_assignment_officer_id"), "assignment", ["officer_id"], unique=False)
    op.create_index(op.f("ix_assignment_seq"), "assignment", ["seq"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("replica", ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.Text(), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", PLAIN, nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_enterprise_id"), "audit_entry", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_seq"), "audit_entry", ["seq"], unique=False)
    op.create_table(
        "blob",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_blob")),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replica", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("audit_index", sa.BigInteger(), nullable=False),
        sa.Column("audit_hash", sa.Text(), nullable=False),
        sa.Column("paper_count", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_table(
        "device",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("replica", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("age_recipient", sa.Text(), nullable=False),
        sa.Column("verify_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("replaces", ID, nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_enterprise_id"), "device", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_device_seq"), "device", ["seq"], unique=False)
    op.create_table(
        "enterprise",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("uscc", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("registered_address", sa.Text(), nullable=True),
        sa.Column("legal_person", sa.Text(), nullable=True),
        sa.Column("legal_person_phone", sa.Text(), nullable=True),
        sa.Column("principal", sa.Text(), nullable=True),
        sa.Column("principal_phone", sa.Text(), nullable=True),
        sa.Column("safety_manager", sa.Text(), nullable=True),
        sa.Column("safety_manager_phone", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("industry_code", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.Float(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("above_threshold", sa.Boolean(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("operating_state", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
    )
    op.create_index(op.f("ix_enterprise_enterprise_id"), "enterprise", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_enterprise_name"), "enterprise", ["name"], unique=False)
    op.create_index(op.f("ix_enterprise_seq"), "enterprise", ["seq"], unique=False)
    op.create_index(op.f("ix_enterprise_uscc"), "enterprise", ["uscc"], unique=False)
    op.create_index(op.f("ix_enterprise_village"), "enterprise", ["village"], unique=False)
    op.create_table(
        "enterprise_alias",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_alias")),
    )
    op.create_index(op.f("ix_enterprise_alias_enterprise_id"), "enterprise_alias", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_enterprise_alias_seq"), "enterprise_alias", ["seq"], unique=False)
    op.create_table(
        "enterprise_field",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", PLAIN, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_field")),
    )
    op.create_index(op.f("ix_enterprise_field_enterprise_id"), "enterprise_field", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_enterprise_field_seq"), "enterprise_field", ["seq"], unique=False)
    op.create_table(
        "enterprise_flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("flag", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("detail", PLAIN, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_flag")),
    )
    op.create_index(op.f("ix_enterprise_flag_enterprise_id"), "enterprise_flag", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_enterprise_flag_flag"), "enterprise_flag", ["flag"], unique=False)
    op.create_index(op.f("ix_enterprise_flag_seq"), "enterprise_flag", ["seq"], unique=False)
    op.create_table(
        "enterprise_search",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("haystack", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_enterprise_search")),
        sa.UniqueConstraint("enterprise_id", name=op.f("uq_enterprise_search_enterprise_id")),
    )
    op.create_table(
        "field_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", PLAIN, nullable=True),
        sa.Column("after", PLAIN, nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("import_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_change")),
    )
    op.create_index(op.f("ix_field_change_enterprise_id"), "field_change", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_field_change_seq"), "field_change", ["seq"], unique=False)
    op.create_table(
        "grid",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("villages", PLAIN, nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
    )
    op.create_index(op.f("ix_grid_enterprise_id"), "grid", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_grid_seq"), "grid", ["seq"], unique=False)
    op.create_table(
        "hazard",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("inspection_id", ID, nullable=False),
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("object_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("criteria", PLAIN, nullable=False),
        sa.Column("level_reason", sa.Text(), nullable=True),
        sa.Column("basis", PLAIN, nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
    )
    op.create_index(op.f("ix_hazard_enterprise_id"), "hazard", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_hazard_inspection_id"), "hazard", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_hazard_seq"), "hazard", ["seq"], unique=False)
    op.create_table(
        "hazard_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("hazard_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("paper_id", ID, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("detail", PLAIN, nullable=False),
        sa.Column("seen", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_event")),
    )
    op.create_index(op.f("ix_hazard_event_enterprise_id"), "hazard_event", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_hazard_event_hazard_id"), "hazard_event", ["hazard_id"], unique=False)
    op.create_index(op.f("ix_hazard_event_seq"), "hazard_event", ["seq"], unique=False)
    op.create_table(
        "high_risk_object",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("detail", PLAIN, nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_high_risk_object")),
    )
    op.create_index(op.f("ix_high_risk_object_enterprise_id"), "high_risk_object", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_high_risk_object_seq"), "high_risk_object", ["seq"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("officer_name", sa.Text(), nullable=False),
        sa.Column("officer_badge", sa.Text(), nullable=True),
        sa.Column("second_name", sa.Text(), nullable=True),
        sa.Column("second_badge", sa.Text(), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_enterprise_id"), "inspection", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_inspection_seq"), "inspection", ["seq"], unique=False)
    op.create_table(
        "ledger_import",
        sa.Column("id", ID, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("changes", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
    )
    op.create_table(
        "legal_correction",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_correction")),
    )
    op.create_index(op.f("ix_legal_correction_enterprise_id"), "legal_correction", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_legal_correction_seq"), "legal_correction", ["seq"], unique=False)
    op.create_table(
        "local_setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", PLAIN, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_local_setting")),
    )
    op.create_table(
        "officer",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("badge", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("grid_id", ID, nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_enterprise_id"), "officer", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_officer_seq"), "officer", ["seq"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("inspection_id", ID, nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_enterprise_id"), "paper", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_paper_inspection_id"), "paper", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_paper_number"), "paper", ["number"], unique=False)
    op.create_index(op.f("ix_paper_seq"), "paper", ["seq"], unique=False)
    op.create_table(
        "paper_counter",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "kind", "year", name=op.f("pk_paper_counter")),
    )
    op.create_table(
        "paper_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("detail", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_event")),
    )
    op.create_index(op.f("ix_paper_event_enterprise_id"), "paper_event", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_paper_event_paper_id"), "paper_event", ["paper_id"], unique=False)
    op.create_index(op.f("ix_paper_event_seq"), "paper_event", ["seq"], unique=False)
    op.create_table(
        "photo",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("inspection_id", ID, nullable=True),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("original_digest", sa.Text(), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_answer_id"), "photo", ["answer_id"], unique=False)
    op.create_index(op.f("ix_photo_enterprise_id"), "photo", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_photo_inspection_id"), "photo", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_photo_seq"), "photo", ["seq"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("gas", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_answer_id"), "reading", ["answer_id"], unique=False)
    op.create_index(op.f("ix_reading_enterprise_id"), "reading", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_reading_seq"), "reading", ["seq"], unique=False)
    op.create_table(
        "replica_number",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replica", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_replica_number")),
        sa.UniqueConstraint("replica", name=op.f("uq_replica_number_replica")),
    )
    op.create_table(
        "search_gram",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_gram")),
    )
    op.create_table(
        "setting",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", PLAIN, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_index(op.f("ix_setting_enterprise_id"), "setting", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_setting_seq"), "setting", ["seq"], unique=False)
    op.create_table(
        "taken_number",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_taken_number")),
    )
    op.create_table(
        "template",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("head", PLAIN, nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
    )
    op.create_index(op.f("ix_template_enterprise_id"), "template", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_template_seq"), "template", ["seq"], unique=False)
    op.create_table(
        "template_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("content", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_item")),
    )
    op.create_index(op.f("ix_template_item_enterprise_id"), "template_item", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_template_item_seq"), "template_item", ["seq"], unique=False)
    op.create_index(op.f("ix_template_item_template_id"), "template_item", ["template_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_enterprise_id"), "unit", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_unit_seq"), "unit", ["seq"], unique=False)
    op.create_table(
        "village",
        sa.Column("id", ID, nullable=False),
        sa.Column("enterprise_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.SmallInteger(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("column_stamps", sa.Text(), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("unknown", PLAIN, nullable=True),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
    )
    op.create_index(op.f("ix_village_enterprise_id"), "village", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_village_seq"), "village", ["seq"], unique=False)
    # ### end Alembic commands ###
