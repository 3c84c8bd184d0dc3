"""The law index: which rules there are, since and until when, how they are cited, what their articles say in short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from safetydesk.catalog.criteria import STANDARD, criteria
from safetydesk.catalog.errors import BadTemplate, Fault, UnknownLaw
from safetydesk.catalog.reader import read_capped
from safetydesk.catalog.resources import resource
from safetydesk.catalog.shapes import ArticleShape, LawShape, read_as
from safetydesk.domain.checklist import LegalReference, Role

UNVERIFIED_MARK = "〔待核〕"


class Standing(StrEnum):
    """Whether a law counted on a given day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {Standing.NOT_YET: "尚未施行", Standing.IN_FORCE: "现行", Standing.ENDED: "已废止或被代替"}[self]


@dataclass(frozen=True, slots=True)
class Law:
    """One law, rule or standard. `effective_to` is its last day. `dates_verified`: the dates were seen, too."""

    key: str
    title: str
    short: str
    kind: str
    mandatory: bool
    applies_to: str
    verified: bool
    dates_verified: bool
    number: str | None = None
    edition: str | None = None
    issued_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    caveat: str | None = None

    def standing(self, on: date) -> Standing:
        """An unknown beginning counts as long ago, an unknown end as never: what we do not know ends nothing."""
        if self.effective_to is not None and on > self.effective_to:
            return Standing.ENDED
        if self.effective_from is not None and on < self.effective_from:
            return Standing.NOT_YET
        return Standing.IN_FORCE

    @property
    def name(self) -> str:
        """《title》（number）, as papers name it."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class ArticleGist:
    """What an article demands, in our words: to understand it, never to be quoted."""

    article: str
    gist: str
    verified: bool


# A tail of 第…款/项 or a letter: the gist of the whole article answers for its parts where they have none.
_PART = re.compile(r"(?:第?（?[一二三四五六七八九十]+）?[款项]|\s*[a-z]\))$")
_NUMBERED = re.compile(r"^((?:[A-Z]\.)?\d+(?:\.\d+)*)(?:\s*([a-z]\)))?$")


@dataclass(frozen=True)
class LawIndex:
    laws: Mapping[str, Law]
    _inline: Mapping[str, Mapping[str, ArticleShape]] = field(default_factory=dict, repr=False)

    def __contains__(self, key: object) -> bool:
        return key in self.laws

    def __iter__(self) -> Iterator[Law]:
        return iter(self.laws.values())

    def __len__(self) -> int:
        return len(self.laws)

    def __getitem__(self, key: str) -> Law:
        """Raises UnknownLaw."""
        try:
            return self.laws[key]
        except KeyError:
            raise UnknownLaw(key=key) from None

    def standing(self, key: str, on: date) -> Standing:
        """Raises UnknownLaw."""
        return self[key].standing(on)

    def in_force(self, key: str, on: date) -> bool:
        """Raises UnknownLaw."""
        return self[key].standing(on) is Standing.IN_FORCE

    def current(self, key: str, on: date) -> Law:
        """The law itself, or what stands in its place on that day. Raises UnknownLaw."""
        law, passed = self[key], set[str]()
        while law.standing(on) is Standing.ENDED and law.replaced_by is not None and law.key not in passed:
            passed.add(law.key)
            law = self[law.replaced_by]
        return law

    def cite(self, reference: LegalReference) -> str:
        """《title》（number）第六条; 参考 in front of what does not bind. For 〔待核〕: `mark`. Raises UnknownLaw."""
        prefix = Role.REFERENCE.label if reference.role is Role.REFERENCE else ""
        return f"{prefix}{self[reference.law].name}{cite_article(reference.article)}"

    def cite_short(self, reference: LegalReference) -> str:
        """13号令第六条: for lists on the screen. Raises UnknownLaw."""
        short, article = self[reference.law].short, cite_article(reference.article)
        return f"{short} {article}" if article[:1].isascii() and article else f"{short}{article}"

    def mark(self, reference: LegalReference) -> str:
        """〔待核〕 where article or law have not been seen, else ""."""
        return "" if reference.verified and self[reference.law].verified else UNVERIFIED_MARK

    def articles(self, key: str) -> Mapping[str, ArticleGist]:
        """All gists of one law, by article. The criteria speak for the items of their standard. Raises UnknownLaw."""
        law = self[key]
        shapes = {**_gists().get(law.key, {}), **self._inline.get(law.key, {})}
        gists = {article: ArticleGist(article, shape.gist, shape.verified) for article, shape in shapes.items()}
        if law.key == STANDARD:
            gists |= {c.article: ArticleGist(c.article, c.text, c.verified) for c in criteria().values()}
        return gists

    def gist(self, reference: LegalReference) -> ArticleGist | None:
        """What the article says in short; of the whole article where its 款 or 项 has no gist of its own."""
        articles, article = self.articles(reference.law), reference.article
        if article is None:
            return None
        while article not in articles:
            shorter = _PART.sub("", article).rstrip()
            if not shorter or shorter == article:
                return None
            article = shorter
        return articles[article]


def cite_article(article: str | None) -> str:
    """第六条 as it is; 5.9.1 a) as 第5.9.1条a)项; anything else (表 B.1, STEL) as it is; nothing for none."""
    if article is None:
        return ""
    if article.startswith("第"):
        return article
    numbered = _NUMBERED.match(article)
    if numbered is None:
        return article
    return f"第{numbered[1]}条{numbered[2] + '项' if numbered[2] else ''}"


@cache
def law_index() -> LawIndex:
    """The shipped index, read once per process. Raises BadTemplate for a broken file, FileNotFoundError for none."""
    return load_law_index(sorted(resource("law").glob("*.yaml")))


def load_law_index(paths: list[Path]) -> LawIndex:
    """Several files merged into one index. Raises BadTemplate, also for a key that two entries claim."""
    laws: dict[str, Law] = {}
    inline: dict[str, Mapping[str, ArticleShape]] = {}
    for path in paths:
        for shape in read_as(read_capped(path), path.name, tuple[LawShape, ...]):
            if shape.key in laws:
                raise BadTemplate(file=path.name, what=Fault.DUPLICATE_KEY, where=shape.key)
            laws[shape.key] = _law(shape)
            if shape.articles:
                inline[shape.key] = shape.articles
    return LawIndex(laws, inline)


def _law(shape: LawShape) -> Law:
    dates_verified = shape.verified if shape.dates_verified is None else shape.dates_verified
    return Law(
        key=shape.key,
        title=shape.title,
        short=shape.short,
        kind=shape.kind,
        mandatory=shape.mandatory,
        applies_to=shape.applies_to,
        verified=shape.verified,
        dates_verified=dates_verified,
        number=shape.number,
        edition=shape.edition,
        issued_on=shape.issued_on,
        effective_from=shape.effective_from,
        effective_to=shape.effective_to,
        replaces=shape.replaces,
        replaced_by=shape.replaced_by,
        caveat=shape.caveat,
    )


@cache
def _gists() -> Mapping[str, Mapping[str, ArticleShape]]:
    """The gists lie apart from the index: a citation does not need them, and they are most of the text."""
    merged: dict[str, Mapping[str, ArticleShape]] = {}
    for path in sorted(resource("law", "articles").glob("*.yaml")):
        for key, articles in read_as(read_capped(path), path.name, dict[str, dict[str, ArticleShape]]).items():
            if key in merged:
                raise BadTemplate(file=path.name, what=Fault.DUPLICATE_KEY, where=key)
            merged[key] = articles
    return merged
