"""Sentences: what the tool says by itself, in English; the catalogues of the reports have the other languages."""

from bygd.vocabulary.said import N_

KEPT = N_("{verified} of {target} is verified: all of it.")
MISSED = N_("All of it was due on {day}; {high} of {target} is reported and {verified} verified.")
BEHIND = N_("{expected} was due by now; {high} is reported and {verified} verified.")
DISPUTED = N_("{expected} was due by now; {disputed} of what is reported is disputed, and {verified} verified.")
WAITING = N_("{expected} was due by now and {high} is reported, but only {verified} verified so far.")
ON_TRACK = N_("{verified} is verified, and {expected} was due by now.")
NOT_DUE = N_("Nothing is due before {day}. So far {verified} of {target} is verified.")
WAIVED = N_("The buyer let it go. {verified} of {target} is verified.")

HEAVY = N_("Among the {share} of the institution's contracts with the highest value: a report every {months} months.")
MIDDLE = N_("Below those, among the next {share} of contracts: a report every {months} months.")
LIGHT = N_("Among the {share} of contracts with the lowest value: a report every {months} months is enough.")
NO_VALUE = N_("The contract's value is not known: a report every {months} months until it is.")
