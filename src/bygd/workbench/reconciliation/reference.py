"""Reference: the page of the service's addresses, properties and limits, made from the code."""

from bygd.workbench.reconciliation import limits
from bygd.workbench.reconciliation.properties import ALL, Property
from bygd.workbench.reconciliation.texts import text

ASKED = {
    "searched": "decides what is found and how likely it is",
    "compared": "is reported as agreeing or not; leaves out where the draft's `required` says so",
    "": "–",
}

HEAD = """# The reconciliation service

Made from the code. Do not edit. How to use it: [reconcile with OpenRefine](../how-to/reconcile-with-openrefine.md).

`bygd reconcile serve` speaks the [Reconciliation API](https://reconciliation-api.github.io/specs/), version 0.2 at
`/reconcile` and the draft of 1.0 at `/reconcile/1.0-draft`. Each version has its own endpoint, because their manifests
contradict each other: 0.2 describes suggestions by addresses, the draft by true or false.

## Addresses

| address | method | what it answers |
| --- | --- | --- |
| `/` | GET | a page that says what this is |
| `/reconcile` | GET | the manifest of 0.2 |
| `/reconcile` with `queries` | POST form, GET | candidates, by the client's own keys |
| `/reconcile` with `extend` | POST form, GET | data of organisations, by identifier |
| `/reconcile/suggest/entity`, `…/property`, `…/type` | GET `prefix`, `limit`, `cursor` | suggestions |
| `/reconcile/flyout/entity`, `…/property`, `…/type` | GET `id` | a small piece of HTML about one |
| `/reconcile/properties` | GET `type`, `limit` | properties that may be fetched |
| `/reconcile/preview`, `/reconcile/view` | GET `id` | a page about an organisation, small or whole |
| `/reconcile/1.0-draft` | GET | the manifest of the draft |
| `/reconcile/1.0-draft/match` | POST JSON | candidates, in the order of the queries |
| `/reconcile/1.0-draft/suggest/entity`, `…/property`, `…/type` | GET `prefix`, `limit`, `offset` | suggestions |
| `/reconcile/1.0-draft/preview` | GET `id` | a page about an organisation |
| `/reconcile/1.0-draft/extend` | POST JSON | data of organisations, as a list of rows |
| `/reconcile/1.0-draft/extend/propose` | GET `type`, `limit` | properties that may be fetched |

Every address answers to pages from other sites (CORS), as the protocol demands, and to HEAD and OPTIONS. Answers to
GET in 0.2 can be had as a script (`callback`, JSONP), which older versions of OpenRefine need; the callback must be a
plain name. The draft has changed names on its way: `propertyId` and `propertyValue` were `pid` and `v`, `/match` was
`/reconcile`, `offset` was `cursor`; both are understood. `Accept-Language` chooses English, Swedish or Dutch.

## Candidates

`id` is the organisation's identifier, the code of its list in [org-id.guide](http://org-id.guide/), a colon and the
number. `score` is the probability of linkage times 100, `features` what it was made of (see
[linkage](../method/linkage.md)), and `…_agrees` for every condition. `match` is true only where the machine would link
a supplier so written without asking a person: by the same thresholds. Where the best candidate is left out by a type or
a condition, no other becomes sure by that. An organisation number without a check digit, as in Britain, is sure only
where the names have something in common; alone it scores 50. Where a query gives a number, `number_found` tells
whether it leads to the candidate, and of one it leads to `number_trusted` tells whether it counts in full: by its check
digit, or because the names go with it. An identifier such as `GB-COH:01234567` scores 100.
`messages` says what of a query was passed over.

The types are `organisation`, `ownership:` with a kind of ownership, and `form:` with a legal form of the register.
A type leaves all other organisations out.
"""

FOOT = f"""
## Limits

| what | most |
| --- | --- |
| queries in a batch | {limits.BATCH} |
| a request | {limits.BODY >> 20} MiB |
| a name or value | {limits.NAME:,} signs; such a query has no candidates and a message, the others are answered |
| properties of a query | {limits.CONDITIONS} |
| combinations of several names, numbers and places in one query | {limits.READINGS} |
| candidates | {limits.MOST_CANDIDATES}; {limits.CANDIDATES} where no limit is given |
| suggestions | {limits.MOST_SUGGESTIONS}; {limits.SUGGESTIONS} where no limit is given |
| organisations in a request for data | {limits.IDS:,} |

Errors are JSON (RFC 9457) with `status` and `detail`: 400 for what cannot be read, 404 for what is not there, 405 for
another method, 413 for too much, 415 for a body that is not said to be JSON. One wrong query does not spoil a batch.
"""


def render() -> str:
    """The page, in Markdown."""
    rows = "\n".join(_row(known) for known in ALL)
    table = f"\n## Properties\n\n| id | what | in a query | fetched |\n| --- | --- | --- | --- |\n{rows}\n"
    settings = (
        "\nTwo settings for fetching: `limit`, the most values (0 for all), and `show`, `name` for names in words or "
        "`code` for\nthe register's codes.\n"
    )
    return HEAD + table + settings + FOOT


def _row(known: Property) -> str:
    about = text(f"{known.id}.about", "en")
    fetched = "names or codes" if known.coded else "yes" if known.fetched else "–"
    return f"| `{known.id}` | {about} | {ASKED[known.asked]} | {fetched} |"
