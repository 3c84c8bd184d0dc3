"""The archival pass: a plain PDF becomes PDF/A-2b (ISO 19005-2), with the same pages.

Colours get a meaning (an sRGB profile that is free to pass on), the file says what it is in XMP, and its id comes
from the content, so that the pass is as repeatable as the layout.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

import pikepdf

from safetydesk.catalog.resources import resource
from safetydesk.documents.typeset.ink import Facts

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{dated}T00:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>{dated}T00:00:00+08:00</xmp:ModifyDate>
<xmpMM:DocumentID>urn:sha256:{digest}</xmpMM:DocumentID>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@cache
def _profile() -> bytes:
    return resource("icc", "srgb.icc").read_bytes()


def to_archive(plain: bytes, facts: Facts, digest: str) -> bytes:
    """The archival file. `digest` names the content in the metadata and gives the file its id."""
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        root = pdf.Root
        profile = pdf.make_stream(_profile(), N=3, Alternate=pikepdf.Name.DeviceRGB)
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=profile,
        )
        root.OutputIntents = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(intent)]))
        xmp = pdf.make_stream(_metadata(facts, digest))
        xmp.Type, xmp.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        root.Metadata = xmp
        for key in ("/Outlines", "/PageMode"):
            if key in root:
                del root[key]
        identity = hashlib.sha256(plain + digest.encode("ascii")).digest()[:16]
        pdf.trailer.ID = pikepdf.Array([pikepdf.String(identity), pikepdf.String(identity)])
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,  # or else the second half would hold the hour of the clock
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
        )
        return target.getvalue()


def _metadata(facts: Facts, digest: str) -> bytes:
    values = {"title": facts.title, "author": facts.author, "subject": facts.subject, "producer": facts.producer}
    filled = {key: escape(value) for key, value in values.items()}
    return _XMP.format(**filled, dated=facts.dated.isoformat(), digest=digest).encode("utf-8")
