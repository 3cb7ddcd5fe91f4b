"""Labels of an asset's columns, as forms, histories and tables call them."""

from bygd.reports.translate import N_

LABELS = {
    "layer": N_("What is it?"),
    "name": N_("What is it called?"),
    "sort": N_("What sort of organisation?"),
    "place_name": N_("Where, in words"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "owner": N_("Who owns it?"),
    "used_by": N_("Who uses it?"),
    "hours_unused": N_("Hours a week in which nobody uses it"),
    "last_seen": N_("Last seen"),
    "note": N_("Note"),
    "source": N_("Where do you know it from?"),
}

HINTS = {
    "name": N_("A skill or service is called by what it is, not by whose it is, unless they want to be named."),
    "sort": N_("Only for organisations."),
    "place_name": N_("A street, a house, a village."),
    "latitude": N_("Degrees north, such as 57.62. The button fills it in."),
    "longitude": N_("Degrees east, such as 16.72."),
    "hours_unused": N_("Between 0 and 168. It says how much room there is for something new."),
    "last_seen": N_("The day on which somebody last saw that it is so."),
    "note": N_("No telephone numbers or addresses of private persons."),
    "source": N_("A walk, a meeting, a register, a person's own word."),
}
