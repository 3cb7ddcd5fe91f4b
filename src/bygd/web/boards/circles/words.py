"""Words of study circles: how far one is, and whom one has talked to."""

from bygd.reports.translate import N_
from bygd.vocabulary.words import Word


class CircleState(Word):
    """How far a circle is."""

    RUNNING = "running", N_("Under way")
    CONCLUDED = "concluded", N_("Concluded")


class Partner(Word):
    """With whom a circle has talked; of what kind they are, never who."""

    CIVIL = "civil", N_("Association or civil society")
    BUSINESS = "business", N_("Firm or co-operative")
    ADMINISTRATION = "administration", N_("Municipality or authority")
    RESIDENT = "resident", N_("Resident")
    OTHER = "other", N_("Somebody else")
