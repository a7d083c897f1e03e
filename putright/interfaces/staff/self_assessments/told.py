"""The words of the pages of self-assessments."""

from __future__ import annotations

ANSWERS: dict[str, str] = {
    "yes": "Yes",
    "partly": "Partly",
    "no": "No",
    "not_applicable": "Does not apply",
    "cannot_tell": "Cannot tell",
    "": "Not answered",
}
STATES: dict[str, str] = {
    "draft": "Draft",
    "reviewed": "Reviewed",
    "seen": "Seen",
    "responded": "Responded to",
    "published": "Published",
}
NEXT: dict[str, str] = {
    "reviewed": "Review by the senior lead",
    "seen": "Seen by the Member Responsible for Complaints",
    "responded": "Response of the governing body",
    "published": "Publish",
}
WHY: dict[str, str] = {
    "annual": "The year",
    "restructure": "A restructure or merger",
    "procedure_changed": "A change of the procedure",
    "ombudsman_order": "The Ombudsman asked for it",
}
SIZES: dict[str, str] = {
    "over_1000": "More than 1,000 homes",
    "under_1000": "Fewer than 1,000 homes",
    "exactly_1000": "Exactly 1,000 homes",
}
KINDS: dict[str, str] = {
    "policy": "Policy",
    "procedure": "Procedure",
    "web_page": "Web page",
    "leaflet": "Leaflet",
    "poster": "Poster",
    "newsletter": "Newsletter",
    "handbook": "Handbook",
    "letter_footer": "Foot of letters",
    "training": "Training held",
    "role_holder": "Who holds a role",
    "objective": "Staff objective, and who has it",
    "report": "Report",
    "meeting": "Meeting and its papers",
    "survey": "Survey",
    "equality_assessment": "Equality impact assessment",
    "other": "Something else",
}
STANDINGS: dict[str, str] = {
    "current": "Current",
    "out_of_date": "Past its review day: weaker",
    "unreachable": "Cannot be reached: weaker",
    "undated": "No day given",
}
FORMATS: dict[str, tuple[str, str]] = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "html": ("Web page", "text/html; charset=utf-8"),
    "csv": ("Table (CSV)", "text/csv; charset=utf-8"),
    "json": ("JSON", "application/json"),
}
COUNTS: tuple[tuple[str, str], ...] = (
    ("met", "Met"),
    ("breached", "Breached"),
    ("open", "Not yet due"),
    ("cannot_tell", "Cannot tell"),
)
