"""The lines of the list on the paper screen: drafts first, then what was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safetydesk.domain.kinds import PaperKind

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import PaperCard, PaperDraft, VisitPapers


@dataclass(frozen=True)
class Entry:
    """A draft, or a sealed paper."""

    draft: PaperDraft | None = None
    card: PaperCard | None = None

    @property
    def key(self) -> str:
        return self.card.number if self.card is not None else f"draft:{self.kind}"

    @property
    def kind(self) -> PaperKind:
        one = self.card or self.draft
        assert one is not None
        return one.kind

    def shows_the_page_of(self, other: Entry) -> bool:
        if self.draft is not None and other.draft is not None:
            return (self.kind, self.draft.mark) == (other.kind, other.draft.mark)
        return self.card is not None and other.card is not None and self.card.number == other.card.number


@dataclass(frozen=True)
class Loaded:
    """A visit with its drafts; no visit where a paper belongs to none. `prefer` is the key to look at first."""

    visit: VisitPapers | None
    drafts: tuple[PaperDraft, ...]
    cards: tuple[PaperCard, ...]
    prefer: str = ""

    def unprinted(self) -> list[str]:
        """The numbers of sealed papers in force that never left a printer."""
        return [card.number for card in self.cards if not card.copies and card.state != "voided"]

    def entries(self) -> list[Entry]:
        return [*(Entry(draft=one) for one in self.drafts), *(Entry(card=one) for one in self.cards)]
