"""Chest radiograph phantoms: a patient of overlapping parts, X-rayed by the law of Beer and Lambert."""
