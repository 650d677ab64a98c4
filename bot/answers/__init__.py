"""A question over facts becomes a page. Wording and pages are pure: no Discord, no SQL, no clock."""
