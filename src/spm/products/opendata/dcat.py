"""The data described for open data portals: one dataset in DCAT-AP.de, as JSON-LD.

``dcatde:contributorID`` is missing on purpose: the portal that delivers to GovData has one, not the
municipality, and adds it when it harvests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.config.municipality import KREIS_DIGITS
from spm.presentation.pages.companions import DATA_PAGE
from spm.products.opendata.datapackage import KEYWORDS, description
from spm.products.opendata.files import DataFile
from spm.products.opendata.licences import Licence, licence
from spm.release.digest import sha256

if TYPE_CHECKING:
    from spm.report import Report

FILE = "dcat.jsonld"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def write(report: Report, files: Sequence[DataFile], folder: Path) -> None:
    """Write ``dcat.jsonld`` about files in a folder.

    Addresses begin with ``bericht.adresse``; without it they are relative to this file, and the
    description says so.
    """
    section, place, series = report.params.bericht, report.params.kommune, report.params.zeitreihe
    base = f"{section.adresse}daten/" if section.adresse else ""
    known = licence(section.lizenz)
    about = description(report)
    if not base:
        about += " Die Adressen der Dateien sind relativ zu dieser Beschreibung."
    day = {"@type": "xsd:date", "@value": section.datum.isoformat()}
    dataset: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"{base}{FILE}#datensatz",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{place.ags}-{report.params.slug}",
        "dct:title": _german(f"{section.titel}: Daten, {place.name}"),
        "dct:description": _german(about),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": section.herausgeber},
        "dcat:contactPoint": _contact(section.herausgeber, section.kontakt),
        "dct:issued": day,
        "dct:modified": day,
        "dct:language": _id(f"{EU}/language/DEU"),
        "dct:accessRights": _id(f"{EU}/access-right/PUBLIC"),
        "dcat:theme": _id(f"{EU}/data-theme/SOCI"),
        "dcat:keyword": [_german(word) for word in KEYWORDS],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": f"{series.von}-01-01"},
            "dcat:endDate": {"@type": "xsd:date", "@value": f"{series.bis}-12-31"},
        },
        **_where(place.ags),
        "dcat:landingPage": _id(f"{section.adresse or '../'}{DATA_PAGE}"),
        "dcat:distribution": [
            _distribution(file, folder, base, known, section.herausgeber) for file in files
        ],
    }
    text = json.dumps(dataset, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _where(ags: str) -> dict[str, Any]:
    district = len(ags) == KREIS_DIGITS
    kind, level = (
        ("districtKey", "administrativeDistrict")
        if district
        else ("municipalityKey", "municipality")
    )
    return {
        "dcatde:politicalGeocodingURI": _id(f"{GEOCODING}/{kind}/{ags}"),
        "dcatde:politicalGeocodingLevelURI": _id(f"{GEOCODING}/Level/{level}"),
    }


def _contact(name: str, text: str) -> dict[str, Any]:
    contact: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": name}
    if found := _EMAIL.search(text):
        contact["vcard:hasEmail"] = _id(f"mailto:{found[0]}")
    elif text:
        contact["vcard:note"] = text
    return contact


def _distribution(
    file: DataFile, folder: Path, base: str, known: Licence | None, publisher: str
) -> dict[str, Any]:
    path, address = folder / file.name, f"{base}{file.name}"
    found: dict[str, Any] = {
        "@id": f"{base}{FILE}#{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": _german(file.title),
        "dcat:accessURL": _id(address),
        "dcat:downloadURL": _id(address),
        "dct:format": _id(f"{EU}/file-type/{file.kind}"),
        "dcat:mediaType": _id(f"{MEDIA}/{file.media_type}"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(path.stat().st_size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _id("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256(path)},
        },
    }
    if known and known.dcat:
        found["dct:license"] = _id(known.dcat)
        if known.attribution:
            found["dcatde:licenseAttributionByText"] = _german(publisher)
    elif known:
        found["dct:rights"] = {"@type": "dct:RightsStatement", "dct:description": known.name}
    return found


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}
