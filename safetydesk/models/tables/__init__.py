"""Every table, so that one import knows them all."""

from safetydesk.models.tables.common import (
    AuditEntry,
    Device,
    Grid,
    LegalCorrection,
    Officer,
    Setting,
    Template,
    TemplateItem,
    Unit,
    Village,
)
from safetydesk.models.tables.enterprise import (
    Assignment,
    Enterprise,
    EnterpriseAlias,
    EnterpriseField,
    EnterpriseFlag,
    FieldChange,
    HighRiskObject,
)
from safetydesk.models.tables.hazard import Hazard, HazardEvent
from safetydesk.models.tables.inspection import Answer, Inspection, Photo, Reading
from safetydesk.models.tables.local import (
    BlobRow,
    Clock,
    EnterpriseSearch,
    LedgerImport,
    LocalSetting,
    PaperCounter,
    ReplicaNumber,
    SearchGram,
    TakenNumber,
)
from safetydesk.models.tables.paper import Paper, PaperEvent

__all__ = [
    "Answer",
    "Assignment",
    "AuditEntry",
    "BlobRow",
    "Clock",
    "Device",
    "Enterprise",
    "EnterpriseAlias",
    "EnterpriseField",
    "EnterpriseFlag",
    "EnterpriseSearch",
    "FieldChange",
    "Grid",
    "Hazard",
    "HazardEvent",
    "HighRiskObject",
    "Inspection",
    "LedgerImport",
    "LegalCorrection",
    "LocalSetting",
    "Officer",
    "Paper",
    "PaperCounter",
    "PaperEvent",
    "Photo",
    "Reading",
    "ReplicaNumber",
    "SearchGram",
    "Setting",
    "TakenNumber",
    "Template",
    "TemplateItem",
    "Unit",
    "Village",
]
